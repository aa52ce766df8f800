"""Telling a story: three parts at one address, then the receipt. No account, no cookie."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from stories import receipts
from stories.actions.anonymise_story import masked
from stories.actions.submit_story import submit_story
from stories.forms.tell import PARTS, TellForm
from stories.models import Words
from stories.text import Redacted
from stories.views.highlight import Note, segments

_LAST = max(PARTS)


# Exempt from the CSRF check because that needs a cookie, and there is nothing to protect by it:
# the form acts on nobody's behalf.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Shows the part that is asked for; on the last one, stores the story and shows its number."""
    if request.method != "POST":
        return _show(request, TellForm(initial={"form_key": receipts.new_form_key()}), 1)
    form = TellForm(_readable(request))
    part = _part(request)
    if request.POST.get("go") == "back":
        return _show(request, _without_errors(form), max(1, part - 1))
    if wrong := form.first_part_with_errors(part):
        return _show(request, form, wrong)
    if request.POST.get("go") == "send" and part == _LAST and form.is_valid():
        return _thanks(request, form)
    return _show(request, _without_errors(form), min(_LAST, part + 1))


def _part(request: HttpRequest) -> int:
    part = request.POST.get("part", "1")
    return int(part) if part in {str(p) for p in PARTS} else 1


def _readable(request: HttpRequest) -> QueryDict:
    """The posted fields without what no database takes: zero bytes and broken surrogates."""
    cleaned = request.POST.copy()
    for name, values in cleaned.lists():
        whole = [v.replace("\x00", "").encode(errors="replace").decode() for v in values]
        cleaned.setlist(name, whole)
    if not receipts.is_form_key(cleaned.get("form_key", "")):
        cleaned["form_key"] = receipts.new_form_key()
    return cleaned


def _without_errors(form: TellForm) -> TellForm:
    """The same answers, unjudged: a part that was not shown yet has no mistakes yet."""
    initial = {
        name: field.widget.value_from_datadict(form.data, form.files, name)
        for name, field in form.fields.items()
    }
    return TellForm(initial=initial)


def _show(request: HttpRequest, form: TellForm, part: int) -> HttpResponse:
    context = {
        "form": form,
        "part": part,
        "parts": _LAST,
        "visible": form.fields_of(part),
        "hidden": form.fields_carried(part),
        "masked": _masked(form) if part == _LAST else None,
    }
    return render(request, "stories/tell.html", context, status=200 if not form.errors else 422)


def _masked(form: TellForm) -> dict[str, list[dict[str, object]]]:
    """Story and wish as others would see them."""
    text, wish = masked(Words(str(form["story"].value() or ""), str(form["wish"].value() or "")))
    return {"story": _seen(text), "wish": _seen(wish)}


def _seen(part: Redacted) -> list[dict[str, object]]:
    notes = [Note(mark.start, mark.end, "id", mark.reason) for mark in part.marks]
    return [
        {"text": piece.text, "label": bool(piece.notes), "reason": piece.says}
        for piece in segments(part.text, notes)
    ]


def _thanks(request: HttpRequest, form: TellForm) -> HttpResponse:
    sent = submit_story(telling=form.telling(), form_key=form.cleaned_data["form_key"])
    number = receipts.grouped(sent.number)
    context = {"number": number, "groups": number.split(), "urgent": sent.is_urgent}
    return render(request, "stories/thanks.html", context)
