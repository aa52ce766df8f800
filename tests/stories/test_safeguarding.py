import pytest

from stories.actions.decide_concern import (
    AlreadyDecided,
    NeedsNote,
    decide_concern,
    take_concern,
)
from stories.actions.open_original import NeedsReason, open_original
from stories.actions.withdraw_story import withdraw_story
from stories.enums import StoryState
from stories.models import Concern, Opening, Story
from stories.permissions import NotAllowed
from stories.sealing import CannotOpen
from tests.factories import URGENT, told
from tests.personas import person

pytestmark = pytest.mark.django_db
EVERYBODY_ELSE = ["asha", "dev", "faye", "gil", "hana", "ivo", "mallory", "sam"]
REASON = "To ring the school about tonight."


def concern_of(story: Story) -> Concern:
    return story.concerns.get()


def test_the_first_to_say_so_has_the_concern() -> None:
    concern = concern_of(told(URGENT))
    assert take_concern(concern=concern, by=person("carol"))
    assert not take_concern(concern=concern, by=person("carol"))


def test_a_released_story_goes_on_to_the_readers() -> None:
    story = told(URGENT)
    decide_concern(concern=concern_of(story), by=person("carol"), release=True, note="Safe now.")
    story.refresh_from_db()
    assert story.state == StoryState.READING


def test_a_kept_story_is_seen_by_no_reader() -> None:
    story = told(URGENT)
    decide_concern(concern=concern_of(story), by=person("carol"), release=False, note="Referred.")
    story.refresh_from_db()
    assert story.state == StoryState.PRIVATE


def test_a_decided_concern_keeps_only_the_day() -> None:
    concern = concern_of(told(URGENT))
    decide_concern(concern=concern, by=person("carol"), release=True, note="Safe now.")
    concern.refresh_from_db()
    assert (concern.raised_at.hour, concern.raised_at.minute, concern.raised_at.second) == (0, 0, 0)


def test_a_decision_says_what_was_done_and_is_made_once() -> None:
    concern, carol = concern_of(told(URGENT)), person("carol")
    with pytest.raises(NeedsNote):
        decide_concern(concern=concern, by=carol, release=True, note="  ")
    decide_concern(concern=concern, by=carol, release=True, note="Safe now.")
    with pytest.raises(AlreadyDecided):
        decide_concern(concern=concern, by=carol, release=False, note="Again.")


def test_opening_the_original_words_is_logged_first() -> None:
    story = told(URGENT)
    words = open_original(story=story, by=person("carol"), reason=REASON)
    assert words.story == URGENT
    assert Opening.objects.get().reason == REASON


def test_a_failed_opening_leaves_its_line_in_the_log() -> None:
    story = told(URGENT)
    story.submission.destroy()
    with pytest.raises(CannotOpen):
        open_original(story=story, by=person("carol"), reason=REASON)
    assert Opening.objects.count() == 1


def test_no_reason_no_words() -> None:
    with pytest.raises(NeedsReason):
        open_original(story=told(URGENT), by=person("carol"), reason="because")
    assert not Opening.objects.exists()


@pytest.mark.parametrize("name", EVERYBODY_ELSE)
def test_nobody_else_opens_takes_or_decides(name: str) -> None:
    story = told(URGENT)
    concern, somebody = concern_of(story), person(name)
    with pytest.raises(NotAllowed):
        open_original(story=story, by=somebody, reason=REASON)
    with pytest.raises(NotAllowed):
        take_concern(concern=concern, by=somebody)
    with pytest.raises(NotAllowed):
        decide_concern(concern=concern, by=somebody, release=True, note="Safe.")


def test_words_taken_back_stay_with_the_lead_until_the_case_is_decided() -> None:
    story = told(URGENT)
    withdraw_story(story=story)
    assert open_original(story=story, by=person("carol"), reason=REASON).story == URGENT
    decide_concern(concern=concern_of(story), by=person("carol"), release=False, note="Referred.")
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN
    with pytest.raises(CannotOpen):
        open_original(story=Story.objects.get(pk=story.pk), by=person("carol"), reason=REASON)
