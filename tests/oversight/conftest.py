"""Who is who: Amal works, Lena leads, Dilan is the officer, Anton runs accounts; Dorit is Gronau's officer."""

from datetime import date
from typing import Any

import pytest
from tests.case_making import open_a_case
from tests.desk_client import keyed, membership_of, signed_in

AMAL, BERND, LENA = "amal@caritas-ahaus.example", "bernd@caritas-ahaus.example", "lena@caritas-ahaus.example"
DILAN, ANTON = "datenschutz@caritas-ahaus.example", "verwaltung@caritas-ahaus.example"
DORIT, CEM = "datenschutz@drk-gronau.example", "cem@drk-gronau.example"


@pytest.fixture
def case(own_database: str) -> Any:
    """A case that Amal leads."""
    return open_a_case(AMAL)


@pytest.fixture
def asked(case: Any) -> str:
    """Dilan has asked for an evaluation of the case; its address."""
    return ask(case.number)


@pytest.fixture
def opened(asked: str) -> str:
    """Lena has confirmed it."""
    answer = signed_in(LENA).post(asked + "bestaetigung/", keyed())
    assert answer.status_code == 303
    return asked


def ask(number: str, email: str = DILAN) -> str:
    """Ask for an evaluation; returns its address."""
    values = keyed(occasion="complaint", number=number, words="Beschwerde vom 3. November")
    answer = signed_in(email).post("/auswertungen/neu/", values)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def give_role(email: str, role: str) -> None:
    """A second role for the same person in the same service."""
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Membership

    first = membership_of(email, role="dpo" if email == DILAN else "")
    with opened_for(Actor.system(first.organisation_id), write=True):
        Membership.objects.create(
            organisation=first.organisation, user=first.user, role=role, name=first.name, since=date(2022, 1, 1)
        )


def state_of(address: str) -> str:
    """The state code of the evaluation at this address."""
    from tests.desk_client import actor_of

    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.oversight.queries import matters

    with opened_for(actor_of("amal@caritas-ahaus.example"), write=False):
        matter = matters.matter(address.strip("/").split("/")[-1])  # type: ignore[arg-type]
        return str(matters.state_of(matter, on=clock.today()))
