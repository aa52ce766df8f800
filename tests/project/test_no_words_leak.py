"""Promise 4, and the sealed half of 6: planted words, address and browser are found nowhere.

A story is told through the front door by somebody whose name, address and browser are sentinels.
Then every place that keeps or prints something is searched for them, byte by byte.
"""

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.celery import app
from cms.logs import PlaceOnly
from stories.actions.owe_step import settle_owed
from stories.enums import StoryState
from stories.models import OwedStep, Story
from stories.receipts import new_form_key
from tests.factories import URGENT

NAME = "Kezia"  # taken out of the story: may be nowhere in the open
PHONE = "07700 900123"  # a number that is for drama only, taken out too
PLAIN = "quockerwodger"  # stays in the anonymised story: may be in stories_story, and only there
ADDRESS = "203.0.113.77"
BROWSER = "Sentinel-Browser/7.7"
STORY = f"My friend {NAME} has the number {PHONE}. She likes her {PLAIN}."
WHO = (ADDRESS, BROWSER)
EVERYTHING = (NAME, PHONE, PLAIN, *WHO)
FROM: dict[str, Any] = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_X_REAL_IP": ADDRESS,
    "HTTP_USER_AGENT": BROWSER,
}
FIELDS = {"voice": "child", "story": STORY, "part": "3", "go": "send"}

COMMITTED = pytest.mark.django_db(transaction=True)
ROLLED_BACK = pytest.mark.django_db


@pytest.fixture
def teller() -> Client:
    """A browser that can be told apart from every other, and is shown errors as a person is."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True, **FROM)


@pytest.fixture
def printed() -> Iterator[Callable[[], str]]:
    """Everything that the site's own handlers print, as they print it."""
    buffer = io.StringIO()
    ours = [h for h in every_handler() if isinstance(h.formatter, PlaceOnly)]
    assert ours
    streams = [(h, h.setStream(buffer)) for h in ours if isinstance(h, logging.StreamHandler)]
    yield buffer.getvalue
    for handler, stream in streams:
        handler.setStream(stream)


def every_handler() -> set[logging.Handler]:
    """The handlers of all loggers, without those of pytest and those that print nothing."""
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    found = {handler for logger in [logging.root, *named] for handler in logger.handlers}
    return {
        h
        for h in found
        if not isinstance(h, logging.NullHandler) and not type(h).__module__.startswith("_pytest")
    }


def tell(teller: Client, **more: str) -> Any:
    return teller.post("/tell/", FIELDS | {"form_key": new_form_key()} | more)


def found_in(content: bytes | str, sentinels: tuple[str, ...] = EVERYTHING) -> list[str]:
    """The sentinels that stand in `content`, in UTF-8 or as percent-encoded by a form."""
    raw = content if isinstance(content, bytes) else content.encode()
    return [s for s in sentinels if s.encode() in raw or s.replace(" ", "+").encode() in raw]


def raw_database() -> bytes:
    """The bytes of the database: the files themselves, or where a server has them every row."""
    if connection.vendor != "sqlite":
        return b"".join(rows_of(table) for table in connection.introspection.table_names())
    path = str(connection.settings_dict["NAME"])
    files = [Path(path + ending) for ending in ("", "-wal", "-shm", "-journal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def rows_of(table: str) -> bytes:
    """Every value of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own
        values = [value for row in cursor.fetchall() for value in row]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in map(_plain, values))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@COMMITTED
def test_the_database_shows_no_word_before_and_no_name_after_the_story_is_processed(
    teller: Client,
) -> None:
    assert tell(teller).status_code == 200
    assert Story.objects.count() == 1
    assert found_in(raw_database()) == []
    settle_owed()
    assert Story.objects.get().state == StoryState.READING
    assert found_in(raw_database()) == [PLAIN]
    tables = connection.introspection.table_names()
    assert [table for table in tables if found_in(rows_of(table))] == ["stories_story"]


@COMMITTED
def test_a_hint_to_the_worker_carries_a_number_and_no_word(teller: Client) -> None:
    with app.connection_for_read() as broker:
        queue = broker.SimpleQueue("celery")
        queue.clear()
        tell(teller, story=f"{URGENT} {STORY}")
        message = queue.get(block=False)
        queue.clear()
    payload = str(message.body) + str(message.headers) + str(message.properties)
    assert str(OwedStep.objects.get().pk) in payload
    assert found_in(payload) == []
    assert found_in(payload, (str(Story.objects.get().pk),)) == []


@ROLLED_BACK
def test_neither_log_entries_nor_sessions_know_the_teller(teller: Client) -> None:
    page = tell(teller)
    assert not page.cookies
    assert not Session.objects.exists()
    assert not ModelLogEntry.objects.exists()
    assert not PageLogEntry.objects.exists()


def wrong_method(teller: Client) -> Any:
    return teller.put("/tell/", STORY, content_type="text/plain")


def unknown_page(teller: Client) -> Any:
    return teller.get(f"/{PLAIN}/{NAME}/", {"story": STORY})


def too_long(teller: Client) -> Any:
    return tell(teller, story=STORY * 500)


def too_big(teller: Client) -> Any:
    return tell(teller, story=STORY * 10_000)


def foreign_host(teller: Client) -> Any:
    return teller.get(f"/tell/?story={PLAIN}", headers={"host": f"{PLAIN}.example"})


def no_token(teller: Client) -> Any:
    return teller.post(f"/sign-in/{PLAIN}/", FIELDS)


def broken_action(teller: Client) -> Any:
    with patch("stories.views.tell.submit_story", side_effect=RuntimeError(STORY)):
        return tell(teller)


def broken_with_a_cause(teller: Client) -> Any:
    """As a database error does, which quotes the row that it refused."""

    def refuse(**_: Any) -> None:
        try:
            raise ValueError(STORY)
        except ValueError as error:
            raise RuntimeError(f"DETAIL: failing row contains ({STORY})") from error

    with patch("stories.views.tell.submit_story", refuse):
        return tell(teller)


def broken_page(teller: Client) -> Any:
    with patch("stories.views.tell.segments", side_effect=KeyError(STORY)):
        return tell(teller, part="2", go="next")


def broken_check(teller: Client) -> Any:
    with patch("stories.actions.raise_concern.concerns", side_effect=ValueError(STORY)):
        return tell(teller)


WAYS: list[tuple[Callable[[Client], Any], int]] = [
    (tell, 200),
    (broken_check, 200),
    (too_big, 400),
    (foreign_host, 400),
    (no_token, 403),
    (unknown_page, 404),
    (wrong_method, 405),
    (too_long, 422),
    (broken_action, 500),
    (broken_with_a_cause, 500),
    (broken_page, 500),
]


@ROLLED_BACK
@pytest.mark.parametrize(("way", "status"), WAYS, ids=[f"{w.__name__}-{n}" for w, n in WAYS])
def test_no_answer_prints_or_mails_what_was_told_or_who_told_it(
    way: Callable[[Client], Any],
    status: int,
    teller: Client,
    printed: Callable[[], str],
    capfd: pytest.CaptureFixture[str],
    settings: LazySettings,
) -> None:
    settings.ADMINS = [("Ivo", "ivo@example.org")]
    response = way(teller)
    assert response.status_code == status
    assert found_in(printed()) == []
    assert found_in("".join(capfd.readouterr())) == []
    assert mail.outbox == []
    assert found_in(response.content, WHO) == []
    if status == 500:
        assert found_in(response.content) == []
        assert "ERROR django.request" in printed()
        assert not Story.objects.exists()


@ROLLED_BACK
def test_a_step_that_breaks_prints_no_word(teller: Client, printed: Callable[[], str]) -> None:
    tell(teller)
    with patch("stories.actions.anonymise_story.redact", side_effect=ValueError(STORY)):
        settle_owed()
    assert "It stays owed" in printed()
    assert "ValueError" in printed()
    assert found_in(printed()) == []


def test_nothing_prints_past_the_formatter_that_keeps_values_out() -> None:
    assert {type(handler.formatter) for handler in every_handler()} == {PlaceOnly}
