"""§ 25b AufenthG: nachhaltige Integration; (1) the person, (4) the family, (6) after the Beschäftigungsduldung."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds
from faden.law.case import Case, Run
from faden.law.convictions import expulsion_weight, fines_up_to
from faden.law.days import ONE_DAY, plus_months, plus_years
from faden.law.knowledge import children_at_school, civic_knowledge, commitment, german
from faden.law.livelihood import PUBLIC, forecast, mainly
from faden.law.outcome import (
    Binding,
    Claim,
    Outcome,
    State,
    decision,
    either,
    free_of,
    met,
    not_met,
    reached,
    unknown,
    unless,
    weighed,
)  # fmt: skip
from faden.law.rules import Path, Version

REFORM = date(2022, 12, 31)  # Chancen-Aufenthaltsrecht, G v. 21.12.2022 BGBl. I 2847
BRIDGE_END = date(2027, 6, 30)  # the words on § 104c fall away on 2027-07-01
BEFORE = date(2022, 12, 30)
_TRADES = frozenset({"qualified", "university", "preparation"})

PERSON = Path("25b", "§ 25b Abs. 1 AufenthG", (Version(Claim.SHALL),))
FAMILY = Path("25b_4", "§ 25b Abs. 4 AufenthG", (Version(Claim.SHALL),))
AFTER_60D = Path("25b_6", "§ 25b Abs. 6 AufenthG", (Version(Claim.SHALL),))


@PERSON.condition("25b.1.1", "§ 25b Abs. 1 Satz 1 AufenthG", Binding.MUST, until=BEFORE)
@PERSON.condition("25b.1.1", "§ 25b Abs. 1 Satz 1 AufenthG", Binding.MUST, since=date(2027, 7, 1))
def tolerated(case: Case, p: SimpleNamespace) -> Outcome:
    return _tolerated(case)


@PERSON.condition("25b.1.1", "§ 25b Abs. 1 Satz 1 AufenthG", Binding.MUST, since=REFORM, until=BRIDGE_END)
def tolerated_or_104c(case: Case, p: SimpleNamespace) -> Outcome:
    if case.holds_104c:
        return met(case.title, "104c", latest=BRIDGE_END)
    return _tolerated(case)


def _tolerated(case: Case) -> Outcome:
    """Any effective Duldung or a claim to one (BVerwG 18.12.2019 - 1 C 34.18)."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays")
    if case.title in kinds.TOLERATED:
        return met(case.title)
    if case.title in {"ae_25_5", "ae_23a"}:  # the ministry's notes of 2015 and the refugee councils differ
        return decision("other_humanitarian", case.title)
    return not_met(case.title, "other_paper")


@PERSON.condition("25b.1.2.nr1", "§ 25b Abs. 1 Satz 2 Nr. 1 AufenthG", Binding.USUAL, dated=True)
def long_enough(case: Case, p: SimpleNamespace) -> Outcome:
    """Six years, four with a minor child in the household; special achievements may shorten (NRW, 25.03.2019)."""
    run = countable_run(case)
    return run if isinstance(run, Outcome) else said_of_gaps(run, _long_enough(case, run, p))


def said_of_gaps(run: Run, outcome: Outcome) -> Outcome:
    """A short time without a paper does no harm, and that it was passed over is said."""
    return outcome._replace(assumes=(*outcome.assumes, "short_gap")) if run.bridged else outcome


def _long_enough(case: Case, run: Run, p: SimpleNamespace) -> Outcome:
    child, special = case.minor_child, case.facts.exceptions.special_achievement
    early = plus_years(run.start, p.stay_years_child)
    years = p.stay_years_child if child and early < case.minor_child_until else p.stay_years
    full = plus_years(run.start, years)
    least = p.stay_years if child is False else p.stay_years_child
    in_window = plus_years(run.start, least - p.special_minus_max) <= case.on < full
    if child is None and in_window and (early <= case.on or special is not False):
        return unknown("household.minor_child_living_with", code="child" if early <= case.on else "child_window")
    if full > case.on and not run.counting:
        return not_met(case.title, "does_not_count")
    if full > case.on:
        base = reached(full, case.on, run.start)
        return weighed(base, special, "exceptions.special_achievement") if in_window else base
    if run.strict != run.start and plus_years(run.strict, years) > case.on:
        return decision(run.doubt, run.strict, earliest=full)
    return reached(full, case.on, run.start)


def countable_run(case: Case) -> Run | Outcome:
    """The time that counts for §§ 25a, 25b, or why there is none."""
    if case.facts.stays is None:
        return unknown("stays")
    if case.countable is None:
        return unknown("stays", code="no_paper_today") if case.paper is None else not_met(case.title, "does_not_count")
    return case.countable


def _committed_and_knowing(case: Case) -> Outcome:
    both = (commitment(case), civic_knowledge(case))
    for state in (State.NOT_MET, State.UNKNOWN):
        if found := [one for one in both if one.state is state]:
            return found[0]._replace(missing=tuple(key for one in found for key in one.missing))
    return met(both[1].value)


def _earns(case: Case, p: SimpleNamespace) -> Outcome:
    """Mainly by work, or a forecast; (3) waives both. Benefits of students and apprentices pass with their training."""
    mostly, ill = mainly(case, p.livelihood_share_min), case.facts.exceptions.illness_or_age
    if mostly.state is State.UNKNOWN and case.facts.livelihood.secured:
        return met(code="secured", assumes=("by_own_work",)) if case.working else decision("forecast")
    if mostly.state is not State.NOT_MET or ill:
        return unless(mostly, ill, "exceptions.illness_or_age")
    if _learns_a_trade(case):
        return met(mostly.value, "passing_benefits")  # S. 3 Nr. 1
    base = either((mostly, forecast(case)))
    if base.state is State.NOT_MET and case.minor_child:
        return decision("family_top_up", base.value)  # S. 3 Nr. 2, 3: normally harmless while it passes
    if base.state is State.NOT_MET and (case.in_training or case.facts.household.care_of_relative):
        return decision("passing_benefits", base.value)  # S. 3 Nr. 4
    return unless(base, ill, "exceptions.illness_or_age")


def _learns_a_trade(case: Case) -> bool:
    """At university, in recognised training or in funded preparation for it today."""
    rows = [(one.kind, one.start, one.end) for one in case.facts.school or ()]
    rows += [(one.kind, one.start, one.completed or one.end) for one in case.facts.training or () if one.start and not one.failed]
    return any(kind in _TRADES and start <= case.on and (end is None or end >= case.on) for kind, start, end in rows if start)


def _speaks(case: Case) -> Outcome:
    return unless(german(case, "A2", "oral"), case.facts.exceptions.illness_or_age, "exceptions.illness_or_age")


@PERSON.condition("25b.1.2.nr2", "§ 25b Abs. 1 Satz 2 Nr. 2 AufenthG", Binding.USUAL)
@FAMILY.condition("25b.1.2.nr2", "§ 25b Abs. 4 Satz 1, Abs. 1 Satz 2 Nr. 2 AufenthG", Binding.USUAL)
def committed_and_knowing(case: Case, p: SimpleNamespace) -> Outcome:
    return _committed_and_knowing(case)


@PERSON.condition("25b.1.2.nr3", "§ 25b Abs. 1 Satz 2 Nr. 3 AufenthG", Binding.USUAL)
@FAMILY.condition("25b.1.2.nr3", "§ 25b Abs. 4 Satz 1, Abs. 1 Satz 2 Nr. 3 AufenthG", Binding.USUAL)
def earns_a_living(case: Case, p: SimpleNamespace) -> Outcome:
    return _earns(case, p)


@PERSON.condition("25b.1.2.nr4", "§ 25b Abs. 1 Satz 2 Nr. 4 AufenthG", Binding.USUAL)
@FAMILY.condition("25b.1.2.nr4", "§ 25b Abs. 4 Satz 1, Abs. 1 Satz 2 Nr. 4 AufenthG", Binding.USUAL)
def speaks_german(case: Case, p: SimpleNamespace) -> Outcome:
    return _speaks(case)


@PERSON.condition("25b.1.2.nr5", "§ 25b Abs. 1 Satz 2 Nr. 5 AufenthG", Binding.USUAL)
@FAMILY.condition("25b.1.2.nr5", "§ 25b Abs. 4 Satz 1, Abs. 1 Satz 2 Nr. 5 AufenthG", Binding.USUAL)
def children_go_to_school(case: Case, p: SimpleNamespace) -> Outcome:
    return children_at_school(case)


def does_not_hold_up_removal(case: Case) -> Outcome:
    """§ 25b (2) Nr. 1: only what goes on today counts (VG Saarland 18.8.2016 - 6 L 966/16)."""
    identity = case.facts.identity
    if identity.deception or identity.no_cooperation:
        return not_met(code="deception", final=not identity.no_cooperation)
    if identity.deception is False and identity.no_cooperation is False:
        return met()
    if identity.state == "clarified" or case.holds_104c or case.was_asked("identity"):
        return met(code="clarified", assumes=("cooperates",))
    if identity.state == "efforts":
        return decision("measures")
    return unknown("identity.deception")


@PERSON.condition("25b.2.nr1", "§ 25b Abs. 2 Nr. 1 AufenthG", Binding.BAR)
@FAMILY.condition("25b.2.nr1", "§ 25b Abs. 4 Satz 2, Abs. 2 Nr. 1 AufenthG", Binding.BAR)
def no_deception(case: Case, p: SimpleNamespace) -> Outcome:
    return does_not_hold_up_removal(case)


@PERSON.condition("25b.2.nr2", "§ 25b Abs. 2 Nr. 2 AufenthG", Binding.BAR)
@FAMILY.condition("25b.2.nr2", "§ 25b Abs. 4 Satz 2, Abs. 2 Nr. 2 AufenthG", Binding.BAR)
def no_grave_sentence(case: Case, p: SimpleNamespace) -> Outcome:
    return expulsion_weight(case)


def identity_of_104c_holder(case: Case) -> Outcome:
    """§§ 25a (6), 25b (8): "nur", if it is clarified; with all reasonable measures taken "kann". Others § 5 (1) Nr. 1a asks alone."""
    if not case.holds_104c:
        return met(code="none")
    base = general.identity_clear(case)
    if base.state is State.NOT_MET and (base.value == "efforts" or case.facts.exceptions.measures_taken):
        return decision("measures")
    return weighed(base, case.facts.exceptions.measures_taken, "exceptions.measures_taken")


@PERSON.condition("25b.8", "§ 25b Abs. 8 AufenthG", Binding.MUST, since=REFORM, until=BRIDGE_END)
def identity(case: Case, p: SimpleNamespace) -> Outcome:
    return identity_of_104c_holder(case)


PERSON.takes(*general.OF_A_TITLE)


@FAMILY.condition("25b.4.1", "§ 25b Abs. 4 Satz 1 AufenthG", Binding.MUST)
def lives_with_holder(case: Case, p: SimpleNamespace) -> Outcome:
    """Spouse, partner or minor unmarried child of somebody who has § 25b (1); no stay of one's own is asked."""
    household = case.facts.household
    spouse, parents = household.spouse, household.parents or ()
    if spouse and spouse.title == "ae_25b":
        return met("spouse") if spouse.living_together else unknown("household.spouse.living_together") if spouse.living_together is None \
            else not_met("spouse", "apart")  # fmt: skip
    if any(one.title == "ae_25b" for one in parents):
        return _child_of(case, [one.living_with for one in parents if one.title == "ae_25b"])
    asked = []
    if (spouse is None and household.has_spouse is not False) or (spouse and spouse.title is None):
        asked.append("household.spouse.title")
    untold = household.parents is None or any(one.title is None and not one.german for one in parents)
    if untold and (case.age is None or case.age < 18):
        asked.append("household.parents.title")
    return unknown(*asked) if asked else not_met(code="no_holder")


def _child_of(case: Case, together: list[bool | None]) -> Outcome:
    majority = case.birthday(18)
    if majority is None:
        return unknown("person.birth_date")
    if majority <= case.on:
        return not_met(majority, "of_age", final=True)
    if any(together):
        return met("child", latest=majority - ONE_DAY)
    return unknown("household.parents.living_with") if None in together else not_met("child", "apart")


FAMILY.takes(*general.OF_A_TITLE)


@AFTER_60D.condition("25b.6.1", "§ 25b Abs. 6 AufenthG", Binding.MUST, dated=True)
def thirty_months_of_60d(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.stays is None:
        return unknown("stays")
    since = case.held_since(frozenset({"duldung_60d"}))
    if since is None:
        return unknown("stays", code="no_paper_today") if case.paper is None else not_met(case.title, "other_paper")
    return reached(plus_months(since, p.duldung_60d_months), case.on, since)


@AFTER_60D.condition("25b.6.60d", "§ 25b Abs. 6, § 60d Abs. 1 Nr. 3, 5, 7, 10, 11 AufenthG", Binding.MUST)
def still_meets_60d(case: Case, p: SimpleNamespace) -> Outcome:
    """Insured work of the hours § 60d asks, and a living from it; of the rest what is known to have fallen away since."""
    return _fallen_away(case, p) or _works_and_lives_on_it(case, p)


def _fallen_away(case: Case, p: SimpleNamespace) -> Outcome | None:
    """Nr. 7, 10, 11: examined when the Duldung was given, which is taken back when one of them ceases (§ 60d (3) S. 1)."""
    offence = fines_up_to(case, ordinary=None, foreigners_only=p.fines_foreigners_only)
    if offence.state is State.NOT_MET:
        return offence
    spouse, course = case.facts.household.spouse, case.facts.course
    if spouse and spouse.convictions_clear is False and spouse.title not in kinds.TITLES and not spouse.german:
        return not_met(code="spouse_sentenced", final=True)
    if children_at_school(case).state is State.NOT_MET:
        return not_met(code="school_60d")
    if course.obliged and course.passed is False and course.dropped_blameless is False:
        return not_met(code="course_60d")
    return None


def _works_and_lives_on_it(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.work is None:
        return unknown("work")
    today = case.jobs
    if not today or all(one.insured is False for one in today):
        return not_met(code="no_work")
    if any(one.hours_per_week is None or one.insured is None for one in today):
        return unknown("work.hours_per_week", "work.insured")
    hours = sum(one.hours_per_week or 0 for one in today if one.insured)
    if hours < p.work_hours_week:
        return not_met(hours, "hours")
    living = case.facts.livelihood
    if living.secured_by_work is not None:
        return met(hours) if living.secured_by_work else not_met(code="livelihood")
    if living.share_by_work is None:
        return unknown("livelihood.share_by_work")
    if living.share_by_work < 1:
        return not_met(living.share_by_work, "livelihood")
    drawn = [one for one in living.benefits or () if one in PUBLIC]
    return decision("benefit_beside", drawn[0]) if drawn else met(hours)


@AFTER_60D.condition("25b.6.oral", "§ 25b Abs. 6 AufenthG", Binding.MUST)
def speaks_after_60d(case: Case, p: SimpleNamespace) -> Outcome:
    return german(case, "A2", "oral")


@AFTER_60D.condition("25b.6.written", "§ 25b Abs. 6 Halbsatz 2 AufenthG", Binding.MUST)
def writes_if_a_course_was_possible(case: Case, p: SimpleNamespace) -> Outcome:
    """Whether the spouse's count as well ("der Ausländer, sein Ehegatte oder sein Lebenspartner") is seen differently."""
    possible = case.facts.course.possible
    if possible is False:
        return met(code="no_course")
    written = german(case, "A2", "written")
    if written.state is not State.MET and not possible:
        return unknown("course.possible", *written.missing)
    spouse = case.facts.household.spouse
    if written.state is State.MET and possible and spouse and spouse.language is not None and spouse.title in kinds.TOLERATED:
        theirs = german(case, "A2", "written", rows=spouse.language, fact="household.spouse.language")
        return decision("spouse_writes") if theirs.state is State.NOT_MET else written
    return written


@AFTER_60D.condition("25b.2.nr1", "§ 25b Abs. 2 Nr. 1 AufenthG", Binding.BAR)
def no_deception_after_60d(case: Case, p: SimpleNamespace) -> Outcome:
    return does_not_hold_up_removal(case)


@AFTER_60D.condition("25b.2.nr2", "§ 25b Abs. 2 Nr. 2 AufenthG", Binding.BAR)
def no_grave_sentence_after_60d(case: Case, p: SimpleNamespace) -> Outcome:
    return expulsion_weight(case)


@AFTER_60D.condition("25b.6.fdgo", "§ 25b Abs. 6, Abs. 1 Satz 2 Nr. 2 AufenthG", Binding.HELD)
def no_extremism(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.extremism, "held.extremism")


AFTER_60D.takes(*general.OF_A_TITLE)
