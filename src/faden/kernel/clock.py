"""The only clock. Doors and jobs read it and pass the time down; verbs never do."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_shift = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=ZoneInfo("UTC")) + _shift


def today() -> date:
    """The calendar day in Germany: deadlines end at midnight there, not in UTC."""
    return now().astimezone(BERLIN).date()


def set_forward(days: int) -> None:
    """Move this process's clock (tests and demonstrations of expiry); 0 puts it right again."""
    global _shift
    _shift = timedelta(days=days)
