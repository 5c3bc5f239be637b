"""A consent beside Tigrinya: read as a draft, signed in German with an interpreter named, scanned back to the right person."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Person, axe
from tests.journeys import first_day as day
from tests.journeys.test_decision import open_case, the_worker_ran
from tests.journeys.test_plan import tick

pytestmark = pytest.mark.browser
OFFICE = "Jobcenter Ahaus (Jobcenter im Kreis Borken)"


def prepare(page: Page, amal: Person, case: str) -> bytes:
    """From the case's Zusammenarbeit; returns the print of both sheets."""
    amal.go(page, f"{case}zusammenarbeit/")
    day.main(page).get_by_role("link", name="Einwilligung vorbereiten", exact=True).click()
    page.wait_for_url(re.compile(r"/einwilligung/$"))
    expect(day.main(page)).to_contain_text("Was sich nicht zurückholen lässt")
    page.get_by_label("An welche Stelle?").select_option(label=f"{OFFICE} (Jobcenter)")
    page.get_by_label("Wozu?").fill("Antrag besprechen")
    page.get_by_label("Welche Angaben genau?").fill("Name, Telefonnummer, Sprache")
    tick(page, "Name und Erreichbarkeit")
    tick(page, "Tigrinya: Entwurf, steht zum Lesen daneben")
    day.press(page, "Vorbereiten")
    with page.expect_download() as coming:
        page.get_by_role("link", name="PDF herunterladen").click()
    return coming.value.path().read_bytes()


def as_scans(pdf: bytes) -> list[dict[str, object]]:
    """What the copier makes of the print."""
    import pypdfium2

    pictures = []
    for number, sheet in enumerate(pypdfium2.PdfDocument(pdf), 1):
        kept = BytesIO()
        sheet.render(scale=2.5).to_pil().convert("RGB").save(kept, "JPEG", quality=80)
        pictures.append({"name": f"Scan {number}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()})
    return pictures


def bring_back(page: Page, amal: Person, scans: list[dict[str, object]]) -> None:
    amal.go(page, "/scan-eingang/")
    page.locator("input[type=file]").set_input_files(scans)  # type: ignore[arg-type]
    day.press(page, "In den Eingang legen")
    the_worker_ran()


def file_next(page: Page, amal: Person, kind: str) -> None:
    """The sheet is known by its code; it goes to the person without a choice, and the signature is asked for."""
    amal.go(page, "/scan-eingang/?trotzdem=ja")
    row = page.locator(".f-scan", has_text=kind).first
    expect(row).to_contain_text("Rima")
    row.get_by_role("button", name=re.compile("hier ablegen", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(r"/unterschrift/$"))


def sign(page: Page, *, interpreter: bool) -> None:
    from faden.kernel import clock

    page.get_by_label("Ich habe das Blatt gesehen. Alle Unterschriften sind da.").check()
    if interpreter:
        page.get_by_label("Mündlich übersetzt von").fill("Selam Beispiel, Sprachmittlung")
        page.get_by_label("Zur Verschwiegenheit verpflichtet am").fill((clock.today() - timedelta(days=60)).isoformat())
        page.get_by_label("Wer übersetzt hat, ist volljährig und kein Kind der Familie.").check()
    day.press(page, "Unterschrift notieren")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_tigrinya_draft_is_read_and_german_is_signed_scanned_and_filed(browse, script):
    from tests.declaring import review
    from tests.documents.test_forms import text_in

    for kind in ("consent", "own_secrecy"):
        review(kind)
    amal = browse(day.AMAL, script=script)
    page = amal.open("/tag/")
    case = open_case(page, amal)
    pdf = prepare(page, amal, case)
    said = text_in(pdf)
    assert "Nur zum Lesen" in " ".join(said.split()) or "ንምንባብ" in said
    assert "ENTWURF, nicht unterschreiben" not in said and said.count("Mündlich übersetzt von") == 2

    bring_back(page, amal, as_scans(pdf))
    file_next(page, amal, "Einwilligung in eine Weitergabe")
    if script:
        assert axe(page) == []
    sign(page, interpreter=False)
    expect(day.main(page)).to_contain_text("Bitte notieren Sie, wer ihn mündlich übersetzt hat")
    sign(page, interpreter=True)
    page.wait_for_url(re.compile(r"/erklaerungen/[0-9a-f-]{36}/$"))
    consent = amal.path(page)
    expect(day.main(page)).to_contain_text("Selam Beispiel")
    expect(day.main(page)).to_contain_text("wartet auf Unterschrift")  # the other sheet
    if script:
        assert axe(page) == []

    file_next(page, amal, "Entbindung unserer Fachkräfte")
    sign(page, interpreter=True)
    page.wait_for_url(re.compile(r"/erklaerungen/[0-9a-f-]{36}/$"))
    amal.go(page, f"{case}zusammenarbeit/")
    expect(page.locator("#einwilligungen")).to_contain_text(OFFICE)
    expect(page.locator("#einwilligungen")).to_contain_text("gilt")
    if script:
        assert axe(page) == []

    amal.go(page, f"{consent}ende/")
    expect(day.main(page)).to_contain_text("Auf dieser Einwilligung ist nichts offen.")
    tick(page, "von der Person widerrufen")
    day.press(page, "Beenden")
    page.wait_for_url(re.compile(r"/beleg/$"))
    expect(day.main(page)).to_contain_text("Auf dieser Einwilligung wurde nichts weitergegeben.")
    if script:
        assert axe(page) == []
    with page.expect_download() as coming:
        day.press(page, "Beleg herunterladen (PDF)")
    assert "Meine Erlaubnis ist beendet" in text_in(coming.value.path().read_bytes())
