"""Invented papers of the demo's family, drawn as somebody photographs them: a Bescheid in two pages, a title, a certificate."""

from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont

from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.documents.actions import files, inbox, papers
from faden.documents.actions.papers import Described
from faden.documents.models import Paper, StoredFile
from faden.documents.queries.files import content_of
from faden.documents.vocabulary import FileState
from faden.kernel.actor import Actor
from faden.outside import pages, typeset
from faden.persons.models import Person

DAY = timedelta(days=1)
A4 = (1240, 1754)
FONT = str(typeset.FONTS / "NotoSans_400Regular.ttf")
NOTICE = (
    "Jobcenter Kreis Borken\nMusterstraße 1, 48683 Ahaus\n\nBG 35702-0012345\n\nBescheid über die Ablehnung\n\n"
    "Ihr Antrag auf einen Mehrbedarf für\nkostenaufwändige Ernährung wird abgelehnt.\n\nMuster ohne Wert",
    "Rechtsbehelfsbelehrung\n\nGegen diesen Bescheid kann innerhalb eines\nMonats nach Bekanntgabe Widerspruch erhoben\n"
    "werden bei: Jobcenter Kreis Borken,\nWiderspruchsstelle.\n\nMuster ohne Wert",
)
CERTIFICATE = ("Zertifikat B1\n\nDeutsch-Test für Zuwanderer\n\nHören/Lesen: B1\nSprechen: B1\nSchreiben: A2\n\nMuster ohne Wert",)
LETTER = ("Gesamtschule Musterstadt\n\nEinladung zum Gespräch über die\nberufliche Orientierung\n\nMuster ohne Wert",)


def _photo(words: str) -> bytes:
    """A sheet of paper lying a little askew on a table."""
    sheet = Image.new("RGB", A4, "white")
    ImageDraw.Draw(sheet).multiline_text((120, 140), words, "black", ImageFont.truetype(FONT, 42), spacing=18)
    table, kept = Image.new("RGB", (A4[0] + 160, A4[1] + 160), (92, 78, 64)), BytesIO()
    turned = sheet.convert("RGBA").rotate(1.2, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste(turned, (60, 50), turned)
    table.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def of_the_family(case: Case, mother: Person, son: Person, *, by: Actor, today: date, now: datetime) -> UUID:
    """Five papers in the case, two scans in the Eingang; returns the Bescheid's."""
    brought = now - 22 * DAY
    hers, his = About((mother.id,)), About((son.id,))
    notice = Described(
        "decision", issuer="Jobcenter Kreis Borken", dated_on=today - 27 * DAY, received_on=today - 24 * DAY,
        received_how="brought", original="returned",
    )  # fmt: skip
    title = Described(
        "residence", "Aufenthaltserlaubnis § 25 Abs. 3", "Ausländerbehörde Kreis Borken", today - 400 * DAY, today + 120 * DAY,
        original="with_person", proves="residence",
    )  # fmt: skip
    certificate = Described("language", "Zertifikat B1", "Volkshochschule Ahaus", today - 90 * DAY, proves="german")
    decision = _put(case, notice, NOTICE, hers, by=by, at=brought)
    _put(case, certificate, CERTIFICATE, hers, by=by, at=now - 30 * DAY)
    attest = Described("medical", "Attest für den Mehrbedarf", "Hausarztpraxis")
    for described, days in ((title, 60), (attest, 30)):
        papers.seen(case, described=described, seen_on=today - days * DAY, about=hers, by=by, at=now - days * DAY)
    _put(case, Described("letter", issuer="Gesamtschule Musterstadt", received_how="photo"), LETTER, his, by=by, at=now - 3 * DAY)
    for file in inbox.put([("Foto 1.jpg", _photo(LETTER[0])), ("Foto 2.jpg", _photo(CERTIFICATE[0]))], by=by, at=now):
        _look_at(file, at=now)
    return decision.id


def _put(case: Case, described: Described, words: tuple[str, ...], about: About, *, by: Actor, at: datetime) -> Paper:
    photos = [(f"Seite {number}.jpg", _photo(text)) for number, text in enumerate(words, start=1)]
    paper = papers.take(case, described=described, files=photos, about=about, by=by, at=at)
    for file in StoredFile.objects.filter(paper=paper):
        _look_at(file, at=at)
    return paper


def _look_at(file: StoredFile, *, at: datetime) -> None:
    """As the scanner and the drawing would have it: the demo has none, and shows what they leave."""
    system = Actor.system(file.organisation_id)
    files.judge(file.id, state=FileState.CLEAN, by=system, at=at)
    drawing = pages.draw(content_of(file.id) or b"", file.content_type)
    drawn = [files.DrawnPage(page.width, page.height, page.jpeg) for page in drawing.pages]
    files.keep_pages(file.id, drawn, pages_in_file=drawing.pages_in_file, by=system, at=at)
