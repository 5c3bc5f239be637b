"""Bescheide for tests, noted through the verbs."""

from datetime import date, timedelta
from typing import Any

from tests.desk_client import actor_of

AMAL = "amal@caritas-ahaus.example"
DAY = timedelta(days=1)


def noted(came_on: date, **changes: Any) -> Any:
    """A Bescheid of the Jobcenter, rejected, one month."""
    from faden.documents.actions.decisions import Noted

    values: dict[str, Any] = {
        "issuer": "Jobcenter Ahaus",
        "subject": "Mehrbedarf",
        "outcome": "rejected",
        "dated_on": came_on - 2 * DAY,
        "procedure": "social",
        "notified_how": "letter",
        "received_on": came_on,
        "posted_on": came_on - 2 * DAY,
        "remedy": "objection",
        "remedy_to": "Jobcenter Ahaus",
        "period_amount": 1,
    }
    return Noted(**{**values, **changes})


def decided(case: Any, came_on: date, *, confirmed: bool = False, email: str = AMAL, **changes: Any) -> Any:
    """Noted, and on demand confirmed as proposed."""
    from faden.documents.actions import decisions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = actor_of(email)
    with opened_for(by, write=True):
        decision = decisions.note(case, noted(came_on, **changes), by=by, on=clock.today(), at=clock.now())
        if confirmed:
            decision = decisions.confirm(
                decision, last_on=decision.proposed_on, seen_version=decision.version, by=by, at=clock.now()
            )
    return decision
