"""§ 44 AufenthG: the integration course; a claim with the first title of a list, else admission to free places."""

from datetime import date
from types import SimpleNamespace

from faden.law import kinds
from faden.law.case import Case
from faden.law.days import ONE_DAY, plus_months
from faden.law.knowledge import german
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, unknown
from faden.law.rules import Path, Version

COURSE = Path("course_44", "§ 44 AufenthG", (Version(Claim.CLAIM),))
OPENED = date(2022, 12, 31)  # Chancen-Aufenthaltsrecht: all in the asylum procedure, § 24
BEFORE = date(2022, 12, 30)
# §§ 60c (1), 60d (1): a Duldung "im Sinne von § 60a Abs. 2 Satz 3" by law; with § 60a the paper does not say on what it rests.
BY_LAW_60A_2_3 = frozenset({"duldung_60c", "duldung_60d"})
YOUNG = 27


@COURSE.condition("44.1.1", "§ 44 Abs. 1 Satz 1, Abs. 4 AufenthG", Binding.MUST, until=BEFORE)
def claim_or_admission_before_2023(case: Case, p: SimpleNamespace) -> Outcome:
    """In the asylum procedure only with a prospect to stay, or entered before 2019-08-01 and registered for work."""
    if case.title == kinds.GESTATTUNG and not case.facts.course.obliged:
        return not_met(case.title, "safe_country") if case.facts.held.safe_country else decision("prospect", case.title)
    return _claim_or_admission(case, p)


@COURSE.condition("44.1.1", "§ 44 Abs. 1 Satz 1, Abs. 4 AufenthG", Binding.MUST, since=OPENED)
def claim_or_admission(case: Case, p: SimpleNamespace) -> Outcome:
    return _claim_or_admission(case, p)


def _claim_or_admission(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.course.obliged:
        return met(code="obliged")  # § 44a (1); § 4 (1) S. 1 Nr. 4-6 IntV: who is obliged may take part
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.title in p.claim_titles:
        return met(case.title)
    if case.title == "ae_25_4a":
        return decision("trafficking", case.title)  # only § 25 (4a) S. 3 gives the claim
    if case.title in {kinds.DULDUNG_60B, kinds.VISUM, kinds.FIKTION_3, "unlawful"}:
        return not_met(case.title, "not_eligible")
    return _admission(case, p)


def _admission(case: Case, p: SimpleNamespace) -> Outcome:
    """(4) "kann im Rahmen verfügbarer Kursplätze"; that the Bundesamt admits nobody is practice and closes nothing by law."""
    if case.facts.course.possible is False:
        return not_met(case.title, "no_place")
    if p.admissions != "open" and not case.facts.course.possible:
        return decision("stopped", case.title) if p.admissions == "stopped" else unknown("course.possible", code="ask", value=case.title)
    if case.title in kinds.TOLERATED and case.title not in BY_LAW_60A_2_3:
        return decision("admission_60a", case.title)
    return decision("admission", case.title)


@COURSE.condition("44.2", "§ 44 Abs. 2 AufenthG", Binding.MUST)
def within_a_year(case: Case, p: SimpleNamespace) -> Outcome:
    """The claim lapses a year after the title was given; after that admission by (4) is left."""
    course = case.facts.course
    if course.obliged or course.begun:
        return met(course.begun)
    if case.title not in p.claim_titles:
        return met(code="none") if case.paper else unknown("stays")
    since = course.claim_since or _first_title(case, p.claim_titles)
    last = plus_months(since, p.claim_months)
    if case.on <= last:
        return met(since, latest=last)
    if course.dropped_blameless:
        return met(since, "blameless")
    found = _admission(case, p)
    return found if found.state is not State.DECISION else found._replace(code="lapsed" if found.code == "admission" else found.code, value=last)


def _first_title(case: Case, titles: list[str]) -> date:
    return next(one.start for one in case.stays if one.kind in titles)


@COURSE.condition("44.1.2", "§ 44 Abs. 1 Satz 2 AufenthG", Binding.ASSUMED)
def here_to_stay(case: Case, p: SimpleNamespace) -> Outcome:
    """As a rule with a title for a year or more, or held for more than 18 months."""
    if case.paper is None or case.title not in p.claim_titles:
        return met(code="none") if case.paper else unknown("stays")
    if plus_months(_first_title(case, p.claim_titles), p.held_months) < case.on:
        return met(p.held_months, "held")
    months = case.facts.course.first_title_months
    if months is not None:
        return met(months) if months >= p.title_months else not_met(months, "short")
    until = case.paper.valid_until or case.paper.end
    if until is None:
        return unknown("course.first_title_months")
    return met(until) if plus_months(case.paper.start, p.title_months) <= until + ONE_DAY else not_met(until, "short")


@COURSE.condition("44.1.once", "§ 44 Abs. 1 Satz 1 AufenthG", Binding.MUST)
def only_once(case: Case, p: SimpleNamespace) -> Outcome:
    """Once: whoever has passed has had it. With a title of the list held before, the claim came with that one."""
    passed = case.facts.course.passed
    if passed:
        return not_met(code="passed", final=True)
    return met() if passed is False else met(assumes=("first_course",))


@COURSE.condition("44.3.nr1", "§ 44 Abs. 3 Satz 1 Nr. 1 AufenthG", Binding.BAR)
def not_at_school(case: Case, p: SimpleNamespace) -> Outcome:
    at_school = case.facts.course.attends_school
    if at_school is None and case.facts.school is not None:
        at_school = any(one.covers(case.on) for one in case.facts.school)
    if case.age is not None and case.age >= YOUNG:
        return met(case.age)
    if at_school:
        return not_met(code="pupil") if case.age is not None else unknown("person.birth_date")
    return met() if at_school is False else unknown("course.attends_school")


@COURSE.condition("44.3.nr2", "§ 44 Abs. 3 Satz 1 Nr. 2 AufenthG, § 4 Abs. 2 IntV", Binding.BAR)
def in_need_of_it(case: Case, p: SimpleNamespace) -> Outcome:
    """Little need is presumed with a degree, unless German is what keeps somebody from fitting work."""
    if case.facts.exceptions.low_learning_need:
        return not_met(code="low_need")
    kind = case.facts.qualification.kind
    if case.facts.course.special_need or case.facts.exceptions.low_learning_need is False or case.facts.course.obliged:
        return met()
    if kind is None:
        return met(assumes=("needs_course",))
    return decision("graduate") if kind == "academic" else met(kind)


@COURSE.condition("44.3.nr3", "§ 44 Abs. 3 Satz 1 Nr. 3 AufenthG", Binding.BAR)
def lacks_b1(case: Case, p: SimpleNamespace) -> Outcome:
    """Whoever has B1 keeps the right to the orientation course alone (S. 2). To have it needs no certificate."""
    found = german(case, "B1")
    if found.state is State.MET:
        return not_met("B1", "has_b1")
    if found.state is State.UNKNOWN:
        return decision("told_b1", "B1") if found.value else unknown("language")
    return met()
