"""Who uses the server: a file of `+ pid birth`, `- pid birth` and, at its end, `closed`.

Standard library only and no relative import: the keeper loads this file as a script's neighbour.
Every change and the keeper's decision to close happen under one file lock; otherwise a process could
sign in just after the keeper has found the register empty.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PROC = Path("/proc/self").exists()
CLOSED = "closed"


def birth_of(pid: int) -> str:
    """When the process began: tells it from a later one with the same id. Empty: there is none."""
    if not PROC:
        return _alive_without_proc(pid)
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *rest = told.rpartition(")")[2].split()
    return "" if state in "ZX" else rest[18]


def _alive_without_proc(pid: int) -> str:
    """macOS has no /proc: alive or not is all there is."""
    try:
        os.kill(pid, 0)
    except OSError:
        return ""
    return "alive"


@contextmanager
def _held(register: Path) -> Iterator[IO[str]]:
    with register.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file


def open_with_me(register: Path) -> None:
    """A new register for a server about to be started by this process."""
    with _held(register) as file:
        file.truncate(0)
        file.write(_line("+"))


def sign_in(register: Path) -> bool:
    """Become a user of the running server; false when nobody living uses it, so it is about to end."""
    with _held(register) as file:
        if not _living(file.read()):
            return False
        file.write(_line("+"))
        return True


def sign_out(register: Path) -> list[int]:
    """Stop being a user; returns the others."""
    with _held(register) as file:
        others = [pid for pid in _living(file.read()) if pid != os.getpid()]
        file.write(_line("-"))
        return others


def close_if_unused(register: Path) -> bool:
    """The keeper's question: nobody left? Then nobody may sign in any more."""
    if users_of(register):  # without the lock: asked several times a second
        return False
    try:
        with _held(register) as file:
            if _living(file.read()):
                return False
            file.write(f"{CLOSED}\n")
    except OSError:
        pass  # the folder is gone or the disk is full: nobody can sign in anyway
    return True


def users_of(register: Path) -> list[int]:
    """The living processes that use the server, the starter first."""
    try:
        return _living(register.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return []


def _living(text: str) -> list[int]:
    users: dict[tuple[int, str], None] = {}
    for line in text.splitlines():
        if line == CLOSED:
            return []
        sign, pid, born = line.split()
        if sign == "+":
            users[int(pid), born] = None
        else:
            users.pop((int(pid), born), None)
    return [pid for pid, born in users if birth_of(pid) == born]


def _line(sign: str) -> str:
    return f"{sign} {os.getpid()} {birth_of(os.getpid())}\n"
