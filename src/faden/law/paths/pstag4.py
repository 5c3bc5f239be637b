"""§ 4 (3) StAG: German by birth here to foreign parents. The person asked about is the child; the law of the day of birth counts."""

from datetime import date
from functools import cache
from types import SimpleNamespace

from faden.law import kinds
from faden.law.case import Case
from faden.law.days import plus_years
from faden.law.facts import Parent
from faden.law.outcome import Binding, Claim, Outcome, State, met, not_met, unknown
from faden.law.parameters import Parameter, parameters
from faden.law.rules import FIRST_DAY, Path, Version

CHILD = Path("stag_4_3", "§ 4 Abs. 3 StAG", (Version(Claim.CLAIM),))
BEGUN = date(2000, 1, 1)  # G v. 15.7.1999 BGBl. I 1618; from general knowledge, the stored texts do not reach so far back


@cache
def _years() -> Parameter:
    return next(one for one in parameters() if (one.path, one.name) == (CHILD.key, "years"))


@CHILD.condition("stag_4.3.born_here", "§ 4 Abs. 3 Satz 1 StAG", Binding.MUST)
def born_here(case: Case, p: SimpleNamespace) -> Outcome:
    person, entry = case.facts.person, case.facts.entry_date
    if case.birth_date and case.birth_date < BEGUN:
        return not_met(case.birth_date, "before_2000", final=True)
    if person.born_in_germany is None:
        if entry and case.birth_date and entry > case.birth_date:
            return not_met(entry, "entered", final=True)
        return unknown("person.born_in_germany")
    if not person.born_in_germany:
        return not_met(code="abroad", final=True)
    return met(case.birth_date) if case.birth_date else unknown("person.birth_date")


@CHILD.condition("stag_4.3.foreign_parents", "§ 4 Abs. 1, 3 StAG", Binding.MUST)
def foreign_parents(case: Case, p: SimpleNamespace) -> Outcome:
    """A child of a German needs no (3): it is German already (§ 4 (1))."""
    parents = case.facts.household.parents
    if parents is None:
        return unknown("household.parents")
    if any(one.german for one in parents):
        return not_met(code="german_parent", final=True)
    return met(assumes=() if all(one.german is False for one in parents) else ("foreign_parents",))


@CHILD.condition("stag_4.3.nr1", "§ 4 Abs. 3 Satz 1 Nr. 1, § 12b StAG", Binding.MUST)
def parent_long_here(case: Case, p: SimpleNamespace) -> Outcome:
    return _best(case)[0]


@CHILD.condition("stag_4.3.nr2", "§ 4 Abs. 3 Satz 1 Nr. 2 StAG", Binding.MUST)
def parent_with_unlimited_right(case: Case, p: SimpleNamespace) -> Outcome:
    return _best(case)[1]


def _best(case: Case) -> tuple[Outcome, Outcome]:
    """One and the same parent has to meet both; the one who comes nearest is shown."""
    parents, born = case.facts.household.parents, case.birth_date
    if parents is None:
        return unknown("household.parents"), unknown("household.parents")
    if not parents:
        return not_met(code="no_parent", final=True), not_met(code="no_parent", final=True)
    if born is None:
        return unknown("person.birth_date"), unknown("person.birth_date")
    return max(((_long_here(one, born), _unlimited(one)) for one in parents), key=lambda both: sum(_NEAR[one.state] for one in both))


_NEAR = {State.MET: 2, State.UNKNOWN: 1, State.NOT_MET: -9}


def _long_here(parent: Parent, born: date) -> Outcome:
    if parent.lawful_since is None:
        return unknown("household.parents.lawful_since")
    years = _years().on(born)
    assumes = ("law_at_birth",) if born < FIRST_DAY else ()
    if plus_years(parent.lawful_since, years) <= born:
        return met(parent.lawful_since, f"years_{years}", assumes=assumes)
    return not_met(parent.lawful_since, f"years_{years}_missing", final=True, assumes=assumes)


def _unlimited(parent: Parent) -> Outcome:
    if parent.unlimited_right is not None:
        return met() if parent.unlimited_right else not_met(code="limited", final=True)
    if parent.title in kinds.UNLIMITED:
        return met(parent.title, assumes=("title_at_birth",))
    if parent.title is None:
        return unknown("household.parents.unlimited_right")
    return not_met(parent.title, "limited", final=True)
