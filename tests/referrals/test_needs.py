"""From a person's facts to what is asked of the directory: what is not known stays unknown, and each fact says its source."""

from datetime import date, timedelta

import pytest

from faden.directory.vocabulary import Condition
from faden.kernel import clock
from faden.kernel.rls import opened_for
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import GermanSkill
from faden.referrals.rules import needs as rules
from faden.referrals.rules.needs import Certificate, Known
from tests.case_making import add_member, mark, open_a_case
from tests.desk_client import actor_of
from tests.referrals.offering import AHAUS, AMAL, BORKEN, changed, known_fact, needed


@pytest.fixture
def case(own_database):
    return open_a_case()


def said(found, condition):
    return next(one.words for one in found.facts if one.condition == condition)


def known(found):
    return {one.condition for one in found.facts if one.known}


# ---------- rules ----------


def test_a_part_of_german_is_not_the_whole():
    four = [GermanSkill.LISTENING, GermanSkill.READING, GermanSkill.SPEAKING, GermanSkill.WRITING]
    assert rules.german({}) is None
    assert rules.german({"speaking": "b1"}) is None
    assert rules.german(dict.fromkeys(four, "b1") | {"writing": "a2"}) == Known("a2", tuple(skill.value for skill in four))
    assert rules.german({"all": "b2", "writing": "a1"}) == Known("b2", ("all",))
    assert rules.german({"all": "unknown"}) is None
    assert rules.german({"all": "unknown"} | dict.fromkeys(four, "b1")) == Known("b1", tuple(skill.value for skill in four))


def test_a_certificate_counts_beside_what_was_told_and_without_its_day_it_may_be_one():
    def proved(*found, is_known=True):
        return rules.certified([Certificate(*one) for one in found], is_known=is_known)

    assert proved() == ("none", "none") and proved(is_known=False) is None
    assert proved(("all", "b1", True)) == ("b1", "b1") and proved(("all", "b1", False)) == ("none", "b1")
    assert proved(("all", "a2", True), ("all", "b2", False)) == ("a2", "b2")
    assert proved(("all", "b1", True), ("all", "a2", True)) == ("b1", "b1"), "the highest, in whatever order"
    assert proved(("speaking", "b2", True)) == ("none", "none"), "a part is not the whole"
    four = [(skill, "b1", True) for skill in ("listening", "reading", "speaking")] + [("writing", "a2", True)]
    assert proved(*four) == ("a2", "a2")
    assert proved(("all", "b1", True), is_known=False) == ("b1", "native") and proved(("all", "b1", False), is_known=False) is None


def test_own_income_alone_is_known_and_not_asked_is_not():
    assert rules.regimes([]) is None and rules.regimes(["unknown"]) is None
    assert rules.regimes(["none"]) == frozenset()
    assert rules.regimes(["sgb2", "unknown"]) == {"sgb2", "unknown"} and rules.regimes(["none", "unknown"]) == {"unknown"}


def test_who_has_not_entered_will_have_another_paper():
    today = date(2026, 11, 23)
    assert rules.paper("not_entered", on=today, today=today) == "not_entered"
    assert rules.paper("not_entered", on=today + timedelta(days=1), today=today) is None
    assert rules.paper("unknown", on=today, today=today) is None and rules.paper("none", on=today, today=today) == "none"


# ---------- from the file ----------


def test_of_who_nothing_is_noted_only_the_town_is_known(case):
    found = needed(case)
    need = found.need
    assert (need.paper, need.german, need.certified, need.born, need.gender, need.regimes, need.needs_childcare) == (None,) * 7
    assert (need.town, found.town) == (AHAUS, "Ahaus") and need.point is not None
    assert known(found) == {Condition.TOWN}


def test_every_fact_comes_with_its_source(case):
    person, day = case.person, clock.today() - timedelta(days=100)
    known_fact(person, "residence", Period(day, day + timedelta(days=180)), paper="duldung_60a", known_from="seen")
    known_fact(person, "german", Period(day), skill="all", level="b1", certificate="Zertifikat B1", certified_on=day, known_from="copy")
    known_fact(person, "benefit", Period(day), regime="asylblg_2")
    changed(person, birth_earliest=date(1990, 1, 1), birth_latest=date(1990, 12, 31), birth_precision="year")
    found = needed(case)
    need = found.need
    assert (need.paper, need.german, need.certified, need.regimes) == ("duldung_60a", "b1", ("b1", "b1"), {"asylblg_2"})
    assert need.born == (date(1990, 1, 1), date(1990, 12, 31))
    for words in ("Duldung § 60a", "Papier gesehen", f"seit {day:%d.%m.%Y}", f"bis {day + timedelta(days=180):%d.%m.%Y}"):
        assert words in need.said[Condition.RESIDENCE]
    assert f"Nachweis vom {day:%d.%m.%Y}" in need.said[Condition.GERMAN] and "Kopie in der Akte" in need.said[Condition.GERMAN]
    assert "so gesagt" in need.said[Condition.BENEFIT]
    assert Condition.AGE not in need.said and "35–36 Jahre" in said(found, Condition.AGE)


def test_a_paper_that_runs_out_before_the_day_is_not_known_then(case):
    last = clock.today() + timedelta(days=30)
    known_fact(case.person, "residence", Period(clock.today(), last), paper="duldung_60a", known_from="seen")
    assert needed(case).need.paper == needed(case, days=30).need.paper == "duldung_60a"
    later = needed(case, days=31)
    assert later.need.paper is None and f"nur bis {last:%d.%m.%Y}" in said(later, Condition.RESIDENCE)


def test_one_skill_alone_is_told_and_leaves_the_level_open(case):
    known_fact(case.person, "german", skill="speaking", level="b1")
    found = needed(case)
    assert found.need.german is None and found.need.certified is None
    assert "Sprechen B1" in said(found, Condition.GERMAN) and "ist nicht notiert" in said(found, Condition.GERMAN)
    known_fact(case.person, "german", skill="all", level="a2")
    found = needed(case)
    assert (found.need.german, found.need.certified) == ("a2", ("none", "none")) and "ohne Nachweis" in said(found, Condition.GERMAN)


def test_a_certificate_outlasts_what_is_told_after_it(case):
    day = clock.today() - timedelta(days=400)
    known_fact(case.person, "german", Period(day), skill="all", level="b1", certificate="Zertifikat B1", certified_on=day, known_from="copy")
    known_fact(case.person, "german", Period(clock.today()), skill="all", level="b2")
    found = needed(case)
    assert (found.need.german, found.need.certified) == ("b2", ("b1", "b1"))
    assert "B2, ohne Nachweis" in said(found, Condition.GERMAN) and f"Nachweis über B1 vom {day:%d.%m.%Y} (Kopie in der Akte" in said(found, Condition.GERMAN)


def test_a_certificate_without_its_day_is_neither_there_nor_missing(case):
    known_fact(case.person, "german", skill="all", level="b1", certificate="Zertifikat B1")
    found = needed(case)
    assert (found.need.german, found.need.certified) == ("b1", ("none", "b1")) and "Nachweis ohne Tag" in said(found, Condition.GERMAN)


def test_a_certificate_of_a_later_day_does_not_count_before_it(case):
    later = clock.today() + timedelta(days=20)
    known_fact(case.person, "german", skill="all", level="a2")
    known_fact(case.person, "german", Period(later), skill="all", level="b1", certificate="Zertifikat B1", certified_on=later)
    assert needed(case).need.certified == ("none", "none") and needed(case, days=20).need.certified == ("b1", "b1")


def test_the_level_that_counts_is_the_one_that_is_shown(case):
    known_fact(case.person, "german", skill="all", level="unknown")
    for skill in ("listening", "reading", "speaking", "writing"):
        known_fact(case.person, "german", skill=skill, level="a2" if skill == "writing" else "b1")
    found = needed(case)
    assert found.need.german == "a2" and "Schreiben A2" in said(found, Condition.GERMAN) and "nicht" not in said(found, Condition.GERMAN)


def test_what_was_struck_or_corrected_is_not_used(case):
    from faden.persons.actions import facts

    row = known_fact(case.person, "residence", paper="duldung_60a", known_from="seen")
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        facts.strike(row, by=by, on=clock.today(), at=clock.now())
    assert needed(case).need.paper is None


def test_the_address_of_the_day_comes_before_the_noted_town(case):
    first = clock.today() + timedelta(days=10)
    known_fact(case.person, "address", Period(first), municipality=BORKEN, street="Musterweg 1")
    assert needed(case).need.town == AHAUS
    assert needed(case, days=10).need.town == BORKEN
    assert "Musterweg" not in str(needed(case, days=10).need)


@pytest.mark.parametrize("where", [{"place": "Hamburg"}, {"postcode": "20095"}, {"country": "423", "place": "Herat"}])
def test_who_moved_out_of_the_region_has_no_known_town(case, where):
    first = clock.today() + timedelta(days=10)
    known_fact(case.person, "address", Period(first), **where)
    assert needed(case).need.town == AHAUS
    found = needed(case, days=10)
    assert found.need.town is found.need.point is None and Condition.TOWN not in known(found) and found.town == ""
    assert "Nordrhein-Westfalen" in said(found, Condition.TOWN) and "Ahaus" not in said(found, Condition.TOWN)


def test_a_protected_address_is_neither_used_nor_shown(case):
    known_fact(case.person, "address", municipality=BORKEN, street="Geheimweg 1")
    mark(AMAL, case.person)
    found = needed(case)
    assert found.need.town is found.need.point is None and found.town == "" and found.town_is_guarded
    assert "Schutzvermerk" in said(found, Condition.TOWN)
    assert "Borken" not in str(found) and "Ahaus" not in str(found) and BORKEN not in str(found)
    asked = needed(case, town=AHAUS)
    assert asked.need.town == AHAUS and asked.town_is_guarded, "what is told for one search counts"


def test_beside_a_protected_person_nobodys_town_is_used(case):
    child = add_member(case, "Yusuf", born="12.04.2015")
    changed(child, municipality_id=BORKEN)
    assert needed(case, person=child.id).need.town == BORKEN
    mark(AMAL, case.person)
    assert needed(case, person=child.id).need.town is None


def test_a_small_child_is_a_reason_to_ask_and_decides_nothing(case):
    from faden.persons.actions.families import form

    child = add_member(case, "Mila", born=f"01.01.{clock.today().year - 3}")
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        form("household", [case.person_id, child.id], by=by, on=clock.today(), at=clock.now())
    found = needed(case)
    assert found.need.needs_childcare is None and "Kind unter 6 ohne Betreuungsplatz" in said(found, Condition.CHILDCARE)
    assert "Mila" not in str(found)
    known_fact(child, "occupation", kind="childcare", what="Kita")
    assert "Kind unter 6" not in said(needed(case), Condition.CHILDCARE)
    assert needed(case, childcare=True).need.needs_childcare is True and needed(case, childcare=False).need.needs_childcare is False


def test_a_child_that_belongs_to_another_case_is_not_told_of(case):
    from faden.persons.actions.families import form

    other = open_a_case(family="Rahimi")
    child = add_member(other, "Mila", born=f"01.01.{clock.today().year - 3}")
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        form("household", [case.person_id, child.id], by=by, on=clock.today(), at=clock.now())
    assert "Kind unter 6" not in said(needed(case), Condition.CHILDCARE)


def test_a_childs_need_goes_by_the_childs_own_facts(case):
    child = add_member(case, "Yusuf", born="12.04.2015")
    known_fact(case.person, "residence", paper="duldung_60a", known_from="seen")
    found = needed(case, person=child.id)
    assert found.need.paper is None and found.need.born == (date(2015, 4, 12), date(2015, 4, 12))


def test_a_future_arrival_goes_by_the_town_she_is_expected_in(case):
    changed(case.person, expected_on=clock.today() + timedelta(days=90))
    known_fact(case.person, "residence", paper="not_entered")
    known_fact(case.person, "address", country="423", place="Herat")
    found = needed(case, days=90)
    assert found.need.town == AHAUS and "erwarteter Wohnort" in said(found, Condition.TOWN)
    assert found.need.paper is None and "Noch nicht eingereist" in said(found, Condition.RESIDENCE)
    assert found.need.german is None


def test_one_or_three_cost_the_same(case):
    children = [add_member(case, name, born="12.04.2021") for name in ("Yusuf", "Mila", "Samir")]
    for child in children:
        known_fact(child, "residence", paper="duldung_60a", known_from="seen")
        known_fact(child, "address", municipality=BORKEN)
    alone, family = cost(case, [case.person_id]), cost(case, [case.person_id, *(child.id for child in children)])
    assert (alone, family) == (9, 9)


def test_a_household_costs_one_statement_more(case):
    from faden.persons.actions.families import form

    by, people = actor_of(AMAL), [add_member(case, name, born="12.04.2021").id for name in ("Yusuf", "Mila", "Samir")]
    with opened_for(by, write=True):
        form("household", [case.person_id, *people], by=by, on=clock.today(), at=clock.now())
    assert cost(case, [case.person_id]) == 10


def cost(case, people):
    """How many statements it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.referrals.queries.needs import Sought, needs_of

    with opened_for(actor_of(AMAL), write=False), CaptureQueriesContext(connection) as captured:
        needs_of([Sought(case.id, one, "language", clock.today()) for one in people], today=clock.today())
    return len(captured)
