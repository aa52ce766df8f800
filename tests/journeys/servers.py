"""Starts and ends the real thing: gunicorn, Celery and a database, each of one test's own.

Every process leads a session of its own, so that ending it and its children touches nobody
else's; every port is picked by the kernel; and before a test believes an answer, the server has
shown a file that only this test's folder holds. Should the tests themselves be killed, the
kernel closes their end of a pipe and a watchman beside each server ends it (cms/processes.py).
"""

import http.client
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds for a start on a busy machine
_WHOSE = "whose.txt"
_HELD, _MINE = os.pipe()  # nobody writes; closed by the kernel when this process ends


class Broken(Exception):
    """A process did not start, or did not answer; its text ends with what it printed."""


@dataclass(frozen=True)
class Home:
    """One Heard: its folder, its database, its broker, and whose it is."""

    folder: Path
    database_url: str
    broker_url: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def environment(self) -> dict[str, str]:
        """What its processes get: nothing of a site that this terminal happens to serve."""
        own = ("HEARD_", "DJANGO_", "DATABASE_URL", "CELERY_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return clean | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.local",
            "HEARD_VAR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "HEARD_BROKER_URL": self.broker_url,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        }

    def run(self, *arguments: str, given: str = "") -> str:
        """What `python ARGUMENTS` prints here. Raises Broken when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )
        if done.returncode:
            raise Broken(f"{arguments} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """What `manage.py ARGUMENTS` prints here."""
        return self.run("manage.py", *arguments)

    def number(self, query: str) -> int:
        """The one number that a query gives, asked past Django."""
        if self.database_url.startswith("sqlite"):
            connection = sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=20)
            try:
                return int(connection.execute(query).fetchone()[0])
            finally:
                connection.close()
        with psycopg.connect(self.database_url) as server:
            row: Any = server.execute(query.encode()).fetchone()
            return int(row[0])

    def owed(self) -> int:
        """How many steps are owed to stories."""
        return self.number("SELECT count(*) FROM stories_owedstep")

    def settles_within(self, seconds: float, *, down_to: int = 0) -> float | None:
        """How long it took until no more steps than that were owed; None when it took longer."""
        began = time.monotonic()
        while self.owed() > down_to:
            if time.monotonic() - began > seconds:
                return None
            time.sleep(0.05)
        return time.monotonic() - began


class Server:
    """One program that may be killed and started again."""

    def __init__(self, home: Home, name: str, module: str, *arguments: str) -> None:
        self.home, self.name = home, name
        watched = [sys.executable, "-m", "cms.processes", str(_HELD)]
        self._command = [*watched, module, *arguments]
        self._log = home.folder.parent / f"{home.folder.name}-{name}.log"

    def start(self) -> None:
        """Starts it; whether it is ready is another question."""
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self.home.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[_HELD],
            )

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def said(self) -> str:
        """Everything it printed, over all its lives."""
        return self._log.read_text(errors="replace")

    def kill(self) -> None:
        """SIGKILL for it and all its children: the group is ours, it was started with it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_child(self) -> None:
        """SIGKILL for one of its children, as a kernel short of memory does."""
        _watchman, *children = _children(self.process.pid) or [0]
        for pid in children[-1:]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Asks it to finish, then ends what is left."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=8)
        self.kill()


class Web(Server):
    """gunicorn, started as `up` starts it, at a port that the kernel picked."""

    def __init__(self, home: Home) -> None:
        with socket.create_server((HOST, 0)) as picked:
            self.port = int(picked.getsockname()[1])
        options = ["--bind", f"{HOST}:{self.port}", "--worker-class", "gthread"]
        options += ["--workers", "1", "--threads", "8", "--graceful-timeout", "5"]
        options += ["--log-level", "warning", "--no-control-socket", "cms.wsgi"]
        super().__init__(home, "web", "gunicorn", *options)
        static = home.folder / "static"
        static.mkdir(parents=True, exist_ok=True)
        (static / _WHOSE).write_text(home.token)

    def start(self) -> None:
        """Returns once it answers. Raises Broken when it does not, or when it is not ours."""
        super().start()
        until = time.monotonic() + PATIENCE
        while (answer := self._whose()) is None:
            if not self.is_running or time.monotonic() > until:
                raise Broken(f"The web did not come up: {self.said[-2000:]}")
            time.sleep(0.05)
        if answer != self.home.token:
            raise Broken(f"Somebody else answers on port {self.port}.")
        # The first page loads every view; a kill before that would only meet a start.
        self._page("/tell/")

    def _whose(self) -> str | None:
        return self._page(f"/static/{_WHOSE}")

    def _page(self, path: str) -> str | None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def worker_of(home: Home) -> Server:
    """A Celery worker, started as `up` starts it."""
    options = ["--quiet", "--app", "cms.celery", "worker", "--concurrency", "1"]
    options += ["--loglevel", "WARNING"]
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Server(home, "worker", "celery", *options)


def clock_of(home: Home) -> Server:
    """Celery's beat, which sends the sweep every 30 seconds."""
    options = ["--quiet", "--app", "cms.celery", "beat", "--loglevel", "WARNING"]
    return Server(home, "clock", "celery", *options, "--pidfile", "")


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Starts the servers one after the other, and ends them whatever happens."""
    started: list[Server] = []
    try:
        for server in servers:
            started.append(server)
            server.start()
        yield
    finally:
        for server in reversed(started):
            if hasattr(server, "process"):
                server.stop()


@contextmanager
def sqlite_database(template: Path, folder: Path) -> Iterator[str]:
    """The URL of a copy of a migrated file."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, folder / "heard.sqlite3")
    yield f"sqlite:///{folder / 'heard.sqlite3'}"


@contextmanager
def migrated_postgres(server_url: str, folder: Path) -> Iterator[str]:
    """The name of a migrated PostgreSQL database that others are copied from."""
    with _postgres(server_url, "") as url:
        Home(folder, url).manage("migrate", "--verbosity", "0")
        yield urlsplit(url).path[1:]


@contextmanager
def postgres_database(template: str, server_url: str) -> Iterator[str]:
    """The URL of a copy of the migrated PostgreSQL database, dropped at the end."""
    with _postgres(server_url, template) as url:
        yield url


@contextmanager
def _postgres(server_url: str, template: str) -> Iterator[str]:
    name = f"heard_journey_{secrets.token_hex(6)}"
    create = SQL("CREATE DATABASE {} TEMPLATE {}").format(
        Identifier(name), Identifier(template or "template1")
    )
    with psycopg.connect(server_url, autocommit=True, connect_timeout=5) as server:
        server.execute(create)
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _children(pid: int) -> Sequence[int]:
    """The children of a process of ours; none where the system does not tell."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in found.split()]
