"""What `make test` says while it runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest

@pytest.mark.parametrize("n", range(40))
def test_a(n):
    assert n != 30

def test_left_out():
    pytest.skip("not today")
"""


@pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n", "2")], ids=["alone", "two"])
def test_a_line_for_each_twentieth_and_each_failure_at_once(tmp_path, workers):
    (tmp_path / "test_some.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "tests.progress", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={tmp_path}", *workers]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([*command, str(tmp_path)], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    shares = [line.split(",")[0] for line in lines if re.fullmatch(r" *\d+ %, \d+ s, \d failed", line)]
    assert shares == [f"{share:3} %" for share in range(5, 101, 5)], done.stdout + done.stderr
    assert sum(line.endswith("test_a[30] (call)") and line.startswith("FAILED ") for line in lines) == 1
    told = next(n for n, line in enumerate(lines) if line.endswith("test_a[30] (call)"))
    assert told < lines.index(next(line for line in lines if line.startswith("100 %"))) and lines[told + 1].endswith("1 failed")
    assert sum(line.startswith("FAILED ") and "test_a[30]" in line for line in lines) == 2, "and summed up at the end as ever"
    assert "1 failed, 39 passed, 1 skipped" in lines[-1] and "....." not in done.stdout
