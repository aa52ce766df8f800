import pytest

from stories.actions.edit_redactions import NotFound, add_redaction, relabel_redaction
from stories.actions.raise_concern import raise_concern
from stories.actions.read_story import NeedsReason, read_story
from stories.enums import Answer, StoryState, ThemeState, Verdict
from stories.models import Reading, Story, Theme
from stories.permissions import NotAllowed
from tests.factories import URGENT, approved, theme, told
from tests.personas import person

pytestmark = pytest.mark.django_db


def read(story: Story, name: str, verdict: Verdict = Verdict.APPROVE, **more: object) -> Reading:
    return read_story(story=story, by=person(name), verdict=verdict, **more)  # type: ignore[arg-type]


def test_one_approval_is_not_enough() -> None:
    story = told()
    read(story, "asha")
    story.refresh_from_db()
    assert story.state == StoryState.READING


def test_two_people_who_approve_make_a_story_ready() -> None:
    assert approved().state == StoryState.APPROVED


def test_nobody_reads_a_story_twice() -> None:
    story = told()
    read(story, "asha")
    with pytest.raises(NotAllowed):
        read(story, "asha")


@pytest.mark.parametrize("name", ["carol", "dev", "hana", "ivo", "mallory", "sam"])
def test_only_lay_curators_read(name: str) -> None:
    with pytest.raises(NotAllowed):
        read(told(), name)


def test_a_held_story_is_read_by_nobody() -> None:
    with pytest.raises(NotAllowed):
        read(told(URGENT), "asha")


def test_a_theme_needs_a_yes_from_both() -> None:
    for slug in ("bullying", "neglect"):
        theme(slug)
    story = told()
    read(story, "asha", answers={"bullying": Answer.YES, "neglect": Answer.YES})
    read(story, "ben", answers={"bullying": Answer.YES, "neglect": Answer.UNSURE})
    accepted = story.theme_items.filter(state=ThemeState.ACCEPTED)
    assert [item.tag.slug for item in accepted] == ["bullying"]


def test_one_reader_alone_can_keep_a_story_private() -> None:
    story = told()
    read(story, "asha", Verdict.PRIVATE, reason="could_be_recognised")
    story.refresh_from_db()
    assert story.state == StoryState.PRIVATE


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict.PRIVATE, ""),
        (Verdict.RETURN, "open_enquiry"),
        (Verdict.PRIVATE, "not_a_story"),
        (Verdict.APPROVE, "not_a_story"),
    ],
)
def test_a_verdict_goes_with_its_own_reasons(verdict: Verdict, reason: str) -> None:
    with pytest.raises(NeedsReason):
        read(told(), "asha", verdict, reason=reason)
    assert not Reading.objects.exists()


def test_an_unknown_theme_stores_nothing() -> None:
    story = told()
    with pytest.raises(Theme.DoesNotExist):
        read(story, "asha", answers={"no-such-theme": Answer.YES})
    assert not Reading.objects.exists()


def test_a_reader_who_is_worried_takes_the_story_off_every_desk() -> None:
    story = told()
    raise_concern(story=story, by=person("asha"))
    story.refresh_from_db()
    assert story.state == StoryState.HELD
    assert not Story.objects.awaiting_reading(by=person("ben")).exists()


def test_a_reader_takes_more_words_out_of_both_texts() -> None:
    story = told("The corner shop man saw it.", wish="Ask the corner shop man.")
    add_redaction(
        story=story, by=person("asha"), words="corner shop man", kind="ROLE", label="a neighbour"
    )
    story.refresh_from_db()
    assert story.text == "The [a neighbour] saw it."
    assert story.wish == "Ask the [a neighbour]."


def test_words_that_are_not_there_are_refused() -> None:
    with pytest.raises(NotFound):
        add_redaction(story=told(), by=person("asha"), words="zebra", kind="ROLE", label="x")


def test_a_reader_gives_a_redaction_a_better_label() -> None:
    story = told("My friend Kezia cried.")
    mark = story.redactions.get()
    relabel_redaction(story=story, by=person("asha"), redaction=mark, label="my cousin")
    story.refresh_from_db()
    assert story.text == "My friend [my cousin] cried."


def test_a_stranger_changes_no_redaction() -> None:
    story = told("My friend Kezia cried.")
    with pytest.raises(NotAllowed):
        add_redaction(story=story, by=person("sam"), words="cried", kind="ROLE", label="x")
