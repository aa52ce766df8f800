"""The board's answer to an agenda item is written down, with its reason and its promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.enums import DecisionAnswer
from consultation.models import AgendaItem, Commitment, Decision
from consultation.permissions import NotAllowed, can_record_decision
from stories.permissions import Person


class DecisionRefused(Exception):
    """The decision can't be recorded like this; `str()` says why."""

    says = _("This can't be recorded.")

    def __str__(self) -> str:
        return str(self.says)


class NeedsReason(DecisionRefused):
    """A decision without a reason is not an answer."""

    says = _("Write the reason. The people who told us will read it.")


class NeedsCommitment(DecisionRefused):
    """A yes that nobody owns is no yes."""

    says = _("A yes needs at least one promise, with an owner and a date.")


class AlreadyDecided(DecisionRefused):
    """What was decided is not written over."""

    says = _("This was decided before.")


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """A promise: what, which post owns it, and by when."""

    what: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the board decided on one item."""

    answer: str
    headline: str
    reason: str
    not_followed_children: str = ""
    commitments: Iterable[CommitmentDraft] = ()
    decided_on: date | None = None


@transaction.atomic
def record_decision(*, item: AgendaItem, by: Person, record: DecisionRecord) -> Decision:
    """Stores a decision and its commitments. Raises NotAllowed or a DecisionRefused."""
    if not can_record_decision(by):
        raise NotAllowed
    if not record.reason.strip():
        raise NeedsReason
    commitments = list(record.commitments)
    if record.answer != DecisionAnswer.NO and not commitments:
        raise NeedsCommitment
    if Decision.objects.filter(item=item).exists():
        raise AlreadyDecided
    decision = Decision.objects.create(
        item=item,
        answer=record.answer,
        headline=record.headline,
        reason=record.reason.strip(),
        not_followed_children=record.not_followed_children,
        decided_on=record.decided_on or timezone.localdate(),
        recorded_by_id=by.pk,
    )
    for promise in commitments:
        Commitment.objects.create(
            decision=decision, what=promise.what, owner=promise.owner, due_on=promise.due_on
        )
    return decision
