"""Offers in the directory, for tests that match a person with one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of

AMAL = "amal@caritas-ahaus.example"
AHAUS, GRONAU, BORKEN = "05554004", "05554020", "05554012"


def a_provider(name: str = "Volkshochschule Musterland", *, by: str = AMAL, **values: Any) -> Any:
    """Somebody who offers something."""
    from faden.directory.actions import providers

    who = actor_of(by)
    with opened_for(who, write=True):
        return providers.note(providers.ProviderValues(name=name, **values), by=who, at=clock.now())


def an_offer(title: str, *, provider: Any = None, town: str = AHAUS, by: str = AMAL, **values: Any) -> Any:
    """One offer; for language, in Ahaus, asking for nothing unless said otherwise."""
    from faden.directory.actions import offers

    who, provider = actor_of(by), provider or a_provider(f"Anbieter von {title}")
    where = (offers.PlaceValues(street="Musterweg 3", postcode="48683", municipality=town),) if town else ()
    told = {"life_areas": ("language",), "places": where, **values}
    with opened_for(who, write=True):
        return offers.note(offers.OfferValues(provider=provider.id, title=title, **told), by=who, at=clock.now(), today=clock.today())


def ended(offer: Any, *, by: str = AMAL) -> None:
    """It does not exist any more."""
    from faden.directory.actions import offers
    from faden.directory.vocabulary import OfferEnd

    who = actor_of(by)
    with opened_for(who, write=True):
        offers.end(offer, OfferEnd.ENDED, by=who, at=clock.now())


def needed(case: Any, *, person: UUID | None = None, days: int = 0, **more: Any) -> Any:
    """What the directory would be asked with for the person of this case."""
    from faden.referrals.queries.needs import Sought, need_of

    today = clock.today()
    with opened_for(actor_of(AMAL), write=False):
        sought = Sought(case.id, person or case.person_id, "language", today + timedelta(days=days), **more)
        return need_of(sought, today=today)


def changed(person: Any, **columns: Any) -> None:
    """The person's own columns, past the verb: birth date, town, day of arrival."""
    from faden.persons.models import Person

    with opened_for(actor_of(AMAL), write=True):
        Person.objects.filter(id=person if isinstance(person, UUID) else person.id).update(**columns)


def known_fact(person: Any, which: str, period: Any = None, *, known_from: str = "told", **values: Any) -> Any:
    """A dated fact with where it is known from; from today on unless said otherwise."""
    from faden.persons.actions import facts
    from faden.persons.rules.periods import Period

    by = actor_of(AMAL)
    with opened_for(by, write=True):
        stated = facts.Stated(values, period or Period(clock.today()), known_from)
        return facts.record(which, stated, person=person, by=by, on=clock.today(), at=clock.now()).row
