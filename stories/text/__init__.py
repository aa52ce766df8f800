"""Heard's reading of a story's words, without Django, network or database.

``identifiers`` finds what could point at somebody and ``redact`` takes it out;
``concerns`` orders stories by danger; ``themes`` suggests codebook themes. Each is a
pure function of a string and raises nothing on any string. Usable alone:
``python -m stories.text``.
"""

from stories.text.identifiers import identifiers
from stories.text.redaction import (
    Mark,
    NotFound,
    Redacted,
    redact,
    redact_more,
    relabel,
)
from stories.text.spans import LocalName, Span

__all__ = [
    "LocalName",
    "Mark",
    "NotFound",
    "Redacted",
    "Span",
    "identifiers",
    "redact",
    "redact_more",
    "relabel",
]
