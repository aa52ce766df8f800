"""Read JSON lines ``{"id", "text"}`` and write what was found, one line for each.

python -m stories.text identifiers [--local FILE.json] | themes [--codebook FILE] |
concerns. A bad line ends the run with exit code 2 and a message that names the line,
never its words.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TextIO

from stories.text.concerns import concerns
from stories.text.identifiers import identifiers
from stories.text.spans import LocalName
from stories.text.themes import THRESHOLD, Codebook, weigh

Answer = dict[str, Any]
_BAD_INPUT: Final = 2


class BadInput(Exception):
    """Input that cannot be read; the message never repeats a story's words."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command over standard input; the exit code is 0, or 2 for bad input."""
    options = _parser().parse_args(argv)
    try:
        answer = _answerer(options)
        run(answer, sys.stdin.buffer, sys.stdout)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return _BAD_INPUT
    return 0


def run(answer: Callable[[str], Answer], lines: Iterable[bytes], out: TextIO) -> None:
    """Write the answer to each line's text. Raises ``BadInput`` at the first bad one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        id_, text = _story(line, number)
        out.write(json.dumps({"id": id_} | answer(text)) + "\n")


def _story(line: bytes, number: int) -> tuple[str | int, str]:
    try:
        story = json.loads(line)
        id_, text = story["id"], story["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        # "from None": the decoder's message would carry the story's words.
        raise BadInput(f'line {number}: not a JSON object with "id" and "text"') from None
    if not isinstance(id_, str | int) or not isinstance(text, str):
        raise BadInput(f'line {number}: "id" or "text" is of the wrong type')
    return id_, text


def _answerer(options: argparse.Namespace) -> Callable[[str], Answer]:
    if options.command == "identifiers":
        local = _local_names(options.local)
        return lambda text: _found(text, local)
    if options.command == "themes":
        codebook = _codebook(options.codebook)
        return lambda text: _themed(text, codebook)
    return lambda text: asdict(concerns(text))


def _found(text: str, local: Sequence[LocalName]) -> Answer:
    spans = [asdict(span) for span in identifiers(text, local)]
    return {"spans": spans, "hints": []}


def _themed(text: str, codebook: Codebook) -> Answer:
    suggestions = weigh(text, codebook)
    return {
        "scores": {s.theme: s.score for s in suggestions},
        "tags": [s.theme for s in suggestions if s.score >= THRESHOLD],
        "evidence": {s.theme: [asdict(c) for c in s.evidence] for s in suggestions},
    }


def _local_names(path: Path | None) -> list[LocalName]:
    if path is None:
        return []
    try:
        entries = json.loads(path.read_text("utf-8"))
        return [LocalName(entry["kind"], str(entry["name"])) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path}: not a list of local names: {error}") from error


def _codebook(path: Path | None) -> Codebook:
    try:
        return Codebook.load(path)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: not a codebook: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stories.text")
    commands = parser.add_subparsers(dest="command", required=True)
    finder = commands.add_parser("identifiers", help="what could point at somebody")
    finder.add_argument("--local", type=Path, help='JSON list of {"kind", "name"}')
    themer = commands.add_parser("themes", help="which themes the words suggest")
    themer.add_argument("--codebook", type=Path, help="a codebook file")
    commands.add_parser("concerns", help="how soon a person should read it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
