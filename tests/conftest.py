"""What every test may ask for: a migrated database in a second, and a client of a named person."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import django
import pytest
import wagtail
from django.conf import settings
from django.test import Client

from tests.personas import person

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite, each worker gets a copy of one migrated file: 220 migrations cost 8 s a time."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        copy = tmp_path_factory.mktemp("database") / "heard.sqlite3"
        shutil.copyfile(_migrated_once(), copy)
        database.setdefault("TEST", {})["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Keeps the copied file, and on PostgreSQL the test database of the last run."""
    return True


def _migrated_once() -> Path:
    """A migrated SQLite file for the migrations as they stand, made by whoever comes first."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{_fingerprint()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            _migrate(half := made.with_suffix(".half"))
            half.rename(made)
    return made


def _migrate(path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


def _fingerprint() -> str:
    files = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("cms/*/migrations/*.py"),
        ROOT / "cms/roles.py",
    ]
    content = b"".join(path.read_bytes() for path in sorted(files))
    versions = f"{django.__version__} {wagtail.__version__}".encode()
    return hashlib.sha256(content + versions).hexdigest()[:16]


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """Gives a browser in which the named person is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name))
        return client

    return signed_in
