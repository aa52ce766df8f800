"""`manage.py up`: the whole of Heard on this computer, until Ctrl-C."""

import io
import os
import signal
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from cms.accounts.sign_in import links_for_demo_roles
from cms.bootstrap import steadily
from cms.processes import (
    GRACE,
    Address,
    CannotRun,
    Household,
    Lease,
    Program,
    free_address,
    interruptions,
    wait_for_web,
)

PATIENCE = 60.0  # seconds the web has for its first answer


class Command(BaseCommand):
    """Database, demonstration, web, worker and clock, in this order; ends with exit code 0."""

    help = "Start Heard on this computer with a demonstration; Ctrl-C stops it, data is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="0 picks a free one")
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *_: Any, host: str, port: int, **__: Any) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # a pipe is to see the progress too
        # Before the children run there is nothing to stop: SIGTERM ends it as Ctrl-C does.
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._up(host, port)
        except CannotRun as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        except KeyboardInterrupt:
            self._say("Stopped.")
        finally:
            signal.signal(signal.SIGTERM, before)

    def _up(self, host: str, port: int) -> None:
        """Raises CannotRun for what the person has to put right."""
        with Lease(settings.VAR / "up.lock") as lease:
            # Children of a killed run take a moment to notice and leave the port.
            address = free_address(host, port, GRACE + 4 if lease.was_killed else 0)
            lease.note(address.url)
            with steadily("Starting Heard… (1 of 3) the database"):
                call_command("migrate", verbosity=0, interactive=False)
            self._say("Starting Heard… (2 of 3) the demonstration")
            call_command("load_demo", stdout=self.stdout)
            self._run(address)

    def _run(self, address: Address) -> None:
        links = links_for_demo_roles(address.url)
        connections.close_all()
        with interruptions() as (stop, hurry):
            household = Household(_environment(address), self._say)
            try:
                web, *others = _programs(address)
                with steadily("Starting Heard… (3 of 3) web, worker and clock"):
                    ready = wait_for_web(household.start(web), address, stop, PATIENCE)
                if ready:
                    # The first page comes sooner when the web has the processor to itself.
                    for program in others:
                        household.start(program)
                    self._greet(address, links)
                    household.watch(stop)
                self._say("Stopping: what is being done is finished first.")
            finally:
                household.stop(hurry)
        self._say("Stopped. Everything is kept; the next `up` goes on from here.")

    def _greet(self, address: Address, links: list[tuple[str, str]]) -> None:
        width = max((len(role) for role, _ in links), default=0)
        lines = ["", f"Heard is ready: {address.url}/", ""]
        if links:
            lines.append("Links to sign in, each good for one use:")
            lines += [f"  {role:<{width}}  {link}" for role, link in links]
        self._say("\n".join([*lines, "", "Ctrl-C stops it."]))

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _environment(address: Address) -> dict[str, str]:
    """What the children get: this project, this folder, and the address unless a person set it."""
    hosts = ",".join(dict.fromkeys([*settings.ALLOWED_HOSTS, address.reachable]))
    unless_set = {"HEARD_BASE_URL": address.url, "HEARD_ALLOWED_HOSTS": hosts}
    always = {
        "HEARD_VAR": str(settings.VAR.resolve()),
        "PYTHONPATH": str(settings.ROOT),  # `up` may have been called from another folder
        "PYTHONUNBUFFERED": "1",
        # A container's only user may be root, and one computer's demonstration is no server.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
    }
    return unless_set | os.environ | always


def _programs(address: Address) -> list[Program]:
    """Web first: `up` waits for it. Nothing writes a log file or an access log (promise 4)."""
    web = ["--bind", address.bind, "--worker-class", "gthread", "--workers", "1"]
    web += ["--threads", "8", "--graceful-timeout", "5", "--log-level", "warning"]
    web += ["--no-control-socket", "cms.wsgi"]
    celery = ["--quiet", "--app", "cms.celery"]
    worker = [*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    clock = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    return [
        Program("web", "gunicorn", web, essential=True),
        Program("worker", "celery", worker),
        Program("clock", "celery", clock),
    ]
