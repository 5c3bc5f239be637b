"""The parent of one postgres: ends it when the last process that uses it is gone.

Run as a script of its own (standard library only), because PR_SET_PDEATHSIG follows the parent's
*thread*: a server started from a worker thread would die with that thread. This process has one thread,
so postgres may rely on it; and it watches the users as processes, whatever their threads do.
"""

import contextlib
import ctypes
import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.1
# Fast shutdown, then immediate, then by force (its children notice and follow).
ENDINGS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def dies_with(
    parent: int, *, by: signal.Signals = signal.SIGINT, uid: int = 0, gid: int = 0
) -> Callable[[], None]:
    """What a child does between fork and exec: become the account, then tie its life to `parent`."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        if uid:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
        # After setuid, which would clear it.
        if prctl and prctl(PR_SET_PDEATHSIG, by, 0, 0, 0) != 0:
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


def keep(unused: Callable[[], bool], lock: int, uid: int, gid: int, sockets: str, command: list[str]) -> int:
    """Run postgres until it ends or nobody uses it."""
    told: list[int] = []
    # Handlers, not SIG_IGN: an ignored signal would stay ignored in postgres.
    for signum in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(signum, lambda number, frame: told.append(number))
    server = subprocess.Popen(
        command,
        preexec_fn=dies_with(os.getpid(), uid=uid, gid=gid),
        pass_fds=(lock,),
        stdin=subprocess.DEVNULL,
    )
    while server.poll() is None and signal.SIGTERM not in told and not unused():
        time.sleep(LOOK_EVERY)
    end(server)
    with contextlib.suppress(OSError):
        Path(sockets).rmdir()  # before the lock goes with this process, so never the next server's
    return server.returncode or 0


def main(register: str, lock: str, uid: str, gid: str, sockets: str, *command: str) -> int:
    """Called with words only, from the command line."""
    sys.path.insert(0, str(Path(__file__).parent))
    # By name: as a script this file has neighbours, but no package to import them from.
    unused = partial(importlib.import_module("register").close_if_unused, Path(register))
    return keep(unused, int(lock), int(uid), int(gid), sockets, list(command))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
