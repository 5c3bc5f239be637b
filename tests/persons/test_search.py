"""Finding people in the database: the stored keys answer what the rules promise."""

import pytest

from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.persons.actions.people import NewPerson, Spelling, add
from faden.persons.queries.search import find
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.likeness import Asked, Reason

BORN = BirthDate(1998, 4, 12)
pytestmark = [pytest.mark.django_db, pytest.mark.debian]


@pytest.fixture
def ahaus():
    from faden.organisations.models import Organisation

    organisation = Organisation.objects.get(case_prefix="AH")
    actor = Actor(organisation_id=organisation.id, user_id=1, role="case_manager")
    with opened_for(actor, write=True):
        for family, given, native in (
            ("Muhammad", "Khaled", "خالد محمد"),
            ("Müller", "Jörg", ""),
            ("Şahin", "Ayşe", ""),
            ("Weiß", "Lena", ""),
        ):
            add(NewPerson(name=Spelling(family, given, native), birth=BORN), by=actor)
        yield actor


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("Мохаммед", "Muhammad"),
        ("Mohammed", "Muhammad"),
        ("mohamad kha", "Muhammad"),
        ("Mueller", "Müller"),
        ("muller jorg", "Müller"),
        ("sahin", "Şahin"),
        ("Weiss", "Weiß"),
    ],
)
def test_every_spelling_finds_the_person(ahaus, typed, family):
    found = find(Asked([typed], typed=True), limit=5)
    assert [f.name.split(",")[0] for f in found] == [family]
    assert found[0].likeness.reasons


def test_a_changed_family_name_is_found_when_any_part_may_fit(ahaus):
    asked = Asked(["Yılmaz, Ayşe"], birth=BORN, typed=True)
    assert find(asked, limit=5) == []
    [found] = find(asked, limit=5, any_part=True)
    assert found.name == "Şahin, Ayşe"
    assert Reason.OTHER_FAMILY_NAME in found.likeness.reasons or Reason.PART_DIFFERS in found.likeness.reasons


def test_nothing_typed_finds_nobody(ahaus):
    assert find(Asked([""], typed=True), limit=5) == []
