"""What §§ 18 ff. ask of skilled work: the job (§ 18 (2)), the qualification (§ 18 (3)), time worked, the asylum bars of § 10."""

from collections.abc import Callable, Iterable
from datetime import date
from types import SimpleNamespace

from faden.law.case import Case
from faden.law.days import ONE_DAY, plus_months
from faden.law.facts import JobOffer, Work
from faden.law.livelihood import NOT_PUBLIC
from faden.law.outcome import Binding, Outcome, free_of, met, not_met, said, unknown
from faden.law.rules import Condition, Path

Counts = Callable[[Work], bool | None]
GENUINE = date(2024, 3, 1)  # § 18 (2) S. 1 Nr. 4a
SHORT_MONTHS = 3  # a break so long may still be harmless; the office judges


def is_qualified(work: Work) -> bool | None:
    """What fits a qualification and is not said to be unskilled is skilled work."""
    return work.qualified if work.qualified is not None else work.matches


def fits(work: Work) -> bool | None:
    return work.matches if work.matches is not None else work.qualified


def public_funds(benefits: Iterable[str], harmless: frozenset[str]) -> list[str]:
    """What of it is public funds in the sense of § 2 (3)."""
    return [one for one in benefits if one not in NOT_PUBLIC and one not in harmless]


def trained_here(case: Case, trainings: frozenset[str]) -> date | None:
    """The day a training or degree of these kinds was completed in Germany; date.min where it was on a day nobody has said."""
    days = [one.completed for one in case.facts.training or () if one.kind in trainings and one.completed and one.completed <= case.on]
    if "university" in trainings:
        days += [
            one.certificate for one in case.facts.school or ()
            if one.kind == "university" and one.certificate and one.certificate <= case.on
        ]  # fmt: skip
    held = case.facts.qualification
    if held.german and _KINDS.get(held.kind or "") in trainings and (held.completed is None or held.completed <= case.on):
        days.append(held.completed or date.min)
    return min(days) if days else None


_KINDS = {"vocational": "qualified", "master_craftsman": "qualified", "care_assistant": "care_assistant", "academic": "university"}


def work_run(case: Case, counts: Counts) -> tuple[date | None, date | None, tuple[str, ...]]:
    """Since when such work has gone on: without any break, with short ones, and what is not known of it."""
    rows = sorted((one for one in case.facts.work or () if one.start <= case.on), key=lambda one: one.start, reverse=True)
    strict: date | None = None
    lenient: date | None = None
    broken, asked = False, False
    for one in rows:
        ended = one.end if one.end is not None and one.end < case.on else None
        joins = ended is None or lenient is None or ended >= lenient - ONE_DAY
        answer = counts(one)
        asked = asked or (answer is None and joins)
        if not answer:
            continue
        if lenient is None:
            if ended:
                break
            strict = lenient = one.start
        elif joins:
            lenient = min(lenient, one.start)
            strict = strict if broken else lenient
        elif ended and ended >= plus_months(lenient, -SHORT_MONTHS) - ONE_DAY:
            lenient, broken = one.start, True
        else:
            break
    return strict, lenient, ("work.qualified",) if asked else ()


def job(case: Case, *, fitting: bool = False) -> Outcome:
    """A concrete job that is skilled work (§ 18 (2) S. 1 Nr. 1, § 2 (12b)), offered or held; `fitting`: and fits the qualification."""
    offer, rows = case.facts.job_offer, case.jobs
    told = [_job_answer(case, one, fitting) for one in rows]
    if offer.exists is not False and (offer.exists or offer.qualified is not None or offer.matches is not None or offer.salary):
        told.append(_job_answer(case, offer, fitting))
    if True in told:
        sure = not fitting or offer.matches or any(one.matches for one in rows)
        return met(assumes=() if sure else ("job_matches",))
    if None in told:
        place = "work" if None in told[: len(rows)] else "job_offer"
        return unknown(f"{place}.matches" if fitting else f"{place}.qualified", code="which_job")
    if told:
        return not_met(code="unskilled_job")
    if offer.exists is False and case.facts.work is not None:
        return not_met(code="no_job")
    return unknown("work" if offer.exists is False else "job_offer.exists")


def _job_answer(case: Case, job: Work | JobOffer, fitting: bool) -> bool | None:
    """What fits is skilled work; skilled work said without more is taken to fit; care assistants' work need not be skilled."""
    if not fitting:
        return job.qualified if job.qualified is not None else (job.matches or None)
    if job.matches is not None or job.qualified is not False:
        return job.matches if job.matches is not None else job.qualified
    return None if trained_here(case, frozenset({"care_assistant"})) is not None else False


def _agency(case: Case, p: SimpleNamespace) -> Outcome:
    return said(case.facts.job_offer.agency_consent, "job_offer.agency_consent")


def _licence(case: Case, p: SimpleNamespace) -> Outcome:
    return said(case.facts.job_offer.licence, "job_offer.licence")


def _genuine(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.abuse, "held.abuse")


# The office asks the agency itself; a licence is asked of few professions: not known holds nothing up.
AGENCY = Condition("18.2.1.nr2", "§ 18 Abs. 2 Satz 1 Nr. 2, § 39 AufenthG", Binding.HELD, _agency, shared=True)
LICENCE = Condition("18.2.1.nr3", "§ 18 Abs. 2 Satz 1 Nr. 3 AufenthG", Binding.HELD, _licence, shared=True)
GENUINE_JOB = Condition("18.2.1.nr4a", "§ 18 Abs. 2 Satz 1 Nr. 4a AufenthG", Binding.HELD, _genuine, since=GENUINE, shared=True)


def job_conditions(path: Path) -> None:
    """§ 18 (2) S. 1 Nr. 2, 3, 4a: for every title of Section 4 for employment."""
    for shared in (AGENCY, LICENCE, GENUINE_JOB):
        path.takes(shared)


def _not_104c(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.stays is None:
        return unknown("stays")
    return not_met(case.title, "only_25a_25b") if case.holds_104c else met(case.title)


BAR_104C = Condition(
    "104c.3.4", "§ 104c Abs. 3 Satz 4 AufenthG", Binding.BAR, _not_104c, since=date(2022, 12, 31), until=date(2025, 12, 30), shared=True
)


def bars_104c(path: Path) -> None:
    """While the first § 104c was in force its holders could be given §§ 25a, 25b alone; today's (2) speaks of extension only."""
    path.takes(BAR_104C)
