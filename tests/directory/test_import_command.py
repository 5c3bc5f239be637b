"""`faden offers import` as somebody types it: what it prints, what it returns, what it writes."""

import json
import os

import pytest
from click.testing import CliRunner

from config.cli import faden
from tests.directory.importing import as_json, munich, offers, place, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(content, name="export.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else as_json(content))
        return path

    return write


def run(file, *options, format_="integreat", source="Musterquelle", licence="CC BY 4.0"):
    said = ["offers", "import", str(file), "--format", format_, "--source", source, "--licence", licence, *options]
    return CliRunner().invoke(faden, said, catch_exceptions=False)


def counted(result):
    return json.loads(result.stdout)


def test_json_is_exactly_the_five_keys(file):
    result = run(file([place(1), None, place(3)]), "--json")
    assert result.exit_code == 0
    found = counted(result)
    assert list(found) == ["new", "changed", "unchanged", "gone", "rejected"]
    assert [found[name] for name in ("new", "changed", "unchanged", "gone")] == [2, 0, 0, 0]
    [rejected] = found["rejected"]
    assert set(rejected) == {"record", "reason"}
    assert rejected["record"] == "2"
    assert rejected["reason"]


def test_the_real_file_twice(file):
    path = file(munich())
    assert counted(run(path, "--json")) == {"new": 518, "changed": 0, "unchanged": 0, "gone": 0, "rejected": []}
    assert counted(run(path, "--json")) == {"new": 0, "changed": 0, "unchanged": 518, "gone": 0, "rejected": []}


def test_a_dry_run_says_the_same_and_writes_nothing(file):
    from faden.directory.models import Shelf

    run(file([place(1), place(2)]))
    before, rows = Shelf.objects.get().version, {key: vars(row) for key, row in offers().items()}
    result = run(file([place(1, content="neu"), place(3)]), "--dry-run", "--json")
    assert (result.exit_code, counted(result)) == (0, {"new": 1, "changed": 1, "unchanged": 0, "gone": 1, "rejected": []})
    assert Shelf.objects.get().version == before
    assert set(offers()) == set(rows)
    assert counted(run(file([place(1, content="neu"), place(3)]), "--json"))["gone"] == 1


def test_a_dry_run_of_an_unknown_source_makes_no_source(file):
    from faden.directory.models import Source

    run(file([place(1)]), "--dry-run")
    assert not Source.objects.filter(name="Musterquelle").exists()


def test_the_report_for_people(file):
    run(file([place(1), place(2), place(3)]))
    result = run(file([place(1), "x"]))
    assert result.exit_code == 0
    assert "unchanged      1" in result.stdout
    assert "gone           2" in result.stdout
    assert "Sprachcafé 3" in result.stdout
    assert "2 of 3 earlier offers" in result.stderr


@pytest.mark.parametrize(("content", "format_"), [
    (b"<html><body>502 Bad Gateway</body></html>", "integreat"), (b'[{"title": "x"', "integreat"), (b"", "integreat"), (b"[]", "integreat"),
    (b"\x00\x01\x02", "integreat"), (b"a;b\nc;d", "integreat"), ([service(1)], "integreat"), ([place(1)], "hsds"), (b"{}", "hsds"),
    ([place(1)], "csv"), (b"Foo;Bar\n1;2", "csv"), (b"Titel;Ort", "csv"), (b"<html>", "csv"), (b'{"contents": []}', "hsds"),
])  # fmt: skip
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--json",)])
def test_a_file_that_is_not_what_it_claims_is_refused_whole(file, content, format_, options):
    from faden.directory.models import Source

    result = run(file(content), *options, format_=format_)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert not Source.objects.filter(name="Musterquelle").exists()


def test_a_refused_file_leaves_what_was_there(file):
    run(file([place(1)]))
    assert run(file(b"[]")).exit_code == 2
    assert offers()["1"].ended_at is None


@pytest.mark.parametrize("path", ["fehlt.json", ".", "/dev/zero", "/dev/null"])
def test_no_file_is_said_in_one_line(tmp_path, path):
    result = run(tmp_path / path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_what_is_said_of_a_source_is_trimmed(file):
    run(file([place(1)]))
    assert counted(run(file([place(1)]), "--json", source=" Musterquelle ", licence=" CC0 "))["unchanged"] == 1
    assert offers()["1"].source.licence == "CC0"


@pytest.mark.parametrize("options", [("--language", "klingon"), ("--language", ""), ("--mapping", "m.json"), ("--attribution", "a\x07b"), ("--owner", "\udc80"), ("--attribution", "x" * 301)])
def test_an_option_that_means_nothing_is_refused(file, options):
    file({"title": "Titel"}, "m.json")
    result = run(file([place(1)]), *options)
    assert (result.exit_code, len(result.stderr.splitlines())) == ((0, 0) if options[1] == "" else (2, 1))


@pytest.mark.parametrize("mapping", [b"", b"{", b"[1]", {"titel": "Was"}, {"title": 3}, b"[" * 100_000])
def test_a_mapping_that_is_none_is_refused_in_one_line(file, mapping):
    result = run(file(b"Was\nKurs", "t.csv"), "--mapping", str(file(mapping, "m.json")), format_="csv")
    assert (result.exit_code, len(result.stderr.splitlines()), result.stdout) == (2, 1, "")
    assert run(file(b"Was\nKurs", "t.csv"), "--mapping", "fehlt.json", format_="csv").exit_code == 2


def test_columns_that_were_not_taken_are_named(file):
    path = file(b"Titel;Niveau;Ort;Leitung\nKurs;B1;Ahaus;Rosalinde", "t.csv")
    assert "Columns that were not taken (--mapping): Niveau, Leitung\n" in run(path, format_="csv").stdout
    assert counted(run(path, "--json", format_="csv"))["unchanged"] == 1


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"", b"[{"])
def test_what_is_wrong_with_a_file_is_said_also_without_a_database(file, content, monkeypatch):
    from config import offers as command

    monkeypatch.setattr(command, "integration_centres", no_database)
    assert run(file(content)).exit_code == run(file(content), format_="csv").exit_code == 2
    result = run(file([place(1)]))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "faden: the database does not answer: connection refused\n")


def no_database():
    from django.db import OperationalError

    raise OperationalError("connection refused\nIs the server running?")


def test_nothing_but_the_sentence_is_said_where_no_database_answers(file, monkeypatch):
    import logging

    from config import offers as command

    pool, heard = logging.getLogger("psycopg.pool"), logging.Handler()
    said: list[str] = []
    monkeypatch.setattr(heard, "emit", lambda record: said.append(record.getMessage()))
    monkeypatch.setattr(pool, "handlers", [heard])

    def tries():
        pool.warning("error connecting")
        no_database()

    monkeypatch.setattr(command, "integration_centres", tries)
    assert run(file([place(1)])).exit_code == 1
    assert said == []
    pool.warning("and afterwards as before")
    assert len(said) == 1


@pytest.mark.parametrize("options", [{"source": ""}, {"licence": " "}, {"source": "x" * 161}, {"licence": "x" * 201}, {"source": "a\nb"}, {"licence": "\udc80"}])
def test_a_source_has_a_name_and_a_licence(file, options):
    result = run(file([place(1)]), **options)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_another_format_under_the_same_name_is_refused(file):
    run(file([place(1)]))
    assert run(file([service(1)]), format_="hsds").exit_code == 2


def test_without_an_integration_centre_only_a_dry_run_works(file, monkeypatch):
    from config import offers as command

    monkeypatch.setattr(command, "integration_centres", list)
    assert run(file([place(1)]), "--dry-run", "--json").exit_code == 0
    result = run(file([place(1)]))
    assert (result.exit_code, "--owner" in result.stderr) == (2, True)


def test_an_owner_by_name(file):
    from faden.organisations.models import Organisation

    result = run(file([place(1)]), "--owner", "Niemand")
    assert (result.exit_code, "Niemand" in result.stderr) == (2, True)
    name = Organisation.objects.filter(kind="migration_service").order_by("id").values_list("name", flat=True)[0]
    assert run(file([place(1)]), "--owner", name).exit_code == 0
    assert offers()["1"].source.organisation.name == name


def test_source_licence_and_who_is_named_are_kept(file):
    run(file([place(1)]), "--attribution", "Musterkreis", "--example")
    source = offers()["1"].source
    assert (source.licence, source.attribution, source.is_example) == ("CC BY 4.0", "Musterkreis", True)
    run(file([place(1)]), licence="CC0")
    source = offers()["1"].source
    assert (source.licence, source.attribution, source.is_example) == ("CC0", "Musterkreis", True)


def test_a_mapping_for_a_table(file):
    path = file("Was;Wo\nNähkurs;Ahaus".encode(), "t.csv")
    assert run(path, format_="csv").exit_code == 2
    mapping = file({"title": "Was", "town": "Wo"}, "m.json")
    assert run(path, "--mapping", str(mapping), format_="csv").exit_code == 0
    assert next(iter(offers().values())).source.mapping == {"title": "Was", "town": "Wo"}
    assert run(path, format_="csv").exit_code == 0, "the source remembers it"
    assert run(path, "--mapping", str(file(b"[1]", "w.json")), format_="csv").exit_code == 2


def test_many_gone_can_be_refused(file):
    run(file([place(number) for number in range(1, 6)]))
    assert run(file([place(1)]), "--refuse-many-gone").exit_code == 2
    assert all(row.ended_at is None for row in offers().values())
    assert run(file([place(1)])).exit_code == 0
    assert sum(row.ended_at is not None for row in offers().values()) == 4


def test_all_of_it_or_nothing(file, monkeypatch):
    """The last thing a run does fails: nothing of it stays."""
    from faden.directory.actions import imports
    from faden.directory.models import Source

    def fails(*_given, **_named):
        raise RuntimeError("no audit, no import")

    monkeypatch.setattr(imports.audit, "note", fails)
    with pytest.raises(RuntimeError):
        run(file([place(1)]))
    assert offers() == {}
    assert not Source.objects.filter(name="Musterquelle").exists()


def test_a_demo_that_runs_here_is_meant_unless_a_database_is_named(monkeypatch, capsys):
    from config import cli, demo

    here = demo.data_of(demo.EmbeddedServer(demo.demo_folder()), demo.demo_folder())
    assert here.keys() == {"FADEN_DATABASE_URL", "FADEN_OWNER_DATABASE_URL", "FADEN_BACKUP_DATABASE_URL", "FADEN_FOLDER"}
    monkeypatch.setattr(demo, "running_here", lambda: {"FADEN_FOLDER": "/demo"})
    monkeypatch.setenv("FADEN_FOLDER", "/mine")
    cli._for_the_demo_here()
    assert os.environ["FADEN_FOLDER"] == "/mine"  # the tests name a database
    monkeypatch.delenv("FADEN_DATABASE_URL")
    cli._for_the_demo_here()
    assert os.environ["FADEN_FOLDER"] == "/demo" and "demo" in capsys.readouterr().err
    monkeypatch.setattr(demo, "running_here", dict)
    cli._for_the_demo_here()
    assert capsys.readouterr().err == ""
