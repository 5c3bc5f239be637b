"""The data folder: made by initdb, opened only by the major version that made it."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .place import Account
from .problem import ServerProblem, disk_full, told_by_log, unwritable

NEEDED = 300 * 1024 * 1024
# The user's own PG* variables and locale must not reach PostgreSQL: PGPORT alone would move its socket.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
ONLY_THE_SOCKET = ["--auth-local=trust", "--auth-host=reject"]


def make(
    cluster: Path,
    binaries: Path,
    account: Account,
    *,
    log: Path,
    lock: int,
    deadline: float,
    free_space: Callable[[Path], int],
) -> None:
    """Into a neighbour first, then renamed: an interrupted initdb leaves no half cluster."""
    if free_space(cluster.parent) < NEEDED:
        raise disk_full(cluster.parent)
    draft = cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    known = log.stat().st_size
    try:
        account.make_folder(draft)
        if _initdb(draft, binaries, account, log, lock, deadline) != 0:
            raise told_by_log("Making the database", log, known)
        draft.rename(cluster)
    except OSError as error:
        raise unwritable(cluster.parent, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _initdb(draft: Path, binaries: Path, account: Account, log: Path, lock: int, deadline: float) -> int:
    command = [str(binaries / "initdb"), "-D", str(draft), "--username=postgres", *ONLY_THE_SOCKET]
    command += ["--locale=C.UTF-8", "--encoding=UTF8", "--data-checksums"]
    left = max(1.0, deadline - time.monotonic())
    with log.open("ab") as out:
        try:
            return subprocess.run(
                command,
                check=False,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=left,
                pass_fds=(lock,),  # should it outlive us, the next start waits for its end
                **account.for_subprocess,
            ).returncode
        except subprocess.TimeoutExpired:
            raise ServerProblem(f"Making the database took over {left:.0f} s: see {log}") from None


def refuse_other_version(cluster: Path, binaries: Path) -> None:
    """Say which version made the cluster and which one was to open it."""
    try:
        made_by = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError:
        raise ServerProblem(
            f"{cluster} is no database of PostgreSQL: move it away and start again."
        ) from None
    ours = _major_version(binaries)
    if ours != made_by:
        raise ServerProblem(
            f"The database in {cluster} was made by PostgreSQL {made_by}, this is PostgreSQL {ours}: dump it "
            f"with version {made_by} and restore it here, or start empty with `RESET=1 make demo`."
        )


def _major_version(binaries: Path) -> str:
    command = [str(binaries / "postgres"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", told.stdout)
    if found is None:
        reason = (told.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise ServerProblem(f"{binaries / 'postgres'} does not run here ({reason}): install it again.")
    return found[1]


def clear_stale(cluster: Path, sockets: Path) -> None:
    """Leftovers of a crash: after a reboot their process id may be anybody's, and postgres would refuse."""
    for stale in (cluster / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
