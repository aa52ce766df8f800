"""Suggest the themes of a codebook, each with the words that caused it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stories.text.lexicon import DATA
from stories.text.phrases import PhraseIndex, PhraseMatch

#: A suggestion with a lower score is not made.
THRESHOLD: Final = 0.5
# A phrase is more specific than a single word. One word that no other theme claims just
# reaches the threshold; a cue shared by two themes needs company.
_PHRASE_WEIGHT: Final = 1.2
_WORD_WEIGHT: Final = 1.0


@dataclass(frozen=True, slots=True)
class CodebookTheme:
    """A theme and its cues: lower case words or phrases, ``*`` = any ending.

    Apostrophes make no difference ("dont" finds "don't").
    """

    id: str
    label: str
    cues: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the text: ``text[start:end]`` are the teller's words for ``cue``."""

    start: int
    end: int
    cue: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme id, how sure the cues make us of it (0 to 1) and where they stand."""

    theme: str
    score: float
    evidence: list[Cue]


class Codebook:
    """Themes with their cues compiled once; keep it as long as the cues stay."""

    def __init__(self, themes: Sequence[CodebookTheme]) -> None:
        """Compile. Raises ``ValueError`` if two themes share an id."""
        if len({theme.id for theme in themes}) < len(themes):
            raise ValueError("two themes have the same id")
        self.themes = tuple(themes)
        self._owners: defaultdict[str, list[str]] = defaultdict(list)
        for theme in themes:
            for cue in dict.fromkeys(theme.cues):
                self._owners[cue].append(theme.id)
        self._index = PhraseIndex(self._owners)

    @classmethod
    def load(cls, path: Path | str | None = None) -> "Codebook":
        """Read ``{"themes": [{"id", "label", "cues"}, ...]}``; by default our own.

        Raises ``OSError`` for no such file, ``ValueError`` for one of another shape.
        """
        text = Path(path or DATA / "codebook.json").read_text("utf-8")
        try:
            return cls([_theme(entry) for entry in json.loads(text)["themes"]])
        except (KeyError, TypeError) as error:
            raise ValueError("not a codebook") from error

    def cues_in(self, text: str) -> Iterable[PhraseMatch]:
        """Every cue in ``text``: the longest at each place, from left to right."""
        return self._index.find(text)

    def owners(self, cue: str) -> Sequence[str]:
        """Ids of the themes that have ``cue``."""
        return self._owners[cue]

    def weight(self, cue: str) -> float:
        """How specific a cue is: phrases over words, shared between its themes."""
        base = _PHRASE_WEIGHT if len(cue.split()) > 1 else _WORD_WEIGHT
        return base / len(self._owners[cue])


def _theme(entry: dict[str, Any]) -> CodebookTheme:
    cues = entry["cues"]
    # A string would pass for a list of one-letter cues.
    if not isinstance(cues, list) or not all(isinstance(cue, str) for cue in cues):
        raise TypeError("cues must be a list of strings")
    return CodebookTheme(str(entry["id"]), str(entry["label"]), cues)


def themes(text: str, codebook: Codebook) -> list[Suggestion]:
    """Suggested themes, the surest first; silence where the cues are too few."""
    return [s for s in weigh(text, codebook) if s.score >= THRESHOLD]


def weigh(text: str, codebook: Codebook) -> list[Suggestion]:
    """Every theme with at least one cue in ``text``, the surest first.

    The score is ``1 - 0.5 ** w``, where ``w`` adds up the weights of the distinct cues
    found: it grows with every further cue and never reaches 1. Cost is linear in the
    text, whatever the size of the codebook.
    """
    found: defaultdict[str, list[Cue]] = defaultdict(list)
    weights: defaultdict[str, float] = defaultdict(float)
    seen: set[str] = set()
    for match in codebook.cues_in(text):
        for theme in codebook.owners(match.phrase):
            found[theme].append(Cue(match.start, match.end, match.phrase))
            if match.phrase not in seen:
                weights[theme] += codebook.weight(match.phrase)
        seen.add(match.phrase)
    suggestions = [
        Suggestion(theme, round(1 - 0.5 ** weights[theme], 4), cues)
        for theme, cues in found.items()
    ]
    return sorted(suggestions, key=lambda s: (-s.score, s.theme))
