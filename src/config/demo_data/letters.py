"""Letters of the invented family: a request that went out with a Vollmacht, one taken along, one begun; the office's letterhead."""

from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.consents.queries.declarations import Standing, standing_powers
from faden.documents.actions import letter_templates, letters
from faden.documents.models import Letter
from faden.documents.queries.letter_sheets import sheet_of
from faden.documents.queries.letter_values import enclosed_with, written
from faden.documents.vocabulary import LetterGround, LetterWay
from faden.kernel.actor import Actor
from faden.look.papers import as_pdf
from faden.outside.word.starter import starter
from faden.persons.models import Person

JOBCENTRE = "Jobcenter Kreis Borken"
ADDRESS = "Musterstraße 1\n48683 Ahaus"


def run(
    case: Case, mother: Person, father: Person, son: Person, *, by: Actor, today: date, now: datetime
) -> None:
    """After the declarations: who has signed decides how the first of them goes out."""
    with translation.override("de"):
        words = {"theirs": _("Ihr Zeichen"), "ours": _("Unser Zeichen"), "greeting": _("Mit freundlichen Grüßen")}
        template = letter_templates.publish("Briefkopf der Beratungsstelle", starter(words), by=by, at=now - timedelta(days=30))
    scene = _Letters(case, by, today, now)
    power = next((one for one in standing_powers([mother.id], today) if "information" in one.scope), None)
    asked = scene.draft(
        "sachstand", mother, power.to if power else JOBCENTRE,
        {"[welcher Antrag, gestellt am]": f"Antrag auf Bürgergeld, Kosten der Unterkunft, gestellt am {today - timedelta(days=70):%d.%m.%Y}"},
    )  # fmt: skip
    scene.send(asked, power)
    school = scene.draft(
        "schule", son, "Gesamtschule Musterstadt",
        {"[Thema, in einem Satz]": "den Wechsel auf die weiterführende Schule", "[Tage und Uhrzeiten]": "dienstags und donnerstags ab 14 Uhr"},
    )  # fmt: skip
    scene.send(school, None)
    # Begun and not finished: what is missing stands in square brackets.
    scene.draft("auslaenderbehoerde", father, "Ausländerbehörde Kreis Borken", {}, template_id=template.id)


class _Letters:
    """Writes letters in one case."""

    def __init__(self, case: Case, by: Actor, today: date, now: datetime) -> None:
        self.case, self.by, self.today, self.now = case, by, today, now

    def draft(self, code: str, person: Person, recipient: str, gaps: dict[str, str], **more: object) -> Letter:
        text = written(self.case, code, [person.id], by=self.by, on=self.today)
        body = text.body
        for gap, words in gaps.items():
            body = body.replace(gap, words)
        planned = letters.Planned(
            recipient, ADDRESS, text.subject, body=body, shipped_code=code, about=About((person.id,)), **more  # type: ignore[arg-type]
        )
        return letters.draft(self.case, planned=planned, by=self.by, at=self.now - timedelta(days=1))

    def send(self, letter: Letter, power: Standing | None) -> None:
        """With the Vollmacht where there is one; else the person takes it along."""
        if power:
            sending = letters.Sending(LetterGround.POWER, LetterWay.POST, self.today, power_id=power.id)
        else:
            sending = letters.Sending(LetterGround.CARRIED, LetterWay.HANDED, self.today)
        pdf = as_pdf("letter", sheet_of(letter, on=self.today, signer=self.by.user_name, by=self.by, enclosed=enclosed_with(sending.ground)))
        as_sent = letters.AsSent("pdf", "brief.pdf", pdf)
        letters.send(letter, sending, as_sent, seen_version=letter.version, by=self.by, on=self.today, at=self.now)
