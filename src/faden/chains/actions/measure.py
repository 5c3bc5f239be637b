"""Each night: how long steps of templates took in this service."""

from datetime import date
from statistics import median_high

from faden.chains.models import MeasuredDuration
from faden.chains.queries.durations import ENOUGH, times_taken
from faden.kernel.actor import Actor


def measure(*, by: Actor, on: date) -> int:
    """Write the medians anew; a step of which too few are finished has none. Returns how many have one."""
    taken = {codes: days for codes, days in times_taken().items() if len(days) >= ENOUGH}
    for row in MeasuredDuration.objects.all():
        if (row.template_code, row.step_code) not in taken:
            row.delete()
    for (template_code, step_code), days in taken.items():
        MeasuredDuration.objects.update_or_create(
            organisation_id=by.organisation_id,
            template_code=template_code,
            step_code=step_code,
            defaults={"finished": len(days), "median_days": median_high(days), "measured_on": on},
        )
    return len(taken)
