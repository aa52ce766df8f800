"""What an insight author writes: a claim, and the stories and words that carry it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.actions.draft_insight import InsightDraft, QuoteDraft
from consultation.enums import QuoteSide
from consultation.models import Insight, Priority, Quote
from stories.enums import ConsentUse, Voice
from stories.models import Story, Theme

SHOWN = 60  # stories on one page; further ones by choosing a voice or fewer themes


class FindForm(forms.Form):
    """Which approved stories to look at."""

    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.filter(parent__isnull=False).select_related("parent"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one theme."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    voice = forms.ChoiceField(
        label=_("Told by"),
        choices=[("", _("Anybody")), *Voice.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def grouped(self) -> list[tuple[Theme, list[Any]]]:
        """The themes to choose from, by group."""
        groups: dict[Theme, list[Any]] = {}
        for box in self["themes"]:
            theme: Theme = box.data["value"].instance
            if theme.parent:
                groups.setdefault(theme.parent, []).append(box)
        return list(groups.items())


class InsightForm(forms.ModelForm[Insight]):
    """The sentences of an insight, and the priorities it speaks to."""

    priorities = forms.ModelMultipleChoiceField(
        label=_("Priorities of the plan"),
        queryset=Priority.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    class Meta:
        model = Insight
        fields = ("claim", "summary", "missing", "priorities")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "missing": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "claim": {"required": _("Write the claim in one sentence.")},
            "summary": {"required": _("Write two or three short sentences.")},
        }


class EvidenceForm(forms.Form):
    """What one story does for the insight: it counts, and words of it may be quoted."""

    counts = forms.BooleanField(label=_("This story counts"), required=False)
    quote = forms.CharField(
        label=_("Quote: the exact words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    side = forms.ChoiceField(
        label=_("The quote"),
        choices=QuoteSide,
        required=False,
        initial=QuoteSide.SUPPORTS,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        story: Story,
        is_counted: bool = False,
        quote: Quote | None = None,
    ) -> None:
        initial: dict[str, Any] = {"counts": is_counted}
        if quote:
            initial |= {"quote": quote.text, "side": quote.side}
        super().__init__(data, prefix=str(story.pk), initial=initial)
        self.story = story
        self.may_quote = story.allows(ConsentUse.WEBSITE)
        if not self.may_quote:
            # A disabled field keeps its initial value, whatever is posted.
            self.initial.pop("quote", None)
            self.fields["quote"].disabled = self.fields["side"].disabled = True

    @property
    def is_used(self) -> bool:
        """Whether anything was said about this story, on paper or in the post."""
        return bool(self["counts"].value() or self["quote"].value())


def draft_of(find: FindForm, text: InsightForm, evidence: Iterable[EvidenceForm]) -> InsightDraft:
    """The draft that three valid forms describe."""
    evidence = list(evidence)
    return InsightDraft(
        claim=text.cleaned_data["claim"],
        summary=text.cleaned_data["summary"],
        missing=text.cleaned_data["missing"],
        themes=list(find.cleaned_data["themes"]),
        priorities=list(text.cleaned_data["priorities"]),
        stories=[form.story for form in evidence if form.cleaned_data["counts"]],
        quotes=[
            QuoteDraft(
                form.story,
                form.cleaned_data["quote"],
                form.cleaned_data["side"] or QuoteSide.SUPPORTS,
            )
            for form in evidence
            if form.cleaned_data["quote"]
        ],
    )
