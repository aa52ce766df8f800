"""The demo partnership, Harrowmere: an invented borough, loaded through the product's own actions.

Nothing here writes a state by hand: stories are told, anonymised, read by two people and
approved; insights are drafted by one and published by another; the board decides. So the demo
also shows that the path works, and a broken step breaks the load. Only days are put back, so that
what was told last winter was not read and published this morning.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from cms.accounts.models import User
from cms.accounts.sign_in import DEMO_DOMAIN
from cms.site import Partnership, build_site
from consultation.actions.draft_insight import InsightDraft, QuoteDraft, draft_insight
from consultation.actions.publish_insight import publish_insight
from consultation.actions.record_decision import CommitmentDraft, DecisionRecord, record_decision
from consultation.actions.report_progress import report_progress
from consultation.enums import ConferenceState, QuoteSide
from consultation.models import AgendaItem, Conference, Consultation, Insight, Priority
from stories.actions.decide_concern import decide_concern, take_concern
from stories.actions.load_codebook import load_codebook
from stories.actions.owe_step import run_owed_step
from stories.actions.read_story import read_story
from stories.actions.submit_story import Telling, submit_story
from stories.actions.withdraw_story import withdraw_story
from stories.enums import Answer, Role, Verdict
from stories.models import LocalName, OwedStep, Story, Theme, Words
from stories.receipts import new_form_key

Say = Callable[[str], Any]
HARROWMERE = Partnership(
    "Harrowmere Safeguarding Children Partnership", "Harrowmere", "01632 960 100"
)

_HERE = Path(__file__).resolve().parent
_PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("asha", "Lay curator, Asha", Role.CURATOR),
    ("ben", "Lay curator, Ben", Role.CURATOR),
    ("carol", "Safeguarding lead, Carol", Role.SAFEGUARDING_LEAD),
    ("dev", "Insight author, Dev", Role.INSIGHT_AUTHOR),
    ("efua", "Insight author, Efua", Role.INSIGHT_AUTHOR),
    ("faye", "Chair, Faye", Role.CHAIR),
    ("gil", "Board member, Gil", Role.BOARD_MEMBER),
    ("hana", "Editor, Hana", Role.EDITOR),
    ("ivo", "Administrator, Ivo", Role.ADMINISTRATOR),
)
_WAIT = timedelta(days=14)  # from telling to reading
_PUBLISHED = date(2026, 9, 1)  # before the conference that answered
_NOTE = "Rang the school and the family. The child is safe, and somebody visits on Friday."


def load_demo(*, say: Say) -> None:
    """Loads everything in one transaction, or nothing. Does nothing when it is there already."""
    if Consultation.objects.exists():
        say("The demo partnership is there already.")
        return
    with transaction.atomic():
        say("Loading the demo partnership: people, codebook, pages…")
        people = _people()
        load_codebook()
        LocalName.objects.bulk_create(LocalName(**row) for row in _read("local_names"))
        Consultation.objects.create(**_read("consultation"))
        cycle = Consultation.objects.get().cycle
        Priority.objects.bulk_create(Priority(cycle=cycle, **row) for row in _read("priorities"))
        build_site(HARROWMERE)
        stories = _stories(people, say)
        say("Loading the demo partnership: messages and conferences…")
        insights = _insights(people, stories)
        _conferences(people, insights)
    say("The demo partnership is ready.")


def _read(name: str) -> Any:
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))


def _people() -> dict[str, User]:
    made = {}
    for name, title, role in _PEOPLE:
        made[name] = User.objects.create_user(name + DEMO_DOMAIN, first_name=title)
        made[name].groups.add(Group.objects.get(name=role))
    return made


def _stories(people: dict[str, User], say: Say) -> dict[str, Story]:
    rows = _read("stories")
    stories = {}
    for count, row in enumerate(rows, 1):
        stories[row["ref"]] = _story(row, people)
        if count % 25 == 0 or count == len(rows):
            say(f"Loading the demo partnership: {count} of {len(rows)} stories…")
    return stories


def _story(row: dict[str, Any], people: dict[str, User]) -> Story:
    """Tells one story and takes it as far on its path as the row says."""
    telling = Telling(
        words=Words(row["story"], row["change"]),
        voice=row["voice"],
        told_for=row["told_for"],
        age_band=row["age_band"],
        area=row["area"],
        consents=frozenset(row["consents"]),
        told_on=date.fromisoformat(row["told_on"]),
    )
    story = submit_story(telling=telling, form_key=new_form_key()).story
    if story is None:
        raise RuntimeError("Two stories of the demo have one number.")
    outcome = row["outcome"]
    if outcome == "withdrawn":
        withdraw_story(story=story)
        return story
    while owed := story.owed.first():
        _run(owed)
    story.refresh_from_db()
    if outcome != "held":
        _release(story, people["carol"])
        _read_by_two(story, row, people)
    return story


def _run(owed: OwedStep) -> None:
    if not run_owed_step(owed.pk):
        raise RuntimeError(f"The demo could not be loaded: {owed.step} broke.")


def _release(story: Story, lead: User) -> None:
    for concern in story.concerns.waiting():
        take_concern(concern=concern, by=lead)
        decide_concern(concern=concern, by=lead, release=True, note=_NOTE)
    story.refresh_from_db()


def _read_by_two(story: Story, row: dict[str, Any], people: dict[str, User]) -> None:
    verdict = {"returned": Verdict.RETURN, "private": Verdict.PRIVATE}.get(
        row["outcome"], Verdict.APPROVE
    )
    readers = {"unread": 0, "first_read": 1, "returned": 1, "private": 1}.get(row["outcome"], 2)
    answers = _answers(story, row["themes"])
    for name in ("asha", "ben")[:readers]:
        read_story(
            story=story,
            by=people[name],
            verdict=verdict,
            reason=row["reason"],
            answers=answers if verdict == Verdict.APPROVE else {},
        )
    story.readings.update(read_on=story.told_on + _WAIT)
    story.refresh_from_db()


def _answers(story: Story, agreed: Iterable[str]) -> dict[str, Answer]:
    """Yes to what the two readers agree on, no to the machine's other suggestions."""
    suggested = story.theme_items.values_list("tag__slug", flat=True)
    return dict.fromkeys(suggested, Answer.NO) | dict.fromkeys(agreed, Answer.YES)


def _insights(people: dict[str, User], stories: dict[str, Story]) -> dict[str, Insight]:
    made = {}
    for row in _read("messages"):
        quotes = [
            QuoteDraft(stories[q["ref"]], q["text"], side)
            for side, q in [
                *((QuoteSide.SUPPORTS, quote) for quote in row["quotes"]),
                (QuoteSide.DIFFERS, row["counter"]),
            ]
        ]
        draft = InsightDraft(
            slug=row["slug"],
            claim=row["claim"],
            summary=row["summary"],
            missing="\n".join(row["missing"]),
            themes=list(Theme.objects.filter(slug__in=row["themes"])),
            stories=[stories[ref] for ref in row["stories"]],
            quotes=quotes,
            priorities=list(Priority.objects.filter(number__in=row["priorities"])),
        )
        insight = draft_insight(by=people["dev"], draft=draft)
        if row["state"] == "published":
            publish_insight(insight=insight, by=people["efua"])
            Insight.objects.filter(pk=insight.pk).update(published_on=_PUBLISHED)
        made[row["slug"]] = insight
    return made


def _conferences(people: dict[str, User], insights: dict[str, Insight]) -> None:
    for row in _read("conferences"):
        agenda = row.pop("agenda")
        conference = Conference.objects.create(
            **{
                **row,
                "held_on": date.fromisoformat(row["held_on"]),
                "state": ConferenceState.PLANNED,
            }
        )
        for item in agenda:
            _agenda_item(conference, item, people, insights)
        Conference.objects.filter(pk=conference.pk).update(state=row["state"])


def _agenda_item(
    conference: Conference,
    row: dict[str, Any],
    people: dict[str, User],
    insights: dict[str, Insight],
) -> None:
    item = AgendaItem.objects.create(
        conference=conference,
        order=row["order"],
        question=row["question"],
        insight=insights.get(row["message"]),
        priority=Priority.objects.filter(number=row["priority"]).first(),
    )
    if decided := row["decision"]:
        _decision(item, decided, people["faye"])


def _decision(item: AgendaItem, row: dict[str, Any], chair: User) -> None:
    promises = row["commitments"]
    record = DecisionRecord(
        answer=row["answer"],
        headline=row["headline"],
        reason=row["reason"],
        not_followed_children=row["not_followed_children"],
        decided_on=date.fromisoformat(row["decided_on"]),
        commitments=[
            CommitmentDraft(p["what"], p["owner"], date.fromisoformat(p["due_on"]))
            for p in promises
        ],
    )
    decision = record_decision(item=item, by=chair, record=record)
    for commitment, told in zip(decision.commitments.order_by("pk"), promises, strict=True):
        report_progress(
            commitment=commitment,
            by=chair,
            status=told["status"],
            progress=told["progress"],
            reason=told.get("reason") or "",
            better=told["better"],
            done_on=date.fromisoformat(told["done_on"]) if told["done_on"] else None,
        )
