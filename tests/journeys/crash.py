"""Dies at named points: `python -m tests.journeys.crash` in a Home.

Reads a JSON list of [work, point, form key], and for each forks a child that does the work and
kills itself with SIGKILL at the point: nothing is flushed, closed or rolled back by anybody.
Prints how each child ended, as JSON: 9 for killed at its point, 0 for a point never reached.

A point is "before" or "after", then "INSERT table", "UPDATE table", "DELETE table", "commit" or
"hint"; or "nowhere".
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn
from unittest.mock import patch

import django

WORDS = "He hits me every night. My friend Kezia knows. I am scared to go home today."
CONSENTS = frozenset({"board", "website"})


def die(*_: Any, **__: Any) -> NoReturn:
    """Ends this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError  # never reached


@contextmanager
def death_at(point: str) -> Iterator[None]:
    """Within it, the process dies when it comes to this point."""
    if point == "nowhere":
        yield
        return
    moment, what = point.split(" ", 1)
    with ExitStack() as stack:
        if what == "commit":
            stack.enter_context(_at_commit(moment))
        elif what == "hint":
            stack.enter_context(_at_hint(moment))
        else:
            stack.enter_context(_at_write(moment, what))
        yield


@contextmanager
def _at_write(moment: str, what: str) -> Iterator[None]:
    from django.db import connection

    verb, table = what.split()
    start = {"INSERT": "INSERT INTO", "UPDATE": "UPDATE", "DELETE": "DELETE FROM"}[verb]
    wanted = f'{start} "{table}"'

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(wanted):
            return execute(sql, *rest)
        if moment == "before":
            die()
        execute(sql, *rest)
        return die()

    with connection.execute_wrapper(wrapper):
        yield


@contextmanager
def _at_commit(moment: str) -> Iterator[None]:
    from django.db import connection

    with patch.object(connection, "commit", _then_die(connection.commit, moment)):
        yield


@contextmanager
def _at_hint(moment: str) -> Iterator[None]:
    from stories.tasks import run_owed_step

    dying = _then_die(run_owed_step.apply_async, moment)
    with patch.object(run_owed_step, "apply_async", dying):
        yield


def _then_die(call: Callable[..., Any], moment: str) -> Callable[..., Any]:
    def dying(*arguments: Any, **named: Any) -> NoReturn:
        if moment == "after":
            call(*arguments, **named)
        die()

    return dying


def submit(form_key: str) -> None:
    """Somebody tells an urgent story, with consents: every kind of row is written."""
    from stories.actions.submit_story import Telling, submit_story
    from stories.models import Words

    telling = Telling(words=Words(WORDS, form_key), voice="child", consents=CONSENTS)
    submit_story(telling=telling, form_key=form_key)


def work(form_key: str) -> None:
    """A worker does what is owed to the story of this form."""
    from stories import keys, receipts
    from stories.actions.owe_step import run_owed_step
    from stories.models import Receipt

    story = Receipt.objects.story_of(receipts.number_for(form_key, keys.receipt_key()))
    assert story is not None
    run_owed_step(story.owed.get().pk)


def in_a_child(task: Callable[[str], None], point: str, form_key: str) -> int:
    """The signal that ended the child; 0 when it came to its end. Raises when it broke."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with death_at(point):
                task(form_key)
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status > 0:
        raise RuntimeError(f"The child broke on the way to {point!r}.")
    return -status


if __name__ == "__main__":
    # No connection is opened here, so none is shared with a child.
    django.setup()
    tasks = {"submit": submit, "work": work}
    ended = [in_a_child(tasks[name], point, key) for name, point, key in json.load(sys.stdin)]
    json.dump(ended, sys.stdout)
