"""The first command on a bare machine. The installers are stand-ins; the last test is real."""

import ast
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cms import bootstrap

ROOT = Path(__file__).resolve().parent.parent.parent

# Stand-ins write down how they were called. A made Python is a script that succeeds.
PYTHON = """#!/bin/sh
echo "python $*" >> "$CALLS"
[ ! -e "$BROKEN_PIP" ] || { cat "$BROKEN_PIP"; exit 1; }
"""
MAKE_BIN = """
make() { mkdir -p "$1/bin"; cp "$FAKES/made-python" "$1/bin/python"; touch "$1/bin/pip"; }
"""
UV = f"""#!/bin/sh
echo "uv $*" >> "$CALLS"
[ ! -e "$BROKEN_UV" ] || {{ cat "$BROKEN_UV"; exit 1; }}
{MAKE_BIN}
for last; do :; done
[ "$1" != venv ] || make "$last"
"""
BASE_PYTHON = f"""#!/bin/sh
echo "base $*" >> "$CALLS"
{MAKE_BIN}
for last; do :; done
make "$last"
"""


class Entered(Exception):
    """The process would now have become the environment's Python."""


class Machine:
    """A project folder on a machine where Python has none of the packages."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self.fakes = folder / "fakes"
        self.calls = folder / "calls"
        self.tools: dict[str, str] = {}
        (self.root / "requirements").mkdir(parents=True)
        self.fakes.mkdir()
        self.calls.touch()
        self.lock("run").write_text("django==5.2.19 \\\n    --hash=sha256:00\n")
        self.lock("dev").write_text("django==5.2.19 \\\n    --hash=sha256:00\npytest==9\n")
        self.tool("made-python", PYTHON)
        self.tool("base-python", BASE_PYTHON)

    def lock(self, kind: str) -> Path:
        return self.root / "requirements" / f"{kind}.txt"

    def tool(self, name: str, script: str) -> None:
        path = self.fakes / name
        path.write_text(script)
        path.chmod(0o755)
        self.tools[name] = str(path)

    def has_uv(self) -> None:
        self.tool("uv", UV)

    def breaks(self, tool: str, output: str) -> None:
        (self.fakes / f"broken-{tool}").write_text(output)

    def is_mended(self) -> None:
        for broken in self.fakes.glob("broken-*"):
            broken.unlink()

    def state(self) -> str:
        return (self.root / ".venv" / bootstrap.STATE).read_text()

    def did(self) -> list[str]:
        """What was called since the last look: `uv venv`, `uv pip`, `base -m` ..."""
        lines = self.calls.read_text().splitlines()
        self.calls.write_text("")
        return [" ".join(line.split()[:2]) for line in lines]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    bare = Machine(tmp_path)

    def become(python: str, command: Sequence[str]) -> None:
        raise Entered(python, *command[1:])

    monkeypatch.setenv("PATH", f"{bare.fakes}:/usr/bin:/bin")
    monkeypatch.setenv("FAKES", str(bare.fakes))
    monkeypatch.setenv("CALLS", str(bare.calls))
    monkeypatch.setenv("BROKEN_UV", str(bare.fakes / "broken-uv"))
    monkeypatch.setenv("BROKEN_PIP", str(bare.fakes / "broken-pip"))
    monkeypatch.setattr(bootstrap, "RUN_MODULES", ("heard_not_installed",))
    monkeypatch.setattr(bootstrap, "DEV_MODULES", ("heard_not_installed",))
    monkeypatch.setattr(bootstrap, "own_python", lambda: str(bare.fakes / "base-python"))
    monkeypatch.setattr(os, "execv", become)
    # A uv of this computer's own must not be found instead of the stand-in.
    monkeypatch.setattr(shutil, "which", bare.tools.get)
    return bare


def test_a_python_that_has_the_packages_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    assert bootstrap.enter(tmp_path, ["up"]) == 0
    assert bootstrap.enter(tmp_path, ["test"]) == 0
    assert not (tmp_path / ".venv").exists()


def test_a_bare_machine_with_uv_makes_the_environment_and_starts_the_command_inside(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.has_uv()
    with pytest.raises(Entered) as entered:
        bootstrap.enter(machine.root, ["up", "--port", "9000"])
    python, *command = entered.value.args
    assert python == str(machine.root / ".venv/bin/python")
    assert command == [str(machine.root / "manage.py"), "up", "--port", "9000"]
    assert machine.did() == ["uv venv", "uv pip", "python -c"]
    assert "(2 of 3) installing 1 packages with uv" in capsys.readouterr().err


def test_without_uv_python_and_pip_do_it_and_check_every_hash(machine: Machine) -> None:
    with pytest.raises(Entered):
        bootstrap.enter(machine.root, ["up"])
    assert "--require-hashes -r" in machine.calls.read_text()
    assert machine.did() == ["base -m", "python -m", "python -c"]


def test_when_uv_fails_pip_follows(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.has_uv()
    machine.breaks("uv", "error: dns error")
    with pytest.raises(Entered):
        bootstrap.enter(machine.root, ["up"])
    assert machine.did() == ["uv venv", "base -m", "python -m", "python -c"]
    assert "pip is tried next" in capsys.readouterr().err


def test_the_second_command_makes_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    make_once(machine, "up")
    capsys.readouterr()
    make_once(machine, "up")
    assert machine.did() == []
    assert capsys.readouterr().err == ""


def test_the_tests_get_the_tools_and_the_site_then_runs_from_the_same_environment(
    machine: Machine,
) -> None:
    make_once(machine, "up")
    make_once(machine, "test")
    assert machine.did() == ["python -m", "python -c"]
    assert machine.state().startswith("dev ")
    make_once(machine, "up")
    assert machine.did() == []


def test_a_new_lock_brings_the_environment_up_to_date_with_its_tools(machine: Machine) -> None:
    make_once(machine, "test")
    machine.lock("dev").write_text("django==5.2.20\n")
    make_once(machine, "up")
    assert machine.did() == ["python -m", "python -c"]
    assert machine.state().startswith("dev ")


@pytest.mark.parametrize("left", [bootstrap.UNFINISHED, ""], ids=["half made", "without a mark"])
def test_an_environment_that_was_killed_half_way_is_made_anew(machine: Machine, left: str) -> None:
    make_once(machine, "up")
    mark = machine.root / ".venv" / bootstrap.STATE
    mark.write_text(left) if left else mark.unlink()
    stray = machine.root / ".venv" / "half-a-package"
    stray.touch()
    make_once(machine, "up")
    assert machine.did() == ["base -m", "python -m", "python -c"]
    assert not stray.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    make_once(machine, "up")
    (machine.root / ".venv/bin/python").unlink()
    make_once(machine, "up")
    assert machine.did() == ["base -m", "python -m", "python -c"]


def test_a_file_in_the_place_of_the_environment_is_replaced(machine: Machine) -> None:
    (machine.root / ".venv").write_text("?")
    make_once(machine, "up")
    assert machine.state().startswith("run ")


def test_without_the_network_one_sentence_and_the_next_run_recovers(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.breaks("pip", "NewConnectionError: [Errno -2]\nERROR: No matching distribution")
    assert bootstrap.enter(machine.root, ["up"]) == 1
    assert "does not reach the package index: check the network" in last_line(capsys)
    assert machine.state() == bootstrap.UNFINISHED
    machine.is_mended()
    machine.did()
    make_once(machine, "up")
    assert machine.did() == ["base -m", "python -m", "python -c"]


def test_debian_without_venv_is_told_what_to_install(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    assert bootstrap.enter(machine.root, ["up"]) == 1
    assert "`apt install python3-venv`" in last_line(capsys)
    assert not (machine.root / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_named(
    machine: Machine, stranger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.enter(machine.root, ["up"]) == 1
    assert f"{machine.root} cannot be written (permission denied)" in last_line(capsys)


def test_ctrl_c_ends_without_a_traceback(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "call", interrupt)
    assert bootstrap.enter(machine.root, ["up"]) == 130
    assert last_line(capsys) == "Stopped. The next run makes the environment anew."


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one in the lock"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: client error (Connect)", "does not reach the package index"),
        ("note\nERROR: needs a compiler\n", "could not be made: ERROR: needs a compiler."),
        ("", "could not be made: no reason given."),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(printed: str, sentence: str) -> None:
    assert sentence in str(bootstrap.explain(printed))


def test_two_first_commands_at_once_wait_for_each_other(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    entered = threading.Event()

    def second() -> None:
        with bootstrap.only_one(machine.root):
            entered.set()

    with bootstrap.only_one(machine.root):
        other = threading.Thread(target=second)
        other.start()
        assert not entered.wait(0.2)
    other.join(5)
    assert entered.is_set()
    assert "waiting for it" in capsys.readouterr().err


def test_a_long_step_gives_signs_of_life(capsys: pytest.CaptureFixture[str]) -> None:
    with bootstrap.steadily("Installing", every=0.01):
        threading.Event().wait(0.1)
    assert len(capsys.readouterr().err.splitlines()) > 2


def test_an_older_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (ROOT / "manage.py").read_text()
    ast.parse(source, feature_version=(3, 7))  # it can read the file that tells it
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert runpy.run_path(str(ROOT / "manage.py"))["main"]() == 1
    assert last_line(capsys) == "Heard needs Python 3.11 or newer; this is 3.9."


def test_the_first_steps_need_nothing_but_the_standard_library() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import cms.bootstrap, cms.suites"
    # -S: no installed packages; -I: no settings of this computer's.
    subprocess.run([sys.executable, "-I", "-S", "-c", f"{code}, cms.processes"], check=True)


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_the_locks_pin_every_package_by_hash_and_name_no_index(kind: str) -> None:
    lock = (ROOT / "requirements" / f"{kind}.txt").read_text()
    packages = [block for block in lock.replace("\\\n", " ").splitlines() if block]
    assert all("==" in block and "--hash=sha256:" in block for block in packages)
    assert lock.count("--") == lock.count("--hash=")
    assert "http" not in lock


def test_the_tools_lock_holds_the_same_versions_as_the_site() -> None:
    site, tools = (pins(kind) for kind in ("run", "dev"))
    assert site <= tools


@pytest.mark.machine
def test_a_fresh_copy_killed_while_installing_gets_there_at_the_second_try(tmp_path: Path) -> None:
    copy = tmp_path / "heard"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", "var", ".git", ".*_cache"))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "HEARD_VAR": str(tmp_path / "v")}
    command = [bootstrap.own_python(), str(copy / "manage.py"), "version"]
    first = subprocess.Popen(command, cwd=copy, env=environment, stderr=subprocess.PIPE, text=True)
    for line in first.stderr or ():
        if "(2 of 3)" in line:
            break
    first.kill()
    first.communicate()
    assert (copy / ".venv" / bootstrap.STATE).read_text() == bootstrap.UNFINISHED
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5.2.")


def make_once(machine: Machine, command: str) -> None:
    """Enter the environment; forget the calls of the very first time."""
    first = not (machine.root / ".venv").exists()
    with pytest.raises(Entered):
        bootstrap.enter(machine.root, [command])
    if first:
        machine.did()


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[-1]


def pins(kind: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text().splitlines()
    return {line.rstrip(" \\") for line in lines if line[:1].isalnum()}


@pytest.fixture
def stranger(machine: Machine) -> Iterator[None]:
    """Somebody who may read the project folder but not write it."""
    if os.geteuid():
        machine.root.chmod(0o555)
        yield
        machine.root.chmod(0o755)
        return
    # Root may write everywhere: step down for the length of the test.
    with tempfile.TemporaryDirectory() as open_folder:
        Path(open_folder).chmod(0o755)
        shutil.copytree(machine.root, Path(open_folder) / "project")
        machine.root = Path(open_folder) / "project"
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
