"""One embedded server: start, adopt, stop. See keeper.py for how it dies with its users."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from . import cluster, keeper, place, processes, register
from .problem import ServerProblem, last_words, logged, told_by_log, unwritable

# For a shared machine with 2 cores and 24 GB; whoever measures better passes `settings`.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "logging_collector": "off",
    "log_checkpoints": "off",
    # A refused statement and its DETAIL would quote what somebody typed about a person.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "max_wal_size": "1GB",
    "max_parallel_workers_per_gather": "1",
    "random_page_cost": "1.1",
    "jit": "off",
}
LOG_LIMIT = 5 * 1024 * 1024
LOOK_EVERY = 0.03

# The keepers this process started, by folder: a child must be waited for, whichever instance stops it.
_keepers: dict[Path, subprocess.Popen[bytes]] = {}


def free_space_of(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class EmbeddedServer:
    """The PostgreSQL of one folder. It ends with the last process that has started or adopted it."""

    def __init__(
        self,
        folder: Path,
        binaries: Path | None = None,
        *,
        settings: dict[str, str] | None = None,
        free_space: Callable[[Path], int] = free_space_of,
        elsewhere: Path = place.ELSEWHERE,
    ) -> None:
        self.folder = Path(folder).resolve()
        self.log = self.folder / "postgres.log"
        self._register = self.folder / "postgres.users"
        self._binaries = binaries
        self._settings = SETTINGS | (settings or {})
        self._free_space = free_space
        self._elsewhere = elsewhere

    @property
    def binaries(self) -> Path:
        """Where psql, pg_dump and the others are."""
        return self._binaries or place.wheel_binaries()

    @property
    def cluster(self) -> Path:
        """The data folder."""
        return place.cluster_of(self.folder)

    @property
    def owner_pid(self) -> int | None:
        """The process that keeps the server alive: its starter, after that one's end the next user."""
        users = register.users_of(self._register) if processes.postmaster_of(self.cluster) else []
        return users[0] if users else None

    def is_running(self) -> bool:
        found = processes.postmaster_of(self.cluster)
        return found is not None and found.ready

    def dsn(self, role: str, database: str = "postgres") -> str:
        """A URL over the socket, for psycopg, Django and libpq's programs."""
        data = self.cluster
        if found := processes.postmaster_of(data):
            sockets, port = found.sockets, str(found.port)
        else:
            sockets, port = str(place.sockets_of(data, place.account_for(data))), self._settings["port"]
        user, host, name = (quote(part, safe="") for part in (role, sockets, database))
        return f"postgresql://{user}@{host}:{port}/{name}"

    def start(self, timeout: float = 120) -> None:
        """Have the server running: adopt the one that runs, end what the dead left behind, else start."""
        deadline = time.monotonic() + timeout
        self._make_folder()
        while not self._adopted_or_started(deadline):
            if time.monotonic() > deadline:
                raise ServerProblem(
                    f"The database in {self.cluster} is still being started or stopped by another process "
                    f"after {timeout:.0f} s: see {self.log}, end that process and start again."
                )
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Stop using the server; it ends unless another living process uses it."""
        if self._register.exists() and register.sign_out(self._register):
            return
        if self._register.exists() or processes.postmaster_of(self.cluster):
            self._end()

    def erase(self) -> None:
        """Stop the server and remove its data for good; the log stays."""
        self.stop()
        if user := self.owner_pid:
            raise ServerProblem(f"The database in {self.folder} is used by process {user}: end that first.")
        data = self.cluster
        try:
            if data.exists():
                shutil.rmtree(data)
            if data.parent != self.folder:
                shutil.rmtree(data.parent)
                (self.folder / place.POINTER).unlink()
        except OSError as error:
            raise unwritable(data.parent, error) from error

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.log.touch(mode=0o600)  # failed statements are logged with what they contained
        except OSError as error:
            raise unwritable(self.folder, error) from error
        place.refuse_foreign(self.cluster)

    def _adopted_or_started(self, deadline: float) -> bool:
        """One try; false means: look again in a moment."""
        lock = processes.take_lock(self.folder)
        try:
            found = processes.postmaster_of(self.cluster)
            if found and found.ready and (lock is not None or register.sign_in(self._register)):
                return True  # somebody's living server, or (the lock is free) one started by hand
            if found and found.ready:
                _signal(found.pid, signal.SIGINT)  # its users are dead, its keeper too or about to end it
            if lock is None or found:
                return False
            started, known = self._launch(lock, deadline)
        finally:
            if lock is not None:
                os.close(lock)
        self._await_ready(started, known, deadline)
        return True

    def _launch(self, lock: int, deadline: float) -> tuple[subprocess.Popen[bytes], int]:
        """Start the keeper, which starts postgres; we hold the lock, so nothing else runs on this folder."""
        register.open_with_me(self._register)
        place.adopt_moved_home(self.folder)
        account = place.account_for(self.cluster)
        data = place.settle(self.folder, account, self._elsewhere)
        binaries = place.runnable(self.binaries, account, self._elsewhere)
        self._rotate_log()
        if not data.exists():
            room = self._free_space
            cluster.make(data, binaries, account, log=self.log, lock=lock, deadline=deadline, free_space=room)
        cluster.refuse_other_version(data, binaries)
        sockets = place.sockets_of(data, account)
        place.make_sockets(sockets, account)
        cluster.clear_stale(data, sockets)
        known = self.log.stat().st_size
        postgres = [str(binaries / "postgres"), "-D", str(data), *self._options(sockets)]
        if earlier := _keepers.pop(self.folder, None):
            earlier.wait()  # dead, we have its lock
        started = self._spawn(self._keeper(lock, account, sockets) + postgres, lock)
        _keepers[self.folder] = started
        return started, known

    def _keeper(self, lock: int, account: place.Account, sockets: Path) -> list[str]:
        """It runs by this Python without site packages: it must start fast and depend on nothing."""
        uid = account.uid if account.for_subprocess else 0
        words = [str(word) for word in (self._register, lock, uid, account.gid, sockets)]
        return [sys.executable, "-I", "-S", keeper.__file__, *words]

    def _options(self, sockets: Path) -> list[str]:
        """Settings on the command line: what an earlier Faden wrote into a file would outlive it."""
        quoted = '"' + str(sockets).replace('"', '""') + '"'
        settings = self._settings | {"unix_socket_directories": quoted}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _spawn(self, command: list[str], lock: int) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl-C in the terminal is for the owner, who stops things in order."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=cluster.ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(lock,),
            )

    def _rotate_log(self) -> None:
        if self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
            self.log.touch(mode=0o600)

    def _await_ready(self, started: subprocess.Popen[bytes], known: int, deadline: float) -> None:
        try:
            while not self.is_running():
                if started.poll() is not None:
                    raise told_by_log("Starting PostgreSQL", self.log, known)
                if time.monotonic() > deadline:
                    words = last_words(logged(self.log, known))
                    raise ServerProblem(f"PostgreSQL was not ready in time: {words} (see {self.log})")
                time.sleep(LOOK_EVERY)
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        """Ask, insist, force; then wait until neither postgres nor keeper is left."""
        if started := _keepers.get(self.folder):
            started.terminate()
        for signum, patience in keeper.ENDINGS:
            if found := processes.postmaster_of(self.cluster):
                _signal(found.pid, signum)
            if self._gone_within(patience):
                return
        raise ServerProblem(f"The database in {self.cluster} does not stop: see {self.log}")

    def _gone_within(self, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while not self._gone():
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_EVERY)
        return True

    def _gone(self) -> bool:
        """The lock is free and the pid file names nobody."""
        started = _keepers.get(self.folder)
        if started and started.poll() is not None:
            del _keepers[self.folder]
        lock = processes.take_lock(self.folder)
        if lock is None:
            return False
        gone = processes.postmaster_of(self.cluster) is None
        if gone:
            self._tidy()
        os.close(lock)
        return gone

    def _tidy(self) -> None:
        """Nobody uses what does not run; called with the lock, so no start is under way."""
        self._register.unlink(missing_ok=True)
        data = self.cluster
        with contextlib.suppress(OSError):
            place.sockets_of(data, place.account_for(data)).rmdir()


def _signal(pid: int, signum: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signum)
