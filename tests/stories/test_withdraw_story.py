import pytest

from stories.actions.owe_step import settle_owed
from stories.actions.withdraw_story import withdraw_story
from stories.enums import StoryState
from stories.models import Consent, Receipt, Redaction, Story, StoryTheme
from stories.sealing import CannotOpen
from tests.factories import approved, story_of, tell

pytestmark = pytest.mark.django_db


def test_nothing_of_the_words_is_left() -> None:
    story = approved(
        "My friend Kezia saved me a seat.",
        themes=("bullying",),
        area="Millfield",
        consents=frozenset({"board"}),
    )
    withdraw_story(story=story)
    story = Story.objects.get(pk=story.pk)
    assert (story.text, story.wish, story.area, story.state) == ("", "", "", StoryState.WITHDRAWN)
    assert not any(model.objects.exists() for model in (Consent, Receipt, Redaction, StoryTheme))
    with pytest.raises(CannotOpen):
        story.submission.open()


def test_the_number_is_forgotten() -> None:
    sent = tell()
    withdraw_story(story=story_of(sent))
    assert Receipt.objects.story_of(sent.number) is None


def test_work_that_was_owed_does_not_bring_the_words_back() -> None:
    story = story_of(tell())
    withdraw_story(story=story)
    settle_owed()
    story.refresh_from_db()
    assert story.text == ""


def test_taking_back_twice_is_the_same_as_once() -> None:
    story = story_of(tell())
    withdraw_story(story=story)
    withdraw_story(story=story)
    assert Story.objects.get().state == StoryState.WITHDRAWN
