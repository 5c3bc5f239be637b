"""Which process serves a cluster, which process owns that server: read from files, proved by the kernel."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from .problem import unwritable

PROC = Path("/proc/self").exists()


@dataclass(frozen=True)
class Postmaster:
    """A living server process, from its postmaster.pid."""

    pid: int
    port: int
    sockets: str
    ready: bool


def postmaster_of(cluster: Path) -> Postmaster | None:
    """The living server of this cluster; a pid file alone proves nothing."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid, port, sockets = int(lines[0]), int(lines[3]), lines[4].strip()
    except (OSError, ValueError, IndexError):
        return None
    if not _serves(pid, cluster):
        return None
    return Postmaster(pid, port, sockets, ready=len(lines) > 7 and lines[7].strip() == "ready")


def _serves(pid: int, cluster: Path) -> bool:
    """Whether that process is this cluster's server: a postmaster works in its data folder."""
    if not PROC:
        return bool(birth_of(pid))
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == cluster.resolve()
    except PermissionError:  # root in a container may not look into another account's process
        return _name_of(pid) == "postgres"
    except OSError:
        return False


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


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


def lock_file(folder: Path) -> Path:
    return folder / "postgres.lock"


def take_lock(folder: Path) -> int | None:
    """The folder's lock, or None while a server (or its start) holds it.

    Keeper, initdb and postgres inherit the lock's file description. So whoever gets the lock knows that
    nothing started here is alive, even where process ids have been handed out anew.
    """
    try:
        lock = os.open(lock_file(folder), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def note_owner(lock: int) -> None:
    """Write down that this process is the one to start the server."""
    noted = json.dumps({"pid": os.getpid(), "born": birth_of(os.getpid())})
    os.truncate(lock, 0)
    os.pwrite(lock, noted.encode(), 0)


def owner_of(folder: Path) -> int | None:
    """The process that started the server, while it lives."""
    try:
        noted = json.loads(lock_file(folder).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return noted["pid"] if noted["born"] == birth_of(noted["pid"]) else None
