"""§ 24 AufenthG: temporary protection of those displaced from Ukraine, and how long the title goes on."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, ukraine
from faden.law.case import Case
from faden.law.outcome import Binding, Claim, Outcome, decision, free_of, met, not_met, unknown
from faden.law.rules import Path, Version
from faden.law.ukraine import TITLE, UKRAINE

TEMPORARY = Path("24", "§ 24 Abs. 1 AufenthG", (Version(Claim.CLAIM, since=date(2022, 3, 4)),))  # DB (EU) 2022/382
_UNCLEAR = frozenset({"XXA", "XXX"})
WAR = date(2022, 2, 24)


@TEMPORARY.condition("24.1", "§ 24 Abs. 1 AufenthG, Art. 2 Durchführungsbeschluss (EU) 2022/382", Binding.MUST)
def displaced(case: Case, p: SimpleNamespace) -> Outcome:
    """Ukrainians displaced since the war began; others who were protected or lived there for good, which only their papers say."""
    if case.title == TITLE or any(one.kind == TITLE for one in case.stays):
        return met(TITLE)
    nationality, entry = case.facts.person.nationality, case.facts.entry_date
    if nationality is None:
        return unknown("person.nationality")
    if case.facts.stays is None and nationality != UKRAINE:
        return unknown("stays")
    if entry is None:
        return unknown("entry_date") if nationality == UKRAINE or nationality in _UNCLEAR else not_met(nationality, "not_from_ukraine")
    if entry < WAR:
        return not_met(entry, "before_the_war") if nationality != UKRAINE else decision("shortly_before", entry)
    if nationality == UKRAINE:
        return met(nationality)
    return decision("stateless", nationality) if nationality in _UNCLEAR else not_met(nationality, "not_from_ukraine")


@TEMPORARY.condition("24.1.until", "§ 24 Abs. 1 AufenthG, § 2 UkraineAufenthFGV", Binding.MUST)
def goes_on(case: Case, p: SimpleNamespace) -> Outcome:
    """A title valid on the key day goes on without extension: of Ukrainians always, of others only with a tie that their papers show."""
    if case.facts.stays is None:
        return unknown("stays")
    titles = [one for one in case.stays if one.kind == TITLE]
    if p.protection_until is None:
        return unknown("parameter.protection_until", code="after_2027")
    if not titles:
        return met(code="first", latest=p.protection_until)
    if case.paper is not None and case.title != TITLE:
        return not_met(case.title, "other_paper")
    printed = titles[-1].valid_until or titles[-1].end
    until = ukraine.carried_to(titles[-1].start, printed, p.continuations)
    nationality = case.facts.person.nationality
    if until is not None and nationality == UKRAINE:
        return met(until, "continues", latest=until)
    if printed is not None and printed >= case.on:
        return met(printed, "valid", latest=printed)
    if printed is None and (nationality == UKRAINE or not p.continuations):
        return met(p.protection_until, "valid", latest=p.protection_until)
    if printed is not None and until is None:
        return not_met(printed, "ran_out")
    return unknown("person.nationality") if nationality is None else decision("non_ukrainian", until)


@TEMPORARY.condition("24.2", "§ 24 Abs. 2, § 60 Abs. 8 AufenthG", Binding.HELD)
def not_shut_out(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.security_ground, "held.security_ground")


# § 5 (1), (2) do not apply (§ 5 (3) S. 1); § 5 (4) does.
TEMPORARY.takes(general.SECURITY, general.ENTRY_BAN, general.PROCEEDINGS)
