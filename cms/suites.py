"""`manage.py test` and `manage.py lint`: what they run, in which order, and what counts as passed.

Standard library only at the top: manage.py reads this file before there is an environment.
"""

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from cms.bootstrap import say

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5  # pytest's exit code
Run = Callable[[Sequence[str], Mapping[str, str]], int]

SERVICES = {
    "HEARD_TEST_POSTGRES": "postgres://postgres@127.0.0.1:5432/",
    "HEARD_TEST_REDIS": "redis://127.0.0.1:6379/9",
    "HEARD_TEST_RABBITMQ": "amqp://guest:guest@127.0.0.1:5672//",
}

# import-linter cannot be started with `-m`, and its script breaks when the folder is moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; sys.exit(main())"
LINTERS = (
    ("ruff check", ["-m", "ruff", "check", "--quiet", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "--output-format", "concise", "."]),
    ("mypy", ["-m", "mypy", "."]),
    ("import-linter", ["-c", f"import sys; {LINT_IMPORTS}"]),
    ("djlint", ["-m", "djlint", "--quiet", "--lint", "templates"]),
    ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
)


class Absent(Exception):
    """A service that a suite needs is not on this machine; its text says which."""


def run(command: str, arguments: Sequence[str]) -> int:
    """Run `test` or `lint` and return the exit code."""
    try:
        return run_linters() if command == "lint" else run_tests(arguments)
    except KeyboardInterrupt:
        return 130


def run_linters(linters: Sequence[tuple[str, Sequence[str]]] = LINTERS) -> int:
    """Run every check even after one failed; one line each, and the findings of those that did."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    failed = 0
    for name, arguments in linters:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            failed += 1
            say(done.stdout.rstrip())
        verdict = "FAILED" if done.returncode else "ok"
        say(f"{name:<15} {verdict} ({time.monotonic() - began:.1f} s)")
    return 1 if failed else 0


def run_tests(arguments: Sequence[str], run_pytest: Run | None = None) -> int:
    """Run the default suite, or the heavier ones that are asked for; the rest goes to pytest."""
    run_pytest = run_pytest or pytest
    parser = argparse.ArgumentParser(prog="manage.py test", allow_abbrev=False, add_help=False)
    parser.add_argument("--heavy", action="store_true")
    parser.add_argument("--suite", action="append", choices=sorted(HEAVY), default=[])
    known, rest = parser.parse_known_args(arguments)
    names = list(HEAVY) if known.heavy else known.suite
    if not names:
        return run_pytest(rest, {})
    codes = [heavy(name, rest, run_pytest) for name in names]
    return max(codes)


def heavy(name: str, rest: Sequence[str], run_pytest: Run) -> int:
    """One heavier suite. Without its services it is skipped, or fails where CI promises them.

    A suite that finds no test at all fails too: it would be green for ever.
    """
    say(f"Suite {name}:")
    try:
        with HEAVY[name]() as (options, environment):
            code = run_pytest([*options, *rest], environment)
    except Absent as absent:
        required = os.environ.get("CI", "").lower() in {"1", "true"}
        say(f"Suite {name} {'FAILED' if required else 'skipped'}: {absent}")
        return int(required)
    return 0 if code == NOTHING_COLLECTED and rest else code


def pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """pytest in the project folder, its output going straight to the terminal."""
    # Settings of a site that happens to be configured in this terminal are none of the tests'.
    own = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in own and (name[:6] != "HEARD_" or name[:11] == "HEARD_TEST_")
    }
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=ROOT, env=clean | dict(environment))


Suite = Iterator[tuple[list[str], dict[str, str]]]


def service(name: str) -> str:
    """The URL of a service. Raises Absent when nothing listens there."""
    url = os.environ.get(name) or SERVICES[name]
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), 2).close()
    except OSError as error:
        where = f"{parts.hostname}:{parts.port}"
        raise Absent(f"nothing answers at {where}, where {name} points.") from error
    return url


@contextmanager
def postgres() -> Suite:
    """The whole default suite on PostgreSQL, in a database of its own that is dropped after.

    pytest-django puts test_ before its name, and xdist a worker's number after it. Nothing else
    on that server is touched.
    """
    url = service("HEARD_TEST_POSTGRES")
    import psycopg  # only here: manage.py reads this file without the packages
    from psycopg.sql import SQL, Identifier

    name = f"heard_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as server:
            server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Absent(f"HEARD_TEST_POSTGRES lets us make no database ({reason}).") from error
    try:
        yield [], {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            found = server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{name}%"]
            ).fetchall()
            for (left,) in found:
                server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(left)))


@contextmanager
def brokers() -> Suite:
    """Tests against a real Redis and a real RabbitMQ."""
    names = ("HEARD_TEST_REDIS", "HEARD_TEST_RABBITMQ")
    yield ["-m", "brokers"], {name: service(name) for name in names}


@contextmanager
def kill() -> Suite:
    """Tests that kill processes at chosen moments: one at a time, or they disturb each other."""
    yield ["-m", "kill", "-n", "0"], {}


@contextmanager
def machine() -> Suite:
    """Tests that build a real environment from a fresh copy: they need the network."""
    yield ["-m", "machine", "-n", "0"], {}


@contextmanager
def browser() -> Suite:
    """Tests in a real Chromium; HEARD_TEST_CHROMIUM is empty for Playwright's own."""
    yield ["-m", "browser", "-n", "0"], {"HEARD_TEST_CHROMIUM": chromium()}


def chromium() -> str:
    """The path of a Chromium: the one there is, else Debian's, else Playwright's own (empty).

    Raises Absent when none can be had.
    """
    names = (os.environ.get("HEARD_TEST_CHROMIUM", ""), "chromium", "chromium-browser")
    found = [path for name in (*names, "google-chrome") if name and (path := shutil.which(name))]
    if found:
        return found[0]
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        say("Installing Chromium…")
        for arguments in (["update", "-q"], ["install", "-q", "-y", "chromium"]):
            subprocess.call([apt, *arguments], stdout=subprocess.DEVNULL)
        if path := shutil.which("chromium"):
            return path
    if subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) == 0:
        return ""
    raise Absent("no Chromium: install the package chromium, or run this with the network.")


HEAVY = {
    "postgres": postgres,
    "brokers": brokers,
    "kill": kill,
    "browser": browser,
    "machine": machine,
}
