"""`faden demo`: database, migrations, invented people, web server and worker, which all end together."""

import contextlib
import errno
import http.client
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from config import embedded
from config.children import MARK, Child, DemoProblem, end_leftovers, only_demo_in
from faden.outside.embedded_postgres import EmbeddedServer, ServerProblem

FADEN = (sys.executable, "-m", "config.cli")
READY_WITHIN = 90.0
FREED_WITHIN = 3.0
STOP_AGAIN = 0.5
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Commands:
    """What the demo runs; tests put tiny programs here."""

    keys: tuple[str, ...] = (*FADEN, "keys", "new")
    migrate: tuple[str, ...] = (*FADEN, "migrate")
    seed: tuple[str, ...] = (*FADEN, "seed")
    serve: tuple[str, ...] = (*FADEN, "serve")
    worker: tuple[str, ...] = (*FADEN, "worker")
    accounts: tuple[str, ...] = (*FADEN, "accounts")


class Stopped(BaseException):
    """Ctrl-C, a polite kill, or the terminal was closed."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.exit_code = 130 if signum == signal.SIGINT else 0


def run(port: int, reset: bool, *, folder: Path | None = None, commands: Commands | None = None) -> int:
    """Run the demo until somebody ends it; returns the exit code."""
    place = (folder or demo_folder()).resolve()
    try:
        need_port(port, place)
        with only_demo_in(place):
            return Demo(port, place, commands or Commands()).run(reset)
    except DemoProblem as problem:
        say(f"faden demo: {problem}", sys.stderr)
        return 1


def demo_folder() -> Path:
    """`.faden` beside the project's Makefile; of an installed package in the current folder."""
    project = Path(__file__).resolve().parents[2]
    return (project if (project / "Makefile").is_file() else Path.cwd()) / ".faden"


def data_of(server: EmbeddedServer, folder: Path) -> dict[str, str]:
    """The settings by which a program finds a demo's database and keys."""
    return {
        "FADEN_DATABASE_URL": server.dsn("faden_app", "faden"),
        "FADEN_OWNER_DATABASE_URL": server.dsn("faden_owner", "faden"),
        "FADEN_BACKUP_DATABASE_URL": server.dsn("faden_backup", "faden"),
        "FADEN_FOLDER": str(folder),
    }


def running_here() -> dict[str, str]:
    """The same for the demo of this folder, while it runs; else nothing."""
    folder = demo_folder().resolve()
    server = EmbeddedServer(folder)
    return data_of(server, folder) if server.is_running() else {}


def say(words: str, to: object = None) -> None:
    """Print, if there still is a terminal: without one the demo has to end its children all the same."""
    with contextlib.suppress(OSError, ValueError):
        print(words, file=to or sys.stdout, flush=True)  # type: ignore[arg-type]


def need_port(port: int, folder: Path) -> None:
    """Before anything else: is the port free, or at least held only by what a killed demo left?"""
    if port_is_free(port):
        return
    if (folder / "demo.lock").exists():
        with contextlib.suppress(DemoProblem), only_demo_in(folder):
            end_leftovers(folder)
            # The kernel takes a killed process's memory, and with it our mark, before it closes its sockets.
            deadline = time.monotonic() + FREED_WITHIN
            while not port_is_free(port) and time.monotonic() < deadline:
                time.sleep(LOOK_EVERY)
    if not port_is_free(port):
        raise DemoProblem(f"Port {port} is taken by another program: choose another one, PORT=8123 make demo")


def port_is_free(port: int) -> bool:
    """Whether the web server could listen there; a port that was just closed counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                return False
            raise DemoProblem(
                f"Port {port} cannot be used ({error}): choose one from 1024 to 65535, PORT=8123 make demo"
            ) from error
    return True


class Demo:
    """One run."""

    def __init__(self, port: int, folder: Path, commands: Commands) -> None:
        self.port, self.folder, self.commands = port, folder, commands
        self.server = EmbeddedServer(folder)
        self.stamp = folder / "demo.json"
        self.children: list[Child] = []
        self.terminal = os.isatty(0)
        self.began = time.monotonic()

    def run(self, reset: bool) -> int:
        on_signals(stop)
        try:
            self.start_all(reset)
            self.watch()
        except Stopped as stopped:
            say("\nEnding web server, worker and database ...")
            return stopped.exit_code
        except (DemoProblem, ServerProblem, OSError) as problem:
            say(f"faden demo: {problem}", sys.stderr)
            return 1
        except psycopg.Error as problem:
            say(f"faden demo: the database said: {' '.join(str(problem).split())}", sys.stderr)
            return 1
        finally:
            on_signals(signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.end_all()

    def start_all(self, reset: bool) -> None:
        end_leftovers(self.folder)
        (self.folder / "log").mkdir(exist_ok=True)
        if reset:
            self.server.erase()
            self.stamp.unlink(missing_ok=True)
        self.server.start()
        embedded.prepare_database(self.server)
        if not (self.folder / "keys.json").exists():
            self.child("keys", self.commands.keys).finish()
        self.migrate()
        self.seed()
        self.children.append(self.child("web", (*self.commands.serve, "--port", str(self.port))))
        self.children.append(self.child("worker", self.commands.worker))
        self.await_ready()
        took = time.monotonic() - self.began
        say(f"\nFaden is ready after {took:.1f} s: http://127.0.0.1:{self.port}/   (Ctrl-C ends it)\n")
        self.show_accounts()

    def migrate(self) -> None:
        """Skipped only if source, packages and the applied migrations are those of the last success."""
        source = embedded.source_fingerprint()
        if self.stamped("migrated") == [source, self.database_state()]:
            return
        say("Bringing the database to this version ...")
        self.child("migrate", self.commands.migrate).finish()
        self.note("migrated", [source, self.database_state()])

    def database_state(self) -> str:
        return f"{embedded.identity(self.server)} {embedded.applied_migrations(self.server)}"

    def seed(self) -> None:
        """Once for each database; noted only after success, and harmless to repeat."""
        identity = embedded.identity(self.server)
        if self.stamped("seeded") == identity:
            return
        say("Inventing services, staff and people (only this time) ...")
        self.child("seed", self.commands.seed).finish()
        self.note("seeded", identity)

    def stamped(self, what: str) -> object:
        try:
            return json.loads(self.stamp.read_text(encoding="utf-8")).get(what)
        except (OSError, ValueError, AttributeError):
            return None

    def note(self, what: str, value: object) -> None:
        """Whole or not at all: a torn stamp would at worst repeat work."""
        known = {name: self.stamped(name) for name in ("migrated", "seeded")}
        draft = self.stamp.with_suffix(".new")
        draft.write_text(json.dumps(known | {what: value}), encoding="utf-8")
        draft.replace(self.stamp)

    def child(self, name: str, command: tuple[str, ...]) -> Child:
        return Child(name, command, self.folder / "log" / f"{name}.log", self.environment())

    def environment(self) -> dict[str, str]:
        return os.environ | data_of(self.server, self.folder) | {
            "FADEN_DEMO": "1",
            "FADEN_PORT": str(self.port),
            # Whatever this machine is set up for: a demo sends no mail and asks no identity provider.
            "FADEN_MAIL_URL": "console://",
            "FADEN_HTTPS": "0",
            "FADEN_OIDC": "",
            "FADEN_SAML": "",
            "PYTHONUNBUFFERED": "1",
            MARK: str(self.folder),
        }  # fmt: skip

    def await_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not answers_ready(self.port):
            self.look_after()
            if time.monotonic() > deadline:
                web = self.children[0]
                raise DemoProblem(f"`web` is not ready after {READY_WITHIN:.0f} s. {web.last_words()}")
            time.sleep(LOOK_EVERY)

    def look_after(self) -> None:
        """Has anything ended by itself, or is the terminal gone?"""
        for child in self.children:
            if child.process.poll() is not None:
                raise DemoProblem(child.told())
        if not self.server.is_running():
            raise DemoProblem(f"`database` ended: see {self.server.log}")
        if self.terminal and hung_up():
            raise Stopped(signal.SIGHUP)

    def watch(self) -> NoReturn:
        while True:
            self.look_after()
            time.sleep(3 * LOOK_EVERY)

    def show_accounts(self) -> None:
        """What it prints is for the person, not for a log; without it the demo runs on."""
        try:
            shown = self.child("accounts", self.commands.accounts)
            shown.finish()
            say(shown.log.read_text(encoding="utf-8", errors="replace").rstrip())
        except DemoProblem as problem:
            say(f"faden demo: {problem}", sys.stderr)

    def end_all(self) -> None:
        """Web server and worker first: nobody is to meet a missing database."""
        for child in self.children:
            child.end()
        with contextlib.suppress(ServerProblem):
            self.server.stop()


def answers_ready(port: int) -> bool:
    """Whether /readyz says 200; asked directly, since a proxy in the environment is not for us."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def hung_up() -> bool:
    """Whether the terminal was closed: the kernel tells that to `make`, which keeps it to itself."""
    terminal = select.poll()
    terminal.register(0, 0)
    return any(events & select.POLLHUP for _, events in terminal.poll(0))


def stop(signum: int, frame: FrameType | None) -> None:
    """Raised until it is taken: where Python swallows it (in a hook of fork, in a `__del__`) one Ctrl-C would be lost."""
    signal.signal(signal.SIGALRM, lambda _alarm, where: stop(signum, where))
    signal.setitimer(signal.ITIMER_REAL, STOP_AGAIN)
    raise Stopped(signum)


def on_signals(react: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signum != signal.SIGHUP or signal.getsignal(signum) != signal.SIG_IGN:  # else started by nohup
            signal.signal(signum, react)
