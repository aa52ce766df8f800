"""`manage.py up`: its refusals, its children, and what is left when it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from cms.management.commands import up
from cms.processes import (
    Address,
    CannotRun,
    Household,
    Lease,
    Program,
    free_address,
    interruptions,
    wait_for_web,
)

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"

SLEEPER = "import time\nprint('awake', flush=True)\ntime.sleep(60)\n"
STUBBORN = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{SLEEPER}"
# Like Celery: a main process that minds a child of its own.
MINDER = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("child", child.pid, flush=True)
{SLEEPER}
"""
BROKEN = "raise SystemExit(3)\n"
PARENT = """
import os, sys
from cms.processes import Household, Program
household = Household(os.environ, lambda line: print(line, flush=True))
for name in ("stubborn", "minder"):
    print("main", household.start(Program(name, name, [])).process.pid, flush=True)
import time
time.sleep(60)
"""


class Family:
    """A household whose children are small scripts, and all that it said."""

    def __init__(self, folder: Path) -> None:
        for name, code in {
            "sleeper": SLEEPER,
            "stubborn": STUBBORN,
            "minder": MINDER,
            "broken": BROKEN,
        }.items():
            (folder / f"{name}.py").write_text(code)
        self.environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
        self.said: list[str] = []
        self.household = Household(self.environment, self.said.append)

    def heard(self, start: str) -> str:
        """The first line that starts like this, waited for."""
        until(lambda: any(line.startswith(start) for line in self.said))
        return next(line for line in self.said if line.startswith(start))


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    small = Family(tmp_path)
    yield small
    hurry = threading.Event()
    hurry.set()
    small.household.stop(hurry)


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as taken:
        yield taken.getsockname()[1]


def test_a_busy_port_is_named_with_the_way_out(busy_port: int) -> None:
    with pytest.raises(CannotRun, match=f"Port {busy_port} .* busy: .* `--port {busy_port + 80}`"):
        free_address(HOST, busy_port)


def test_port_0_lets_the_kernel_choose() -> None:
    assert free_address(HOST, 0).port > 1023


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), (HOST, 70_000)])
def test_an_address_that_is_not_ours_is_refused(host: str, port: int) -> None:
    with pytest.raises(CannotRun):
        free_address(host, port)


def test_the_port_of_a_killed_run_is_waited_for() -> None:
    taken = socket.create_server((HOST, 0))
    port = taken.getsockname()[1]
    threading.Timer(0.3, taken.close).start()
    assert free_address(HOST, port, patience=5).port == port


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - the case in question
        ("::", "http://[::1]:8000"),
    ],
)
def test_the_address_shown_is_one_a_browser_can_visit(host: str, url: str) -> None:
    assert Address(host, 8000).url == url


def test_a_second_up_in_the_same_folder_is_told_where_the_first_one_runs(tmp_path: Path) -> None:
    path = tmp_path / "var" / "up.lock"
    with Lease(path) as lease:
        with pytest.raises(CannotRun, match="already starting"), Lease(path):
            pass
        lease.note("http://127.0.0.1:9999")
        with pytest.raises(CannotRun, match=f"at http://127.0.0.1:9999 .process {os.getpid()}."):
            Lease(path).__enter__()
    with Lease(path) as again:
        assert not again.was_killed


def test_a_killed_up_does_not_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "up.lock"
    path.write_text(json.dumps({"pid": 1, "url": "http://127.0.0.1:8000"}))
    with Lease(path) as lease:
        assert lease.was_killed


def test_up_on_a_busy_port_ends_with_one_sentence_and_code_1(
    busy_port: int,
    tmp_path: Path,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.VAR = tmp_path
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended:
        call_command("up", port=busy_port)
    assert ended.value.code == 1
    assert signal.getsignal(signal.SIGTERM) is before
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert f"Port {busy_port} on 127.0.0.1 is busy" in captured.err
    assert captured.out == ""


def test_no_child_of_up_writes_a_log() -> None:
    """Promise 4: no access log, nothing below a warning, no file."""
    for program in up._programs(Address(HOST, 8000)):
        arguments = " ".join(program.arguments).lower()
        assert "warning" in arguments
        assert "logfile" not in arguments
        assert "access" not in arguments


def test_what_a_child_prints_reaches_the_terminal_with_its_name(family: Family) -> None:
    family.household.start(Program("worker", "sleeper", []))
    assert family.heard("worker:") == "worker: awake"


def test_a_child_that_dies_is_started_again_and_leaves_nothing_behind(family: Family) -> None:
    child = family.household.start(Program("worker", "minder", []))
    orphan = int(family.heard("worker: child").split()[-1])
    first = child.process
    first.kill()
    with watching(family):
        family.heard("The worker stopped by itself (code -9); it starts again in 1 s.")
        until(lambda: is_gone(orphan))
        until(lambda: child.process is not first)


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = family.household.start(Program("worker", "broken", []))
    child.accidents = 3
    with watching(family):
        family.heard("The worker stopped by itself (code 3); it starts again in 8 s.")


def test_a_web_that_cannot_start_stops_everything(family: Family) -> None:
    web = family.household.start(Program("web", "broken", [], essential=True))
    with pytest.raises(CannotRun, match=r"The web could not start .code 3.: see above"):
        wait_for_web(web, Address(HOST, free_address(HOST, 0).port), threading.Event(), 10)


def test_a_web_that_stops_three_times_in_a_row_stops_everything(family: Family) -> None:
    web = family.household.start(Program("web", "broken", [], essential=True))
    web.accidents = 2
    with pytest.raises(CannotRun, match=r"The web stopped 3 times in a row .code 3."):
        family.household.watch(threading.Event())


def test_a_web_that_says_nothing_is_not_waited_for_for_ever(family: Family) -> None:
    web = family.household.start(Program("web", "sleeper", [], essential=True))
    with pytest.raises(CannotRun, match="gave no answer"):
        wait_for_web(web, Address(HOST, free_address(HOST, 0).port), threading.Event(), 0.3)


def test_up_goes_on_once_the_web_answers(family: Family) -> None:
    address = free_address(HOST, 0)
    arguments = ["--bind", HOST, str(address.port)]
    web = family.household.start(Program("web", "http.server", arguments, essential=True))
    assert wait_for_web(web, address, threading.Event(), 20)


def test_ctrl_c_while_the_web_starts_is_no_failure(family: Family) -> None:
    web = family.household.start(Program("web", "sleeper", [], essential=True))
    stop = threading.Event()
    stop.set()
    assert not wait_for_web(web, Address(HOST, 9), stop, 20)


def test_stopping_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.processes.GRACE", 0.5)
    small = Family(tmp_path)
    mains = [small.household.start(Program(n, n, [])).process for n in ("stubborn", "minder")]
    orphan = int(small.heard("minder: child").split()[-1])
    small.heard("stubborn: awake")
    small.household.stop()
    assert all(main.poll() is not None for main in mains)
    until(lambda: is_gone(orphan))


def test_the_first_ctrl_c_asks_and_the_second_insists() -> None:
    with interruptions() as (stop, hurry):
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.is_set()
        assert not hurry.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert hurry.is_set()


@pytest.mark.kill
def test_children_notice_that_up_was_killed(tmp_path: Path) -> None:
    family = Family(tmp_path)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        env=family.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    pids: list[int] = []
    awake = 0
    while parent.stdout and awake < 2:
        line = parent.stdout.readline()
        awake += "awake" in line
        if "main" in line or "child" in line:
            pids.append(int(line.split()[-1]))
    parent.kill()
    parent.communicate()
    assert len(pids) == 3
    until(lambda: all(is_gone(pid) for pid in pids), patience=12)


@pytest.mark.kill
def test_up_starts_keeps_its_data_survives_kill_9_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_address(HOST, 0).port
    first = started(tmp_path, port)
    status, keys = front_page(port), (tmp_path / "secrets.json").read_bytes()
    assert status == 200
    refused = subprocess.run(up_command(port), env=site(tmp_path), capture_output=True, text=True)
    assert refused.returncode == 1
    assert "already runs in this folder" in refused.stderr.splitlines()[-1]
    first.kill()  # no warning: the children have to notice by themselves
    first.communicate()
    began = time.monotonic()
    second = started(tmp_path, port)
    assert time.monotonic() - began < 40
    assert (tmp_path / "secrets.json").read_bytes() == keys
    group = descendants(second.pid)
    assert len(group) >= 4  # web and its worker, worker and its pool, clock
    second.send_signal(signal.SIGINT)
    began = time.monotonic()
    second.communicate(timeout=30)
    assert time.monotonic() - began < 12
    assert second.returncode == 0
    assert all(is_gone(pid) for pid in group)


def started(folder: Path, port: int) -> "subprocess.Popen[str]":
    """A real `up`, once it says it is ready."""
    process = subprocess.Popen(
        up_command(port), env=site(folder), stdout=subprocess.PIPE, stderr=None, text=True
    )
    for line in process.stdout or ():
        if line.startswith("Heard is ready"):
            threading.Thread(target=process.stdout.read, daemon=True).start()  # type: ignore[union-attr]
            return process
    raise AssertionError(f"up ended with {process.wait()}")


def up_command(port: int) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(port)]


def site(folder: Path) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE"}}
    return clean | {"HEARD_VAR": str(folder), "PYTHONUNBUFFERED": "1"}


def front_page(port: int) -> int:
    with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=20) as answer:
        return int(answer.status)


def descendants(pid: int) -> set[int]:
    """Every process below this one."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(int(n) for n in line.split()) for line in table.stdout.splitlines()]
    found = {pid}
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return found - {pid}


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that waits for its parent to notice counts as ended."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return state.stdout.strip()[:1] in {"", "Z"}


def until(condition: Callable[[], bool], patience: float = 10.0) -> None:
    """Wait for something that is about to happen."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class watching:  # noqa: N801 - reads as a sentence: with watching(family)
    """Watch over a household in another thread."""

    def __init__(self, family: Family) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=family.household.watch, args=[self.stop])

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()
