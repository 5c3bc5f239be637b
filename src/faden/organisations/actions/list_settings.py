"""How somebody likes a list, and which files she opened last: for herself, so no deed is remembered of it."""

from uuid import UUID

from faden.kernel.actor import Actor
from faden.organisations.models import ListSetting
from faden.organisations.queries.contact import ON_PAPER
from faden.organisations.queries.list_settings import OPENED, last_opened

REMEMBERED = 8


def keep(screen: str, values: dict[str, object], *, by: Actor) -> None:
    """Remember filters and order of a list: codes only, never names or words that were searched for."""
    row = ListSetting(
        organisation_id=by.organisation_id, membership_id=UUID(by.membership_id), screen=screen, values=values
    )
    # Two windows at once: the later one counts.
    ListSetting.objects.bulk_create(
        [row],
        update_conflicts=True,
        update_fields=["values"],
        unique_fields=["organisation", "membership", "screen"],
    )


def keep_phone(phone: str, *, by: Actor) -> None:
    """The number under which papers say that she is reached: the worker's own, no client's."""
    keep(ON_PAPER, {"phone": phone}, by=by)


def note_opened(case_id: UUID, *, by: Actor) -> None:
    """Put a case first among the last opened ones; one statement when it is there already."""
    before = last_opened(by=by)
    if before[:1] != [case_id]:
        others = [key for key in before if key != case_id]
        keep(OPENED, {"cases": [str(key) for key in (case_id, *others)][:REMEMBERED]}, by=by)


