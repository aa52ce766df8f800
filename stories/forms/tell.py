"""The telling form: one form in three parts, at one address, carried in the page itself.

Nothing is stored until the last part is sent: the earlier answers travel as hidden fields, so
there is no cookie, no draft on the server, and Back keeps everything.
"""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from stories import receipts
from stories.actions.submit_story import Telling
from stories.enums import AgeBand, ConsentUse, Voice
from stories.models import Words

LONGEST_STORY = 20_000
LONGEST_WISH = 5_000
PARTS: dict[int, tuple[str, ...]] = {
    1: ("voice", "told_for", "story"),
    2: ("wish", "age_band"),
    3: ("consents",),
}
CONSENT_HELP = {
    ConsentUse.BOARD: _("The people in charge may read your words in their papers."),
    ConsentUse.WEBSITE: _("Your words may be on this website. Anyone can read it."),
    ConsentUse.CONFERENCE: _("Your words may be shown in a big room once a year."),
    ConsentUse.TRAINING: _("People who work with children may learn from your words."),
    ConsentUse.RESEARCH: _("People who study what helps children may read your words."),
    ConsentUse.MEDIA: _("Your words may be in a newspaper, on the radio or on TV."),
}


class TellForm(forms.Form):
    """Everything a teller may say. Only the story is needed."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    voice = forms.ChoiceField(
        label=_("Who is telling?"),
        help_text=_("Only if you want to. It helps us understand."),
        choices=[*Voice.choices, ("", _("I do not want to say"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    told_for = forms.BooleanField(
        label=_("I am telling this for someone else"),
        required=False,
    )
    story = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write it your way. Spelling does not matter."),
        max_length=LONGEST_STORY,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "dir": "auto"}),
        error_messages={
            "required": _("There is nothing in the box yet. Write a few words."),
            "max_length": _(
                "That is longer than we can take. The most is 20,000 letters. "
                "Your words are still here. You can send it in two parts."
            ),
        },
    )
    wish = forms.CharField(
        label=_("What should change?"),
        help_text=_("Only if you want to."),
        max_length=LONGEST_WISH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
        error_messages={
            "max_length": _("That is longer than we can take. The most is 5,000 letters."),
        },
    )
    age_band = forms.ChoiceField(
        label=_("How old are you?"),
        help_text=_("Only if you want to. We never show small groups."),
        choices=[("", _("I do not want to say")), *AgeBand.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    consents = forms.MultipleChoiceField(
        label=_("Where can we use your words?"),
        help_text=_("Tick none, some or all. You can say no later."),
        choices=ConsentUse,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    consent_help = CONSENT_HELP

    def clean_form_key(self) -> str:
        """The key this form was first shown with; anything else starts a new one."""
        key = str(self.cleaned_data["form_key"])
        return key if receipts.is_form_key(key) else receipts.new_form_key()

    def clean_story(self) -> str:
        """Letters a person can read: spaces and invisible signs alone are no story."""
        story = str(self.cleaned_data["story"])
        if not any(character.isalnum() for character in story):
            raise forms.ValidationError(self.fields["story"].error_messages["required"])
        return story

    def fields_of(self, part: int) -> list[BoundField]:
        """The fields that a part shows."""
        return [self[name] for name in PARTS[part]]

    def fields_carried(self, part: int) -> list[BoundField]:
        """The fields of the other parts, which travel hidden."""
        return [self[n] for p, names in PARTS.items() if p != part for n in names]

    def first_part_with_errors(self, up_to: int) -> int | None:
        """The first part up to `up_to` in which something is wrong; None when all is well."""
        return next((p for p in range(1, up_to + 1) if set(PARTS[p]) & set(self.errors)), None)

    def telling(self) -> Telling:
        """What was told. Call it on a valid form only."""
        data: dict[str, Any] = self.cleaned_data
        return Telling(
            words=Words(data["story"], data["wish"]),
            voice=data["voice"],
            told_for=data["told_for"],
            age_band=data["age_band"],
            consents=frozenset(data["consents"]),
        )
