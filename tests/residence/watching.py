"""People for whom the night looks, and the night itself."""

from datetime import date, timedelta
from typing import Any

from faden.kernel import clock
from faden.kernel.rls import opened_for
from faden.law.days import plus_years
from tests.case_making import acting, fact
from tests.cast import AMAL
from tests.desk_client import actor_of

PATH, YEARS = "stag_10", 5  # the naturalisation by § 10 StAG


def protected_since(person: Any, first: date, *, email: str = AMAL.email) -> Any:
    """She came on this day and has been a recognised refugee since."""
    from faden.persons.models import Person
    from faden.persons.rules.periods import Period

    with acting(email):
        Person.objects.filter(id=person.id).update(entered_on=first)
    return fact(email, person, "residence", Period(first), paper="ae_25_2_1")


def opening_in(person: Any, days: int, *, email: str = AMAL.email) -> date:
    """Facts with which her five years are over in so many days; returns that day."""
    first = plus_years(clock.today() + timedelta(days=days), -YEARS)
    protected_since(person, first, email=email)
    return plus_years(first, YEARS)


def agreed_to(case: Any, person: Any = None, *, email: str = AMAL.email, on: date | None = None) -> Any:
    """She agreed that the night looks."""
    from faden.cases.models import Case
    from faden.residence.actions import outlooks

    with acting(email) as by:
        row = Case.objects.get(id=case.id)
        return outlooks.begin(
            (person or case.person).id, agreed_on=on or clock.today(), case=row, by=by, at=clock.now(), today=clock.today()
        )


def night(days: int = 0, *, times: int = 2, email: str = AMAL.email) -> None:
    """The night of the service, so many days from now, twice: the second time nothing is left to do."""
    from faden.jobs.outlooks import of_service

    clock.set_forward(days)
    for _ in range(times):
        of_service(actor_of(email).organisation_id)


def outlooks(email: str = AMAL.email) -> list[Any]:
    """All of the service, the oldest first."""
    from faden.residence.models import Outlook

    with opened_for(actor_of(email), write=False):
        return list(Outlook.objects.order_by("began_at"))


def openings(path: str = PATH, *, email: str = AMAL.email) -> list[Any]:
    """What was found on this path, gone or not."""
    from faden.residence.models import Opening

    with opened_for(actor_of(email), write=False):
        return list(Opening.objects.filter(path=path).order_by("found_on", "id"))


def tasks(email: str = AMAL.email) -> list[Any]:
    """What the night made of it."""
    from faden.cases.models import Task

    with opened_for(actor_of(email), write=False):
        return list(Task.objects.filter(title__regex="Weg |Zeit ist").order_by("made_at", "id"))
