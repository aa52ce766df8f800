"""What the journeys with real servers ask for: a Heard of their own, and a way to say figures."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

from tests import conftest as common
from tests.journeys import servers
from tests.journeys.servers import Home

POSTGRES = os.environ.get("HEARD_TEST_POSTGRES") or "postgres://postgres@127.0.0.1:5432/"
Say = Callable[[str], None]
HomeOn = Callable[..., Home]


def absent(reason: str) -> NoReturn:
    """A service is not there: skipped on a laptop, a failure where CI promises it."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Prints a line of figures, whatever pytest does with output."""

    def printed(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {line}", flush=True)  # noqa: T201 - figures are what this suite is for

    return printed


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database that is migrated once a session."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        absent("No PostgreSQL answers at HEARD_TEST_POSTGRES or 127.0.0.1:5432.")
    with servers.migrated_postgres(POSTGRES, tmp_path_factory.mktemp("template")) as name:
        yield name


@pytest.fixture
def home_on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HomeOn]:
    """Makes a Heard of this test's own: `home_on("sqlite", broker_url="...")`."""
    with ExitStack() as stack:

        def made(kind: str = "", *, broker_url: str = "") -> Home:
            folder = tmp_path / "var"
            url = stack.enter_context(_database(kind or _usual_kind(), request, folder))
            return Home(folder, url, broker_url)

        yield made


def _usual_kind() -> str:
    is_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    return "postgresql" if is_postgres else "sqlite"


@contextmanager
def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        folder.mkdir(parents=True, exist_ok=True)
        template = request.getfixturevalue("postgres_template")
        with servers.postgres_database(template, POSTGRES) as url:
            yield url
    else:
        with servers.sqlite_database(common._migrated_once(), folder) as url:
            yield url
