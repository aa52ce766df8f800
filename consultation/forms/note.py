"""The forms behind a receipt number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories import receipts


class NumberForm(forms.Form):
    """A receipt number as somebody types it from a card or a photo."""

    number = forms.CharField(
        label=_("Your number"),
        help_text=_("16 numbers, in four groups."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type your number first. It has 16 numbers.")},
    )

    def clean_number(self) -> str:
        """16 digits. Raises a ValidationError that keeps what was typed."""
        typed = str(self.cleaned_data["number"])
        if number := receipts.normalised(typed):
            return number
        raise forms.ValidationError(_("That is not 16 numbers. Check it against what you wrote."))
