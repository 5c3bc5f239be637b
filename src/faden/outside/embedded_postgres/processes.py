"""Which process serves a cluster: read from files, proved by the kernel."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from .problem import unwritable
from .register import PROC, birth_of


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
        return Path(f"/proc/{pid}/cwd").readlink() == cluster.resolve()
    except PermissionError:  # root in a container may not look into another account's process
        return _name_of(pid) == "postgres"
    except OSError:
        return False


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


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
