"""A Vorprüfung with answers, and one for whom only the paths are chosen."""

from typing import Any
from uuid import UUID


def prechecked(by: Any, case_id: UUID, person_id: UUID, *, family_case: UUID, member: UUID) -> dict[str, Any]:
    """Of one person with answers in rows and single ones; of a member of a family the paths alone."""
    from faden.cases.models import Case
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.residence.actions import prechecks
    from faden.residence.queries.known import known_of
    from faden.residence.rules.answers import Answers

    told = Answers(
        {"livelihood.share_by_work": 0.8, "civics.commitment": True, "household.children": "none"},
        {"language": {"n1": {"level": "A2", "skill": "oral"}}, "stays": {"n1": {"kind": "duldung_60a", "from": "2018-03-01"}}},
    )
    with opened_for(by, write=True):
        case, now = Case.objects.get(id=case_id), clock.now()
        row = prechecks.choose(person_id, ["25b", "stag_10", "course_44"], case=case, by=by, at=now)
        filed = known_of([(case_id, person_id)], on=clock.today())[case_id, person_id].filed
        prechecks.answer(person_id, told, filed, seen_version=row.version, case=case, by=by, at=now)
        prechecks.choose(member, ["25a"], case=Case.objects.get(id=family_case), by=by, at=now)
    return {}
