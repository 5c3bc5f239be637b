"""The invented family at a table: a Fallkonferenz that was, with agreements, one to come, and the case told without names."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from config.demo_data import others, signed
from faden.cases.actions.appointments import Planned
from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.models import Consent
from faden.consents.vocabulary import Channel, DataClass
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.actions import agencies
from faden.organisations.queries.recipients import Recipient, as_recipient
from faden.persons.models import Person
from faden.referrals.actions import conferences, minutes, presentations
from faden.referrals.actions.conferences import Heard, OnAgenda, Seated, Seen, Wished
from faden.referrals.actions.minutes import Noted
from faden.referrals.actions.presentations import Said, Wording
from faden.referrals.models import CasePresentation, Conference
from faden.referrals.queries.presentations import coordinations
from faden.referrals.vocabulary import (
    HearsBy,
    InvitedBy,
    ParticipantKind,
    PresentationAnswer,
    PresentationCheck,
    PresentationState,
)

TOLD = """Wer
- Mutter, zwischen 30 und 39 Jahren, lernt Deutsch
- Vater, in derselben Altersgruppe, anderer Aufenthaltsstatus
- ein Kind im Grundschulalter, ein Kind im Kitaalter
- Ort: eine Kommune im Kreis Borken

Wo es hängt
- Die Mutter könnte sofort einen Kurs beginnen, findet aber keine Betreuung am Nachmittag.
- Für den Vater ist eine andere Stelle für Leistungen zuständig. Anträge der Familie gehen deshalb zweimal den ganzen Weg.
- Für den Übergang auf die weiterführende Schule fehlt eine Stelle, die Eltern in ihrer Sprache berät."""


def run(case: Case, mother: Person, *, by: Actor, today: date, now: datetime) -> None:
    """All of it in the family's case."""
    table = _Table(case, mother, by, today, now)
    course = as_recipient(others.service("kurs"))
    classes = (DataClass.CONTACT, DataClass.LANGUAGE, DataClass.SCHOOL_WORK)
    allowed = Sharing(course, "Platz im Sprachkurs und Abstimmung darüber", "Name, Sprache, Kurs und Arbeit", classes)
    how = How(today + timedelta(days=150))
    consent, _sheet = signed.consent(allowed, how, case=case, person=mother, by=by, at=now - timedelta(days=56))
    table.held(course, consent)
    table.ahead(course, consent)
    table.told_without_names()


def answer(by: Actor, *, today: date, now: datetime) -> None:
    """The county's coordination, from its own door; the worker takes it to the case."""
    with opened_for(by, write=False):
        told = CasePresentation.objects.select_related("release").get(state=PresentationState.SENT)
    assert told.release and told.release.delivery_id
    coordination = others.somebody("ki", today=today)
    with opened_for(coordination, write=True):
        said = Said(PresentationAnswer.PLANNED, today + timedelta(days=40), "Bitte bringen Sie Zahlen mit: Wie viele Eltern warten?")
        presentations.answer(told.release.delivery_id, said, seen=None, by=coordination, at=now, today=today)


class _Table:
    """The case, the person spoken of, and who does it."""

    def __init__(self, case: Case, mother: Person, by: Actor, today: date, now: datetime) -> None:
        self.case, self.mother, self.by, self.today, self.now = case, mother, by, today, now

    def seen(self, conference: Conference) -> Seen:
        return Seen(Conference.objects.get(id=conference.id).version, self.by, self.now, self.today)

    def planned(self, title: str, question: str, day: date) -> Conference:
        starts = datetime.combine(day, time(10), tzinfo=clock.BERLIN)
        planned = Planned(title, starts, starts + timedelta(minutes=90), "Rathaus, Zimmer 12", "ar", About((self.mother.id,)))
        return conferences.plan(Wished(planned, question), case=self.case, by=self.by, at=self.now)

    def sits(self, conference: Conference, seated: Seated, hears: Heard | None = None) -> UUID:
        made = conferences.seat(conference, seated, self.seen(conference))
        if hears:
            conferences.decide(conference, made.id, [hears], self.seen(conference))
        return made.id

    def held(self, course: Recipient, consent: Consent) -> None:
        """Three weeks ago: two agreements, one of them a task."""
        conference = self.planned("Sprachkurs und Betreuung", "Wie kann der Kurs beginnen?", self.today - timedelta(days=21))
        her = self.sits(conference, Seated(ParticipantKind.CLIENT, person=self.mother.id))
        ground = Heard(self.mother.id, HearsBy.CONSENT, consent.id)
        provider = self.sits(conference, Seated(ParticipantKind.RECIPIENT, "Petra Kursbüro", recipient=course), ground)
        interpreter = Seated(ParticipantKind.INTERPRETER, "Frau Aziz, Arabisch")
        spoken = self.sits(conference, interpreter, Heard(self.mother.id, HearsBy.BROUGHT))
        course_point, care, end = (
            conferences.add_point(conference, point, self.seen(conference))
            for point in (
                OnAgenda("Kurs ab dem nächsten Monat", self.mother.id, DataClass.SCHOOL_WORK),
                OnAgenda("Betreuung am Nachmittag", self.mother.id, DataClass.FAMILY),
                OnAgenda("Nächstes Treffen"),
            )
        )
        until = self.today + timedelta(days=10)
        words = {
            course_point.id: Noted("Im Abendkurs ist ein Platz frei.", "Der Platz wird zwei Wochen gehalten.", "Petra Kursbüro", until),
            care.id: Noted("Die Kita nimmt erst ab Sommer auf.", "Tagespflege in der Nähe suchen.", self.by.user_name, until),
            end.id: Noted("In sechs Wochen, gleicher Ort."),
        }
        minutes.note(conference, words, self.seen(conference), came=(her, provider, spoken))
        minutes.send(conference, provider, Channel.INBOX, self.seen(conference))
        minutes.to_task(
            conference, care.id, title="Tagespflege in der Nähe suchen", assignee=UUID(self.by.membership_id), due_on=until,
            seen=self.seen(conference),
        )  # fmt: skip

    def ahead(self, course: Recipient, consent: Consent) -> None:
        """In three weeks, with somebody who may hear nothing of her."""
        conference = self.planned("Kurs und Wechsel der Schule", "Wer beantragt was bis zum Sommer?", self.today + timedelta(days=21))
        self.sits(conference, Seated(ParticipantKind.CLIENT, person=self.mother.id))
        ground = Heard(self.mother.id, HearsBy.CONSENT, consent.id)
        provider = self.sits(conference, Seated(ParticipantKind.RECIPIENT, "Petra Kursbüro", recipient=course), ground)
        described = agencies.Described("Musterschule Ahaus (Beispiel)", "schule", "", "Schulweg 1\n48683 Ahaus", "02561 000", "")
        school = as_recipient(agencies.note(described, by=self.by, at=self.now))
        self.sits(conference, Seated(ParticipantKind.RECIPIENT, "Frau Muster, Schulsozialarbeit", recipient=school))
        for point in (
            OnAgenda("Stand im Sprachkurs", self.mother.id, DataClass.SCHOOL_WORK),
            OnAgenda("Leistungen im Sommer", self.mother.id, DataClass.BENEFITS_HOUSING),
            OnAgenda("Was eine Schule anbieten kann"),
        ):
            conferences.add_point(conference, point, self.seen(conference))
        conferences.invited(conference, provider, InvitedBy.PHONE, by=self.by, at=self.now)

    def told_without_names(self) -> None:
        """For the county's coordination."""
        row = presentations.make(
            self.case, occasion="Planungskonferenz im Frühjahr", question="Wie kommen Eltern mit kleinen Kindern in einen Kurs?",
            tells=(), by=self.by, at=self.now, today=self.today,
        )  # fmt: skip
        wording = Wording(row.occasion, row.question, TOLD)
        more: dict[str, Any] = {"by": self.by, "at": self.now}
        row = presentations.change(row, wording, seen_version=row.version, **more)
        row = presentations.review(row, checked=PresentationCheck.values, harmless=(), seen_version=row.version, **more)
        county = next(one for one in coordinations(but=self.by.organisation_id) if "Kreis" in one.name)
        until = self.today + timedelta(days=90)
        presentations.send(row, county, until=until, seen_version=row.version, today=self.today, **more)
