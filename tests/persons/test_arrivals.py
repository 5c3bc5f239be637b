"""Future arrivals: expected, spoken for, entered; what was noted before goes on."""

from datetime import date, timedelta

import pytest
from tests.cast import CEM
from tests.desk_client import actor_of
from tests.persons.conftest import NOW, TODAY

from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import FactKind

SOON = TODAY + timedelta(days=60)


@pytest.fixture
def salma(make_person):
    """Not here yet: no address, no number, no town."""
    return make_person("Salma", languages=("ar",))


def spoken_for(**known):
    from faden.persons.actions.arrivals import SpokenFor

    return SpokenFor(relation="family", agreed_on=TODAY, agreed_how="video", agreed_language="ar", **known)


def enter(amal, person, *, day=TODAY, address=(), paper="", at=NOW):
    from faden.persons.actions.arrivals import Entry
    from faden.persons.actions.arrivals import enter as verb

    return verb(person, Entry(day, dict(address), {"paper": paper}), by=amal, on=TODAY, at=at)


def now(person):
    from faden.persons.models import Person

    return Person.objects.get(id=person.id)


def lines(person, day=TODAY):
    from faden.persons.queries.facts import as_of

    return [line.text for line in as_of(person.id, day).lines]


def test_expected_and_no_longer_expected(amal, salma):
    from faden.persons.actions.arrivals import expect

    for day in (SOON, None):
        expect(salma, day, by=amal, at=NOW)
        assert now(salma).expected_on == day


def test_a_contact_person_is_somebody_else_and_she_agreed_herself(amal, salma, rojin):
    from faden.persons.actions import arrivals
    from faden.persons.queries.arrivals import contact_persons

    more = {"by": amal, "on": TODAY, "at": NOW}
    for contact, field in ((spoken_for(), "name"), (spoken_for(known_person=salma.id), "known_person")):
        with pytest.raises(Invalid) as refused:
            arrivals.note_contact_person(salma, contact, **more)
        assert refused.value.field == field
    row = arrivals.note_contact_person(salma, spoken_for(known_person=rojin.id), **more)
    [shown] = contact_persons(salma)
    assert (shown.name, shown.agreed_how, shown.agreed_language, shown.is_hearsay) == (
        "Example, Rojin", "im Videogespräch", "Arabisch", False,
    )  # fmt: skip
    with pytest.raises(NotFound):
        arrivals.end_contact_person(rojin, row.id, **more)
    arrivals.end_contact_person(salma, row.id, **more)
    assert [one.ended_on for one in contact_persons(salma)] == [TODAY]


def test_what_was_noted_before_goes_on(amal, salma):
    from faden.persons.actions.facts import Stated, record

    before = {
        FactKind.ADDRESS: {"place": "Herat", "country": "423"}, FactKind.RESIDENCE: {"paper": "visa"},
        FactKind.QUALIFICATION: {"what": "Hebamme", "recognition": "applied"},
    }  # fmt: skip
    for kind, values in before.items():
        stated = Stated(values, Period(date(2026, 1, 1)))
        record(kind, stated, person=salma, by=amal, on=TODAY, at=NOW)
    enter(amal, salma, address={"street": "Weg 1", "municipality": "05554020"}, at=NOW + timedelta(minutes=1))
    assert lines(salma) == ["Visum", "Weg 1, Gronau (Westf.)", "Hebamme"]
    assert lines(salma, TODAY - timedelta(days=1)) == ["Visum", "Herat, Afghanistan", "Hebamme"]
    assert (now(salma).entered_on, now(salma).municipality_id) == (TODAY, "05554020")


def test_nobody_enters_twice_or_tomorrow(amal, salma):
    from faden.persons.actions.arrivals import expect

    with pytest.raises(Invalid, match="Zukunft"):
        enter(amal, salma, day=SOON)
    assert enter(amal, salma) == []
    for again in (lambda: enter(amal, salma), lambda: expect(salma, SOON, by=amal, at=NOW)):
        with pytest.raises(Conflict, match="schon eingetragen"):
            again()


def test_other_services_see_no_contact_person(amal, salma):
    from faden.kernel.rls import opened_for
    from faden.persons.actions.arrivals import note_contact_person
    from faden.persons.queries.arrivals import contact_persons

    note_contact_person(salma, spoken_for(name="Onkel"), by=amal, on=TODAY, at=NOW)
    with opened_for(actor_of(CEM.email), write=False):
        assert contact_persons(salma) == []
