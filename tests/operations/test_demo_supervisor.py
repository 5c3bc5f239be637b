"""`faden demo` with tiny programs in place of Faden's: started, killed and looked after for real.

The source is copied first: the demo migrates again when any file of it changes, and it must not be
this project's own `.faden` that is used.
"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests import databases

from config import demo
from faden.outside.embedded_postgres import EmbeddedServer

PROJECT = Path(__file__).resolve().parents[2]
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24

# Each program tells `calls` what it did; how it behaves comes from the environment.
PROGRAM = """
import http.server, os, pathlib, signal, sys, time
import psycopg
name, folder = sys.argv[1], pathlib.Path(os.environ["FADEN_FOLDER"])
def tell(words):
    with (folder.parent / "calls").open("a") as calls:
        calls.write(words + "\\n")
def ended(*_):
    with psycopg.connect(os.environ["FADEN_DATABASE_URL"]) as connection:
        tell(f"{name} ended with {connection.execute('SELECT current_user').fetchone()[0]}")
    sys.exit()
signal.signal(signal.SIGTERM, signal.SIG_IGN if os.environ.get("STUBBORN") == name else ended)
tell(name)
print(f"{name} has famous last words", flush=True)
if os.environ.get("FAILS") == name:
    sys.exit(3)
if name == "keys":
    (folder / "keys.json").touch()
if name == "migrate":
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"]) as connection:
        columns = "id int, app text, name text, applied text"
        connection.execute(f"CREATE TABLE IF NOT EXISTS django_migrations ({columns})")
        connection.execute("INSERT INTO django_migrations VALUES (1, 'a', '0001', now()::text)")
if name == "accounts":
    print("amal@example.org / geheim")
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404); self.end_headers()
if name == "web":
    if os.environ.get("STUBBORN") == name and os.fork() == 0:
        time.sleep(600)
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Ready).serve_forever()
if name == "worker":
    time.sleep(600)
"""

DEMO = """
import sys
from config import children, demo
from pathlib import Path
children.PATIENCE = 1.0
program = str(Path(demo.__file__).with_name("program.py"))
names = {name: name for name in ("keys", "migrate", "seed", "worker", "accounts")} | {"serve": "web"}
commands = demo.Commands(**{key: (sys.executable, program, name) for key, name in names.items()})
sys.exit(demo.run(int(sys.argv[1]), "reset" in sys.argv, commands=commands))
"""


class Place:
    """A project of its own, on a path with a space and umlauts."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / ".faden"
        source = root / "src"
        config, embedded = source / "config", source / "faden" / "outside" / "embedded_postgres"
        shutil.copytree(PROJECT / "src/faden/outside/embedded_postgres", embedded)
        config.mkdir()
        for name in ("__init__.py", "children.py", "demo.py", "embedded.py", "roles.sql"):
            shutil.copy(PROJECT / "src/config" / name, config)
        for package in (source / "faden", source / "faden" / "outside"):
            (package / "__init__.py").touch()
        (config / "program.py").write_text(PROGRAM, encoding="utf-8")
        (root / "Makefile").touch()
        self.running: list[subprocess.Popen[str]] = []

    def demo(
        self, port: int, *words: str, stdin: int = subprocess.DEVNULL, ignoring: int = 0, **how: str
    ) -> subprocess.Popen[str]:
        def prepare() -> None:
            if "obey" in words:
                obey_file_modes()
            if ignoring:
                signal.signal(ignoring, signal.SIG_IGN)

        started = subprocess.Popen(
            [sys.executable, "-c", DEMO, str(port), *words],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(self.root / "src")} | how,
            text=True,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,
        )
        self.running.append(started)
        return started

    def calls(self) -> list[str]:
        path = self.root / "calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def left(self) -> list[str]:
        """Whatever process still has to do with this folder: its command line or its environment says so."""
        mark, found = os.fsencode(self.folder), []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                told = (process / "cmdline").read_bytes()
                if mark in told or mark in (process / "environ").read_bytes():
                    found.append(told.replace(b"\0", b" ").decode())
        return found

    def server(self) -> EmbeddedServer:
        return EmbeddedServer(self.folder)


@pytest.fixture
def place() -> Iterator[Place]:
    top = Path(tempfile.mkdtemp(prefix="faden demo ", dir=databases.in_memory()))
    top.chmod(0o755)
    root = top / "Ein Pfad mit Ümläuten"
    root.mkdir()
    made = Place(root)
    yield made
    for process in made.running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
    assert eventually(lambda: not made.left())
    shutil.rmtree(top)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def obey_file_modes() -> None:
    """Root without its power over file modes is stopped by them like everybody else."""
    import ctypes

    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def eventually(true: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """What it printed until the line with these words."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"no `{words}` in:\n{said}")


def ready(process: subprocess.Popen[str]) -> str:
    return wait_for(process, "amal@example.org")


def end(process: subprocess.Popen[str], signum: int = signal.SIGINT) -> int:
    process.send_signal(signum)
    process.communicate(timeout=60)
    return process.returncode


def refused(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    return said


# ---------------------------------------------------------------- a normal day


def test_starts_everything_and_says_where(place: Place, port: int) -> None:
    demo = place.demo(port)
    said = ready(demo)
    assert f"http://127.0.0.1:{port}/" in said and "Faden is ready after" in said
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()
    assert place.calls()[:3] == ["keys", "migrate", "seed"]
    assert "famous last words" in (place.folder / "log" / "web.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)])
def test_ends_in_order_and_leaves_nothing(place: Place, port: int, signum: int, code: int) -> None:
    """Web, worker, database: each of the first two still reaches the database when it ends."""
    demo = place.demo(port)
    ready(demo)
    assert end(demo, signum) == code
    assert place.calls()[-2:] == ["web ended with faden_app", "worker ended with faden_app"]
    assert place.left() == []


def test_ctrl_c_twice_still_ends_in_order(place: Place, port: int) -> None:
    demo = place.demo(port)
    ready(demo)
    demo.send_signal(signal.SIGINT)
    assert end(demo) == 130
    assert len(place.calls()) == 8 and place.left() == []


def test_ctrl_c_while_still_starting(place: Place, port: int) -> None:
    demo = place.demo(port)
    wait_for(demo, "Bringing the database")
    assert end(demo) == 130
    assert place.left() == []


def test_ctrl_c_where_python_swallows_it_comes_again() -> None:
    program = """
import os, signal, time
from config import demo

class Ends:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)

demo.on_signals(demo.stop)
Ends()
try:
    time.sleep(20)
except demo.Stopped as stopped:
    print("taken", stopped.exit_code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert "Exception ignored in" in done.stderr and done.stdout == "taken 130\n", done.stderr


def test_a_closed_terminal_ends_it_even_below_make(place: Place, port: int) -> None:
    """The kernel sends SIGHUP to the session's first process only, and `make` does not pass it on."""
    ours, theirs = os.openpty()
    demo = place.demo(port, stdin=theirs)
    os.close(theirs)
    ready(demo)
    assert demo.stdout
    demo.stdout.close()  # and nothing can be printed any more
    os.close(ours)
    assert demo.wait(20) == 0
    assert place.left() == []


def test_nohup_is_respected(place: Place, port: int) -> None:
    demo = place.demo(port, ignoring=signal.SIGHUP)
    ready(demo)
    demo.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert demo.poll() is None
    assert end(demo, signal.SIGTERM) == 0


def test_a_second_start_is_quick_and_repeats_nothing(place: Place, port: int) -> None:
    first = place.demo(port)
    ready(first)
    end(first)
    before = time.monotonic()
    second = place.demo(port)
    ready(second)
    assert time.monotonic() - before < 5
    assert [place.calls().count(name) for name in ("keys", "migrate", "seed")] == [1, 1, 1]
    assert (place.folder / "log" / "web.log.1").exists()


@pytest.mark.parametrize("changed", ["source", "database", "neither, but it failed"])
def test_migrates_again_when_anything_changed(place: Place, port: int, changed: str) -> None:
    first = place.demo(port, FAILS="migrate" if changed.startswith("neither") else "")
    wait_for(first, "amal@" if not changed.startswith("neither") else "`migrate` ended (exit code 3)")
    if changed == "database":
        with psycopg.connect(place.server().dsn("postgres", "faden")) as connection:
            connection.execute("UPDATE django_migrations SET applied = 'after a restore'")
    end(first)
    if changed == "source":
        (place.root / "src/faden/rules.sql").write_text("-- new", encoding="utf-8")
    ready(place.demo(port))
    assert place.calls().count("migrate") == 2
    assert place.calls().count("seed") == 1


def test_reset_begins_anew(place: Place, port: int) -> None:
    first = place.demo(port)
    ready(first)
    with psycopg.connect(place.server().dsn("postgres", "faden")) as connection:
        connection.execute("CREATE TABLE old (n int)")
    end(first)
    ready(place.demo(port, "reset"))
    with psycopg.connect(place.server().dsn("postgres", "faden")) as connection:
        assert connection.execute("SELECT to_regclass('old')").fetchone() == (None,)
    assert place.calls().count("migrate") == place.calls().count("seed") == 2


# ---------------------------------------------------------------- a bad day


@pytest.mark.parametrize("stubborn", ["", "web"])
def test_kill_9_leaves_nothing_or_the_next_start_ends_it(place: Place, port: int, stubborn: str) -> None:
    """The stubborn web server ignores SIGTERM, has a child of its own, and keeps the port."""
    demo = place.demo(port, STUBBORN=stubborn)
    ready(demo)
    demo.kill()
    demo.communicate()
    if not stubborn:
        assert eventually(lambda: not place.left())
    again = place.demo(port)
    ready(again)
    assert end(again) == 130
    assert place.left() == []


def test_a_port_that_a_killed_demo_closes_a_moment_later_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "demo.lock").touch()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        closing = threading.Timer(0.4, held.close)
        closing.start()
        demo.need_port(held.getsockname()[1], tmp_path)
        closing.join()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_child_that_ends_by_itself_is_named_with_its_last_words(place: Place, port: int, name: str) -> None:
    said = refused(place.demo(port, FAILS=name))
    assert f"`{name}` ended (exit code 3)" in said
    assert f"{name} has famous last words" in said
    assert place.left() == []


def test_a_database_that_ends_is_named(place: Place, port: int) -> None:
    demo = place.demo(port)
    ready(demo)
    os.kill(int((place.server().cluster / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    said = refused(demo)
    assert "`database` ended" in said
    assert place.left() == []


def test_a_failed_migration_stops_before_the_seed(place: Place, port: int) -> None:
    said = refused(place.demo(port, FAILS="migrate"))
    assert "`migrate` ended (exit code 3)" in said
    assert place.calls() == ["keys", "migrate"] and place.left() == []


def test_a_taken_port_is_named_before_anything_is_touched(place: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        said = refused(place.demo(taken))
    assert said == (
        f"faden demo: Port {taken} is taken by another program: choose another one, PORT=8123 make demo\n"
    )
    assert not place.folder.exists()


def test_an_impossible_port_is_one_line(place: Place) -> None:
    assert "Port 70000 cannot be used" in refused(place.demo(70000))


def test_two_demos_on_one_folder_are_one_too_many(place: Place, port: int) -> None:
    first = place.demo(port)
    ready(first)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        another = probe.getsockname()[1]
    said = refused(place.demo(another))
    assert f"already (process {first.pid})" in said and said.count("\n") == 1
    assert first.poll() is None and place.server().is_running()


def test_a_folder_that_cannot_be_written_is_one_line(place: Place, port: int) -> None:
    place.folder.mkdir()
    place.folder.chmod(0o555)
    said = refused(place.demo(port, "obey"))
    assert said.startswith(f"faden demo: Cannot write in {place.folder} (permission denied)")
    place.folder.chmod(0o755)
    place.folder.rmdir()
    place.folder.write_text("a file in the way", encoding="utf-8")
    said = refused(place.demo(port))
    assert said.startswith(f"faden demo: Cannot write in {place.folder} (") and said.count("\n") == 1


def test_an_installed_package_keeps_its_demo_where_it_is_called(place: Place, port: int) -> None:
    (place.root / "Makefile").unlink()
    elsewhere = place.root / "woanders"
    elsewhere.mkdir()
    code = textwrap.dedent("""
        from config.demo import demo_folder
        print(demo_folder())
    """)
    environment = os.environ | {"PYTHONPATH": str(place.root / "src")}
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(elsewhere / ".faden")
