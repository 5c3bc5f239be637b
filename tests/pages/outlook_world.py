"""Fristen und Chancen of one person who agreed: a path of each kind."""

from datetime import timedelta
from typing import Any
from uuid import UUID


def watched_for(by: Any, case_id: UUID, person_id: UUID) -> dict[str, Any]:
    """She agreed, and something closes, opens, has come and is open."""
    from faden.cases.models import Case
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.residence.actions import outlooks
    from faden.residence.models import Opening

    today = clock.today()
    soon, later, ago = today + timedelta(days=90), today + timedelta(days=120), today - timedelta(days=20)
    with opened_for(by, write=True):
        case = Case.objects.get(id=case_id)
        outlook = outlooks.begin(person_id, agreed_on=today, case=case, by=by, at=clock.now(), today=today)
        Opening.objects.filter(outlook=outlook).delete()
        for path, state, opens_on, closes_on, set_by in (
            ("25a", "unknown", None, soon, "25a.1.1.nr3"), ("35", "not_met", soon, later, "35.1.years"), ("24", "met", None, later, ""), ("stag_10", "not_met", soon, None, "stag_10.1.residence"),
            ("9a", "unknown", ago, None, "9a.2.1.nr1"), ("25b", "decision", ago, None, "25b.1.2.nr1"), ("18a", "met", None, None, ""),
        ):  # fmt: skip
            Opening.objects.create(
                organisation_id=by.organisation_id, outlook=outlook, path=path, state=state, opens_on=opens_on, closes_on=closes_on,
                set_by=set_by, found_on=today,
            )  # fmt: skip
    return {"outlook": outlook.id}
