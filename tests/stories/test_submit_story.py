from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.db import connection

from stories import sealing
from stories.actions import submit_story as module
from stories.enums import ConcernLevel, StoryState
from stories.models import Concern, Consent, OwedStep, Receipt, Story, Submission
from stories.receipts import new_form_key
from tests.factories import URGENT, story_of, tell

pytestmark = pytest.mark.django_db
SECRET = "I keep my shoes on in bed and count to a hundred."


def test_a_story_is_stored_sealed_with_everything_it_needs() -> None:
    sent = tell(SECRET, wish="Ask me first.", consents=frozenset({"board", "website"}))
    story = story_of(sent)
    words = story.submission.open()
    assert (words.story, words.wish) == (SECRET, "Ask me first.")
    assert {c.use for c in story.consents.all()} == {"board", "website"}
    assert [o.step for o in story.owed.all()] == ["anonymise"]
    assert story.text == ""


def test_the_words_stand_nowhere_in_the_database_in_the_open() -> None:
    tell(SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, wrapped_key FROM stories_submission")
        assert all(b"shoes" not in bytes(cell) for row in cursor for cell in row)


def test_the_same_form_sent_twice_is_one_story_with_one_number() -> None:
    key = new_form_key()
    first, second = tell(SECRET, form_key=key), tell(SECRET, form_key=key)
    assert first.number == second.number
    assert (first.is_new, second.is_new) == (True, False)
    assert Story.objects.count() == 1


def test_an_urgent_story_is_held_and_its_concern_is_there_at_once() -> None:
    sent = tell(URGENT)
    story = story_of(sent)
    assert sent.is_urgent
    assert story.state == StoryState.HELD
    assert story.concerns.get().level == ConcernLevel.URGENT


def test_the_concern_holds_places_and_reasons_but_no_words() -> None:
    tell(URGENT)
    evidence = Concern.objects.get().evidence
    assert evidence
    assert all(set(found) == {"start", "end", "reason"} for found in evidence)


def test_a_danger_check_that_breaks_means_urgent() -> None:
    with patch("stories.actions.raise_concern.concerns", side_effect=RuntimeError):
        sent = tell("Something quite ordinary happened.")
    assert sent.is_urgent
    assert story_of(sent).state == StoryState.HELD


def test_when_a_part_can_not_be_stored_nothing_is() -> None:
    with patch.object(module, "owe", side_effect=RuntimeError), pytest.raises(RuntimeError):
        tell(URGENT, consents=frozenset({"board"}))
    for model in (Story, Submission, Receipt, Consent, Concern, OwedStep):
        assert not model.objects.exists()


def test_a_broker_that_is_down_does_not_stop_a_story(
    django_capture_on_commit_callbacks: object,
) -> None:
    broken = patch("stories.tasks.run_owed_step.apply_async", side_effect=OSError)
    with broken, django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tell(SECRET)
    assert OwedStep.objects.count() == 1


def test_two_sealed_rows_exchanged_in_the_database_are_refused() -> None:
    one, two = story_of(tell("The first story.")), story_of(tell("The second story."))
    other = Submission.objects.get(pk=two.pk)
    Submission.objects.filter(pk=one.pk).update(sealed=other.sealed, wrapped_key=other.wrapped_key)
    with pytest.raises(sealing.CannotOpen):
        Submission.objects.get(pk=one.pk).open()


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_make_one_story() -> None:
    key = new_form_key()

    def click(_: int) -> str:
        try:
            return tell(SECRET, form_key=key).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(click, range(50)))
    assert len(numbers) == 1
    assert Story.objects.count() == Receipt.objects.count() == 1
