"""Passkeys under the strict CSP, and how the account pages look to axe and on a telephone."""

import pytest

from tests.accounts.signing import AMAL, ANTON
from tests.browser import NARROW, axe, overflow, sign_in
from tests.desk_client import keyed, signed_in

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def amal(browse, settings):
    """Somebody whose device knows passkeys; they need a name for the host, not a number."""
    settings.FADEN_SECOND_FACTOR = True
    person = browse()
    person.address = person.address.replace("127.0.0.1", "localhost")
    page = person.open("/konto/anmelden/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return person, page


def test_a_passkey_is_set_up_and_opens_the_desk(amal):
    person, page = amal
    sign_in(page, AMAL)
    assert person.path(page) == "/konto/zweiter-faktor/"
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Auch ohne Passwort").check()
    page.get_by_role("button", name="Einrichten").click()
    page.wait_for_url("**/codes/")
    assert person.go(page, "/tag/") == 200 and person.path(page) == "/tag/"
    sign_out(person, page)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/tag/")
    sign_out(person, page)
    sign_in(page, AMAL)
    assert person.path(page) == "/konto/zweiter-faktor/eingeben/"
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url("**/tag/")


def sign_out(person, page) -> None:
    person.go(page, "/konto/abmelden/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    person.go(page, "/konto/anmelden/")


def test_a_passkey_that_does_not_come_is_said(browse):
    person = browse()
    page = person.open("/konto/anmelden/")  # 127.0.0.1: no browser gives a passkey there
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text("Das hat nicht geklappt").wait_for()


def test_without_javascript_the_passkey_is_not_offered(browse):
    page = browse(script=False).open("/konto/anmelden/")
    assert page.get_by_role("button", name="Mit Passkey anmelden").count() == 0
    sign_in(page, AMAL)
    assert page.title().startswith("Mein Tag")


PUBLIC = ("/konto/anmelden/", "/konto/passwort/vergessen/", "/konto/passwort/vergessen/gesendet/", "/konto/neu/", "/einladung/x/")
OWN = ("/rolle/", "/konto/passwort/", "/konto/zweiter-faktor/", "/konto/zweiter-faktor/app/", "/konto/zweiter-faktor/passkeys/neu/", "/konto/sitzungen/", "/konten/", "/konten/einladung/")  # fmt: skip


@pytest.mark.parametrize("width", [1366, NARROW])
def test_the_pages_are_accessible_and_fit(browse, width):
    from tests.desk_client import membership_of

    anton = signed_in(ANTON)
    invited = anton.post("/konten/einladung/", keyed(name="Nele Neu", email="nele@x.example", role="dpo"))
    link = invited.context["link"].removeprefix("http://testserver")
    nobody, somebody = browse(width=width), browse(ANTON, width=width)
    person = f"/konten/{membership_of(AMAL).id}/"
    for visitor, addresses in ((nobody, (*PUBLIC, link)), (somebody, (*OWN, person))):
        page = visitor.open("/konto/anmelden/" if visitor is nobody else "/konten/")
        for address in addresses:
            visitor.go(page, address)
            assert axe(page) == [], address
            assert overflow(page) <= 0, address
