"""One role and one service at a time."""

from datetime import timedelta

import pytest
from django.test import Client

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.accounts.signing import AMAL, deeds, sign_in
from tests.desk_client import membership_of, text_of

KARIN = "karin@ki-kreis-borken.example"


@pytest.fixture
def karin_twice(own_database):
    """Coordinates for the county and works on cases for Ahaus."""
    from faden.organisations.models import Membership

    karin, ahaus = membership_of(KARIN), membership_of(AMAL).organisation
    with opened_for(Actor.system(ahaus.id), write=True):
        second = Membership.objects.create(
            organisation=ahaus, user=karin.user, role="case_manager", name="Karin Überblick",
            since=clock.today() - timedelta(days=10),
        )
    return karin, second


def test_with_two_roles_one_is_asked(karin_twice):
    coordination, case_work = karin_twice
    client, _ = sign_in(KARIN)
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/rolle/"
    page = text_of(client.get("/rolle/"))
    assert "Caritas Ahaus" in page and "Kommunales Integrationszentrum" in page
    assert "Steuert Strukturen" in page, "each role says what it is for"
    assert client.post("/rolle/", {"membership": str(case_work.id)}).headers["Location"] == "/"
    assert "Case Management" in text_of(client.get("/tag/"))
    assert client.get("/ueberblick/").status_code == 403
    assert deeds(case_work.organisation_id) == ["role.taken"]
    assert deeds(coordination.organisation_id) == []


def test_switching_leaves_the_old_role_behind(karin_twice):
    coordination, case_work = karin_twice
    client, _ = sign_in(KARIN)
    client.post("/rolle/", {"membership": str(case_work.id)})
    client.post("/rolle/", {"membership": str(coordination.id)})
    assert client.get("/ueberblick/").status_code == 200
    assert client.get("/tag/").status_code == 403
    assert client.post("/rolle/wechseln/").headers["Location"] == "/rolle/"
    assert client.get("/ueberblick/").headers["Location"] == "/rolle/"


def test_looking_at_the_choice_takes_nothing(karin_twice):
    client, _ = sign_in(KARIN)
    client.get("/rolle/")
    assert "membership" not in client.session
    assert deeds(karin_twice[0].organisation_id) == []


def test_nobody_takes_the_role_of_another(own_database):
    client, _ = sign_in(AMAL)
    lena = membership_of("lena@caritas-ahaus.example")
    for wrong in (str(lena.id), "", "x"):
        assert client.post("/rolle/", {"membership": wrong}).status_code == 404
    assert client.session["role"] == "case_manager"


def test_a_membership_that_ends_in_mid_session_is_out_at_once(own_database):
    from faden.organisations.actions import memberships
    from tests.desk_client import actor_of

    client, _ = sign_in(AMAL)
    assert client.get("/tag/").status_code == 200
    admin, amal = actor_of("verwaltung@caritas-ahaus.example"), membership_of(AMAL)
    with opened_for(admin, write=True):
        memberships.end(amal.id, on=None, by=admin, at=clock.now(), today=clock.today())
    assert client.get("/tag/").headers["Location"] == "/rolle/"
    assert "Zurzeit haben Sie keinen Zugang" in text_of(client.get("/rolle/"))


def test_a_role_is_not_taken_when_it_cannot_be_noted(own_database, monkeypatch):
    from faden.kernel import audit

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "note", fail)
    client = Client()
    with pytest.raises(RuntimeError):
        sign_in(AMAL, client=client)
    assert "membership" not in client.session


def test_the_choice_is_for_the_signed_in(own_database):
    assert Client().get("/rolle/").headers["Location"].startswith("/konto/anmelden/")
