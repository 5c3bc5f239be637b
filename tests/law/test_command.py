"""`faden residence`: the command as somebody at the keyboard, or another program, meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.cli import faden
from faden.law.paths import PATHS
from tests.law.cases import HERE

SAMPLE = HERE / "sample.yaml"


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(faden, ["residence", *map(str, words)])


def test_the_check_says_all_paths_in_json():
    ran = _run("check", SAMPLE, "--on", "2026-03-01", "--json")
    told = json.loads(ran.stdout)
    assert ran.exit_code == 0 and list(told["paths"]) == [one.key for one in PATHS]
    assert (told["on"], told["law_state"]) == ("2026-03-01", "2026-08-19")
    assert "19.08.2026" in told["notice"] and "keine Entscheidung, keine Rechtsberatung" in told["notice"]
    path = told["paths"]["25b"]
    assert path["state"] == "met" and path["earliest_date"] == "2021-08-01" and path["tolerance_days"] == 1 and path["set_by"] == ["25b.1.2.nr1"]
    stay = next(one for one in path["conditions"] if one["id"] == "25b.1.2.nr1")
    assert stay["law"] == "§ 25b Abs. 1 Satz 2 Nr. 1 AufenthG" and stay["value"] == "2017-08-01" and stay["state"] == "met"
    assert any("im Gespräch geklärt" in one["text"] for one in path["assumptions"])


def test_missing_facts_say_the_question_the_proof_and_who_issues_it(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(SAMPLE.read_text(encoding="utf-8").replace("language: [{level: A2, skill: oral, proof: 2025-03-01}]\n", ""), encoding="utf-8")
    path = json.loads(_run("check", file, "--on", "2026-03-01", "--path", "25b", "--json").stdout)["paths"]["25b"]
    assert path["state"] == "unknown"
    (missing,) = path["missing"]
    assert missing["fact"] == "language" and missing["question"].endswith("?") and missing["proofs"][0]["issued_by"]


def test_one_path_alone_shows_every_condition():
    ran = _run("check", SAMPLE, "--on", "2026-03-01", "--path", "25b")
    assert ran.exit_code == 0 and "§ 25b Abs. 1 Satz 2 Nr. 4" in ran.stdout and "Vorprüfung, keine Entscheidung" in ran.stdout


@pytest.mark.parametrize(
    ("told", "instead", "said"),
    [("from: 2019-06-01", "from: 2019-06-31", ":5: stays[1].from: "), ("pension_months", "pension_month", ":14: pension_month: unknown fact pension_month; the nearest known one is pension_months")],
)  # fmt: skip
def test_a_bad_file_ends_with_two_and_names_file_line_and_reason(tmp_path, told, instead, said):
    file = tmp_path / "facts.yaml"
    file.write_text(SAMPLE.read_text(encoding="utf-8").replace(told, instead), encoding="utf-8")
    ran = _run("check", file, "--on", "2026-03-01", "--json")
    assert ran.exit_code == 2 and ran.stdout == "" and f"{file}{said}" in ran.stderr


def test_what_cannot_be_asked_ends_with_two(tmp_path):
    (tmp_path / "latin").write_bytes(b"person: {nationality: S\xfc}")
    for words in (
        ("check", tmp_path / "none.yaml", "--on", "2026-03-01"), ("check", tmp_path, "--on", "2026-03-01"),
        ("check", tmp_path / "latin", "--on", "2026-03-01"), ("check", SAMPLE, "--on", "2026-02-30"), ("check", SAMPLE, "--on", "2020-01-01"),
        ("check", SAMPLE, "--on", "2026-03-01", "--path", "25c"), ("law", "--on", "2001-01-01"),
    ):  # fmt: skip
        ran = _run(*words)
        assert ran.exit_code == 2 and ran.stderr and not ran.stdout and "Traceback" not in ran.stderr


def test_the_law_of_a_day_says_what_is_in_force():
    before, after = _run("law", "--on", "2022-12-30").stdout, _run("law", "--on", "2022-12-31").stdout
    assert "stay_years = 8" in before and "stay_years = 6" in after


def test_the_facts_are_printed():
    told = _run("facts").stdout
    assert "person.birth_date" in told and "asked_in_conversation" in told
