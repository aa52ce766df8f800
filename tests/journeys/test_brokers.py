"""Promise 2: a hint reaches the worker over every broker, and a broken broker loses nothing."""

import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest

from tests.journeys import brokers
from tests.journeys.conftest import HomeOn, Say, absent
from tests.journeys.servers import Home, Web, clock_of, running, worker_of
from tests.journeys.teller import ADDRESS, AGENT, Post, Teller

pytestmark = pytest.mark.brokers
NAME = "Kezia"
STORY = f"My friend {NAME} cried when the club closed."
FAST = 2.0  # seconds a teller may wait for the number
BROKERS: dict[str, Any] = {
    "filesystem": brokers.filesystem,
    "redis": brokers.redis_database,
    "rabbitmq": brokers.rabbitmq_host,
}
PORTS: dict[str, Any] = {"closed": brokers.closed_port, "silent": brokers.silent_port}


@pytest.fixture(params=list(BROKERS))
def broker_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a broker that only this test uses."""
    with ExitStack() as stack:
        yield entered(stack, BROKERS[request.param]())


def entered(stack: ExitStack, broker: AbstractContextManager[Any]) -> Any:
    """What the broker gives; the test is skipped, or fails under CI, when there is none."""
    try:
        return stack.enter_context(broker)
    except brokers.Absent as reason:
        absent(str(reason))


def tell_one(web: Web) -> float:
    """Tells one story; gives the seconds that the last post took."""
    post = Post(story=STORY, consents=("board",))
    teller = Teller(web.port)
    fields = teller.walk(post)
    assert fields is not None
    began = time.monotonic()
    page = teller.send(fields)
    took = time.monotonic() - began
    assert "Your number" in page
    return took


def check_all_read(home: Home, stories: int) -> None:
    """Every story is processed: no step is owed, and the names are out."""
    assert home.owed() == 0
    read = "SELECT count(*) FROM stories_story WHERE state = 'reading' AND text LIKE '%friend]%'"
    assert home.number(read) == stories


def test_a_hint_is_enough_on_this_broker(
    broker_url: str, home_on: HomeOn, say: Say, request: pytest.FixtureRequest
) -> None:
    home = home_on(broker_url=broker_url)
    web, worker = Web(home), worker_of(home)
    with running(web, worker):
        # The first waits for the worker's own start. No clock runs: only hints are at work.
        tell_one(web)
        assert home.settles_within(30) is not None, web.said + worker.said
        answers, settled = [], []
        for _ in range(3):
            answers.append(tell_one(web))
            settled.append(home.settles_within(10))
    assert None not in settled, worker.said
    check_all_read(home, 4)
    check_no_traces(home, web.said + worker.said)
    say(
        f"{request.node.callspec.id}: answered in {max(answers):.2f} s at most,"
        f" then read in {max(s for s in settled if s is not None):.2f} s at most"
    )


def check_no_traces(home: Home, said: str) -> None:
    """Promise 4: neither what was printed nor any file tells who told, or whom about."""
    kept = [p.read_bytes() for p in home.folder.rglob("*") if p.is_file()]
    for secret in (NAME, AGENT, ADDRESS):
        assert secret not in said
        assert not any(secret.encode() in content for content in kept), secret


@pytest.mark.parametrize("state", list(PORTS))
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_down_delays_nobody_and_loses_nothing(
    scheme: str, state: str, home_on: HomeOn, say: Say
) -> None:
    with PORTS[state]() as port:
        home = home_on(broker_url=f"{scheme}://127.0.0.1:{port}/")
        web = Web(home)
        with running(web):
            answers = [tell_one(web) for _ in range(3)]
        say(f"{scheme}, {state}: answered in {max(answers):.2f} s at most")
        assert max(answers) < FAST
        assert home.owed() == 3
        home.manage("process_stories")
    check_all_read(home, 3)


@pytest.mark.parametrize("damage", ["gone", "no folder"])
def test_a_broken_broker_folder_delays_nobody_and_loses_nothing(
    damage: str, home_on: HomeOn
) -> None:
    home = home_on()
    web = Web(home)
    queue = home.folder / "broker" / "queue"
    with running(web):
        shutil.rmtree(queue)
        if damage == "no folder":
            queue.write_text("a file where a folder should be")
        assert tell_one(web) < FAST
    assert home.owed() == 1
    if damage == "no folder":
        queue.unlink()
    home.manage("process_stories")
    check_all_read(home, 1)


def test_the_sweep_finishes_what_a_wiped_broker_forgot(home_on: HomeOn, say: Say) -> None:
    home = home_on()
    web, worker, clock = Web(home), worker_of(home), clock_of(home)
    with running(web):
        tell_one(web)
    queue = home.folder / "broker" / "queue"
    assert list(queue.iterdir())
    shutil.rmtree(home.folder / "broker")
    with running(worker, clock):
        took = home.settles_within(60)
    assert took is not None, worker.said + clock.said
    check_all_read(home, 1)
    say(f"wiped: the sweep had finished the story {took:.0f} s after the start")


def test_a_redis_that_dies_and_comes_back_empty_loses_nothing(home_on: HomeOn, say: Say) -> None:
    home = home_on()
    try:
        own = brokers.OwnRedis(home.folder)
    except brokers.Absent as reason:
        pytest.skip(str(reason))
    home = Home(home.folder, home.database_url, own.url)
    web = Web(home)
    with ExitStack() as stack:
        own.start()
        stack.callback(own.stop)
        stack.enter_context(running(web))
        answers = [tell_one(web)]
        own.stop()
        answers += [tell_one(web), tell_one(web)]
        own.start()
        answers += [tell_one(web)]
        hints = own.waiting()
        with running(worker_of(home)):
            # Of four stories, the last one's hint is the only one that was not lost.
            assert home.settles_within(30, down_to=3) is not None
        home.manage("process_stories", "--at-once")
    check_all_read(home, 4)
    say(f"redis killed in between: answered in {max(answers):.2f} s at most, {hints} hint left")
    assert max(answers) < FAST
