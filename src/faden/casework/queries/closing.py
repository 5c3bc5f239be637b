"""What closing a case has to end, and how earlier closings went."""

from dataclasses import dataclass
from datetime import date, datetime

from faden.cases.models import Appointment, Case, Clarification, Closing, Task
from faden.cases.vocabulary.course import AccessCriterion, AccessDecision, ClosingReason, Satisfaction
from faden.organisations.queries.memberships import names_of


def open_tasks(case: Case) -> list[Task]:
    """All of them, confidential ones too: none may stay behind."""
    found = Task.objects.filter(case=case, done_at__isnull=True).select_related("assignee")
    return list(found.order_by("due_on", "id"))


def coming_appointments(case: Case, *, now: datetime) -> list[Appointment]:
    """What would still take place."""
    found = Appointment.objects.filter(case=case, ends_at__gte=now, dropped_because="").select_related("host")
    return list(found.order_by("starts_at", "id"))


@dataclass(frozen=True)
class Closed:
    """One closing as it is shown."""

    reason: str
    handed_over: bool | None
    contact_attempts: int | None
    summary: str
    client_view: str
    client_words: str
    findings_noted: int
    closed_at: datetime
    by: str
    keep_until: date
    reopened_at: datetime | None
    reopened_by: str
    reopened_because: str


def closings_of(case: Case) -> list[Closed]:
    """The newest first; two statements."""
    rows = list(Closing.objects.filter(case=case).order_by("-closed_at"))
    names = names_of({who for row in rows for who in (row.closed_by, row.reopened_by)})
    return [
        Closed(
            str(ClosingReason(row.reason).label),
            row.handed_over,
            row.contact_attempts,
            row.summary or "",
            str(Satisfaction(row.client_view).label),
            row.client_words or "",
            row.findings_noted,
            row.closed_at,
            names.get(row.closed_by, ""),
            row.keep_until,
            row.reopened_at,
            names.get(row.reopened_by or 0, ""),
            row.reopened_because,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Decided:
    """One clarification as it is shown."""

    decision: str
    criteria: tuple[tuple[str, bool], ...]
    words: str
    decided_on: date
    by: str


def clarifications_of(case: Case) -> list[Decided]:
    """The newest first; two statements."""
    rows = list(Clarification.objects.filter(case=case).order_by("-decided_on", "-id"))
    names = names_of({row.decided_by for row in rows})
    return [
        Decided(
            str(AccessDecision(row.decision).label),
            tuple((str(one.label), one.value in row.criteria) for one in AccessCriterion),
            row.words or "",
            row.decided_on,
            names.get(row.decided_by, ""),
        )
        for row in rows
    ]
