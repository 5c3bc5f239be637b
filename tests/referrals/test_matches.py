"""Angebote für eine Person: every offer explained, nothing hidden, and from there into a Vermittlung."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import add_member, mark, open_a_case
from tests.cast import AMAL, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.referrals.offering import AHAUS, BORKEN, GRONAU, a_provider, an_offer, changed, ended, known_fact
from tests.stored import everything_stored


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def page_of(amal: Any, case: Any, **asked: Any) -> Any:
    answer = amal.get(reverse("matches", args=[case.id]), {"person": str(case.person_id), "bereich": "language", **asked})
    assert answer.status_code == 200, text_of(answer)
    return answer


def group(answer: Any, code: int) -> str:
    """The words below one of the three headings."""
    html = answer.content.decode()
    found = re.findall(rf'<section class="f-stack" aria-labelledby="ergebnis-{code}">(.*?)</section>', html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def referrals_of(case: Any) -> list[Any]:
    from faden.referrals.models import Referral

    with opened_for(actor_of(AMAL.email), write=False):
        return list(Referral.objects.filter(case=case).order_by("begun_at"))


# ---------- the page ----------


def test_each_offer_stands_where_its_conditions_put_it(amal, case):
    an_offer("Offener Treff")
    an_offer("Kurs nur mit Duldung", papers=("duldung_60a",))
    an_offer("Kurs ab B1", german_from="b1")
    known_fact(case.person, "german", skill="all", level="a1", known_from="seen")
    answer = page_of(amal, case)
    assert "Offener Treff" in group(answer, 0)
    assert "Kurs nur mit Duldung" in group(answer, 1) and "nichts notiert" in group(answer, 1)
    assert "Kurs ab B1" in group(answer, 2) and "Papier gesehen" in group(answer, 2) and "A1, ohne Nachweis" in group(answer, 2)
    words = text_of(answer)
    for chip in ("alle 3", "passt 1", "unbekannt 1", "passt nicht 1"):
        assert chip in words
    assert "Ahaus" in group(answer, 0) and "0 km" in group(answer, 0)


def test_another_area_and_what_has_ended_are_not_there(amal, case):
    an_offer("Wohnungsberatung", life_areas=("housing",))
    gone = an_offer("Alter Kurs")
    ended(gone)
    assert "Wohnungsberatung" not in text_of(page_of(amal, case)) and "Alter Kurs" not in text_of(page_of(amal, case))
    assert "Wohnungsberatung" in text_of(page_of(amal, case, bereich=""))


def test_an_own_area_searches_the_one_it_counts_as(amal, case):
    from faden.cases.actions import life_areas

    an_offer("Offener Treff")
    lena = actor_of("lena@caritas-ahaus.example")
    with opened_for(lena, write=True):
        code = life_areas.add(life_areas.Wanted("Deutsch für Eltern", "language", "language", clock.today()), by=lena, at=clock.now())
    assert code != "language"
    assert "Offener Treff" in group(page_of(amal, case, bereich=code), 0)


def test_unknown_becomes_known_in_two_clicks(amal, case):
    an_offer("Kurs ab B1", german_from="b1")
    [where] = set(re.findall(r'href="([^"]*/angaben/german/neu/)"', page_of(amal, case).content.decode()))
    form = amal.get(where)
    assert form.status_code == 200
    values = keyed(skill="all", level="b1", from_on="", until_on="", known_from="told", literacy="", certificate="", certified_on="")
    assert amal.post(where, values).status_code == 303
    answer = page_of(amal, case)
    assert "Kurs ab B1" in group(answer, 0) and "/angaben/german/neu/" not in answer.content.decode()


def test_what_is_told_for_one_search_is_stored_nowhere(amal, case):
    an_offer("Frauencafé", gender="female")
    an_offer("Kurs ohne Betreuung", childcare="no")
    an_offer("Nur für Gronau", towns=(GRONAU,), town=GRONAU)
    before = everything_stored()
    answer = page_of(amal, case, geschlecht="female", betreuung="nein", ort=GRONAU)
    assert all(title in group(answer, 0) for title in ("Frauencafé", "Kurs ohne Betreuung", "Nur für Gronau"))
    assert "Frauencafé" in group(page_of(amal, case, geschlecht="male"), 2)
    assert "Kurs ohne Betreuung" in group(page_of(amal, case), 1), "not asked is not no"
    assert "Nur für Gronau" in group(page_of(amal, case), 2)
    assert everything_stored() == before


def test_the_language_asked_for_is_marked_and_hides_nothing(amal, case):
    an_offer("Beratung auf Arabisch", languages=("ar", "de"))
    an_offer("Beratung auf Deutsch", languages=("de",))
    html = page_of(amal, case, sprache="ar").content.decode()
    assert re.search(r"<strong>[^<]*Arabisch", html) and "Beratung auf Deutsch" in html


def test_stale_offers_say_so_and_places_have_their_day(amal, case):
    an_offer("Alter Eintrag", confirm_every_days=30, places_free=3, places_on=clock.today())
    assert "3 freie Plätze am" in text_of(page_of(amal, case)) and "frisch, geprüft am" in text_of(page_of(amal, case))
    clock.set_forward(31)
    assert "veraltet, geprüft am" in text_of(page_of(signed_in(AMAL.email), case))


def test_more_than_a_page(amal, case):
    provider = a_provider()
    for number in range(23):
        an_offer(f"Angebot {number:02}", provider=provider)
    first, second = text_of(page_of(amal, case)), text_of(page_of(amal, case, seite="2"))
    assert "Angebot 19" in first and "Angebot 20" not in first
    assert "Angebot 22" in second and "alle 23" in second


def test_one_group_alone_keeps_the_rest_of_the_address(amal, case):
    an_offer("Offener Treff")
    an_offer("Kurs nur mit Duldung", papers=("duldung_60a",))
    answer = page_of(amal, case, nur="unknown", ab="2027-03-01")
    assert group(answer, 0) == "" and "Kurs nur mit Duldung" in group(answer, 1)
    html = answer.content.decode()
    assert re.search(rf'href="\?person={case.person_id}&amp;bereich=language&amp;nur=fits&amp;ab=2027-03-01"', html)


def test_a_future_arrival_is_asked_for_from_her_day_in_her_town(amal, case):
    day = clock.today() + timedelta(days=100)
    changed(case.person, expected_on=day)
    an_offer("Kurs davor", ends_on=day - timedelta(days=1))
    an_offer("Kurs danach", german_from="a1")
    answer = page_of(amal, case)
    words = text_of(answer)
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    assert f"Was gibt es in Ahaus ab {months[day.month - 1]} {day.year}?" in words
    assert f'value="{day.isoformat()}"' in answer.content.decode()
    assert "Kurs davor" not in words and "Kurs danach" in group(answer, 1)


def test_without_a_person_nothing_is_searched(amal, case):
    add_member(case, "Yusuf")
    an_offer("Offener Treff")
    answer = amal.get(reverse("matches", args=[case.id]))
    assert "Für wen wird gesucht?" in text_of(answer) and "Offener Treff" not in text_of(answer)
    for wrong in (str(uuid4()), "niemand"):
        assert "Offener Treff" not in text_of(amal.get(reverse("matches", args=[case.id]), {"person": wrong}))


def test_a_protected_persons_town_stands_nowhere_on_the_page(amal, case):
    known_fact(case.person, "address", municipality=BORKEN, street="Geheimweg 1")
    an_offer("Nur für Borken", towns=(BORKEN,), town=GRONAU)
    mark(AMAL.email, case.person)
    answer = page_of(amal, case)
    assert "Nur für Borken" in group(answer, 1), "not used: neither yes nor no"
    html = re.sub(r"<select.*?</select>", "", answer.content.decode(), flags=re.S)
    assert "Geheimweg" not in html and "km" not in group(answer, 1) and "Schutzvermerk" in html


def test_examples_from_elsewhere_are_never_matched(amal, case):
    from faden.directory.models import Offer, Source

    offer, by = an_offer("Münchner Kurs"), actor_of(AMAL.email)
    with opened_for(by, write=True):
        source = Source.objects.create(organisation_id=by.organisation_id, name="Beispiel", format="integreat", licence="CC", is_example=True)
        Offer.objects.filter(id=offer.id).update(source=source, source_key="1")
    assert "Münchner Kurs" not in text_of(page_of(amal, case))
    assert amal.get(reverse("referral-new", args=[case.id]), {"angebot": str(offer.id)}).status_code == 404


def test_in_a_closed_case_nothing_is_searched(amal, case):
    from tests.referrals.test_watches import closed

    closed(case)
    answer = amal.get(reverse("matches", args=[case.id]), {"person": str(case.person_id)})
    assert answer.status_code == 403 and "abgeschlossen" in text_of(answer)


@pytest.mark.parametrize("asked", [{"ab": "gestern"}, {"ort": "99999999"}, {"bereich": "<b>"}, {"seite": "0"}, {"nur": "alles"}, {"schritt": "x"}])
def test_odd_addresses_are_answered(amal, case, asked):
    assert page_of(amal, case, **asked).status_code == 200


def test_many_offers_cost_the_same(amal, case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        page_of(amal, case)
        with CaptureQueriesContext(connection) as captured:
            page_of(amal, case)
        return len(captured)

    provider = a_provider()
    an_offer("Angebot", provider=provider)
    one = cost()
    for number in range(15):
        an_offer(f"Angebot {number}", provider=provider, papers=("duldung_60a",))
    known_fact(case.person, "residence", paper="duldung_60a")
    assert (one, cost()) == (37, 37)


def test_what_names_no_life_area_is_said_and_found(amal, case):
    an_offer("Offener Treff")
    an_offer("Angebot ohne Bereich", life_areas=())
    an_offer("Beendet ohne Bereich", life_areas=(), ends_on=clock.today() - timedelta(days=1))
    answer = page_of(amal, case)
    assert "1 weiteres Angebot nennt keinen Lebensbereich" in text_of(answer) and "Angebot ohne Bereich" not in text_of(answer)
    [where] = re.findall(r'href="([^"]*)">In allen Lebensbereichen suchen', answer.content.decode())
    everywhere = amal.get(reverse("matches", args=[case.id]) + where.replace("&amp;", "&"))
    assert "Angebot ohne Bereich" in text_of(everywhere) and "nennt keinen Lebensbereich" not in text_of(everywhere)


# ---------- into the Vermittlung ----------


def asked_for(amal: Any, case: Any, offer: Any, **search: Any) -> dict[str, str]:
    """What the button "Nach einem Platz fragen" of this offer sends."""
    html = page_of(amal, case, **search).content.decode()
    [form] = re.findall(rf'<form method="post" action="{reverse("match-ask", args=[case.id, offer.id])}">(.*?)</form>', html, re.S)
    return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)}


def ask(amal: Any, case: Any, offer: Any, **search: Any) -> Any:
    """Pressed on the page."""
    return amal.post(reverse("match-ask", args=[case.id, offer.id]), asked_for(amal, case, offer, **search))


def begin_link(amal: Any, case: Any, **asked: Any) -> str:
    html = page_of(amal, case, **asked).content.decode()
    return re.findall(r'href="([^"]*vermittlungen/neu/[^"]*)"', html)[0].replace("&amp;", "&")


def test_from_an_offer_to_the_form_with_all_that_is_known(amal, case):
    dora = actor_of("petra@bildungswerk.example").organisation_id
    offer = an_offer("Sprachkurs B1", provider=a_provider("Bildungswerk", account=dora))
    where = begin_link(amal, case)
    page = amal.get(where).content.decode()
    assert 'value="Sprachkurs B1"' in page and f'<option value="s{dora}" selected>' in page
    values = keyed(wish="Sprachkurs B1", life_area="language", recipient=f"s{dora}")
    answer = amal.post(where, values)
    [made] = referrals_of(case)
    assert answer["Location"] == reverse("referral-send", args=[case.id, made.id, f"s{dora}"])
    assert (made.offer_id, made.offer_title) == (offer.id, "Sprachkurs B1")


def test_a_provider_without_account_is_found_in_the_address_book_or_comes_into_it(amal, case):
    from faden.organisations.models import Agency

    provider = a_provider("Nähtreff e. V.", email="post@naehtreff.example", phone="02561 9")
    an_offer("Nähkurs", provider=provider)
    where = begin_link(amal, case)
    page = text_of(amal.get(where))
    assert "kommt damit ins Adressbuch" in page
    answer = amal.post(where, keyed(wish="Nähkurs", life_area="language", recipient="neu"))
    by = actor_of(AMAL.email)
    with opened_for(by, write=False):
        [agency] = Agency.objects.filter(name="Nähtreff e. V.")
    assert (agency.email, agency.phone, agency.municipality_id, agency.address) == ("post@naehtreff.example", "02561 9", AHAUS, "Musterweg 3, 48683 Ahaus")
    [made] = referrals_of(case)
    assert answer["Location"] == reverse("referral-send", args=[case.id, made.id, f"a{agency.id}"])
    assert "Nähtreff e. V. steht jetzt im Adressbuch." in text_of(amal.get(answer["Location"]))
    again = amal.get(where).content.decode()
    assert f'<option value="a{agency.id}" selected>' in again and "kommt damit ins Adressbuch" not in again


def test_a_draft_goes_on_with_its_offer(amal, case):
    offer = an_offer("Sprachkurs B1")
    where = reverse("referral-new", args=[case.id])
    html = amal.get(where, {"angebot": str(offer.id)}).content.decode()
    assert f'name="angebot" value="{offer.id}"' in html
    amal.post(reverse("draft"), {"draft_name": where, "wish": "Ein anderer Wunsch", "angebot": str(offer.id)})
    page = amal.get(where, {"entwurf": "weiter"}).content.decode()
    assert f'name="angebot" value="{offer.id}"' in page and 'value="Ein anderer Wunsch"' in page
    amal.post(where, keyed(wish="Ein anderer Wunsch", life_area="language", recipient="neu", angebot=str(offer.id)))
    assert [(one.wish, one.offer_id) for one in referrals_of(case)] == [("Ein anderer Wunsch", offer.id)]


def test_a_question_without_a_name_takes_three_clicks_from_the_need(amal, case):
    """Angebote (from the need), Nach einem Platz fragen, Senden."""
    from faden.consents.models import Release

    known_fact(case.person, "german", skill="all", level="b1")
    offer = an_offer("Sprachkurs B1", provider=a_provider("Nähtreff e. V."), german_from="b1")
    answer = ask(amal, case, offer)
    where = answer["Location"]
    assert answer.status_code == 303 and where.endswith("?ohne=1")
    form = amal.get(where)
    html = form.content.decode()
    assert re.search(r'name="ground" value="niemand"[^>]*checked', html) and "Für diese Stelle gilt heute keine Einwilligung" not in html
    values = {name: re.findall(rf'name="{name}" value="([^"]*)"', html)[0] for name in ("version", "seal", "answer_by")}
    channel = re.findall(r'name="channel" value="([^"]*)"[^>]*checked', html)[0]
    message = re.findall(r'<textarea name="message"[^>]*>\s*(.*?)</textarea>', html, re.S)[0]
    sent = amal.post(where, keyed(ground="niemand", channel=channel, message=message, family="", special="", **values))
    assert sent.status_code == 303, text_of(sent)
    with opened_for(actor_of(AMAL.email), write=False):
        [release] = Release.objects.all()
    assert release.ground == "ohne_personenbezug" and release.person_id is None
    assert "Schewtschenko" not in release.content and "Haben Sie einen freien Platz" in release.content


def test_asking_twice_with_one_form_begins_one(amal, case):
    offer = an_offer("Sprachkurs B1")
    values = asked_for(amal, case, offer)
    first, second = (amal.post(reverse("match-ask", args=[case.id, offer.id]), values) for _ in range(2))
    assert first["Location"] == second["Location"] and len(referrals_of(case)) == 1


def test_the_vermittlung_names_the_offer_and_goes_on_when_it_ends(amal, case):
    offer = an_offer("Sprachkurs B1")
    ask(amal, case, offer)
    [made] = referrals_of(case)
    where = reverse("referral", args=[case.id, made.id])
    assert f"geprüft am {clock.today():%d.%m.%Y}" in text_of(amal.get(where))
    ended(offer)
    words = text_of(amal.get(where))
    assert "Sprachkurs B1" in words and f"beendet am {clock.today():%d.%m.%Y}" in words
    assert amal.post(reverse("match-ask", args=[case.id, offer.id]), keyed(person=str(case.person_id), bereich="language")).status_code == 404


def test_the_page_shows_whom_a_question_goes_to_and_who_keeps_the_entry(amal, case):
    from faden.organisations.models import Agency

    lena_keeps = a_provider("Nähtreff e. V.", email="post@naehtreff.example", phone="02561 9", by="cem@drk-gronau.example")
    offer = an_offer("Nähkurs", provider=lena_keeps, by="cem@drk-gronau.example")
    html = page_of(amal, case).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert "Eine Frage geht an Nähtreff e. V. (post@naehtreff.example, 02561 9, Musterweg 3, 48683 Ahaus)" in words
    assert "Der Anbieter kommt damit ins Adressbuch. Den Eintrag pflegt: DRK" in words
    assert ask(amal, case, offer).status_code == 303
    with opened_for(actor_of(AMAL.email), write=False):
        assert [one.email for one in Agency.objects.filter(name="Nähtreff e. V.")] == ["post@naehtreff.example"]
    assert "Eine Frage geht an Nähtreff e. V., bei Ihnen schon bekannt." in " ".join(re.sub(r"<[^>]+>", "", page_of(amal, case).content.decode()).split())


def test_a_contact_the_page_did_not_show_is_shown_before_it_is_noted(amal, case):
    """Somebody else keeps the entry and changes the address meanwhile."""
    from faden.directory.models import Provider
    from faden.organisations.models import Agency

    offer = an_offer("Nähkurs", provider=a_provider("Nähtreff e. V.", email="post@naehtreff.example"))
    values, by = asked_for(amal, case, offer), actor_of(AMAL.email)
    with opened_for(by, write=True):
        Provider.objects.filter(name="Nähtreff e. V.").update(email="anders@naehtreff.example")
    answer = amal.post(reverse("match-ask", args=[case.id, offer.id]), values)
    with opened_for(by, write=False):
        assert answer.status_code == 303 and not Agency.objects.filter(name="Nähtreff e. V.").exists() and referrals_of(case) == []
    form = amal.get(answer["Location"])
    html = form.content.decode()
    assert "anders@naehtreff.example" in html and "Den Eintrag pflegt:" in html and "ohne Namen" in text_of(form)
    assert 'value="Nähkurs"' in html and '<option value="language" selected>' in html
    sent = amal.post(answer["Location"], keyed(wish="Nähkurs", life_area="language", recipient="neu", angebot=str(offer.id), ohne="1"))
    assert sent["Location"].endswith("?ohne=1") and len(referrals_of(case)) == 1


def test_a_draft_of_a_question_without_a_name_goes_on_as_one(amal, case):
    offer = an_offer("Nähkurs")
    where = reverse("referral-new", args=[case.id])
    assert 'name="ohne" value="1"' in amal.get(where, {"angebot": str(offer.id), "ohne": "1"}).content.decode()
    assert 'name="ohne"' not in amal.get(where, {"angebot": str(offer.id)}).content.decode()
    amal.post(reverse("draft"), {"draft_name": where, "wish": "Nähkurs", "angebot": str(offer.id), "ohne": "1"})
    assert 'name="ohne" value="1"' in amal.get(where, {"entwurf": "weiter"}).content.decode()


def test_in_all_life_areas_a_question_leads_on(amal, case):
    one = an_offer("Wohnungsberatung", life_areas=("housing",))
    several, none = an_offer("Beratung zu allem", life_areas=("work", "language", "housing")), an_offer("Angebot ohne Bereich", life_areas=())
    assert asked_for(amal, case, one, bereich="")["bereich"] == "housing"
    html = page_of(amal, case, bereich="").content.decode()
    for offer, area in ((several, "language"), (none, "")):
        [where] = re.findall(rf'href="([^"]*angebot={offer.id}&amp;ohne=1)"', html)
        form = amal.get(where.replace("&amp;", "&"))
        assert form.status_code == 200 and "ohne Namen" in text_of(form)
        chosen = re.findall(r'<option value="(\w*)" selected', re.findall(r'<select name="life_area".*?</select>', form.content.decode(), re.S)[0])
        assert [code for code in chosen if code] == ([area] if area else []), offer.title


def test_only_people_of_the_case_can_be_asked_for(amal, case):
    offer, other = an_offer("Sprachkurs B1"), open_a_case(family="Rahimi")
    for person in (str(other.person_id), "", "x"):
        answer = amal.post(reverse("match-ask", args=[case.id, offer.id]), keyed(person=person, bereich="language"))
        assert answer.status_code == 422 and referrals_of(case) == []


def test_in_a_confidential_thread_the_vermittlung_is_confidential(amal, case):
    add_member(case, "Yusuf")
    offer = an_offer("Frauenberatung")
    answer = page_of(amal, case, vertraulich="1")
    assert "vertraulich=1" in begin_link(amal, case, vertraulich="1") and 'name="vertraulich" value="1"' in answer.content.decode()
    ask(amal, case, offer, vertraulich="1")
    assert [one.confidential for one in referrals_of(case)] == [True]


# ---------- who sees it ----------


def test_who_sees_the_page(amal, case):
    offer = an_offer("Sprachkurs B1")
    where = reverse("matches", args=[case.id]) + f"?person={case.person_id}&bereich=language"
    found = {name: client.get(where).status_code for name, client in everybody().items()}
    assert found == {"Amal": 200, "Bernd": 403, "Lena": 302, "Dilan": 403, "Anton": 403, "Cem": 404, "Karin": 403, "Dora": 404}
    asks = reverse("match-ask", args=[case.id, offer.id])
    for name, client in everybody().items():
        if name != "Amal":
            assert client.post(asks, keyed(person=str(case.person_id), bereich="language")).status_code in (403, 404), name
    assert referrals_of(case) == []


def test_for_supervision_the_page_is_read_and_begins_nothing(amal, case):
    offer, lena = an_offer("Sprachkurs B1", german_from="b1"), signed_in("lena@caritas-ahaus.example")
    where = reverse("matches", args=[case.id]) + f"?person={case.person_id}&bereich=language"
    lena.post(f"/team/faelle/{case.id}/oeffnen/", keyed(reason="supervision"))
    html = lena.get(where).content.decode()
    assert "Sprachkurs B1" in html and f"{offer.id}/fragen/" not in html and "beobachten/" not in html and "/angaben/german/neu/" not in html
    asked = keyed(person=str(case.person_id), bereich="language")
    assert lena.post(reverse("match-ask", args=[case.id, offer.id]), asked).status_code == 403
    assert referrals_of(case) == []


def test_the_look_is_noted_as_one_at_the_case(amal, case):
    from faden.kernel.models import Look

    page_of(amal, case, geschlecht="female")
    with opened_for(actor_of(AMAL.email), write=False):
        look = Look.objects.order_by("-id").first()
    assert (look.kind, look.page, look.subject_id) == ("case", "matches", case.id) and "female" not in str(vars(look))


def test_the_look_says_whose_offers_they_were(amal, case):
    from faden.kernel.models import Look

    def noted() -> list[Any]:
        with opened_for(actor_of(AMAL.email), write=False):
            return list(Look.objects.filter(page="matches").order_by("-id").first().shown)

    page_of(amal, case)
    assert noted() == [case.person_id]
    child, stranger = add_member(case, "Yusuf"), open_a_case(family="Rahimi")
    page_of(amal, case, person=str(child.id))
    assert noted() == [child.id]
    for nobody in ("", "x", str(stranger.person_id)):
        page_of(amal, case, person=nobody)
        assert noted() == [], "nobody of this case was shown"


def test_no_personal_fact_reaches_the_directory(amal, case):
    """Searched, asked, watched, reported: what everybody reads stays as it was."""
    from faden.directory.models import Offer, Place, Provider, Shelf, Source

    offer = an_offer("Sprachkurs B1", papers=("eu",))
    known_fact(case.person, "residence", paper="duldung_60a")

    def state() -> str:
        with opened_for(actor_of(AMAL.email), write=False):
            return str([sorted(str(row) for row in model.objects.values()) for model in (Offer, Place, Provider, Shelf, Source)])

    before = state()
    page_of(amal, case)
    amal.post(reverse("match-watch", args=[case.id]), keyed(person=str(case.person_id), bereich="language"))
    ask(amal, case, offer)
    amal.post(reverse("unmet-new"), keyed(life_area="language", municipality=AHAUS, condition="residence"))
    assert state() == before
