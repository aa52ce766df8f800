"""The parts editors build pages from. No raw HTML, no embeds, no quotes of stories."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

NOTE_TONES = [
    ("", _("Plain")),
    ("honey", _("Look here")),
    ("care", _("Take care")),
    ("good", _("Good news")),
]
STEP_STATES = [("past", _("Done")), ("now", _("Now")), ("next", _("Next"))]


def _plain_text() -> blocks.RichTextBlock:
    """Rich text with what plain writing needs."""
    return blocks.RichTextBlock(features=["bold", "ul", "ol", "link"], label=_("text"))


class PointBlock(blocks.StructBlock):
    """A short heading and a sentence or two."""

    heading = blocks.CharBlock(max_length=80, label=_("heading"))
    text = blocks.TextBlock(max_length=400, label=_("text"))

    class Meta:
        icon = "title"
        label = _("point")


class NoteBlock(blocks.StructBlock):
    """A box that stands out."""

    tone = blocks.ChoiceBlock(choices=NOTE_TONES, required=False, label=_("tone"))
    heading = blocks.CharBlock(max_length=80, required=False, label=_("heading"))
    text = _plain_text()

    class Meta:
        icon = "warning"
        label = _("note")
        template = "cms/blocks/note.html"


class StepBlock(blocks.StructBlock):
    """One step of a thread."""

    state = blocks.ChoiceBlock(choices=STEP_STATES, default="past", label=_("state"))
    heading = blocks.CharBlock(max_length=80, label=_("heading"))
    text = blocks.TextBlock(max_length=400, required=False, label=_("text"))

    class Meta:
        label = _("step")


class TextBlocks(blocks.StreamBlock):
    """What a text page may hold."""

    heading = blocks.CharBlock(
        max_length=120, icon="title", label=_("heading"), template="cms/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        features=["h3", "bold", "ul", "ol", "link"],
        label=_("paragraph"),
        template="cms/blocks/paragraph.html",
    )
    note = NoteBlock()
    cards = blocks.ListBlock(
        PointBlock(), icon="list-ul", label=_("cards"), template="cms/blocks/cards.html"
    )
    thread = blocks.ListBlock(
        StepBlock(), icon="order-down", label=_("thread"), template="cms/blocks/thread.html"
    )


class HelpLineBlock(blocks.StructBlock):
    """Somebody to call or to text. `checked_on` is when a person last tried the number."""

    name = blocks.CharBlock(max_length=60, label=_("name"))
    who = blocks.CharBlock(max_length=200, label=_("who it is for, and when"))
    number = blocks.CharBlock(max_length=30, label=_("number as people read it"))
    tel = blocks.RegexBlock(
        regex=r"^(tel|sms):\+?[0-9]{3,15}$",
        max_length=24,
        label=_("number as a telephone dials it"),
        help_text=_("For example: tel:08001111, or sms:85258 for a text message."),
        error_messages={"invalid": _("Start with tel: or sms:, then digits without spaces.")},
    )
    link = blocks.URLBlock(required=False, label=_("web address"))
    small = blocks.CharBlock(max_length=200, required=False, label=_("small print"))
    checked_on = blocks.DateBlock(required=False, label=_("number checked on"))

    class Meta:
        icon = "help"
        label = _("help line")
        template = "cms/blocks/help_line.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds whether the number is for text messages."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["is_text"] = str(value.get("tel", "")).startswith("sms:")
        return context
