"""Tables as offices send them: separators, encodings, sheets, and columns that are named anyhow."""

import io
import zipfile
from datetime import date

import pytest

from faden.outside.offers import table
from faden.outside.offers.reading import NotWhatItClaims, Unread, Wrong
from tests.directory.importing import counts, offer, offers, place, taken_in

HEAD = "Nr;Titel;Träger;PLZ;Ort;Straße;Kosten;Ansprechpartnerin;Mindestniveau;Beginn;Telefon"
LINE = "7;Deutsch am Abend;Bildungswerk;48683;Ahaus;Markt 1;kostenlos;Rosalinde Musterfrau;A2 bis B1;01.02.2027;02561 000"


def only(**cells):
    found = table.read("\n".join([";".join(cells), ";".join(cells.values())]).encode())
    assert not found.rejected, found.rejected
    return found.records[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(encoding, separator):
    data = f"{HEAD}\r\n{LINE}\r\n".replace(";", separator).encode(encoding)
    [record] = table.read(data).records
    assert (record.key, record.title, record.provider.name, record.places[0].street) == ("7", "Deutsch am Abend", "Bildungswerk", "Markt 1")


@pytest.mark.django_db
def test_a_line_becomes_an_offer_without_the_name_of_a_person():
    assert counts(taken_in(f"{HEAD}\n{LINE}".encode(), "csv")) == (1, 0, 0, 0, 0)
    assert counts(taken_in(f"{HEAD}\n{LINE}".encode(), "csv")) == (0, 0, 1, 0, 0)
    row = offer("7")
    assert (row.german_from, row.german_to, row.is_free, row.next_start) == ("a2", "b1", True, date(2027, 2, 1))
    assert "german" not in row.silent and len(row.silent) == 6
    assert row.places.get().municipality_id == "05554004"
    assert "Rosalinde" not in str([vars(row), vars(row.provider), vars(row.places.get())])


@pytest.mark.django_db
def test_lines_without_a_number_are_known_by_what_they_say():
    lines = ["Titel;Träger;Beschreibung", "Nähkurs;Treff;alt", "Nähkurs;Anderer Treff;alt", "Nähkurs;Treff;noch einmal"]
    report = taken_in("\n".join(lines).encode(), "csv")
    assert counts(report) == (2, 0, 0, 0, 1)
    assert report.rejected[0].reason is Unread.TWICE
    assert counts(taken_in("\n".join([lines[0], "Nähkurs;Treff;neu"]).encode(), "csv")) == (0, 1, 0, 1, 0)


@pytest.mark.django_db
def test_broken_lines_are_rejected_by_their_number():
    lines = ["Titel;Ort", "A;Ahaus", "", ";Ahaus", "B;Ahaus;zu viel", "C;Ahaus;", "D"]
    report = taken_in("\n".join(lines).encode(), "csv")
    assert counts(report) == (3, 0, 0, 0, 2)
    assert [(one.record, one.reason) for one in report.rejected] == [("4", Unread.NO_TITLE), ("5: B", Unread.TOO_MANY_CELLS)]


def test_what_looks_like_a_formula_is_text():
    found = only(Titel="=HYPERLINK(1)", Beschreibung="@SUM(1)+1", Anbieter="-2+3")
    assert (found.title, found.description, found.provider.name) == ("=HYPERLINK(1)", "<p>@SUM(1)+1</p>", "-2+3")


@pytest.mark.parametrize(("header", "field"), [
    ("Angebot", "title"), ("Kurstitel", "title"), ("E-Mail-Adresse", "email"), ("Straße und Hausnummer", "street"), ("Mindestalter", "age_from"),
    ("Stand", "updated_on"), ("ZIELGRUPPE", "target_group"), ("Ansprechpartner", None), ("Kontaktperson", None), ("Name der Leitung", None),
])  # fmt: skip
def test_columns_are_guessed_but_never_a_person(header, field):
    assert table.guess((header,)) == ({field: header} if field else {})


def test_a_mapping_wins_over_the_guess():
    data = b"Titel;Was\nx;Das Angebot"
    assert table.read(data, {"title": "Was"}).records[0].title == "Das Angebot"
    with pytest.raises(NotWhatItClaims) as error:
        table.read(data, {"title": "Fehlt"})
    assert (error.value.wrong, error.value.detail) == (Wrong.NO_SUCH_COLUMN, "Fehlt")


def test_columns_of_one_name_are_told_apart():
    content = table.table(b"Titel;Titel;;Titel (2)\na;b;c;d")
    assert content.columns == ("Titel", "Titel (2)", "#3", "Titel (2) (2)")
    assert content.samples("#3") == ("c",)


@pytest.mark.parametrize(("words", "levels"), [
    ("B1", ("b1", "")), ("ab A2", ("a2", "")), ("A1-B1", ("a1", "b1")), ("bis B2", ("", "b2")), ("keine Deutschkenntnisse nötig", ("", "")), ("fließend", None),
])  # fmt: skip
@pytest.mark.django_db
def test_levels_in_words(words, levels):
    taken_in(f"Titel;Mindestniveau\nKurs;{words}".encode(), "csv")
    [row] = offers().values()
    assert ((row.german_from, row.german_to) if "german" not in row.silent else None) == levels
    assert ("fließend" in row.condition_words) is (levels is None)


@pytest.mark.parametrize(("words", "gender"), [("nur Frauen", "female"), ("Männer", "male"), ("alle", ""), ("Frauen und Männer", ""), ("w", "female"), ("Gruppe 3", None)])
@pytest.mark.django_db
def test_for_whom_in_words(words, gender):
    taken_in(f"Titel;Geschlecht\nKurs;{words}".encode(), "csv")
    [row] = offers().values()
    assert (row.gender if "gender" not in row.silent else None) == gender


def test_places_free_need_no_day_of_their_own():
    assert only(Titel="x", **{"Freie Plätze": "3"}).places_free == 3


@pytest.mark.django_db
def test_free_places_without_a_day_are_of_the_day_of_the_import():
    taken_in("Titel;Freie Plätze\nKurs;3".encode(), "csv")
    [row] = offers().values()
    assert (row.places_free, row.places_on) == (3, date(2026, 11, 23))


# ---------- sheets ----------

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c><c r="B1" t="inlineStr"><is><t>PLZ</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Nähkurs</t></is></c><c r="B2"><v>48683</v></c></row></sheetData></worksheet>'
)


def workbook(sheet=_SHEET):
    """The smallest file that a spreadsheet program opens."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packaged = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}/relationships"><Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packaged}/relationships"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def test_a_sheet_is_a_table_and_a_postcode_no_fraction():
    [record] = table.read(workbook()).records
    assert (record.title, record.places[0].postcode) == ("Nähkurs", "48683")


# ---------- the file as a whole ----------


@pytest.mark.parametrize(("data", "wrong"), [
    (b"", Wrong.EMPTY), (b"\n\n \n", Wrong.EMPTY), (b"<html><body>x", Wrong.HTML), (b'{"a": 1}', Wrong.NO_TABLE), (b"[]", Wrong.NO_TABLE),
    (b"Titel;Ort\n", Wrong.NO_RECORDS), (b"Foo;Bar\n1;2", Wrong.NO_TITLE_COLUMN), (b"\x89PNG\r\n\x1a\n\x00", Wrong.BINARY), (b"a\x00b", Wrong.BINARY),
    (b'Titel;Ort\n"offen;x', Wrong.CUT_OFF), (b"PK\x03\x04nonsense", Wrong.NO_TABLE), (b"\xd0\xcf\x11\xe0nonsense", Wrong.NO_TABLE),
    (workbook()[:200], Wrong.NO_TABLE), (workbook("<worksheet"), Wrong.NO_TABLE),
])  # fmt: skip
def test_a_file_that_is_something_else_is_refused(data, wrong):
    with pytest.raises(NotWhatItClaims) as error:
        table.read(data)
    assert error.value.wrong is wrong


@pytest.mark.django_db
def test_the_same_source_keeps_its_format():
    from faden.kernel.errors import Conflict

    taken_in([place()])
    with pytest.raises(Conflict, match="Format"):
        taken_in(b"Titel\nx", "csv")


def test_a_stray_quotation_mark_costs_no_more_than_its_line():
    found = table.read('Titel;Träger\nSprachcafé "Miteinander";Treff\n"Café "Miteinander"";Treff\nNähkurs;Treff'.encode())
    assert {"Nähkurs", 'Sprachcafé "Miteinander"'} <= {one.title for one in found.records} and found.total == 3


@pytest.mark.django_db
@pytest.mark.parametrize("unsaid", ["keine Angabe", "ohne Angabe", "k. A.", "unbekannt", "-"])
def test_what_nobody_said_is_no_condition_that_is_not_there(unsaid):
    taken_in(f"Nr;Titel;Träger;Mindestniveau;Geschlecht;Kinderbetreuung\n1;Kurs;Treff;{unsaid};{unsaid};{unsaid}".encode(), "csv")
    assert {"german", "gender", "childcare"} <= set(offer("1").silent) and offer("1").childcare == ""


@pytest.mark.parametrize(("cost", "free"), [
    ("0 €", True), ("0,00 Euro", True), ("0", True), ("kostenlos", True), ("5 €", False), ("2,29 € je Stunde", False), ("nach Einkommen", None),
])  # fmt: skip
def test_what_costs_nothing_is_free(cost, free):
    assert only(Titel="Kurs", Träger="Treff", Kosten=cost).is_free is free


def test_a_head_with_hundreds_of_columns_is_no_table():
    with pytest.raises(NotWhatItClaims) as refused:
        table.read(("a;" * 300 + "Titel\n" + "x;" * 301).encode())
    assert refused.value.wrong is Wrong.TOO_LARGE
