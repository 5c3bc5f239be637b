"""`make demo` on a machine that has nothing yet: a real venv, a real pip, a wheel made on the spot."""

import ast
import base64
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BOOTSTRAP = PROJECT / "src/config/bootstrap.py"
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24
CLI = """
import sys
import probe
def faden(prog_name="faden"):
    print(probe.VERSION, prog_name, sys.argv[1:], __file__)
if __name__ == "__main__":
    faden("module")
"""


def wheel(folder: Path, version: str) -> str:
    """A package of one line; returns its hash."""
    info = f"faden_probe-{version}.dist-info"
    files = {
        "probe.py": f"VERSION = '{version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: faden-probe\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{name},sha256={digest(text)},{len(text)}" for name, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    path = folder / f"faden_probe-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


class Project:
    """A copy with the bootstrap, a lock file of one package, and a command line that shows what it got."""

    def __init__(self, root: Path, wheels: Path) -> None:
        self.root, self.wheels, self.venv = root, wheels, root / ".venv"
        (root / "src/config").mkdir(parents=True)
        shutil.copy(BOOTSTRAP, root / "src/config")
        shutil.copy(PROJECT / "Makefile", root)
        (root / "src/config/cli.py").write_text(CLI, encoding="utf-8")
        (root / "src/config/__init__.py").touch()
        # A neighbour that would hide a module of Python's, were our folder on the path.
        (root / "src/config/hashlib.py").write_text("raise ImportError('hidden')", encoding="utf-8")
        for name in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
            self.lock("1.0", name)

    def lock(self, version: str, name: str = "requirements.lock", sha256: str = "") -> None:
        found = sha256 or wheel(self.wheels, version)
        (self.root / name).write_text(f"faden-probe=={version} --hash=sha256:{found}\n", encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        return kept | pip | {"PYTHON": sys.executable} | more

    def bootstrap(self, *words: str, before: str = "", **how: str) -> subprocess.CompletedProcess[str]:
        """Run it as a script; `before` prepares a Python that lacks something."""
        script = self.root / "src/config/bootstrap.py"
        command = [sys.executable, str(script), *words]
        if before:
            run = f"import runpy, sys; sys.argv = {command[1:]!r}; sys.path.insert(0, '')"
            code = f"{run}\n{textwrap.dedent(before)}\nrunpy.run_path({str(script)!r}, run_name='__main__')"
            command = [sys.executable, "-c", code]
        obey = how.pop("obey", "")
        return subprocess.run(
            command,
            cwd=self.root.parent,
            env=self.environment(**how),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=obey_file_modes if obey else None,
        )

    def done(self, *words: str) -> None:
        told = self.bootstrap(*words)
        assert told.returncode == 0, told.stdout + told.stderr

    def problem(self, *words: str, **how: str) -> str:
        told = self.bootstrap(*words, **how)
        assert told.returncode == 1
        assert told.stderr.startswith("faden: ") and told.stderr.count("\n") == 1, told.stderr
        return told.stderr

    def run(self, *command: str, **how: str) -> str:
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment(**how),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout


def obey_file_modes() -> None:
    """Root without its power over file modes is stopped by them like everybody else."""
    import ctypes

    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.fixture
def fresh(tmp_path: Path) -> Project:
    wheels = tmp_path / "Räder und mehr"
    wheels.mkdir()
    return Project(tmp_path / "Ein Pfad mit Ümläuten" / "faden", wheels)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One venv with pip, made by the bootstrap itself; making one for each test would take 3 s each."""
    top = tmp_path_factory.mktemp("pattern")
    (top / "wheels").mkdir()
    made = Project(top / "Ein Pfad" / "faden", top / "wheels")
    made.done()
    return made.venv


@pytest.fixture
def project(fresh: Project, pattern: Path) -> Project:
    """A project whose `.venv` is there already: copied, so its own paths are wrong, as after a move."""
    shutil.copytree(pattern, fresh.venv, symlinks=True)
    return fresh


def work_of_children() -> float:
    """Processor time, not the clock's: other tests may keep the machine busy."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def python_of(project: Project) -> str:
    return str(project.venv / "bin" / "python")


# ---------------------------------------------------------------- a normal day


def test_makes_everything_on_a_path_with_spaces_and_umlauts(fresh: Project) -> None:
    fresh.done()
    cli = str(fresh.root / "src/config/cli.py")
    assert fresh.run(".venv/bin/faden", "demo", "two words") == f"1.0 faden ['demo', 'two words'] {cli}\n"
    assert fresh.run("/bin/sh", "-c", 'cd / && exec "$0"', str(fresh.venv / "bin/faden")).endswith(f"{cli}\n")
    assert fresh.run(python_of(fresh), "-m", "config.cli", "x") == f"1.0 module ['x'] {cli}\n"


def test_a_second_run_does_nothing_and_takes_no_time(project: Project) -> None:
    project.done("runtime")
    project.done("dev")
    before = {path: path.stat().st_mtime_ns for path in project.venv.rglob("*")}
    started = work_of_children()
    for kind in ("runtime", "dev", "runtime"):
        told = project.bootstrap(kind)
        assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert work_of_children() - started < 3 * 0.2
    assert {path: path.stat().st_mtime_ns for path in project.venv.rglob("*")} == before


def test_a_new_lock_is_installed(project: Project) -> None:
    project.done()
    project.lock("2.0")
    project.done()
    assert project.run(".venv/bin/faden").startswith("2.0 ")


def test_a_moved_project_works_again(project: Project) -> None:
    project.done()
    project.root = project.root.rename(project.root.with_name("ganz woanders"))
    project.venv = project.root / ".venv"
    project.done()
    assert project.run(".venv/bin/faden").endswith(f"{project.root}/src/config/cli.py\n")


@pytest.mark.parametrize("how", ["another version", "it is gone", "half made"])
def test_a_venv_of_another_python_is_made_anew(project: Project, how: str) -> None:
    project.done()
    if how == "another version":
        config = project.venv / "pyvenv.cfg"
        config.write_text(config.read_text().replace("version = 3.", "version = 2."))
    elif how == "it is gone":
        for link in project.venv.glob("bin/python*"):
            link.unlink()
        (project.venv / "bin/python").symlink_to("/opt/no/such/python3")
    else:
        shutil.rmtree(next(project.venv.glob("lib/*/site-packages/pip")))
    (project.venv / "left over").touch()
    project.done()
    assert not (project.venv / "left over").exists()
    assert project.run(".venv/bin/faden").startswith("1.0 ")


def test_two_at_once_do_not_disturb_each_other(fresh: Project) -> None:
    command = [sys.executable, str(fresh.root / "src/config/bootstrap.py")]
    both = [
        subprocess.Popen([*command, kind], env=fresh.environment(), stdout=subprocess.PIPE, text=True)
        for kind in ("runtime", "dev")
    ]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert fresh.run(".venv/bin/faden").startswith("1.0 ")


# ---------------------------------------------------------------- what can be wrong


def test_a_wrong_hash_is_refused(project: Project) -> None:
    project.lock("1.0")
    project.lock("3.0", sha256="0" * 64)
    wheel(project.wheels, "3.0")
    told = project.problem()
    assert "Installing requirements.lock failed" in told
    assert "DO NOT MATCH THE HASHES" in (project.venv / "pip.log").read_text(encoding="utf-8")
    project.problem()  # it was not noted as done


def test_a_package_without_a_hash_is_refused(project: Project) -> None:
    (project.root / "requirements.lock").write_text("faden-probe==5.0\n", encoding="utf-8")
    wheel(project.wheels, "5.0")
    assert "Installing requirements.lock failed" in project.problem()


def test_without_network_pips_last_line_is_shown(project: Project) -> None:
    (project.root / "requirements.lock").write_text(
        f"other==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8"
    )
    offline = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    told = project.problem(**offline)
    assert "No matching distribution found for other==1.0" in told
    assert "Is the package index reachable" in told


def test_a_python_without_ensurepip_is_told_what_to_install(fresh: Project) -> None:
    told = fresh.problem(before="sys.modules['ensurepip'] = None")
    assert "apt install python3-venv" in told
    assert not fresh.venv.exists()


def test_an_old_python_is_told_so(fresh: Project) -> None:
    """And an older Python must be able to parse the file, or it would never reach the check."""
    assert "this is 3.9.2" in fresh.problem(before="sys.version_info = (3, 9, 2, 'final', 0)")
    ast.parse(BOOTSTRAP.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_read_only_folder_is_named(fresh: Project) -> None:
    fresh.root.chmod(0o555)
    try:
        told = fresh.problem(obey="yes")
    finally:
        fresh.root.chmod(0o755)
    assert f"Cannot write in {fresh.venv} (permission denied)" in told


def test_a_file_in_the_way_is_named(fresh: Project) -> None:
    fresh.venv.write_text("not a folder", encoding="utf-8")
    assert "is not a folder: remove it" in fresh.problem()


def test_a_full_disk_is_named(fresh: Project) -> None:
    full = """
        import shutil
        shutil.disk_usage = lambda path: shutil._ntuple_diskusage(10**9, 10**9, 0)
    """
    assert "is full: free at least" in fresh.problem(before=full)
    assert not fresh.venv.exists()


def test_a_disk_that_fills_up_while_installing_is_named(project: Project) -> None:
    """pip's words are real; only the program that says them is not pip."""
    pip = next(project.venv.glob("lib/*/site-packages/pip"))
    (pip / "__main__.py").write_text(
        "import sys\nsys.exit('ERROR: Could not install packages due to an OSError: "
        "[Errno 28] No space left on device')\n",
        encoding="utf-8",
    )
    project.lock("4.0")
    assert "is full: free at least" in project.problem()


def test_a_missing_lock_or_a_wrong_word_is_named(fresh: Project) -> None:
    assert "Say `python3 src/config/bootstrap.py runtime`" in fresh.problem("everything")
    (fresh.root / "requirements.lock").unlink()
    assert "requirements.lock is missing" in fresh.problem()


# ---------------------------------------------------------------- the Makefile


def test_make_lists_its_targets_and_passes_words_on(project: Project) -> None:
    listed = project.run("make")
    for target in ("demo", "test", "pictures", "bench", "messages", "lock"):
        assert f"make {target} " in listed
    assert "1.0 module ['demo', '--port', '8123']" in project.run("make", "demo", "PORT=8123")
    assert "1.0 module ['demo', '--port', '8000']" in project.run("make", "demo")
    note = project.venv / "faden-bench.sha256"
    assert not note.exists()  # what only measuring needs comes with `make bench` alone
    assert "1.0 module ['bench', '--size', '100k']" in project.run("make", "bench", "SIZE=100k")
    assert note.exists()


def test_no_package_index_is_named_anywhere() -> None:
    for name in ("src/config/bootstrap.py", "Makefile", "requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        assert "://" not in (PROJECT / name).read_text(encoding="utf-8").replace("http://127.0.0.1", "")
