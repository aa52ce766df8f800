"""Starts, watches and stops the processes of a running Heard: web, worker and clock.

Each child leads its own process group, so that Ctrl-C reaches `up` alone, which then asks each
child's main process to stop: a signal to Celery's whole group would kill the pool child at work.
Beside each child a watchman holds the reading end of a pipe whose writing end only `up` has. When
`up` is killed, whatever the signal, the kernel closes the pipe and the watchman ends the group.

Standard library only, so that a child starts at once: `python -m cms.processes FD MODULE ...`.
"""

import fcntl
import http.client
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

GRACE = 8.0  # seconds a child has to finish its work once asked to stop
STEADY = 60.0  # seconds without an accident after which the accidents before it are forgotten
LONGEST_PAUSE = 60.0
TRIES = 3  # how often in a row the web may fail

Say = Callable[[str], None]


class CannotRun(Exception):
    """What `up` cannot put right itself; its text is one plain sentence."""


@dataclass(frozen=True)
class Address:
    """Where the site listens."""

    host: str
    port: int

    @property
    def reachable(self) -> str:
        """The host a browser on this computer uses: nobody can visit 0.0.0.0."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def url(self) -> str:
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.port}"

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def free_address(host: str, port: int, patience: float = 0.0) -> Address:
    """The address, once nobody else has it; for port 0 one that the kernel picks.

    Waits up to `patience` seconds for it. Raises CannotRun when it is taken or cannot be had.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return Address(host, _try_port(host, port))
        except CannotRun:
            if time.monotonic() >= until:
                raise
            time.sleep(0.2)


def _try_port(host: str, port: int) -> int:
    """Take the port for a moment and return its number. Raises CannotRun."""
    if not 0 <= port <= 65535:
        raise CannotRun(f"{port} is not a port: choose one between 1024 and 65535.")
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As the web server will: a port that is only cooling down counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            return int(probe.getsockname()[1])
    except PermissionError as error:
        raise CannotRun(f"Port {port} needs an administrator: choose one above 1023.") from error
    except socket.gaierror as error:
        raise CannotRun(f"{host} is not an address of this computer.") from error
    except OSError as error:
        raise CannotRun(
            f"Port {port} on {host} is busy: stop what runs there,"
            f" or choose another one, for example `--port {port + 80}`."
        ) from error


class Lease:
    """The right to run Heard on one folder; the kernel takes it back however the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.was_killed = False

    def __enter__(self) -> "Lease":
        """Raises CannotRun when another process has it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise CannotRun(self._who()) from error
        # A run that ended in good order has emptied the file.
        self.was_killed = self.path.stat().st_size > 0
        return self

    def _who(self) -> str:
        try:
            holder = json.loads(self.path.read_text())
        except (OSError, ValueError):  # it has only just started
            return "Heard is already starting in this folder."
        return (
            f"Heard already runs in this folder, at {holder['url']} (process {holder['pid']}):"
            " stop it there with Ctrl-C first."
        )

    def note(self, url: str) -> None:
        """Leave word for whoever tries to start a second one."""
        self._file.truncate(0)
        self._file.write(json.dumps({"pid": os.getpid(), "url": url}))
        self._file.flush()

    def __exit__(self, *_: object) -> None:
        self._file.truncate(0)
        self._file.close()


@dataclass(frozen=True)
class Program:
    """One child: a Python module and its arguments."""

    name: str
    module: str
    arguments: Sequence[str]
    essential: bool = False  # without it there is no point in going on


@dataclass
class Child:
    """A program, its present process, and its accidents in a row."""

    program: Program
    process: "subprocess.Popen[str]"
    began: float = field(default_factory=time.monotonic)
    accidents: int = 0
    due: float | None = None


class Household:
    """The running children."""

    def __init__(self, environment: Mapping[str, str], say: Say) -> None:
        self._environment = dict(environment)
        self._say = say
        self._children: list[Child] = []
        self._stopping = False
        self._held, self._mine = os.pipe()

    def start(self, program: Program) -> Child:
        """Start a program and keep it in mind."""
        child = Child(program, self._launch(program))
        self._children.append(child)
        return child

    def _launch(self, program: Program) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "cms.processes", str(self._held), program.module]
        process = subprocess.Popen(
            [*command, *program.arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[self._held],
            start_new_session=True,
            text=True,
            errors="replace",
        )
        threading.Thread(target=self._relay, args=(program.name, process), daemon=True).start()
        return process

    def _relay(self, name: str, process: "subprocess.Popen[str]") -> None:
        """Pass what a child prints on to the terminal, and nowhere else."""
        if process.stdout is None:  # never, as _launch makes it
            return
        with process.stdout:
            for line in process.stdout:
                if line.strip() and not self._stopping:
                    self._say(f"{name}: {line.rstrip()}")

    def watch(self, stop: threading.Event) -> None:
        """Keep the children running until `stop` is set. Raises CannotRun when the web will not."""
        while not stop.wait(0.2):
            for child in self._children:
                self._attend(child)

    def _attend(self, child: Child) -> None:
        now = time.monotonic()
        if child.process.poll() is None:
            if now - child.began > STEADY:
                child.accidents = 0
        elif child.due is None:
            self._plan_restart(child, now)
        elif now >= child.due:
            child.process, child.began, child.due = self._launch(child.program), now, None

    def _plan_restart(self, child: Child, now: float) -> None:
        _kill_group(child.process)  # what a killed main process left behind
        child.accidents += 1
        name, code = child.program.name, child.process.returncode
        if child.program.essential and child.accidents >= TRIES:
            raise CannotRun(f"The {name} stopped {TRIES} times in a row (code {code}).")
        pause = min(2.0 ** (child.accidents - 1), LONGEST_PAUSE)
        self._say(f"The {name} stopped by itself (code {code}); it starts again in {pause:.0f} s.")
        child.due = now + pause

    def stop(self, hurry: threading.Event | None = None) -> None:
        """Ask every child to finish, then end what is left after GRACE seconds, or in a hurry.

        What a worker had in hand then is done again later: every task may run twice.
        """
        self._stopping = True
        running = [child.process for child in self._children if child.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        while any(process.poll() is None for process in running) and time.monotonic() < until:
            if hurry and hurry.is_set():
                break
            time.sleep(0.05)
        for child in self._children:
            _kill_group(child.process)
            child.process.wait()
        os.close(self._mine)
        os.close(self._held)


def _kill_group(process: "subprocess.Popen[str]") -> None:
    """End a child and everything it started; each child leads a group of its own."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_for_web(web: Child, address: Address, stop: threading.Event, patience: float) -> bool:
    """Return True once the site answers, False when `stop` came first.

    Raises CannotRun when the web ended, or said nothing for `patience` seconds.
    """
    until = time.monotonic() + patience
    while not stop.wait(0.1):
        if web.process.poll() is not None:
            raise CannotRun(f"The web could not start (code {web.process.returncode}): see above.")
        if _answers(address):
            return True
        if time.monotonic() > until:
            raise CannotRun(f"The web gave no answer at {address.url} for {patience:.0f} s.")
    return False


def _answers(address: Address) -> bool:
    connection = http.client.HTTPConnection(address.reachable, address.port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


@contextmanager
def interruptions() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Two events: the first Ctrl-C (or SIGTERM, or a closed terminal), and any after it."""
    first, again = threading.Event(), threading.Event()

    def note(_number: int, _frame: object) -> None:
        (again if first.is_set() else first).set()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield first, again
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent(held: int, main: int) -> NoReturn:
    """Wait until `up` is gone, ask the main process to finish, then end the whole group."""
    os.read(held, 1)  # returns when the last writing end is closed: nobody ever writes
    with suppress(ProcessLookupError):
        os.kill(main, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while os.getppid() == main and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)  # never reached


def become(arguments: Sequence[str]) -> None:
    """Turn this process into the module named in `FD MODULE ARGUMENT...`.

    Its watchman is a process of its own, so that it outlives a main process that ends badly.
    """
    held, module, *rest = arguments
    main = os.getpid()
    if os.fork() == 0:
        _end_with_parent(int(held), main)
    os.close(int(held))
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    become(sys.argv[1:])
