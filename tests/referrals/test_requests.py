"""Anfrage an KIM: to the service competent on the day, three states back, and nothing more in either direction."""

from datetime import date, timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of

AMAL, CEM = "amal@caritas-ahaus.example", "cem@drk-gronau.example"
ILSE, DORA, PETRA = "lotsin@abh-kreis-borken.example", "dora@abh-kreis-borken.example", "petra@bildungswerk.example"
VREDEN, GRONAU, MUENSTER = "05554068", "05554020", "05515000"


def asking(town=VREDEN, **more):
    from faden.referrals.actions.requests import Asking

    values = {"sent_from": "guide", "topics": ("language", "offices"), "reach": "Frau Beispiel, 0151 123", "agreed": True, "language": "ti",
              "needs_interpreter": True, "words": "Am besten nachmittags"}  # fmt: skip
    return Asking(municipality=town, **{**values, **more})


def sent(town=VREDEN, *, email=ILSE, **more):
    from faden.referrals.actions import requests

    by = actor_of(email)
    with opened_for(by, write=True):
        return requests.send(asking(town, **more), own_sign="L-7", by=by, at=clock.now(), today=clock.today())


def came(email=AMAL):
    from faden.referrals.queries import requests

    with opened_for(actor_of(email), write=False):
        return requests.came().rows


def states(email=ILSE):
    from faden.referrals.queries import requests

    by = actor_of(email)
    with opened_for(by, write=False):
        return [str(row.state) for row in requests.sent_by(by)]


def answered(state, *, email=AMAL, seen="arrived", passed_to=""):
    from faden.referrals.actions import requests
    from faden.referrals.vocabulary import RequestState

    [one] = came(email)
    by = actor_of(email)
    with opened_for(by, write=True):
        return requests.answer(one.id, RequestState(state), passed_to=passed_to, seen=seen, by=by, at=clock.now())


def test_it_lands_at_the_competent_service_and_nowhere_else(own_database):
    sent(VREDEN)
    [one] = came(AMAL)
    assert (one.town, one.sender, one.topics, one.language, one.needs_interpreter) == (
        "Vreden", "Ausländerbehörde Kreis Borken", ("Deutsch lernen", "Anträge und Ämter"), "Tigrinya", True,
    )  # fmt: skip
    assert came(CEM) == []
    sent(GRONAU)
    assert [row.town for row in came(CEM)] == ["Gronau (Westf.)"] and len(came(AMAL)) == 1


def test_the_competent_service_reads_how_to_reach_her(own_database):
    from faden.referrals.queries import requests

    sent()
    [one] = came()
    with opened_for(actor_of(AMAL), write=False):
        found = requests.one_that_came(one.id)
    assert (found.reach, found.words) == ("Frau Beispiel, 0151 123", "Am besten nachmittags")
    with opened_for(actor_of(CEM), write=False), pytest.raises(NotFound):
        requests.one_that_came(one.id)


def test_the_sender_keeps_no_name(own_database):
    from django.db import connection

    sent()
    with opened_for(actor_of(ILSE), write=False), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_sentrequest")
        row = str(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM referrals_incomingrequest")
        assert cursor.fetchone() == (0,)
    assert "Beispiel" not in row and "0151" not in row


def test_a_town_without_competence_says_where_to_turn(own_database):
    with pytest.raises(Invalid, match="Kommunale Integrationszentrum des Kreises") as refused:
        sent(MUENSTER)
    assert refused.value.field == "municipality" and states() == []


def test_in_a_county_with_an_integration_centre_it_is_named(own_database):
    from faden.organisations.models import Competence

    town = Competence.objects.filter(municipality_id=VREDEN, organisation__kind="migration_service")
    end_of(town, clock.today() - timedelta(days=1))
    with pytest.raises(Invalid, match="Kommunales Integrationszentrum Kreis Borken"):
        sent(VREDEN)


def end_of(competences, day: date) -> None:
    """As the owner, who alone writes them."""
    import os

    import psycopg

    ids = list(competences.values_list("id", flat=True))
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        raw.execute("UPDATE organisations_competence SET valid_until = %s WHERE id = ANY(%s)", [day, ids])


def test_the_day_decides_who_is_competent(own_database):
    from faden.organisations.models import Competence

    end_of(Competence.objects.filter(municipality_id=VREDEN, organisation__kind="migration_service"), clock.today())
    sent(VREDEN)
    assert len(came()) == 1, "on its last day it is competent still"


def test_nobody_is_sent_against_her_will(own_database):
    with pytest.raises(Invalid, match="Einverständnis"):
        sent(agreed=False)


@pytest.mark.parametrize(("state", "more"), [("offered", {}), ("not_competent", {"passed_to": "Caritas Borken"})])
def test_the_sender_sees_the_answer_and_nothing_else(own_database, state, more):
    from faden.referrals.models import SentRequest

    sent()
    before = values_at_sender(SentRequest)
    answered(state, **more)
    after = values_at_sender(SentRequest)
    assert states() == [state]
    assert {name for name in before if before[name] != after[name]} == {"state", "state_at"}


def values_at_sender(model):
    with opened_for(actor_of(ILSE), write=False):
        return model.objects.values().get()


def test_reading_and_taking_it_up_tells_the_sender_nothing(own_database):
    from faden.referrals.actions import requests
    from faden.referrals.models import SentRequest
    from tests.kernel.worlds import asked

    sent()
    before, [one] = values_at_sender(SentRequest), came()
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        inquiry = requests.take_up(one.id, asked(), by=by, at=clock.now())
    assert values_at_sender(SentRequest) == before
    assert came()[0].inquiry_id == inquiry.id
    with opened_for(by, write=True), pytest.raises(Conflict):
        requests.take_up(one.id, asked(), by=by, at=clock.now())


def test_a_colleague_of_the_sender_does_not_see_whom_she_sent(own_database):
    """The guide works inside the immigration office; the office does not learn of her Anfragen."""
    sent(email=ILSE)
    assert states(ILSE) == ["arrived"] and states(DORA) == []


def test_two_who_answer_at_once_see_each_other(own_database):
    sent()
    answered("offered")
    with pytest.raises(Conflict) as conflict:
        answered("not_competent", seen="arrived", passed_to="Borken")
    assert conflict.value.changes == (("Antwort", "Termin angeboten", "nicht zuständig"),)
    answered("not_competent", seen="offered", passed_to="Borken")
    assert states() == ["not_competent"]


def test_who_is_not_competent_says_who_is(own_database):
    sent()
    with pytest.raises(Invalid, match="wer zuständig ist"):
        answered("not_competent")


def test_no_other_service_answers_it(own_database):
    from faden.referrals.actions import requests
    from faden.referrals.vocabulary import RequestState

    sent()
    [one] = came()
    by = actor_of(CEM)
    with opened_for(by, write=True), pytest.raises(NotFound):
        requests.answer(one.id, RequestState.OFFERED, seen="arrived", by=by, at=clock.now())
    assert states() == ["arrived"]


def test_on_paper_nobody_is_told(own_database):
    from faden.referrals.actions import requests

    by = actor_of(AMAL)
    with opened_for(by, write=True):
        requests.note_paper(asking(sent_from="school"), sender_name="Grundschule Vreden", by=by, at=clock.now())
    answered("offered")
    [one] = came()
    assert one.on_paper and one.sender == "Grundschule Vreden" and one.state == "offered"


def test_the_states_are_told_apart_by_service(own_database):
    """The same id at another service's row is not stamped: the function compares who asks."""
    from django.db import connection

    sent()
    [one] = came()
    with opened_for(actor_of(CEM), write=True), connection.cursor() as cursor:
        cursor.execute("SELECT tell_request_state(%s)", [one.id])
    assert states() == ["arrived"]


def test_every_topic_and_sender_has_words_of_ours():
    from faden.referrals.rules.requests import as_inquiry
    from faden.referrals.vocabulary import RequestFrom, RequestTopic

    for source in RequestFrom.values:
        begin = as_inquiry(source, RequestTopic.values, needs_interpreter=True)
        assert begin["asked_by"] and len(begin["life_areas"]) == len(RequestTopic.values) - 1
        assert begin["interpreting"] == "missing"


def test_after_ninety_days_nobody_can_be_reached_by_it_and_it_stays_counted(own_database):
    from faden.jobs import referrals as jobs
    from faden.referrals.queries import requests

    sent()
    answered("offered")
    service = actor_of(AMAL).organisation_id
    for days, reach in ((89, "Frau Beispiel, 0151 123"), (90, "")):
        clock.set_forward(days)
        jobs.of_service(service)
        jobs.of_service(service)
        [one] = came()
        with opened_for(actor_of(AMAL), write=False):
            found = requests.one_that_came(one.id)
        assert found.reach == reach, days
    assert (found.words, found.forgotten_on, found.town, found.state) == ("", clock.today(), "Vreden", "offered")
    assert states() == ["offered"]


