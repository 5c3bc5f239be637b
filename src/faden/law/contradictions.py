"""Facts that cannot stand beside each other: they are named, and what they say counts as unknown."""

from dataclasses import replace
from datetime import date

from faden.law.days import plus_years
from faden.law.facts import Facts


def without_contradictions(facts: Facts, on: date) -> tuple[Facts, tuple[str, ...]]:
    """The facts less those that contradict each other, and the names of the contradictions. Sources stay."""
    found: list[str] = []
    born = facts.person.birth_date
    came_before = bool(born and facts.entry_date and facts.entry_date < born)
    stayed_before = bool(born and any(one.start < born for one in facts.stays or ()))
    if born and (born > on or came_before or stayed_before):
        found.append("born_after_entry")
        facts = replace(facts, person=replace(facts.person, birth_date=None), entry_date=None if came_before else facts.entry_date,
                        stays=None if stayed_before else facts.stays)  # fmt: skip
    first = min((one.start for one in facts.stays or ()), default=None)
    if facts.entry_date and first and facts.entry_date > first:
        found.append("stay_before_entry")
        facts = replace(facts, entry_date=None)
    household = facts.household
    if household.minor_child_living_with is not None and household.children is not None and _told_otherwise(facts, on):
        found.append("minor_child")
        facts = replace(facts, household=replace(household, minor_child_living_with=None, children=None))
    if household.single_parent and household.spouse and household.spouse.living_together:
        found.append("single_parent")
        facts = replace(facts, household=replace(facts.household, single_parent=None))
    if facts.livelihood.secured and set(facts.livelihood.benefits or ()) & {"sgb2", "sgb12", "buergergeld", "asylblg"}:
        found.append("secured_with_benefits")
        facts = replace(facts, livelihood=replace(facts.livelihood, secured=None))
    if facts.household.has_spouse is False and facts.household.spouse is not None:
        found.append("has_spouse")
        facts = replace(facts, household=replace(facts.household, has_spouse=None, spouse=None))
    if facts.asylum.state in _NOT_RECOGNISED and any(one.kind in _RECOGNISED and one.covers(on) for one in facts.stays or ()):
        found.append("asylum_title")
        facts = replace(facts, asylum=replace(facts.asylum, state=None), doubted=facts.doubted | {"asylum.state"})
    return facts, tuple(found)


_NOT_RECOGNISED = frozenset({"none", "rejected", "withdrawn", "removal_ban"})
_RECOGNISED = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})


def _told_otherwise(facts: Facts, on: date) -> bool:
    """A minor child is said to live here and none is listed that could, or none is said to and one is listed that does."""
    rows = facts.household.children or ()
    unknown = any(one.birth_date is None for one in rows)
    minor = [one for one in rows if one.birth_date and plus_years(one.birth_date, 18) > on]
    if facts.household.minor_child_living_with:
        return not unknown and all(one.living_with is False for one in minor)
    return any(one.living_with and one.unmarried is not False for one in minor)
