"""What the safeguarding lead writes down: why words were opened, and what was done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.actions.open_original import SHORTEST_REASON


class OpenWordsForm(forms.Form):
    """The reason that is logged before the original words open."""

    reason = forms.CharField(
        label=_("Why do you need to read the words as they came?"),
        help_text=_("This is written in the log with your name before the words open."),
        max_length=1000,
        min_length=SHORTEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={
            "required": _("Write why you need to read the words. The log keeps it."),
            "min_length": _("Write a little more: at least ten letters. The log keeps it."),
        },
    )


class DecideForm(forms.Form):
    """The decision on a concern."""

    RELEASE, KEEP = "release", "keep"

    decision = forms.ChoiceField(
        label=_("What happens to the story?"),
        choices=[
            (RELEASE, _("Release it to the readers")),
            (KEEP, _("Keep it private")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happens to the story."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    note = forms.CharField(
        label=_("What was done?"),
        help_text=_("Who was told, and when. No names of children."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Write what was done. A decision has to say it.")},
    )
