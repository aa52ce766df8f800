"""Find the words of a story that could tell a reader who it is about."""

from collections.abc import Sequence

from stories.text.identifiers import names, patterns, places
from stories.text.identifiers.labels import labelled
from stories.text.spans import LocalName, Span, settle
from stories.text.tokens import Story


def identifiers(text: str, local: Sequence[LocalName] = ()) -> list[Span]:
    """Spans to replace in ``text``: sorted, never overlapping, never cutting a word.

    ``local`` are names the partnership knows (schools, streets ...), found in any case.
    Exact ages and roles stay in this version. Works on any string.
    """
    story = Story(text)
    finds = [*patterns.find(text), *places.find(story, local), *names.find(story)]
    return labelled(settle(text, finds))
