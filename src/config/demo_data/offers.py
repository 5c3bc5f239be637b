"""The directory of the demo: Kreis Borken as its services keep it, Munich as an example, and what one family finds in it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from config.demo_data import network, others
from config.demo_data.data import borken, munich
from config.demo_data.data.borken import Written
from faden.cases.models import Case, CaseMember
from faden.consents.actions.releases import Told
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.directory.actions import imports, offers, providers
from faden.directory.models import Offer
from faden.directory.vocabulary import Condition, OfferEnd, SourceFormat
from faden.findings.actions import Unmet, note_unmet
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.models import Agency, Municipality
from faden.organisations.queries import memberships
from faden.organisations.queries.recipients import as_recipient
from faden.outside.offers import integreat
from faden.persons.actions import facts
from faden.persons.models import Person
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import FactKind, KnownFrom
from faden.referrals.actions import offers as from_offers
from faden.referrals.actions import referrals, watches
from faden.referrals.queries.offers import provided
from faden.referrals.queries.watches import looked_at

WATCHED = 12  # so many days ago the search was begun: what came into the directory since is news
MOTHER, FATHER, DAUGHTER = "Rima", "Khaled", "Noor"
MOTHERS_BIRTHDAY = date(1990, 5, 14)
MUNICH = imports.SourceValues(
    "Beispielverzeichnis München (Integreat)", SourceFormat.INTEGREAT, "CC BY 4.0",
    "Landeshauptstadt München, Sozialreferat; Integreat (Tür an Tür - Digitalfabrik gGmbH). Für die Demo ohne Personen und Bilder.",
    is_example=True,
)  # fmt: skip
# Bedarf ohne Angebot: by which service, in which area, in which town, what stood in the way, so many months ago.
UNMET = (
    ("ahaus", "training", "Ahaus", Condition.AGE, 0),
    ("ahaus", "childcare", "Vreden", Condition.TOWN, 0),
    ("ahaus", "childcare", "Vreden", Condition.TOWN, 1),
    ("ahaus", "language", "Heek", Condition.CHILDCARE, 1),
    ("gronau", "health", "Schöppingen", "", 0),
    ("borken", "mobility", "Reken", Condition.GERMAN, 1),
    ("bocholt", "work", "Isselburg", Condition.GERMAN, 2),
)


def run() -> None:
    """After the cases, because the offers answer what is needed in one of them."""
    directory = Directory(now=clock.now(), today=clock.today())
    directory.note([one for one in borken.written() if one.checked >= WATCHED])
    family = Family.found(directory)
    family.seek()
    directory.note([one for one in borken.written() if one.checked < WATCHED])
    family.ask()
    directory.end()
    family.hear()
    directory.miss()
    directory.read_munich()


class Directory:
    """Kreis Borken's offers, each in the rows of the service that keeps it."""

    def __init__(self, *, now: datetime, today: date) -> None:
        self.now, self.today = now, today
        self.noted: dict[str, Offer] = {}
        self._keepers: dict[str, Actor] = {}
        self._providers: dict[str, UUID] = {}
        towns = Municipality.objects.filter(ags__in=network.TOWNS.values())
        self._points = {town.ags: (town.latitude, town.longitude) for town in towns if town.latitude and town.longitude}

    def keeper(self, provider: str) -> Actor:
        """Somebody of the service that keeps a provider's offers."""
        key = borken.keepers()[provider]
        if key not in self._keepers:
            self._keepers[key] = others.somebody(key, today=self.today)
        return self._keepers[key]

    def ago(self, days: int) -> datetime:
        """The same hour so many days ago."""
        return self.now - timedelta(days=days)

    def note(self, found: list[Written]) -> None:
        """One transaction for each keeper."""
        for key in dict.fromkeys(borken.keepers().values()):
            its = [one for one in found if borken.keepers()[one.of] == key]
            if its:
                by = self.keeper(its[0].of)
                with opened_for(by, write=True):
                    for one in its:
                        self.noted[one.code] = self._note(one, by)

    def _note(self, one: Written, by: Actor) -> Offer:
        on = self.today - timedelta(days=one.checked)
        values = borken.values(one, self._provider(one.of, by), today=self.today, points=self._points)
        offer = offers.note(values, by=by, at=self.ago(one.checked), today=on)
        offer = offers.confirm(offer, how=one.how, by=by, at=self.ago(one.checked), today=on)
        if one.free:
            free, days = one.free
            offer = offers.set_places(offer, free, on=self.today - timedelta(days=days), by=by, at=self.ago(days))
        if one.hint:
            days, words = one.hint
            offer = offers.hint(offer, words, on=self.today - timedelta(days=days), by=by, at=self.ago(days))
        return offer

    def _provider(self, key: str, by: Actor) -> UUID:
        if key not in self._providers:
            account = borken.account(key)
            organisation = others.service(account).id if account else None
            self._providers[key] = providers.note(borken.provider_values(key, organisation), by=by, at=self.ago(400)).id
        return self._providers[key]

    def end(self) -> None:
        """What is over since; a Vermittlung may name it all the same."""
        for one in borken.written():
            if one.ended:
                because, days = one.ended
                by = self.keeper(one.of)
                with opened_for(by, write=True):
                    offers.end(self.noted[one.code], OfferEnd(because), by=by, at=self.ago(days))


    def miss(self) -> None:
        """What was sought and not found, for the steering."""
        for key, area, town, condition, months in UNMET:
            on = self.today - timedelta(days=31 * months)
            by = others.somebody(key, today=self.today)
            with opened_for(by, write=True):
                note_unmet(Unmet(area, network.TOWNS[town], condition), by=by, on=on)

    def read_munich(self) -> None:
        """Somewhere else's directory, as the importer takes in any other."""
        by, read = self.keeper("ki"), integreat.read(munich.HERE.read_bytes())
        with opened_for(by, write=True):
            imports.take_in(read, MUNICH, by=by, at=self.now, today=self.today)


class Family:
    """The invented family looks for a place for Noor, a certificate for Khaled, a flat for all."""

    def __init__(self, case: Case, by: Actor, directory: Directory) -> None:
        self.case, self.by, self.directory = case, by, directory
        self.now, self.today = directory.now, directory.today

    @classmethod
    def found(cls, directory: Directory) -> "Family":
        """The case of the mother, and who leads it."""
        with opened_for(Actor.system(others.service("ahaus").id), write=False):
            case = Case.objects.select_related("lead__organisation").get(person__birth_earliest=MOTHERS_BIRTHDAY)
            return cls(case, memberships.as_actor(case.lead), directory)

    def person(self, given: str) -> Person:
        """By the given name."""
        return CaseMember.objects.select_related("person").get(case=self.case, person__names__given=given).person

    def seek(self) -> None:
        """Noor's search is watched; Khaled says that he speaks better by now, and has no paper about it."""
        with opened_for(self.by, write=True):
            at, on = self.directory.ago(WATCHED), self.today - timedelta(days=WATCHED)
            watched = watches.Watched(self.person(DAUGHTER).id, "childcare")
            watches.begin(watched, case=self.case, by=self.by, at=at, today=on)
            level = {"skill": "all", "level": "b1", "literacy": "latin"}
            stated = facts.Stated(level, Period(self.today - timedelta(days=20)), KnownFrom.TOLD)
            facts.record(FactKind.GERMAN, stated, person=self.person(FATHER), by=self.by, on=on, at=at)

    def ask(self) -> None:
        """For a flat by phone and without a name; for help with applications at a meeting that is over by now."""
        with opened_for(self.by, write=True):
            self._by_phone(self.person(MOTHER), "wohnen-ahaus", "housing", days_ago=4)
            self._begun(self.person(FATHER), "treff-ahaus", "work", days_ago=30)

    def _begun(self, person: Person, code: str, area: str, *, days_ago: int) -> from_offers.Begun:
        offer = provided(self.directory.noted[code].id, by_service=self.by.organisation_id)
        wish = referrals.Wish(offer.title, area, person.id)
        return from_offers.begin(wish, offer, case=self.case, key=offer.key, by=self.by, at=self.directory.ago(days_ago))

    def _by_phone(self, person: Person, code: str, area: str, *, days_ago: int) -> None:
        begun = self._begun(person, code, area, days_ago=days_ago)
        on, at = self.today - timedelta(days=days_ago), self.directory.ago(days_ago)
        content = Content(
            begun.referral.wish, "Eine Familie mit zwei Kindern sucht drei Zimmer in Ahaus. Ist ein Termin frei?", (),
            sender=self.by.organisation_name, sender_contact=self.by.user_name,
        )  # fmt: skip
        agency = as_recipient(Agency.objects.get(id=begun.key.removeprefix("a")))
        told = Told(DeliveryKind.REFERRAL, agency, Channel.PHONE, begun.referral.wish, content, on + timedelta(days=90))
        addressed = referrals.Addressed(told, on + timedelta(days=14))
        referrals.send(begun.referral, addressed, seen_version=begun.referral.version, by=self.by, at=at, today=on)

    def hear(self) -> None:
        """What the night would have found."""
        night = Actor.system(self.by.organisation_id)
        with opened_for(night, write=True):
            for looked in looked_at(today=self.today):
                watches.tell(looked, by=night, on=self.today, at=self.now)
