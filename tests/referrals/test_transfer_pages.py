"""Fallübergabe on the pages: from the draft to the new case, by clicking; and what everybody else sees of it."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from faden.kernel import clock
from tests.case_making import acting
from tests.cast import BERND, DILAN, KARIN, LENA
from tests.desk_client import keyed, signed_in, text_of
from tests.referrals import handing_over as over
from tests.referrals.handing_over import AMAL, CEM
from tests.referrals.test_transfers import with_work
from tests.releasing import withdrawn


@pytest.fixture
def case(own_database):
    return over.a_case()


@pytest.fixture
def amal(case):
    return signed_in(AMAL)


def at(name, case, *more):
    return reverse(name, args=[case.id, *more])


def begun(amal, case, **more):
    """The draft's id, by the form."""
    values = {
        "recipient": f"s{over.gronau().id}", "reason": "moved", "overlap_until": str(clock.today() + timedelta(days=14)), **more,
    }  # fmt: skip
    answer = amal.post(at("transfer-new", case), keyed(**values))
    assert answer.status_code == 303, text_of(answer)
    return re.findall(r"/uebergabe/([0-9a-f-]{36})/", answer.headers["Location"])[0]


def hidden(client, url, name):
    """The value of a hidden field on a page."""
    page = client.get(url).content.decode()
    found = re.findall(rf'name="{name}" value="([^"]*)"', page)
    assert found, text_of(client.get(url))
    return found[0]


def test_from_draft_to_the_new_case(amal, case):
    with_work(case)
    page = text_of(amal.get(at("together", case)))
    assert "Fallübergabe vorbereiten" in page
    key = begun(amal, case)
    draft = at("transfer", case, key)
    assert "Keine gültige Einwilligung zu diesem Dienst" in text_of(amal.get(draft))

    consent = over.ground(case.person)
    person = at("transfer-person", case, key, case.person_id)
    assert "Ahaus" in amal.get(person).content.decode()
    said = {"consent": str(consent.id), "about_contact": "Vormittags erreichbar.", "about_language": "Kommt ohne Sprachmittlung aus."}
    answer = amal.post(person, keyed(version=hidden(amal, person, "version"), **said))
    assert answer.status_code == 303, text_of(answer)

    parts = at("transfer-parts", case, key)
    page = amal.get(parts).content.decode()
    names = re.findall(r'<select name="(goes_[^"]+)"', page)
    assert len(names) >= 4
    chosen = dict.fromkeys(names, "them") | dict.fromkeys(re.findall(r'<select name="(class_[^"]+)"', page), "contact")
    answer = amal.post(parts, keyed(version=hidden(amal, parts, "version"), **chosen))
    assert answer.status_code == 303, text_of(answer)

    look = at("transfer-send", case, key)
    preview = text_of(amal.get(look))
    assert "Vormittags erreichbar." in preview and "Kurs B1 suchen" in preview and "Geheimer Ort" not in preview
    answer = amal.post(look, keyed(seal=hidden(amal, look, "seal")))
    assert answer.status_code == 303, text_of(answer)
    assert "noch nicht geantwortet" in text_of(amal.get(draft))

    cem = signed_in(CEM)
    [delivery] = over.deliveries()
    arrived = reverse("transfer-arrived", args=[delivery])
    page = text_of(cem.get(arrived))
    assert "Vormittags erreichbar." in page and "Schewtschenko, Oleksandra" in page
    from tests.desk_client import membership_of

    answer = cem.post(arrived, keyed(lead=str(membership_of(CEM).id), words="Gern."))
    assert answer.status_code == 303, text_of(answer)
    page = text_of(cem.get(answer.headers["Location"]))
    assert "Übernommen von" in page and "noch keine Einwilligung in die Beratung" in page
    over.answered()
    state = text_of(amal.get(draft))
    assert "angenommen" in state and "Nummer dort" in state and "Gern." in state
    assert "endet unsere Begleitung von selbst" in state

    finish = at("transfer-finish", case, key)
    answer = amal.post(finish, keyed(client_view="much"))
    assert answer.status_code == 303, text_of(answer)
    assert "an einen anderen Dienst übergeben" in text_of(amal.get(at("closing", case)))


def test_one_answer_for_many_and_their_own_for_some(amal, case):
    """What has an answer keeps it; what may not go there stays open."""
    over.put(case, title="Zuerst das Formular holen")
    for number in range(4):
        over.put(case, title=f"Unterlage {number} besorgen")
    over.put(case, title="Nur wir wissen das", secret=True)
    key = begun(amal, case)
    over.describe(case, SimpleNamespace(id=key), case.person, over.ground(case.person))
    parts = at("transfer-parts", case, key)

    def asked():
        """The question of each part, by what its legend says."""
        pieces = amal.get(parts).content.decode().split("<fieldset")
        return {re.findall(r"<legend>(.*?)</legend>", one, re.S)[0]: one for one in pieces if 'name="goes_task-' in one}

    [own] = [re.findall(r'name="(goes_task-[^"]+)"', one)[0] for title, one in asked().items() if "Zuerst" in title]
    answer = amal.post(parts, keyed(version=hidden(amal, parts, "version"), rest_task="them", resttold_task="language", **{own: "client"}))
    assert answer.status_code == 303, text_of(answer)
    chosen = {title: re.findall(r'value="(\w+)" selected', one) for title, one in asked().items()}
    assert len(chosen) == 6
    for title, goes in chosen.items():
        assert goes == (["client"] if "Zuerst" in title else [] if "vertraulich" in title else ["them", "language"]), title
    assert "1 offener Teil" in text_of(amal.get(at("transfer-send", case, key)))
    given = {name: "client" for one in asked().values() for name in re.findall(r'name="(goes_task-[^"]+)"', one)}
    assert amal.post(parts, keyed(version=hidden(amal, parts, "version"), **given)).status_code == 303
    said = text_of(amal.get(parts))
    assert "Für alle steht fest, wohin sie gehen." in said and "Eine Antwort für alle" not in said


def test_a_consent_that_ends_while_she_types_costs_no_word(amal, case):
    key, consent = begun(amal, case), over.ground(case.person)
    person = at("transfer-person", case, key, case.person_id)
    version = hidden(amal, person, "version")
    with acting(AMAL) as by:
        withdrawn(consent, by=by)
    refused = amal.post(person, keyed(version=version, consent=str(consent.id), about_contact="Vormittags erreichbar."))
    said = text_of(refused)
    assert refused.status_code == 422 and "Vormittags erreichbar." in said and "Ohne sie geht diese Person nicht mit." in said


def test_what_the_others_see(amal, case):
    transfer = over.sent(case)
    address, [delivery] = at("transfer", case, transfer.id), over.deliveries()
    for email, status in {BERND.email: 403, DILAN.email: 403, CEM: 404, KARIN.email: 403}.items():
        assert signed_in(email).get(address).status_code in (status, 404), email
    assert signed_in(LENA.email).get(address).status_code == 302
    arrived = reverse("transfer-arrived", args=[delivery])
    for email in (AMAL, BERND.email, LENA.email, KARIN.email):
        assert signed_in(email).get(arrived).status_code in (403, 404), email
    theirs = over.accept()
    assert amal.get(reverse("taken-over", args=[theirs.id])).status_code == 404


def test_declined_with_words(amal, case):
    transfer = over.sent(case)
    [delivery] = over.deliveries()
    cem, refuse = signed_in(CEM), reverse("transfer-decline", args=[delivery])
    assert cem.get(refuse).status_code == 200
    assert cem.post(refuse, keyed(words="")).status_code == 422
    assert cem.post(refuse, keyed(words="Kein Platz frei.")).status_code == 303
    over.answered()
    page = text_of(amal.get(at("transfer", case, transfer.id)))
    assert "Abgelehnt" in page and "Kein Platz frei." in page
    assert cem.get(reverse("transfer-arrived", args=[delivery])).status_code == 404
    assert "bitte neu entscheiden" in text_of(amal.get(reverse("case", args=[case.id])))


def test_a_change_meanwhile_is_shown(amal, case):
    key = begun(amal, case)
    person = at("transfer-person", case, key, case.person_id)
    consent = over.ground(case.person)
    version = hidden(amal, person, "version")
    said = {"consent": str(consent.id), "about_contact": "Von mir."}
    assert amal.post(person, keyed(version=version, **said)).status_code == 303
    late = amal.post(person, keyed(version=version, **{**said, "about_contact": "Von jemand anderem."}))
    assert late.status_code == 409 and "Von mir." in text_of(late)
    look = at("transfer-send", case, key)
    seal = hidden(amal, look, "seal")
    with_work(case)
    answer = amal.post(look, keyed(seal=seal))
    assert answer.status_code == 422 and "offene Teile" in text_of(answer)


def test_only_services_that_lead_cases_are_offered(amal, case):
    page = amal.get(at("transfer-new", case)).content.decode()
    assert "Gronau" in page
    assert "Ausländerbehörde" not in re.sub(r"Ausländer- und Einbürgerungsbehörden", "", page)
    assert "Jobcenter" not in page
