"""Makes `.venv` from the hash-locked packages on a machine that has only Python, then enters it.

Standard library only: this runs before there is anything else. `enter` is the one door;
manage.py calls it before every command. A file inside `.venv` says which lock it was made from
and is written last, so an environment that was killed half way is seen and made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

STATE = "heard-made-from"
UNFINISHED = "unfinished"
TICK = 5.0  # seconds between two signs of life
RUN_MODULES = ("django", "wagtail", "celery", "gunicorn")
DEV_MODULES = (*RUN_MODULES, "pytest", "pytest_django", "mypy", "playwright")

NO_NETWORK = (
    "NewConnectionError",
    "NameResolution",
    "name resolution",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "unreachable",
    "Connection refused",
    "dns error",
    "error sending request",
    "client error (Connect)",
    "operation timed out",
)
WRONG_HASH = ("DO NOT MATCH THE HASHES", "Hash mismatch")


class CannotMake(Exception):
    """Something the person at the keyboard can put right; its text is one plain sentence."""


def say(line: str) -> None:
    """Progress goes to stderr: the output of the command itself may be piped somewhere."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the terminal's own voice


@contextmanager
def steadily(text: str, every: float = TICK) -> Iterator[None]:
    """Say `text` now, and again with the seconds gone while the block runs."""
    began = time.monotonic()
    over = threading.Event()

    def tick() -> None:
        while not over.wait(every):
            say(f"{text}: {time.monotonic() - began:.0f} s")

    say(text)
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()


@dataclass(frozen=True)
class Environment:
    """The `.venv` of a project folder, for one of its two locks: `run`, or its superset `dev`."""

    root: Path
    kind: str

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def lock(self) -> Path:
        return self.root / "requirements" / f"{self.kind}.txt"

    @property
    def modules(self) -> tuple[str, ...]:
        return DEV_MODULES if self.kind == "dev" else RUN_MODULES

    def state(self) -> str:
        """What the environment says it was made from; empty when it says nothing."""
        try:
            return (self.folder / STATE).read_text()
        except OSError:
            return ""

    def wanted(self) -> str:
        return f"{self.kind} {hashlib.sha256(self.lock.read_bytes()).hexdigest()}"

    def is_ready(self) -> bool:
        """Whether it was made to the end from today's lock; the dev lock serves for both kinds."""
        good = {self.wanted(), Environment(self.root, "dev").wanted()}
        return self.state() in good and os.access(self.python, os.X_OK)

    def is_orderly(self) -> bool:
        """Whether it was once made to the end, so that it may be brought up to date in place."""
        return self.state().startswith(("run ", "dev ")) and os.access(self.python, os.X_OK)

    def is_current(self) -> bool:
        """Whether the running interpreter is this environment's own."""
        return Path(sys.prefix).resolve() == self.folder.resolve()


def environment_for(root: Path, command: Sequence[str]) -> Environment:
    """The environment a command needs: tests and checks need the tools, and keep them.

    An environment that already has the tools is brought up to date with them.
    """
    needs_tools = command[:1] in (["test"], ["lint"])
    had_tools = Environment(root, "dev").state().startswith("dev ")
    return Environment(root, "dev" if needs_tools or had_tools else "run")


def enter(root: Path, command: Sequence[str]) -> int:
    """Return 0 when the packages are at hand; else make them so and start the command again.

    Returns 1 after one sentence on stderr when that can't be done, 130 when it was interrupted.
    Does not return when it replaces the running process by the environment's own Python.
    """
    try:
        environment = environment_for(root, command)
        if serves_already(environment):
            return 0
        with only_one(root):
            # Another run may have made it while this one waited.
            if environment.is_current() or not environment.is_ready():
                make(environment)
    except CannotMake as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next run makes the environment anew.")
        return 130
    python = str(environment.python)
    os.execv(python, [python, str(root / "manage.py"), *command])  # noqa: S606 - no shell is wanted


def serves_already(environment: Environment) -> bool:
    """Whether the running Python has the packages: a container, an activated environment, ours.

    Ours also has to match the lock: it may be older than the code, or only half made.
    """
    if not all(find_spec(module) for module in environment.modules):
        return False
    ours_is_stale = bool(environment.state()) and not environment.is_ready()
    return not (environment.is_current() and ours_is_stale)


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Let one process at a time make the environment; the others wait for it.

    The kernel lets go of the lock when the process ends, however it ends, and the installer it
    started holds it too: the orphan of a killed run is waited for. Locking the folder itself
    leaves no file behind.
    """
    handle = os.open(root, os.O_RDONLY)
    os.set_inheritable(handle, True)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with steadily("Another command is making the environment; waiting for it"):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make(environment: Environment) -> None:
    """Make the environment, or bring it up to date. Raises CannotMake.

    uv is three times as fast and is tried first. pip follows when uv fails: the two read
    different settings, so a mirror may be known to one of them only.
    """
    check_can_write(environment.root)
    uv = shutil.which("uv")
    if uv:
        try:
            return make_with_uv(environment, uv)
        except CannotMake as problem:
            say(f"uv could not do it, pip is tried next. What uv met: {problem}")
    return make_with_pip(environment)


def make_with_uv(environment: Environment, uv: str) -> None:
    """Three steps with uv. Raises CannotMake."""
    if not environment.is_orderly():
        clear(environment)
        options = ["--allow-existing", "--python", own_python()]
        step(1, "an empty environment", [uv, "venv", *options, environment.folder])
    begin(environment)
    options = ["--python", str(environment.python), "--require-hashes"]
    packages = f"installing {count(environment.lock)} packages with uv"
    step(2, packages, [uv, "pip", "sync", *options, environment.lock])
    finish(environment)


def make_with_pip(environment: Environment) -> None:
    """Three steps with what Python brings along. Raises CannotMake.

    The lock is complete, so dependencies need no working out; and modules are compiled when
    they are first used, as uv leaves them too, because most of them never are.
    """
    python = str(environment.python)
    if not (environment.is_orderly() and (environment.folder / "bin" / "pip").exists()):
        check_can_make_environments()
        clear(environment)
        step(1, "an empty environment", [own_python(), "-m", "venv", environment.folder])
    begin(environment)
    install = [python, "-m", "pip", "install", "--no-deps", "--no-compile", "--no-input"]
    install += ["--disable-pip-version-check", "--retries", "2", "--require-hashes"]
    packages = f"installing {count(environment.lock)} packages with pip"
    step(2, packages, [*install, "-r", environment.lock])
    finish(environment)


def own_python() -> str:
    """The interpreter outside any environment: it outlives the `.venv` it may be running from."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def check_can_make_environments() -> None:
    """Raise CannotMake where Debian and Ubuntu ship Python without the part that makes `.venv`."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise CannotMake(
            "This Python cannot make environments: on Debian or Ubuntu run"
            " `apt install python3-venv`, then the same command again."
        )


def check_can_write(folder: Path) -> None:
    """Raise CannotMake unless something can be made in the folder."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".heard-"):
            pass
    except OSError as error:
        raise cannot_write(folder, error) from error


def clear(environment: Environment) -> None:
    """An empty `.venv` folder. Raises CannotMake when the folder can't be written."""
    try:
        if environment.folder.is_symlink() or environment.folder.is_file():
            environment.folder.unlink()
        elif environment.folder.exists():
            shutil.rmtree(environment.folder)
        environment.folder.mkdir()
    except OSError as error:
        raise cannot_write(environment.folder, error) from error
    begin(environment)


def begin(environment: Environment) -> None:
    """From here until `finish` the environment is marked as half made."""
    try:
        (environment.folder / STATE).write_text(UNFINISHED)
    except OSError as error:
        raise cannot_write(environment.folder, error) from error


def cannot_write(folder: Path, error: OSError) -> CannotMake:
    reason = (error.strerror or "unknown reason").lower()
    return CannotMake(
        f"{folder} cannot be written ({reason}): move the project to a folder of your own,"
        " or ask for the right to write there."
    )


def finish(environment: Environment) -> None:
    """Check that the packages can be imported, then write the mark of a whole environment."""
    wanted = environment.wanted()
    check = "; ".join(f"import {module}" for module in environment.modules)
    step(3, "checking it", [str(environment.python), "-c", check])
    (environment.folder / STATE).write_text(wanted)


def count(lock: Path) -> int:
    """How many packages a lock names."""
    return sum("==" in line for line in lock.read_text().splitlines() if line[:1] != "#")


def step(number: int, text: str, command: Sequence[str | Path]) -> None:
    """Run one step, with a sign of life every few seconds. Raises CannotMake when it fails.

    Only the end of the output of a failed step is looked at, to say what went wrong.
    """
    with (
        tempfile.TemporaryFile("w+", errors="replace") as output,
        steadily(f"Making the environment… ({number} of 3) {text}"),
    ):
        # close_fds off: the child shares the lock that `only_one` holds.
        code = subprocess.call(command, stdout=output, stderr=output, close_fds=False)
        if code:
            output.seek(0)
            raise explain(output.read())


def explain(output: str) -> CannotMake:
    """The plain sentence for what an installer printed before it gave up."""
    if any(mark in output for mark in WRONG_HASH):
        return CannotMake(
            "A downloaded package is not the one in the lock, so it was not installed:"
            " delete the package cache, or ask whoever keeps your package mirror."
        )
    if "No space left" in output:
        return CannotMake("The disk is full: free 500 MB and run the same command again.")
    if any(mark in output for mark in NO_NETWORK):
        return CannotMake(
            "The packages cannot be downloaded because this machine does not reach the package"
            " index: check the network, then run the same command again."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = lines[-1] if lines else "no reason given"
    return CannotMake(f"The environment could not be made: {last}.")
