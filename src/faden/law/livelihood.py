"""How a living is made (§ 2 (3) AufenthG), and what of it the paths ask."""

from faden.law.case import Case
from faden.law.outcome import Outcome, decision, met, not_met, unknown

# § 2 (3) S. 2: not public funds. Wohngeld is not among them, but harmless where a path says so.
NOT_PUBLIC = frozenset({
    "kindergeld", "kinderzuschlag", "erziehungsgeld", "elterngeld", "bafoeg", "bab", "unterhaltsvorschuss", "alg1", "rente", "krankengeld",
    "sgb3_training",
})  # fmt: skip
SGB_2_12 = frozenset({"sgb2", "sgb12", "buergergeld", "grundsicherung"})
PUBLIC = SGB_2_12 | {"asylblg", "wohngeld", "sgb8"}


def secured(case: Case, *, harmless: frozenset[str] = frozenset()) -> Outcome:
    """Without public funds, health insurance included (§ 2 (3) S. 1)."""
    if case.facts.livelihood.health_insurance is False:
        return not_met(code="uninsured")
    return without_public_funds(case, harmless=harmless)


def without_public_funds(case: Case, *, harmless: frozenset[str] = frozenset()) -> Outcome:
    """What § 2 (3) asks of the income alone."""
    living = case.facts.livelihood
    if living.secured is not None:
        return met(living.share_by_work) if living.secured else not_met(living.share_by_work)
    by_work = living.secured_by_work or (living.share_by_work is not None and living.share_by_work >= 1)
    if living.benefits is None:
        return met(living.share_by_work) if by_work else unknown("livelihood.benefits")
    drawn = [one for one in living.benefits if one not in NOT_PUBLIC and one not in harmless]
    if drawn:
        return not_met(drawn[0], "benefit")
    if living.share_by_work is None:
        return met() if by_work else unknown("livelihood.share_by_work")
    return met(living.share_by_work) if living.share_by_work >= 1 or living.benefits == () else unknown("livelihood.secured")


def mainly(case: Case, share_min: float) -> Outcome:
    """The larger part by work; the statute names no number, so the office's own is used and shown."""
    living = case.facts.livelihood
    if living.share_by_work is None:
        return met(code="secured") if living.secured_by_work else unknown("livelihood.share_by_work")
    return met(living.share_by_work) if living.share_by_work >= share_min else not_met(living.share_by_work, "share")


def forecast(case: Case) -> Outcome:
    """That it will be secured: always the office's to judge."""
    told = case.facts.livelihood.forecast
    return not_met(code="no_forecast") if told is False else decision("forecast")


def without_sgb_2_12(case: Case) -> Outcome:
    """No Bürgergeld, no Sozialhilfe."""
    living = case.facts.livelihood
    if living.benefits is None:
        secured_by_work = living.secured or living.secured_by_work or (living.share_by_work or 0) >= 1
        return met(code="secured") if secured_by_work else unknown("livelihood.benefits")
    drawn = [one for one in living.benefits if one in SGB_2_12]
    return not_met(drawn[0], "benefit") if drawn else met()
