"""Tonight's reading: one story after the other, each read by two people blind to each other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stories.actions import edit_redactions
from stories.actions.raise_concern import raise_concern
from stories.actions.read_story import NeedsReason, read_story
from stories.enums import ThemeSource, ThemeState
from stories.forms.reading import LabelField, ReadingForm, RedactionForm, label_fields
from stories.models import Reading, Redaction, Story, StoryTheme, Theme
from stories.permissions import NotAllowed, Person, can_read
from stories.querysets import StoryQuerySet

from .access import only, person
from .highlight import Note, paragraphs

AN_EVENING = 12  # stories; nobody is shown more, so that nobody sees a mountain
_LETTERS_A_MINUTE = 800
_SKIPPED = "skipped_stories"  # in the session, and nowhere else


@only(can_read)
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, oldest first. POST starts again with the skipped ones."""
    if request.method == "POST":
        request.session.pop(_SKIPPED, None)
        return redirect("reading:next")
    waiting = list(
        _waiting(person(request))
        .annotate(letters=Length(Concat("text", Value(" "), "wish", output_field=TextField())))
        .defer("text", "wish")[:AN_EVENING]
    )
    skipped = set(request.session.get(_SKIPPED, ()))
    context = {
        "stories": [(story, _minutes(story)) for story in waiting],
        "is_capped": len(waiting) == AN_EVENING,
        "only_skipped": bool(waiting) and all(str(s.pk) in skipped for s in waiting),
    }
    return render(request, "stories/desk/reading_queue.html", context)


@only(can_read)
@require_GET
def next_story(request: HttpRequest) -> HttpResponseRedirect:
    """On to the oldest story that this reader has not skipped this evening."""
    skipped = request.session.get(_SKIPPED, ())
    story = _waiting(person(request)).exclude(pk__in=skipped).only("pk").first()
    return redirect("reading:story", story.pk) if story else redirect("reading:queue")


@only(can_read)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One story to read. Its one form saves the reading, or edits what is taken out of it."""
    by = person(request)
    story = _story(by, pk)
    if request.method == "GET":
        return _page(request, story)
    if request.POST.get("act") == "redact":
        return _redact(request, story)
    form = _form(story, request.POST)
    if not form.is_valid():
        return _page(request, story, form=form)
    verdict, reason = form.verdict()
    try:
        read_story(story=story, by=by, verdict=verdict, reason=reason, answers=form.answers())
    except NotAllowed:  # somebody else was quicker to send it back, or to keep it private
        messages.info(request, _("This story does not wait any more. Nothing was lost."))
    except (NeedsReason, Theme.DoesNotExist):
        form.add_error(None, _("The list has changed meanwhile. Look again, then save."))
        return _page(request, story, form=form)
    else:
        messages.success(request, _("Saved. Thank you."))
    return redirect("reading:next")


@only(can_read)
@require_POST
def skip(request: HttpRequest, pk: UUID) -> HttpResponseRedirect:
    """No reason needed, and no trace: only this session knows, until it ends."""
    skipped = [*request.session.get(_SKIPPED, ()), str(pk)]
    request.session[_SKIPPED] = skipped[-1000:]
    return redirect("reading:next")


@only(can_read)
@require_http_methods(["GET", "POST"])
def worry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks once, then the story goes to the safeguarding lead and leaves the readers."""
    by = person(request)
    story = _story(by, pk)
    if request.method == "GET":
        return render(request, "stories/desk/worry.html", {"story": story})
    try:
        raise_concern(story=story, by=by)
    except NotAllowed as error:
        raise Http404 from error
    said = _("The safeguarding lead has it now. You did the right thing. Take a break if you like.")
    messages.success(request, said)
    return redirect("reading:queue")


def _waiting(by: Person) -> StoryQuerySet:
    return Story.objects.awaiting_reading(by=by)


def _story(by: Person, pk: UUID) -> Story:
    with_all = _waiting(by).prefetch_related("redactions", "theme_items__tag__parent")
    return get_object_or_404(with_all, pk=pk)


def _redact(request: HttpRequest, story: Story) -> HttpResponse:
    """Changes labels and takes words out: all of it, or nothing. The answers stay on the page."""
    words = RedactionForm(request.POST)
    labels = label_fields(story.redactions.all(), request.POST)
    problem = _("Choose one from the list, and keep it short.")
    if words.is_valid():
        problem = _edit(request, story, words, labels)
    if problem:
        words.add_error(None, problem)
        return _page(request, story, _form(story, request.POST, is_checked=False), words, labels)
    messages.success(request, _("Changed. Your answers below are not saved yet."))
    story = _story(person(request), story.pk)
    return _page(request, story, form=_form(story, request.POST, is_checked=False))


def _edit(
    request: HttpRequest, story: Story, words: RedactionForm, labels: list[LabelField]
) -> str:
    """Does the edits in one transaction. Returns what is wrong, or nothing."""
    changed = [label for label in labels if label.is_changed]
    if not changed and not words.cleaned_data["words"]:
        return _("Write the words to take out, or change a label above.")
    if any(request.POST.get(f.old_name, f.redaction.label) != f.redaction.label for f in labels):
        return _("The story was changed meanwhile. Look again.")
    by = person(request)
    try:
        with transaction.atomic():
            for label in changed:
                _relabel(story, by, label)
            if words.cleaned_data["words"]:
                edit_redactions.add_redaction(
                    story=story,
                    by=by,
                    words=words.cleaned_data["words"],
                    kind=words.cleaned_data["kind"] or "OTHER",
                    label=words.label_or_usual(),
                )
    except edit_redactions.NotFound:
        return _("These words are not in the story. Copy them as they stand there.")
    except ValueError:
        return _("A label needs at least one letter.")
    except NotAllowed as error:
        raise Http404 from error
    return ""


def _relabel(story: Story, by: Person, field: LabelField) -> None:
    # Every edit makes the redactions of a part anew; the number of each in its part stays.
    number = int(field.name.rpartition("-")[2])
    redaction = story.redactions.filter(part=field.redaction.part)[number - 1]
    edit_redactions.relabel_redaction(story=story, by=by, redaction=redaction, label=field.typed)


def _form(
    story: Story, data: Mapping[str, Any] | None = None, *, is_checked: bool = True
) -> ReadingForm:
    """The answers. Unchecked data fills the page without saying what is missing in it."""
    codebook = Theme.objects.select_related("parent").order_by("parent_id", "pk")
    form = ReadingForm(data, suggestions=_suggestions(story), codebook=codebook)
    if not is_checked:
        form.full_clean()
        form.errors.clear()
    return form


def _suggestions(story: Story) -> list[StoryTheme]:
    # The machine's only: what another reader said is never shown.
    suggested = [
        item
        for item in story.theme_items.all()
        if (item.source, item.state) == (ThemeSource.MACHINE, ThemeState.SUGGESTED)
    ]
    return sorted(suggested, key=lambda item: (-item.confidence, item.tag_id))


def _page(
    request: HttpRequest,
    story: Story,
    form: ReadingForm | None = None,
    words: RedactionForm | None = None,
    labels: list[LabelField] | None = None,
) -> HttpResponse:
    form = form or _form(story)
    suggestions = _suggestions(story)
    labels = labels or label_fields(story.redactions.all())
    cues = [
        Note(e["start"], e["end"], f"cue t-{item.tag.mark}", item.tag.child_label)
        for item in suggestions
        for e in item.evidence
    ]
    context = {
        "story": story,
        "text": paragraphs(story.text, [*_taken_out(labels, Redaction.Part.TEXT), *cues]),
        "wish": paragraphs(story.wish, _taken_out(labels, Redaction.Part.WISH)),
        "form": form,
        "words": words or RedactionForm(),
        "labels": labels,
        "suggestions": [
            (form[f"theme-{item.tag.slug}"], item, _strength(item), _because(story, item))
            for item in suggestions
        ],
        **_progress(person(request)),
    }
    return render(request, "stories/desk/reading.html", context)


def _taken_out(labels: list[LabelField], part: str) -> list[Note]:
    mine = [(field.redaction, field.name) for field in labels if field.redaction.part == part]
    return [Note(r.start, r.end, "id", r.reason, f"why-{name}") for r, name in mine]


def _because(story: Story, item: StoryTheme) -> list[str]:
    """The words behind a suggestion, each once, as they stand in the story."""
    words = (" ".join(story.text[e["start"] : e["end"]].split()) for e in item.evidence)
    return list(dict.fromkeys(words))


def _strength(item: StoryTheme) -> str:
    # One phrase of the codebook alone gives 0.5, the least that is suggested; three give 0.88.
    if item.confidence >= 0.8:
        return _("Strong")
    return _("Medium") if item.confidence >= 0.65 else _("Weak")


def _minutes(story: Any) -> int:
    letters: int = story.letters
    return max(1, round(letters / _LETTERS_A_MINUTE))


def _progress(by: Person) -> dict[str, int]:
    """Which story of the evening this is. Never how many wait in all."""
    done = Reading.objects.filter(reader_id=by.pk, read_on=timezone.localdate()).count()
    waiting = _waiting(by).values("pk")[:AN_EVENING].count()
    return {"number": done + 1, "total": max(done + 1, min(AN_EVENING, done + waiting))}
