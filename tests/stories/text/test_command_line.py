import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from stories.text.__main__ import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Runner":
    return Runner(monkeypatch, capsys)


class Runner:
    """Runs a command on given lines; keeps what it wrote."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str, lines: str) -> tuple[int, list[Any], str]:
        stdin = io.TextIOWrapper(io.BytesIO(lines.encode("utf-8", "surrogateescape")))
        self.monkeypatch.setattr(sys, "stdin", stdin)
        code = main(arguments)
        captured = self.capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def story(text: str) -> str:
    return json.dumps({"id": "s1", "text": text}) + "\n"


def test_identifiers_are_written_with_their_reasons(run: Runner) -> None:
    code, [answer], _ = run("identifiers", lines=story("ring 07700 900123"))
    assert code == 0
    assert answer["id"] == "s1"
    assert answer["hints"] == []
    [span] = answer["spans"]
    assert set(span) == {"start", "end", "type", "label", "reason", "score"}


def test_identifiers_use_a_local_list(run: Runner, tmp_path: Path) -> None:
    local = tmp_path / "local.json"
    local.write_text('[{"kind": "school", "name": "Zedwick"}]')
    _, [answer], _ = run("identifiers", "--local", str(local), lines=story("at zedwick"))
    assert [span["type"] for span in answer["spans"]] == ["SCHOOL"]


def test_themes_are_written_with_scores_tags_and_evidence(run: Runner) -> None:
    _, [answer], _ = run("themes", lines=story("My foster carer is nice"))
    assert "care_leaving" in answer["tags"]
    assert answer["scores"]["care_leaving"] >= 0.5
    assert set(answer["evidence"]["care_leaving"][0]) == {"start", "end", "cue"}


def test_themes_use_a_given_codebook(run: Runner, tmp_path: Path) -> None:
    book = tmp_path / "book.json"
    book.write_text('{"themes": [{"id": "hats", "label": "Hats", "cues": ["red hat"]}]}')
    _, [answer], _ = run("themes", "--codebook", str(book), lines=story("a red hat"))
    assert answer["tags"] == ["hats"]


def test_concerns_are_written_with_their_evidence(run: Runner) -> None:
    _, [answer], _ = run("concerns", lines=story("he hits me"))
    assert answer["level"] == "urgent"
    assert set(answer["evidence"][0]) == {"start", "end", "reason"}


@pytest.mark.parametrize(
    "bad",
    ["secret words", '["secret"]', '{"id": "x"}', '{"id": "x", "text": 3}', "[" * 9999, "\udcff"],
)
def test_a_bad_line_is_named_without_its_words(run: Runner, bad: str) -> None:
    code, answers, error = run("concerns", lines=story("fine") + bad + "\n")
    assert code == 2
    assert len(answers) == 1
    assert "line 2" in error
    assert "secret" not in error


def test_an_empty_line_is_passed_over(run: Runner) -> None:
    code, answers, _ = run("concerns", lines="\n" + story("fine"))
    assert (code, len(answers)) == (0, 1)


@pytest.mark.parametrize("arguments", [("identifiers", "--local"), ("themes", "--codebook")])
def test_a_file_that_cannot_be_read_is_named(
    run: Runner, tmp_path: Path, arguments: tuple[str, str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{")
    code, _, error = run(*arguments, str(path), lines="")
    assert code == 2
    assert "bad.json" in error
