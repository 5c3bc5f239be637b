"""What nobody is asked to send: guessed ids, oversized and odd values, other services' offers, words that would run."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from faden.directory.actions import offers
from faden.directory.rules.owner_link import token_of
from faden.kernel import clock
from tests.cast import AMAL, CEM, KARIN
from tests.desk_client import keyed, signed_in
from tests.directory.keeping import PETRA, again, done, noted, values_of
from tests.referrals.sending import work

pytestmark = pytest.mark.usefixtures("own_database")
MANY = "9" * 5000
ODD = ("\0", MANY, "x" * 100_000, "%", "٣", "-1", "1e9", "'\"<script>", "\ud800", "a" + "\u0301" * 500, "2026-13-45", "nan,nan,nan,nan", "1,2,3")
OFFICE = "buero@haus.example"


def fine(answer):
    """An answer, whatever it says; never a crash."""
    assert answer.status_code < 500
    return answer


# ---------- everybody ----------


@pytest.mark.parametrize("name", "wort bereich ort umkreis sprache ab quelle nur reihe seite ausschnitt ansicht".split())
def test_odd_words_in_the_address_of_the_list(name):
    noted()
    for odd in ODD:
        answer = fine(Client().get("/angebote/", {name: odd.encode("utf-8", "surrogatepass")}))
        assert "'\"<script>" not in answer.content.decode()


@pytest.mark.parametrize(("path", "names"), [
    ("services", "search page per_page full minimal modified_after organization_id taxonomy_id taxonomy_term_id format"),
    ("organizations", "search page full"), ("service_at_locations", "modified_after organization_id taxonomy_term_id"), ("taxonomies", "page"),
])  # fmt: skip
def test_odd_words_in_the_address_of_hsds(path, names):
    noted()
    for name in names.split():
        for odd in ODD:
            answer = fine(Client().get(f"/hsds/{path}", {name: odd.encode("utf-8", "surrogatepass")}))
            assert answer.headers["Content-Type"] == "application/json"


def test_a_page_of_hsds_far_behind_the_last_is_empty_and_a_large_one_is_refused():
    noted()
    for path in ("services", "organizations", "service_at_locations"):
        assert Client().get(f"/hsds/{path}", {"page": "1000000", "per_page": "100"}).json()["contents"] == []
        assert Client().get(f"/hsds/{path}", {"per_page": "101"}).status_code == 400


def test_only_what_was_asked_for_is_answered():
    offer = noted(keeper_email=OFFICE)
    for path in ("/angebote/", f"/angebote/{offer.id}/", "/hsds/services"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(Client(), method)(path).status_code == 405
    assert Client().get(f"/angebote/{uuid4()}/").status_code == 404
    for path in (f"/angebote/{offer.id}/", f"/hsds/services/{offer.id}", "/hsds/services?full=true", "/hsds/organizations?full=true"):
        assert OFFICE not in Client().get(path).content.decode()


# ---------- who has the link ----------


@pytest.fixture
def asked():
    """An offer whose owner was asked today, and the address in the mail."""
    offer = noted(keeper_email=OFFICE, ends_on=clock.today() + timedelta(days=400))
    clock.set_forward(170)
    done(offers.asked, offer, on=clock.today())
    return offer, f"/angebot-bestaetigen/{token_of(offer.id, clock.today(), address=OFFICE)}/"


@pytest.mark.parametrize("typed", [
    {"words": "\0"}, {"words": "x" * 2_000_000}, {"places_free": MANY}, {"next_start": "0001-01-01"}, {"next_start": "9999-12-31"}, {"what": "x" * 100_000, "places_free": "x"},
])  # fmt: skip
def test_odd_words_through_the_link(asked, typed):
    offer, address = asked
    answer = Client().post(address, {"what": "confirm", **typed})
    assert answer.status_code in (400, 413, 422)
    assert again(offer).version == offer.version


def test_a_start_after_the_last_day_is_shown_again_and_nothing_of_it_is_taken(asked):
    offer, address = asked
    late = (offer.ends_on + timedelta(days=1)).isoformat()
    answer = Client().post(address, {"what": "confirm", "next_start": late, "places_free": "3", "words": "Bitte prüfen"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["next_start"]
    assert "Bitte prüfen" in answer.content.decode()
    row = again(offer)
    assert (row.places_free, row.next_start, row.hint, row.confirmed_on) == (None, None, "", offer.confirmed_on)


def test_the_link_names_one_offer_and_nothing_else_in_the_form_counts(asked):
    offer, address = asked
    other = noted(title="Anderes", provided="Andere", keeper_email=OFFICE)
    sent = {"what": "confirm", "offer": other.id, "offer_id": other.id, "title": "Gehackt", "keeper_email": "ich@example.org", "next": "https://example.org/"}
    answer = Client().post(f"{address}?next=https://example.org/", sent)
    assert answer.headers["Location"] == address
    assert (again(offer).title, again(offer).keeper_email, again(other).confirmed_on) == ("Sprachcafé", OFFICE, other.confirmed_on)
    assert Client(HTTP_HOST="boese.example").get(address).status_code in (200, 400)


# ---------- another service, a partner ----------


@pytest.mark.parametrize(("who", "root"), [(CEM.email, "/verzeichnis"), (PETRA, "/partner/angebote")])
def test_what_others_keep_can_be_read_and_nothing_more(who, root):
    offer, client = noted(keeper_email=OFFICE), signed_in(who)
    assert client.get(f"{root}/{offer.id}/").status_code == 200
    before = again(offer)
    for verb in ("aendern", "stimmt", "telefon", "plaetze", "link", "hinweis", "ende", "wieder"):
        assert client.post(f"{root}/{offer.id}/{verb}/", keyed(title="Gehackt", because="ended", places_free="1", places_on="2026-11-01")).status_code == 403, verb
        assert client.post(f"{root}/{uuid4()}/{verb}/", keyed()).status_code == 404, verb
    assert client.get(f"{root}/{offer.id}/aendern/").status_code == 403
    assert client.get(f"{root}/anbieter/{offer.provider_id}/").status_code == 403
    assert client.post(f"{root}/anbieter/{offer.provider_id}/", keyed(name="Gehackt", version="1")).status_code == 403
    assert vars(again(offer))["version"] == before.version


@pytest.mark.parametrize(("who", "root"), [(CEM.email, "/verzeichnis"), (PETRA, "/partner/angebote")])
def test_an_offer_is_not_hung_on_the_provider_of_another_service(who, root):
    theirs, client = noted(), signed_in(who)
    sent = keyed(title="Meins", provider=str(theirs.provider_id), life_areas=["language"], confirm_every_days="180")
    answer = client.post(f"{root}/neu/", sent)
    assert answer.status_code == 422
    assert "provider" in answer.context["form"].errors


@pytest.mark.parametrize(("who", "root"), [(AMAL.email, "/verzeichnis"), (PETRA, "/partner/angebote")])
def test_odd_words_in_the_addresses_of_the_keepers(who, root):
    client = signed_in(who)
    for name in ("q", "bereich", "ort", "anbieter", "stand", "quelle", "pflege", "seite"):
        for odd in ODD:
            for path in (f"{root}/", f"{root}/anbieter/", f"{root}/neu/"):
                fine(client.get(path, {name: odd.encode("utf-8", "surrogatepass")}))


@pytest.mark.parametrize("address", ["https://[", "https://[::1", "http://]", "javascript:alert(1)//a.b", "https:haus.example", "https://haus.example/\njavascript:x", "//haus.example", "https://haus.example:99999999/"])
def test_an_address_no_browser_opens_is_refused_in_words(address):
    client = signed_in(AMAL.email)
    sent = keyed(title="Café", new_provider="Haus", life_areas=["language"], confirm_every_days="180", website=address)
    answer = client.post("/verzeichnis/neu/", sent)
    assert answer.status_code == 422
    assert "website" in answer.context["form"].errors
    answer = client.post("/verzeichnis/anbieter/neu/", keyed(name="Haus", website=address))
    assert answer.status_code == 422


def test_nobody_sends_links_to_the_whole_world(settings):
    """Another address opens the way for another mail on the same day: that must not make us a mailer of anybody's words."""
    settings.ACCOUNT_RATE_LIMITS = {"ask": "3/h/user"}
    offer, client = noted(keeper_email="a0@haus.example"), signed_in(AMAL.email)
    answers = []
    for number in range(5):
        row = again(offer)
        done(offers.change, offer, values_of(row, keeper_email=f"a{number}@haus.example"), seen_version=row.version, today=clock.today())
        answers.append(client.post(f"/verzeichnis/{offer.id}/link/", keyed()).status_code)
        work()
    assert answers == [303, 303, 303, 403, 403]
    assert [one.to for one in mail.outbox] == [[f"a{number}@haus.example"] for number in range(3)]


# ---------- a file of others ----------


def test_cells_of_a_table_are_shown_and_do_not_run():
    from django.core.files.uploadedfile import SimpleUploadedFile

    evil = '<form action=https://example.org><b onclick="x()">Hier</b></form>'
    table = f'Was;"<i>{evil.replace(chr(34), chr(34) * 2)}</i>"\n"{evil.replace(chr(34), chr(34) * 2)}";x\n'.encode()
    client = signed_in(KARIN.email)
    answer = client.post("/verzeichnis/einlesen/vorschau/", keyed(file=SimpleUploadedFile("t.csv", table), name="<u>Liste</u>", licence="CC BY 4.0"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "&lt;form action=https://example.org&gt;" in html
    assert "<form action=https://example.org" not in html
    assert "<b onclick" not in html
    assert "<u>Liste" not in html
