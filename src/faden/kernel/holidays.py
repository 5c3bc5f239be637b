"""Working days in North Rhine-Westphalia (Feiertagsgesetz NW § 2)."""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

SATURDAY = 5


@cache
def holidays(year: int) -> dict[date, str]:
    """The eleven days on which nobody has to be reached, with their names; 31.10.2017 was one once."""
    sunday = easter(year)
    found = {
        date(year, 1, 1): "Neujahr",
        sunday - timedelta(days=2): "Karfreitag",
        sunday + timedelta(days=1): "Ostermontag",
        date(year, 5, 1): "1. Mai",
        sunday + timedelta(days=39): "Christi Himmelfahrt",
        sunday + timedelta(days=50): "Pfingstmontag",
        sunday + timedelta(days=60): "Fronleichnam",
        date(year, 10, 3): "Tag der Deutschen Einheit",
        date(year, 11, 1): "Allerheiligen",
        date(year, 12, 25): "1. Weihnachtstag",
        date(year, 12, 26): "2. Weihnachtstag",
    }
    return found | ({date(2017, 10, 31): "Reformationstag"} if year == 2017 else {})


def why_no_working_day(day: date) -> str:
    """The holiday's name, Samstag, Sonntag, or "" for a working day."""
    name = holidays(day.year).get(day, "")
    weekend = {SATURDAY: "Samstag", SATURDAY + 1: "Sonntag"}.get(day.weekday(), "")
    return name or weekend


def working_days_before(day: date, days: int) -> date:
    """The day that lies this many working days earlier; 0 is the day itself, or the last working day before it."""
    while days > 0 or why_no_working_day(day):
        day -= timedelta(days=1)
        days -= not why_no_working_day(day)
    return day
