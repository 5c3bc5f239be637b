"""Chains and steps in the Verlauf of the case page and of one person's."""

import pytest

from tests.case_making import add_member, open_a_case
from tests.chains.making import AMAL, Hand, begin, step
from tests.desk_client import signed_in


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


def test_lines_lead_to_the_chains_of_whom_they_concern(hand):
    from django.urls import reverse

    father = add_member(hand.case, "Khaled")
    begin(hand.case, step("a", title="Kitaplatz"), person=father.id, title="Betreuung")
    begin(hand.case, step("b", title="Schutzwohnung"), confidential=True, title="Schutz")
    hand.finish("a")
    hand.finish("b")
    amal = signed_in(AMAL)

    def shown(name, *arguments):
        return amal.get(reverse(name, args=[hand.case.id, *arguments])).content.decode()

    family = shown("case")
    for words in ("Kitaplatz: erledigt", "Kette begonnen: Betreuung", reverse("person-chains", args=[hand.case.id, father.id])):
        assert words in family
    assert "Schutzwohnung" not in family
    mother = shown("person", hand.case.person_id)
    assert "Kitaplatz" not in mother
    assert "Schutzwohnung" not in mother
