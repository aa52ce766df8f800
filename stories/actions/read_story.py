"""A lay curator's decision on a story. Two who agree, blind to each other, make it ready to use."""

from collections.abc import Mapping

from django.db import transaction

from stories.enums import REASONS_FOR, Answer, Reason, StoryState, ThemeSource, ThemeState, Verdict
from stories.models import Coding, Reading, Story, StoryTheme, Theme
from stories.permissions import NotAllowed, Person, can_read_story

READERS = 2


class NeedsReason(Exception):
    """A story is sent back or kept private only for one of the coded reasons."""


@transaction.atomic
def read_story(
    *,
    story: Story,
    by: Person,
    verdict: Verdict,
    reason: str = "",
    answers: Mapping[str, Answer] | None = None,
) -> Reading:
    """Stores one reading with its coding (theme slug → answer) and moves the story on.

    Either reader alone can protect a story (send it back, keep it private); it takes both to
    approve it. Raises NotAllowed when this person may not read it now, NeedsReason for a reason
    that does not go with the verdict, and Theme.DoesNotExist for a slug that is no theme.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not can_read_story(by, story):
        raise NotAllowed
    if bool(reason) != (verdict != Verdict.APPROVE) or (
        reason and Reason(reason) not in REASONS_FOR[verdict]
    ):
        raise NeedsReason
    reading = Reading.objects.create(story=story, reader_id=by.pk, verdict=verdict, reason=reason)
    _code(reading, answers or {})
    _move(story, verdict)
    return reading


def _code(reading: Reading, answers: Mapping[str, Answer]) -> None:
    themes = {t.slug: t for t in Theme.objects.filter(slug__in=answers, parent__isnull=False)}
    if missing := set(answers) - set(themes):
        raise Theme.DoesNotExist(f"No such theme: {', '.join(sorted(missing))}")
    Coding.objects.bulk_create(
        Coding(reading=reading, theme=themes[slug], answer=answer)
        for slug, answer in answers.items()
    )


def _move(story: Story, verdict: Verdict) -> None:
    if verdict == Verdict.RETURN:
        story.move_to(StoryState.RETURNED)
    elif verdict == Verdict.PRIVATE:
        story.move_to(StoryState.PRIVATE)
    elif story.readings.filter(verdict=Verdict.APPROVE).count() >= READERS:
        _agree_themes(story)
        story.move_to(StoryState.APPROVED)


def _agree_themes(story: Story) -> None:
    """A theme is accepted when both readers said yes; every other one that was coded is not."""
    said: dict[int, list[str]] = {}
    for theme_id, answer in Coding.objects.filter(reading__story=story).values_list(
        "theme_id", "answer"
    ):
        said.setdefault(theme_id, []).append(answer)
    accepted = {t for t, answers in said.items() if answers.count(Answer.YES) >= READERS}
    known = set(story.theme_items.values_list("tag_id", flat=True))
    StoryTheme.objects.bulk_create(
        StoryTheme(content_object=story, tag_id=theme_id, source=ThemeSource.READER)
        for theme_id in accepted - known
    )
    story.theme_items.filter(tag_id__in=accepted).update(state=ThemeState.ACCEPTED)
    story.theme_items.exclude(tag_id__in=accepted).update(state=ThemeState.REJECTED)
