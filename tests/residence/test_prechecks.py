"""Vorprüfung: only what the paths need is asked, prefilled with its source; what is settled in the conversation is written nowhere."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from faden.kernel import clock
from faden.kernel.rls import opened_for
from faden.persons.rules.periods import Period
from tests.case_making import add_member, fact, open_a_case
from tests.cast import AMAL, BERND, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.stored import everything_stored, tables_that_say

SINCE = Period(date(2018, 3, 1))


@pytest.fixture
def case(own_database: str) -> Any:
    made = open_a_case()
    fact(AMAL.email, made.person, "residence", SINCE, paper="duldung_60a")
    return made


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def at(name: str, case: Any, person: Any = None) -> str:
    return reverse(name, args=[case.id, person.id if person else case.person_id])


def chosen(amal: Any, case: Any, *paths: str) -> str:
    answer = amal.post(at("residence-paths", case), keyed(paths=list(paths)))
    assert answer.status_code == 303, text_of(answer)
    return str(amal.get(at("residence-questions", case)).content.decode())


def answered(amal: Any, case: Any, **values: Any) -> Any:
    html = amal.get(at("residence-questions", case)).content.decode()
    version = re.findall(r'name="version" value="(\d+)"', html)[0]
    return amal.post(at("residence-questions", case), keyed(version=version, **values))


def row_of(case: Any) -> Any:
    from faden.residence.models import Precheck

    with opened_for(actor_of(AMAL.email), write=False):
        row = Precheck.objects.get(case=case)
        return row.answers, row.paths


# ---------- asked and kept ----------


def test_who_has_chosen_nothing_chooses_first_and_is_asked_only_what_that_path_needs(amal, case):
    first = amal.get(at("residence", case))
    assert first.status_code in {302, 303}
    html = chosen(amal, case, "25b")
    for asked in ("language", "civics.test_passed", "livelihood.share_by_work"):
        assert f'name="{asked}' in html, asked
    for not_asked in ("job_offer", "pension_months", "qualification", "training"):
        assert f'name="{not_asked}' not in html, not_asked
    assert "Papier" in html and "notiert am" in html, "what is known stands there with its source"
    assert 'name="stays/' not in html, "the file knows the papers"
    assert 'name="convictions' not in html and "identity.deception" not in html, "what accuses is never asked to be written down"


def test_answers_are_kept_and_gone_on_with(amal, case):
    chosen(amal, case, "25b")
    done = answered(
        amal, case, **{"livelihood.share_by_work": "80", "language/n1/level": "A2", "language/n1/skill": "oral", "language/n1/proof": "2025-03-01", "civics.test_passed": "2025-05-01"},
    )  # fmt: skip
    assert done.status_code == 303, text_of(done)
    words = text_of(amal.get(at("residence", case)))
    assert "80 %" in words and "A2, Bereich Sprechen" in words and "01.05.2025" in words
    html = amal.get(at("residence-questions", case)).content.decode()
    assert re.search(r'name="livelihood.share_by_work"[^>]*value="80"', html) and 'value="2025-03-01"' in html
    assert answered(amal, case, **{"language/n1/level": "A2", "civics.test_passed": "2025-05-01"}).status_code == 303
    assert "80 %" not in text_of(amal.get(at("residence", case))), "what is cleared is cleared"


def test_a_job_of_the_file_is_told_more_about_but_not_told_otherwise(amal, case):
    fact(AMAL.email, case.person, "occupation", Period(date(2024, 1, 1)), kind="work", what="Lager", hours_a_week=39)
    html = chosen(amal, case, "60d")
    [ref] = set(re.findall(r'name="work/([0-9a-f-]{36})/insured"', html))
    assert f'name="work/{ref}/hours_per_week"' not in html, "the file says it"
    assert answered(amal, case, **{f"work/{ref}/insured": "yes"}).status_code == 303
    assert "Stunden je Woche 39, sozialversichert ja" in text_of(amal.get(at("residence", case)))


def test_a_paper_known_only_by_its_group_is_asked_and_until_then_no_time_counts(amal, own_database):
    case = open_a_case(family="Beispiel", given="Berivan")
    fact(AMAL.email, case.person, "residence", SINCE, paper="ae_18")
    html = chosen(amal, case, "18c")
    assert "In der Akte fehlt etwas" in html
    [ref] = set(re.findall(r'name="stays/([0-9a-f-]{36})/kind"', html))
    assert answered(amal, case, **{f"stays/{ref}/kind": "ae_18a"}).status_code == 303
    assert "Aufenthaltserlaubnis § 18a" in text_of(amal.get(at("residence", case)))


def test_what_no_calendar_allows_is_said_and_nothing_typed_is_lost(amal, case):
    chosen(amal, case, "25b")
    wrong = answered(amal, case, **{"language/n1/skill": "oral", "livelihood.share_by_work": "130"})
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "Bitte ausfüllen" in text_of(wrong) and 'value="130"' in html
    assert row_of(case)[0] is None


def test_two_people_do_not_overwrite_each_other(amal, case):
    chosen(amal, case, "25b")
    html = amal.get(at("residence-questions", case)).content.decode()
    version = re.findall(r'name="version" value="(\d+)"', html)[0]
    first = {"version": version, "livelihood.share_by_work": "80"}
    assert amal.post(at("residence-questions", case), keyed(**first)).status_code == 303
    assert amal.post(at("residence-questions", case), keyed(**{**first, "livelihood.share_by_work": "20"})).status_code == 409


# ---------- im Gespräch geklärt ----------

SETTLED = {"jetzt-geklaert/convictions": "on", "jetzt-geklaert/identity": "on", "jetzt-livelihood.share_by_work": "73"}


def test_what_was_settled_in_the_conversation_counts_for_this_view_and_stands_nowhere(amal, case):
    chosen(amal, case, "25b")
    assert answered(amal, case, **{"livelihood.share_by_work": "60"}).status_code == 303
    before, page_before = everything_stored(), text_of(amal.get(at("residence", case)))
    view = amal.post(at("residence-at-once", case), SETTLED)
    assert view.status_code == 200, text_of(view)
    words = text_of(view)
    assert "im Gespräch geklärt; vorausgesetzt ist, dass nichts entgegensteht" in words and "73 %" in words
    assert everything_stored() == before
    assert row_of(case)[0] == '{"facts": {"livelihood.share_by_work": 0.6}, "rows": {}}'
    assert text_of(amal.get(at("residence", case))) == page_before, "no page afterwards"
    for where in ("residence-paper", "residence-questions"):
        after = text_of(amal.get(at(where, case)))
        assert "vorausgesetzt ist" not in after and "73" not in after, where
    for said in ("asked_in_conversation", "geklaert", 'share_by_work": 0.73'):
        assert tables_that_say(said) == [], said


def test_an_accusing_answer_is_not_kept_by_any_way_in(amal, case):
    chosen(amal, case, "25b")
    tried = {"convictions/n1/kind": "fine", "convictions/n1/daily_rates": "60", "identity.deception": "yes", "held.proceedings": "yes", "livelihood.share_by_work": "60"}
    assert answered(amal, case, **tried).status_code == 303
    assert row_of(case)[0] == '{"facts": {"livelihood.share_by_work": 0.6}, "rows": {}}'
    amal.post(reverse("draft"), {"draft_name": at("residence-questions", case), "jetzt-convictions/n1/kind": "fine", "jetzt-geklaert/identity": "on"})
    assert tables_that_say("jetzt-") == []


def test_the_verb_itself_drops_what_is_never_kept(case):
    from faden.residence.rules.answers import Answers

    told = Answers({"convictions": "none", "identity.deception": True, "held.abuse": True, "pension_months": 3}, {"convictions": {"n1": {"kind": "fine"}}, "absences": {"n1": {"from": "2024-01-01", "permitted": True}}})  # fmt: skip
    assert told.to_json() == '{"facts": {"pension_months": 3}, "rows": {"absences": {"n1": {"from": "2024-01-01"}}}}'


def test_a_value_reads_as_people_say_it():
    from faden.residence.rules.lines import lines_of

    told = {"livelihood": {"benefits": "none", "share_by_work": 0.5}, "stays": [{"kind": "ae_23_1", "from": "2024-01-02"}], "convictions": "none", "held": {"abuse": True}, "absences": "none", "exceptions": {"hardship": "unknown"}}  # fmt: skip
    found = [(line.key, line.value) for line in lines_of(told)]
    assert found == [("stays[0]", "Aufenthaltserlaubnis § 23 Abs. 1, von 02.01.2024"), ("absences", "keine"), ("livelihood.share_by_work", "50 %"), ("livelihood.benefits", "keine")]  # fmt: skip
    assert [line.value for line in lines_of(told, "en")][1:] == ["none", "50 %", "none"]


def test_what_would_be_on_another_day(amal, case):
    chosen(amal, case, "25b")
    early = amal.post(at("residence-at-once", case), {"jetzt-am": "2023-01-15", "jetzt-household.children/none": "on"})
    assert "gerechnet für den 15.01.2023" in text_of(early) and "01.03.2024" in text_of(early)


# ---------- steps ----------


def test_a_gap_becomes_a_step_with_its_day_in_one_click(amal, case):
    chosen(amal, case, "25b")
    html = amal.get(at("residence", case)).content.decode()
    form = re.search(r'name="bedingung" value="25b.1.2.nr4"><input type="hidden" name="bis" value="([\d-]+)"', html)
    assert form
    values = {"weg": "25b", "bedingung": "25b.1.2.nr4", "bis": form[1]}
    made = amal.post(at("residence-step", case), keyed(**values))
    assert made.status_code == 303
    words = text_of(amal.get(made["Location"]))
    assert "Mündliches Deutsch" in words or "A2" in words
    again = amal.post(at("residence-step", case), keyed(**values))
    assert again["Location"] == made["Location"]
    from faden.chains.models import ChainStep

    with opened_for(actor_of(AMAL.email), write=False):
        steps = list(ChainStep.objects.filter(case=case, law__contains="25b"))
    assert len(steps) == 1 and steps[0].due_on and steps[0].due_on.isoformat() == form[1] and steps[0].documents
    assert amal.post(at("residence-step", case), keyed(weg="25b", bedingung="25b.2.nr2")).status_code == 422, "what bars is no step"


# ---------- the others ----------


def test_what_the_others_see(amal, case):
    chosen(amal, case, "25b")
    answered(amal, case, **{"livelihood.share_by_work": "80"})
    for name, browser in everybody().items():
        pages = [browser.get(at(one, case)) for one in ("residence", "residence-questions", "residence-paths", "residence-paper")]
        pages.append(browser.post(at("residence-at-once", case), SETTLED))
        if name == "Amal":
            assert [one.status_code for one in pages] == [200] * 5
        else:
            assert all(one.status_code in {302, 403, 404} for one in pages), (name, [one.status_code for one in pages])
            assert not any("80 %" in text_of(one) for one in pages)


def test_a_child_of_the_case_counts_and_of_one_in_another_case_nothing_is_told(amal, case):
    from faden.persons.actions.families import form, note_kinship
    from faden.persons.vocabulary import GroupKind, Relation
    from faden.residence.queries.known import known_of

    child = add_member(case, "Mila", born="04.05.2015")
    elsewhere = open_a_case(family="Fremd", given="Kind").person
    by, now = actor_of(AMAL.email), clock.now()
    with opened_for(by, write=True):
        for one in (child, elsewhere):
            note_kinship(one, Relation.CHILD, case.person, by=by, at=now)
        form(GroupKind.HOUSEHOLD, [case.person_id, child.id], by=by, on=clock.today(), at=now)
    with opened_for(by, write=False):
        known = known_of([(case.id, case.person_id)], on=clock.today())[case.id, case.person_id]
    assert known.facts["household"]["children"] == [{"living_with": True, "birth_date": "2015-05-04"}]
    assert known.facts["household"]["minor_child_living_with"] is True and known.sources["household.children"] == "Familie in der Akte"
    html = chosen(amal, case, "25b")
    assert f'name="household.children/{child.id}/attends_school"' in html and str(elsewhere.id) not in html


def test_as_many_statements_for_one_person_as_for_six(case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.residence.queries.known import known_of

    people = [case.person, *(add_member(case, f"Kind{number}", born=f"0{number}.05.2015") for number in range(1, 6))]
    counts = []
    for asked in (people[:1], people):
        with opened_for(actor_of(AMAL.email), write=False), CaptureQueriesContext(connection) as found:
            known_of([(case.id, one.id) for one in asked], on=clock.today())
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12, counts


def test_bernd_in_the_same_team_reads_nothing(case):
    assert signed_in(BERND.email).get(at("residence", case)).status_code in {403, 404}


def test_the_files_codes_for_states_are_the_rules_codes(case):
    from faden.persons.codes import ISO, NATIONALITIES
    from faden.persons.models import Person
    from faden.residence.queries.known import known_of

    with opened_for(actor_of(AMAL.email), write=True):
        Person.objects.filter(id=case.person_id).update(nationalities=["475"])
        assert known_of([(case.id, case.person_id)], on=clock.today())[case.id, case.person_id].facts["person"]["nationality"] == "SYR"
    without = {NATIONALITIES[code].name for code in NATIONALITIES.keys() - ISO.keys()}
    assert {"Jugoslawien", "Sowjetunion"} <= without and not without & {"Russische Föderation", "Moldau", "Syrien", "Ukraine", "staatenlos"}
