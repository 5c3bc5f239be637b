"""Signing in, out, and getting a new password."""

import re

import pytest
from django.core import mail
from django.test import Client
from freezegun import freeze_time

from config.demo_data.network import PASSWORD
from tests.accounts.signing import AMAL, deeds, sign_in
from tests.desk_client import membership_of, text_of

NEW = "Ganz-anderes-Wort-7"


def test_whoever_has_one_role_wears_it_after_signing_in(own_database):
    client, answer = sign_in(AMAL)
    assert answer.status_code == 302 and answer.headers["Location"] == "/"
    assert client.get("/", follow=True).status_code == 200
    amal = membership_of(AMAL)
    assert client.session["membership"] == str(amal.id)
    assert deeds(amal.organisation_id) == ["role.taken"]


def test_the_page_asked_for_comes_after_signing_in(own_database):
    asked = Client().get("/faelle/")
    assert asked.headers["Location"] == "/konto/anmelden/?next=%2Ffaelle%2F"
    client = Client()
    form = client.get(asked.headers["Location"])
    assert 'name="next" value="/faelle/"' in form.content.decode()
    answer = client.post("/konto/anmelden/", {"login": AMAL, "password": PASSWORD, "next": "/faelle/"})
    assert answer.headers["Location"] == "/faelle/"
    away = Client().post("/konto/anmelden/", {"login": AMAL, "password": PASSWORD, "next": "https://boese.example/"})
    assert away.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(own_database):
    _, wrong = sign_in(AMAL, "falsch")
    _, unknown = sign_in("niemand@nirgends.example", "falsch")
    assert "E-Mail-Adresse oder Passwort stimmt nicht." in text_of(wrong)
    same = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in (wrong, unknown)]
    assert same[0] == same[1]


def test_the_session_keeps_no_address(own_database):
    client, _ = sign_in(AMAL)
    assert "@" not in str(dict(client.session.items()))


def test_nobody_signs_up(own_database):
    client = Client()
    assert "Konten entstehen nur durch eine Einladung" in text_of(client.get("/konto/neu/"))
    client.post("/konto/neu/", {"email": "neu@x.example", "password1": NEW, "password2": NEW})
    from faden.organisations.models import User

    assert not User.objects.filter(email="neu@x.example").exists()


def test_an_inactive_account_stays_out(own_database):
    from faden.organisations.models import User

    User.objects.filter(email=AMAL).update(is_active=False)
    client, answer = sign_in(AMAL)
    assert answer.headers["Location"] == "/konto/stillgelegt/"
    assert client.get("/faelle/").status_code == 302


def test_signing_out_ends_the_session(own_database):
    client, _ = sign_in(AMAL)
    client.post("/konto/abmelden/")
    assert client.get("/tag/").headers["Location"].startswith("/konto/anmelden/")


def test_keepalive_tells_whether_somebody_is_signed_in(own_database, settings):
    assert Client().get("/konto/angemeldet/").status_code == 401
    with freeze_time("2026-11-20 09:00") as clock:
        client, _ = sign_in(AMAL)
        assert client.get("/konto/angemeldet/").status_code == 204
        clock.tick(settings.FADEN_IDLE_SECONDS - 60)
        assert client.get("/konto/angemeldet/").status_code == 204
        clock.tick(settings.FADEN_IDLE_SECONDS - 60)
        assert client.get("/tag/").status_code == 200, "the keepalive counted"
        clock.tick(settings.FADEN_IDLE_SECONDS + 1)
        assert client.get("/konto/angemeldet/").status_code == 401
        assert client.get("/tag/").status_code == 302
        # A new sign-in must not be ended by the old session's clock.
        sign_in(AMAL, client=client)
        assert client.get("/tag/").status_code == 200


@pytest.mark.parametrize("email", [AMAL, AMAL.upper()])
def test_a_forgotten_password_is_replaced_by_mail(own_database, email):
    client = Client()
    answer = client.post("/konto/passwort/vergessen/", {"email": email})
    assert answer.headers["Location"] == "/konto/passwort/vergessen/gesendet/"
    [letter] = mail.outbox
    assert letter.subject == "Faden: Neues Passwort"
    assert "Amal" not in letter.body and "Caritas" not in letter.body
    [link] = re.findall(r"https?://testserver(/\S+)", letter.body)
    form = client.get(link, follow=True)
    assert "Neues Passwort wählen" in text_of(form)
    assert "Der Link" not in text_of(form) and link not in form.request["PATH_INFO"]
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/konto/passwort/neu/fertig/"
    assert sign_in(AMAL)[1].status_code == 200, "the old one is gone"
    assert sign_in(AMAL, NEW)[1].status_code == 302
    assert "gilt nicht mehr" in text_of(Client().get(link)), "a link works once"


def test_a_password_has_to_be_good(own_database):
    client, _ = sign_in(AMAL)
    for weak in ("kurz", "cookiemonster", "amal@caritas-ahaus"):
        answer = client.post(
            "/konto/passwort/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        )
        assert answer.status_code == 200, weak


def test_an_unknown_address_is_told_by_mail_only(own_database):
    known = Client().post("/konto/passwort/vergessen/", {"email": AMAL})
    unknown = Client().post("/konto/passwort/vergessen/", {"email": "niemand@nirgends.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [letter.subject for letter in mail.outbox] == ["Faden: Neues Passwort", "Faden: Kein Konto"]


def test_a_mail_server_that_is_down_tells_nothing(own_database, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    answer = Client().post("/konto/passwort/vergessen/", {"email": AMAL})
    assert answer.headers["Location"] == "/konto/passwort/vergessen/gesendet/"


def test_asking_for_a_new_password_does_not_lock_the_second_factor(own_database):
    """allauth notes the address as unverified then, and refuses a second factor to unverified ones."""
    Client().post("/konto/passwort/vergessen/", {"email": AMAL})
    client, _ = sign_in(AMAL)
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200
