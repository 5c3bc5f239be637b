"""What can carry something out of one case today: what was signed or confirmed in it, of a vertraulicher Faden only there."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from faden.cases.models import Case
from faden.consents.queries.declarations import StandingConsent, standing_consents
from faden.consents.queries.grounds import Grounds, grounds_for
from faden.documents.queries.forms import signed_elsewhere


def grounds_in(case: Case, person_id: UUID, key: str, *, confidential: bool, on: date) -> Grounds:
    """Towards one recipient; five statements."""
    found = grounds_for(person_id, key, on=on)
    ids = [*(one.id for one in found.consents), *(one.id for one in found.by_law), *found.waiting]
    hidden = signed_elsewhere(case, ids, confidential=confidential)
    return Grounds(
        tuple(one for one in found.consents if one.id not in hidden),
        tuple(one for one in found.by_law if one.id not in hidden),
        tuple(key for key in found.waiting if key not in hidden),
    )


def consents_in(case: Case, persons: Collection[UUID], *, confidential: bool = False, on: date) -> list[StandingConsent]:
    """What these persons have allowed; three statements."""
    found = standing_consents(persons, on)
    hidden = signed_elsewhere(case, [one.id for one in found], confidential=confidential)
    return [one for one in found if one.id not in hidden]
