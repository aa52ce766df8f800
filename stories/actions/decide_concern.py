"""The safeguarding lead takes a concern, and releases the story or keeps it private."""

from datetime import UTC

from django.db import transaction
from django.utils import timezone

from stories.enums import ConcernLevel, ConcernState, StoryState
from stories.models import Concern, Story
from stories.permissions import NotAllowed, Person, can_lead_safeguarding


class AlreadyDecided(Exception):
    """Somebody has decided this concern before."""


class NeedsNote(Exception):
    """A decision has to say what was done."""


def take_concern(*, concern: Concern, by: Person) -> bool:
    """ "I have this one". False when somebody else was quicker. Raises NotAllowed."""
    if not can_lead_safeguarding(by):
        raise NotAllowed
    return Concern.objects.take(concern.pk, by=by)


@transaction.atomic
def decide_concern(*, concern: Concern, by: Person, release: bool, note: str) -> None:
    """Closes a concern: the story goes on to the readers, or is kept private.

    Raises NotAllowed, NeedsNote or AlreadyDecided. The story is released only when no other
    concern about it waits. A story that was taken back meanwhile loses its sealed words now.
    """
    if not can_lead_safeguarding(by):
        raise NotAllowed
    if not note.strip():
        raise NeedsNote
    concern = Concern.objects.select_for_update().select_related("story").get(pk=concern.pk)
    if not concern.is_open:
        raise AlreadyDecided
    today = timezone.localdate()
    concern.state = ConcernState.RELEASED if release else ConcernState.KEPT
    concern.note, concern.decided_on = note.strip(), today
    # From now on the day is enough: the second was needed only while somebody waited.
    concern.raised_at = concern.raised_at.astimezone(UTC).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    concern.save()
    _move(concern.story, release=release)


def _move(story: Story, *, release: bool) -> None:
    if story.state == StoryState.WITHDRAWN:
        if not story.concerns.waiting().exists():
            story.submission.destroy()
    elif not release:
        story.move_to(StoryState.PRIVATE)
    elif story.state == StoryState.HELD and not _urgent_waits(story):
        story.move_to(StoryState.READING if story.text else StoryState.RECEIVED)


def _urgent_waits(story: Story) -> bool:
    return story.concerns.waiting().filter(level=ConcernLevel.URGENT).exists()
