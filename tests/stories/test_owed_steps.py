from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.actions import owe_step
from stories.actions.anonymise_story import masked
from stories.enums import Step, StoryState
from stories.models import LocalName, OwedStep, Words
from tests.factories import story_of, tell, theme

pytestmark = pytest.mark.django_db
NAMED = "My friend Kezia goes to Larkfield Primary and her number is 07700 900123."


def test_the_sweep_takes_out_names_and_suggests_themes() -> None:
    theme("bullying", cues="picked on")
    story = story_of(tell("My friend Kezia was picked on all year."))
    assert owe_step.settle_owed() == 2
    story.refresh_from_db()
    assert "Kezia" not in story.text
    assert story.state == StoryState.READING
    assert story.theme_items.get().evidence[0]["cue"] == "picked on"
    assert not OwedStep.objects.exists()


def test_each_redaction_stands_where_it_says() -> None:
    story = story_of(tell(NAMED))
    owe_step.settle_owed()
    story.refresh_from_db()
    for mark in story.redactions.all():
        assert story.text[mark.start : mark.end] == mark.label
        assert mark.reason


def test_the_words_taken_out_are_kept_nowhere_in_the_open() -> None:
    story = story_of(tell(NAMED))
    owe_step.settle_owed()
    kept = [*story.redactions.values_list("label", "reason"), (story.text, story.wish)]
    assert "Kezia" not in str(kept)
    assert "900123" not in str(kept)


def test_a_friend_is_the_same_person_in_both_texts() -> None:
    story = story_of(tell("My friend Kezia cried.", wish="Somebody should ask Kezia."))
    owe_step.settle_owed()
    story.refresh_from_db()
    labels = {mark.part: mark.label for mark in story.redactions.all()}
    assert labels["text"] == labels["wish"]


@pytest.mark.parametrize(
    ("story", "wish"),
    [
        ("I live at 14", "Tanner Road should be safe."),
        ("She was born on 3", "March 2014 was long ago."),
        ("We waited at St", "Brannock's Primary is cold."),
        ("I told Mrs", "Adeyemi should ask us."),
    ],
)
def test_words_that_read_on_from_the_story_into_the_wish_break_nothing(
    story: str, wish: str
) -> None:
    text, wished = masked(Words(story, wish))
    for part in (text, wished):
        assert all(part.text[m.start : m.end] == m.label for m in part.marks)
        assert "\x1f" not in part.text


@given(st.text(alphabet="St M1234. \nroad@a", max_size=60), st.text(max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_anybody_tells_breaks_the_masking(story: str, wish: str) -> None:
    text, wished = masked(Words(story, wish))
    for part in (text, wished):
        assert all(part.text[m.start : m.end] == m.label for m in part.marks)


def test_a_local_name_added_in_the_admin_works_for_the_next_story() -> None:
    LocalName.objects.create(kind="place", name="the copper yard")
    story = story_of(tell("They meet at the copper yard after dark."))
    owe_step.settle_owed()
    story.refresh_from_db()
    assert "copper" not in story.text


def test_nothing_to_do_is_nothing_done() -> None:
    assert owe_step.settle_owed() == 0


def test_a_step_that_breaks_stays_owed_and_logs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    tell(NAMED)
    with patch.dict(owe_step._ACTION, {Step.ANONYMISE: lambda story: 1 / 0}):
        assert owe_step.settle_owed() == 0
    assert OwedStep.objects.get().attempts == 1
    assert "Kezia" not in caplog.text


def test_a_broken_step_is_tried_again_when_its_claim_runs_out() -> None:
    tell(NAMED)
    with patch.dict(owe_step._ACTION, {Step.ANONYMISE: lambda story: 1 / 0}):
        owe_step.settle_owed()
    assert owe_step.settle_owed() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert owe_step.settle_owed() == 2


def test_a_step_somebody_is_at_is_not_taken_twice() -> None:
    tell(NAMED)
    pk = OwedStep.objects.get().pk
    assert OwedStep.objects.claim(pk) is not None
    assert OwedStep.objects.claim(pk) is None


def test_a_hint_for_a_step_that_is_done_does_nothing() -> None:
    tell(NAMED)
    pk = OwedStep.objects.get().pk
    owe_step.settle_owed()
    assert owe_step.run_owed_step(pk) is False


def test_the_command_finishes_what_is_owed(capsys: pytest.CaptureFixture[str]) -> None:
    tell(NAMED)
    call_command("process_stories")
    assert "2 steps done." in capsys.readouterr().out
    call_command("process_stories", at_once=True)
    assert "0 steps done." in capsys.readouterr().out
