"""The sender's pages of a Laufende Freigabe: who can be chosen, what is seen before it goes out, what is shown of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, CEM, DILAN, LENA
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import DORA, PETRA, Sharing, service_of
from tests.desk_client import keyed, signed_in, text_of


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


@pytest.fixture
def chain(hand):
    steps = (step("anmeldung"), step("test", "anmeldung"), step("titel", life_area="residence", title="Aufenthaltstitel klären"))
    return begin(hand.case, *steps, title="Deutschkurs")


@pytest.fixture
def amal(own_database):
    return signed_in(AMAL.email)


def address(name, chain, *more):
    return reverse(name, args=[chain.case_id, chain.id, *more])


def day(number):
    from faden.kernel import clock

    return clock.today() + timedelta(days=number)


def chosen(sharing, *codes, days=20):
    held = [str(sharing.hand.row(code, sharing.chain).id) for code in codes]
    return {"consent": str(sharing.consent.id), "holds": held, "until": day(days).isoformat()}


def seen_in(answer):
    import re

    return re.search(r'name="gesehen" value="(\w+)"', answer.content.decode()).group(1)


def test_first_the_look_then_the_copy(hand, chain, amal):
    sharing = Sharing(hand, chain)
    values = chosen(sharing, "test")
    look = amal.post(address("chain-share", chain), keyed(**values))
    assert look.status_code == 200
    for words in ("Genau das liest die Stelle", "Darwisch, Rima", "Test (Ihr Schritt)", sharing.service.name):
        assert words in text_of(look)
    assert "Aufenthaltstitel" not in text_of(look).split("Genau das liest die Stelle")[1]
    assert sharing.copies() == [], "a look sends nothing"
    without = amal.post(address("chain-share", chain), keyed(**values, freigeben="1"))
    assert (without.status_code, sharing.copies()) == (200, []), "nor does a click without one"
    sent = amal.post(address("chain-share", chain), keyed(**values, freigeben="1", gesehen=seen_in(look)))
    assert sent.status_code == 303
    (copy,) = sharing.copies()
    page = text_of(amal.get(sent["Location"]))
    assert all(words in page for words in ("Was die Stelle jetzt liest", "Fassung 1", "Test (Ihr Schritt)"))
    assert copy.number == 1


def test_the_chain_changed_after_the_look(hand, chain, amal):
    sharing = Sharing(hand, chain)
    values = chosen(sharing, "test")
    look = amal.post(address("chain-share", chain), keyed(**values))
    hand.finish("anmeldung")
    answer = amal.post(address("chain-share", chain), keyed(**values, freigeben="1", gesehen=seen_in(look)))
    assert "Noch einmal ansehen" in text_of(answer)
    assert sharing.copies() == []


def test_an_immigration_office_is_not_in_the_list_whatever_was_signed(hand, chain, amal):
    Sharing(hand, chain, with_=DORA)
    there = Sharing(hand, chain)
    page = amal.get(address("chain-share", chain)).content.decode()
    assert there.service.name in page
    assert service_of(DORA).name not in page
    stay = Sharing(hand, chain, with_=DORA)
    forged = amal.post(address("chain-share", chain), keyed(**chosen(stay), freigeben="1", gesehen="x"))
    assert forged.status_code == 422


def test_without_a_consent_the_page_leads_to_one(hand, chain, amal):
    page = amal.get(address("chain-share", chain))
    assert "Dafür fehlt die Einwilligung" in text_of(page)
    petra = service_of(PETRA)
    assert f"?an=s{petra.id}&amp;zweck=Deutschkurs" in page.content.decode()


def test_a_consent_of_another_person_or_of_other_data_is_not_offered(hand, chain, amal):
    child = add_member(hand.case, "Noor")
    Sharing(hand, chain, person=child)
    Sharing(hand, chain, classes=("contact", "language"))
    assert "Dafür fehlt die Einwilligung" in text_of(amal.get(address("chain-share", chain)))


@pytest.mark.parametrize(("days", "words"), [(40, "länger gelten als die Einwilligung"), (400, "zwölf Monaten"), (-1, "zwölf Monaten")])
def test_a_day_too_far_says_so_and_keeps_what_was_typed(hand, chain, amal, days, words):
    sharing = Sharing(hand, chain)
    answer = amal.post(address("chain-share", chain), keyed(**chosen(sharing, "test", days=days)))
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert day(days).isoformat() in answer.content.decode()
    assert sharing.copies() == []


def test_what_is_confidential_or_hidden_has_no_such_page(hand, amal):
    hidden = begin(hand.case, step("a"), confidential=True)
    assert amal.get(address("chain-share", hidden)).status_code == 404
    assert "Laufend freigeben" not in text_of(amal.get(address("chain", hidden)))


def test_the_chains_page_says_what_was_sent_and_what_was_reported(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    sharing.says("test", state="waiting_agency", due=day(72).isoformat(), words="Platz ab dann")
    page = text_of(amal.get(address("chain", chain)))
    today = f"{day(0):%d.%m.%Y}"
    name = sharing.service.name
    assert f"gemeldet von {name} am {today}: wartet auf Stelle, Tag {day(72):%d.%m.%Y}: „Platz ab dann“" in page
    for words in ("Gemeinsam an dieser Kette", "Fassung 2 vom", "Test: wartet auf Stelle (vorher: offen)"):
        assert words in page
    # In the history it is theirs.
    assert f"gemeldet von {name} Stand geändert" in page
    assert f"gemeinsam mit {name}" in text_of(amal.get(reverse("chains", args=[hand.case.id])))
    assert f"gemeinsam mit {name}" in text_of(amal.get(reverse("case", args=[hand.case.id])))


def test_a_report_that_was_not_taken_over_says_why(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    sharing.says("anmeldung", state="done")
    page = text_of(amal.get(address("chain", chain)))
    assert "Nicht übernommen: der Schritt liegt nicht bei dieser Stelle." in page


def test_asked_and_answered(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    row = hand.row("test", chain)
    where = address("chain-share-ask", chain, sharing.share.id)
    hidden = hand.row("titel", chain)
    assert str(hidden.id) not in amal.get(where).content.decode()
    empty = amal.post(where, keyed(step=str(row.id), kind="question", words=""))
    assert empty.status_code == 422
    sent = amal.post(where, keyed(step=str(row.id), kind="question", words="Wann ist der Test?"))
    assert sent.status_code == 303
    assert "Wann ist der Test?" in sharing.step("test").talk[0]
    page = text_of(amal.get(address("chain-shared", chain, sharing.share.id)))
    assert "Wann ist der Test?" in page and "Fassung 2" in page


def test_ended_with_a_page_that_says_what_happens(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    where = address("chain-share-end", chain, sharing.share.id)
    assert "Diese Schritte liegen weiter bei der Stelle" in text_of(amal.get(where))
    assert amal.post(where, keyed()).status_code == 303
    assert sharing.copies() == []
    page = text_of(amal.get(address("chain-shared", chain, sharing.share.id)))
    assert "Die Stelle liest nichts mehr" in page and "von uns beendet" in page
    late = amal.post(address("chain-share-ask", chain, sharing.share.id), keyed(step=str(hand.row("test", chain).id), kind="question", words="?"))
    assert late.status_code == 409


def test_withdrawn_it_is_over_on_every_page_before_any_job_has_run(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    sharing.withdraw()
    assert "Die Stelle liest nichts mehr" in text_of(amal.get(address("chain-shared", chain, sharing.share.id)))
    assert "gemeinsam mit" not in text_of(amal.get(reverse("chains", args=[hand.case.id])))


def test_a_share_under_another_chain_is_not_there(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    other = begin(hand.case, step("x"))
    for name in ("chain-shared", "chain-share-ask", "chain-share-end"):
        assert amal.get(address(name, other, sharing.share.id)).status_code == 404


@pytest.mark.parametrize("who", [BERND, LENA, DILAN, CEM])
def test_who_does_not_see_the_case_does_not_share_it(hand, chain, who):
    sharing = Sharing(hand, chain).begin("test")
    client = signed_in(who.email)
    for name, more in (("chain-share", ()), ("chain-shared", (sharing.share.id,)), ("chain-share-end", (sharing.share.id,))):
        answer = client.get(address(name, chain, *more))
        assert answer.status_code in (302, 303, 403, 404), (who, name)
        assert sharing.service.name not in answer.content.decode()


def test_the_part_of_zusammenarbeit(hand, chain, amal):
    sharing = Sharing(hand, chain).begin("test")
    child = add_member(hand.case, "Noor")
    page = text_of(amal.get(reverse("together", args=[hand.case.id])))
    assert "Laufende Freigaben 1" in page and "Darwisch, Rima" in page and sharing.service.name in page
    hers = text_of(amal.get(reverse("person-together", args=[hand.case.id, child.id])))
    assert "Keine Kette ist freigegeben" in hers


def test_a_secret_street_goes_out_by_no_title_and_no_question(own_database):
    from faden.kernel import clock
    from tests.case_making import fact, mark

    hand = Hand(open_a_case())
    fact(AMAL.email, hand.case.person, "address", street="Geheimgasse 7")
    mark(AMAL.email, hand.case.person)
    amal, where = signed_in(AMAL.email), f"/faelle/{hand.case.id}/ketten/"
    known = begin(hand.case, step("x", title="Post, Geheimgasse 7"), title="Alt")
    consent = Sharing(hand, known).consent
    until = f"{clock.today() + timedelta(days=10):%Y-%m-%d}"
    refused = amal.post(f"{where}{known.id}/freigabe/", keyed(consent=str(consent.id), until=until))
    assert refused.status_code == 422 and "Schutzvermerk geschützt" in text_of(refused)
    chain = begin(hand.case, step("a"), title="Neu")
    sharing = Sharing(hand, chain).begin("a")
    asked = keyed(step=str(hand.row("a", chain).id), kind="question", words="Geheimgasse 7?")
    assert amal.post(f"{where}{chain.id}/freigaben/{sharing.share.id}/frage/", asked).status_code == 422
    added = keyed(title="Post umleiten, Geheimgasse 7", kind="klaerung", holder="case_manager", reason="other_way", because="so", join="all")
    answer = amal.post(f"{where}{chain.id}/schritt/", added)
    assert "Schutzvermerk geschützt" in text_of(answer)
    assert "Geheimgasse" not in str(sharing.read())
