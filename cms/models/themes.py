"""What stories are about: six groups, their themes, and one page for each."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from consultation.disclosure import Protected
from stories.models import Theme

from . import counts
from .figures import Bar, Fact, Row, bars, seasons_chart
from .learned import Message, MessagePage, messages
from .public import Context, PublicPage


@dataclass(frozen=True, slots=True)
class Group:
    """A group of themes with its bars."""

    theme: Theme
    count: Protected
    bars: list[Bar]


class ThemesPage(RoutablePageMixin, PublicPage):
    """The codebook as lay members wrote it, with protected counts."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("themes")

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        """All themes, narrowed to those that hold the searched word."""
        wanted = request.GET.get("q", "").strip()[:60]
        themes = list(Theme.objects.select_related("parent"))
        context = {
            "wanted": wanted,
            "groups": self._groups(themes, wanted, self.get_url(request)),
            "whole": counts.stories_read(),
        }
        response: HttpResponse = self.render(request, context_overrides=context)
        return response

    def _groups(self, themes: list[Theme], wanted: str, url: str) -> list[Group]:
        by_theme, by_group = counts.stories_by_theme(), counts.stories_by_group()
        groups = []
        for group in themes:
            inside = [theme for theme in themes if theme.parent == group and _holds(theme, wanted)]
            if group.parent is None and inside:
                rows = [
                    Row(theme.child_label, by_theme[theme.pk], group.slug, f"{url}{theme.slug}/")
                    for theme in inside
                ]
                groups.append(Group(group, by_group[group.slug], bars(rows, ordered=True)))
        return groups

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One theme, or one group with its themes."""
        theme = Theme.objects.select_related("parent").filter(slug=slug).first()
        if theme is None:
            raise Http404
        url = self.get_url(request)
        context = about(theme, url) | {
            "messages": messages(_messages_about(theme), request),
            "inside": self._inside(theme, url),
        }
        context["facts"] = _facts(context["voices"], context["messages"])
        response: HttpResponse = self.render(
            request, template="cms/theme.html", context_overrides=context
        )
        return response

    @staticmethod
    def _inside(group: Theme, url: str) -> list[Bar]:
        """The themes of a group; none for a theme."""
        inside = list(group.themes.all())
        by_theme = counts.stories_by_theme() if inside else {}
        rows = [
            Row(theme.child_label, by_theme[theme.pk], group.slug, f"{url}{theme.slug}/")
            for theme in inside
        ]
        return bars(rows, ordered=True)


def _holds(theme: Theme, wanted: str) -> bool:
    """Whether a theme's words hold what was searched for, in capitals or not."""
    words = f"{theme.child_label} {theme.name} {theme.definition}".casefold()
    return all(word in words for word in wanted.casefold().split())


def about(theme: Theme, url: str) -> Context:
    """What the page of one theme shows of its stories."""
    seasons = counts.theme_by_season(theme)
    near = Theme.objects.filter(parent=theme.parent).exclude(pk=theme.pk).select_related("parent")
    return {
        "theme": theme,
        "mark": theme.mark,
        "themes_url": url,
        "total": counts.theme_total(theme),
        "whole": counts.stories_read(),
        "voices": bars(
            Row(label, count, theme.mark) for label, count in counts.theme_by_teller(theme)
        ),
        "seasons": seasons,
        "chart": seasons_chart(seasons),
        "near": list(near),
    }


def _messages_about(theme: Theme) -> Any:
    """Messages about the theme, or about anything in the group."""
    found = MessagePage.shown()
    if theme.parent is None:
        return found.filter(insight__themes__parent=theme).distinct()
    return found.filter(insight__themes=theme)


def _facts(voices: list[Bar], made: list[Message]) -> list[Fact]:
    most = max(voices, key=lambda bar: bar.count.value or 0)
    told = most.label if most.count.value else gettext("Too few to say")
    return [
        Fact(gettext("Most told by"), told),
        Fact(gettext("Messages made"), str(len(made))),
    ]
