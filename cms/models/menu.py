"""Which pages the site has today. Nothing links to a page that is not there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from cms.base_page.models import BasePage

_KEPT_AS = "_heard_menu"


@dataclass(frozen=True, slots=True)
class Link:
    """One page right under the first page."""

    key: str
    title: str
    url: str
    in_menu: bool


def site_pages(request: HttpRequest | None) -> dict[str, Link]:
    """The live pages under the first page, by the kind of page; asked for once a request.

    The key is the class's name without "Page": stories, themes, learned ... A text page's key
    is its slug, because there may be many.
    """
    kept: Any = getattr(request, _KEPT_AS, None)
    if kept is None:
        kept = {link.key: link for link in _links(request)}
        if request:
            setattr(request, _KEPT_AS, kept)
    found: dict[str, Link] = kept
    return found


def _links(request: HttpRequest | None) -> list[Link]:
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    pages = BasePage.objects.child_of(site.root_page).live().order_by("path")
    return [
        Link(_key(page), page.title, page.get_url(request) or "", page.show_in_menus)
        for page in pages
    ]


def _key(page: BasePage) -> str:
    model: str = page.cached_content_type.model.removesuffix("page").removesuffix("index")
    return str(page.slug) if model == "text" else model
