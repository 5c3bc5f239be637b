"""On the eighteenth birthday the parents' consents end, with what was delivered on them, and a task appears."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.persons.rules import age
from tests.case_making import add_member, agree, open_a_case
from tests.desk_client import actor_of
from tests.releasing import consented, released

AMAL = "amal@caritas-ahaus.example"


@pytest.fixture
def by(own_database):
    return actor_of(AMAL)


def within(by, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def the_night(by):
    from faden.jobs import coming_of_age

    coming_of_age.of_service(by.organisation_id)


def tasks_of(case, by):
    from faden.cases.models import Task

    with within(by):
        return list(Task.objects.filter(case=case).values_list("title", "assignee_id", "persons"))


def standing(person, by):
    from faden.consents.queries.agreements import agreed

    with within(by):
        return person.id in agreed([person.id])


@pytest.fixture
def family(by):
    """A case with a daughter who is 18 in 30 days, and her mother who agreed for her."""
    from faden.kernel import clock
    from faden.persons.models import Person

    case = open_a_case(AMAL, family="Darwisch", given="Rima")
    birthday = clock.today() + timedelta(days=30)
    born = age.eighteen_years_before(birthday)
    daughter = add_member(case, "Noor", born=born.strftime("%d.%m.%Y"))
    with within(by):
        mother = Person.objects.get(id=case.person_id)
    return case, mother, daughter


def test_the_parents_agreement_ends_on_the_birthday(family, by):
    from faden.kernel import clock

    case, mother, daughter = family
    agree(daughter, represented_by=(mother.id,), own=False)
    clock.set_forward(29)
    the_night(by)
    assert standing(daughter, by) and tasks_of(case, by) == []
    clock.set_forward(30)
    the_night(by)
    assert not standing(daughter, by)
    [(title, assignee, persons)] = tasks_of(case, by)
    assert "Volljährig" in title and (assignee, persons) == (case.lead_id, [daughter.id])


def test_the_second_night_does_nothing_again(family, by):
    from faden.kernel import clock

    case, mother, daughter = family
    agree(daughter, represented_by=(mother.id,), own=False)
    clock.set_forward(31)
    the_night(by)
    the_night(by)
    assert len(tasks_of(case, by)) == 1


def test_what_she_agreed_to_herself_goes_on(family, by):
    from faden.kernel import clock

    case, mother, daughter = family
    agree(daughter, represented_by=(mother.id,), own=True)
    clock.set_forward(40)
    the_night(by)
    assert standing(daughter, by) and tasks_of(case, by) == []
    assert standing(mother, by)


def test_a_delivery_on_the_parents_consent_ends_with_it(family, by):
    """The recipient stops seeing the copy in the same transaction."""
    from faden.consents.models import Delivery
    from faden.kernel import clock
    from faden.organisations.models import Organisation

    _case, mother, daughter = family
    cem = actor_of("cem@drk-gronau.example")
    with within(by, write=True):
        recipient = Organisation.objects.get(id=cem.organisation_id)
        consent = consented(daughter, recipient, days=200, own=False, represented_by=(mother.id,), by=by)
        # Longer than the parents may agree is refused: see tests/consents.
        released(consent, days=29, by=by)
    with within(cem):
        assert Delivery.objects.count() == 1
    clock.set_forward(30)
    the_night(by)
    with within(cem):
        assert Delivery.objects.count() == 0


def test_another_service_is_not_touched(family, by):
    from faden.kernel import clock

    case, mother, daughter = family
    agree(daughter, represented_by=(mother.id,), own=False)
    clock.set_forward(31)
    the_night(actor_of("cem@drk-gronau.example"))
    assert standing(daughter, by) and tasks_of(case, by) == []


DAYS = st.dates(date(1920, 1, 1), date(2080, 12, 31))


@given(born=DAYS)
def test_of_age_from_the_birthday_on(born):
    day = age.comes_of_age_on(born)
    assert age.is_of_age(born, on=day) and not age.is_of_age(born, on=day - timedelta(days=1))
    assert age.years(born, on=day) == 18 and age.years(born, on=day - timedelta(days=1)) == 17


@pytest.mark.parametrize(("born", "of_age"), [
    ("2008-02-29", "2026-03-01"), ("2006-02-28", "2024-02-28"), ("2006-03-01", "2024-03-01"), ("2004-02-29", "2022-03-01"),
])  # fmt: skip
def test_the_29th_of_february(born, of_age):
    assert age.comes_of_age_on(date.fromisoformat(born)) == date.fromisoformat(of_age)
