"""`manage.py test` and `manage.py lint`: what runs, what is skipped, and what fails."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from cms import suites


class Pytest:
    """Stands in for pytest and remembers how it was called."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.calls: list[tuple[list[str], dict[str, str]]] = []

    def __call__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        self.calls.append((list(arguments), dict(environment)))
        return self.code


@contextmanager
def without_services(answers: bool = False) -> Iterator[tuple[list[str], dict[str, str]]]:
    if not answers:
        raise suites.Absent("nothing answers at 127.0.0.1:1.")
    yield [], {}


@contextmanager
def with_services() -> Iterator[tuple[list[str], dict[str, str]]]:
    yield ["-m", "kill"], {"HEARD_TEST_X": "1"}


@pytest.fixture(autouse=True)
def _not_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def test_the_default_suite_takes_whatever_pytest_takes() -> None:
    called = Pytest()
    assert suites.run_tests(["-k", "receipt", "-x"], called) == 0
    assert called.calls == [(["-k", "receipt", "-x"], {})]


def test_a_heavier_suite_passes_its_options_before_the_persons_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(suites.HEAVY, "kill", with_services)
    called = Pytest()
    assert suites.run_tests(["--suite", "kill", "-x"], called) == 0
    assert called.calls == [(["-m", "kill", "-x"], {"HEARD_TEST_X": "1"})]


def test_heavy_runs_every_suite_and_fails_when_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "HEAVY", {"kill": with_services, "browser": with_services})
    called = Pytest(code=1)
    assert suites.run_tests(["--heavy"], called) == 1
    assert len(called.calls) == 2


@pytest.mark.parametrize(("ci", "code", "verdict"), [("", 0, "skipped"), ("true", 1, "FAILED")])
def test_a_suite_without_its_service_is_skipped_except_in_ci(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ci: str,
    code: int,
    verdict: str,
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setitem(suites.HEAVY, "brokers", without_services)
    called = Pytest()
    assert suites.run_tests(["--suite", "brokers"], called) == code
    assert called.calls == []
    assert f"brokers {verdict}: nothing answers at 127.0.0.1:1." in capsys.readouterr().err


def test_a_suite_that_finds_no_test_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(suites.HEAVY, "kill", with_services)
    empty = Pytest(code=suites.NOTHING_COLLECTED)
    assert suites.run_tests(["--suite", "kill"], empty) == suites.NOTHING_COLLECTED
    assert suites.run_tests(["--suite", "kill", "-k", "one"], empty) == 0


def test_a_service_that_does_not_answer_is_named_with_its_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HEARD_TEST_REDIS", "redis://127.0.0.1:1/0")
    with pytest.raises(suites.Absent, match=r"127\.0\.0\.1:1, where HEARD_TEST_REDIS points"):
        suites.service("HEARD_TEST_REDIS")


def test_the_chromium_that_is_there_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("#!/bin/sh\n")
    mine.chmod(0o755)
    monkeypatch.setenv("HEARD_TEST_CHROMIUM", str(mine))
    assert suites.chromium() == str(mine)


def test_lint_runs_every_check_and_prints_one_line_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks = [
        ("first", ["-c", "raise SystemExit('line 7 is wrong')"]),
        ("second", ["-c", "print('all is well')"]),
    ]
    assert suites.run_linters(checks) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "line 7 is wrong"
    assert said[1].startswith("first           FAILED")
    assert said[2].startswith("second          ok")
    assert len(said) == 3


def test_lint_passes_when_every_check_does() -> None:
    assert suites.run_linters([("only", ["-c", ""])]) == 0
