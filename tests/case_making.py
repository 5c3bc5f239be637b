"""Cases for tests, made through the verbs as the desk makes them."""

from typing import Any
from uuid import UUID

from tests.desk_client import actor_of


def open_a_case(email: str = "amal@caritas-ahaus.example", *, family: str = "Schewtschenko", given: str = "Oleksandra") -> Any:
    """A case led by this person."""
    from faden.cases.actions.open_case import Opening, open_case
    from faden.consents.actions.agreements import Agreed
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.people import NewPerson, Spelling

    actor = actor_of(email)
    agreed = Agreed(
        language="de", given_on=clock.today(), given_how="paper", interpreted_by="", to_documentation=True,
        to_team_and_substitute=True, special_categories=(),
    )
    person = NewPerson(name=Spelling(family, given), municipality="05554004")
    opening = Opening(agreed=agreed, urgency="normal", lead=UUID(actor.membership_id), new_person=person)
    with opened_for(actor, write=True):
        return open_case(opening, by=actor, on=clock.today(), at=clock.now())
