"""The owner of a promise says how it stands: doing, done, or not doing and why."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.enums import CommitmentStatus
from consultation.models import Commitment
from consultation.permissions import NotAllowed, can_report_progress
from stories.permissions import Person

from .record_decision import DecisionRefused


class NeedsWhy(DecisionRefused):
    """ "We did not, because" has a because."""

    says = _("Say why it is not done. The people who told us will read it.")


@transaction.atomic
def report_progress(
    *,
    commitment: Commitment,
    by: Person,
    status: str,
    progress: str = "",
    reason: str = "",
    better: str = "",
    done_on: date | None = None,
) -> None:
    """Changes how a promise stands. Raises NotAllowed or NeedsWhy; ValidationError for no status.

    A promise that is done without a date was done today; a date is kept for what is done only.
    """
    if not can_report_progress(by):
        raise NotAllowed
    if status not in CommitmentStatus.values:
        raise ValidationError({"status": _("Choose how it stands.")})
    if status == CommitmentStatus.NOT_DOING and not reason.strip():
        raise NeedsWhy
    is_done = status == CommitmentStatus.DONE
    commitment.status = status
    commitment.progress, commitment.better = progress.strip(), better.strip()
    commitment.reason = reason.strip()
    commitment.done_on = (done_on or timezone.localdate()) if is_done else None
    commitment.save()
