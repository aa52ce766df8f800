"""What the board writes down: the agenda, its decisions, and how its promises stand."""

from typing import Any, cast

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultation.actions.record_decision import CommitmentDraft, DecisionRecord
from consultation.enums import DecisionAnswer, InsightState
from consultation.models import AgendaItem, Commitment, Conference, Decision, Insight

PROMISES = 5  # on one decision; more than a handful is not remembered by anybody
MORE_QUESTIONS = 3


def date_input() -> forms.DateInput:
    """A day, typed or chosen; the browser brings the calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AgendaItemForm(forms.ModelForm[AgendaItem]):
    """One question to the conference."""

    class Meta:
        model = AgendaItem
        fields = ("order", "question", "insight", "priority")
        labels = {"insight": _("About the message"), "priority": _("About the priority")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = cast("forms.ModelChoiceField[Insight]", self.fields["insight"])
        messages.queryset = Insight.objects.exclude(state=InsightState.WITHDRAWN)


class Agenda(BaseInlineFormSet[AgendaItem, Conference, AgendaItemForm]):
    """The questions of one conference."""

    def clean(self) -> None:
        """What was decided stays on the agenda."""
        super().clean()
        decided = set(
            Decision.objects.filter(item__conference=self.instance.pk).values_list(
                "item_id", flat=True
            )
        )
        if any(form.instance.pk in decided for form in self.deleted_forms):
            raise forms.ValidationError(_("A question that was decided stays on the agenda."))


AgendaFormSet = forms.inlineformset_factory(
    Conference, AgendaItem, form=AgendaItemForm, formset=Agenda, extra=MORE_QUESTIONS
)


class ConferenceForm(forms.ModelForm[Conference]):
    """A conference together with its agenda: both are valid, or nothing is stored."""

    class Meta:
        model = Conference
        fields = ("title", "slug", "held_on", "place", "summary", "state")
        widgets = {"held_on": date_input(), "summary": forms.Textarea(attrs={"rows": 3})}

    @cached_property
    def agenda(self) -> Any:
        """The agenda's formset, bound when the form is."""
        data = self.data if self.is_bound else None
        return AgendaFormSet(data, instance=self.instance, prefix="agenda")

    def is_valid(self) -> bool:
        """Asks both, so that everything that is wrong is said at once."""
        return all([super().is_valid(), self.agenda.is_valid()])

    def save(self, commit: bool = True) -> Conference:
        """Runs inside the transaction of Wagtail's view."""
        conference = super().save(commit)
        self.agenda.instance = conference
        self.agenda.save()
        return conference


class DecisionForm(forms.Form):
    """The board's answer to one question, with its reason."""

    answer = forms.ChoiceField(
        label=_("The board says"),
        choices=DecisionAnswer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the answer."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    headline = forms.CharField(
        label=_("The decision in one sentence"),
        max_length=200,
        error_messages={"required": _("Write the decision in one sentence.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The people who told us will read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the reason. The people who told us will read it.")},
    )
    not_followed_children = forms.CharField(
        label=_("Where the board did not follow the children"),
        help_text=_("Leave it empty when it followed them in everything."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PromiseForm(forms.Form):
    """One promise; an empty row is no promise."""

    what = forms.CharField(label=_("Promise"), max_length=200)
    owner = forms.CharField(
        label=_("Owner"), max_length=120, help_text=_("A post, not a person’s name.")
    )
    due_on = forms.DateField(
        label=_("By when"),
        widget=date_input(),
        error_messages={"invalid": _("Write a day, for example 2027-04-30.")},
    )


PromiseFormSet = forms.formset_factory(PromiseForm, extra=PROMISES, max_num=PROMISES)


def record_of(decision: DecisionForm, promises: Any) -> DecisionRecord:
    """The record that a valid form and its promises describe."""
    said = decision.cleaned_data
    return DecisionRecord(
        answer=said["answer"],
        headline=said["headline"],
        reason=said["reason"],
        not_followed_children=said["not_followed_children"],
        commitments=[
            CommitmentDraft(**form.cleaned_data) for form in promises if form.cleaned_data
        ],
    )


class ProgressForm(forms.ModelForm[Commitment]):
    """How one promise stands. The action stores it; this form only asks."""

    class Meta:
        model = Commitment
        fields = ("status", "progress", "reason", "better", "done_on")
        widgets = {
            "status": forms.RadioSelect,
            "progress": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "better": forms.Textarea(attrs={"rows": 3}),
            "done_on": date_input(),
        }
        help_texts = {
            "reason": _("Only when it is not done. The people who told us will read it."),
            "better": _("What changed for children and families, and how we know."),
            "done_on": _("Only when it is done. Empty means today."),
        }

    def _post_clean(self) -> None:
        # The action writes to the row, not this form: its rules give the sentences.
        pass

    @property
    def said(self) -> dict[str, Any]:
        """What `report_progress` is told, for a valid form."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
