"""In Vertretung: the due work of who is away, on the deputy's Mein Tag."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Case, Deadline, Substitution, Task
from faden.cases.queries.day import NEW, SOON, Due, Fresh, Meeting, ToAsk, asked_for
from faden.cases.queries.deadlines import IN_SIGHT, Nearing, is_near, listed, nearing, still_open, within
from faden.cases.queries.interpreters import Asking, to_ask
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import Names, names_of_entries
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.rules.deadlines import band
from faden.cases.vocabulary.case import Phase
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import Card


@dataclass(frozen=True)
class Covered:
    """What waits for one absent colleague; of cases without agreement only the numbers."""

    substitution_id: UUID
    absent_id: UUID
    absent: str
    until: date
    tasks: list[Due]
    meetings: list[Meeting]
    to_ask: list[ToAsk]
    deadlines: Nearing
    new_cases: list[Fresh]
    refused: list[str]

    @property
    def case_ids(self) -> list[UUID]:
        """Whose data the section shows."""
        rows = [due.task.case_id for due in self.tasks if due.card]
        rows += [meeting.appointment.case_id for meeting in self.meetings if meeting.card]
        rows += [one.asking.appointment.case_id for one in self.to_ask if one.card]
        rows += [deadline.case_id for deadline in self.deadlines.rows]
        return list(dict.fromkeys([*filter(None, rows), *(fresh.case.id for fresh in self.new_cases)]))


@dataclass(frozen=True)
class _Known:
    """What may be said about the cases at hand."""

    cards: dict[UUID, Card]
    masked: Collection[UUID]
    refused: Collection[UUID]
    deadlines: list[Deadline]
    names: Names
    asking: list[Asking]


def covered_day(membership_id: UUID, *, today: date) -> list[Covered]:
    """One section per colleague one stands in for today; twelve statements for any number of them."""
    standing = deputised_by(membership_id, on=today)
    if not standing:
        return []
    absent = [one.absent_id for one in standing]
    cases = list(
        Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id__in=absent)
        .select_related("person__municipality")
        .order_by("-opened_on", "number")
    )
    tasks = list(
        Task.objects.filter(assignee_id__in=absent, done_at__isnull=True, due_on__lte=today + SOON)
        .select_related("case")
        .order_by("due_on", "id")
    )
    start = datetime.combine(today, datetime.min.time(), tzinfo=BERLIN)
    meetings = list(
        Appointment.objects.filter(
            host_id__in=absent, starts_at__gte=start, starts_at__lt=start + SOON + timedelta(days=1), dropped_because=""
        )
        .select_related("case")
        .order_by("starts_at")
    )
    refused = not_to_deputies(cases)
    open_to_me = [case for case in cases if case.id not in refused]
    masked = masked_cases(case.id for case in open_to_me)
    cards = cards_for_list(open_to_me, masked=masked)
    deadlines = list(still_open(cards).filter(within(IN_SIGHT, today)).select_related("case"))
    names = names_of_entries([one for one in deadlines if is_near(one, today)], cards, masked)
    known = _Known(cards, masked, refused, deadlines, names, to_ask(absent, now=start))
    return [_covered(one, cases, tasks, meetings, known, today) for one in standing]


def _covered(
    one: Substitution, cases: list[Case], tasks: list[Task], meetings: list[Appointment], known: _Known, today: date
) -> Covered:
    led = [case for case in cases if case.lead_id == one.absent_id]
    return Covered(
        substitution_id=one.id,
        absent_id=one.absent_id,
        absent=one.absent.name,
        until=one.until_on,
        tasks=[_due(t, known) for t in tasks if t.assignee_id == one.absent_id and t.case_id not in known.refused],
        meetings=[
            _meeting(m, known) for m in meetings if m.host_id == one.absent_id and m.case_id not in known.refused
        ],
        to_ask=[
            asked_for(asking, known.cards, known.masked, known.names, today=today)
            for asking in known.asking
            if asking.appointment.host_id == one.absent_id and asking.appointment.case_id not in known.refused
        ],
        deadlines=_nearing(one, known, today),
        new_cases=[
            Fresh(case, known.cards[case.id])
            for case in led
            if case.id in known.cards and case.opened_on >= today - NEW
        ],
        refused=sorted(case.number for case in led if case.id in known.refused),
    )


def _nearing(standing: Substitution, known: _Known, today: date) -> Nearing:
    deadlines = [one for one in known.deadlines if one.case.lead_id == standing.absent_id]
    near = [one for one in deadlines if is_near(one, today)]
    rows = [
        replace(
            listed(one, known.cards[one.case_id], known.names, masked=known.masked, today=today), absent=standing.absent.name
        )
        for one in near
    ]
    return nearing(standing.absent_id, rows, Counter(band(one.due_on, today) for one in deadlines))


def _due(task: Task, known: _Known) -> Due:
    card = known.cards.get(task.case_id) if task.case_id else None
    # In a case of somebody else again, the deputy is told that there is something, not what.
    told = card is not None and task.case_id not in known.masked
    return Due(task, card, task.title if told else _("Aufgabe"), _who(task.case, card))


def _meeting(meeting: Appointment, known: _Known) -> Meeting:
    card = known.cards.get(meeting.case_id) if meeting.case_id else None
    told = card is not None and meeting.case_id not in known.masked
    subject, place = (meeting.subject, meeting.place) if told else (_("Termin"), "")
    return Meeting(meeting, card, subject, _who(meeting.case, card), place)


def _who(case: Case | None, card: Card | None) -> str:
    if case is None or card is None:
        return case.number if case else ""
    return f"{card.name}, {case.number}" if card.masked else card.name
