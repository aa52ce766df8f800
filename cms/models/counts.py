"""What pages count. Everything that leaves this module has been through `protect`.

A count that is missing is given as hidden, never left out: a row that is not there says zero.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.disclosure import HIDE_BELOW, Protected, protect
from consultation.models import Insight
from stories.enums import StoryState, ThemeState, Voice
from stories.models import Story, StoryTheme, Theme

SEASONS_SHOWN = 6
# Wider than the five voices, so that fewer numbers have to be hidden. No page shows the five
# beside these: the difference would give small numbers away.
_TELLERS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Children and young people"), (Voice.CHILD, Voice.YOUNG_PERSON)),
    (_("Parents and carers"), (Voice.PARENT_CARER,)),
    (_("Faith and community groups"), (Voice.FAITH_GROUP,)),
    (_("People who work with children"), (Voice.PRACTITIONER,)),
    (_("People who did not say"), ("",)),
)
Crowds = frozenset[tuple[str, str]]


def stories_read() -> Protected:
    """How many stories were read and approved."""
    return protect(Story.objects.approved().count())


def _items() -> QuerySet[StoryTheme]:
    found: QuerySet[StoryTheme] = StoryTheme.objects.filter(
        state=ThemeState.ACCEPTED, content_object__state=StoryState.APPROVED
    )
    return found.order_by()


def stories_by_theme() -> dict[int, Protected]:
    """Stories about each theme, by the theme's key."""
    found = dict(_items().values_list("tag").annotate(Count("pk")))
    return {pk: protect(found.get(pk, 0)) for pk in Theme.objects.values_list("pk", flat=True)}


def stories_by_group() -> dict[str, Protected]:
    """Stories about anything in each group, by the group's slug: each story counted once."""
    group = Coalesce("tag__parent__slug", "tag__slug")
    found = dict(
        _items()
        .annotate(group=group)
        .values_list("group")
        .annotate(Count("content_object", distinct=True))
    )
    groups = Theme.objects.filter(parent=None).values_list("slug", flat=True)
    return {slug: protect(found.get(slug, 0)) for slug in groups}


def _about(theme: Theme) -> QuerySet[Story]:
    """Approved stories about a theme, or about any theme of a group, each once."""
    items = _items().filter(Q(tag=theme) | Q(tag__parent=theme))
    return Story.objects.approved().filter(pk__in=items.values("content_object"))


def _by_teller(stories: QuerySet[Story]) -> list[tuple[str, Protected]]:
    """Every kind of teller with its count, also those that nobody told as."""
    found = dict(stories.order_by().values_list("voice").annotate(Count("pk")))
    return [
        (str(label), protect(sum(found.get(voice, 0) for voice in voices)))
        for label, voices in _TELLERS
    ]


def theme_by_teller(theme: Theme) -> list[tuple[str, Protected]]:
    """Who told stories about this theme."""
    return _by_teller(_about(theme))


def insight_by_teller(insight: Insight) -> list[tuple[str, Protected]]:
    """Who told the stories that say this."""
    return _by_teller(insight.stories.approved())


def theme_total(theme: Theme) -> Protected:
    """How many stories are about this theme."""
    return protect(_about(theme).count())


def theme_by_season(theme: Theme, today: date | None = None) -> list[tuple[str, str, Protected]]:
    """(season, year, count) for the last seasons, this one included.

    A fixed run of seasons, whatever was told in them: where a chart begins would otherwise say
    when the first story came. Stories of an older programme, with only a period, are left out.
    """
    shown = _last_seasons(today or timezone.localdate())
    found = (
        _about(theme)
        .filter(period="", told_on__gte=date(shown[0][0] - 1, 12, 1))
        .order_by()
        .values_list("told_on__year", "told_on__month")
        .annotate(Count("pk"))
    )
    counts = dict.fromkeys(shown, 0)
    for year, month, number in found:
        if _season(year, month) in counts:
            counts[_season(year, month)] += number
    return [(*_named(season), protect(number)) for season, number in counts.items()]


def _season(year: int, month: int) -> tuple[int, int]:
    """(year, 0 winter to 3 autumn); December is next year's winter, as in `Story.when`."""
    return year + (month == 12), month % 12 // 3


def _last_seasons(today: date) -> list[tuple[int, int]]:
    year, season = _season(today.year, today.month)
    last = 4 * year + season
    return [divmod(n, 4) for n in range(last - SEASONS_SHOWN + 1, last + 1)]


def _named(season: tuple[int, int]) -> tuple[str, str]:
    """The words `Story.when` has for a season, so that both always say the same."""
    year, quarter = season
    name, _space, of_year = Story(told_on=date(year, 3 * quarter + 1, 1)).when.rpartition(" ")
    return name, of_year


def evidence(insights: Iterable[Insight]) -> dict[int, Protected]:
    """How many approved stories say each of these insights, by its key; one query."""
    keys = [insight.pk for insight in insights]
    found: dict[int, int] = dict(_evidence(keys).values_list("insight").annotate(Count("story")))
    return {key: protect(found.get(key, 0)) for key in keys}


def evidence_by_group(insights: Iterable[Insight]) -> list[dict[str, Protected]]:
    """For each insight, its stories by group of themes; one query."""
    keys = [insight.pk for insight in insights]
    group = Coalesce("story__theme_items__tag__parent__slug", "story__theme_items__tag__slug")
    found = (
        _evidence(keys)
        .filter(story__theme_items__state=ThemeState.ACCEPTED)
        .annotate(group=group)
        .values_list("insight", "group")
        .annotate(Count("story", distinct=True))
    )
    flows: dict[int, dict[str, Protected]] = {key: {} for key in keys}
    for key, slug, number in found:
        flows[key][slug] = protect(number)
    return list(flows.values())


def _evidence(keys: list[int]) -> QuerySet[Any]:
    links: QuerySet[Any] = Insight.stories.through._default_manager.filter(
        insight__in=keys, story__state=StoryState.APPROVED
    )
    return links.order_by()


def crowds() -> Crowds:
    """The pairs of voice and age that enough stories share to hide one teller among them."""
    found = (
        Story.objects.approved()
        .exclude(age_band="")
        .order_by()
        .values_list("voice", "age_band")
        .annotate(number=Count("pk"))
        .filter(number__gte=HIDE_BELOW)
    )
    return frozenset((voice, age) for voice, age, _number in found)


def teller(story: Story, crowd: Crowds) -> str:
    """Who told it, as a page may say: the age only where ten or more stories share it."""
    if (story.voice, story.age_band) in crowd:
        return story.teller
    return story.voice_name
