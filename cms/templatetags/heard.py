"""What templates ask for: protected numbers in words, and the few things every page needs."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cms.models import counts
from cms.models.figures import Bar
from cms.models.menu import Link, site_pages
from cms.models.settings import PartnershipSettings
from consultation.disclosure import HIDE_BELOW, Protected
from stories.models import Story

register = template.Library()

_LABEL = re.compile(r"(\[[^\[\]\n]{1,60}\])")
_BLANK_LINE = re.compile(r"\s*\n\s*\n\s*")


@register.filter
def about(count: Protected) -> str:
    """ "About 45" or "Fewer than 10": the only two ways a number of people is said."""
    if count.value is None:
        return gettext("Fewer than %(n)s") % {"n": HIDE_BELOW}
    return gettext("About %(n)s") % {"n": _number(count.value)}


@register.filter
def about_inside(count: Protected) -> str:
    """The same inside a sentence: "about 45" or "fewer than 10"."""
    if count.value is None:
        return gettext("fewer than %(n)s") % {"n": HIDE_BELOW}
    return gettext("about %(n)s") % {"n": _number(count.value)}


@register.filter
def rounded(count: Protected) -> str:
    """The bare rounded number, for a column that says "about" over it; "" when hidden."""
    return "" if count.value is None else _number(count.value)


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


@register.filter
def any_shown(bars: Iterable[Bar]) -> bool:
    """Whether any bar has a number that may be shown."""
    return any(not bar.count.is_hidden for bar in bars)


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key that is itself a variable; "" when it is not there."""
    return mapping.get(key, "")


@register.filter
def telephone(number: str) -> str:
    """What a telephone dials: digits, and a plus in front if there was one."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + "".join(c for c in number if c.isdigit())


@register.filter
def story_text(text: str) -> SafeString:
    """Anonymised words as paragraphs, each label such as [school] marked as ours."""
    paragraphs = [part for part in _BLANK_LINE.split(text.strip()) if part]
    return format_html_join("", "<p>{}</p>", ((_labelled(part),) for part in paragraphs))


def _labelled(text: str) -> SafeString:
    """One paragraph: labels marked, line breaks kept."""
    return format_html_join(
        "",
        "{}",
        (
            (_marked(piece) if _LABEL.fullmatch(piece) else _with_breaks(piece),)
            for piece in _LABEL.split(text)
        ),
    )


def _marked(label: str) -> SafeString:
    return format_html('<mark class="id">{}</mark>', label)


def _with_breaks(text: str) -> SafeString:
    lines = ((line,) for line in text.splitlines())
    joined = format_html_join(SafeString("<br>"), "{}", lines)
    return format_html("{}<br>", joined) if text.endswith("\n") else joined


@register.filter
def as_others_see_it(segments: Iterable[Mapping[str, Any]]) -> SafeString:
    """A masked text, each label marked as ours."""
    pieces = ((_marked(piece["text"]) if piece["label"] else piece["text"],) for piece in segments)
    return format_html_join("", "{}", pieces)


@register.filter
def taken_out(masked: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[tuple[str, str]]:
    """Each label in a masked story and wish, with its reason."""
    return [
        (piece["text"], piece["reason"])
        for part in ("story", "wish")
        for piece in masked.get(part, ())
        if piece["label"]
    ]


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """Words with single spaces, for a title."""
    return " ".join(text.split())


@register.filter
def lower_first(text: str) -> str:
    """A label in the middle of a sentence: "Being bullied" as "being bullied"."""
    return text[:1].lower() + text[1:]


@register.simple_tag
def teller(story: Story, crowds: counts.Crowds) -> str:
    """Who told a story, as far as a page may say."""
    return conditional_escape(counts.teller(story, crowds))


@register.simple_tag(takes_context=True)
def partnership(context: template.Context) -> PartnershipSettings:
    """The partnership's settings, or their defaults."""
    return PartnershipSettings.read(context.get("request"))


@register.simple_tag(takes_context=True)
def pages(context: template.Context) -> dict[str, Link]:
    """The pages there are under the first page, by kind."""
    return site_pages(context.get("request"))


@register.simple_tag(takes_context=True)
def current(context: template.Context, url: str) -> SafeString:
    """`aria-current` for a link to this page, or to the page this one is under."""
    path = getattr(context.get("request"), "path", "")
    if path == url:
        return format_html(' aria-current="{}"', "page")
    if url and path.startswith(url):
        return format_html(' aria-current="{}"', "true")
    return SafeString("")
