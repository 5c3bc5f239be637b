"""The printed paper in four scripts: what stands on it, on which side, and in which order it is read."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pypdfium2
import pytest
from tests.documents.pdf_reading import edges_of, lines_of, place_of, words_of

from faden.documents.queries.words import german, shipped
from faden.documents.rules.take_along import Entry, Part, Saying, complete
from faden.documents.rules.take_along_paper import Contact, laid_out
from faden.documents.rules.words import LANGUAGES, Words, paper_language
from faden.look.papers import as_pdf

GOAL, STEP = UUID(int=1), UUID(int=2)
OWN = {
    (GOAL, "en"): ("Ich arbeite als Köchin", "I work as a cook"),
    (GOAL, "uk"): ("Ich arbeite als Köchin", "Я працюю кухаркою"),
    (GOAL, "ar"): ("Ich arbeite als Köchin", "أعمل طباخة"),
    (GOAL, "ti"): ("Ich arbeite als Köchin", "ከም ከሻኒት እሰርሕ"),
    (STEP, "uk"): ("ein anderer Text", "Це старе"),
}
ENTRIES = [
    Entry(Part.GOAL, Saying("Ich arbeite als Köchin", source=GOAL), until=date(2027, 5, 12)),
    Entry(Part.MINE, Saying("Zeugnis suchen", source=STEP), state="state.ready"),
    Entry(Part.OURS, Saying(german()["step.wohnen.wbs"], "step.wohnen.wbs"), by=Saying("Stadt oder Gemeinde", "agency.gemeinde"), named="Stadt Rheine 2"),
    Entry(
        Part.DATE, Saying("Termin im Büro", "appointment.office"), at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        more=(Saying("Rathaus, Zimmer 12", source=UUID(int=3), is_name=True),),
    ),
    Entry(Part.BRING, Saying("Pass", "paper.pass")),
]  # fmt: skip
CONTACT = Contact("Caritas Ahaus", "Amal Testin", "02561 429-17", "amal@caritas-ahaus.example")


def words(language: str, reviewed: dict[str, str] | None = None) -> Words:
    return Words(LANGUAGES[language], german(), shipped(language), reviewed or {})


def sheet(language: str, entries=ENTRIES, reviewed: dict[str, str] | None = None, **rest):
    more = {"own": OWN, "name": "Rima Darwisch", "contact": CONTACT, "today": date(2026, 11, 22), **rest}
    return laid_out(complete(entries), german=words("de"), other=words(language, reviewed), **more)


def pdf(language: str, entries=ENTRIES) -> bytes:
    return as_pdf("take_along", sheet(language, entries).data())


def squeezed(text: str) -> str:
    """As the reader of places gives it: no spaces, nothing twice."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"\s", "", text))


GERMAN = (
    "Mein Blatt", "Das ist mein Ziel", "Ich arbeite als Köchin", "bis 12.05.2027", "Das mache ich", "Zeugnis suchen",
    "Wohnberechtigungsschein beantragen", "Stadt Rheine 2", "Dienstag, 1. Dezember 2026", "10:30 Uhr", "Rathaus, Zimmer 12",
    "So erreichen Sie uns", "02561 429-17", "Das ist keine Entscheidung einer Behörde.",
    "Maschinell übersetzt, noch nicht geprüft. Es gilt der deutsche Text.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["I work as a cook"]),
        ("uk", ["Я працюю кухаркою"]),
        ("ti", ["ከም ከሻኒት እሰርሕ"]),
    ],
)
def test_both_languages_stand_on_it(language, said):
    own = [shipped(language)[code] for code in ("sheet.title", "sheet.goals", "plan.mine", "state.ready", "paper.pass", "note.machine")]
    text = squeezed(words_of(pdf(language)))
    assert [one for one in (*GERMAN, *said, *own) if squeezed(one) not in text] == []


def test_arabic_is_read_from_the_right():
    lines = lines_of(pdf("ar"), from_right=True)
    wanted = ["أعمل طباخة", shipped("ar")["sheet.goals"], shipped("ar")["sheet.steps"]]
    assert [one for one in wanted if not any(line.startswith(squeezed(one)) for line in lines)] == []
    # Beside it the German and the numbers are read from the left.
    from_left = lines_of(pdf("ar"))
    assert [one for one in ("Das ist mein Ziel", "02561 429-17", "Stadt Rheine 2", "12.05.2027") if not any(squeezed(one) in line for line in from_left)] == []


def test_a_number_after_a_latin_name_keeps_its_place():
    """Without isolation "Rheine 2" and what follows would be one run and change places."""
    entry = Entry(Part.MINE, Saying("Pass", "paper.pass"), state="state.ready", named="Rheine 2", more=(Saying("17 Uhr Saal", source=STEP, is_name=True),))
    [line] = [line for line in lines_of(pdf("ar", [entry])) if "Rheine" in line and "kan" in line]
    assert line.rindex("17UhrSal") < line.rindex("Rheine2"), line


def test_her_column_is_where_she_begins_to_read():
    german_m, other = place_of(pdf("uk"), "B"), place_of(pdf("uk"), shipped("uk")["sheet.title"][0])
    assert other[0] < german_m[0]
    assert place_of(pdf("ar"), "B")[0] < place_of(pdf("ar"), "و")[0]


def test_the_document_says_its_language_title_and_sender():
    found = pypdfium2.PdfDocument(pdf("ar"))
    assert found.get_metadata_dict()["Title"] == "Mein Blatt" and found.get_metadata_dict()["Author"] == "Caritas Ahaus"
    raw = pdf("ar")
    assert b"/Lang (ar)" in raw or b"/Lang(ar)" in raw
    assert b"pdfuaid" in raw


def test_german_alone_has_one_column_and_no_machine():
    text = words_of(pdf("de"))
    assert text.count("Ich arbeite als Köchin") == 1 and "Maschinell" not in text
    assert sheet("de").drafted == 0 and not sheet("de").is_bilingual


def test_what_the_machine_wrote_is_counted_and_said_until_it_is_reviewed():
    one = sheet("uk")
    used = {pair.german for pair in one.notes}
    assert one.machine and one.drafted > 20 and used
    everything = dict(shipped("uk"))
    reviewed = sheet("uk", reviewed=everything)
    assert reviewed.machine is None and reviewed.drafted == 0
    everything.pop("sheet.goals")
    left = sheet("uk", reviewed=everything)
    assert left.machine and left.drafted == 1


def test_a_reviewed_wording_is_printed():
    assert sheet("uk", reviewed={"sheet.title": "Мій листок"}).title.other == "Мій листок"


def test_a_free_text_without_a_translation_stands_in_german_only():
    steps = sheet("uk").sections[1].groups[0].lines
    assert steps[0].text.other == "", "the translation was of another text"
    assert sheet("uk").untranslated == 1 and sheet("uk").german_only == shipped("uk")["note.german_only"]


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_nothing_is_cut_however_long_it_is(language):
    long = "Donaudampfschifffahrtsgesellschaftskapitänin " * 12

    def entry(number: int) -> Entry:
        more = (Saying("https://www.example.org/" + "lang" * 40 + f"Schluß{number}", source=UUID(int=900 + number), is_name=True),)
        return Entry(Part.GOAL, Saying(f"{long}Ende{number}.", source=UUID(int=50 + number)), more=more)

    made = pdf(language, [entry(number) for number in range(14)])
    letters = "".join(lines_of(made))
    assert [number for number in range(14) if squeezed(f"Ende{number}.") not in letters] == []
    assert len(re.findall("ß", words_of(made))) == (14 if language == "de" else 28)
    assert len(pypdfium2.PdfDocument(made)) > 1
    left, right = edges_of(made)
    assert left >= 70 and right <= 540, "within the margins of A4"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_paper_is_one_page(language):
    assert len(pypdfium2.PdfDocument(pdf(language))) == 1


@pytest.mark.parametrize(
    ("spoken", "language"),
    [(["apc"], "ar"), (["prs", "de"], "fa"), (["kmr"], "ku"), (["ckb", "ar"], "ar"), (["aii"], "de"), ([], "de"), (["uk", "ru"], "uk")],
)
def test_the_language_of_the_paper(spoken, language):
    assert paper_language(spoken) == language
