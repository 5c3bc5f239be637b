"""Child processes that log to a file and never outlive the demo."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from faden.outside.embedded_postgres.keeper import dies_with

PATIENCE = 10.0
# In every child's environment: by it the next demo finds what a killed one may have left.
MARK = "FADEN_DEMO_FOLDER"


class DemoProblem(Exception):
    """What is wrong with the demo and what to do about it."""


class Child:
    """One command in a session of its own: Ctrl-C reaches only the demo, which ends things in order."""

    def __init__(self, name: str, command: Sequence[str], log: Path, environment: dict[str, str]) -> None:
        self.name, self.log = name, log
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                # The demo starts its children from its only thread, so the signal comes when the demo dies.
                preexec_fn=dies_with(os.getpid(), by=signal.SIGTERM),
            )

    def finish(self) -> None:
        """Wait for a command that ends by itself."""
        try:
            self.process.wait()
        finally:
            self.end()
        if self.process.returncode:
            raise DemoProblem(self.told())

    def told(self) -> str:
        return f"`{self.name}` ended (exit code {self.process.returncode}). {self.last_words()}"

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-10:]
        return f"{self.log} says:" + ("".join(f"\n    {line}" for line in lines) or " nothing")

    def end(self) -> None:
        """Ask, then force; at last whatever of its session is left, such as a server's own workers."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def only_demo_in(folder: Path) -> Iterator[None]:
    """The lock that keeps a second demo off the folder; the kernel lets go of it however we die."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DemoProblem(
            f"Cannot write in {folder} ({reason}): make it writable for this user, or remove what is there."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.truncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode() or "unknown"
        raise DemoProblem(
            f"A demo runs on {folder} already (process {holder}): use it, or end it with `kill {holder}`."
        ) from None
    finally:
        os.close(lock)


def end_leftovers(folder: Path) -> None:
    """End what a killed demo left; called with the folder's lock, so no living demo owns them."""
    for signum in (signal.SIGTERM, signal.SIGKILL):
        for pid in _leftovers(folder):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signum)
        deadline = time.monotonic() + PATIENCE
        while _leftovers(folder) and time.monotonic() < deadline:
            time.sleep(0.05)


def _leftovers(folder: Path) -> list[int]:
    """Living processes with our mark in their environment."""
    mark = os.fsencode(f"{MARK}={folder}")
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # ended meanwhile, or another user's
            if mark in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
    return found
