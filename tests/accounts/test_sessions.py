"""The list of one's own sessions."""

from tests.accounts.signing import AMAL, sign_in
from tests.desk_client import text_of

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def test_one_session_ends_the_others(own_database):
    from django.test import Client

    here, _ = sign_in(AMAL, client=Client(headers={"user-agent": FIREFOX}))
    there, _ = sign_in(AMAL)
    page = text_of(here.get("/konto/sitzungen/"))
    assert page.count("127.0.0.1") == 2 and "Firefox auf Windows" in page and "diese hier" in page
    here.post("/konto/sitzungen/")
    assert here.get("/tag/").status_code == 200
    assert there.get("/tag/").headers["Location"].startswith("/konto/anmelden/")


def test_a_session_stays_on_the_list_when_its_role_changes(own_database):
    """Taking a role gives a new session key; the list must follow."""
    here, _ = sign_in(AMAL)
    there, _ = sign_in(AMAL)
    there.post("/rolle/", {"membership": there.session["membership"]})
    assert there.get("/tag/").status_code == 200
    here.post("/konto/sitzungen/")
    assert there.get("/tag/").status_code == 302


def test_a_new_password_ends_the_other_sessions(own_database):
    from config.demo_data.network import PASSWORD

    here, _ = sign_in(AMAL)
    there, _ = sign_in(AMAL)
    new = "Ganz-anderes-Wort-7"
    here.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/tag/").status_code == 200
    assert there.get("/tag/").status_code == 302
