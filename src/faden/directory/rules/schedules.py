"""When an offer happens: a recurrence rule (RFC 5545) to and from the fields of a form, and in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import rrulestr
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = {
    "MO": gettext_lazy("Montag"), "TU": gettext_lazy("Dienstag"), "WE": gettext_lazy("Mittwoch"), "TH": gettext_lazy("Donnerstag"),
    "FR": gettext_lazy("Freitag"), "SA": gettext_lazy("Samstag"), "SU": gettext_lazy("Sonntag"),
}  # fmt: skip
DAY_NAMES_OFTEN = {
    "MO": gettext_lazy("montags"), "TU": gettext_lazy("dienstags"), "WE": gettext_lazy("mittwochs"), "TH": gettext_lazy("donnerstags"),
    "FR": gettext_lazy("freitags"), "SA": gettext_lazy("samstags"), "SU": gettext_lazy("sonntags"),
}  # fmt: skip
ORDINALS = {
    1: gettext_lazy("ersten"), 2: gettext_lazy("zweiten"), 3: gettext_lazy("dritten"), 4: gettext_lazy("vierten"),
    5: gettext_lazy("fünften"), -1: gettext_lazy("letzten"), -2: gettext_lazy("vorletzten"),
}  # fmt: skip
# The rhythms a form offers: weeks between, or which of its weekday in the month.
RHYTHMS = ("1", "2", "m1", "m2", "m3", "m4", "m-1")
KEPT = "kept"  # a rule read in that the form cannot draw stays as it is
_BYDAY = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)$")


@dataclass(frozen=True)
class Row:
    """One line of the form."""

    rhythm: str = "1"
    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    first: date | None = None
    until: date | None = None
    words: str = ""
    rule: str = ""  # of a kept one

    @property
    def says_something(self) -> bool:
        """An empty line is none."""
        return bool(self.days or self.opens or self.closes or self.first or self.until or self.words or self.rule)


def schedule_of(row: Row) -> dict[str, Any]:
    """As the offer has it."""
    return {
        "rrule": _rule_of(row), "from": row.first.isoformat() if row.first else None, "until": row.until.isoformat() if row.until else None,
        "opens": f"{row.opens:%H:%M}" if row.opens else None, "closes": f"{row.closes:%H:%M}" if row.closes else None, "words": row.words,
    }  # fmt: skip


def _rule_of(row: Row) -> str:
    if row.rhythm == KEPT:
        return row.rule
    days = [day for day in DAYS if day in row.days]
    if not days:
        return ""
    if row.rhythm.startswith("m"):
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{row.rhythm[1:]}{day}" for day in days)
    return f"FREQ=WEEKLY{';INTERVAL=2' if row.rhythm == '2' else ''};BYDAY={','.join(days)}"


def row_of(schedule: Mapping[str, Any]) -> Row:
    """As the form shows it; what it cannot draw is kept."""
    rhythm, days, rule = _drawn(schedule.get("rrule") or "")
    return Row(
        rhythm, days, _time(schedule.get("opens")), _time(schedule.get("closes")), _day(schedule.get("from")), _day(schedule.get("until")),
        schedule.get("words") or "", rule,
    )  # fmt: skip


def _drawn(rule: str) -> tuple[str, tuple[str, ...], str]:
    if not rule:
        return "1", (), ""
    parts = _parts(rule)
    named = _byday(parts)
    known = set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "WKST"} and bool(named)
    ordinals, days = {ordinal for ordinal, _day in named}, tuple(day for day in DAYS if day in {day for _o, day in named})
    rhythm = ""
    if known and parts["FREQ"] == "WEEKLY" and ordinals == {0}:
        rhythm = parts.get("INTERVAL", "1")
    elif known and parts["FREQ"] == "MONTHLY" and len(ordinals) == 1 and parts.get("INTERVAL", "1") == "1":
        rhythm = f"m{ordinals.pop()}"
    return (rhythm, days, "") if rhythm in RHYTHMS else (KEPT, (), rule)


def is_rule(rule: str) -> bool:
    """Can a calendar read it?"""
    parts = _parts(rule)
    # Minutes and seconds are no offer's rhythm, and a calendar that unrolls them never comes back.
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or len(rule) > 300:
        return False
    try:
        rrulestr(rule, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 -- only to see whether it can be read
    except (ValueError, TypeError, KeyError, OverflowError):
        return False
    return True


def words_of(schedule: Mapping[str, Any]) -> str:
    """"Montags und donnerstags, 9:00–12:00 Uhr, ab 1. September 2026"; the free words last."""
    rhythm = _rhythm_in_words(schedule.get("rrule") or "", _day(schedule.get("from")))
    said = [rhythm, _hours(schedule), _span(schedule), schedule.get("words") or ""]
    text = ", ".join(part for part in said if part)
    return text[:1].upper() + text[1:]


def _rhythm_in_words(rule: str, first: date | None) -> str:
    parts = _parts(rule)
    every, named = _interval(parts), _byday(parts)
    days = [day for day in DAYS if day in {one for _ordinal, one in named}]
    match parts.get("FREQ"):
        case "DAILY":
            if every == 1:
                return _weekly(1, days or list(DAYS))
            return _("alle %(number)s Tage") % {"number": every}
        case "WEEKLY":
            return _weekly(every, days or ([DAYS[first.weekday()]] if first else []))
        case "MONTHLY":
            return _monthly(every, named, parts)
        case "YEARLY":
            return _("einmal im Jahr") if every == 1 else _("alle %(number)s Jahre") % {"number": every}
    return ""


def _weekly(every: int, days: list[str]) -> str:
    if every == 1:
        if days == list(DAYS):
            return _("täglich")
        if days == list(DAYS[:5]):
            return _("montags bis freitags")
        return _listed([str(DAY_NAMES_OFTEN[day]) for day in days]) or _("jede Woche")
    weeks = _("alle zwei Wochen") if every == 2 else _("alle %(number)s Wochen") % {"number": every}
    return " ".join([weeks, _listed([str(DAY_NAMES_OFTEN[day]) for day in days])]).strip()


def _monthly(every: int, named: list[tuple[int, str]], parts: Mapping[str, str]) -> str:
    months = _("jeden Monat") if every == 1 else _("alle %(number)s Monate") % {"number": every}
    if which := _in_the_month(named):
        return _("jeden %(which)s im Monat") % {"which": which} if every == 1 else _("%(months)s am %(which)s") % {"months": months, "which": which}
    if on := _days_of_the_month(parts.get("BYMONTHDAY", "")):
        return _("am %(days)s jedes Monats") % {"days": on} if every == 1 else _("%(months)s am %(which)s") % {"months": months, "which": on}
    if every == 1 and named and "BYSETPOS" not in parts and all(not ordinal for ordinal, _day in named):
        return _weekly(1, [day for day in DAYS if day in {one for _ordinal, one in named}])
    return months


def _in_the_month(named: list[tuple[int, str]]) -> str:
    """"ersten und dritten Montag"; ordinals of the same weekdays stand together. Empty where one of them has no word."""
    if not named or any(ordinal not in ORDINALS for ordinal, _day in named):
        return ""
    days_of = {ordinal: tuple(day for day in DAYS if (ordinal, day) in named) for ordinal in ORDINALS}
    told = []
    for days in dict.fromkeys(days for days in days_of.values() if days):
        which = [str(ORDINALS[ordinal]) for ordinal, own in days_of.items() if own == days]
        told.append(f"{_listed(which)} {_listed([str(DAY_NAMES[day]) for day in days])}")
    return _listed(told)


def _days_of_the_month(said: str) -> str:
    """"1. und 15."; the last day has a word. Empty where one of them has none."""
    days = [one.strip().lstrip("+") for one in said.split(",") if one.strip()]
    if not all(day == "-1" or day.isdigit() for day in days):
        return ""
    numbers = [f"{day}." for day in sorted({int(day) for day in days if day != "-1"})]
    return _listed([*numbers, _("letzten Tag")] if "-1" in days else numbers)


def _hours(schedule: Mapping[str, Any]) -> str:
    opens, closes = _time(schedule.get("opens")), _time(schedule.get("closes"))
    if opens and closes and closes < opens:
        return _("%(opens)s–%(closes)s Uhr am nächsten Tag") % {"opens": _clock(opens), "closes": _clock(closes)}
    if opens and closes:
        return _("%(opens)s–%(closes)s Uhr") % {"opens": _clock(opens), "closes": _clock(closes)}
    if opens:
        return _("ab %(opens)s Uhr") % {"opens": _clock(opens)}
    return _("bis %(closes)s Uhr") % {"closes": _clock(closes)} if closes else ""


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _span(schedule: Mapping[str, Any]) -> str:
    first, last = _day(schedule.get("from")), _day(schedule.get("until"))
    if first and last:
        if first == last:
            return _("am %(day)s") % {"day": _said(first)}
        return _("%(first)s bis %(last)s") % {"first": _said(first), "last": _said(last)}
    if first:
        return _("ab %(first)s") % {"first": _said(first)}
    return _("bis %(last)s") % {"last": _said(last)} if last else ""


def _said(day: date) -> str:
    return date_format(day, "j. F Y")


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(all_but_last)s und %(last)s") % {"all_but_last": ", ".join(names[:-1]), "last": names[-1]}


# ---------- reading a rule ----------


def _parts(rule: str) -> dict[str, str]:
    plain = rule.strip().upper().removeprefix("RRULE:")
    return dict(part.split("=", 1) for part in plain.split(";") if "=" in part)


def _interval(parts: Mapping[str, str]) -> int:
    said = parts.get("INTERVAL", "1")
    return int(said) if said.isdigit() and int(said) else 1


def _byday(parts: Mapping[str, str]) -> list[tuple[int, str]]:
    """Each weekday with which of the month it is, 0: every; BYSETPOS of a single weekday says the same."""
    found = [_BYDAY.match(one.strip().lstrip("+")) for one in parts.get("BYDAY", "").split(",") if one]
    if not all(found):
        return []
    named = [(int(match.group(1) or 0), match.group(2)) for match in found if match]
    position = parts.get("BYSETPOS", "")
    if len(named) == 1 and not named[0][0] and re.fullmatch(r"-?\d", position):
        return [(int(position), named[0][1])]
    return named


def _time(said: str | None) -> time | None:
    try:
        return time.fromisoformat(said) if said else None
    except ValueError:
        return None


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
