"""Fristen follow the facts of people: what the rules say is compared with the rows, only changes are written."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from faden.cases.actions.deadlines import moved
from faden.cases.models import Case, CaseMember, Deadline
from faden.cases.queries.followed import known_of
from faden.cases.rules.deadlines import FROM_FACTS, LastDay, concerns_case, last_days
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.deadline import DeadlineEnd
from faden.kernel.actor import Actor
from faden.persons.models import Person

_WRITTEN = ("due_on", "law", "subject", "persons", "confidential", "noted_at", "warned_at_days")
_ENDED = ("ended_at", "ended_by", "ended_because", "ended_words")
_Key = tuple[UUID, str, UUID]


def follow(person_id: UUID, *, by: Actor, on: date, at: datetime) -> int:
    """One person in every open case of hers; returns how many rows changed."""
    return follow_all([person_id], by=by, on=on, at=at)


def follow_all(person_ids: Collection[UUID], *, by: Actor, on: date, at: datetime) -> int:
    """Many people at once, in eleven statements and those that write."""
    # Locked as the verbs of facts do: a change that is being written is waited for, not missed.
    list(Person.objects.select_for_update(no_key=True).filter(id__in=person_ids).order_by("id").only("id"))
    members = list(CaseMember.objects.filter(person_id__in=person_ids))
    # Locked: who closes a case meanwhile waits, or is seen here.
    open_cases = {
        case.id: case
        for case in Case.objects.select_for_update(of=("self",), no_key=True)
        .filter(~Q(phase=Phase.CLOSED), id__in={member.case_id for member in members})
        .order_by("id")
    }
    here = [m for m in members if m.case_id in open_cases and m.until_on is None]
    wanted = dict(_wanted(here, open_cases, on))
    rows = {
        (row.case_id, row.kind, row.reference): row
        for row in Deadline.objects.select_for_update(of=("self",)).filter(
            case_id__in=open_cases, kind__in=FROM_FACTS, persons__overlap=list(person_ids)
        )
    }
    new = [_row(key, *day, by=by, at=at) for key, day in wanted.items() if key not in rows]
    changed = [row for key, row in rows.items() if _has_moved(row, wanted.get(key), at=at)]
    # Somebody else may have written the same row in this moment.
    Deadline.objects.bulk_create(new, ignore_conflicts=True)
    Deadline.objects.bulk_update(changed, [*_WRITTEN, *_ENDED], batch_size=500)
    return len(new) + len(changed)


def _wanted(here: list[CaseMember], cases: dict[UUID, Case], on: date) -> Iterator[tuple[_Key, tuple[UUID, LastDay]]]:
    known = known_of({member.person_id for member in here})
    days = {person_id: last_days(one, on=on) for person_id, one in known.items()}
    for member in here:
        for day in days.get(member.person_id, ()):
            if concerns_case(day, opened_on=cases[member.case_id].opened_on):
                yield (member.case_id, day.kind.value, day.reference), (member.person_id, day)


def _row(key: _Key, person_id: UUID, day: LastDay, *, by: Actor, at: datetime) -> Deadline:
    case_id, kind, reference = key
    return Deadline(
        organisation_id=by.organisation_id,
        case_id=case_id,
        kind=kind,
        reference=reference,
        noted_at=at,
        **_told(person_id, day),
    )


def _told(person_id: UUID, day: LastDay) -> dict[str, object]:
    return {
        "due_on": day.due_on,
        "persons": [person_id],
        "confidential": False,
        "law": day.law[:160],
        "subject": day.subject[:200],
    }


def _has_moved(row: Deadline, day: tuple[UUID, LastDay] | None, *, at: datetime) -> bool:
    """Bring the row to what follows now; tells whether that changed it."""
    if day:
        return bool(moved(row, _told(*day), at=at))
    if row.ended_at:
        return False
    row.ended_at, row.ended_because = at, DeadlineEnd.GONE
    return True
