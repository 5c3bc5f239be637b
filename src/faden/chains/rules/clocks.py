"""Law clocks: the last day of a period that begins with an event (§§ 187, 188 BGB).

A last day on a weekend stays where it is: § 193 BGB would allow the next working day, nobody should count on it.
"""

from calendar import monthrange
from datetime import date, timedelta

from faden.chains.vocabulary import TimeUnit


def due_day(event: date, amount: int, unit: TimeUnit) -> date:
    """The day of the event does not count; a month without that day ends on its last one."""
    if unit == TimeUnit.DAYS:
        return event + timedelta(days=amount)
    if unit == TimeUnit.WEEKS:
        return event + timedelta(weeks=amount)
    months = amount * 12 if unit == TimeUnit.YEARS else amount
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    return date(year, month + 1, min(event.day, monthrange(year, month + 1)[1]))


def clock_day(amount: int | None, unit: str, event: date | None) -> date | None:
    """The last day, or none while there is no clock or what it counts from has not happened."""
    if amount is None or event is None:
        return None
    return due_day(event, amount, TimeUnit(unit))
