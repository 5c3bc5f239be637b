"""What a service's own finished steps teach: measured durations, and the numbers they are made of."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from faden.chains.models import MeasuredDuration, StepChange
from faden.chains.vocabulary import StepState

# Below this one slow case would be the rule, and one could guess whose it was.
ENOUGH = 10
# From the first of these on a step's time runs.
BEGUN = (StepState.READY, StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)

Codes = tuple[str, str]  # template, step


@dataclass(frozen=True, slots=True)
class Measured:
    """A median and of how many steps."""

    days: int
    finished: int


def measured() -> dict[Codes, Measured]:
    """All of the service by template and step; one statement."""
    return {
        (row.template_code, row.step_code): Measured(row.median_days, row.finished)
        for row in MeasuredDuration.objects.all()
    }


def times_taken() -> dict[Codes, list[int]]:
    """Days from ready (or waiting) to done of every finished step of a template; one statement, read row by row."""
    lines = StepChange.objects.filter(step__state=StepState.DONE, undone_at__isnull=True, state__in=BEGUN)
    steps = (
        lines.exclude(step__chain__template_code="")
        .values_list("step__chain__template_code", "step__code", "step_id", "step__since_on")
        .annotate(began=Min("from_on"))
        .order_by()
    )
    found: defaultdict[Codes, list[int]] = defaultdict(list)
    for template_code, code, _step, done_on, began in steps.iterator():
        found[template_code, code].append(max((done_on - began).days, 0))
    return dict(found)


def begun_on(step_ids: list[UUID]) -> dict[UUID, date]:
    """The first day on which each of these steps was no longer open; one statement."""
    lines = StepChange.objects.filter(step_id__in=step_ids, undone_at__isnull=True, state__in=BEGUN)
    found: dict[UUID, date] = {}
    for key, day in lines.values_list("step_id", "from_on"):
        found[key] = min(day, found.get(key, day))
    return found
