"""Cases for tests, made through the verbs as the desk makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests.desk_client import actor_of


def open_a_case(
    email: str = "amal@caritas-ahaus.example", *, family: str = "Schewtschenko", given: str = "Oleksandra"
) -> Any:
    """A case led by this person."""
    from faden.cases.actions.open_case import Opening, open_case
    from faden.consents.actions.agreements import Agreed
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.people import NewPerson, Spelling

    actor = actor_of(email)
    agreed = Agreed(
        language="de",
        given_on=clock.today(),
        given_how="paper",
        interpreted_by="",
        to_documentation=True,
        to_team_and_substitute=True,
        special_categories=(),
    )
    person = NewPerson(name=Spelling(family, given), municipality="05554004")
    opening = Opening(agreed=agreed, urgency="normal", lead=UUID(actor.membership_id), new_person=person)
    with opened_for(actor, write=True):
        return open_case(opening, by=actor, on=clock.today(), at=clock.now())


def add_member(
    case: Any,
    given: str,
    *,
    family: str = "Darwisch",
    born: str = "",
    email: str = "amal@caritas-ahaus.example",
) -> Any:
    """One more person in a case; from the second on it is a family's."""
    from faden.cases.actions.members import join
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.people import NewPerson, Spelling, add
    from faden.persons.rules import birth

    actor = actor_of(email)
    new = NewPerson(name=Spelling(family, given), birth=birth.parse(born, clock.today()) if born else None)
    with opened_for(actor, write=True):
        person = add(new, by=actor)
        join(case, person, by=actor, on=clock.today(), at=clock.now())
    return person


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


def put_paper(case: Any, title: str, *, by: Any, about: Any = None, content: bytes = PDF, kind: str = "other") -> Any:
    """A paper with one file of this name, through the verb, in the transaction that is open."""
    from faden.cases.actions.concerning import About
    from faden.documents.actions.papers import Described, take
    from faden.kernel import clock

    described = Described(kind=kind, title=title)
    return take(case, described=described, files=[(title, content)], about=about or About(), by=by, at=clock.now())


def file_in(paper: Any) -> Any:
    """Its first file."""
    return paper.files.order_by("position").first()


def agree(
    person: Any,
    *,
    email: str = "amal@caritas-ahaus.example",
    represented_by: tuple[UUID, ...] = (),
    own: bool = True,
) -> Any:
    """This person's agreement to documentation, or her representatives' for her."""
    from faden.consents.actions.agreements import Agreed, note_agreement
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    actor = actor_of(email)
    agreed = Agreed(
        language="de",
        given_on=clock.today(),
        given_how="paper",
        interpreted_by="",
        to_documentation=True,
        to_team_and_substitute=True,
        special_categories=(),
        represented_by=represented_by,
        own_agreement=own,
    )
    with opened_for(actor, write=True):
        return note_agreement(agreed, person=person, by=actor, at=clock.now())


@contextmanager
def acting(email: str) -> Iterator[Any]:
    """A write transaction as this person; the actor is found before it opens."""
    from faden.kernel.rls import opened_for

    by = actor_of(email)
    with opened_for(by, write=True):
        yield by


def fact(email: str, person: Any, which: str, period: Any = None, **values: Any) -> Any:
    """A dated fact, noted by this person; from today on unless said otherwise."""
    from faden.kernel import clock
    from faden.persons.actions import facts
    from faden.persons.rules.periods import Period

    with acting(email) as who:
        return facts.record(
            which,
            facts.Stated(values, period or Period(clock.today())),
            person=person,
            by=who,
            on=clock.today(),
            at=clock.now(),
        ).row


def mark(email: str, person: Any, kind: str = "shelter") -> Any:
    """A Schutzvermerk."""
    from faden.kernel import clock
    from faden.persons.actions.protection import NewMark, set_mark

    with acting(email) as who:
        return set_mark(NewMark(kind, clock.today()), person=person, by=who, on=clock.today(), at=clock.now())
