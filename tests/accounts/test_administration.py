"""Running the accounts of a service: no content, and never without an administrator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict
from faden.kernel.rls import opened_for
from faden.organisations import rules
from faden.organisations.vocabulary import DESK_KINDS, STAY_KINDS, Kind
from tests.accounts.signing import AMAL, ANTON, deeds, sign_in
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of


@pytest.fixture
def anton(own_database):
    return signed_in(ANTON)


def second_administrator() -> object:
    """Bernd helps Anton out."""
    from faden.organisations.models import Membership

    bernd = membership_of("bernd@caritas-ahaus.example")
    with opened_for(Actor.system(bernd.organisation_id), write=True):
        return Membership.objects.create(
            organisation_id=bernd.organisation_id, user=bernd.user, role="administrator", name=bernd.name,
            since=clock.today() - timedelta(days=1),
        )


def test_the_list_shows_people_of_this_service_only(anton):
    page = text_of(anton.get("/konten/"))
    for name in ("Amal Testin", "Bernd Beispiel", "Lena Muster", "Anton Konto"):
        assert name in page
    assert "Cem Vorlage" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(anton, people, django_assert_num_queries):
    from tests.accounts.test_invitations import invited

    for number in range(people):
        invited(anton, email=f"neu{number}@x.example")
    with django_assert_num_queries(9):
        anton.get("/konten/")


def test_somebody_is_out_at_once(anton):
    amal, _ = sign_in(AMAL)
    answer = anton.post(f"/konten/{membership_of(AMAL).id}/ende/", keyed())
    assert answer.status_code == 303, text_of(answer)
    assert amal.get("/tag/").headers["Location"] == "/rolle/"
    assert "1 früherer Zugang" in text_of(anton.get("/konten/"))
    assert deeds(membership_of(ANTON).organisation_id)[-1] == "account.membership_ended"


def test_somebody_may_stay_until_a_day(anton):
    last = clock.today() + timedelta(days=3)
    anton.post(f"/konten/{membership_of(AMAL).id}/ende/", keyed(last_day=last.isoformat()))
    assert membership_of(AMAL).until == last
    assert signed_in(AMAL).get("/tag/").status_code == 200
    past = clock.today() - timedelta(days=3)
    refused = anton.post(f"/konten/{membership_of('lena@caritas-ahaus.example').id}/ende/", keyed(last_day=past.isoformat()))
    assert refused.status_code == 422 and "Vergangenheit" in text_of(refused)


def test_the_last_administrator_stays(anton):
    own = membership_of(ANTON).id
    for last_day in ("", (clock.today() + timedelta(days=30)).isoformat()):
        answer = anton.post(f"/konten/{own}/ende/", keyed(last_day=last_day))
        assert answer.status_code == 422
        assert "Das ist der letzte Zugang zur Verwaltung der Konten." in text_of(answer)
    assert anton.get("/konten/").status_code == 200
    second_administrator()
    assert anton.post(f"/konten/{own}/ende/", keyed()).status_code == 303, "her own, when another stays"
    assert anton.get("/konten/").headers["Location"] == "/rolle/"


def test_an_administrator_who_leaves_soon_is_not_enough(anton):
    second = second_administrator()
    in_three_days = (clock.today() + timedelta(days=3)).isoformat()
    assert anton.post(f"/konten/{second.id}/ende/", keyed(last_day=in_three_days)).status_code == 303
    in_a_week = (clock.today() + timedelta(days=7)).isoformat()
    assert anton.post(f"/konten/{membership_of(ANTON).id}/ende/", keyed(last_day=in_a_week)).status_code == 422
    today = clock.today().isoformat()
    assert anton.post(f"/konten/{membership_of(ANTON).id}/ende/", keyed(last_day=today)).status_code == 303


def test_two_administrators_who_end_each_other_at_once(own_database):
    from faden.organisations.actions import memberships

    anton, second = actor_of(ANTON), second_administrator()
    bernd = Actor(
        organisation_id=anton.organisation_id, user_id=second.user_id, role="administrator",
        membership_id=str(second.id),
    )

    def end(by: Actor, other: str) -> str:
        try:
            with opened_for(by, write=True):
                memberships.end(other, on=None, by=by, at=clock.now(), today=clock.today())
                import time

                time.sleep(0.3)
        except Conflict as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "ended"

    from uuid import UUID

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(end, (anton, bernd), (second.id, UUID(anton.membership_id))))
    assert sorted(answer == "ended" for answer in answers) == [False, True], answers


def test_a_role_given_today_ends_today(anton):
    from tests.accounts.test_invitations import GOOD, invited

    path = invited(anton)
    from django.test import Client

    Client().post(path, {"password1": GOOD, "password2": GOOD})
    nele, _ = sign_in("nele@caritas-ahaus.example", GOOD)
    assert anton.post(f"/konten/{membership_of('nele@caritas-ahaus.example').id}/ende/", keyed()).status_code == 303
    assert nele.get("/tag/").headers["Location"] == "/rolle/"
    assert invited(anton), "she can be invited again"


def test_another_services_people_are_not_there(anton):
    cem = membership_of("cem@drk-gronau.example").id
    assert anton.get(f"/konten/{cem}/").status_code == 404
    assert anton.post(f"/konten/{cem}/ende/", keyed()).status_code == 404
    assert anton.post(f"/konten/{cem}/team/", keyed()).status_code == 404
    assert membership_of("cem@drk-gronau.example").until is None


def test_teams(anton):
    assert anton.post("/konten/teams/", keyed(name="Südkreis")).status_code == 303
    again = anton.post("/konten/teams/", keyed(name="südkreis"))
    assert again.status_code == 422 and "gibt es schon" in text_of(again)
    from faden.organisations.models import Team

    admin = actor_of(ANTON)
    with opened_for(admin, write=False):
        team = Team.objects.get(name="Südkreis")
    amal = membership_of(AMAL).id
    assert anton.post(f"/konten/{amal}/team/", keyed(team=str(team.id))).status_code == 303
    assert membership_of(AMAL).team_id == team.id
    assert "Südkreis" in text_of(anton.get("/konten/"))
    foreign = membership_of("cem@drk-gronau.example").team_id
    assert anton.post(f"/konten/{amal}/team/", keyed(team=str(foreign))).status_code == 422
    anton.post(f"/konten/{amal}/team/", keyed(team=""))
    assert membership_of(AMAL).team_id is None
    assert deeds(admin.organisation_id)[-3:] == ["team.made", "team.assigned", "team.assigned"]


@pytest.mark.parametrize("email", [AMAL, "lena@caritas-ahaus.example", "datenschutz@caritas-ahaus.example"])
def test_nobody_else_runs_accounts(own_database, email):
    client, amal = signed_in(email), membership_of(AMAL).id
    assert client.get("/konten/").status_code == 403
    assert client.post("/konten/teams/", keyed(name="x")).status_code == 403
    assert client.get(f"/konten/{amal}/").status_code == 403
    assert client.post(f"/konten/{amal}/ende/", keyed()).status_code == 403


def test_an_administrator_sees_no_content(anton):
    from tests.case_making import open_a_case

    case = open_a_case()
    for address in (f"/faelle/{case.id}/", "/faelle/", "/tag/", "/suche/", "/anfragen/"):
        assert anton.get(address).status_code == 403, address


def test_agencies_give_one_role_those_that_decide_about_stay_two_and_desks_neither():
    for kind in Kind.values:
        given = rules.roles_for(kind)
        assert ("partner" in given) == (kind not in DESK_KINDS)
        assert ("residence_officer" in given) == (kind in STAY_KINDS)
        assert ("administrator" in given) == (kind in DESK_KINDS)
        assert kind in DESK_KINDS or given == (("partner", "residence_officer") if kind in STAY_KINDS else ("partner",))
    assert "coordinator" not in rules.roles_for(Kind.MIGRATION_SERVICE)
