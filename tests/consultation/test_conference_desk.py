"""The desks of the board: questions, plan, agenda, decisions and promises."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.actions.record_decision import CommitmentDraft, DecisionRecord, record_decision
from consultation.enums import CommitmentStatus, DecisionAnswer
from consultation.models import AgendaItem, Commitment, Conference, Consultation, Decision, Priority
from tests.personas import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
STRANGERS = ("asha", "carol", "dev", "hana", "ivo", "sam")
DECISIONS, PROMISES = "/admin/decisions/", "/admin/promises/"
CONFERENCES, PRIORITIES = "/admin/conferences/", "/admin/priorities/"
CONSULTATIONS = "/admin/consultations/"


def item(question: str = "Should one person ring every family?") -> AgendaItem:
    conference, _made = Conference.objects.get_or_create(
        slug="2027", defaults={"title": "Conference 2027", "held_on": date(2027, 9, 30)}
    )
    return conference.agenda.create(question=question)


def promise(what: str = "One named person", *, due_in: int = 30) -> Commitment:
    due = timezone.localdate() + timedelta(days=due_in)
    record = DecisionRecord(
        answer=DecisionAnswer.YES,
        headline="Yes, one person rings.",
        reason="You told us.",
        commitments=[CommitmentDraft(what, "Director of Children’s Services", due)],
    )
    decision = record_decision(item=item(what), by=person("faye"), record=record)
    return decision.commitments.get()


def decided(*promises: tuple[str, str, str], **more: str) -> dict[str, str]:
    said = {
        "answer": "yes",
        "headline": "Yes, one person rings.",
        "reason": "You told us.",
        "not_followed_children": "",
        "promise-TOTAL_FORMS": "5",
        "promise-INITIAL_FORMS": "0",
    }
    for number, (what, owner, due_on) in enumerate(promises):
        said |= {
            f"promise-{number}-what": what,
            f"promise-{number}-owner": owner,
            f"promise-{number}-due_on": due_on,
        }
    return said | more


KEPT = ("One named person", "Director", "2028-01-31")


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


# Who comes in


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_the_board_finds_its_desks(client_of: ClientOf, name: str) -> None:
    kept, client = promise(), client_of(name)
    question = item("Another?")
    for url in (DECISIONS, PROMISES, CONFERENCES, PRIORITIES, CONSULTATIONS):
        assert client.get(url).status_code == 404, url
    for url in (CONFERENCES, PRIORITIES, CONSULTATIONS):
        assert client.get(f"{url}new/").status_code == 404, url
    assert client.post(f"{DECISIONS}{question.pk}/", decided(KEPT)).status_code == 404
    assert client.post(f"{PROMISES}{kept.pk}/", {"status": "done"}).status_code == 404
    assert not Decision.objects.filter(item=question).exists()


def test_a_board_member_records_decisions_but_does_not_plan_conferences(
    client_of: ClientOf,
) -> None:
    client = client_of("gil")
    for url in (DECISIONS, PROMISES, PRIORITIES, CONSULTATIONS):
        assert client.get(url).status_code == 200, url
    assert client.get(CONFERENCES).status_code == 404


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    for url in (DECISIONS, PROMISES, CONFERENCES):
        assert "login" in client.get(url)["Location"]


@pytest.mark.parametrize(("name", "is_shown"), [("faye", True), ("asha", False), ("sam", False)])
def test_the_menu_shows_the_desks_to_the_board_only(
    client_of: ClientOf, name: str, is_shown: bool
) -> None:
    home = text(client_of(name).get(reverse("wagtailadmin_home")))
    for url in (DECISIONS, PROMISES, CONFERENCES, PRIORITIES, CONSULTATIONS):
        assert (url in home) is is_shown


# The question, the plan, the agenda


def test_gil_opens_a_consultation(client_of: ClientOf) -> None:
    said = {
        "title": "Is anybody listening?",
        "question": "What would help?",
        "intro": "",
        "opens_on": "2027-01-10",
        "closes_on": "2027-03-10",
        "cycle": "2027 to 2030",
        "closing_message": "",
    }
    client = client_of("gil")
    answer = client.post(f"{CONSULTATIONS}new/", said | {"closes_on": "2026-01-01"})
    assert "It can&#x27;t close before it opens." in text(answer)
    assert not Consultation.objects.exists()
    assert client.post(f"{CONSULTATIONS}new/", said).status_code == 302
    assert Consultation.objects.get().closes_on == date(2027, 3, 10)


def test_a_priority_on_an_agenda_can_not_be_deleted(client_of: ClientOf) -> None:
    plan = Priority.objects.create(
        cycle="2027", number=1, title="Ring", child_title="Ring", description="Ring"
    )
    question = item()
    question.priority = plan
    question.save()
    answer = client_of("faye").post(f"{PRIORITIES}delete/{plan.pk}/", follow=True)
    assert "is in use, so it can’t be deleted." in text(answer)
    assert Priority.objects.exists()


def agenda(**more: str) -> dict[str, str]:
    return {
        "title": "Conference 2028",
        "slug": "2028",
        "held_on": "2028-09-30",
        "place": "Town hall",
        "summary": "",
        "state": "planned",
        "agenda-TOTAL_FORMS": "2",
        "agenda-INITIAL_FORMS": "0",
        "agenda-0-order": "1",
        "agenda-0-question": "Should one person ring?",
        "agenda-1-order": "1",
        "agenda-1-question": "",
    } | more


def test_faye_sets_up_a_conference_with_its_agenda(client_of: ClientOf) -> None:
    answer = client_of("faye").post(f"{CONFERENCES}new/", agenda())
    assert answer.status_code == 302
    made = Conference.objects.get()
    assert [question.question for question in made.agenda.all()] == ["Should one person ring?"]


def test_a_wrong_agenda_stores_no_conference(client_of: ClientOf) -> None:
    answer = client_of("faye").post(
        f"{CONFERENCES}new/", agenda(**{"agenda-0-question": "x" * 300})
    )
    assert answer.status_code == 200
    assert "Town hall" in text(answer)
    assert not Conference.objects.exists()
    assert not AgendaItem.objects.exists()


def changed(question: AgendaItem) -> dict[str, str]:
    return agenda(
        **{
            "agenda-TOTAL_FORMS": "1",
            "agenda-INITIAL_FORMS": "1",
            "agenda-0-id": str(question.pk),
            "agenda-0-question": question.question,
            "agenda-0-DELETE": "on",
        }
    )


def test_a_question_leaves_the_agenda(client_of: ClientOf) -> None:
    question = item()
    client_of("faye").post(f"{CONFERENCES}edit/{question.conference_id}/", changed(question))
    assert not AgendaItem.objects.exists()


def test_a_question_that_was_decided_stays_on_the_agenda(client_of: ClientOf) -> None:
    question = promise().decision.item
    answer = client_of("faye").post(
        f"{CONFERENCES}edit/{question.conference_id}/", changed(question)
    )
    assert "A question that was decided stays on the agenda." in text(answer)
    assert AgendaItem.objects.filter(pk=question.pk).exists()


def test_a_conference_with_an_agenda_can_not_be_deleted(client_of: ClientOf) -> None:
    conference = item().conference
    client_of("faye").post(f"{CONFERENCES}delete/{conference.pk}/")
    assert Conference.objects.exists()


@pytest.mark.parametrize("url", [CONFERENCES, PRIORITIES, CONSULTATIONS, DECISIONS, PROMISES])
def test_the_lists_cost_the_same_however_long_they_are(
    client_of: ClientOf, django_assert_max_num_queries: Any, url: str
) -> None:
    client = client_of("faye")

    def more(number: int) -> None:
        day = date(2027, 1, number)
        Conference.objects.create(slug=f"c{number}", title=f"{number}", held_on=day)
        Priority.objects.create(
            cycle="2027", number=number, title="p", child_title="p", description="p"
        )
        Consultation.objects.create(title="c", question="q", opens_on=day, closes_on=day)
        promise(f"Promise {number}", due_in=number - 3)

    more(1)
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for number in range(2, 7):
        more(number)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


# Decisions


def test_faye_writes_down_a_decision_with_its_promise(client_of: ClientOf) -> None:
    question, client = item(), client_of("faye")
    assert "1 question has no answer yet" in text(client.get(reverse("wagtailadmin_home")))
    answer = client.post(f"{DECISIONS}{question.pk}/", decided(KEPT), follow=True)
    assert "The decision is written down." in text(answer)
    made = Decision.objects.get()
    assert (made.item, made.recorded_by) == (question, person("faye"))
    assert made.commitments.get().due_on == date(2028, 1, 31)


def test_a_no_needs_a_reason_and_no_promise(client_of: ClientOf) -> None:
    question, client = item(), client_of("gil")
    answer = client.post(f"{DECISIONS}{question.pk}/", decided(answer="no", reason="  "))
    assert "Write the reason." in text(answer)
    assert not Decision.objects.exists()
    client.post(f"{DECISIONS}{question.pk}/", decided(answer="no"))
    assert Decision.objects.get().answer == DecisionAnswer.NO


def test_a_yes_without_a_promise_is_refused(client_of: ClientOf) -> None:
    answer = client_of("faye").post(f"{DECISIONS}{item().pk}/", decided())
    assert "A yes needs at least one promise" in text(answer)
    assert "Yes, one person rings." in text(answer)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "row",
    [("A promise", "", ""), ("", "Director", "2028-01-31"), ("A promise", "Director", "soon")],
)
def test_half_a_promise_is_named_and_kept(client_of: ClientOf, row: tuple[str, str, str]) -> None:
    answer = client_of("faye").post(f"{DECISIONS}{item().pk}/", decided(row))
    assert answer.context["promises"].errors[0]
    assert answer.context["promises"][0]["what"].value() == row[0]
    assert not Decision.objects.exists()


def test_a_broken_form_is_no_crash(client_of: ClientOf) -> None:
    answer = client_of("faye").post(f"{DECISIONS}{item().pk}/", {"answer": "yes"})
    assert answer.status_code == 200
    assert not Decision.objects.exists()


def test_what_was_decided_is_not_written_over(client_of: ClientOf) -> None:
    question, client = promise().decision.item, client_of("faye")
    assert "What was decided is not written over." in text(client.get(f"{DECISIONS}{question.pk}/"))
    said = decided(KEPT, headline="Something else.")
    answer = client.post(f"{DECISIONS}{question.pk}/", said)
    assert "This was decided before." in text(answer)
    assert "Something else." in text(answer)
    assert Decision.objects.get().headline == "Yes, one person rings."


# Promises


def test_late_promises_come_first(client_of: ClientOf) -> None:
    promise("In time", due_in=5)
    promise("Long ago", due_in=-90)
    client = client_of("gil")
    page = text(client.get(PROMISES))
    assert "1 promise is late" in page
    assert page.index("Long ago") < page.index("In time")
    assert "1 promise is late" in text(client.get(reverse("wagtailadmin_home")))


def test_gil_says_how_a_promise_stands(client_of: ClientOf) -> None:
    kept, client = promise(), client_of("gil")
    said = {"status": "done", "progress": "Hired.", "better": "Calls come."}
    said |= {"done_on": "2027-05-01"}
    client.post(f"{PROMISES}{kept.pk}/", said)
    kept.refresh_from_db()
    assert (kept.status, kept.progress, kept.better) == ("done", "Hired.", "Calls come.")
    assert kept.done_on == date(2027, 5, 1)


def test_not_doing_needs_a_because(client_of: ClientOf) -> None:
    kept, client = promise(), client_of("gil")
    said = {"status": "not_doing", "progress": "We asked around."}
    answer = client.post(f"{PROMISES}{kept.pk}/", said)
    assert "Say why it is not done." in text(answer)
    assert "We asked around." in text(answer)
    kept.refresh_from_db()
    assert kept.status == CommitmentStatus.DOING
    client.post(f"{PROMISES}{kept.pk}/", said | {"reason": "It cost too much."})
    kept.refresh_from_db()
    assert kept.reason == "It cost too much."


@pytest.mark.parametrize("said", [{}, {"status": "maybe"}, {"status": "done", "done_on": "soon"}])
def test_a_wrong_progress_is_named(client_of: ClientOf, said: dict[str, str]) -> None:
    kept = promise()
    answer = client_of("gil").post(f"{PROMISES}{kept.pk}/", said)
    assert 'role="alert"' in text(answer)
    kept.refresh_from_db()
    assert kept.status == CommitmentStatus.DOING
