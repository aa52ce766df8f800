"""Behind the receipt: a story's journey, and taking it back. The number is only ever posted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from consultation.forms.note import NumberForm
from consultation.journey import journey_of
from stories.actions.withdraw_story import withdraw_story
from stories.enums import ConsentUse
from stories.models import Receipt, Story


# Exempt from the CSRF check for the reason given in stories/views/tell.py: who knows the number
# may act, and nobody else; no cookie gives any right.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Asks for the number; then shows where the note is now."""
    if request.method != "POST":
        return render(request, "consultation/note.html", {"form": NumberForm(), "error": None})
    form = NumberForm(request.POST)
    story = _story(form)
    if story is None:
        return _unknown(request, form)
    return render(
        request, "consultation/journey.html", _journey(story, form.cleaned_data["number"])
    )


@csrf_exempt
@sensitive_post_parameters()
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asks once what taking it back means; then takes it back."""
    form = NumberForm(request.POST)
    story = _story(form)
    if story is None:
        return _unknown(request, form)
    if request.POST.get("confirm") != "yes":
        context = {"number": form.cleaned_data["number"]}
        return render(request, "consultation/withdraw.html", context)
    withdraw_story(story=story)
    return render(request, "consultation/withdrawn.html")


def _story(form: NumberForm) -> Story | None:
    if not form.is_valid():
        return None
    return Receipt.objects.story_of(form.cleaned_data["number"])


def _unknown(request: HttpRequest, form: NumberForm) -> HttpResponse:
    # The same answer for a number that never was and for a story that was taken back.
    unknown = _(
        "We do not know that number. Check it against what you wrote down. You can try again."
    )
    error = form.errors["number"][0] if form.errors else unknown
    return render(request, "consultation/note.html", {"form": form, "error": error}, status=422)


def _journey(story: Story, number: str) -> dict[str, object]:
    steps = journey_of(story)
    given = {c.use for c in story.consents.all() if c.given}
    return {
        "number": number,
        "number_end": number[-4:],
        "steps": steps,
        "lead": next((s.heading for s in steps if s.state == "now"), steps[-1].heading),
        "uses": [(label, use in given) for use, label in ConsentUse.choices],
    }
