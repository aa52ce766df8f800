"""The stories that tellers let us show, newest first."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from stories.enums import ConsentUse, ThemeState, Voice
from stories.models import Story, StoryTheme, Theme
from stories.querysets import StoryQuerySet

from . import counts
from .public import Context, PublicPage

HARD_GROUPS = frozenset({"harm", "outside"})
PAGE_SIZE = 12
_LONG = 700  # characters; the rest of a longer story opens on the same page
_FIRST_PART = re.compile(r".{300,600}?[.!?…](?=\s)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asked to see. Whatever makes no sense is left out, not refused."""

    about: str = ""
    by: str = ""
    calm: bool = False
    after: UUID | None = None

    @classmethod
    def asked_for(cls, query: QueryDict, themes: list[Theme]) -> "Choice":
        """The choice a query string makes, so far as it names things we know."""
        about, by = query.get("about", ""), query.get("by", "")
        return cls(
            about=about if about in {theme.slug for theme in themes} else "",
            by=by if by in Voice.values else "",
            calm=query.get("calm") == "1",
            after=_uuid(query.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything but everything was asked for."""
        return bool(self.about or self.by or self.calm)

    def query(self, after: UUID) -> str:
        """The query string for what comes after this story."""
        query = QueryDict(mutable=True)
        query.update({k: v for k, v in (("about", self.about), ("by", self.by)) if v})
        if self.calm:
            query["calm"] = "1"
        query["after"] = after.hex
        return query.urlencode()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None


@dataclass(frozen=True)
class StoryCard:
    """One story as the page shows it: its themes, and whether it opens by choice."""

    story: Story
    themes: list[Theme]
    teller: str

    @property
    def theme(self) -> Theme | None:
        """The theme it is shown under: the hardest one, so that the warning fits the colour."""
        return next(iter(self.hard or self.themes), None)

    @property
    def hard(self) -> list[Theme]:
        """The themes somebody may want to be warned of."""
        return [theme for theme in self.themes if theme.mark in HARD_GROUPS]

    @property
    def others(self) -> list[Theme]:
        """Its other themes."""
        return [theme for theme in self.themes if theme != self.theme]

    @cached_property
    def opening(self) -> str:
        """The whole story, or the first sentences of a long one."""
        if len(self.story.text) <= _LONG:
            return self.story.text
        found = _FIRST_PART.match(self.story.text)
        return found.group() if found else self.story.text

    @property
    def rest(self) -> str:
        """What follows the opening."""
        return self.story.text[len(self.opening) :].strip()


class StoriesPage(PublicPage):
    """Stories whose tellers said yes to this website, and say so today."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds one page of stories and what the filter form needs."""
        context = super().get_context(request, *args, **kwargs)
        themes = list(Theme.objects.select_related("parent"))
        choice = Choice.asked_for(request.GET, themes)
        found = list(_page_of(choice)[: PAGE_SIZE + 1])
        crowd = counts.crowds()
        shown = found[:PAGE_SIZE]
        context |= {
            "choice": choice,
            "groups": [theme for theme in themes if theme.parent is None],
            "chosen_theme": next(
                (t for t in themes if t.slug == choice.about and t.parent is not None), None
            ),
            "voices": Voice.choices,
            "cards": [_card(story, crowd) for story in shown],
            "more": choice.query(shown[-1].pk) if len(found) > PAGE_SIZE else "",
        }
        return context


def _card(story: Story, crowd: counts.Crowds) -> StoryCard:
    themes: list[StoryTheme] = story.agreed  # type: ignore[attr-defined]  # see _page_of
    return StoryCard(story, [item.tag for item in themes], counts.teller(story, crowd))


def _page_of(choice: Choice) -> StoryQuerySet:
    """The stories of this choice, in the order of the page, with their agreed themes."""
    found = Story.objects.publishable(for_use=ConsentUse.WEBSITE)
    if choice.about:
        found = found.about(choice.about)
    if choice.by:
        found = found.told_by(choice.by)
    if choice.calm:
        found = found.filter(~Exists(_hard_themes()))
    if choice.after:
        found = found.filter(_later_in_the_list(choice.after))
    agreed = StoryTheme.objects.filter(state=ThemeState.ACCEPTED).select_related("tag__parent")
    return found.prefetch_related(
        Prefetch("theme_items", agreed.order_by("tag"), to_attr="agreed")
    ).order_by("-told_on", "-pk")


def _hard_themes() -> Any:
    hard = Q(tag__slug__in=HARD_GROUPS) | Q(tag__parent__slug__in=HARD_GROUPS)
    return StoryTheme.objects.filter(hard, content_object=OuterRef("pk"), state=ThemeState.ACCEPTED)


def _later_in_the_list(after: UUID) -> Q:
    """What comes after a story, by (told_on, id). Everything when there is no such story.

    The address names the story, not its day: no page shows a time finer than the season.
    """
    told_on = Story.objects.filter(pk=after).values_list("told_on", flat=True).first()
    if told_on is None:
        return Q()
    return Q(told_on__lt=told_on) | Q(told_on=told_on, pk__lt=after)
