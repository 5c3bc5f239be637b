"""Texts that the invented services have reviewed, and what the invented family signed, did not sign yet, and revoked."""

from datetime import date, datetime, timedelta

from faden.cases.models import Case
from faden.consents.actions import texts
from faden.consents.actions.declarations import How
from faden.consents.actions.powers import Power
from faden.consents.actions.secrecy import Secrecy
from faden.consents.queries import form_texts
from faden.consents.rules.declarations import Signing
from faden.consents.vocabulary import DataClass, DeclarationEnd, FormKind, PowerScope, SpecialCategory
from faden.documents.actions import forms
from faden.documents.models import PrintedForm
from faden.kernel.actor import Actor
from faden.persons.models import Person

REVIEWED = {"de": "Renate Muster, Leitung Recht", "uk": "Olena Probe, vereidigte Übersetzerin"}
ARABIC = "ar"
OBLIGED = timedelta(days=400)


def review_texts(by: Actor, *, today: date, now: datetime) -> None:
    """German and Ukrainian are reviewed; the other translations are still drafts."""
    for kind in FormKind:
        for language, who in REVIEWED.items():
            shown = form_texts.texts().counting(kind, language)
            if shown:
                texts.review(shown, reviewed_by=who, reviewed_on=today - timedelta(days=200), by=by, at=now)


def of_the_family(
    case: Case, mother: Person, father: Person, son: Person, *, by: Actor, today: date, now: datetime
) -> None:
    """Rima has given a Vollmacht and is to sign a release; Khaled took one back; the parents signed for Yusuf."""
    scene = _Declarations(case, by, today, now)
    job = Power(
        "Jobcenter Kreis Borken", "Bürgergeld, Kosten der Unterkunft, BG-Nummer 00000-1", scene.deputies,
        (PowerScope.INFORMATION, PowerScope.FILE, PowerScope.APPLY),
    )  # fmt: skip
    scene.sign(scene.power(mother, job, days_ago=42), days_ago=40)
    office = Power("Ausländerbehörde Kreis Borken", "Duldung, Antrag auf Beschäftigungserlaubnis", scene.deputies, (PowerScope.INFORMATION,))
    revoked = scene.power(father, office, days_ago=90)
    scene.sign(revoked, days_ago=88)
    forms.ended(revoked, DeclarationEnd.REVOKED, ended_on=today - timedelta(days=15), by=by, at=now - timedelta(days=15))
    school = Secrecy(
        "Musterschule, Klassenlehrerin", "Wechsel auf die weiterführende Schule", "Noten und Empfehlung der Klasse 4",
        (DataClass.SCHOOL_WORK,),
    )  # fmt: skip
    parents = scene.release(son, school, days_ago=30, own=False, represented_by=(mother.id, father.id))
    scene.sign(parents, days_ago=30)
    doctor = Secrecy(
        "Kinderarztpraxis Dr. Beispiel, Ahaus", "Kita-Platz mit Förderung beantragen", "Befund der letzten Untersuchung von Noor",
        (DataClass.FAMILY, DataClass.SPECIAL), (SpecialCategory.HEALTH,),
    )  # fmt: skip
    scene.release(mother, doctor, days_ago=2)


class _Declarations:
    """Prepares and notes declarations in one case."""

    def __init__(self, case: Case, by: Actor, today: date, now: datetime) -> None:
        self.case, self.by, self.today, self.now = case, by, today, now
        self.deputies = f"{by.user_name}, in Vertretung das Team: {by.organisation_name}"[:200]

    def power(self, person: Person, power: Power, *, days_ago: int) -> PrintedForm:
        at = self.now - timedelta(days=days_ago)
        return forms.prepare_power(power, self._how(300), case=self.case, person=person, by=self.by, at=at)

    def release(
        self, person: Person, release: Secrecy, *, days_ago: int, own: bool = True, represented_by: tuple[object, ...] = ()
    ) -> PrintedForm:
        how, at = self._how(120, own=own, represented_by=represented_by), self.now - timedelta(days=days_ago)
        return forms.prepare_release(release, how, case=self.case, person=person, by=self.by, at=at)

    def sign(self, form: PrintedForm, *, days_ago: int) -> None:
        at, on = self.now - timedelta(days=days_ago), self.today - timedelta(days=days_ago)
        spoken = Signing(
            on, read_aloud=True, interpreter_name="Layla Muster, Sprachmittlung der Caritas", interpreter_language=ARABIC,
            interpreter_obliged_on=self.today - OBLIGED, interpreter_is_adult=True,
        )  # fmt: skip
        forms.signed(form, spoken, by=self.by, at=at)

    def _how(self, days: int, **more: object) -> How:
        # Arabic is a draft: German is signed, the Arabic text stands beside it for reading.
        return How(self.today + timedelta(days=days), shown_language=ARABIC, **more)  # type: ignore[arg-type]
