"""An evaluation: one occasion, one case, two people, read-only, seven days."""

import pytest
from django.db import IntegrityError, connection
from tests.case_making import open_a_case
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.oversight.conftest import (
    AMAL,
    ANTON,
    BERND,
    DILAN,
    DORIT,
    LENA,
    ask,
    give_role,
    state_of,
)


def test_before_a_second_person_agreed_nothing_opens(case, asked):
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    dilan = signed_in(DILAN)
    page = dilan.get(asked)
    assert page.status_code == 200
    assert "wartet auf die zweite Person" in text_of(page)
    assert "Amal" not in text_of(page)
    refused = dilan.get(f"/faelle/{case.id}/")
    assert refused.status_code == 403
    assert "Schewtschenko" not in refused.content.decode()


def test_confirmed_it_opens_the_looks_with_names_and_the_case(case, opened):
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    dilan = signed_in(DILAN)
    page = text_of(dilan.get(opened))
    assert "Amal Testin Case Management" in page and "führt den Fall" in page
    assert "Lena Muster" in page, "who confirmed"
    seen = dilan.get(f"/faelle/{case.id}/")
    assert seen.status_code == 200
    assert "Schewtschenko" in seen.content.decode()
    assert "Bestätigte Auswertung" in text_of(seen)


def test_a_look_in_a_list_counts_as_a_look_at_the_case(case, opened):
    signed_in(AMAL).get("/faelle/")
    signed_in(BERND).get("/faelle/")
    page = text_of(signed_in(DILAN).get(opened))
    assert "Amal Testin Case Management Liste, 1 Eintrag Meine Fälle" in page
    assert "Bernd" not in page, "his list did not show this case"


def test_a_search_that_showed_the_person_counts_too(case, opened):
    found = signed_in(BERND).post("/suche/ergebnis/", {"name": "Schewtschenko, Oleksandra"})
    assert case.number in text_of(found)
    assert "Bernd Beispiel Case Management Suche, 1 Eintrag" in text_of(signed_in(DILAN).get(opened))


@pytest.mark.parametrize("part", ["kontakte/neu/", "aufgaben/neu/", "arbeitsnotizen/neu/", "phase/", "dokumente/neu/"])
def test_the_case_can_only_be_read(case, opened, part):
    answer = signed_in(DILAN).post(f"/faelle/{case.id}/{part}", keyed(text="nicht erlaubt", title="nicht erlaubt"))
    assert answer.status_code == 403
    assert "nur zum Lesen" in text_of(answer)


def test_another_case_stays_closed(case, opened):
    other = open_a_case(BERND, family="Andere")
    assert signed_in(DILAN).get(f"/faelle/{other.id}/").status_code == 403


def test_the_seventh_day_is_open_and_the_eighth_is_not(case, opened):
    from faden.kernel import clock

    signed_in(AMAL).get(f"/faelle/{case.id}/")
    clock.set_forward(7)
    dilan = signed_in(DILAN)
    assert dilan.get(f"/faelle/{case.id}/").status_code == 200
    assert "Amal Testin" in text_of(dilan.get(opened))
    clock.set_forward(8)
    dilan = signed_in(DILAN)
    assert dilan.get(f"/faelle/{case.id}/").status_code == 403
    page = text_of(dilan.get(opened))
    assert "Amal Testin" not in page and "Frist abgelaufen" in page


def test_ending_early_closes_at_once(case, opened):
    dilan = signed_in(DILAN)
    assert dilan.get(f"/faelle/{case.id}/").status_code == 200
    assert dilan.post(opened + "ende/", keyed()).status_code == 303
    assert dilan.get(f"/faelle/{case.id}/").status_code == 403
    assert state_of(opened) == "ended"
    assert dilan.post(opened + "ende/", keyed()).status_code == 403, "it is over"


def test_nobody_confirms_her_own_request_in_whatever_role(case, asked):
    for role in ("team_lead", "administrator"):
        give_role(DILAN, role)
        other_self = signed_in(DILAN, role=role)
        page = text_of(other_self.get("/auswertungen/bestaetigen/"))
        assert case.number in page and "Sie haben diese Auswertung selbst beantragt" in page
        for decision in ("bestaetigung/", "ablehnung/"):
            answer = other_self.post(asked + decision, keyed())
            assert answer.status_code == 403
            assert "eine andere Person" in text_of(answer)
    assert state_of(asked) == "asked"
    assert signed_in(DILAN, role="dpo").get(f"/faelle/{case.id}/").status_code == 403


def test_the_database_refuses_it_too(case, asked, owner):
    actor = actor_of(DILAN)
    with pytest.raises(Exception, match="the_second_person_is_another_one"):
        owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(actor.organisation_id)])
        owner.execute(
            "UPDATE oversight_oversightmatter SET confirmed_by = asked_by, confirmed_at = now(), until = current_date"
        )


@pytest.mark.parametrize("email", [AMAL, DILAN])
def test_only_team_lead_and_administration_decide(asked, email):
    client = signed_in(email)
    assert client.get("/auswertungen/bestaetigen/").status_code == 403
    assert client.post(asked + "bestaetigung/", keyed()).status_code == 403
    assert state_of(asked) == "asked"


@pytest.mark.parametrize("email", [AMAL, DILAN, DORIT])
@pytest.mark.parametrize("verb", ["confirm", "refuse"])
def test_the_verbs_ask_for_themselves_who_may(asked, verb, email):
    """Also where no door stands before them, in a job or a later interface."""
    from faden.kernel import clock
    from faden.kernel.errors import FadenError
    from faden.kernel.rls import opened_for
    from faden.oversight import actions
    from faden.oversight.models import OversightMatter

    with opened_for(actor_of(LENA), write=False):
        matter = OversightMatter.objects.get()
    actor = actor_of(email)
    with pytest.raises((FadenError, OversightMatter.DoesNotExist)), opened_for(actor, write=True):
        getattr(actions, verb)(matter, by=actor, on=clock.today(), at=clock.now())
    assert state_of(asked) == "asked"


@pytest.mark.parametrize("email", [AMAL, LENA, ANTON])
def test_only_the_officer_asks(case, email):
    from faden.kernel import clock
    from faden.kernel.errors import NotAllowed
    from faden.kernel.rls import opened_for
    from faden.oversight import actions
    from faden.oversight.vocabulary import Occasion

    actor, values = actor_of(email), {"occasion": Occasion.INCIDENT, "words": "x", "on": clock.today(), "at": clock.now()}
    with pytest.raises(NotAllowed), opened_for(actor, write=True):
        actions.ask(number=case.number, by=actor, **values)
    assert signed_in(email).post("/auswertungen/neu/", keyed(occasion="incident", number=case.number, words="x")).status_code == 403


def test_the_administrator_confirms_without_seeing_anything(case, asked):
    anton = signed_in(ANTON)
    page = anton.get("/auswertungen/bestaetigen/")
    assert case.number in text_of(page) and "Beschwerde einer betroffenen Person" in text_of(page)
    assert "Schewtschenko" not in page.content.decode()
    assert anton.post(asked + "bestaetigung/", keyed()).status_code == 303
    assert state_of(asked) == "open"
    for closed in (f"/faelle/{case.id}/", "/zugriffe/", "/zugriffe/vorgaenge/", "/auswertungen/", asked, "/faelle/"):
        assert anton.get(closed).status_code == 403, closed


def test_refused_means_closed_for_good(case, asked):
    lena = signed_in(LENA)
    assert lena.post(asked + "ablehnung/", keyed()).status_code == 303
    assert state_of(asked) == "refused"
    late = lena.post(asked + "bestaetigung/", keyed())
    assert late.status_code == 403 and "schon entschieden" in text_of(late)
    assert signed_in(DILAN).get(f"/faelle/{case.id}/").status_code == 403
    assert "abgelehnt" in text_of(signed_in(DILAN).get(asked))


def test_a_request_taken_back_cannot_be_confirmed(asked):
    assert signed_in(DILAN).post(asked + "ende/", keyed()).status_code == 303
    assert state_of(asked) == "withdrawn"
    assert signed_in(LENA).post(asked + "bestaetigung/", keyed()).status_code == 403
    assert "Nichts wartet auf Sie" in text_of(signed_in(LENA).get("/auswertungen/bestaetigen/"))


def test_another_service_does_not_know_it(case, opened):
    dorit = signed_in(DORIT)
    assert dorit.get(opened).status_code == 404
    assert dorit.post(opened + "ende/", keyed()).status_code == 404
    assert dorit.get(f"/faelle/{case.id}/").status_code == 404
    assert case.number not in text_of(dorit.get("/auswertungen/"))
    unknown = dorit.post("/auswertungen/neu/", keyed(occasion="incident", number=case.number, words="Verdacht"))
    assert unknown.status_code == 422 and "gibt es hier nicht" in text_of(unknown)


def test_a_second_officer_of_the_service_sees_neither_names_nor_case(case, opened):
    give_role(BERND, "dpo")
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    other = signed_in(BERND, role="dpo")
    page = other.get(opened)
    assert page.status_code == 200 and "Amal Testin" not in text_of(page)
    assert other.get(f"/faelle/{case.id}/").status_code == 403
    assert other.post(opened + "ende/", keyed()).status_code == 403


def test_who_asked_sees_the_case_in_that_role_only(case, opened):
    give_role(DILAN, "coordinator")
    assert signed_in(DILAN, role="coordinator").get(f"/faelle/{case.id}/").status_code == 403


def test_one_evaluation_per_case_at_a_time(case, opened):
    again = signed_in(DILAN).post("/auswertungen/neu/", keyed(occasion="incident", number=case.number, words="noch einmal"))
    assert again.status_code == 422 and "haben Sie schon eine Auswertung" in text_of(again)
    signed_in(DILAN).post(opened + "ende/", keyed())
    assert ask(case.number) != opened


def test_each_step_is_a_deed_with_its_sentence(case, opened):
    signed_in(DILAN).post(opened + "ende/", keyed())
    deeds = text_of(signed_in(DILAN).get(f"/zugriffe/vorgaenge/?number={case.number}"))
    for sentence in (
        f"Datenschutz hat eine Auswertung beantragt {case.number}",
        f"Teamleitung hat eine Auswertung bestätigt {case.number}",
        f"Datenschutz hat eine Auswertung beendet {case.number}",
    ):
        assert sentence in deeds


@pytest.mark.parametrize("decision", ["bestaetigung/", "ablehnung/", "ende/"])
def test_what_cannot_be_noted_does_not_happen(asked, decision, monkeypatch):
    from faden.oversight import actions

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(actions.audit, "note", broken)
    client = signed_in(DILAN if decision == "ende/" else LENA)
    with pytest.raises(RuntimeError):
        client.post(asked + decision, keyed())
    assert state_of(asked) == "asked"


def test_two_waiting_requests_have_forms_of_their_own(case, asked):
    import re

    ask(open_a_case(BERND, family="Zweite").number)
    page = signed_in(LENA).get("/auswertungen/bestaetigen/").content.decode()
    keys = re.findall(r'name="form_key" value="([^"]+)"', page)
    assert len(keys) == len(set(keys)) == 4


@pytest.mark.parametrize("path", ["/auswertungen/", "/auswertungen/bestaetigen/"])
def test_lists_cost_the_same_for_one_and_for_many(case, asked, path, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    client = signed_in(DILAN if path == "/auswertungen/" else LENA)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for name in ("Zwei", "Drei", "Vier"):
        ask(open_a_case(BERND, family=name).number)
    with CaptureQueriesContext(connection) as four:
        assert client.get(path).content.decode().count("AH-2026-") >= 4
    assert len(one) == len(four)


def test_an_ended_matter_says_by_whom(asked):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.oversight.models import OversightMatter

    with pytest.raises(IntegrityError, match="an_ended_matter_says_by_whom"), opened_for(actor_of(DILAN), write=True):
        OversightMatter.objects.update(ended_at=clock.now())
