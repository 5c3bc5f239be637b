"""§ 60d AufenthG: Beschäftigungsduldung, of the worker and the spouse; a new wording since 2024-02-27."""

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

from faden.law import duldung, general, kinds
from faden.law.case import Case
from faden.law.days import ONE_DAY, plus_months
from faden.law.duldung import clarified_in_time, excused, held_for, in_time
from faden.law.facts import Spouse, Work
from faden.law.knowledge import children_at_school, german
from faden.law.livelihood import PUBLIC
from faden.law.outcome import (
    Binding,
    Claim,
    Outcome,
    State,
    decision,
    free_of,
    met,
    not_met,
    reached,
    unknown,
)
from faden.law.rules import Condition, Path, Version

FIRST = date(2020, 1, 1)
REFORM, BEFORE = date(2024, 2, 27), date(2024, 2, 26)  # Rückführungsverbesserungsgesetz, G v. 21.2.2024 BGBl. 2024 I Nr. 54

WORKER = Path("60d", "§ 60d AufenthG", (Version(Claim.USUALLY, since=FIRST),))
KEY = "60d"


@WORKER.condition("60d.1", "§ 60d Abs. 1 AufenthG", Binding.MUST, since=FIRST)
def obliged_to_leave(case: Case, p: SimpleNamespace) -> Outcome:
    """Obliged to leave and with a Duldung; with § 60b work may not even be permitted (§ 60b (5) S. 2)."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.title == kinds.CLAIM:
        return decision("claim", case.title)
    return met(case.title) if case.title in kinds.DULDUNGEN else not_met(case.title, "other_paper")


@WORKER.condition("60d.1.entry", "§ 60d Abs. 1 AufenthG", Binding.MUST, since=FIRST, until=BEFORE)
@WORKER.condition("60d.1.entry", "§ 60d Abs. 1 AufenthG", Binding.MUST, since=REFORM)
def entered_by_then(case: Case, p: SimpleNamespace) -> Outcome:
    return _by_then(case.facts.entry_date, p.entry_until, "entry_date")


@WORKER.condition("60d.1.spouse", "§ 60d Abs. 1 AufenthG", Binding.MUST, since=FIRST, until=BEFORE)
@WORKER.condition("60d.1.spouse", "§ 60d Abs. 1 AufenthG", Binding.MUST, since=REFORM)
def spouse_entered_by_then(case: Case, p: SimpleNamespace) -> Outcome:
    spouse = _spouse(case)
    return spouse if isinstance(spouse, Outcome) else _by_then(spouse.entry_date, p.entry_until, "household.spouse.entry_date")


def _by_then(entry: date | None, last: date, fact: str) -> Outcome:
    if entry is None:
        return unknown(fact)
    return met(entry) if entry <= last else not_met(entry, "entered_later", final=True)


def _spouse(case: Case) -> Spouse | Outcome:
    """The one the paragraph asks about as well; a German or one with a title is not obliged to leave."""
    household = case.facts.household
    spouse = household.spouse
    if spouse is None:
        if household.has_spouse:
            return unknown("household.spouse.title")
        return met(code="no_spouse", assumes=() if household.has_spouse is False else ("no_spouse",))
    return met(spouse.title, "spouse_has_title") if spouse.german or spouse.title in kinds.TITLES else spouse


@WORKER.condition("60d.1.nr1", "§ 60d Abs. 1 Nr. 1 AufenthG", Binding.MUST, since=REFORM)
def identity_in_time(case: Case, p: SimpleNamespace) -> Outcome:
    """Numbers 2 to 11 are weighed where "in der Regel" leaves room; for this one (4) says alone what does."""
    entry = case.facts.entry_date
    if entry is None:
        return _without_entry(case, p)
    return clarified_in_time(case, None if entry <= p.identity_open_end_entry else p.identity_day, case.applied(KEY))


@WORKER.condition("60d.1.nr1", "§ 60d Abs. 1 Nr. 1 AufenthG", Binding.MUST, since=FIRST, until=BEFORE)
def identity_in_time_before(case: Case, p: SimpleNamespace) -> Outcome:
    """With an open end only for those who came early and were already at work on 2020-01-01."""
    entry = case.facts.entry_date
    if entry is None:
        return _without_entry(case, p)
    if entry > p.identity_open_end_entry:
        return clarified_in_time(case, p.identity_day, case.applied(KEY))
    fixed = clarified_in_time(case, p.identity_day, case.applied(KEY))
    if fixed.state is State.MET:
        return fixed
    if case.facts.work is None:
        return unknown("work")
    if _at(case.facts.work, p.work_on_day):
        return clarified_in_time(case, None, case.applied(KEY))
    return fixed


def _without_entry(case: Case, p: SimpleNamespace) -> Outcome:
    identity = case.facts.identity
    early = identity.state == "clarified" and identity.since and identity.since <= p.identity_day
    return met(identity.since) if early else unknown("entry_date", *(("identity.state",) if identity.state is None else ()))


@WORKER.condition("60d.1.nr1.spouse", "§ 60d Abs. 1 Nr. 1 AufenthG", Binding.MUST, since=FIRST, until=BEFORE)
@WORKER.condition("60d.1.nr1.spouse", "§ 60d Abs. 1 Nr. 1 AufenthG", Binding.MUST, since=REFORM)
def spouse_identity_in_time(case: Case, p: SimpleNamespace) -> Outcome:
    spouse = _spouse(case)
    if isinstance(spouse, Outcome):
        return spouse
    early = spouse.entry_date is not None and spouse.entry_date <= p.identity_open_end_entry
    ends = (None if early else p.identity_day, case.applied(KEY))
    base = in_time(case.on, ends, spouse.identity, spouse.identity_since, None)
    if base.state is State.UNKNOWN:
        return base._replace(missing=tuple("household.spouse.identity" if one == "state" else "household.spouse.identity_since" for one in base.missing))
    return excused(base, case.facts.exceptions.measures_taken)


@WORKER.condition("60d.1.nr2", "§ 60d Abs. 1 Nr. 2 AufenthG", Binding.USUAL, since=FIRST, dated=True)
def a_year_of_duldung(case: Case, p: SimpleNamespace) -> Outcome:
    return held_for(case, p.duldung_months)


@WORKER.condition("60d.1.nr3.work", "§ 60d Abs. 1 Nr. 3 AufenthG", Binding.MUST, since=FIRST)
def has_insured_work(case: Case, p: SimpleNamespace) -> Outcome:
    """Without any there is nothing the Duldung could be for; how much and how long it is asks the next condition."""
    rows = case.facts.work
    if rows is None:
        return unknown("work")
    today = _at(rows, case.on)
    if not today:
        return not_met(code="no_work")
    told = {one.insured for one in today}
    return met() if True in told else unknown("work.insured") if None in told else not_met(code="not_insured")


@WORKER.condition("60d.1.nr3", "§ 60d Abs. 1 Nr. 3 AufenthG", Binding.USUAL, since=REFORM, dated=True)
def works_long_enough(case: Case, p: SimpleNamespace) -> Outcome:
    return _works(case, p.work_hours_week, p)


@WORKER.condition("60d.1.nr3", "§ 60d Abs. 1 Nr. 3 AufenthG", Binding.USUAL, since=FIRST, until=BEFORE, dated=True)
def works_long_enough_before(case: Case, p: SimpleNamespace) -> Outcome:
    """Fewer hours for a lone parent alone."""
    alone = False if case.minor_child is False else case.facts.household.single_parent
    full = _works(case, p.work_hours_single_parent if alone else p.work_hours_week, p)
    if alone is None and full.code == "hours":
        part = _works(case, p.work_hours_single_parent, p)
        return part if part.code == "hours" else unknown("household.single_parent", code="single_parent", value=full.value)
    return full


def _works(case: Case, hours: float, p: SimpleNamespace) -> Outcome:
    """So many hours a week, insured, without a break; a short one nobody is to blame for is passed over (§ 60d (3) S. 2)."""
    rows = case.facts.work
    if rows is None:
        return unknown("work")
    today = _at(rows, case.on)
    if not today:
        return not_met(code="no_work")
    if any(one.hours_per_week is None for one in today):
        return unknown("work.hours_per_week")
    if any(one.insured is None for one in today):
        return unknown("work.insured")
    now = sum(one.hours_per_week or 0 for one in today if one.insured)
    if now < hours:
        return not_met(now, "hours")
    since = _working_since(case, hours)
    full = plus_months(since, p.work_months)
    if full > case.on:
        bridged = _working_since(case, hours, p.gap_months)
        early = plus_months(bridged, p.work_months)
        if early <= case.on:
            return decision("gap", bridged, earliest=early)
        if untold := _untold_before(rows, since, hours, p.gap_months):
            return unknown(*untold)
    return reached(full, case.on, since)


def _untold_before(rows: Iterable[Work], since: date, hours: float, gap_months: int) -> tuple[str, ...]:
    """What nobody has said of a job just before that could make the time longer."""
    before = [one for one in rows if one.start < since and _reaches(one, since, gap_months) and one.insured is not False and one.permitted is not False]
    lacks = {"work.insured": any(one.insured is None for one in before), "work.hours_per_week": any(one.hours_per_week is None for one in before)}
    enough = all(one.hours_per_week is None or one.hours_per_week >= hours for one in before)
    return tuple(fact for fact, lacking in lacks.items() if lacking) if enough else ()


def _working_since(case: Case, hours: float, gap_months: int = 0) -> date:
    """Back from today over all days with enough hours, jobs one after another or beside each other."""
    rows = _counting(case.facts.work or ())
    since = case.on
    while True:
        covering = [one for one in rows if one.start < since and _reaches(one, since, gap_months)]
        enough = [one for one in covering if (one.hours_per_week or 0) >= hours]
        if enough:
            since = min(one.start for one in enough)
        elif covering and sum(one.hours_per_week or 0 for one in covering) >= hours:
            since = max(one.start for one in covering)
        else:
            return since


def _reaches(row: Work, day: date, gap_months: int) -> bool:
    """Lasts until the day before, or ended no longer before than a harmless gap."""
    return row.end is None or plus_months(row.end, gap_months) + ONE_DAY >= day


def _counting(rows: Iterable[Work]) -> list[Work]:
    return [one for one in rows if one.insured and one.permitted is not False]


def _at(rows: Iterable[Work], day: date) -> list[Work]:
    return [one for one in rows if one.covers(day) and one.permitted is not False]


@WORKER.condition("60d.1.nr4", "§ 60d Abs. 1 Nr. 4 AufenthG", Binding.USUAL, since=FIRST)
def lived_on_work_for_a_year(case: Case, p: SimpleNamespace) -> Outcome:
    """Of the twelve months before the application; today's answer stands for them where nobody asked."""
    told = case.facts.livelihood.secured_last_12_months
    if told is not None:
        return met(told) if told else not_met(told, "year_not_secured")
    base = _lives_on_work(case)
    return base._replace(assumes=("livelihood_12_months",)) if base.state is State.MET else base


@WORKER.condition("60d.1.nr5", "§ 60d Abs. 1 Nr. 5 AufenthG", Binding.USUAL, since=FIRST)
def lives_on_work(case: Case, p: SimpleNamespace) -> Outcome:
    return _lives_on_work(case)


def _lives_on_work(case: Case) -> Outcome:
    """The worker's own living, by the worker's own job; what the family draws is not asked."""
    living = case.facts.livelihood
    if living.secured_by_work is not None:
        return met(living.share_by_work) if living.secured_by_work else not_met(living.share_by_work, "not_by_work")
    if living.share_by_work is not None:
        if living.share_by_work < 1:
            return not_met(living.share_by_work, "share")
        drawn = [one for one in living.benefits or () if one in PUBLIC]
        return decision("benefit_beside", drawn[0]) if drawn else met(living.share_by_work)
    if living.secured and case.working:
        return met(code="secured", assumes=("by_own_work",))
    return not_met(code="not_by_work") if living.secured is False else unknown("livelihood.share_by_work")


@WORKER.condition("60d.1.nr6", "§ 60d Abs. 1 Nr. 6 AufenthG", Binding.USUAL, since=FIRST)
def speaks_german(case: Case, p: SimpleNamespace) -> Outcome:
    return german(case, "A2", "oral")


@WORKER.condition("60d.1.nr7", "§ 60d Abs. 1 Nr. 7 AufenthG", Binding.BAR, since=FIRST)
def no_offence(case: Case, p: SimpleNamespace) -> Outcome:
    """No fifty daily rates here: only fines that § 32 (2) Nr. 5 a BZRG means, for what foreigners alone can commit, stay out."""
    return duldung.no_offence(case, ordinary=None, foreigners_only=p.fines_foreigners_only)


@WORKER.condition("60d.1.nr7.spouse", "§ 60d Abs. 1 Nr. 7 AufenthG", Binding.BAR, since=FIRST)
def spouse_no_offence(case: Case, p: SimpleNamespace) -> Outcome:
    spouse = _spouse(case)
    if isinstance(spouse, Outcome):
        return spouse
    clear = spouse.convictions_clear
    return unknown("household.spouse.convictions_clear") if clear is None else met() if clear else not_met(code="spouse_sentenced", final=True)


@WORKER.condition("60d.1.nr8", "§ 60d Abs. 1 Nr. 8 AufenthG", Binding.HELD, since=FIRST)
def no_extremism(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.extremism, "held.extremism")


@WORKER.condition("60d.1.nr9", "§ 60d Abs. 1 Nr. 9 AufenthG", Binding.HELD, since=FIRST)
def no_expulsion(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.expulsion_order, "held.expulsion_order")


@WORKER.condition("60d.1.nr10", "§ 60d Abs. 1 Nr. 10 AufenthG", Binding.USUAL, since=FIRST)
def children_go_to_school(case: Case, p: SimpleNamespace) -> Outcome:
    """That no child of school age has been sentenced for what § 54 (2) Nr. 1 to 2 names is taken for granted."""
    base = children_at_school(case)
    return base._replace(assumes=("children_clear",)) if base.state is State.MET and base.code != "none" else base


@WORKER.condition("60d.1.nr11", "§ 60d Abs. 1 Nr. 11 AufenthG", Binding.USUAL, since=FIRST)
def finished_a_course_if_obliged(case: Case, p: SimpleNamespace) -> Outcome:
    course = case.facts.course
    if course.obliged is not True:
        return met(code="not_obliged", assumes=() if course.obliged is False else ("not_obliged",))
    if course.passed or course.dropped_blameless:
        return met(code="passed" if course.passed else "dropped_blameless")
    open_ = tuple(f"course.{one}" for one in ("passed", "dropped_blameless") if getattr(course, one) is None)
    return unknown(*open_) if open_ else not_met(code="not_passed")


WORKER.takes(Condition("79.4", "§ 79 Abs. 4 AufenthG", Binding.BAR, general.PROCEEDINGS.test))
