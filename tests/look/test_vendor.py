"""The vendored files are those in VENDOR.md, and no others."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "faden" / "look" / "static"
VENDOR = STATIC / "vendor"
FONTS = STATIC.parents[1] / "outside" / "fonts"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)

COLLECT = """
import sys
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles", "faden.look"],
    STATIC_URL="/static/", STATIC_ROOT=sys.argv[1],
    STORAGES={"staticfiles": {"BACKEND": "faden.look.storage.HashedFiles"}},
)
import django
from django.core.management import call_command
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
"""


@pytest.mark.parametrize("folder", [VENDOR, FONTS], ids=["screen", "papers"])
def test_every_file_has_the_checksum_in_the_table(folder: Path) -> None:
    table = dict(ROW.findall((folder / "VENDOR.md").read_text("utf-8")))
    assert table
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.md"
    }
    assert files == table


def test_every_package_brings_its_licence() -> None:
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert folders
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []


def test_the_header_script_of_kern_is_not_here() -> None:
    assert list(STATIC.rglob("*kopfzeile*")) == []


def test_the_files_pass_the_manifest(tmp_path: Path) -> None:
    """Every address in CSS and JS leads to a file, else collecting them would fail."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    run = subprocess.run(
        [sys.executable, "-c", COLLECT, str(tmp_path)], capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    [script] = (path for path in (tmp_path / "look").glob("faden.*.js"))
    assert re.findall(r'from "./(\w+)\.[0-9a-f]{12}\.js"', script.read_text()) == ["words", "session", "drafts"]
    assert list(tmp_path.glob("look/faden.*.css"))
