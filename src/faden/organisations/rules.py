"""Pure rules of accounts: which role fits which kind of service, and who must not be the last to go."""

from collections.abc import Iterable
from datetime import date

from faden.organisations.vocabulary import DESK_KINDS, ROLES, STAY_KINDS, Kind

# § 87 Abs. 1 AufenthG leaves out schools and other places of education and upbringing.
_EDUCATION = frozenset({Kind.COURSE_PROVIDER, Kind.SCHOOL})
_STEERING = frozenset({Kind.INTEGRATION_CENTRE, Kind.TOWN_COORDINATION})


def roles_for(kind: str) -> tuple[str, ...]:
    """The roles a service of this kind may give.

    Agencies without a desk have one: they see what was delivered to them. An office that decides about stay has
    building block 3 besides. Coordination belongs to the bodies that steer (KIM building block 1); case management
    may sit with a town or county as well.
    """
    if kind not in DESK_KINDS:
        return ("partner", "residence_officer") if kind in STAY_KINDS else ("partner",)
    at_desk = (code for code, role in ROLES.items() if role.at_desk)
    return tuple(code for code in at_desk if code != "coordinator" or kind in _STEERING)


def must_report(kind: str, *, is_public: bool) -> bool:
    """Has this service duties to tell the immigration office what it learns (§ 87 AufenthG)?

    Only public bodies, and no schools. An integration centre is part of the county's administration,
    so it has them, even where teachers work in it.
    """
    return is_public and kind not in _EDUCATION


def keeps_an_administrator(others_until: Iterable[date | None], *, after: date) -> bool:
    """Does one of the other administrators (by their last days) stay on after this day?"""
    return any(until is None or until > after for until in others_until)


def last_day(*, since: date, today: date, wanted: date | None) -> tuple[date, date]:
    """(since, until) of a membership that ends: at once when no later day is wanted.

    `until` is the last day that counts, so "at once" is yesterday; a membership given today then has
    to begin yesterday too. The log holds the exact moments.
    """
    if wanted is not None:
        return since, wanted
    until = date.fromordinal(today.toordinal() - 1)
    return min(since, until), until
