"""Counting as §§ 187, 188 BGB do: years and months end on the same calendar day, 29 February on the last of the month."""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def plus_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier, if negative); the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(start: date, until: date) -> tuple[int, int]:
    """Full months from one day to another, and the days left over."""
    months = (until.year - start.year) * 12 + until.month - start.month
    if plus_months(start, months) > until:
        months -= 1
    return months, (until - plus_months(start, months)).days


def plus_years(day: date, years: int) -> date:
    """The same day so many years later."""
    return date(day.year + years, day.month, day.day) if day.day <= 28 else plus_months(day, 12 * years)
