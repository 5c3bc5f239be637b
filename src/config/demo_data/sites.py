"""One service at work: inquiries, cases, talks, tasks, appointments, a Weitergabe."""

from datetime import date, datetime, time, timedelta
from random import Random

from config.demo_data import (
    chains,
    conferences,
    declarations,
    family,
    inbox,
    meetings,
    network,
    others,
    people,
    requests,
    sharing,
    signed,
    stay,
)
from faden.cases.actions import (
    appointments,
    contact_notes,
    inquiries,
    open_case,
    phases,
    tasks,
    working_notes,
)
from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase, Urgency
from faden.cases.vocabulary.contact_note import ContactType
from faden.cases.vocabulary.inquiry import AskedBy, InquiryResult
from faden.cases.vocabulary.life_area import LifeArea
from faden.casework.actions import closing
from faden.consents.actions import releases
from faden.consents.actions.agreements import Agreed
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.models import Organisation
from faden.organisations.queries import memberships
from faden.organisations.queries.recipients import as_recipient
from faden.organisations.queries.services import service_ids
from faden.persons.actions.people import NewPerson, Spelling
from faden.persons.queries.cards import card_of
from faden.persons.rules.birth import BirthDate

SEED = 2021_12_01
LATEST_AGE = 300


def are_there() -> bool:
    """Has somebody filled this database already?"""
    return bool(service_ids())


def fill(key: str, count: int) -> int:
    """Let one service work; returns the number of cases."""
    service = next(s for s in network.SERVICES if s.key == key)
    organisation = Organisation.objects.get(name=service.name)
    chance = Random(f"{SEED}-{key}")  # noqa: S311 -- the demo must be the same each time
    site = Site(chance, clock.now(), clock.today(), [network.TOWNS[name] for name in service.towns])
    with opened_for(Actor.system(organisation.id), write=False):
        staff = memberships.colleagues(on=site.today, roles=("case_manager",)).select_related("organisation")
        workers = [memberships.as_actor(member) for member in staff]
    with opened_for(workers[0], write=True):
        meetings.sources(workers[0], now=site.now)
        declarations.review_texts(workers[0], today=site.today, now=site.now)
    for n in range(count // 2):
        with opened_for(workers[n % len(workers)], write=True):
            site.inquiry(workers[n % len(workers)], n)
    for n in range(count):
        with opened_for(workers[n % len(workers)], write=True):
            site.case(workers[n % len(workers)], n, count)
    if key == "ahaus":
        with opened_for(workers[0], write=True):
            site.release(workers[0])
            family.run(workers[0])
        sharing.answer(workers[0], today=site.today, now=site.now)
        conferences.answer(workers[0], today=site.today, now=site.now)
        requests.run(workers[0], now=site.now, today=site.today)
        inbox.run(workers[0], now=site.now, today=site.today)
        with opened_for(workers[0], write=True):
            stay.run(workers[0], today=site.today, now=site.now)
    for worker in workers:
        with opened_for(worker, write=True):
            meetings.run(worker, today=site.today, now=site.now)
    return count


class Site:
    """The chance, the day and the towns of one service."""

    def __init__(self, chance: Random, now: datetime, today: date, towns: list[str]) -> None:
        self.chance, self.now, self.today, self.towns = chance, now, today, towns

    def at(self, days_ago: int) -> datetime:
        """A working hour on a day in the past, never later than now."""
        hour = time(self.chance.randrange(8, 16), self.chance.choice((0, 15, 30, 45)))
        moment = datetime.combine(self.today - timedelta(days=days_ago), hour, tzinfo=clock.BERLIN)
        return min(moment, self.now)

    def inquiry(self, by: Actor, n: int) -> None:
        """One inquiry; every fourth goes on under a Kennwort."""
        at = self.at(self.chance.randrange(0, 60))
        results = [result for result in InquiryResult.values if result != InquiryResult.CASE_STARTED]
        asked = inquiries.Asked(
            asked_by=self.chance.choice(AskedBy.values),
            municipality=self.chance.choice(self.towns),
            language=self.chance.choice(["ar", "uk", "prs", "tr", "de"]),
            interpreting=self.chance.choice(["none", "missing"]),
            life_areas=tuple(self.chance.sample(LifeArea.values, 2)),
            urgency=self.chance.choice(Urgency.values),
            result=results[n % len(results)],
            text=self.chance.choice(people.ASKED),
        )
        inquiry = inquiries.take(asked, under=None, by=by, at=at)
        if n % 4 == 0:
            wish = f"{people.CODEWORDS[n % len(people.CODEWORDS)]}-{100 + n}"
            matter = inquiries.give_codeword(inquiry, wish=wish, by=by, on=at.date())
            inquiries.take(asked, under=matter, by=by, at=min(at + timedelta(days=5), self.now))

    def case(self, by: Actor, n: int, count: int) -> None:
        """One case; the cases of a service are spread over all phases and the last ten months."""
        age = 2 + n * LATEST_AGE // count + self.chance.randrange(5)
        opened, person = self.at(age), self.person(first=n == 0)
        case = self._open(by, person, opened)
        target = list(Phase)[n * len(Phase) // count]
        for phase in list(Phase)[1 : list(Phase).index(target) + (target != Phase.CLOSED)]:
            phases.move(
                Case.objects.get(id=case.id), phase, skip_reason="", by=by, at=self.at(max(age - 30, 1))
            )
        for _talk in range(self.chance.randrange(2, 9)):
            self._talk(by, Case.objects.get(id=case.id), person, since=opened, age=age)
        if target != Phase.CLOSED:
            self._plan(by, case, person, opened)
            chains.begin_elsewhere(case, case.person, n, by=by, at=opened, today=self.today)
        else:
            ended = self.at(20)
            keep_until = date(ended.year + 1, 12, 31)
            ending = closing.Ending(self.chance.choice(["goals", "regular"]), "some", keep_until)
            closing.close(Case.objects.get(id=case.id), ending, by=by, at=ended)

    def _open(self, by: Actor, person: NewPerson, opened: datetime) -> Case:
        agreed = Agreed(
            language=person.languages[0],
            given_on=opened.date(),
            given_how="paper",
            interpreted_by="",
            to_documentation=True,
            to_team_and_substitute=True,
            special_categories=("health",) if self.chance.random() < 0.4 else (),
        )
        urgency = self.chance.choices(["normal", "soon", "now"], [7, 2, 1])[0]
        opening = open_case.Opening(agreed=agreed, urgency=urgency, lead=by.membership_id, new_person=person)  # type: ignore[arg-type]
        return open_case.open_case(opening, by=by, on=opened.date(), at=opened)

    def _talk(self, by: Actor, case: Case, person: NewPerson, *, since: datetime, age: int) -> None:
        happened = max(self.at(self.chance.randrange(0, age)), since)
        contact = contact_notes.Contact(
            happened_at=happened,
            type=self.chance.choice(ContactType.values[:9]),
            place="",
            minutes=self.chance.choice([15, 30, 45, 60]),
            language=person.languages[0],
            interpreting=self.chance.choice(["none", "worker", "professional"]),
            life_areas=tuple(self.chance.sample(LifeArea.values, self.chance.randrange(1, 4))),
            text=self.chance.choice(people.TALKS),
        )
        contact_notes.record(contact, case=case, by=by, at=happened)

    def _plan(self, by: Actor, case: Case, person: NewPerson, opened: datetime) -> None:
        for title in self.chance.sample(people.TASKS, self.chance.randrange(1, 4)):
            due = self.today + timedelta(days=self.chance.randrange(-6, 25))
            task = tasks.make(tasks.Wanted(title, due, by.membership_id), case=case, by=by, at=opened)  # type: ignore[arg-type]
            if self.chance.random() < 0.3:
                tasks.finish(task, by=by, at=self.at(self.chance.randrange(0, 3)))
        if self.chance.random() < 0.5:
            self._meet(by, case, person)
        if self.chance.random() < 0.25:
            written = self.at(self.chance.randrange(0, 85))
            text = self.chance.choice(people.WORKING_NOTES)
            working_notes.write(text, case=case, by=by, on=written.date(), at=written)

    def _meet(self, by: Actor, case: Case, person: NewPerson) -> None:
        day = self.today + timedelta(days=self.chance.randrange(0, 14))
        starts = datetime.combine(day, time(self.chance.randrange(9, 16)), tzinfo=clock.BERLIN)
        planned = appointments.Planned(
            subject=self.chance.choice(people.MEETINGS),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place="Beratungsstelle",
            interpreter_language=person.interpreter_language,
        )
        appointments.make(planned, case=case, by=by, at=self.now)

    def person(self, *, first: bool) -> NewPerson:
        """Somebody invented; the first of each service has the name everybody spells differently."""
        language, nationality, families, givens = (
            people.GROUPS[0] if first else self.chance.choice(people.GROUPS)
        )
        family, given = (
            (families[0], givens[0]) if first else (self.chance.choice(families), self.chance.choice(givens))
        )
        year = self.chance.randrange(1958, 2007)
        day = BirthDate(year, self.chance.randrange(1, 13), self.chance.randrange(1, 28))
        return NewPerson(
            name=Spelling(family[0], given[0], f"{given[1]} {family[1]}" if family[1] else ""),
            birth=self.chance.choice([day, day, day, BirthDate(year), BirthDate(year, estimated=True)]),
            nationalities=(nationality,),
            languages=(language,),
            interpreter_language=language if self.chance.random() < 0.5 else "",
            municipality=self.chance.choice(self.towns),
            phone=f"0151 000 {self.chance.randrange(1000, 9999)}" if self.chance.random() < 0.6 else "",
        )

    def release(self, by: Actor) -> None:
        """One Weitergabe to the course provider, so that the partner side shows something."""
        case = Case.objects.select_related("person").order_by("number")[0]
        provider = as_recipient(others.service("kurs"))
        classes = (DataClass.CONTACT, DataClass.LANGUAGE)
        sharing = Sharing(provider, "Platz im Integrationskurs", "Name, Telefonnummer und Sprache", classes)
        how = How(self.today + timedelta(days=170))
        consent, _sheet = signed.consent(sharing, how, case=case, person=case.person, by=by, at=self.at(10))
        card = card_of(case.person)
        facts = (Fact("contact", "Name", card.name), Fact("language", "Sprache", ", ".join(card.languages)))
        content = Content("Platz im Integrationskurs", "Sie sucht einen Kurs ab sofort.", facts, sender=by.organisation_name)
        releases.release(
            releases.Told(
                DeliveryKind.INFORMATION, provider, Channel.INBOX, "Platz im Integrationskurs", content,
                self.today + timedelta(days=90), person_id=case.person_id, consent=consent,
            ),
            by=by, at=self.at(9), today=self.today,
        )  # fmt: skip
