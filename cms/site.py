"""The pages a site starts with, from starting_pages.json, in the name of one partnership.

Run again, it makes what is missing: words that an editor has changed since stay the editor's.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.utils.html import escape, linebreaks
from wagtail.models import Site

from cms.base_page.models import BasePage
from cms.models import (
    ChangedPage,
    ConferenceIndexPage,
    HelpPage,
    HomePage,
    LearnedPage,
    PartnershipSettings,
    PrioritiesPage,
    StoriesPage,
    TextPage,
    ThemesPage,
)
from cms.receivers import show_message
from cms.templatetags.heard import telephone
from consultation.models import Insight

Words = dict[str, Any]
_Page = TypeVar("_Page", bound=BasePage)

# In the order of the menu: the page, its address, its name in the menu, its words in pages.json.
_MENU: tuple[tuple[type[BasePage], str, str], ...] = (
    (StoriesPage, "stories", "Stories"),
    (ThemesPage, "themes", "Themes"),
    (LearnedPage, "learned", "What we learned"),
    (PrioritiesPage, "priorities", "Priorities"),
    (ChangedPage, "changed", "What changed"),
)


@dataclass(frozen=True, slots=True)
class Partnership:
    """Whose site it is. Without a telephone number no front door is named anywhere."""

    name: str
    area: str
    front_door_phone: str = ""


def build_site(partnership: Partnership) -> None:
    """Makes every page that is missing, the site and its settings; catches up on messages."""
    words = _words(partnership)
    home = _home(words["home"])
    _settings(_site(home), partnership, words["help"]["front_door"]["name"])
    _remove_welcome()
    for kind, slug, title in _MENU:
        _page(home, kind, slug, title, _leads(words[slug]) | {"show_in_menus": True})
    _page(home, ConferenceIndexPage, "conference", "The conference", _leads(words["conference"]))
    _page(home, HelpPage, "help", "Get help now", _leads(words["help"]) | _help(words["help"]))
    safe = words["safe"]
    _page(home, TextPage, "safe", safe["title"], _leads(safe) | {"body": _sections(safe)})
    for insight in Insight.objects.published().filter(page=None):
        show_message(insight)


def _words(partnership: Partnership) -> dict[str, Words]:
    text = Path(__file__).with_name("starting_pages.json").read_text(encoding="utf-8")
    words: dict[str, Words] = json.loads(text.replace("{area}", partnership.area))
    if phone := partnership.front_door_phone:
        door = words["help"]["front_door"]
        words["help"]["lines"].append(door | {"number": phone, "tel": telephone(phone)})
    return words


def _home(words: Words) -> HomePage:
    root = BasePage.get_first_root_node() or BasePage.add_root(
        instance=BasePage(title="Root", slug="root")
    )
    points = [("point", {"heading": p["heading"], "text": p["text"]}) for p in words["promises"]]
    fields = _leads(words) | {"small": words["small"], "promises": points}
    return _page(root, HomePage, "heard", "Heard", fields)


def _page(parent: BasePage, kind: type[_Page], slug: str, title: str, fields: Words) -> _Page:
    """The page of this kind and address under `parent`; a new one has these words."""
    page: _Page | None = kind.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = parent.add_child(instance=kind(title=title, slug=slug, **fields))
        parent.refresh_from_db()
    return page


def _site(home: HomePage) -> Site:
    site: Site
    site, _made = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": "Heard"},
    )
    return site


def _remove_welcome() -> None:
    """Deletes the page Wagtail's migrations make, which is of no kind of ours."""
    for page in BasePage.objects.filter(depth=2, slug="home").exact_type(BasePage):
        page.delete()


def _settings(site: Site, partnership: Partnership, front_door: str) -> None:
    """The partnership's name and its front door, which the help page names too."""
    phone = partnership.front_door_phone
    PartnershipSettings.objects.get_or_create(
        site=site,
        defaults={
            "name": partnership.name,
            "area": partnership.area,
            "front_door_name": front_door if phone else "",
            "front_door_phone": phone,
        },
    )


def _leads(words: Words) -> Words:
    return {"heading": words["title"], "lead": words["lead"]}


def _help(words: Words) -> Words:
    return {
        "danger_heading": words["danger"]["heading"],
        "danger_lines": "\n".join(words["danger"]["lines"]),
        "lines": [("line", _help_line(line)) for line in words["lines"]],
        "after": [("point", dict(point)) for point in words["after"]],
        "note": words["note"],
    }


def _help_line(line: Words) -> Words:
    """A help line as its block wants it: a text number comes as an sms: link in the file."""
    link = line.get("link", "")
    is_text = link.startswith("sms:")
    return {
        "name": line["name"],
        "who": line["who"],
        "number": line["number"],
        "tel": link if is_text else f"tel:{line['tel']}",
        "link": "" if is_text else link,
        "small": line.get("small", ""),
        "checked_on": None,
    }


def _sections(words: Words) -> list[tuple[str, Any]]:
    """Each section as a heading and a paragraph."""
    return [
        block
        for section in words["sections"]
        for block in (
            ("heading", section["heading"]),
            ("paragraph", linebreaks(escape(section["text"]))),
        )
    ]
