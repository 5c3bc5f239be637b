"""The coordination answers a Fallvorstellung: it stands with the case, a later one replaces it, taken back it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.case_making import acting, open_a_case
from tests.cast import AMAL, BERND, CEM, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.pages.test_statement_counts import statements
from tests.referrals.test_presentations import day, delivered_to, made, organisation_id, reviewed, row_of

# What the page of one and the list cost.
ONE, ALL = 14, 11
KI = "Kommunales Integrationszentrum Kreis Borken"


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL.email, family="Darwisch", given="Rima")


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


@pytest.fixture
def url(amal, case):
    """A told one."""
    at = made(amal, case)
    reviewed(amal, case, at)
    values = keyed(version=row_of(case).version, recipient=f"s{organisation_id(KI)}", until=day(30))
    assert amal.post(f"{at}vorstellen/", values).status_code == 303
    return at


@pytest.fixture
def there(url):
    [delivery] = delivered_to(KARIN.email)
    return reverse("presented-one", args=[delivery.id])


def given():
    from faden.kernel.rls import opened_for
    from faden.referrals.models import GivenAnswer

    with opened_for(actor_of(KARIN.email), write=False):
        return list(GivenAnswer.objects.order_by("answered_at"))


def says(karin, there, answer, **more):
    rows = given()
    return karin.post(there, keyed(answer=answer, **{"seen": str(rows[-1].id) if rows else "", **more}))


def replies():
    from faden.consents.models import Reply

    with acting(AMAL.email):
        return list(Reply.objects.order_by("replied_at", "id"))


def take_up(*rows):
    from faden.jobs.deliveries import replied

    for row in rows or replies():
        replied(row.organisation_id, str(row.id))


def titles(case):
    from faden.cases.models import Task

    with acting(AMAL.email):
        return list(Task.objects.filter(case=case).order_by("made_at").values_list("title", flat=True))


def test_it_stands_with_the_case_and_the_lead_has_a_task(amal, case, url, there):
    karin = signed_in(KARIN.email)
    assert "Bitte fragen Sie nicht, um wen es geht." in text_of(karin.get(there))
    assert "Antwort der Koordination" not in text_of(amal.get(url))
    on = day(20)
    assert says(karin, there, "planned", on=on, words="Frau Kamp nimmt es mit.").status_code == 303
    take_up()
    row = row_of(case)
    assert (row.answer, str(row.answer_on), row.answer_words) == ("planned", on, "Frau Kamp nimmt es mit.")
    shown = f"kommt in die Planungskonferenz am {row.answer_on:%d.%m.%Y}"
    for said in (text_of(amal.get(url)), text_of(karin.get(there))):
        assert shown in said and "Frau Kamp nimmt es mit." in said
    assert f"Koordination: {shown}" in text_of(amal.get(reverse("together", args=[case.id])))
    assert shown in text_of(karin.get(reverse("presented")))
    assert titles(case) == ["Antwort der Koordination auf die Fallvorstellung lesen: Planungskonferenz"]
    take_up()
    assert len(titles(case)) == 1  # once


def test_a_later_one_replaces_it_and_the_change_is_told(amal, case, url, there):
    karin = signed_in(KARIN.email)
    says(karin, there, "planned", on=day(20), words="Vielleicht.")
    take_up()
    assert "ersetzt" not in text_of(karin.get(there))
    assert says(karin, there, "not_ours").status_code == 303
    take_up()
    row = row_of(case)
    assert (row.answer, row.answer_on, row.answer_words) == ("not_ours", None, None)
    said = text_of(amal.get(url))
    assert "dafür nicht zuständig" in said and "Vielleicht." not in said
    assert titles(case)[1:] == ["Geänderte Antwort der Koordination auf die Fallvorstellung lesen: Planungskonferenz"]
    theirs = text_of(karin.get(there))
    assert "ersetzt" in theirs and "Vielleicht." in theirs  # her own record keeps both


def test_it_costs_the_same_after_one_answer_and_after_five(case, there):
    karin, costs = signed_in(KARIN.email), []
    for answer in ("taken_up", "steering", "not_ours", "taken_up", "steering"):
        says(karin, there, answer)
        costs.append((statements(KARIN.email, there)[0], statements(KARIN.email, reverse("presented"))[0]))
    assert set(costs) == {(ONE, ALL)}


def test_taken_up_in_the_wrong_order_the_newer_one_counts(case, there):
    karin = signed_in(KARIN.email)
    says(karin, there, "taken_up")
    says(karin, there, "steering")
    older, newer = replies()
    take_up(newer, older)
    assert row_of(case).answer == "steering" and len(titles(case)) == 1
    assert all(row.taken_at for row in replies())


@pytest.mark.parametrize(("answer", "more", "sentence"), [
    ("", {}, "Was wird daraus?"), ("planned", {}, "den Tag der Planungskonferenz"), ("answered", {}, "Bitte schreiben Sie Ihre Antwort."),
    ("planned", {"on": -1}, "in den nächsten zwölf Monaten"), ("planned", {"on": 400}, "in den nächsten zwölf Monaten"),
    ("taken_up", {"words": "x" * 301}, "300"), ("accepted", {}, "accepted"),
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_lost(case, there, answer, more, sentence):
    karin = signed_in(KARIN.email)
    values = {"words": "Ein Satz von ihr" if answer == "planned" else ""} | more
    if "on" in values:
        values["on"] = day(values["on"])
    refused = says(karin, there, answer, **values)
    said = text_of(refused)
    assert refused.status_code == 422 and sentence in said and values["words"] in said
    assert given() == [] and replies() == []


def test_two_of_the_coordination_do_not_answer_over_each_other(case, there):
    karin = signed_in(KARIN.email)
    says(karin, there, "taken_up")
    assert says(karin, there, "steering", seen="").status_code == 409
    assert [row.kind for row in given()] == ["taken_up"]


def test_taken_back_there_is_no_way_back(amal, case, url, there):
    karin = signed_in(KARIN.email)
    says(karin, there, "taken_up")
    take_up()
    assert amal.post(f"{url}zurueckziehen/", keyed(version=row_of(case).version)).status_code == 303
    for refused in (karin.get(there), karin.post(there, keyed(answer="steering"))):
        assert refused.status_code == 404 and "gibt es hier nicht, oder sie ist beendet" in text_of(refused)
    assert len(replies()) == 1 and row_of(case).answer == "taken_up"
    assert "aufgenommen" in text_of(amal.get(url))


def test_after_its_last_day_it_is_not_answered(case, there):
    from unittest.mock import patch

    from faden.kernel import clock

    karin, later = signed_in(KARIN.email), clock.today() + timedelta(days=31)
    with patch.object(clock, "today", lambda: later):
        assert "Antwort senden" not in text_of(karin.get(there))
        refused = says(karin, there, "taken_up")
    assert refused.status_code == 404 and "beendet" in text_of(refused) and replies() == []


def test_what_comes_after_the_case_was_closed_stands_there_without_a_task(case, there):
    from faden.cases.models import Case

    says(signed_in(KARIN.email), there, "answered", words="Es gibt jetzt Plätze.")
    with acting(AMAL.email):
        Case.objects.filter(id=case.id).update(phase="closed")
    take_up()
    assert row_of(case).answer_words == "Es gibt jetzt Plätze." and titles(case) == []


def test_nobody_else_answers_or_reads_it(case, url, there):
    # The administrator of the coordination itself has its service, but no right to what stands there.
    own_administrator = "verwaltung@ki-kreis-borken.example"
    for email in (AMAL.email, LENA.email, BERND.email, CEM.email, DORA.email, "datenschutz@caritas-ahaus.example", own_administrator):
        for refused in (signed_in(email).post(there, keyed(answer="taken_up")), signed_in(email).get(there)):
            assert refused.status_code in (403, 404) and "Plätze am Abend" not in text_of(refused), email
    karin = signed_in(KARIN.email)
    assert "Plätze am Abend" in text_of(karin.get(there)) and karin.head(there).status_code == 200
    assert replies() == [] and given() == []
    says(signed_in(KARIN.email), there, "answered", words="Nur für den Dienst")
    take_up()
    for email in (BERND.email, LENA.email, CEM.email, KARIN.email, DORA.email, "datenschutz@caritas-ahaus.example"):
        for page in (url, reverse("together", args=[case.id])):
            assert "Nur für den Dienst" not in text_of(signed_in(email).get(page)), email


def test_a_copy_about_somebody_is_not_answered_as_a_presentation(case):
    from faden.consents.models import Delivery
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation
    from tests.releasing import consented, released

    with acting(AMAL.email) as by:
        consent = consented(case.person, Organisation.objects.get(name=KI), by=by)
        released(consent, by=by, facts={"Name": "Rima Darwisch"})
    with opened_for(actor_of(KARIN.email), write=False):
        [copy] = Delivery.objects.all()
    refused = signed_in(KARIN.email).post(reverse("presented-one", args=[copy.id]), keyed(answer="taken_up"))
    assert refused.status_code == 404 and replies() == []


def test_in_the_eingang_of_a_service_that_coordinates_too_it_breaks_nothing(case, there):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.queries.received import Filter, inbox, received

    says(signed_in(KARIN.email), there, "steering")
    karin = actor_of(KARIN.email)
    with opened_for(karin, write=False):
        [row] = inbox(Filter(), by=karin, on=clock.today()).rows
        assert row.answer is None and received(row.delivery.id).answers == []
