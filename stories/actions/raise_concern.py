"""Somebody may not be safe: the danger check says so in the request, or a reader does."""

import logging

from django.db import transaction

from stories.enums import ConcernLevel, ConcernSource, StoryState
from stories.models import Concern, Story, Words
from stories.permissions import NotAllowed, Person, can_read_story
from stories.text import Concern as Found
from stories.text import concerns

logger = logging.getLogger(__name__)


def assess(words: Words) -> Found:
    """What the danger check says of the words as received. Never raises.

    A check that breaks means urgent: unassessed is a reason to look, not to wait (promise 10).
    """
    try:
        return concerns(f"{words.story}\n\n{words.wish}")
    except Exception:
        logger.exception("The danger check broke. The story counts as urgent.")
        return Found(ConcernLevel.URGENT, 1.0, [])


def concern_from_check(story: Story, found: Found) -> None:
    """Stores what the check found, in the transaction that stores the story.

    The check says "worry" of nearly every text it finds nothing in, because it would rather be
    wrong than miss one. Without a word to point at, that is no concern to put on the lead's desk:
    two people read every story, and each of them can raise one.
    """
    is_urgent = found.level == ConcernLevel.URGENT
    if found.level == ConcernLevel.NONE or not (is_urgent or found.evidence):
        return
    Concern.objects.create(
        story=story,
        level=found.level,
        source=ConcernSource.CHECK,
        score=found.score,
        evidence=[{"start": e.start, "end": e.end, "reason": e.reason} for e in found.evidence],
    )


@transaction.atomic
def raise_concern(*, story: Story, by: Person) -> Concern:
    """A reader is worried about this child: the story leaves the readers' desks at once.

    Raises NotAllowed for anybody who is not reading this story.
    """
    if not can_read_story(by, story):
        raise NotAllowed
    story.move_to(StoryState.HELD)
    return Concern.objects.create(
        story=story, level=ConcernLevel.URGENT, source=ConcernSource.READER
    )
