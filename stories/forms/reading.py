"""What a lay curator answers on the reading page, and the words they take out of a story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from stories.enums import REASONS_FOR, Answer, Reason, Verdict
from stories.models import Redaction, StoryTheme, Theme

EXTRA_THEMES = 3
LONGEST_LABEL = 60

Grouped = list[tuple[Any, list[tuple[str, Any]]]]

# What a reader may say that words are, and what then stands in their place.
KINDS = {
    "PERSON": (_("A person"), _("a person")),
    "SCHOOL": (_("A school"), _("a school")),
    "PLACE": (_("A place"), _("a place")),
    "ADDRESS": (_("A street or an address"), _("an address")),
    "FAITH_PLACE": (_("A place of worship"), _("a place of worship")),
    "HEALTH_PLACE": (_("A surgery, clinic or hospital"), _("a health place")),
    "ORG": (_("An organisation"), _("an organisation")),
    "DATE": (_("A date"), _("a date")),
    "OTHER": (_("Something else"), _("something about a person")),
}


def _coded(verdict: Verdict) -> list[tuple[str, Any]]:
    reasons = [reason for reason in Reason if reason in REASONS_FOR[verdict]]
    return [(f"{verdict}:{reason}", reason.label) for reason in reasons]


DECISIONS: Grouped = [
    (_("Use it"), [(Verdict.APPROVE.value, Verdict.APPROVE.label)]),
    (_("Send it back to the teller, because"), _coded(Verdict.RETURN)),
    (_("Keep it private, because"), _coded(Verdict.PRIVATE)),
]


class ReadingForm(forms.Form):
    """A decision on one story, and an answer to as many of the suggestions as the reader likes.

    Nothing is answered beforehand, and a suggestion that is left alone is no answer.
    """

    decision = forms.ChoiceField(
        label=_("What should happen to this story?"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what should happen to this story. Or skip it, without a reason."),
            "invalid_choice": _("Choose one from the list."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        suggestions: Iterable[StoryTheme],
        codebook: Iterable[Theme],
    ) -> None:
        super().__init__(data)
        self.suggested = [item.tag for item in suggestions]
        for theme in self.suggested:
            self.fields[f"theme-{theme.slug}"] = forms.ChoiceField(
                label=theme.child_label,
                choices=Answer,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Answer yes, no or not sure.")},
            )
        known = {theme.pk for theme in self.suggested}
        others = [("", _("No other theme")), *_by_group(codebook, without=known)]
        for number in range(1, EXTRA_THEMES + 1):
            self.fields[f"add-{number}"] = forms.ChoiceField(
                label=_("Add a theme"),
                choices=others,
                required=False,
                error_messages={"invalid_choice": _("Choose a theme from the list.")},
            )

    def answers(self) -> dict[str, Answer]:
        """The answers by theme slug, for a valid form. A theme that was added is a yes."""
        said: dict[str, Any] = self.cleaned_data
        suggested = {slug: said.get(f"theme-{slug}") for slug in (t.slug for t in self.suggested)}
        given = {slug: Answer(answer) for slug, answer in suggested.items() if answer}
        added = (said.get(f"add-{number}") for number in range(1, EXTRA_THEMES + 1))
        return given | {slug: Answer.YES for slug in added if slug}

    def verdict(self) -> tuple[Verdict, str]:
        """The decision and its coded reason, for a valid form."""
        verdict, _colon, reason = self.cleaned_data["decision"].partition(":")
        return Verdict(verdict), reason

    @property
    def decisions(self) -> list[tuple[Any, list[Any]]]:
        """The boxes of the decision, by what becomes of the story."""
        boxes = {box.data["value"]: box for box in self["decision"].subwidgets}
        return [(what, [boxes[value] for value, _label in group]) for what, group in DECISIONS]

    @property
    def has_extra(self) -> bool:
        """Whether a theme was added already."""
        return any(field.value() for field in self.extra_fields)

    @property
    def extra_fields(self) -> list[BoundField]:
        """The fields in which a theme can be added."""
        return [self[f"add-{number}"] for number in range(1, EXTRA_THEMES + 1)]


class RedactionForm(forms.Form):
    """Words that still point to a person, and what should stand in their place."""

    words = forms.CharField(label=_("Words to take out"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What are they?"),
        choices=[(kind, says) for kind, (says, _label) in KINDS.items()],
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    label = forms.CharField(
        label=_("What to write instead"),
        help_text=_("For example: my aunt. Leave it empty for the usual words."),
        max_length=LONGEST_LABEL - 2,  # the brackets count
        required=False,
    )

    def label_or_usual(self) -> str:
        """The label that was written, or the usual one of the kind."""
        _says, usual = KINDS[self.cleaned_data["kind"] or "OTHER"]
        return str(self.cleaned_data["label"] or usual)


@dataclass(frozen=True, slots=True)
class LabelField:
    """One redaction as the page lists it, with the label that somebody may be typing."""

    redaction: Redaction
    name: str  # its place: part and number, because every edit makes new rows
    typed: str

    @property
    def old_name(self) -> str:
        """The field that says which label was on the page, so that a stale page is noticed."""
        return f"{self.name}-was"

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed another label."""
        return bool(self.typed) and self.typed != bare(self.redaction.label)


def label_fields(
    redactions: Iterable[Redaction], data: Mapping[str, Any] | None = None
) -> list[LabelField]:
    """A field for the label of each redaction, filled from `data` where there is some."""
    counts: dict[str, int] = {}
    fields = []
    for redaction in redactions:
        number = counts[redaction.part] = counts.get(redaction.part, 0) + 1
        name = f"label-{redaction.part}-{number}"
        typed = str((data or {}).get(name, bare(redaction.label)))
        fields.append(LabelField(redaction, name, " ".join(typed.split())))
    return fields


def bare(label: str) -> str:
    """A label as people type it: without its brackets."""
    return label.strip("[]")


def _by_group(themes: Iterable[Theme], *, without: set[int]) -> Grouped:
    groups: dict[str, list[tuple[str, Any]]] = {}
    for theme in themes:
        if theme.parent and theme.pk not in without:
            groups.setdefault(theme.parent.child_label, []).append((theme.slug, theme.child_label))
    return list(groups.items())
