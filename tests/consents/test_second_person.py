"""By law: whoever asked neither confirms nor refuses it herself, whatever a form sends."""

import pytest
from tests.case_making import acting, open_a_case
from tests.cast import AMAL, BERND, LENA

from faden.kernel import clock
from faden.kernel.errors import Invalid, NotAllowed


@pytest.fixture
def asked(own_database):
    from faden.consents.actions.lawful import ByLaw, ask
    from faden.consents.vocabulary import DataClass, LawNorm
    from faden.organisations.actions.agencies import Described, note
    from faden.organisations.queries.recipients import as_recipient
    from faden.persons.models import Person

    case = open_a_case(AMAL.email)
    with acting(AMAL.email) as by:
        office = note(Described("Jugendamt", "jugendamt"), by=by, at=clock.now())
        by_law = ByLaw(as_recipient(office), LawNorm.KKG_4, "Was war", "Schutz", (DataClass.CONTACT,), not_informed="child_at_risk")
        return ask(by_law, person=Person.objects.get(id=case.person_id), by=by, at=clock.now(), today=clock.today())


def decide(email, verb, asked, **more):
    from faden.consents.actions import lawful

    with acting(email) as by:
        return getattr(lawful, verb)(asked.id, **more, by=by, at=clock.now())


@pytest.mark.parametrize("email", [AMAL.email, BERND.email])
@pytest.mark.parametrize(("verb", "more"), [("confirm", {}), ("refuse", {"words": "Nein"})])
def test_neither_she_nor_a_colleague_decides(asked, email, verb, more):
    with pytest.raises(NotAllowed):
        decide(email, verb, asked, **more)


def test_a_lead_says_no_with_a_reason_and_once(asked):
    with pytest.raises(Invalid) as refused:
        decide(LENA.email, "refuse", asked, words="")
    assert refused.value.field == "words"
    assert decide(LENA.email, "refuse", asked, words="Weniger reicht").confirmed is False
    with pytest.raises(NotAllowed):
        decide(LENA.email, "confirm", asked)
