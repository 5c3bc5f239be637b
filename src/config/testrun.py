"""`make test`: linters, a short pass on Debian's PostgreSQL 15, then the whole suite on the embedded server."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DEBIAN = Path("/usr/lib/postgresql/15/bin/postgres")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LINTERS = (
    (sys.executable, "-m", "ruff", "check", "--quiet", "."),
    # A script of its own: the path of a venv may hold spaces, so never by its shebang.
    (sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"),
    (sys.executable, "-m", "mypy", "--no-error-summary"),
)


def main(words: list[str]) -> int:
    """Exit code 0 only when everything passed; the last line is pytest's own."""
    os.chdir(PROJECT)
    _have_browser()
    if words:
        return _pytest(words)
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:  # each keeps one core busy, no more
        failed = [name for name, good in zip(_STEPS, pool.map(lambda step: step(), _STEPS.values()), strict=True) if not good]
    # A file stays with one worker: its fixtures (a filled bench, a browser) are made once, and two workers
    # filling the same scratch database would drop each other's. In conftest's order: the long files first.
    code = _pytest(["-p", "tests.progress", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"])
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    if failed:
        print(f"also failed: {', '.join(failed)} (see above)", file=sys.stderr)
    return code or (1 if failed else 0)


def _have_browser() -> None:
    """The system's Chromium; installed when root, named when not: browser tests never skip."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium for the browser tests ...", file=sys.stderr)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)  # type: ignore[call-overload]
    if not any(shutil.which(name) for name in BROWSERS):
        print("No Chromium: the browser tests will fail. Install it: apt install chromium", file=sys.stderr)


def _pytest(words: list[str], **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def _lint() -> bool:
    good = True
    for command in LINTERS:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            print(f"{' '.join(command[1:3])}:\n{done.stdout}{done.stderr}", file=sys.stderr)
            good = False
    return good


def _debian() -> bool:
    """Nothing may depend on the embedded server's version: migrations, policies, triggers on 15."""
    if not DEBIAN.exists():
        print("Debian's PostgreSQL 15 is not installed here: the second pass is left out.", file=sys.stderr)
        return True
    return _pytest(["-q", "-m", "debian"], FADEN_TEST_DEBIAN="1") == 0


def _database() -> bool:
    """The migrated database that all tests clone: made by now when the suite begins."""
    command = [sys.executable, "-m", "pytest", "-qq", "--collect-only", "tests/skeleton"]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


_STEPS = {"lint": _lint, "debian": _debian, "database": _database}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
