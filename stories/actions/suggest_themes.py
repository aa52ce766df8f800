"""The worker suggests what a story is about, with the words that made it think so."""

from functools import lru_cache

from stories.enums import StoryState, ThemeSource, ThemeState
from stories.models import Story, StoryTheme, Theme
from stories.text import Codebook, CodebookTheme
from stories.text import themes as themes_of


def suggest_themes(story: Story) -> None:
    """Replaces the machine's suggestions for a story. What readers decided is never touched.

    Runs inside the transaction of its owed step; running it again gives the same result.
    """
    if story.state == StoryState.WITHDRAWN:
        return
    by_slug = {theme.slug: theme for theme in Theme.objects.filter(parent__isnull=False)}
    codebook = _compiled(
        tuple((t.slug, t.child_label, tuple(t.cue_list)) for t in by_slug.values())
    )
    decided = set(
        story.theme_items.exclude(
            source=ThemeSource.MACHINE, state=ThemeState.SUGGESTED
        ).values_list("tag__slug", flat=True)
    )
    story.theme_items.filter(source=ThemeSource.MACHINE, state=ThemeState.SUGGESTED).delete()
    StoryTheme.objects.bulk_create(
        StoryTheme(
            content_object=story,
            tag=by_slug[found.theme],
            confidence=found.score,
            evidence=[{"start": c.start, "end": c.end, "cue": c.cue} for c in found.evidence],
        )
        for found in themes_of(story.text, codebook)
        if found.theme not in decided
    )


@lru_cache(maxsize=2)
def _compiled(rows: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Codebook:
    # Keyed by the cues themselves: an edit in the admin is in force for the next story, in
    # every process, without a signal or a restart.
    return Codebook([CodebookTheme(*row) for row in rows])
