"""§ 26 (3), (4) AufenthG: Niederlassungserlaubnis after recognition as a refugee and after other humanitarian titles."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, settlement
from faden.law.case import Case
from faden.law.held import years_held
from faden.law.knowledge import civic_knowledge, german
from faden.law.outcome import Binding, Claim, Outcome, State, decision, free_of, met, not_met, unknown
from faden.law.rules import Path, Version

NO_MORE_NOTICE = date(2023, 1, 1)  # G v. 21.12.2022 BGBl. I 2817
NOTICE_UNTIL = date(2022, 12, 31)
GEAS = date(2026, 6, 12)  # G v. 23.4.2026 BGBl. 2026 I Nr. 111: "oder 2 Satz 1" was "oder 2 Satz 1 erste Alternative"
BEFORE_GEAS = date(2026, 6, 11)
REFUGEES = frozenset({"ae_25_1", "ae_25_2_1", "ae_23_4"})
_TIME = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2", "ae_23_4"})
_NOTICE_YEARS = (2015, 2016, 2017)

REFUGEE = Path("26_3", "§ 26 Abs. 3 AufenthG", (Version(Claim.CLAIM),))
OTHERS = Path("26_4", "§ 26 Abs. 4 AufenthG", (Version(Claim.MAY),))


@REFUGEE.condition("26.3.1", "§ 26 Abs. 3 Satz 1, 6 AufenthG, § 25 Abs. 1, Abs. 2 Satz 1 erste Alternative", Binding.MUST, until=BEFORE_GEAS)
@REFUGEE.condition("26.3.1", "§ 26 Abs. 3 Satz 1, 6 AufenthG, § 25 Abs. 1, Abs. 2 Satz 1", Binding.MUST, since=GEAS)
def refugee(case: Case, p: SimpleNamespace) -> Outcome:
    """Recognised refugees and persons entitled to asylum; S. 6 adds resettlement (§ 23 (4))."""
    return _holds(case, REFUGEES)


def _holds(case: Case, titles: frozenset[str]) -> Outcome:
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    if settlement.already_settled(case):
        return not_met(case.title, "settled")
    return met(case.title) if case.title in titles else not_met(case.title, "other_paper")


def _earned(case: Case) -> float | None:
    living = case.facts.livelihood
    if living.secured or living.secured_by_work:
        return 1.0
    return living.share_by_work


def _quickly(case: Case, p: SimpleNamespace) -> Outcome:
    """S. 3: C1, a living secured by far, and civic knowledge without its exceptions."""
    spoken, share = german(case, "C1"), _earned(case)
    if spoken.state is State.NOT_MET or (share is not None and share < p.mainly_min):
        return not_met(code="no_c1")
    civics = civic_knowledge(case)
    if civics.state is State.NOT_MET:
        return not_met(code="no_c1")
    if spoken.state is State.UNKNOWN or share is None or civics.state is State.UNKNOWN:
        return unknown(*spoken.missing, *(() if share is not None else ("livelihood.share_by_work",)), *civics.missing, code="three_years_open")
    return met(share) if share >= p.by_far_min else decision("by_far", share)


@REFUGEE.condition("26.3.1.nr1", "§ 26 Abs. 3 Satz 1 Nr. 1, Satz 3 Nr. 1, 3, 4 AufenthG", Binding.MUST, dated=True)
def five_years_or_three(case: Case, p: SimpleNamespace) -> Outcome:
    """The asylum procedure before the title is added in both models, from the application on."""
    five = years_held(case, p.years, _TIME, asylum=True)
    if five.state is State.MET:
        return five
    three = years_held(case, p.years_quick, _TIME, asylum=True)
    quick = _quickly(case, p)
    if three.state is State.UNKNOWN or quick.state is State.NOT_MET:
        return five
    if quick.state is State.MET:
        return three._replace(code=three.code or "three_years")
    if three.state is State.NOT_MET:  # neither model is open yet; whether the shorter one will be is not settled
        return three if quick.state is State.DECISION else five._replace(earliest=three.earliest)
    return quick._replace(earliest=three.earliest) if quick.state is State.DECISION else quick


@REFUGEE.condition("26.3.1.nr2", "§ 26 Abs. 3 Satz 1 Nr. 2, Satz 3 Nr. 2 AufenthG, § 73b Abs. 3 AsylG", Binding.HELD, since=NO_MORE_NOTICE)
def no_revocation_notified(case: Case, p: SimpleNamespace) -> Outcome:
    """Silence of the Bundesamt is enough."""
    return free_of(case.facts.asylum.revocation_notified, "asylum.revocation_notified")


@REFUGEE.condition("26.3.1.nr2", "§ 26 Abs. 3 Satz 1 Nr. 2, Satz 3 Nr. 2 AufenthG, § 73 Abs. 2a AsylG", Binding.MUST, until=NOTICE_UNTIL)
def notified_that_nothing_is_revoked(case: Case, p: SimpleNamespace) -> Outcome:
    """For decisions final in 2015 to 2017 the Bundesamt had to say so expressly."""
    notified, decided = case.facts.asylum.revocation_notified, case.facts.asylum.decided
    if notified is not None:
        return free_of(notified, "asylum.revocation_notified")
    if decided is None:
        first = next((one.start for one in case.stays if one.kind in _TIME), None)
        if first is None or first.year <= max(_NOTICE_YEARS) + 1:
            return unknown("asylum.decided")
        return met(assumes=("no_revocation",))
    return unknown("asylum.revocation_notified", code="notice_needed") if decided.year in _NOTICE_YEARS else met(assumes=("no_revocation",))


@REFUGEE.condition("26.3.1.nr3", "§ 26 Abs. 3 Satz 1 Nr. 3, Satz 2 AufenthG", Binding.MUST)
def mainly_secured(case: Case, p: SimpleNamespace) -> Outcome:
    """Waived for those past the age of retirement and for the ill; the statute names no number."""
    share = _earned(case)
    if share is not None and share >= p.mainly_min:
        return met(share)
    if case.facts.livelihood.retired:
        return met(share, "retired")
    if share is None:
        living = case.facts.livelihood
        return unknown("livelihood.share_by_work") if living.secured is None else _retired(settlement.ill(not_met(code="share"), case), case)
    return _retired(settlement.ill(not_met(share, "share"), case), case)


def _retired(base: Outcome, case: Case) -> Outcome:
    """§§ 35 S. 2, 235 (2) SGB VI: 67, for the older ones some months less."""
    if base.state is not State.NOT_MET or case.facts.livelihood.retired is False:
        return base
    if case.age is None:
        return unknown("person.birth_date", code="retirement")
    return base if case.age < 65 else base._replace(state=State.WAIVED, code="retired") if case.age >= 67 else unknown("livelihood.retired")


@REFUGEE.condition("26.3.1.nr4", "§ 26 Abs. 3 Satz 1 Nr. 4, Satz 2 AufenthG", Binding.MUST)
def speaks_a2(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.german_for_settlement(case, "A2")


REFUGEE.takes(settlement.ORDER, settlement.WORK_PERMITTED, settlement.LICENCES, settlement.CIVICS, settlement.HOUSING, general.IDENTITY, *general.EVERYWHERE)


@OTHERS.condition("26.4.1", "§ 26 Abs. 4 Satz 1 AufenthG", Binding.MUST)
def other_humanitarian(case: Case, p: SimpleNamespace) -> Outcome:
    """Every title of the section but those of (3)."""
    if case.title in {"ae_25_1", "ae_25_2_1"}:
        return not_met(case.title, "refugee")
    if case.title == "ae_24":  # the words are open, the purpose of temporary protection speaks against it
        return decision("temporary", case.title)
    return _holds(case, kinds.SECTION_5)


@OTHERS.condition("9.2.1.nr1", "§ 26 Abs. 4 Satz 1, 3, § 9 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, dated=True)
def five_years_with_asylum(case: Case, p: SimpleNamespace) -> Outcome:
    """S. 3 adds the asylum procedure, even after a refusal and with a gap (BVerwG 13.9.2011 - 1 C 17.10)."""
    return years_held(case, settlement.YEARS, asylum=True)


OTHERS.takes(settlement.LIVELIHOOD, settlement.PENSION, settlement.ORDER, settlement.WORK_PERMITTED, settlement.LICENCES, settlement.GERMAN, settlement.CIVICS, settlement.HOUSING, general.IDENTITY, *general.EVERYWHERE)
