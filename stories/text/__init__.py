"""Heard's reading of a story's words, without Django, network or database.

``identifiers`` finds what could point at somebody and ``redact`` takes it out;
``concerns`` orders stories by danger; ``themes`` suggests codebook themes. Each is a
pure function of its arguments and works on any string. The word lists are read when
first needed, so importing this costs little. Usable alone: ``python -m stories.text``.
"""

from stories.text.concerns import Concern, Evidence, concerns
from stories.text.identifiers import identifiers
from stories.text.redaction import Mark, NotFound, Redacted, redact, redact_more, relabel
from stories.text.spans import LocalName, Span
from stories.text.themes import Codebook, CodebookTheme, Cue, Suggestion, themes

__all__ = [
    "Codebook",
    "CodebookTheme",
    "Concern",
    "Cue",
    "Evidence",
    "LocalName",
    "Mark",
    "NotFound",
    "Redacted",
    "Span",
    "Suggestion",
    "concerns",
    "identifiers",
    "redact",
    "redact_more",
    "relabel",
    "themes",
]
