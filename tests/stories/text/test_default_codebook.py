import json
from typing import Any

import pytest

from stories.text import Codebook, themes
from stories.text.lexicon import DATA


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "codebook.json").read_text("utf-8"))
    return loaded


def test_every_theme_belongs_to_a_group(book: dict[str, Any]) -> None:
    groups = {group["id"] for group in book["groups"]}
    assert len(book["themes"]) == 24
    assert {theme["group"] for theme in book["themes"]} == groups


@pytest.mark.parametrize("field", ["label", "child_label", "definition", "include", "exclude"])
def test_every_theme_explains_itself(book: dict[str, Any], field: str) -> None:
    assert all(theme[field].strip() for theme in book["themes"])


def test_cues_are_lower_case_without_apostrophes_and_not_repeated(book: dict[str, Any]) -> None:
    for theme in book["themes"]:
        cues = theme["cues"]
        assert cues == [c.lower().replace("'", "").strip() for c in cues]
        assert len(cues) == len(set(cues))


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("My stepdad hits my mum when he is cross", "domestic_abuse"),
        ("They call me names and nobody plays with me", "bullying"),
        ("I cook and put my brother to bed because Mum is ill", "young_carers"),
        ("The social worker said we were below the threshold", "referrals_thresholds"),
        ("My foster carer is nice", "care_leaving"),
        ("We share one room and the wall has black mould", "housing_poverty"),
    ],
)
def test_plain_words_lead_to_the_theme(text: str, theme: str) -> None:
    assert theme in [s.theme for s in themes(text, Codebook.load())]
