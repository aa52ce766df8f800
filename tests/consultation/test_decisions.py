from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.actions.record_decision import (
    AlreadyDecided,
    CommitmentDraft,
    DecisionRecord,
    NeedsCommitment,
    NeedsReason,
    record_decision,
)
from consultation.actions.report_progress import NeedsWhy, report_progress
from consultation.models import AgendaItem, Commitment, Conference, Decision
from stories.permissions import NotAllowed
from tests.personas import person

pytestmark = pytest.mark.django_db
PROMISE = CommitmentDraft("A call in two days", "Head of Early Help", date(2027, 3, 1))


def an_item() -> AgendaItem:
    conference = Conference.objects.create(slug="2026", title="2026", held_on=date(2026, 10, 14))
    return AgendaItem.objects.create(conference=conference, question="Shall we call back?")


def decided(item: AgendaItem | None = None, *, by: str = "faye", **more: Any) -> Decision:
    fields: dict[str, Any] = {
        "answer": "yes",
        "headline": "We will call back.",
        "reason": "The stories say that silence hurts most.",
        "commitments": [PROMISE],
    }
    return record_decision(
        item=item or an_item(), by=person(by), record=DecisionRecord(**(fields | more))
    )


def promise() -> Commitment:
    return decided().commitments.get()


def report(commitment: Commitment, *, by: str = "gil", **more: Any) -> Commitment:
    report_progress(commitment=commitment, by=person(by), **more)
    commitment.refresh_from_db()
    return commitment


@pytest.mark.parametrize("name", ["faye", "gil"])
def test_the_board_records_a_decision_with_its_promise(name: str) -> None:
    assert decided(by=name).commitments.get().owner == "Head of Early Help"


@pytest.mark.parametrize("name", ["asha", "carol", "dev", "hana", "ivo", "mallory", "sam"])
def test_nobody_else_decides_or_reports(name: str) -> None:
    with pytest.raises(NotAllowed):
        decided(by=name)
    with pytest.raises(NotAllowed):
        report(Commitment(), by=name, status="done")


def test_a_decision_without_a_reason_is_refused() -> None:
    with pytest.raises(NeedsReason):
        decided(reason=" ")


def test_a_yes_needs_somebody_who_owns_it_and_a_no_does_not() -> None:
    with pytest.raises(NeedsCommitment):
        decided(commitments=[])
    assert decided(AgendaItem.objects.first(), answer="no", commitments=[]).answer == "no"


def test_a_decision_is_not_written_over() -> None:
    item = an_item()
    decided(item)
    with pytest.raises(AlreadyDecided):
        decided(item)


def test_a_promise_that_is_done_has_a_date() -> None:
    assert report(promise(), status="done", progress="Since May.").done_on == timezone.localdate()


def test_a_promise_that_is_taken_up_again_loses_its_date() -> None:
    commitment = report(promise(), status="done")
    assert report(commitment, status="doing").done_on is None


def test_we_did_not_has_a_because() -> None:
    commitment = promise()
    with pytest.raises(NeedsWhy):
        report(commitment, status="not_doing")
    assert report(commitment, status="not_doing", reason="It costs too much.").reason


def test_the_database_too_wants_a_because() -> None:
    commitment = promise()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(status="not_doing")


def test_a_status_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError):
        report(promise(), status="forgotten")


def test_late_is_worked_out_from_the_date() -> None:
    commitment = promise()
    assert commitment.is_late(PROMISE.due_on + timedelta(days=1))
    assert not commitment.is_late(PROMISE.due_on)
