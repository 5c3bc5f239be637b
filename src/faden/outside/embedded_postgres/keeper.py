"""The parent of one postgres: ends it when the process that asked for it is gone.

Run as a script of its own (standard library only), because PR_SET_PDEATHSIG follows the parent's
*thread*: a server started from a worker thread would die with that thread. This process has one thread,
so postgres may rely on it; and it watches its own parent as a process, whatever its threads do.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.1
# Fast shutdown, then immediate, then by force (its children notice and follow).
ENDINGS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def dies_with(parent: int, uid: int, gid: int) -> Callable[[], None]:
    """What the child does between fork and exec: become the account, then tie its life to `parent`."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        if uid:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
        # After setuid, which would clear it.
        if prctl and prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0) != 0:
            os._exit(71)
        if os.getppid() != parent:
            os._exit(72)

    return prepare


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop postgres, in the kindest way that works."""
    for signum, patience in ENDINGS:
        if server.poll() is None:
            server.send_signal(signum)
        try:
            server.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue


def keep(owner: int, lock: int, uid: int, gid: int, sockets: str, command: list[str]) -> int:
    """Run postgres until it ends or `owner` is gone."""
    told: list[int] = []
    # Handlers, not SIG_IGN: an ignored signal would stay ignored in postgres.
    for signum in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(signum, lambda number, frame: told.append(number))
    server = subprocess.Popen(
        command, preexec_fn=dies_with(os.getpid(), uid, gid), pass_fds=(lock,), stdin=subprocess.DEVNULL
    )
    while server.poll() is None and os.getppid() == owner and signal.SIGTERM not in told:
        time.sleep(LOOK_EVERY)
    end(server)
    try:
        os.rmdir(sockets)  # before the lock goes with this process, so never the next server's
    except OSError:
        pass
    return server.returncode or 0


if __name__ == "__main__":
    owner, lock, uid, gid = (int(number) for number in sys.argv[1:5])
    sys.exit(keep(owner, lock, uid, gid, sys.argv[5], sys.argv[6:]))
