"""The safety queue: who waits, who has it, and the words as they came, opened with a reason.

No page but `open_words` ever holds a word as it came, and that one only in answer to a POST.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stories.actions.decide_concern import (
    AlreadyDecided,
    NeedsNote,
    decide_concern,
    take_concern,
)
from stories.actions.open_original import NeedsReason, open_original
from stories.enums import ConcernLevel, ConcernSource, ConcernState
from stories.forms.safeguarding import DecideForm, OpenWordsForm
from stories.models import Concern, Redaction, Words
from stories.permissions import can_lead_safeguarding
from stories.sealing import CannotOpen

from .access import name_of, only, person
from .highlight import Note, Segment, paragraphs

_WORRIES_SHOWN = 100  # the next ones come up as these are taken; urgent ones are all shown
_DECIDED_SHOWN = 10


@only(can_lead_safeguarding)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a decision, urgent first. The list holds no word of a story."""
    waiting = _concerns().waiting()
    nobody_has = waiting.filter(state=ConcernState.OPEN)
    worries = nobody_has.exclude(level=ConcernLevel.URGENT)
    closed = _concerns().exclude(state__in=[ConcernState.OPEN, ConcernState.TAKEN])
    context = {
        "counts": safety_counts(),
        "urgent": [_row(c) for c in nobody_has.filter(level=ConcernLevel.URGENT)],
        "worries": [_row(c) for c in worries.order_by("-score", "raised_at")[:_WORRIES_SHOWN]],
        "in_hand": [_row(c) for c in waiting.filter(state=ConcernState.TAKEN)],
        "decided": [_row(c) for c in closed.order_by("-decided_on", "-pk")[:_DECIDED_SHOWN]],
        "now": timezone.now(),
    }
    return render(request, "stories/desk/safety_queue.html", context)


def safety_counts() -> dict[str, int]:
    """How many concerns nobody has: the urgent ones, and the others."""
    is_urgent = Q(level=ConcernLevel.URGENT)
    return Concern.objects.filter(state=ConcernState.OPEN).aggregate(
        urgent=Count("pk", filter=is_urgent), worries=Count("pk", filter=~is_urgent)
    )


@only(can_lead_safeguarding)
@require_GET
def concern(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One concern: why it is here, what happened with it, and what can be done."""
    return _page(request, _concern(pk))


@only(can_lead_safeguarding)
@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponseRedirect:
    """ "I have this one": from now on a named person has it."""
    if take_concern(concern=_concern(pk), by=person(request)):
        messages.success(request, _("You have this one."))
    else:
        holder = name_of(_concern(pk).taken_by)
        messages.info(request, _("Somebody was quicker: %s has this one.") % holder)
    return redirect("safety:concern", pk)


@only(can_lead_safeguarding)
@require_POST
def open_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Logs the reason, then shows the words as they came: in this answer and nowhere else."""
    concern, form = _concern(pk), OpenWordsForm(request.POST)
    words: Words | None = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            words = open_original(story=concern.story, by=person(request), reason=reason)
        except NeedsReason:
            form.add_error("reason", OpenWordsForm.base_fields["reason"].error_messages["required"])
        except CannotOpen:
            said = _("These words can’t be opened: they were destroyed or changed. It is logged.")
            form.add_error(None, said)
        else:
            form = OpenWordsForm()
    response = _page(request, concern, open_form=form, words=words)
    response.headers["Cache-Control"] = "no-store"
    return response


@only(can_lead_safeguarding)
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Closes a concern that this person has taken."""
    concern, form = _concern(pk), DecideForm(request.POST)
    by = person(request)
    if concern.is_open and concern.taken_by_id != by.pk:
        form.add_error(None, _("First say “I have this one”, so that others know who decides."))
    if not form.is_valid():
        return _page(request, concern, decide_form=form)
    release = form.cleaned_data["decision"] == DecideForm.RELEASE
    try:
        decide_concern(concern=concern, by=by, release=release, note=form.cleaned_data["note"])
    except AlreadyDecided:
        form.add_error(None, _("This was decided meanwhile. Your note was not stored."))
        return _page(request, _concern(pk), decide_form=form)
    except NeedsNote:
        form.add_error("note", DecideForm.base_fields["note"].error_messages["required"])
        return _page(request, concern, decide_form=form)
    messages.success(request, _("Decided and written down."))
    return redirect("safety:queue")


def _concerns() -> Any:
    # The story's words are left in the database: no list needs them.
    return Concern.objects.select_related("story", "taken_by").defer("story__text", "story__wish")


def _concern(pk: UUID) -> Concern:
    return get_object_or_404(Concern.objects.select_related("story", "taken_by"), pk=pk)


def _row(concern: Concern) -> dict[str, Any]:
    return {
        "concern": concern,
        "number": str(concern.pk)[:6],
        "why": _why(concern),
        "waiting": _waited(concern),
        "with": name_of(concern.taken_by),
    }


def _why(concern: Concern) -> list[str]:
    """The reasons in words, each once. Never words of the story."""
    if concern.source == ConcernSource.READER:
        return [_("A reader is worried about this child.")]
    reasons = list(dict.fromkeys(str(found["reason"]) for found in concern.evidence))
    if not reasons and concern.level == ConcernLevel.URGENT:
        reasons = [_("The danger check broke, so nothing has looked at it yet.")]
    return reasons or [_("The danger check found no sign that it knows. It leaves it to you.")]


def _waited(concern: Concern) -> str:
    if not concern.is_open:
        return ""
    if timezone.now() - concern.raised_at < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(concern.raised_at, depth=1)


def _page(
    request: HttpRequest,
    concern: Concern,
    *,
    open_form: OpenWordsForm | None = None,
    decide_form: DecideForm | None = None,
    words: Words | None = None,
) -> HttpResponse:
    story = concern.story
    context = _row(concern) | {
        "story": story,
        "text": paragraphs(story.text, _taken_out(concern, Redaction.Part.TEXT)),
        "wish": paragraphs(story.wish, _taken_out(concern, Redaction.Part.WISH)),
        "words": words and _as_received(concern, words),
        "openings": [
            (opening, name_of(opening.opened_by))
            for opening in story.openings.select_related("opened_by")
        ],
        "others": story.concerns.waiting().exclude(pk=concern.pk).count(),
        "is_mine": concern.taken_by_id == person(request).pk,
        "open_form": open_form or OpenWordsForm(),
        "decide_form": decide_form or DecideForm(),
    }
    return render(request, "stories/desk/concern.html", context)


def _taken_out(concern: Concern, part: str) -> list[Note]:
    redactions = concern.story.redactions.filter(part=part)
    return [Note(r.start, r.end, "id", r.reason) for r in redactions]


def _as_received(concern: Concern, words: Words) -> list[list[Segment]]:
    # The danger check read story and wish as one text, parted like this.
    whole = f"{words.story}\n\n{words.wish}"
    found = [Note(e["start"], e["end"], "danger", str(e["reason"])) for e in concern.evidence]
    return paragraphs(whole, found)
