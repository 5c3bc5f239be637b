"""What the invented family allowed to whom: one consent that carries a Weitergabe, one withdrawn with its receipt."""

from datetime import date, datetime, timedelta

from config.demo_data import network, others, signed
from faden.cases.models import Case
from faden.consents.actions import releases
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.models import Consent
from faden.consents.queries.grounds import recipient_of
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DataClass, DeclarationEnd, DeliveryKind
from faden.documents.actions import forms
from faden.documents.models import PrintedForm
from faden.kernel.actor import Actor
from faden.organisations.queries.recipients import as_recipient
from faden.persons.models import Person


def of_the_family(case: Case, mother: Person, father: Person, *, by: Actor, today: date, now: datetime) -> None:
    """Rima lets the course provider know her levels; Khaled took back what the jobcentre might be told by phone."""
    scene = _Consents(case, by, today, now)
    provider, office = (as_recipient(others.service(key)) for key in ("kurs", f"jobcenter-{network.TOWNS['Ahaus']}"))
    course = Sharing(
        provider, "Platz im Sprachkurs mit Kinderbetreuung", "Name, Telefonnummer, Sprachen, Kursniveau, Alter der Kinder",
        (DataClass.CONTACT, DataClass.LANGUAGE, DataClass.FAMILY),
    )  # fmt: skip
    scene.given(mother, course, days_ago=20)
    money = Sharing(
        office, "Weiterbewilligung der Leistungen klären", "Name, Kosten der Wohnung", (DataClass.CONTACT, DataClass.BENEFITS_HOUSING)
    )
    consent, sheet = scene.given(father, money, days_ago=60)
    scene.phoned(consent, "Die Wohnungskosten sind seit Mai gleich geblieben.", days_ago=30)
    forms.ended(sheet, DeclarationEnd.REVOKED, ended_on=today - timedelta(days=5), by=by, at=now - timedelta(days=5))


class _Consents:
    """Prepares, signs and uses consents in one case."""

    def __init__(self, case: Case, by: Actor, today: date, now: datetime) -> None:
        self.case, self.by, self.today, self.now = case, by, today, now

    def given(self, person: Person, sharing: Sharing, *, days_ago: int) -> tuple[Consent, PrintedForm]:
        """Both sheets signed; Arabic stood beside the German text."""
        how = How(self.today + timedelta(days=150), shown_language="ar")
        return signed.consent(sharing, how, case=self.case, person=person, by=self.by, at=self.now - timedelta(days=days_ago))

    def phoned(self, consent: Consent, words: str, *, days_ago: int) -> None:
        """Said on the telephone: nobody can take that back."""
        content = Content(consent.purpose, facts=(Fact(DataClass.BENEFITS_HOUSING, "Wohnung", words),), sender=self.by.organisation_name)
        releases.release(
            releases.Told(
                DeliveryKind.INFORMATION, recipient_of(consent), Channel.PHONE, consent.purpose, content, self.today + timedelta(days=30),
                person_id=consent.person_id, consent=consent,
            ),
            by=self.by, at=self.now - timedelta(days=days_ago), today=self.today,
        )  # fmt: skip
