"""The documents are true to the code where a program can tell, and say nothing about the place they were written at."""

import re
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from config.cli import faden
from config.environment import Environment
from config.pictures.camera import MOST_BYTES, MOST_BYTES_OF_ALL, too_large

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
PAGES = sorted([*PROJECT.glob("*.md"), *DOCS.rglob("*.md")])
TEXTS = [*PAGES, PROJECT / "publiccode.yml", PROJECT / "REUSE.toml"]
OPERATIONS = "\n".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "operations").glob("*.md")))

LONGEST_LINE = 500
LONGEST_DECISION = 40
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
# Hosts of package indexes and registries, put together here so that this file does not name them either.
INDEXES = re.compile("|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", r"registry\.", "unpkg", r"jsdelivr")))
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home|root|tmp/t|Users|mnt)/\S+")


def name(page: Path) -> str:
    return str(page.relative_to(PROJECT))


def commands(group: click.Group, before: str = "faden") -> list[str]:
    """Every command a user may give, as it is typed."""
    found = []
    for word, command in group.commands.items():
        if command.hidden:
            continue
        called = f"{before} {word}"
        found += commands(command, called) if isinstance(command, click.Group) else [called]
    return found


def unset(text: str) -> set[str]:
    """Names like FADEN_X in a text, without those that are only the beginning of a name."""
    return set(re.findall(r"FADEN_[A-Z][A-Z_]*[A-Z]", text))


@pytest.mark.parametrize("field", sorted(Environment.model_fields))
def test_every_setting_is_documented(field: str) -> None:
    table = (DOCS / "operations" / "install.md").read_text(encoding="utf-8")
    assert f"| `FADEN_{field.upper()}` |" in table


@pytest.mark.parametrize("command", commands(faden))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"`?{re.escape(command)}\b", OPERATIONS)


def test_no_setting_is_documented_that_is_not_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "src").rglob("*.py"))
    known = {f"FADEN_{field.upper()}" for field in Environment.model_fields} | unset(source)
    for page in PAGES:
        unknown = unset(page.read_text(encoding="utf-8")) - known
        assert not unknown, f"{name(page)}: {unknown}"


def test_no_command_is_documented_that_is_not_there() -> None:
    known = {tuple(command.split()[1:2]) for command in commands(faden)}
    for page in PAGES:
        # In code only: in a sentence "Faden" is a name.
        for code in CODE.findall(page.read_text(encoding="utf-8")):
            # In `sudo -u faden` it is an account.
            for word in re.findall(r"\bfaden (?!faden)([a-z]+)\b(?!\.)", code.replace("sudo -u faden ", "")):
                assert (word,) in known, f"{name(page)}: faden {word}"


def test_every_make_target_is_in_the_readme() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets if target != "help" and f"`{target}`" not in readme
            and f"make {target}" not in readme] == []


def anchor(heading: str) -> str:
    """As the usual renderers make it: small letters, spaces to hyphens, everything else away."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _hash, part = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target} is not there"
        assert there.is_relative_to(PROJECT), f"{target} leaves the project"
        if part:
            assert part in map(anchor, HEADING.findall(there.read_text(encoding="utf-8"))), f"{target}: no such heading"


def test_every_picture_is_used_and_small() -> None:
    used = {Path(target).name for page in PAGES for target in LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = {picture.name for picture in (DOCS / "bilder").glob("*.png")}
    # Narrow and dark ones are there for whoever looks after the pages.
    assert {p for p in pictures - used if not p.removesuffix(".png").endswith(("-schmal", "-dunkel"))} == set()
    assert too_large(DOCS / "bilder") == [], f"at most {MOST_BYTES} bytes each, {MOST_BYTES_OF_ALL} together"


@pytest.mark.parametrize("text", TEXTS, ids=name)
def test_no_place_is_named(text: Path) -> None:
    """No package index (an installation may have its own), no path of somebody's machine."""
    words = text.read_text(encoding="utf-8")
    assert INDEXES.findall(words) == []
    assert MACHINE_PATHS.findall(words) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_lines_can_be_read(page: Path) -> None:
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        assert len(line) <= LONGEST_LINE, f"line {number} has {len(line)} characters"


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_says_what_was_rejected(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_DECISION
    assert text.startswith(f"# {page.name[:4]} ")
    for part in ("**Context.**", "**Decision.**", "**Rejected.**", "**Consequences.**"):
        assert part in text


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(page.name[:4]) for page in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_manual_lists_all_its_chapters() -> None:
    index = (DOCS / "handbuch" / "index.md").read_text(encoding="utf-8")
    chapters = sorted(page.name for page in (DOCS / "handbuch").glob("[0-9]*.md"))
    assert [chapter for chapter in chapters if f"({chapter})" not in index] == []


def test_every_licence_has_its_text() -> None:
    reuse = tomllib.loads((PROJECT / "REUSE.toml").read_text(encoding="utf-8"))
    named = {
        licence for annotation in reuse["annotations"]
        for licence in annotation["SPDX-License-Identifier"].split(" AND ")
    }
    assert named == {path.stem for path in (PROJECT / "LICENSES").glob("*.txt")}
    assert (PROJECT / "LICENSE").read_text(encoding="utf-8") == (PROJECT / "LICENSES" / "EUPL-1.2.txt").read_text(encoding="utf-8")


def test_annotated_paths_are_there() -> None:
    reuse = tomllib.loads((PROJECT / "REUSE.toml").read_text(encoding="utf-8"))
    for annotation in reuse["annotations"]:
        paths = annotation["path"]
        for path in [paths] if isinstance(paths, str) else paths:
            assert next(iter(PROJECT.glob(path.replace("/**", "/*"))), None), path


def test_publiccode_agrees_with_the_project() -> None:
    public = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert public["publiccodeYmlVersion"] == "0.4"
    assert public["softwareVersion"] == project["version"]
    assert public["legal"]["license"] == project["license"]
    for words in public["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in words["features"])


def test_documented_ways_to_sign_in_are_in_the_settings() -> None:
    """install.md tells how to set up single sign-on, sicherheit.md that the second factor's secret is sealed."""
    from django.conf import settings

    assert settings.MFA_ADAPTER == "faden.desk.sign_in.SecondFactorAdapter"
    source = (PROJECT / "src" / "config" / "settings.py").read_text(encoding="utf-8")
    assert re.search(r"providers\(\s*env\.oidc", source), "FADEN_OIDC and FADEN_SAML are read, but not used"


def test_the_readme_says_that_it_is_not_for_real_data_yet() -> None:
    """True until deletion of case files and subject access exist; then the sentence and this test go together."""
    from faden.retention.policy import policy
    from faden.retention.vocabulary import KeptBy

    waits = "fallakte" in policy().kept_by(KeptBy.LATER)
    assert ("not for real personal data yet" in (PROJECT / "README.md").read_text(encoding="utf-8")) is waits


def test_periods_in_the_deletion_concept_are_those_of_the_policy() -> None:
    from faden.retention.policy import policy
    from faden.retention.vocabulary import KeptBy

    concept = (DOCS / "privacy" / "loeschkonzept.md").read_text(encoding="utf-8")
    for code in policy().kept_by(KeptBy.NIGHT):
        days = policy().days(code)
        assert re.search(rf"\b{days} Tage?\b", concept), f"{code}: {days} Tage"


def test_python_version_is_the_same_everywhere() -> None:
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert wanted == ">=3.11"
    assert "3.11 or newer" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert sys.version_info >= (3, 11)
