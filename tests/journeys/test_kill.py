"""Promises 1 and 3: a story whose number was shown is there, once, whatever is killed when."""

import json
import os
import random  # noqa: TID251 - seeded, and the seed is printed
import secrets
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys import crash
from tests.journeys.conftest import HomeOn, Say
from tests.journeys.servers import Home, Server, Web, running, worker_of
from tests.journeys.teller import ADDRESS, AGENT, Post, Teller, number_on

pytestmark = pytest.mark.kill
DATABASES = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
POSTS, TELLERS = 50, 8
KILLS = 6  # in turns of web and worker; a start of either costs some seconds
NAME = "Kezia"  # taken out of every story: it may stand nowhere in the open

SUBMIT_WRITES = (
    "INSERT stories_story",
    "INSERT stories_submission",
    "INSERT stories_consent",
    "INSERT stories_receipt",
    "INSERT stories_concern",
    "INSERT stories_owedstep",
)
BEFORE_THE_COMMIT = (
    *(f"{moment} {write}" for write in SUBMIT_WRITES for moment in ("before", "after")),
    "before commit",
)
AFTER_THE_COMMIT = ("after commit", "before hint", "after hint")
WORKER_POINTS = (
    "after UPDATE stories_owedstep",
    "after UPDATE stories_story",
    "after INSERT stories_redaction",
    "after DELETE stories_owedstep",
    "after INSERT stories_owedstep",
    "before commit",
    "after commit",
)


@dataclass
class Reaper:
    """Kills web and worker by turns, spread over the posts at random, and starts them again."""

    web: Web
    worker: Server
    posts: list[Post]
    dice: random.Random
    enough: threading.Event = field(default_factory=threading.Event)
    kills: Counter[str] = field(default_factory=Counter)

    def work(self) -> None:
        """Ends with both alive. A web that does not come back is an error here."""
        marks = sorted(self.dice.sample(range(POSTS - 2 * TELLERS), KILLS))
        for turn, mark in enumerate(marks):
            while sum(post.is_over for post in self.posts) < mark:
                if self.enough.wait(0.01):
                    return
            # Somebody has just got an answer; seven others are anywhere between their pages.
            self.enough.wait(self.dice.uniform(0, 0.4))
            self._kill((self.web, self.worker)[turn % 2])

    def _kill(self, server: Server) -> None:
        if self.dice.random() < 0.25:
            # The main process sees to a new child by itself.
            server.kill_a_child()
            self.kills[f"child of {server.name}"] += 1
            return
        server.kill()
        self.kills[server.name] += 1
        server.start()


def posts_of(dice: random.Random) -> list[Post]:
    """Fifty stories, no two alike; some urgent, some of tellers who give up."""
    return [
        Post(
            story=f"{_opening(n)} My friend {NAME} cried. This was the day {n * 7919} for us.",
            voice=dice.choice(["child", "young_person", "parent_carer"]),
            wish=dice.choice(["", "Ask us."]),
            age_band=dice.choice(["", "8-10", "14-16"]),
            consents=tuple(sorted(dice.sample(["board", "website", "training"], n % 4))),
            gives_up=dice.random() < 0.25,
        )
        for n in range(POSTS)
    ]


def _opening(n: int) -> str:
    urgent = "He hits me every night and I am scared to go home today."
    return urgent if n % 7 == 0 else "The dinner lady saved me a seat."


@DATABASES
def test_a_story_whose_number_was_shown_survives_any_kill(
    kind: str, home_on: HomeOn, say: Say
) -> None:
    seed = int(os.environ.get("HEARD_TEST_SEED") or secrets.randbelow(10**6))
    say(f"{kind}: HEARD_TEST_SEED={seed}")
    dice = random.Random(seed)
    home, posts = home_on(kind), posts_of(dice)
    web, worker = Web(home), worker_of(home)
    reaper = Reaper(web, worker, posts, dice)
    with running(web, worker):
        tell_all(posts, web.port, reaper)
    home.manage("process_stories", "--at-once")
    found = census(home, posts)
    say(f"{kind}: {figures(posts, reaper, found)}")
    assert reaper.kills.total() == KILLS
    check_each_is_whole_or_absent(posts, found)
    assert home.owed() == 0
    said = web.said + worker.said
    assert not [secret for secret in (NAME, AGENT, ADDRESS) if secret in said]


def tell_all(posts: list[Post], port: int, reaper: Reaper) -> None:
    """Every post, by several tellers at once, while processes die."""
    teller = Teller(port)
    with ThreadPoolExecutor(TELLERS + 1) as pool:
        killing = pool.submit(reaper.work)
        try:
            for telling in [pool.submit(teller.tell, post) for post in posts]:
                telling.result()
        finally:
            reaper.enough.set()
        killing.result()


def census(home: Home, posts: list[Post]) -> dict[str, Any]:
    """What is stored, as a process of its own reads it."""
    keys = json.dumps([post.form_key for post in posts if post.form_key])
    found: dict[str, Any] = json.loads(home.run("-m", "tests.journeys.census", given=keys))
    return found


def figures(posts: list[Post], reaper: Reaper, found: dict[str, Any]) -> str:
    """One line for people."""
    kills = ", ".join(f"{number} of {name}" for name, number in sorted(reaper.kills.items()))
    shown = sum(bool(post.shown) for post in posts)
    failed = sum(post.failures for post in posts)
    return (
        f"{len(posts)} posts, kills: {kills}; {failed} sends failed,"
        f" {shown} numbers shown, {len(found['stories'])} stories stored"
    )


def check_each_is_whole_or_absent(posts: list[Post], found: dict[str, Any]) -> None:
    """One story for a number that was shown; none or a whole one for a number that was not."""
    of_words = {story["words"][0]: story for story in found["stories"]}
    assert len(of_words) == len(found["stories"]), "a story is stored twice"
    for post in posts:
        assert len(post.shown) <= 1, "one form showed two numbers"
        story = of_words.pop(post.story, None)
        if post.shown:
            assert story is not None, "a number was shown, and its story is lost"
            assert post.shown == {found["numbers"][post.form_key]}
        if story is not None:
            check_whole(story, post, found)
    assert not of_words, "something is stored that nobody told"
    rows = found["rows"]
    assert rows["Story"] == rows["Submission"] == rows["Receipt"]


def check_whole(story: dict[str, Any], post: Post, found: dict[str, Any]) -> None:
    """Everything about this story was stored, its receipt leads to it, and it was processed."""
    is_urgent = post.story.startswith("He hits")
    assert found["by_key"][post.form_key] == story["id"]
    assert story["receipts"] == 1
    assert story["words"] == [post.story, post.wish]
    assert (story["voice"], story["age_band"]) == (post.voice, post.age_band)
    assert tuple(story["consents"]) == post.consents
    assert story["state"] == ("held" if is_urgent else "reading")
    assert story["concerns"] == is_urgent
    assert story["owed"] == []
    assert story["redactions"] == 1
    assert "[a friend]" in story["text"]
    assert NAME not in story["text"]


@DATABASES
def test_fifty_identical_posts_at_once_make_one_story(kind: str, home_on: HomeOn, say: Say) -> None:
    home = home_on(kind)
    web = Web(home)
    post = Post(story="The dinner lady saved me a seat every day.")
    with running(web):
        teller = Teller(web.port)
        fields = teller.walk(post)
        assert fields is not None
        with ThreadPoolExecutor(POSTS) as clicks:
            pages = list(clicks.map(teller.send, [fields] * POSTS))
    post.shown = {number_on(page) for page in pages}
    say(f"{kind}: {POSTS} clicks, {len(post.shown)} number, {count_stories(home)} story")
    assert len(post.shown) == 1
    assert count_stories(home) == 1


def count_stories(home: Home) -> int:
    return home.number("SELECT count(*) FROM stories_story")


@DATABASES
def test_a_crash_at_any_point_of_a_submission_leaves_all_or_nothing(
    kind: str, home_on: HomeOn, say: Say
) -> None:
    home = home_on(kind)
    points = {secrets.token_urlsafe(16): point for point in BEFORE_THE_COMMIT + AFTER_THE_COMMIT}
    crash_at(home, "submit", points)
    after_crash = census_of_keys(home, points)
    stored = {points[key] for key, story in after_crash["by_key"].items() if story}
    assert stored == set(AFTER_THE_COMMIT)
    assert set(after_crash["rows"].values()) <= {len(stored), len(stored) * 2, 0}
    assert {tuple(story["owed"]) for story in after_crash["stories"]} == {("anonymise",)}
    # Whoever was left without an answer sends the same form again.
    crash_at(home, "submit", dict.fromkeys(points, "nowhere"))
    home.manage("process_stories", "--at-once")
    check_crash_stories(census_of_keys(home, points), points)
    say(f"{kind}: killed at {len(points)} points of a submission, {len(stored)} after its commit")


@DATABASES
def test_a_worker_that_crashes_at_any_point_leaves_the_step_owed_or_done(
    kind: str, home_on: HomeOn, say: Say
) -> None:
    home = home_on(kind)
    points = {secrets.token_urlsafe(16): point for point in WORKER_POINTS}
    crash_at(home, "submit", dict.fromkeys(points, "nowhere"))
    crash_at(home, "work", points)
    for story in census_of_keys(home, points)["stories"]:
        point = points[story["words"][1]]
        is_done = point == "after commit"
        assert story["owed"] == (["suggest_themes"] if is_done else ["anonymise"]), point
        assert bool(story["text"]) == is_done, point
    home.manage("process_stories", "--at-once")
    check_crash_stories(census_of_keys(home, points), points)
    say(f"{kind}: a worker was killed at {len(points)} points, every story was finished once")


def crash_at(home: Home, task: str, points: dict[str, str]) -> None:
    """Does the task for each form key and dies at its point; each point must be reached."""
    given = json.dumps([[task, point, key] for key, point in points.items()])
    ended = json.loads(home.run("-m", "tests.journeys.crash", given=given))
    wanted = [0 if point == "nowhere" else 9 for point in points.values()]
    assert dict(zip(points.items(), ended, strict=True)) == dict(
        zip(points.items(), wanted, strict=True)
    )


def census_of_keys(home: Home, points: dict[str, str]) -> dict[str, Any]:
    """What is stored of these forms."""
    return census(home, [Post("", form_key=key) for key in points])


def check_crash_stories(found: dict[str, Any], points: dict[str, str]) -> None:
    """One whole story for each form, processed once."""
    assert sorted(story["words"][1] for story in found["stories"]) == sorted(points)
    assert {story["id"] for story in found["stories"]} == set(found["by_key"].values())
    for story in found["stories"]:
        assert story["words"][0] == crash.WORDS
        assert story["consents"] == sorted(crash.CONSENTS)
        assert story["state"] == "held"
        assert (story["concerns"], story["receipts"], story["redactions"]) == (1, 1, 1)
        assert story["owed"] == []
        assert "[a friend]" in story["text"]
