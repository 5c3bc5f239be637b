"""When: a schedule and its recurrence."""

from collections.abc import Mapping
from typing import Any

from faden.directory.rules import schedules
from faden.directory.rules.hsds.basics import Json, id_of, said

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def schedule(offer: Any, number: int, one: Mapping[str, Any]) -> Json:
    return said(
        id=id_of(offer.id, "schedule", number),
        service_id=str(offer.id),
        valid_from=one.get("from"),
        valid_to=one.get("until"),
        dtstart=one.get("from"),
        until=one.get("until"),
        opens_at=one.get("opens"),
        closes_at=one.get("closes"),
        description=schedules.words_of(one),
        notes=one.get("words"),
        **_recurrence(one.get("rrule") or ""),
    )


def _recurrence(rule: str) -> Json:
    """HSDS knows weeks and months; a day after day is a week of seven, anything rarer stands in the words."""
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    freq, byday = parts.get("FREQ", ""), parts.get("BYDAY", "")
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdecimal() else 1
    if freq == "DAILY" and every == 1:
        freq, byday = "WEEKLY", byday or ",".join(_DAYS)
    if freq not in ("WEEKLY", "MONTHLY"):
        return {}
    if parts.get("BYSETPOS") and "," not in byday and byday in _DAYS:
        byday = parts["BYSETPOS"] + byday
    count = int(parts["COUNT"]) if parts.get("COUNT", "").isdecimal() else None
    wkst = parts.get("WKST", "") if parts.get("WKST") in _DAYS else ""
    return said(freq=freq, interval=every, byday=byday, bymonthday=parts.get("BYMONTHDAY"), count=count, wkst=wkst)
