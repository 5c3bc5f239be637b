"""Weeks as people agree on them: "KW 48 (23.–29.11.2026)", by ISO 8601 from Monday to Sunday."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

_TO_SUNDAY = timedelta(days=6)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week in which a day lies."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + _TO_SUNDAY


def is_week(first: date | None, last: date | None) -> bool:
    """Whether a window is exactly one week."""
    return first is not None and last is not None and week_of(first) == (first, last)


def window(day: date | None, *, whole_week: bool) -> tuple[date | None, date | None]:
    """What is stored for a day typed in a form: by this day, or any time in its week."""
    if day is None:
        return None, None
    return week_of(day) if whole_week else (None, day)


def window_in_words(first: date | None, last: date | None) -> str:
    """ "bis 30.11.2026", "KW 48 (23.–29.11.2026)", "1.12.–14.12.2026"; "" for no day."""
    if last is None:
        return ""
    if first is None:
        return _("bis %(day)s") % {"day": f"{last:%d.%m.%Y}"}
    if is_week(first, last):
        return _("KW %(number)d (%(days)s)") % {"number": first.isocalendar().week, "days": _days(first, last)}
    return _days(first, last)


def _days(first: date, last: date) -> str:
    """Without saying twice what both have in common."""
    if first == last:
        return f"{last:%d.%m.%Y}"
    if first.year != last.year:
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
    if first.month != last.month:
        return f"{first:%d.%m.}–{last:%d.%m.%Y}"
    return f"{first:%d.}–{last:%d.%m.%Y}"
