"""What § 10 (1) StAG asks of everybody, and what §§ 9 and 10 (2) ask with it; §§ 11, 12a, 12b, 35a and 40a StAG."""

from datetime import date
from types import SimpleNamespace

from faden.law import kinds
from faden.law.case import LEVELS, Case
from faden.law.convictions import known
from faden.law.days import ONE_DAY, months_between, plus_months, plus_years
from faden.law.facts import Conviction, Spouse, Work
from faden.law.general import identity_clear
from faden.law.knowledge import civic_knowledge, commitment, german
from faden.law.lawful import Lawful
from faden.law.livelihood import without_sgb_2_12
from faden.law.outcome import (
    Binding,
    Outcome,
    State,
    decision,
    either,
    free_of,
    met,
    not_met,
    reached,
    said,
    unknown,
    unless,
    weighed,
)  # fmt: skip
from faden.law.parameters import ALWAYS
from faden.law.rules import Condition, Path

REFORM, BEFORE = date(2024, 6, 27), date(2024, 6, 26)  # StARModG, G v. 22.3.2024 BGBl. 2024 I Nr. 104
BAR_SINCE = date(2025, 12, 23)  # § 35a, G v. 22.12.2025 BGBl. 2025 I Nr. 364; the day it came into force is not in the stored texts
GUEST_WORKERS_UNTIL = date(1990, 6, 13)  # § 10 (1) S. 1 Nr. 3 a, the later of its two days
LATEST_BIRTH = date(1974, 6, 13)  # sixteen by then
# § 12 (2) in the wording until 2024-06-26: EU and Switzerland.
EU_CHE = frozenset((
    "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE CHE"
).split())  # fmt: skip
OF_AGE_TO_ACT = 16  # § 34 StAG


def years_of_residence(case: Case, p: SimpleNamespace, years: int) -> Outcome:
    """So many years lawful, with what § 12b makes of gaps and of time abroad; how much earlier time counts is up to the office."""
    lawful = case.lawful
    if lawful is None:
        return no_lawful_residence(case)
    full = plus_years(lawful.start, years)
    if full <= case.on:
        return _half_abroad(case, p, lawful, years, reached(full, case.on, lawful.start))
    if lawful.if_permitted < lawful.start and plus_years(lawful.if_permitted, years) <= case.on:
        return unknown("absences.permitted", code="long_absence")
    if lawful.if_recognised < lawful.start and plus_years(lawful.if_recognised, years) <= case.on:
        return unknown("asylum.state", code="asylum_time")
    if lawful.if_late < lawful.start and plus_years(lawful.if_late, years) <= case.on:
        return decision("gap", lawful.start, earliest=full)
    credit = min(lawful.earlier_days, (plus_years(lawful.start, p.stag_credit_years) - lawful.start).days)
    if credit and full - credit * ONE_DAY <= case.on:
        return decision("credit", lawful.start, earliest=full)
    return reached(full, case.on, lawful.start)


def no_lawful_residence(case: Case) -> Outcome:
    """Tolerated, in an asylum procedure, without a paper, or nobody knows."""
    if case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.title == kinds.GESTATTUNG:
        return not_met(case.title, "asylum_pending")
    return not_met(case.title, "does_not_count")


def _half_abroad(case: Case, p: SimpleNamespace, lawful: Lawful, years: int, base: Outcome) -> Outcome:
    """§ 12b (1) S. 5: as a rule no residence any more after more than half of the time abroad, however short each trip."""
    if not p.stag_half_rule or not lawful.absent:
        return base
    days = sum((min(one.end, case.on) - one.start).days + 1 for one in lawful.absent)
    start = lawful.start
    return decision("half_abroad", days, earliest=base.earliest) if 2 * days > (plus_years(start, years) - start).days else base


def _lawful_today(case: Case, p: SimpleNamespace) -> Outcome:
    return met(case.lawful.start) if case.lawful else no_lawful_residence(case)


def _capacity(case: Case, p: SimpleNamespace) -> Outcome:
    """Sixteen, or represented by law: that minors are, is taken for granted."""
    sixteen = case.birthday(OF_AGE_TO_ACT)
    if sixteen is None:
        return unknown("person.birth_date")
    return met(sixteen) if sixteen <= case.on else met(sixteen, "represented", assumes=("represented",))


def _under_16(case: Case) -> bool:
    return case.age is not None and case.age < OF_AGE_TO_ACT


def _identity(case: Case, p: SimpleNamespace) -> Outcome:
    """In steps: a passport first, other proof only where none can be had (BVerwG 1 C 36.19, 18.12.2025 - 1 C 27.24)."""
    base = identity_clear(case)
    if base.state is State.NOT_MET and (base.value == "efforts" or case.facts.exceptions.measures_taken):
        return decision("staged")
    if base.state is State.MET and case.facts.identity.passport is False:
        return decision("staged")  # clarified by other papers: whether they will do hangs on why there is no passport
    return base


def _of_an_adult(case: Case, base: Outcome) -> Outcome:
    """What is spared a child is not missing while nobody knows how old the person is."""
    return unknown("person.birth_date") if base.state is State.NOT_MET and case.birth_date is None else base


def _commitment(case: Case, p: SimpleNamespace) -> Outcome:
    return met(code="child") if _under_16(case) else _of_an_adult(case, commitment(case))


def _commitment_to_history(case: Case, p: SimpleNamespace) -> Outcome:
    """S. 2 spares minors Numbers 1 and 7 and not 1a; what is asked of them the office decides."""
    told = case.facts.civics.commitment_history
    if told is None and (case.facts.civics.commitment or _under_16(case)):
        return met(assumes=("commitment_history",))
    if told is False and _under_16(case):
        return decision("child")
    return _of_an_adult(case, said(told, "civics.commitment_history"))


def _title(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.person.nationality == "DEU":
        return not_met("DEU", "german", final=True)
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    title = case.title
    if title in p.stag_disputed:
        return unknown("stays", code="disputed", value=title)
    if title in p.stag_excluded:
        return not_met(title, "excluded")
    if title in kinds.AE or title in kinds.UNLIMITED:
        return met(title)
    return not_met(title, "no_title")


def _needs_no_benefits(case: Case, p: SimpleNamespace) -> Outcome:
    """Since 2024-06-27 only three exceptions; for applications of before 2023-08-24 also the old one (§ 40a)."""
    base = without_sgb_2_12(case)
    if base.state is not State.NOT_MET:
        return base
    ways = [_works_full_time(case, p, base), _guest_worker_not_at_fault(case, base), _spouse_works_full_time(case, base)]
    if any(one.path.startswith("stag_") and one.on <= p.stag_40a_until for one in case.facts.applications or ()):
        ways.append(_not_at_fault(case, base))
    return either(ways)


def _needs_no_benefits_or_not_at_fault(case: Case, p: SimpleNamespace) -> Outcome:
    base = without_sgb_2_12(case)
    return base if base.state is not State.NOT_MET else _not_at_fault(case, base)


def _not_at_fault(case: Case, base: Outcome) -> Outcome:
    told = case.facts.livelihood.not_at_fault
    if told is None:
        return unknown("livelihood.not_at_fault")
    return base._replace(state=State.WAIVED, code="not_at_fault") if told else base._replace(code="at_fault")


def _guest_worker_not_at_fault(case: Case, base: Outcome) -> Outcome:
    told = guest_worker(case)
    if told is False:
        return base
    return _not_at_fault(case, base) if told else unknown("exceptions.guest_worker")


def guest_worker(case: Case) -> bool | None:
    """Asked only of people who may have come in that time."""
    told = case.facts.exceptions.guest_worker
    if told is not None:
        return told
    entry, born = case.facts.entry_date, case.birth_date
    if entry is None and born is None:
        return False
    return None if (entry or ALWAYS) <= GUEST_WORKERS_UNTIL and (born or ALWAYS) <= LATEST_BIRTH else False


def _works_full_time(case: Case, p: SimpleNamespace, base: Outcome) -> Outcome:
    work = case.facts.work
    if work is None:
        return unknown("work")
    today = case.jobs
    full = [one for one in today if one.hours_per_week is not None and one.hours_per_week >= p.stag_fulltime_hours]
    if not full:
        return unknown("work.hours_per_week") if any(one.hours_per_week is None for one in today) else base
    since = plus_months(case.on, -p.stag_window_months)
    rows = [one for one in work if one.hours_per_week is None or one.hours_per_week >= p.stag_fulltime_hours]
    if _long_enough([one for one in rows if one.hours_per_week is not None], since, case.on, p):
        return base._replace(state=State.WAIVED, code="full_time")
    if len(rows) > len(full) and any(one.hours_per_week is None for one in rows) and _long_enough(rows, since, case.on, p):
        return unknown("work.hours_per_week")
    return base._replace(code="full_time_too_short")


def _long_enough(rows: list[Work], since: date, on: date, p: SimpleNamespace) -> bool:
    """Twenty of the last twenty-four months; jobs may follow each other in the middle of a month, thirty days left over are one."""
    if any(one.end is None and one.start <= plus_months(on, -p.stag_fulltime_months) for one in rows):
        return True
    months, days, covered_until = 0, 0, since
    for one in sorted(rows, key=lambda row: row.start):
        start, end = max(one.start, covered_until), min(one.end or on, on)
        if end >= start:
            covered_until = end + ONE_DAY
            full, rest = months_between(start, covered_until)
            months, days = months + full, days + rest
    return months + days // 30 >= p.stag_fulltime_months


def _spouse_works_full_time(case: Case, base: Outcome) -> Outcome:
    """c): spouse of somebody in full-time work, with a minor child in the family."""
    household = case.facts.household
    spouse = household.spouse
    if household.has_spouse is False or case.minor_child is False:
        return base
    if spouse is None:
        return unknown("household.has_spouse") if case.minor_child else base._replace(assumes=("no_spouse",))
    if spouse.full_time_20_of_24 is False or spouse.living_together is False:
        return base
    return _all_told(case, spouse, base)


def _all_told(case: Case, spouse: Spouse, base: Outcome) -> Outcome:
    lacks = [
        fact for fact, told in (
            ("household.spouse.full_time_20_of_24", spouse.full_time_20_of_24), ("household.minor_child_living_with", case.minor_child),
        ) if told is None
    ]  # fmt: skip
    return unknown(*lacks) if lacks else base._replace(state=State.WAIVED, code="spouse_full_time")


def _gives_up_nationality(case: Case, p: SimpleNamespace) -> Outcome:
    """§ 12 in the old wording: accepted beside German for EU states and Switzerland, for refugees and the stateless."""
    if case.facts.person.nationality in EU_CHE or case.facts.person.nationality == "XXA":
        return met(case.facts.person.nationality, "accepted")
    if case.facts.asylum.state == "refugee" or case.title in {"ae_25_1", "ae_25_2_1", "ne_26_3"}:
        return met(code="accepted")
    told = case.facts.person.gives_up_nationality
    if told is False:
        return decision("keeps")  # § 12 (1) S. 2: whether the state lets nobody go, or only on unreasonable terms
    return said(told, "person.gives_up_nationality")


def _sentences(case: Case, p: SimpleNamespace) -> Outcome:
    """§ 12a: fines up to 90 daily rates and suspended prison up to three months, added up; slightly more is for the office."""
    found = known(case)
    if isinstance(found, Outcome):
        return found
    total, remitted = 0, False
    for one in found:
        if one.racist_motive:
            return not_met(code="racist")
        days = _days(one)
        if isinstance(days, Outcome):
            return days
        total += days
        remitted = remitted or (one.kind == "prison" and one.remitted is None)
    if total > p.stag_fine_days + p.stag_slightly:
        return not_met(total, "too_much")
    if total > p.stag_fine_days:
        return decision("slightly", total)
    return met(total or None, "out_of_account" if total else "", assumes=("remitted",) if remitted else ())


def _days(one: Conviction) -> int | Outcome:
    """What a sentence adds to the sum: a daily rate is a day of prison (§ 12a (1) S. 3)."""
    if one.kind == "youth_measure":
        return 0
    if one.kind == "fine" and one.daily_rates is not None:
        return one.daily_rates
    if one.kind == "youth_prison":
        return not_met(code="prison")
    if one.kind == "prison" and one.months is not None and (one.suspended is not None or one.months > 4):
        if one.suspended and one.remitted is False:
            return not_met(one.months, "on_probation")
        return round(one.months * 30) if one.suspended else not_met(one.months, "prison")
    return unknown("convictions", code="details")


def _speaks(case: Case, p: SimpleNamespace) -> Outcome:
    """(4), (6): B1; of children what is normal at their age; illness, disability and age excuse."""
    base = _german(case)
    if base.state is State.MET:
        return base
    if case.facts.exceptions.illness_or_age:
        return base._replace(state=State.WAIVED, code="waived", missing=())
    return unless(_of_an_adult(case, base), case.facts.exceptions.illness_or_age, "exceptions.illness_or_age")


def _speaks_since_reform(case: Case, p: SimpleNamespace) -> Outcome:
    """With (4) S. 3 for guest workers and the hardship of (4a), which the office weighs."""
    base = _speaks(case, p)
    if base.state in {State.MET, State.WAIVED}:
        return base
    return _speaks_in_everyday_life(case) if guest_worker(case) else _eased(case, base)


def _eased(case: Case, base: Outcome) -> Outcome:
    """(4a) asks for serious and lasting efforts: hardship is a question where it is claimed or a course was attended."""
    if base.state is State.NOT_MET and guest_worker(case) is None:
        base = base._replace(open=(*base.open, "exceptions.guest_worker"))
    hardship, course = case.facts.exceptions.hardship, case.facts.course
    return weighed(base, hardship, "exceptions.hardship") if hardship or course.begun or course.passed is False else base


def _speaks_in_everyday_life(case: Case) -> Outcome:
    if case.facts.language is None:
        return unknown("language")
    proved, told = case.level("oral")
    if max(proved, told) >= LEVELS["A2"]:
        return Outcome(State.WAIVED, "guest_worker")
    return decision("everyday")  # no level is named


def _german(case: Case) -> Outcome:
    base = german(case, "B1")
    if base.state is State.MET:
        return base
    if _under_16(case):
        return _german_of_a_child(case, base)
    if case.facts.course.passed:
        return met("B1", "course")  # § 17 (2) IntV: B1 is part of it
    if case.facts.civics.school_certificate or any(one.certificate and one.certificate <= case.on for one in case.facts.school or ()):
        return met("B1", "school", assumes=("school_in_german",))
    return base


def _german_of_a_child(case: Case, base: Outcome) -> Outcome:
    if case.in_training or case.facts.course.attends_school or (case.age is not None and case.age < 6):
        return met(code="of_age", assumes=("normal_for_age",))
    return unknown("language", "school") if base.state is State.UNKNOWN else decision("of_age")


def _knows(case: Case, p: SimpleNamespace) -> Outcome:
    if _under_16(case):
        return met(code="child")
    base = _of_an_adult(case, civic_knowledge(case))
    if base.state is State.MET:
        return base
    if case.facts.exceptions.illness_or_age:
        return base._replace(state=State.WAIVED, code="waived", missing=())
    return unless(base, case.facts.exceptions.illness_or_age, "exceptions.illness_or_age")


def _knows_since_reform(case: Case, p: SimpleNamespace) -> Outcome:
    """(6) S. 2: also waived for guest workers and where (4a) is applied."""
    base = _knows(case, p)
    if base.state in {State.MET, State.WAIVED}:
        return base
    if guest_worker(case):
        return Outcome(State.WAIVED, "guest_worker")
    return _eased(case, base)


def _nothing_excludes(case: Case, p: SimpleNamespace) -> Outcome:
    held = case.facts.held
    if held.extremism or held.security_ground or held.several_spouses or case.facts.civics.doubts:
        return not_met()
    return free_of(held.extremism, "held.extremism")


def _no_investigation(case: Case, p: SimpleNamespace) -> Outcome:
    running = case.facts.held.proceedings
    if running:
        return unknown("held.proceedings", code="pending")
    return met() if running is False else met(assumes=("no_proceedings",))


def _no_bar(case: Case, p: SimpleNamespace) -> Outcome:
    until = case.facts.held.naturalisation_bar_until
    if until is None:
        return unknown("held.naturalisation_bar_until")
    return not_met(until, "barred") if until >= case.on else met(until)


MUST, LAW = Binding.MUST, "§ 10 Abs. 1 Satz 1 {} StAG"
LAWFUL_TODAY = Condition("stag_10.2.residence", "§ 10 Abs. 2 StAG", MUST, _lawful_today, shared=True)
_OF_EVERYBODY = (
    Condition("stag_10.1.capacity", "§ 10 Abs. 1 Satz 1, § 34 StAG", Binding.ASSUMED, _capacity),
    Condition("stag_10.1.identity", "§ 10 Abs. 1 Satz 1 StAG", MUST, _identity),
    Condition("stag_10.1.nr1", LAW.format("Nr. 1"), MUST, _commitment),
    Condition("stag_10.1.nr1a", LAW.format("Nr. 1a"), MUST, _commitment_to_history, since=REFORM),
    Condition("stag_10.1.nr2", LAW.format("Nr. 2"), MUST, _title),
    Condition("stag_10.1.nr3", LAW.format("Nr. 3"), MUST, _needs_no_benefits_or_not_at_fault, until=BEFORE),
    Condition("stag_10.1.nr3", "§ 10 Abs. 1 Satz 1 Nr. 3, § 40a StAG", MUST, _needs_no_benefits, since=REFORM),
    Condition("stag_10.1.nr4", LAW.format("Nr. 4"), Binding.ASSUMED, _gives_up_nationality, until=BEFORE),
    Condition("stag_10.1.nr5", "§ 10 Abs. 1 Satz 1 Nr. 5, § 12a Abs. 1 StAG", MUST, _sentences),
    Condition("stag_10.1.nr6", "§ 10 Abs. 1 Satz 1 Nr. 6, Abs. 4, 6 StAG", MUST, _speaks, until=BEFORE),
    Condition("stag_10.1.nr6", "§ 10 Abs. 1 Satz 1 Nr. 6, Abs. 4, 4a, 6 StAG", MUST, _speaks_since_reform, since=REFORM),
    Condition("stag_10.1.nr7", "§ 10 Abs. 1 Satz 1 Nr. 7, Abs. 5, 6 StAG", MUST, _knows, until=BEFORE),
    Condition("stag_10.1.nr7", "§ 10 Abs. 1 Satz 1 Nr. 7, Abs. 5, 6 StAG", MUST, _knows_since_reform, since=REFORM),
    Condition("stag_11", "§ 11 StAG", Binding.HELD, _nothing_excludes),
    Condition("stag_12a.3", "§ 12a Abs. 3 StAG", Binding.BAR, _no_investigation),
    Condition("stag_35a", "§ 35a StAG", Binding.HELD, _no_bar, since=BAR_SINCE),
)


def takes_10_1(path: Path) -> None:
    """The conditions of § 10 (1) but for the years. Their numbers are common ones, so each is asked once for a person."""
    for one in _OF_EVERYBODY:
        path.takes(Condition(one.id, one.law, one.binding, one.test, one.since, one.until, shared=True))
