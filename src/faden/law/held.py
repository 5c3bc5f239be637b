"""How long a residence title has been held: § 9 (2) S. 1 Nr. 1, (4), § 26 (3), (4), §§ 6 (3) S. 3, 9b, 85, 102 (2) AufenthG."""

from datetime import date
from typing import NamedTuple

from faden.law import kinds
from faden.law.case import Case
from faden.law.days import ONE_DAY, months_between, plus_months
from faden.law.facts import Stay
from faden.law.outcome import Outcome, decision, not_met, reached, unknown

STUDY = frozenset({"ae_16a", "ae_16b", "ae_16g"})  # study and vocational training count half
PROTECTED = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})
_CARRIED = frozenset({kinds.FIKTION, kinds.VISUM})  # the national visa is added (§ 6 (3) S. 3)
_ABROAD = 6  # § 9 (4) Nr. 2, § 51 (1) Nr. 7
_BRIDGED = 12  # § 85
_SETTLED = kinds.UNLIMITED - {"eu_right"}
_CREDIT_YEARS = 4  # § 9 (4) Nr. 1, § 9b (1) S. 1 Nr. 2
OLD_LAW_UNTIL = date(2004, 12, 31)  # §§ 102 (2), 104 (2): the law of foreigners before the AufenthG


class Held(NamedTuple):
    """From these days on the title counts as held; the shorter reckonings need an answer or a decision."""

    start: date  # with gaps of up to a year passed over (§ 85) and long absences permitted
    strict: date  # with neither
    why: str = ""  # what makes the difference: "gap" or "absence"


def held(case: Case, papers: frozenset[str], *, asylum: bool = False, tolerated_before_2005: bool = False) -> Held | None:
    """None where today's paper is not one of these. A Duldung counts only of before 2005 (§ 102 (2)), if the titles follow on it
    (BVerwG 10.11.2009 - 1 C 24.08).
    """
    if case.title not in papers:
        return None
    start = strict = case.stays[-1].start
    off, why = _half(case.stays[-1], case.on), ""
    strict_off = off
    for stay in case.stays[-2::-1]:
        end = min(stay.end or start - ONE_DAY, start - ONE_DAY)
        if stay.kind not in papers and stay.kind not in _CARRIED:
            if not tolerated_before_2005 or stay.start > OLD_LAW_UNTIL or stay.kind not in kinds.TOLERATED:
                continue  # a Duldung between two titles is a gap in the lawful stay
            end = min(end, OLD_LAW_UNTIL)
        gap = (start - end).days - 1
        if gap > 0:
            if stay.kind == kinds.VISUM or plus_months(end + ONE_DAY, _BRIDGED) < start:
                break
            off, why = off + gap, "gap"
        start = min(start, stay.start)
        off += _half(stay, end)
        if not why:
            strict, strict_off = start, off
    found = Held(start + off * ONE_DAY, strict + strict_off * ONE_DAY, why)
    if papers >= kinds.AE:
        credit = _before_leaving_settled(case, start) * ONE_DAY
        found = Held(found.start - credit, found.strict - credit, why)
    if asylum:
        found = _with_asylum(case, found, start, strict)
    return _abroad(case, found, start)


def _before_leaving_settled(case: Case, start: date) -> int:
    """Days with a title before a stay abroad that ended an unlimited right (§ 9 (4) Nr. 1, § 9b (1) S. 1 Nr. 2), four years at most."""
    before = [one for one in case.stays if one.start < start]
    if not before or before[-1].kind not in _SETTLED or before[-1].end is None:
        return 0
    days = sum(((one.end or start - ONE_DAY) - one.start).days + 1 for one in before if one.kind in kinds.AE | _SETTLED)
    return min(days, (start - plus_months(start, -12 * _CREDIT_YEARS)).days)


def _half(stay: Stay, end: date) -> int:
    """Days of study or training that are not added."""
    return _halved(stay.start, min(stay.end or end, end) + ONE_DAY) if stay.kind in STUDY else 0


def _halved(start: date, until: date) -> int:
    """Half of it in days: of whole months half as many months."""
    months, rest = months_between(start, until)
    return (plus_months(start, months // 2) - start).days + (rest + (30 if months % 2 else 0)) // 2


def _with_asylum(case: Case, found: Held, start: date, strict: date) -> Held:
    """The asylum procedure before the title is added, whatever lay between and however it ended (BVerwG 13.9.2011 - 1 C 17.10)."""
    return found._replace(
        start=found.start - _procedure(case, start) * ONE_DAY, strict=found.strict - _procedure(case, strict) * ONE_DAY
    )  # fmt: skip


def _procedure(case: Case, title_from: date) -> int:
    """Days of the last asylum procedure before the title, from the application on."""
    asylum = case.facts.asylum
    before = [one for one in case.stays if one.start < title_from]
    permitted = [one for one in before if one.kind == kinds.GESTATTUNG]
    if not permitted:
        if asylum.applied is None or asylum.applied >= title_from or any(one.start >= asylum.applied for one in before):
            return 0
        return (min(asylum.decided or title_from, title_from) - asylum.applied).days
    begun, until = permitted[-1].start, min((permitted[-1].end or title_from - ONE_DAY) + ONE_DAY, title_from)
    for one in permitted[-2::-1]:
        if one.end and one.end + ONE_DAY < begun:
            break
        begun = one.start
    if asylum.applied and asylum.applied < until and (asylum.applied >= begun or not any(one.end and one.end >= asylum.applied for one in before if one.start < begun)):
        begun = asylum.applied
    if before[-1].kind == kinds.GESTATTUNG and case.title in PROTECTED:
        until = title_from  # until the title is given out the stay is permitted (§ 25 (1) S. 3, (2) S. 3)
    return (until - begun).days


def _abroad(case: Case, found: Held, start: date) -> Held:
    """Up to six months each are added; longer ones end the title, unless the office had allowed them (§ 51 (1) Nr. 7)."""
    lenient, strict, why = found.start, found.strict, found.why
    for one in case.facts.absences or ():
        if one.start < start or one.start > case.on or one.end + ONE_DAY <= plus_months(one.start, _ABROAD):
            continue
        again = one.end + ONE_DAY
        if one.permitted is False:
            lenient, strict = max(lenient, again), max(strict, again)
            continue
        excess = (again - plus_months(one.start, _ABROAD)).days * ONE_DAY
        lenient += excess
        strict = strict + excess if one.permitted else max(strict, again)
        why = why if one.permitted else "absence"
    return Held(lenient, max(lenient, strict), why)


def years_held(
    case: Case, years: int, papers: frozenset[str] = kinds.AE, *, asylum: bool = False, tolerated_before_2005: bool = False
) -> Outcome:
    """Met from the day the years are full."""
    return months_held(case, 12 * years, papers, asylum=asylum, tolerated_before_2005=tolerated_before_2005)


def months_held(
    case: Case, months: int, papers: frozenset[str] = kinds.AE, *, asylum: bool = False, tolerated_before_2005: bool = False
) -> Outcome:
    """The same in months; what only a decision or an answer can settle is left open."""
    if case.facts.stays is None:
        return unknown("stays")
    found = held(case, papers, asylum=asylum, tolerated_before_2005=tolerated_before_2005)
    if found is None:
        return unknown("stays", code="no_paper_today") if case.paper is None else not_met(case.title, "does_not_count")
    full = plus_months(found.start, months)
    if full > case.on:
        if asylum and _procedure_unknown(case, full):
            return unknown("asylum.applied", code="procedure")
        if case.title in STUDY:  # what is still missing takes twice as long
            full += full - case.on
        return reached(full, case.on, found.start)
    if plus_months(found.strict, months) > case.on:
        if found.why == "absence":
            return unknown("absences.permitted", code="long_absence")
        return decision("gap_85", found.strict, earliest=full)
    return reached(full, case.on, found.start)


def _procedure_unknown(case: Case, full: date) -> bool:
    """Whoever was granted protection went through a procedure; when it began is not told and could make the time full."""
    if case.title not in PROTECTED or case.facts.asylum.applied or any(one.kind == kinds.GESTATTUNG for one in case.stays):
        return False
    entry = case.facts.entry_date
    first = next(one.start for one in case.stays if one.kind in PROTECTED)
    return entry is None or full - max(0, (first - entry).days) * ONE_DAY <= case.on

