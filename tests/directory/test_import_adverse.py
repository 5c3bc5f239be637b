"""Files that were made to hurt, or that somebody exported in a hurry: refused in one sentence, or read as far as they can be."""

import io
import json
import resource
import subprocess
import sys
import time
import zipfile

import pytest

from faden.outside.offers import hsds, integreat, sheets, table
from faden.outside.offers.reading import NotWhatItClaims, Unread, Wrong
from tests.directory.importing import as_json, counts, offers, place, service, shared, taken_in
from tests.directory.test_import_table import workbook

_CELL = '<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def sheet(*cells, dimension=""):
    """A sheet with these cells: (place, words)."""
    lines = "".join(f'<row r="{"".join(filter(str.isdigit, at))}">{_CELL.format(at=at, words=words)}</row>' for at, words in cells)
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{dimension}<sheetData>{lines}</sheetData></worksheet>'


def ods(content):
    """The smallest text that a spreadsheet program opens as ODS."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    body = f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='A'>{content}</table:table></office:spreadsheet></office:body></office:document-content>"
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode(), "META-INF/manifest.xml": manifest.encode()})


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def refused(read, data):
    with pytest.raises(NotWhatItClaims) as error:
        read(data)
    return error.value.wrong


ROW = "<table:table-row {more}><table:table-cell office:value-type='string'><text:p>{words}</text:p></table:table-cell></table:table-row>"
EMPTY_ROW = "<table:table-row table:number-rows-repeated='{times}'><table:table-cell table:number-columns-repeated='{wide}'/></table:table-row>"


@pytest.mark.parametrize("data", [
    workbook(sheet(("A1", "Titel"), ("XFD1048576", "x"))), workbook(sheet(("A1", "Titel"), ("A1048576", "x"))), workbook(sheet(("A1", "Titel"), ("XFD2", "x"))),
    ods(ROW.format(more="", words="Titel") + EMPTY_ROW.format(times=1048574, wide=16384) + ROW.format(more="", words="x")),
    ods(ROW.format(more="", words="Titel") + ROW.format(more="table:number-rows-repeated='900000'", words="x")),
])  # fmt: skip
def test_one_cell_at_the_end_of_a_sheet_ends_no_process(data):
    assert len(data) < 4000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(table.read, data) is Wrong.TOO_FAR
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"


def test_what_a_sheet_may_take_has_a_limit():
    wide = workbook(sheet(("A1", "Titel"), ("GR1048576", "x")))
    assert refused(table.read, wide) is Wrong.TOO_FAR
    child = subprocess.run([sys.executable, "-c", "from faden.outside.offers.workbook import main; main()"], input=wide, capture_output=True, check=False)
    assert child.returncode != 0, "it ends before it has taken three gigabytes"


def test_lines_are_counted_while_they_are_read():
    assert refused(sheets.table, b"Titel\n" + b"x\n" * 50_001) is Wrong.TOO_LARGE


def test_a_sheet_that_ends_in_empty_lines_is_a_table():
    content = ROW.format(more="", words="Titel") + ROW.format(more="", words="Nähkurs") + EMPTY_ROW.format(times=1048574, wide=16384)
    assert [one.title for one in table.read(ods(content)).records] == ["Nähkurs"]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    told = sheet(("A1", "Titel"), ("A2", "Nähkurs"), dimension='<dimension ref="A1:XFD1048576"/>')
    assert [one.title for one in table.read(workbook(told)).records] == ["Nähkurs"]


def test_lines_of_a_sheet_keep_their_numbers():
    told = sheet(("A1", "Titel"), ("A4", "Nähkurs"), ("B7", "ohne Titel"))
    found = table.read(workbook(told.replace('<row r="1">', '<row r="1">' + _CELL.format(at="B1", words="Ort"), 1)))
    assert [one.record for one in found.rejected] == ["7"]


def test_entities_of_xml_are_not_unfolded():
    entities = "".join(f'<!ENTITY e{n} "{"".join([f"&e{n - 1};"] * 10)}">' for n in range(1, 12))
    told = sheet(("A1", "Titel"), ("A2", "&e11;"))
    began = time.monotonic()
    try:
        found = table.read(workbook(f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>{told}'))
        assert all(len(one.title) <= 200 for one in found.records)
    except NotWhatItClaims as error:
        assert error.wrong in (Wrong.NO_TABLE, Wrong.NO_RECORDS, Wrong.TOO_FAR)
    assert time.monotonic() - began < 20


def lying(data, *, about):
    """The archive with the sizes of all its parts said to be this one."""
    found = bytearray(data)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = found.find(mark)
        while place >= 0:
            found[place + at : place + at + 4] = about.to_bytes(4, "little")
            place = found.find(mark, place + 1)
    return bytes(found)


def test_an_archive_that_unpacks_to_hundreds_of_megabytes_is_refused():
    bomb = packed({"xl/worksheets/sheet1.xml": b" " * 320_000_000, "services.csv": b"id,name\n" + b" " * 60_000_000, "phones.csv": b"id\n" + b" " * 60_000_000})
    assert len(bomb) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(table.read, bomb) is Wrong.TOO_LARGE
    assert refused(hsds.read, bomb) is Wrong.TOO_LARGE
    for read in (table.read, hsds.read):
        assert refused(read, lying(bomb, about=100)) in (Wrong.NO_TABLE, Wrong.TOO_FAR, Wrong.NOT_HSDS)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000, "kilobytes"


@pytest.mark.parametrize(("data", "wrong"), [
    (b"\n" * 3_000_000, Wrong.EMPTY), (b"Titel\n" + b"x\n" * 50_001, Wrong.TOO_LARGE), (b"Titel;Ort\n" + b";" * 3_000_000, Wrong.NO_TABLE), (b"x" * 2_000_000, Wrong.NO_TABLE),
    (b'Titel;Ort\n"' + b"x" * 200_000 + b'";y', Wrong.NO_TABLE), ("Titel\nx".encode("utf-32"), Wrong.BINARY), (b"Titel;Ort\nN\x00hkurs;x", Wrong.BINARY),
    (b"%PDF-1.7\nTitel", Wrong.NO_RECORDS), (b"{\\rtf1 Titel}", Wrong.NO_TABLE),
])  # fmt: skip
def test_texts_that_are_no_table(data, wrong):
    began = time.process_time()
    found = refused(table.read, data)
    assert found is wrong or (data.startswith(b"%PDF") and found is Wrong.NO_TITLE_COLUMN)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("read", [integreat.read, hsds.read])
@pytest.mark.parametrize("data", [
    b"[" * 5_000_000, b'{"a":' * 100_000, b"[" * 900 + b"]" * 900, b"9" * 5_000_000, b"[" + b"9" * 5_000_000 + b"]", b"NaN", b'"\\ud800"', b"\xff\xfe\x00", b"\x00" * 100,
    "[{}]".encode("utf-32"), b"[1e999]", b'{"contents": {"a": 1}}', b'{"services": 3, "organizations": []}', b'{"services": []}', b'{"services.csv": {}}', b"true",
])  # fmt: skip
def test_json_that_is_no_directory(read, data):
    began = time.process_time()
    assert refused(read, data) in set(Wrong) - {Wrong.NO_TABLE}
    assert time.process_time() - began < 5


@pytest.mark.django_db
def test_one_deep_or_endless_value_costs_its_record_at_most():
    deep = b"[" * 800 + b"]" * 800
    rows = [place(1), place(2), place(3)]
    data = as_json(rows).replace(b'"Sprachcaf\\u00e9 2"', b"9" * 4000).replace(b'"opening_hours": null', b'"opening_hours": ' + deep, 1)
    report = taken_in(data)
    assert (report.new, [one.reason for one in report.rejected]) == (2, [Unread.NO_TITLE])


@pytest.mark.django_db
@pytest.mark.parametrize("value", [10**30, -(10**30), 1e308, "9" * 5000, 2**63, True, "\x00", "\ud800", {"a": [None]}, [[[]]]])
@pytest.mark.parametrize("field", ["minimum_age", "wait_time", "last_modified", "status", "fees_description", "id", "email"])
def test_any_value_in_any_field_reaches_the_database_or_is_rejected(field, value):
    report = taken_in([service(1), {**service(2), field: value}], "hsds")
    assert report.new + len(report.rejected) == 2 and report.new >= 1


# ---------- tables as people make them ----------


@pytest.mark.parametrize(("encoding", "begin"), [("latin-1", b""), ("cp1252", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("mac-roman", None)])
def test_encodings(encoding, begin):
    words = "Kennung;Titel;Träger\r\n1;Café für Mädchen;Öffentlich"
    found = table.read((begin or b"") + words.encode(encoding))
    assert len(found.records) == 1, "a wrong guess costs letters, never the line"
    assert begin is None or (found.records[0].title, found.columns[2]) == ("Café für Mädchen", "Träger")


def test_a_heading_twice_is_two_columns_and_the_first_counts():
    found = table.read(b"Titel;Telefon;telefon;Telefon\nKurs;02561 1;02561 2;02561 3")
    assert found.columns == ("Titel", "Telefon", "telefon", "Telefon (2)")
    assert found.records[0].contacts[0].phone == "02561 1"


def test_the_line_that_excel_writes_for_itself_and_numbers_of_lines():
    found = table.read(b"\n\nsep=,\nTitel,Ort\n\n,Ahaus\n\"Kurs, der\nerste\",Ahaus")
    assert ([one.title for one in found.records], [one.record for one in found.rejected]) == (["Kurs, der erste"], ["6"])


@pytest.mark.django_db
def test_two_dates_of_one_course_are_two_offers():
    lines = [b"Titel;Tr\xe4ger;Beginn", b"N\xe4hkurs;Treff;01.03.27", b"N\xe4hkurs;Treff;1. September 2027", b"N\xe4hkurs;Treff;01.03.2027"]
    assert counts(taken_in(b"\n".join(lines), "csv")) == (2, 0, 0, 0, 1)
    assert {str(row.next_start) for row in offers().values()} == {"2027-03-01", "2027-09-01"}
    assert counts(taken_in(b"\n".join(lines[:3]), "csv")) == (0, 0, 2, 0, 0), "each is known again"


def test_a_table_without_dates_keeps_its_keys():
    assert table.read("Titel;Träger\nNähkurs;Treff".encode()).records[0].key == table.read("Titel;Träger;Beginn\nNähkurs;Treff;".encode()).records[0].key


@pytest.mark.parametrize("heading", ["Niveau", "Sprachniveau", "Deutsch", "Level", "Gebiet", "von", "bis", "Zuständig für"])
def test_a_heading_that_may_mean_another_thing_is_not_guessed(heading):
    assert table.guess((heading,)) == {}


@pytest.mark.parametrize(("heading", "field"), [("Mindestniveau", "german_from"), ("Deutsch ab", "german_from"), ("Deutsch bis", "german_to"), ("Wartezeit", "waiting")])
def test_a_heading_that_can_mean_nothing_else_is(heading, field):
    assert table.guess((heading,)) == {field: heading}


@pytest.mark.django_db
def test_what_cannot_be_read_as_a_number_or_a_day_stays_as_words():
    taken_in("Nr;Titel;Beginn;Ende;Wartezeit;Mindestalter;Höchstalter;Freie Plätze\n1;Kurs;im Herbst;31.02.2027;je nachdem;Grundschule;;wenige".encode(), "csv")
    [row] = offers().values()
    for words in ("Nächster Beginn: im Herbst", "Letzter Tag: 31.02.2027", "Wartezeit: je nachdem", "Freie Plätze: wenige"):
        assert f"<p>{words}</p>" in row.description
    assert "Alter: Grundschule" in row.condition_words and "age" in row.silent


@pytest.mark.parametrize(("said", "days"), [("3 Wochen", 21), ("2–3 Monate", 90), ("14", 14), ("keine", 0), ("4-6 weeks", 42), ("sofort", 0), ("1 Jahr", 365), ("je nachdem", None)])
def test_how_long_one_waits(said, days):
    [record] = hsds.read(as_json([service(wait_time=said)])).records
    assert record.waiting_days == days
    assert [one.words for one in record.unclear] == ([said] if days is None else [])


@pytest.mark.parametrize(("said", "day"), [
    ("01.03.27", "2027-03-01"), ("1.3.2027", "2027-03-01"), ("1. März 2027", "2027-03-01"), ("15 Dez. 2026", "2026-12-15"), ("3 May 2027", "2027-05-03"), ("31. Februar 2027", "None"),
    ("01.03.271", "None"), ("18:00", "None"), ("2027-03-01T18:00", "2027-03-01"), ("im März 2027", "None"),
])  # fmt: skip
def test_days_as_people_write_them(said, day):
    assert str(table.read(f"Titel;Beginn\nKurs;{said}".encode()).records[0].next_start) == day


@pytest.mark.parametrize(("low", "high", "ages"), [
    ("16–25 Jahre", "", (16, 25)), ("ab 16", "", (16, None)), ("", "bis 27", (None, 27)), ("18+", "", (18, None)), ("16", "25", (16, 25)), ("25", "16", (None, None)), ("0", "6", (None, 6)),
])  # fmt: skip
def test_ages_as_people_write_them(low, high, ages):
    [record] = table.read(f"Titel;Mindestalter;Höchstalter\nKurs;{low};{high}".encode()).records
    assert (record.age_from, record.age_to) == ages


# ---------- HSDS as tables ----------


TABLES = {
    "services": [{"id": "s1", "organization_id": "o1", "name": "Beratung", "status": "active"}, {"id": "s2", "name": "Ohne alles"}, 7],
    "organizations": [{"id": "o1", "name": "Verein", "email": "post@verein.example"}],
    "phones": [{"id": "p1", "service_id": "s1", "number": "02561 1"}, {"id": "p2", "organization_id": "o1", "number": "02561 2"}, {"id": "p3", "contact_id": "c1", "number": "02561 3"}],
    "contacts": [{"id": "c1", "service_id": "s1", "name": "Rosalinde Musterfrau", "title": "Anmeldung"}],
    "attributes": [{"id": "a1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "t1"}, {"id": "a2", "link_id": "l1", "taxonomy_term_id": "t2"}],
    "taxonomy_terms": [{"id": "t1", "name": "Schuldnerberatung", "taxonomy_id": "x"}, {"id": "t2", "name": "Wohnen"}],
    "taxonomies": [{"id": "x", "name": "Themen"}],
    "service_at_location": [{"id": "at1", "service_id": "s1", "location_id": "l1"}],
    "locations": [{"id": "l1", "name": "Haus", "location_type": "physical", "latitude": "52.07", "longitude": "7.0"}],
    "addresses": [{"id": "d1", "location_id": "l1", "address_1": "Markt 1", "city": "Ahaus", "postal_code": "48683"}],
    "schedules": [{"id": "h1", "service_at_location_id": "at1", "freq": "WEEKLY", "byday": "FR", "opens_at": "22:00", "closes_at": "02:00"}],
    "service_capacity": [{"id": "k1", "service_id": "s1", "available": "4", "updated": "2026-11-01"}],
}


def csv_files(tables):
    def text(rows):
        names = list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
        return "\n".join([",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows if isinstance(row, dict))])

    return {f"export/{name}.csv": text(rows).encode() for name, rows in tables.items()} | {"export/datapackage.json": b"{}", "__MACOSX/services.csv": b"\x00"}


@pytest.mark.parametrize(("data", "rejected"), [
    (as_json(TABLES), 1), (as_json({f"{name}.csv": rows for name, rows in TABLES.items()}), 1), (packed(csv_files(TABLES)), 0),
])  # fmt: skip
def test_tables_are_put_together(data, rejected):
    found = hsds.read(data)
    assert (len(found.records), len(found.rejected), found.complete) == (2, rejected, True)
    one = found.records[0]
    assert (one.provider.name, one.provider.email, one.provider.phone) == ("Verein", "post@verein.example", "02561 2")
    assert (one.category, one.keywords) == ("Schuldnerberatung", ("Schuldnerberatung",))
    assert [(contact.role, contact.phone) for contact in one.contacts] == [("", "02561 1"), ("Anmeldung", "02561 3")]
    assert [(there.name, there.street, there.town) for there in one.places] == [("Haus", "Markt 1", "Ahaus")]
    assert [(when.rrule, when.opens, when.closes) for when in one.schedules] == [("FREQ=WEEKLY;BYDAY=FR", "22:00", "02:00")]
    assert (one.places_free, str(one.places_on)) == (4, "2026-11-01")
    assert "Rosalinde" not in str(found)


def test_services_beside_their_organisations_keep_what_they_have_in_themselves():
    inside = service(1, organization={"id": "o9", "name": "Eigener"}, languages=[{"code": "ar"}])
    found = hsds.read(as_json({"services": [inside], "organizations": [{"id": "o1", "name": "Verein"}], "languages": []}))
    assert (found.records[0].provider.name, found.records[0].languages) == ("Eigener", ("ar",))


def test_one_page_of_tables_is_not_all_there_is():
    assert not hsds.read(as_json({**TABLES, "total_pages": 3})).complete


def test_the_tables_of_the_specification_as_a_packed_file():
    folder = shared("hsds-3.1/examples/csv")
    found = hsds.read(packed({path.name: path.read_bytes() for path in folder.iterdir()}))
    assert [one.title for one in found.records] == ["Community Counselling"]


@pytest.mark.parametrize("data", [b"PK\x03\x04", packed({"a.txt": b"x"}), packed({"phones.csv": b"id,number\n1,2"}), packed(csv_files(TABLES))[:-40], workbook()])
def test_a_packed_file_that_is_no_package(data):
    assert refused(hsds.read, data) is Wrong.NOT_HSDS


def test_several_services_of_one_file_are_each_for_themselves():
    rows = {"services": [{"id": "1", "name": "A"}, {"id": "1", "name": "B"}, {"name": "ohne"}, {"id": "4"}, None, {"id": "6", "name": "C"}]}
    found = hsds.read(as_json(rows))
    assert [one.title for one in found.records] == ["A", "C"]
    assert [one.reason for one in found.rejected] == [Unread.TWICE, Unread.NO_KEY, Unread.NO_TITLE, Unread.NO_OBJECT]


# ---------- Integreat of other cities ----------


BARE = [
    {"id": 1, "title": "Nur das Nötigste", "location": {"id": 5}, "path": "/kreis/de/locations/a/"},
    {"id": 2, "title": "Ohne Ort", "location": None, "path": "/kreis/de/locations/b/", "content": None, "excerpt": None, "last_updated": None},
    {"id": 3, "title": "Andere Typen", "location": {"id": "7", "latitude": "52,1", "longitude": "7,0", "address": 12, "town": None}, "path": "/kreis/de/locations/c/", "category": "Beratung",
     "available_languages": [], "opening_hours": {"mo": {"timeSlots": None}}, "contacts": {"email": "a@b.example"}, "organization": "Verein", "temporarily_closed": "false"},
    {"id": 4, "location": {"id": 9}, "path": "/kreis/de/locations/d/"},
]  # fmt: skip


@pytest.mark.django_db
def test_places_with_hardly_anything_are_taken():
    report = taken_in(BARE)
    assert (report.new, [(one.record, one.reason) for one in report.rejected]) == (3, [("4: 4", Unread.NO_TITLE)])
    assert {row.title for row in offers().values()} == {"Nur das Nötigste", "Ohne Ort", "Andere Typen"}
    assert taken_in(BARE).unchanged == 3


def test_a_list_in_a_page_of_the_api_says_that_it_is_none():
    assert refused(integreat.read, json.dumps({"count": 1, "results": BARE}).encode()) is Wrong.NOT_INTEGREAT


def test_a_workbook_is_read_without_our_environment(monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert sheets.table(workbook()).columns == ("Titel", "PLZ")
