"""The owner is asked by mail and answers by link, without an account; what scanners, guessers and old links get."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail, signing
from django.test import Client

from faden.directory.actions import offers
from faden.directory.rules.owner_link import token_of
from faden.directory.vocabulary import OfferEnd
from faden.jobs.offers import nightly, of_service
from faden.kernel import clock
from tests.cast import AMAL
from tests.desk_client import keyed, signed_in, text_of
from tests.directory.keeping import again, deeds, done, noted, values_of
from tests.referrals.sending import work

pytestmark = pytest.mark.usefixtures("own_database")
OFFICE = "buero@haus.example"


def link_of(offer_id, asked_on, address=OFFICE):
    """The token of the link in the mail."""
    return token_of(offer_id, asked_on, address=address)


@pytest.fixture
def asked():
    """An offer whose owner was asked today, and the address in the mail."""
    offer = noted(keeper_email=OFFICE, description="<p>Kommen Sie!</p>", places_free=2, places_on=clock.today())
    clock.set_forward(170)
    done(offers.asked, offer, on=clock.today())
    return offer, f"/angebot-bestaetigen/{link_of(offer.id, clock.today())}/"


def mails_on(days, offer):
    """The days on which its service's night sent a mail."""
    came = []
    for day in days:
        clock.set_forward(day)
        before = len(mail.outbox)
        of_service(offer.organisation_id)
        work()
        came += [day] * (len(mail.outbox) - before)
    return came


def test_looking_never_opens_a_transaction_that_writes(asked, monkeypatch):
    def refused(*_arguments, **_more):
        raise RuntimeError("opened to write")

    _offer, address = asked
    monkeypatch.setattr("faden.doors.offer_link.opened_for", refused)
    assert Client().get(address).status_code == 200
    with pytest.raises(RuntimeError):
        Client().post(address, {"what": "confirm"})


def columns(offer):
    return {name: value for name, value in again(offer).__dict__.items() if name != "_state"}


# ---------- the nightly mail ----------


def test_the_owner_is_asked_before_it_is_stale_and_after_never_twice_in_a_fortnight():
    offer = noted(keeper_email=OFFICE, confirm_every_days=30)
    noted(title="Ohne Adresse", provided="Niemand", confirm_every_days=30)
    # Fresh for 30 days, asked from the 17th on, and not for ever.
    assert mails_on((1, 16, 17, 18, 30, 31, 32, 44, 45, 120, 121, 140), offer) == [17, 31, 45, 120]
    assert {one.to[0] for one in mail.outbox} == {OFFICE}


def test_the_same_night_twice_asks_once():
    offer = noted(keeper_email=OFFICE)
    clock.set_forward(200)
    for _run in range(2):
        of_service(offer.organisation_id)
        work()
    assert len(mail.outbox) == 1
    assert [event for event, _role, _details in deeds(offer)].count("offer.asked") == 1


def test_an_ended_or_confirmed_offer_asks_nobody():
    from faden.directory.vocabulary import ConfirmedHow

    ended, confirmed = noted(keeper_email=OFFICE), noted(title="Zwei", provided="Zwei", keeper_email=OFFICE)
    clock.set_forward(200)
    done(offers.end, ended, OfferEnd.ENDED)
    done(offers.confirm, confirmed, how=ConfirmedHow.PHONE, today=clock.today())
    nightly()
    work()
    assert mail.outbox == []


def test_the_mail_says_which_offer_and_holds_the_link(asked):
    offer, address = asked
    work()
    [letter] = mail.outbox
    assert (letter.to, letter.attachments) == ([OFFICE], [])
    assert address in letter.body and "„Sprachcafé“" in letter.body and "Caritas Ahaus" in letter.body
    last = clock.today() + timedelta(days=60)
    assert f"{last:%d.%m.%Y}" in letter.body
    assert "Amal" not in letter.body


def test_what_ended_while_the_mail_waited_is_not_sent(asked):
    offer, _address = asked
    done(offers.end, offer, OfferEnd.ENDED)
    work()
    assert mail.outbox == []


def test_the_button_asks_once_a_day():
    offer, client = noted(keeper_email=OFFICE), signed_in(AMAL.email)
    where = f"/verzeichnis/{offer.id}/"
    assert "Link an den Anbieter senden" in text_of(client.get(where))
    assert [client.post(f"{where}link/", keyed()).status_code for _try in range(2)] == [303, 403]
    work()
    assert len(mail.outbox) == 1
    assert "Link an den Anbieter senden" not in text_of(client.get(where))
    bare = noted(title="Ohne", provided="Ohne")
    assert client.post(f"/verzeichnis/{bare.id}/link/", keyed()).status_code == 403


# ---------- the page ----------


def test_looking_changes_nothing(asked):
    offer, address = asked
    before = columns(offer)
    for method in ("get", "head"):
        answer = getattr(Client(), method)(address)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "same-origin" and "no-store" in answer.headers["Cache-Control"]
    assert Client().put(address).status_code == 405
    words = text_of(Client().get(address))
    assert "Sprachcafé" in words and "Kommen Sie!" in words and "2 Plätze frei" in words
    assert OFFICE not in words
    assert columns(offer) == before


def test_stimmt_so(asked):
    offer, address = asked
    client = Client()
    answer = client.post(address, {"what": "confirm"}, follow=True)
    assert "gilt als geprüft, Stand heute" in text_of(answer)
    row = again(offer)
    assert (row.confirmed_on, row.confirmed_how, row.places_free) == (clock.today(), "link", 2)
    assert deeds(offer)[-1] == ("offer.confirmed", "system", {"how": "link"})
    # Once more on the same day is no second deed.
    client.post(address, {"what": "confirm"})
    assert [event for event, _role, _details in deeds(offer)].count("offer.confirmed") == 1


def test_free_places_and_next_start_come_along(asked):
    offer, address = asked
    start = clock.today() + timedelta(days=30)
    assert Client().post(address, {"what": "confirm", "places_free": "0", "next_start": start.isoformat()}).status_code == 303
    row = again(offer)
    assert (row.places_free, row.places_on, row.next_start, row.confirmed_on) == (0, clock.today(), start, clock.today())


@pytest.mark.parametrize("typed", [{"places_free": "-1"}, {"places_free": "10000"}, {"places_free": "viele"}, {"next_start": "bald"}, {"words": "x" * 1001}])
def test_what_cannot_be_taken_is_shown_again(asked, typed):
    offer, address = asked
    answer = Client().post(address, {"what": "confirm", **typed})
    assert answer.status_code == 422
    assert next(iter(typed.values())) in answer.content.decode()
    assert again(offer).confirmed_on == offer.confirmed_on


def test_a_hint_confirms_nothing_and_stands_with_the_offer(asked):
    offer, address = asked
    said = "Jetzt dienstags, <b>nicht</b> mehr montags"
    answer = Client().post(address, {"what": "confirm", "words": said}, follow=True)
    assert "Ihr Hinweis ist angekommen" in text_of(answer)
    row = again(offer)
    assert (row.hint, row.hint_on, row.confirmed_on) == (said, clock.today(), offer.confirmed_on)
    client = signed_in(AMAL.email)
    page = client.get(f"/verzeichnis/{offer.id}/")
    assert "Hinweis des Anbieters" in text_of(page) and "<b>nicht</b>" not in page.content.decode()
    assert [row.title for row, _address in client.get("/verzeichnis/?stand=hinweis").context["rows"]] == ["Sprachcafé"]
    assert client.post(f"/verzeichnis/{offer.id}/hinweis/", keyed()).status_code == 303
    assert (again(offer).hint, again(offer).hint_on) == ("", None)
    assert deeds(offer)[-1][:2] == ("offer.hint_done", "case_manager")


def test_gibt_es_nicht_mehr_and_what_is_sent_after(asked):
    offer, address = asked
    client = Client()
    assert "steht nicht mehr im Verzeichnis" in text_of(client.post(address, {"what": "end"}, follow=True))
    row = again(offer)
    assert (row.ended_because, deeds(offer)[-1][2]) == ("ended", {"because": "ended", "how": "link"})
    for typed in ({"what": "end"}, {"what": "confirm"}, {"what": "confirm", "words": "Doch!"}):
        answer = client.post(address, typed)
        assert answer.status_code == 200 and "Gibt es das Angebot doch noch?" in text_of(answer)
    assert (again(offer).ended_at, again(offer).hint) == (row.ended_at, "")
    # Taken up again by its keeper, the old link stays closed.
    done(offers.back, offer, today=clock.today())
    assert client.get(address).status_code == 404


# ---------- links that do not count ----------


def test_a_newer_link_ends_the_old_one(asked):
    offer, address = asked
    clock.set_forward(185)
    done(offers.asked, offer, on=clock.today())
    newer = f"/angebot-bestaetigen/{link_of(offer.id, clock.today())}/"
    assert [Client().get(one).status_code for one in (address, newer)] == [404, 200]
    assert Client().post(address, {"what": "end"}).status_code == 404
    assert again(offer).ended_at is None


@pytest.mark.parametrize(("days", "status"), [(60, 200), (61, 404)])
def test_a_link_counts_sixty_days(asked, days, status):
    _offer, address = asked
    clock.set_forward(170 + days)
    assert Client().get(address).status_code == status
    assert Client().post(address, {"what": "confirm"}).status_code == (303 if status == 200 else 404)


def test_another_address_for_the_mails_ends_the_link(asked):
    offer, address = asked
    done(offers.change, offer, values_of(again(offer), keeper_email="neu@haus.example"), seen_version=1, today=clock.today())
    assert Client().get(address).status_code == 404


def test_a_corrected_address_shuts_the_wrong_one_out_on_the_same_day(asked):
    """A mail went to a stranger; the right office is asked an hour later."""
    offer, strangers = asked
    right = "neu@haus.example"
    done(offers.change, offer, values_of(again(offer), keeper_email=right), seen_version=1, today=clock.today())
    done(offers.asked, again(offer), on=clock.today())
    work()
    [letter] = [one for one in mail.outbox if one.to == [right]]
    theirs = f"/angebot-bestaetigen/{link_of(offer.id, clock.today(), right)}/"
    assert theirs in letter.body
    assert [Client().get(one).status_code for one in (strangers, theirs)] == [404, 200]
    assert Client().post(strangers, {"what": "end"}).status_code == 404
    assert again(offer).ended_at is None


def test_a_link_does_not_tell_the_address_it_went_to(asked):
    _offer, address = asked
    told = signing.b64_decode(address.split("/")[2].partition(":")[0].encode()).decode()
    assert OFFICE not in told and hashlib.sha256(OFFICE.encode()).hexdigest()[:12] not in told


def test_a_link_cannot_be_made_or_bent(asked):
    offer, address = asked
    token, other = address.split("/")[2], noted(title="Anderes", provided="Andere")
    value, signature = token.rsplit(":", 1)
    bent = [
        token[:-1], token + "a", token.upper(), value, f":{signature}", f"{value}:", "x", "%00", "a" * 3000,
        f"{value[:-2]}AA:{signature}", signing.dumps([offer.id.hex, clock.today().isoformat()]),
        signing.Signer(salt="faden.other").sign_object([offer.id.hex, clock.today().isoformat()]),
        signing.Signer(salt="faden.offer").sign_object([offer.id.hex]), signing.Signer(salt="faden.offer").sign_object([offer.id.hex, clock.today().isoformat()]),
        signing.Signer(salt="faden.offer").sign_object([offer.id.hex, clock.today().isoformat(), ["ä"]]), link_of(offer.id, clock.today(), ""), signing.Signer(salt="faden.offer").sign_object({"a": 1}),
        signing.Signer(salt="faden.offer").sign_object(["x", "y"]),
        link_of(other.id, clock.today()), link_of(uuid4(), clock.today()), link_of(offer.id, clock.today() - timedelta(days=1)),
        link_of(offer.id, clock.today() + timedelta(days=1)),
    ]  # fmt: skip
    for one in bent:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/angebot-bestaetigen/{one}/", {"what": "end"})
            assert answer.status_code == 404, one
            assert "Sprachcafé" not in answer.content.decode() and "Anderes" not in answer.content.decode()
    assert again(offer).ended_at is None and again(other).ended_at is None


def test_a_form_from_elsewhere_is_refused(asked):
    offer, address = asked
    assert Client(enforce_csrf_checks=True).post(address, {"what": "end"}).status_code == 403
    assert again(offer).ended_at is None


def test_too_many_answers_are_refused(asked, settings):
    from django.core.cache import cache

    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"link": "3/5m/ip"}
    _offer, address = asked
    client = Client()
    assert [client.post(address, {"what": "confirm"}).status_code for _try in range(4)] == [303, 303, 303, 429]
    cache.clear()


def test_the_page_costs_the_same_for_one_place_and_for_nine():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.directory.rules.values import PlaceValues

    found = set()
    for count in (1, 9):
        offer = noted(title=f"Kurs {count}", provided=f"Haus {count}", keeper_email=OFFICE, places=tuple(PlaceValues(street=f"Markt {n}") for n in range(count)))
        done(offers.asked, offer, on=clock.today())
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/angebot-bestaetigen/{link_of(offer.id, clock.today())}/").status_code == 200
        found.add(len(captured))
    assert len(found) == 1
