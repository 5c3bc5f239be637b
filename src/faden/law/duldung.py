"""What §§ 16g, 60c, 60d ask alike: how long a Duldung has been held, identity in time, no ground of § 60a (6)."""

from datetime import date
from types import SimpleNamespace

from faden.law import kinds
from faden.law.case import Case
from faden.law.convictions import fines_up_to
from faden.law.days import plus_months
from faden.law.general import interest_or_sentences
from faden.law.outcome import Outcome, State, decision, free_of, met, not_met, reached, unknown, weighed

MEASURES = "exceptions.measures_taken"
_PROTECTED = frozenset({"refugee", "subsidiary"})


def held_for(case: Case, months: int, applied: date | None = None) -> Outcome:
    """So many months in possession of a Duldung; a claim without the paper is contested here and left to the office."""
    if case.facts.stays is None:
        return unknown("stays")
    run = case.duldung_run
    if run is None:
        return unknown("stays", code="no_paper_today") if case.paper is None else not_met(case.title, "does_not_count")
    full = plus_months(run.start, months)
    if full > case.on:
        return reached(full, case.on, run.start)
    if applied and applied < full:
        return not_met(full, "applied_early")
    if plus_months(run.strict, months) > case.on:
        return decision("time_60b", run.strict, earliest=full)
    if any(one.kind == kinds.CLAIM for one in case.stays):
        papers = case.run(kinds.DULDUNGEN, months_abroad=0)
        if papers is None or plus_months(papers.start, months) > case.on:
            return decision("claim", earliest=full)
    return reached(full, case.on, run.start)


def clarified_in_time(case: Case, last: date | None, applied: date | None) -> Outcome:
    """Of the person: until the application, and until the last day where there is one; with all measures taken "kann"."""
    identity = case.facts.identity
    base = in_time(case.on, (last, applied), identity.state, identity.since, identity.efforts_since)
    if base.state is State.UNKNOWN:
        return base._replace(missing=tuple(f"identity.{one}" for one in base.missing))
    taken = case.facts.exceptions.measures_taken
    return excused(base, False if taken is None and identity.deception and identity.state == "open" else taken)


def in_time(
    on: date, ends: tuple[date | None, date | None], state: str | None, since: date | None, efforts_since: date | None
) -> Outcome:  # fmt: skip
    """Clarified until the last day and the application. All done in time that bears fruit later is in time: the office judges."""
    if state is None:
        return unknown("state")
    last, applied = ends
    limit = min(last, applied) if last and applied else last or applied
    if state == "clarified" and not (since and since > on):
        if limit is None or limit >= on or (since and since <= limit):
            return met(since)
        if since is None:
            return unknown("since")
        if efforts_since and efforts_since <= limit:
            return decision("measures", since)
        too_late = last is not None and since > last
        return not_met(since, "late" if too_late else "after_application", final=too_late)
    if state == "efforts":
        return decision("measures")
    if last is None:
        return not_met(code="open")
    return not_met(last, "until") if last >= on else not_met(last, "late_open", final=True)


def excused(base: Outcome, measures: bool | None) -> Outcome:
    """§§ 16g (6), 60c (7), 60d (4): "kann" in spite of it. Who has clarified it, though late, has done something: it is weighed."""
    done = base.code in {"late", "after_application"}
    return weighed(base, True if done and measures is None else measures, MEASURES)


def no_benefit_motivated_entry(case: Case) -> Outcome:
    """§ 60a (6) S. 1 Nr. 1."""
    return free_of(case.facts.held.benefit_motivated_entry, "held.benefit_motivated_entry")


def no_obstacle_of_ones_own(case: Case) -> Outcome:
    """§ 60a (6) S. 1 Nr. 2, S. 2: what holds up removal today and lies with the person."""
    identity, held = case.facts.identity, case.facts.held.self_caused_obstacle
    if held is not None:
        return free_of(held, "held.self_caused_obstacle")
    if identity.deception or identity.no_cooperation:
        return not_met(code="deception")
    if identity.state == "clarified" or identity.deception is False:
        return met(code="clarified" if identity.state == "clarified" else "", assumes=("cooperates",))
    return unknown("held.self_caused_obstacle")


def no_safe_country(case: Case, p: SimpleNamespace) -> Outcome:
    """§ 60a (6) S. 1 Nr. 3, S. 3, 4 and § 104 (18)."""
    nation, asylum = case.facts.person.nationality, case.facts.asylum
    if case.facts.held.safe_country is not None:
        return free_of(case.facts.held.safe_country, "held.safe_country")
    if nation is None or nation not in p.safe_countries:
        return met(nation, assumes=() if nation else ("no_safe_country",))
    spared = asylum.state in _PROTECTED or _spared(case, nation, p)
    if spared:
        return spared if isinstance(spared, Outcome) else met(nation, "spared")
    if asylum.state == "none":
        return _never_applied(case, nation)
    if asylum.applied and asylum.applied <= p.safe_country_applied_after:
        return met(asylum.applied, "applied_before")
    if asylum.state is None or asylum.applied is None:
        return unknown(*(f"asylum.{one}" for one in ("state", "applied") if getattr(asylum, one) is None))
    if asylum.state == "pending":
        return met(nation)
    return decision("withdrawn", nation) if asylum.state == "withdrawn" else not_met(nation, "safe_country", final=True)


def _never_applied(case: Case, nation: str) -> Outcome:
    """Who came alone as a minor and did not apply for the child's own good is spared: the office judges."""
    majority, entry = case.birthday(18), case.facts.entry_date
    if majority is None or entry is None:
        return unknown(*(("person.birth_date",) if majority is None else ()), *(("entry_date",) if entry is None else ()))
    return decision("minor", nation) if entry < majority else not_met(nation, "safe_country", final=True)


def _spared(case: Case, nation: str, p: SimpleNamespace) -> bool | Outcome:
    """§ 104 (18): those who were here before their state was declared safe. An outcome: it hangs on a fact nobody told."""
    asylum = case.facts.asylum
    if p.spared_1 and nation in p.spared_1:
        if asylum.applied:
            return bool(asylum.applied <= p.spared_1_day)
        return asylum.state == "none" and _tolerated_on(case, p.spared_1_day)
    if p.spared_2 and nation in p.spared_2:
        return _tolerated_on(case, p.spared_2_day) or _permitted_on(case, p.spared_2_work_day)
    return False


def _tolerated_on(case: Case, day: date) -> bool | Outcome:
    if case.facts.stays is None:
        return unknown("stays")
    paper = case.paper_on(day)
    return paper is not None and paper.kind in kinds.TOLERATED


def _permitted_on(case: Case, day: date) -> bool | Outcome:
    """With a permission to work that day, as far as the jobs tell."""
    if case.facts.work is None:
        return unknown("work")
    told = {one.permitted for one in case.facts.work if one.covers(day)}
    return True if True in told else unknown("work.permitted") if None in told else False


def no_offence(case: Case, *, ordinary: int | None, foreigners_only: int, youth_spared: bool = False) -> Outcome:
    """No sentence for intent beyond these fines; where the law does not name juvenile law, its measures are for the office."""
    base = fines_up_to(case, ordinary=ordinary, foreigners_only=foreigners_only)
    if youth_spared or base.state is not State.MET:
        return base
    rows = case.facts.convictions or ()
    return decision("youth") if any(one.kind == "youth_measure" and one.intentional is not False for one in rows) else base


def no_interest_beyond_fines(case: Case, *, ordinary: int, foreigners_only: int) -> Outcome:
    """§ 5 (1) Nr. 2 beside such a rule: what stays out of account there is no interest in expulsion here."""
    found = interest_or_sentences(case)
    if isinstance(found, Outcome):
        return found
    base = fines_up_to(case, ordinary=ordinary, foreigners_only=foreigners_only)
    return base if base.state is not State.NOT_MET else decision("weighed", base.value)
