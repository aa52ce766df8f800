"""The desks on which stories become messages, and messages become decisions and promises.

Staff call a message an insight only in code: on the page it is what the public calls it.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultation.actions.draft_insight import InsightRefused, draft_insight
from consultation.actions.publish_insight import FEWEST_QUOTES, FEWEST_STORIES, publish_insight
from consultation.actions.record_decision import DecisionRefused, record_decision
from consultation.actions.report_progress import report_progress
from consultation.actions.withdraw_insight import withdraw_insight
from consultation.enums import CommitmentStatus, InsightState
from consultation.forms.conference import (
    DecisionForm,
    ProgressForm,
    PromiseFormSet,
    record_of,
)
from consultation.forms.insight import SHOWN, EvidenceForm, FindForm, InsightForm, draft_of
from consultation.models import AgendaItem, Commitment, Decision, Insight, Quote
from consultation.permissions import (
    can_draft_insight,
    can_publish_insight,
    can_record_decision,
    can_report_progress,
)
from stories.enums import ConsentUse, Voice
from stories.models import Story
from stories.permissions import Person
from stories.querysets import StoryQuerySet
from stories.views.access import name_of, only, person

_LISTED = 100


@only(can_draft_insight)
@require_GET
def insights(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for a second person, what is published, and what was withdrawn."""
    rows = list(Insight.objects.select_related("drafted_by", "published_by")[:_LISTED])
    by = person(request)
    context = {
        state: [
            (row, name_of(row.drafted_by), can_publish_insight(by, row))
            for row in rows
            if row.state == state
        ]
        for state in InsightState.values
    }
    return render(request, "consultation/desk/insights.html", context)


@only(can_draft_insight)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Writes a draft, or changes one: one form, so that looking for stories loses no word."""
    insight = None if pk is None else get_object_or_404(Insight, pk=pk)
    if insight and insight.is_public:
        messages.info(request, _("This is published. Withdraw it before you change it."))
        return redirect("insights:review", insight.pk)
    data = request.POST if request.method == "POST" else None
    desk = _Desk(insight, data)
    if data is not None and data.get("act") == "save":
        if done := desk.save(by=person(request)):
            messages.success(request, _("The draft is saved."))
            return redirect("insights:review", done.pk)
    elif data is not None:
        desk.forgive()  # only looking for stories: nothing is missing yet
    context = {
        "insight": insight,
        "find": desk.find,
        "form": desk.text,
        "evidence": desk.evidence,
        "is_capped": len(desk.evidence) >= SHOWN,
    }
    return render(request, "consultation/desk/draft.html", context)


@only(can_draft_insight)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof behind a message, for the second person: numbers, quotes, consents, names."""
    insight = get_object_or_404(
        Insight.objects.select_related("drafted_by", "published_by").prefetch_related(
            "themes__parent", "priorities"
        ),
        pk=pk,
    )
    quotes = insight.quotes.select_related("story").prefetch_related("story__consents")
    counts = insight.counts()
    context = {
        "insight": insight,
        "drafted_by": name_of(insight.drafted_by),
        "published_by": name_of(insight.published_by),
        "all": counts.pop("all"),
        "voices": [
            (Voice(voice).label if voice else _("They did not say"), count)
            for voice, count in counts.items()
        ],
        "quotes": [(quote, _consents(quote)) for quote in quotes],
        "may_publish": can_publish_insight(person(request), insight),
        "fewest": {"stories": FEWEST_STORIES, "quotes": FEWEST_QUOTES},
    }
    return render(request, "consultation/desk/review.html", context)


@only(can_draft_insight)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Everything is checked again in the action; a refusal is said on the review page."""
    try:
        publish_insight(insight=get_object_or_404(Insight, pk=pk), by=person(request))
    except InsightRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published. Anybody can read it now."))
    return redirect("insights:review", pk)


@only(can_draft_insight)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Off the public pages, at once."""
    insight = get_object_or_404(Insight.objects.published(), pk=pk)
    withdraw_insight(insight=insight, by=person(request))
    messages.success(request, _("Withdrawn. It is off the public pages."))
    return redirect("insights:review", pk)


@only(can_record_decision)
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Every question that was put to a conference, and what was answered."""
    items = AgendaItem.objects.select_related("conference", "decision", "insight", "priority")
    context = {"items": items.order_by("-conference__held_on", "order", "pk")[:_LISTED]}
    return render(request, "consultation/desk/decisions.html", context)


@only(can_record_decision)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Records the answer to one question, with its reason and its promises, once."""
    item = get_object_or_404(
        AgendaItem.objects.select_related("conference", "insight", "priority"), pk=pk
    )
    data = request.POST if request.method == "POST" else None
    form, promises = DecisionForm(data), PromiseFormSet(data, prefix="promise")
    if data is not None and all([form.is_valid(), promises.is_valid()]):
        try:
            record_decision(item=item, by=person(request), record=record_of(form, promises))
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The decision is written down."))
            return redirect("decisions:list")
    decision = (
        Decision.objects.filter(item=item)
        .select_related("recorded_by")
        .prefetch_related("commitments")
        .first()
    )
    context = {
        "item": item,
        "decision": decision,
        "recorded_by": name_of(decision.recorded_by) if decision else "",
        "form": form,
        "promises": promises,
    }
    return render(request, "consultation/desk/decide.html", context)


@only(can_report_progress)
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise, the late ones first: they are why somebody opens this page."""
    rows = list(
        Commitment.objects.select_related("decision__item__conference").order_by("due_on", "pk")
    )
    today = timezone.localdate()
    late = [row for row in rows if row.is_late(today)]
    context = {
        "late": late,
        "doing": [r for r in rows if r.status == CommitmentStatus.DOING and r not in late],
        "closed": [r for r in reversed(rows) if r.status != CommitmentStatus.DOING],
    }
    return render(request, "consultation/desk/promises.html", context)


@only(can_report_progress)
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How one promise stands."""
    promise = get_object_or_404(Commitment.objects.select_related("decision__item"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ProgressForm(data, instance=promise)
    if form.is_valid():
        try:
            report_progress(commitment=promise, by=person(request), **form.said)
        except DecisionRefused as refusal:
            form.add_error("reason", str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. The people who told us can read it."))
            return redirect("promises:list")
    context = {"promise": promise, "form": form, "is_late": promise.is_late()}
    return render(request, "consultation/desk/progress.html", context)


class _Desk:
    """The parts of the draft page's one form."""

    def __init__(self, insight: Insight | None, data: Mapping[str, Any] | None) -> None:
        themes = {"themes": insight.themes.all()} if insight else None
        self.insight = insight
        self.find = FindForm(data, initial=themes)
        self.text = InsightForm(data, instance=insight)
        self.evidence = self._evidence(data)

    def save(self, *, by: Person) -> Insight | None:
        """The stored draft; None when something is wrong, which the forms then say."""
        if not all([form.is_valid() for form in (self.find, self.text, *self.evidence)]):
            return None
        draft = draft_of(self.find, self.text, self.evidence)
        stored = Insight.objects.get(pk=self.insight.pk) if self.insight else None
        try:
            return draft_insight(by=by, draft=draft, insight=stored)
        except InsightRefused as refusal:
            self.text.add_error(None, str(refusal))
            return None

    def forgive(self) -> None:
        """Keeps everything that was typed, and says of nothing that it is missing."""
        for form in (self.text, *self.evidence):
            form.full_clean()
            form.errors.clear()

    def _evidence(self, data: Mapping[str, Any] | None) -> list[EvidenceForm]:
        """A form for each story that is used already, then for those that match."""
        insight = self.insight
        counted = set(insight.stories.values_list("pk", flat=True)) if insight else set()
        quotes = {quote.story_id: quote for quote in insight.quotes.all()} if insight else {}
        kept = counted | set(quotes) | _named_in(data or {})
        approved = Story.objects.approved().prefetch_related("consents").order_by("-told_on", "pk")
        more = approved.filter(pk__in=self._matching().values("pk")).exclude(pk__in=kept)
        stories = [*approved.filter(pk__in=kept), *more[: max(0, SHOWN - len(kept))]]
        return [
            EvidenceForm(data, story=s, is_counted=s.pk in counted, quote=quotes.get(s.pk))
            for s in stories
        ]

    def _matching(self) -> StoryQuerySet:
        if self.find.is_bound:
            self.find.is_valid()
            themes = self.find.cleaned_data.get("themes") or []
            voice = self.find.cleaned_data.get("voice")
        else:
            themes, voice = self.find.initial.get("themes", []), ""
        stories = Story.objects.about(*(theme.slug for theme in themes))
        return stories.told_by(voice) if voice else stories


def _named_in(data: Mapping[str, Any]) -> set[UUID]:
    """Stories of which the form says something: they stay on the page, whatever is looked for."""
    named = set()
    for field, value in data.items():
        story, _dash, question = field.rpartition("-")
        if value and question in {"counts", "quote"}:
            with suppress(ValueError):
                named.add(UUID(story))
    return named


def _consents(quote: Quote) -> list[str]:
    """The uses that the quote's teller allows today."""
    return [str(use.label) for use in ConsentUse if quote.story.allows(use)]
