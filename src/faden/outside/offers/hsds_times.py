"""When a service of HSDS happens."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from faden.outside.offers import values
from faden.outside.offers.record import ScheduleRecord
from faden.outside.offers.values import Record

_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_BYDAY = re.compile(r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)")


def schedules(row: Record, at: list[Record]) -> Iterator[ScheduleRecord]:
    """The nearest that says when: the service, else its places, else their houses."""
    said = set()
    sources = [row, *at, *(values.record(one.get("location")) for one in at)]
    for source in sources:
        for one in values.records(source.get("schedules")):
            found = _schedule(one)
            if found != ScheduleRecord() and found not in said:
                said.add(found)
                yield found
        if said:
            return


def _schedule(row: Record) -> ScheduleRecord:
    opens, closes = values.hours(row.get("opens_at"), row.get("closes_at"))
    words = values.text(row.get("description"), 300) or values.text(row.get("notes"), 300)
    first = values.day(row.get("valid_from")) or values.day(row.get("dtstart"))
    until = values.day(row.get("valid_to")) or values.day(row.get("until"))
    if first and until and first > until:
        first, until = until, first
    return ScheduleRecord(_rule(row, until), first, until, opens, closes, words)


def _rule(row: Record, until: date | None) -> str:
    frequency = values.text(row.get("freq")).upper()
    if frequency not in _FREQUENCIES:
        return ""
    parts = [f"FREQ={frequency}"]
    every = values.whole(row.get("interval"), 99)
    if every and every > 1:
        parts.append(f"INTERVAL={every}")
    count = values.whole(row.get("count"), 999)
    if count and not until:
        parts.append(f"COUNT={count}")
    if days := [day for day in _listed(row.get("byday")) if _BYDAY.fullmatch(day)]:
        ordinals = frequency in ("MONTHLY", "YEARLY")
        parts.append("BYDAY=" + ",".join(dict.fromkeys(day if ordinals else day[-2:] for day in days)))
    # RFC 5545 forbids a day of the month in a week's rule; exports write one all the same.
    if frequency in ("MONTHLY", "YEARLY"):
        month_days = [day for day in _listed(row.get("bymonthday")) if re.fullmatch(r"-?\d{1,2}", day) and 1 <= abs(int(day)) <= 31]
        if month_days:
            parts.append("BYMONTHDAY=" + ",".join(month_days))
    return ";".join(parts)


def _listed(value: Any) -> list[str]:
    said = value if isinstance(value, list) else values.text(value).split(",")
    return [words.upper().strip() for one in said if (words := values.text(one))]
