"""Production refuses to start when something that protects tellers is missing, and says which."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cms.settings import test

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "HEARD_SECRET_KEY": "v3ry-l0ng-and-r4nd0m-" * 3,
    "HEARD_SEALING_KEY": base64.b64encode(bytes(range(32))).decode(),
    "HEARD_RECEIPT_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
    "HEARD_ALLOWED_HOSTS": "heard.harrowmere.gov.uk",
    "HEARD_BASE_URL": "https://heard.harrowmere.gov.uk",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(tmp_path: Path, **changed: str | None) -> subprocess.CompletedProcess[str]:
    told = {k: v for k, v in (GOOD | changed).items() if v is not None}
    environment = {"PATH": os.environ["PATH"], "HEARD_VAR": str(tmp_path), **told}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings.production"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_it_needs(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize("name", sorted(GOOD))
def test_production_names_what_is_missing(tmp_path: Path, name: str) -> None:
    refused = start(tmp_path, **{name: None})
    assert refused.returncode != 0
    assert f"{name} is not set" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", "1", "DEBUG is set"),
        ("HEARD_SECRET_KEY", "changeme" * 10, "HEARD_SECRET_KEY is a sample"),
        ("HEARD_SECRET_KEY", "short", "at least 50"),
        ("HEARD_SEALING_KEY", base64.b64encode(b"\0" * 32).decode(), "32 random bytes"),
        ("HEARD_SEALING_KEY", "bm90IDMyIGJ5dGVz", "32 random bytes"),
        ("HEARD_SEALING_KEY", "not base64!", "32 random bytes"),
        ("HEARD_RECEIPT_KEY", GOOD["HEARD_SEALING_KEY"], "must differ"),
        ("HEARD_ALLOWED_HOSTS", "*", "must name the hosts"),
    ],
)
def test_production_refuses_what_is_unsafe(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    refused = start(tmp_path, **{name: value})
    assert refused.returncode != 0
    assert says in refused.stderr


def test_the_keys_of_the_tests_would_be_refused_in_production(tmp_path: Path) -> None:
    assert start(tmp_path, HEARD_SECRET_KEY=test.SECRET_KEY).returncode != 0


def test_a_laptop_makes_its_own_keys_once_and_for_its_owner_only(tmp_path: Path) -> None:
    script = "from cms.settings import local; print(local.SEALING_KEY)"

    def key() -> str:
        environment = {"PATH": os.environ["PATH"], "HEARD_VAR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert key() == key()
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
