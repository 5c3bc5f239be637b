"""Make `.venv` from the lock file: `python3 src/config/bootstrap.py [runtime|dev]`.

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

NEEDED = (3, 11)
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
ROOM = {"runtime": 500, "dev": 800}  # MB; measured 402 and 726
PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(PROJECT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
# Relative to site-packages: survives a moved project and needs no encoding for umlauts.
PTH = os.path.join("..", "..", "..", "..", "src") + "\n"


class Problem(Exception):
    """What is wrong and what to do, in one line."""


def main(arguments):
    """Have `.venv` as the lock says; a second run finds its note and does nothing."""
    kind = arguments[0] if arguments else "runtime"
    if sys.version_info < NEEDED:
        found = ".".join(str(number) for number in sys.version_info[:3])
        raise Problem(
            "Faden needs Python 3.11 or newer, this is {} ({}): install one (apt install python3.11 "
            "python3.11-venv) and name it, as in `make demo PYTHON=python3.11`.".format(found, sys.executable)
        )
    if kind not in LOCKS or len(arguments) > 1:
        raise Problem("Say `python3 src/config/bootstrap.py runtime` or `... dev`.")
    wanted = digest_of(os.path.join(PROJECT, LOCKS[kind]))
    if not is_done(kind, wanted):
        install(kind, wanted)


def digest_of(lock):
    try:
        with open(lock, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        raise Problem("{} is missing: fetch the project completely (git checkout).".format(lock)) from None


def is_done(kind, wanted):
    """Nothing to do: right Python, same lock, both ways in."""
    return (
        is_ours()
        and read(note_of(kind)) == wanted
        and read(os.path.join(site_packages(), "faden.pth")) == PTH
        and read(launcher_path()) == launcher()
    )


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def is_ours():
    """Made by a Python of this version that is still there (the link to it would dangle), and whole."""
    version = ""
    for line in (read(os.path.join(VENV, "pyvenv.cfg")) or "").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "version":
            version = value.strip()
    same = version.split(".")[:2] == [str(number) for number in sys.version_info[:2]]
    return same and os.path.exists(PYTHON) and os.path.isdir(os.path.join(site_packages(), "pip"))


def site_packages():
    return os.path.join(VENV, "lib", "python{}.{}".format(*sys.version_info[:2]), "site-packages")


def note_of(kind):
    return os.path.join(VENV, "faden-{}.sha256".format(kind))


def launcher_path():
    return os.path.join(VENV, "bin", "faden")


def launcher():
    """Through the shell, because a `#!` line cannot hold a path with a space. -P: not the current folder."""
    call = "from config.cli import faden; faden(prog_name='faden')"
    return '#!/bin/sh\nexec {} -P -c "{}" "$@"\n'.format(shlex.quote(PYTHON), call)


def install(kind, wanted):
    """Under a lock on the project's folder: `make demo` and `make test` may start at the same time."""
    import fcntl  # noqa: PLC0415 -- not needed when there is nothing to do

    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not is_ours():
            make_venv(kind)
        if read(note_of(kind)) != wanted:
            run_pip(kind)
        write(os.path.join(site_packages(), "faden.pth"), PTH)
        write(launcher_path(), launcher(), mode=0o755)
        write(note_of(kind), wanted)
    except OSError as error:
        raise unwritable(error) from error
    finally:
        os.close(folder)


def write(path, text, mode=0o644):
    """Whole or not at all."""
    draft = "{}.{}".format(path, os.getpid())
    with open(draft, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(draft, mode)
    os.replace(draft, path)


def unwritable(error):
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    return Problem(
        "Cannot write in {} ({}): make the folder writable for this user, or copy the project to one that is.".format(
            error.filename or VENV, os.strerror(error.errno or 0).lower()
        )
    )


def disk_full():
    return Problem("The disk with {} is full: free at least {} MB there and start again.".format(VENV, ROOM["dev"]))


def make_venv(kind):
    """A fresh `.venv`; whatever stood there was made by another Python or never finished."""
    import importlib.util  # noqa: PLC0415 -- not needed when there is nothing to do
    import shutil  # noqa: PLC0415 -- not needed when there is nothing to do
    import subprocess  # noqa: PLC0415 -- not needed when there is nothing to do

    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Problem(
            "This Python ({}) cannot make virtual environments: apt install python3-venv, "
            "then start again.".format(sys.executable)
        )
    import venv  # noqa: PLC0415 -- Debian has it in a package of its own

    if shutil.disk_usage(PROJECT).free < ROOM[kind] * 1024 * 1024:
        raise disk_full()
    if os.path.islink(VENV) or os.path.isfile(VENV):
        raise Problem("{} is not a folder: remove it and start again.".format(VENV))
    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except BaseException as error:
        shutil.rmtree(VENV, ignore_errors=True)  # half a pip would look like a whole one
        if isinstance(error, subprocess.CalledProcessError):
            words = last_line(error.output or b"ensurepip said nothing")
            raise Problem("Making {} failed: {}".format(VENV, words)) from None
        raise


def run_pip(kind):
    """Only what the lock names with its hash; wheels only, so that nothing from outside runs while installing."""
    import subprocess  # noqa: PLC0415 -- not needed when there is nothing to do

    lock = LOCKS[kind]
    print("Installing {} into .venv (once, a minute or two) ...".format(lock), flush=True)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "--quiet", "-r", lock]
    done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode == 0:
        return
    write(os.path.join(VENV, "pip.log"), done.stdout.decode("utf-8", "replace"))
    if b"No space left" in done.stdout:
        raise disk_full()
    raise Problem(
        "Installing {} failed: {} (all of it in .venv/pip.log). Is the package index reachable from here?".format(
            lock, last_line(done.stdout)
        )
    )


def last_line(output):
    """The last line that tells something; of pip's errors the last one."""
    lines = [line.strip() for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it said nothing"])[-1]


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Problem as problem:
        sys.exit("faden: {}".format(problem))
    except KeyboardInterrupt:
        sys.exit(130)
