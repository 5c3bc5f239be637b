"""`faden bench` in its smallest size: it fills, measures and reports. Not what the figures are."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from bench.report import shortfalls
from bench.tables import FILLED

from bench import captured, fill_offers, matching, place, sizes


@pytest.fixture(scope="module")
def filled():
    """A tiny run in a process of its own: this one already belongs to the test database."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("FADEN_")}
    code = "import sys; from bench import run; sys.exit(run.run('tiny', keep=True, quick=True))"
    env["PYTHONPATH"] = f"{place.PROJECT}{os.pathsep}{place.PROJECT / 'src'}"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=place.PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    server = place.measured_server()
    server.start()
    yield done.stdout, server.dsn("postgres", "faden_bench_tiny")
    place.drop(server, "faden_bench_tiny")
    server.stop()


def test_reports_every_part(filled):
    told, _ = filled
    found = json.loads((place.FOLDER / "tiny.json").read_text())
    assert "Row policy against raw" in told and "Sealing, 16 writers" in told
    assert {row["name"] for row in found["policies"]} >= {"caseload, 50 rows", "case page", "name search"}
    assert {row["page"] for row in found["pages"]} >= {"caseload", "case page", "Mein Tag", "name search", "Angebote for a person"}
    assert [row["page"] for row in found["pages"] if row["failed"]] == []
    assert "Angebote, 600 offers" in told and found["offers"]["fitting_per_need"] > 1
    assert found["short_of"] == shortfalls(found)


def test_an_offer_s_target_that_is_missed_is_said():
    met = {"one_need_ms": 49.0, "one_need_all_areas_ms": 3.0, "page_of_matches_ms": 4.0, "night_s": 5.0, "night_all_areas_s": 9.0, "peak_mib": 300}
    assert matching.shortfalls(met) == []
    assert matching.shortfalls(met | {"night_s": 60.0, "peak_mib": 1024}) == [
        "Angebote, a night: 60.0 s (target 60).", "Angebote, memory of a night: 1024 MiB (target 1024).",
    ]  # fmt: skip


def test_the_drawn_offers_are_the_same_each_time_and_of_every_area():
    offers = fill_offers.drawn_offers(600)
    assert offers == fill_offers.drawn_offers(600)
    assert matching.drawn_needs(9) == matching.drawn_needs(9)
    assert len({area for one in offers for area in one.life_areas}) == 14
    for asked in ("papers", "german_from", "german_proof", "age_from", "gender", "towns", "regimes", "childcare", "silent", "certifies"):
        assert 5 < sum(bool(getattr(one, asked)) for one in offers) < 300, asked


def test_sealing_lost_nothing(filled):
    found = json.loads((place.FOLDER / "tiny.json").read_text())["sealing"]
    assert found["written"] > 0
    assert (found["missing"], found["unsealed"], found["broken"]) == (0, 0, [])
    assert found["rows"] == found["sealed"]


def test_fills_what_a_case_has(filled):
    _, dsn = filled
    with psycopg.connect(dsn) as connection:
        counts = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in FILLED}
        services = connection.execute("SELECT count(*) FROM organisations_organisation").fetchone()[0]
        # A line of the timeline carries the id of the row it tells about.
        strays = connection.execute(
            "SELECT count(*) FROM cases_timelineentry e WHERE kind = 'contact' AND NOT EXISTS"
            " (SELECT FROM cases_contactnote n WHERE n.id = e.id AND n.case_id = e.case_id AND n.happened_at = e.at)"
        ).fetchone()[0]
        most, fewest = connection.execute(
            "SELECT max(n), min(n) FROM (SELECT count(*) n FROM cases_contactnote GROUP BY case_id) AS notes"
        ).fetchone()
    assert (services, counts["cases_case"], counts["cases_task"]) == (60, 300, 2400)
    assert (most, fewest, strays) == (300, 1, 0)
    assert counts["persons_namekey"] > 6 * 300


def test_puts_indexes_and_keys_back(filled):
    """Dropped for filling: each must be there again, valid, as the migrations made it."""
    from django.db import connection

    _, dsn = filled
    query = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace UNION"
        " SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    )
    with psycopg.connect(dsn) as other:
        made = set(other.execute(query).fetchall())
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"]) as own:
        migrated = set(own.execute(query).fetchall())
    assert made == migrated
    assert connection.vendor == "postgresql"


def test_a_full_disk_is_said_in_one_line(monkeypatch, capsys):
    from bench import run

    monkeypatch.setattr(place, "ask_for_room", _refuse)
    monkeypatch.setattr(run, "measured", lambda *_, **__: place.ask_for_room(sizes.SIZES["1m"]))
    assert run.run("1m", keep=False) == 1
    assert capsys.readouterr().out == "Size 1m needs 42 GB.\n"


def _refuse(size: sizes.Size) -> None:
    raise place.NotEnoughDisk(f"Size {size.name} needs {size.disk_gb} GB.")


def test_services_are_skewed():
    for size in sizes.SIZES.values():
        counts = sizes.shares(size.cases)
        assert sum(counts) == size.cases and len(counts) == sizes.SERVICES
    assert 0.1 < max(sizes.shares(1_000_000)) / 1_000_000 < 0.12
    assert [sizes.case_managers(cases) for cases in (20, 900, 111_000)] == [5, 30, 40]


@pytest.mark.parametrize(
    ("sent", "raw"),
    [
        (
            'SELECT 1 FROM "cases_case" WHERE 1 = 1',
            "SELECT 1 FROM (SELECT * FROM cases_case AS rows_of WHERE rows_of.organisation_id = 7) AS cases_case WHERE 1 = 1",
        ),
        (
            'SELECT 1 FROM "cases_task" U0 INNER JOIN "organisations_organisation" ON (1 = 1)',
            "SELECT 1 FROM (SELECT * FROM cases_task AS rows_of WHERE rows_of.organisation_id = 7) AS U0"
            ' INNER JOIN "organisations_organisation" ON (1 = 1)',
        ),
    ],
)
def test_the_raw_side_says_the_service_itself(sent, raw):
    assert captured.without_policies(sent, 7) == raw
