"""§ 26 (3), (4) AufenthG: Niederlassungserlaubnis after recognition as a refugee and after other humanitarian titles."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, settlement
from faden.law.case import Case
from faden.law.held import years_held
from faden.law.knowledge import civic_knowledge, german
from faden.law.outcome import Binding, Claim, Outcome, State, decision, free_of, met, not_met, unknown
from faden.law.paths import p35
from faden.law.rules import Condition, Path, Version

NO_MORE_NOTICE = date(2023, 1, 1)  # G v. 21.12.2022 BGBl. I 2817
NOTICE_UNTIL = date(2022, 12, 31)
GEAS = date(2026, 6, 12)  # G v. 23.4.2026 BGBl. 2026 I Nr. 111: "oder 2 Satz 1" was "oder 2 Satz 1 erste Alternative"
BEFORE_GEAS = date(2026, 6, 11)
REFUGEES = frozenset({"ae_25_1", "ae_25_2_1", "ae_23_4"})
_TIME = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2", "ae_23_4"})
_NOTICE_YEARS = (2015, 2016, 2017)

_OF_35 = SimpleNamespace(years=settlement.YEARS)

REFUGEE = Path("26_3", "§ 26 Abs. 3 AufenthG", (Version(Claim.CLAIM),))
OTHERS = Path("26_4", "§ 26 Abs. 4 AufenthG", (Version(Claim.MAY),))


@REFUGEE.condition("26.3.1", "§ 26 Abs. 3 Satz 1, 6 AufenthG, § 25 Abs. 1, Abs. 2 Satz 1 erste Alternative", Binding.MUST, until=BEFORE_GEAS)
@REFUGEE.condition("26.3.1", "§ 26 Abs. 3 Satz 1, 6 AufenthG, § 25 Abs. 1, Abs. 2 Satz 1", Binding.MUST, since=GEAS)
def refugee(case: Case, p: SimpleNamespace) -> Outcome:
    """Recognised refugees and persons entitled to asylum; S. 6 adds resettlement (§ 23 (4))."""
    if "asylum.state" in case.facts.doubted:
        return unknown("asylum.state")
    return _holds(case, REFUGEES)


def _holds(case: Case, titles: frozenset[str]) -> Outcome:
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    if settlement.already_settled(case):
        return not_met(case.title, "settled")
    return met(case.title) if case.title in titles else not_met(case.title, "other_paper")


def _came_as_child(case: Case) -> bool:
    """(3) S. 5, (4) S. 4: the office may apply § 35 (1) to those who entered before 18; it asks for less than § 9 (2)."""
    majority, entered = case.birthday(18), case.facts.entry_date or (case.stays[0].start if case.stays else None)
    if majority is None or entered is None or entered >= majority or case.title not in kinds.SECTION_5:
        return False
    asked = (p35.five_years, p35.speaks_b1, p35.livelihood_or_training)
    return all(one(case, _OF_35).state in {State.MET, State.WAIVED, State.DECISION} for one in asked)


def _of_grown_ups(base: Outcome, case: Case) -> Outcome:
    if base.state is not State.NOT_MET:
        return base
    if _came_as_child(case):
        return decision("as_child")
    if not case.in_training or (case.birth_date and case.paper):
        return base
    if case.birth_date is None:
        return unknown("person.birth_date")
    entered, majority = case.facts.entry_date, case.birthday(18)
    return unknown("stays") if entered is None or majority is None or entered < majority else base


def _unless_child(path: Path, *shared: Condition) -> None:
    for one in shared:

        @path.condition(one.id, one.law, one.binding)
        def test(case: Case, p: SimpleNamespace, asked: Condition = one) -> Outcome:
            return _of_grown_ups(settlement.asked_once(case, asked, p), case)


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
    return _of_grown_ups(_mainly_secured(case, p), case)


def _mainly_secured(case: Case, p: SimpleNamespace) -> Outcome:
    share = _earned(case)
    if share is not None and share >= p.mainly_min:
        return met(share)
    if case.facts.livelihood.retired:
        return met(share, "retired")
    if share is None:
        excused = _retired(settlement.ill(not_met(code="share"), case), case)
        return excused if excused.state is State.WAIVED else unknown("livelihood.share_by_work")
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
    return _of_grown_ups(settlement.german_for_settlement(case, "A2"), case)


REFUGEE.takes(settlement.ORDER, settlement.WORK_PERMITTED, settlement.LICENCES)
_unless_child(REFUGEE, settlement.CIVICS, settlement.HOUSING)
REFUGEE.takes(general.IDENTITY, *general.EVERYWHERE)


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
    """S. 3 adds the asylum procedure, even after a refusal and with a gap (BVerwG 13.9.2011 - 1 C 17.10); § 102 (2) a Duldung before 2005."""
    return years_held(case, settlement.YEARS, asylum=True, tolerated_before_2005=True)


@OTHERS.condition("10.3.2", "§ 10 Abs. 1 Satz 1, Abs. 3 Satz 2 und 3 AufenthG", Binding.BAR)
def no_asylum_bar(case: Case, p: SimpleNamespace) -> Outcome:
    """No claim: while an asylum procedure runs only with the consent of the Land, after a refusal of the kind S. 2 names not at all."""
    told = case.facts.asylum
    if told.state == "pending":
        return not_met(told.state, "asylum_pending")
    if told.state == "rejected" and told.manifestly_unfounded and case.title != "ae_25_3":
        return not_met(told.state, "manifestly_unfounded", final=True) if case.paper else unknown("stays")
    return met(told.state)


_unless_child(OTHERS, settlement.LIVELIHOOD, settlement.PENSION)
OTHERS.takes(settlement.ORDER, settlement.WORK_PERMITTED, settlement.LICENCES)
_unless_child(OTHERS, settlement.GERMAN, settlement.CIVICS, settlement.HOUSING)
OTHERS.takes(general.IDENTITY, *general.EVERYWHERE)
