from pathlib import Path

import pytest

from stories.text import Codebook, CodebookTheme, themes
from stories.text.themes import weigh


@pytest.fixture
def codebook() -> Codebook:
    return Codebook(
        [
            CodebookTheme("school", "School", ["my teacher", "bull*", "exam"]),
            CodebookTheme("health", "Health", ["the nurse", "shared"]),
            CodebookTheme("home", "Home", ["shared", "dont sleep"]),
        ]
    )


def test_a_phrase_suggests_its_theme_and_shows_the_words(codebook: Codebook) -> None:
    text = "I told My Teacher"
    [suggestion] = themes(text, codebook)
    [cue] = suggestion.evidence
    assert suggestion.theme == "school"
    assert (text[cue.start : cue.end], cue.cue) == ("My Teacher", "my teacher")


def test_a_star_matches_any_ending(codebook: Codebook) -> None:
    assert [s.theme for s in themes("the bullying", codebook)] == ["school"]


def test_a_cue_without_a_star_matches_only_the_whole_word(codebook: Codebook) -> None:
    assert themes("the example", codebook) == []


@pytest.mark.parametrize("text", ["I don't sleep", "i dont sleep", "I don\u2019t sleep"])
def test_apostrophes_are_ignored(codebook: Codebook, text: str) -> None:
    assert [s.theme for s in themes(text, codebook)] == ["home"]


def test_a_cue_that_two_themes_share_is_not_enough(codebook: Codebook) -> None:
    assert themes("it was shared", codebook) == []
    assert [s.theme for s in weigh("it was shared", codebook)] == ["health", "home"]


def test_the_same_cue_twice_counts_once_but_is_shown_twice(codebook: Codebook) -> None:
    [once] = themes("the nurse", codebook)
    [twice] = themes("the nurse and the nurse", codebook)
    assert once.score == twice.score
    assert len(twice.evidence) == 2


def test_more_distinct_cues_score_higher_and_come_first(codebook: Codebook) -> None:
    found = themes("the nurse, my teacher, the exam", codebook)
    assert [s.theme for s in found] == ["school", "health"]
    assert 1 > found[0].score > found[1].score >= 0.5


def test_a_story_without_cues_is_met_with_silence(codebook: Codebook) -> None:
    assert themes("nothing here", codebook) == []


def test_two_themes_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Codebook([CodebookTheme("a", "A", []), CodebookTheme("a", "B", [])])


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "3",
        "not json",
        '{"themes": [{"id": "a"}]}',
        '{"themes": [{"id": "a", "label": "A", "cues": "abc"}]}',
    ],
)
def test_a_file_that_is_no_codebook_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "codebook.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"not a codebook|Expecting value"):
        Codebook.load(path)


def test_a_codebook_may_be_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "codebook.json"
    path.write_text('{"themes": [{"id": "a", "label": "A", "cues": ["red hat"]}]}')
    assert [s.theme for s in themes("a red hat", Codebook.load(path))] == ["a"]
