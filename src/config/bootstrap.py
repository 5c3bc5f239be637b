"""Make `.venv` from the lock file: `python3 src/config/bootstrap.py [runtime|dev|bench]`.

Runs under the system's python3 before anything is installed: standard library only, and no syntax
that an old Python could not even parse, because it has to say that it is too old.
"""

import sys

if __name__ == "__main__":
    sys.path.pop(0)  # our own folder: a neighbour named like a module of Python would hide it

import errno
import hashlib
import os
import shlex
from pathlib import Path

NEEDED = (3, 11)
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock", "bench": "requirements-bench.lock"}
ROOM = {"runtime": 500, "dev": 800, "bench": 750}  # MB; measured 402, 726 and 647
PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
# Relative to site-packages: survives a moved project and needs no encoding for umlauts.
PTH = "../../../../src\n"


class Problem(Exception):
    """What is wrong and what to do, in one line."""


def main(arguments: "list[str]") -> None:
    """Have `.venv` as the lock says; a second run finds its note and does nothing."""
    kind = arguments[0] if arguments else "runtime"
    refuse_old_python()
    if kind not in LOCKS or len(arguments) > 1:
        raise Problem("Say `python3 src/config/bootstrap.py runtime`, `... dev` or `... bench`.")
    wanted = digest_of(PROJECT / LOCKS[kind])
    if not is_done(kind, wanted):
        install(kind, wanted)


def refuse_old_python() -> None:
    if sys.version_info >= NEEDED:
        return
    found = ".".join(str(number) for number in sys.version_info[:3])
    raise Problem(
        f"Faden needs Python 3.11 or newer, this is {found} ({sys.executable}): install one "
        "(apt install python3.11 python3.11-venv) and name it: make demo PYTHON=python3.11"
    )


def digest_of(lock: Path) -> str:
    try:
        return hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError:
        raise Problem(f"{lock} is missing: fetch the project completely (git checkout).") from None


def is_done(kind: str, wanted: str) -> bool:
    """Nothing to do: right Python, same lock, both ways in."""
    return (
        is_ours()
        and read(note_of(kind)) == wanted
        and read(site_packages() / "faden.pth") == PTH
        and read(VENV / "bin" / "faden") == launcher()
    )


def read(path: Path) -> "str | None":
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def is_ours() -> bool:
    """Made by a Python of this version that is still there (else the link to it dangles), and whole."""
    version = ""
    for line in (read(VENV / "pyvenv.cfg") or "").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "version":
            version = value.strip()
    same = version.split(".")[:2] == [str(number) for number in sys.version_info[:2]]
    return same and PYTHON.exists() and (site_packages() / "pip").is_dir()


def site_packages() -> Path:
    major, minor = sys.version_info[:2]
    return VENV / "lib" / f"python{major}.{minor}" / "site-packages"


def note_of(kind: str) -> Path:
    return VENV / f"faden-{kind}.sha256"


def launcher() -> str:
    """Through the shell, because a `#!` line cannot hold a path with a space. -P: not the current folder."""
    call = "from config.cli import faden; faden(prog_name='faden')"
    return f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -c "{call}" "$@"\n'


def install(kind: str, wanted: str) -> None:
    """Under a lock on the project's folder: `make demo` and `make test` may start at the same time."""
    import fcntl  # noqa: PLC0415 -- slow import

    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not is_ours():
            make_venv(kind)
        if read(note_of(kind)) != wanted:
            run_pip(kind)
        write(site_packages() / "faden.pth", PTH)
        write(VENV / "bin" / "faden", launcher(), mode=0o755)
        write(note_of(kind), wanted)
    except OSError as error:
        raise unwritable(error) from error
    finally:
        os.close(folder)


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(mode)
    draft.replace(path)


def unwritable(error: OSError) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    reason = os.strerror(error.errno or 0).lower()
    return Problem(
        f"Cannot write in {error.filename or VENV} ({reason}): "
        "make the project's folder writable for this user, or copy the project to one that is."
    )


def disk_full() -> Problem:
    return Problem(f"The disk with {VENV} is full: free at least {ROOM['dev']} MB there and start again.")


def make_venv(kind: str) -> None:
    """A fresh `.venv`; whatever stood there was made by another Python or never finished."""
    import importlib.util  # noqa: PLC0415 -- slow import
    import shutil  # noqa: PLC0415 -- slow import
    import subprocess  # noqa: PLC0415 -- slow import

    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Problem(
            f"This Python ({sys.executable}) cannot make virtual environments: "
            "apt install python3-venv, then start again."
        )
    import venv  # noqa: PLC0415 -- slow import

    if VENV.is_symlink() or VENV.is_file():
        raise Problem(f"{VENV} is not a folder: remove it and start again.")
    if VENV.is_dir():
        shutil.rmtree(VENV)
    if shutil.disk_usage(PROJECT).free < ROOM[kind] * 1024 * 1024:
        raise disk_full()
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except BaseException as error:
        shutil.rmtree(VENV, ignore_errors=True)  # half a pip would look like a whole one
        if isinstance(error, subprocess.CalledProcessError):
            words = last_line(error.output or b"ensurepip said nothing")
            raise Problem(f"Making {VENV} failed: {words}") from None
        raise


def run_pip(kind: str) -> None:
    """What the lock names, by its hash; wheels only, so that nothing fetched runs while installing."""
    import subprocess  # noqa: PLC0415 -- slow import

    lock = LOCKS[kind]
    print(f"Installing {lock} into .venv (once, a minute or two) ...", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "--quiet", "-r", lock]
    done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode == 0:
        return
    if b"No space left" in done.stdout:
        raise disk_full()
    write(VENV / "pip.log", done.stdout.decode("utf-8", "replace"))
    raise Problem(
        f"Installing {lock} failed: {last_line(done.stdout)} "
        "(more in .venv/pip.log). Is the package index reachable from here? Then start again."
    )


def last_line(output: bytes) -> str:
    """The last line that tells something; of pip's errors the last one."""
    lines = [line.strip() for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it said nothing"])[-1]


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Problem as problem:
        sys.exit(f"faden: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
