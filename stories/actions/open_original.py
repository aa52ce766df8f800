"""The safeguarding lead opens the words as received: logged before they leave."""

from django.db import transaction

from stories.models import Opening, Story, Words
from stories.permissions import NotAllowed, Person, can_lead_safeguarding

SHORTEST_REASON = 10


class NeedsReason(Exception):
    """The words are not opened without a written reason."""


def open_original(*, story: Story, by: Person, reason: str) -> Words:
    """The original words, after the opening has been committed to the log.

    Raises NotAllowed, NeedsReason (fewer than ten characters), and `sealing.CannotOpen` when the
    words were destroyed or tampered with; the log line stands even then.
    """
    if not can_lead_safeguarding(by):
        raise NotAllowed
    if len(reason.strip()) < SHORTEST_REASON:
        raise NeedsReason
    with transaction.atomic():
        Opening.objects.create(story=story, opened_by_id=by.pk, reason=reason.strip())
    return story.submission.open()
