"""The word lists in ``data/``, each read once, when first asked for."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from stories.text.phrases import PhraseIndex

DATA = Path(__file__).parent / "data"
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "est", "in", "n")


@cache
def words_of(name: str) -> frozenset[str]:
    """Every word of the list ``data/<name>.txt``, leaving out its source note."""
    return frozenset(_body(name).split())


@cache
def index_of(name: str) -> PhraseIndex:
    """The comma separated phrases of ``data/<name>.txt``, ready to be found."""
    return PhraseIndex(p.strip() for p in _body(name).replace("\n", ",").split(","))


@cache
def table(name: str) -> dict[str, Any]:
    """The JSON object in ``data/<name>.json``; treat it as read only."""
    loaded: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return loaded


def is_ordinary(word: str) -> bool:
    """Whether ``word`` (plain, see ``tokens``) is an ordinary word or a form of one."""
    known = words_of("words")
    if word in known:
        return True
    stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    return any(stem in known or stem + "e" in known for stem in stems if len(stem) > 2)


def is_first_name(word: str) -> bool:
    """Whether ``word`` (plain), or its part before a hyphen, is a listed first name."""
    return word.split("-")[0] in words_of("first_names")


def _body(name: str) -> str:
    lines = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
