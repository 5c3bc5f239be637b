"""The second factor: compulsory outside the demo, an app, recovery codes."""

import pytest
from django.test import Client

from tests.accounts.signing import AMAL, code_for, deeds, set_up_totp, sign_in
from tests.desk_client import membership_of, text_of


@pytest.fixture
def compulsory(own_database, settings):
    settings.FADEN_SECOND_FACTOR = True


def test_without_it_every_desk_page_leads_to_its_set_up(compulsory):
    client, _ = sign_in(AMAL)
    assert client.get("/faelle/").headers["Location"] == "/konto/zweiter-faktor/"
    assert client.get("/rolle/").headers["Location"] == "/konto/zweiter-faktor/"
    page = text_of(client.get("/konto/zweiter-faktor/"))
    assert "Bevor Sie arbeiten können, richten Sie einen zweiten Faktor ein" in page
    assert deeds(membership_of(AMAL).organisation_id) == [], "no role is taken before"


def test_once_set_up_the_session_counts_and_the_only_role_is_taken(compulsory):
    client, _ = sign_in(AMAL)
    set_up_totp(client)
    assert client.get("/tag/").status_code == 200
    assert deeds(membership_of(AMAL).organisation_id) == ["role.taken"]


def test_the_next_sign_in_asks_for_the_code(compulsory, settings):
    client, _ = sign_in(AMAL)
    secret = set_up_totp(client)
    again, answer = sign_in(AMAL)
    assert answer.headers["Location"] == "/konto/zweiter-faktor/eingeben/"
    assert again.get("/tag/").headers["Location"].startswith("/konto/anmelden/"), "half signed in is not in"
    assert "@" not in str(dict(again.session.items())), "nor is the address kept while waiting"
    wrong = again.post("/konto/zweiter-faktor/eingeben/", {"code": "000000"})
    assert "stimmt nicht oder ist abgelaufen" in text_of(wrong)
    assert again.post("/konto/zweiter-faktor/eingeben/", {"code": code_for(secret)}).status_code == 302
    assert again.get("/tag/").status_code == 200


def test_a_code_counts_once(compulsory):
    client, _ = sign_in(AMAL)
    secret = set_up_totp(client)
    first, _ = sign_in(AMAL)
    code = code_for(secret)
    first.post("/konto/zweiter-faktor/eingeben/", {"code": code})
    second, _ = sign_in(AMAL)
    second.post("/konto/zweiter-faktor/eingeben/", {"code": code})
    assert first.get("/tag/").status_code == 200
    assert second.get("/tag/").status_code == 302


def test_a_recovery_code_opens_once(compulsory):
    client, _ = sign_in(AMAL)
    set_up_totp(client)
    page = client.get("/konto/zweiter-faktor/codes/")
    code = page.context["unused_codes"][0]
    assert code in text_of(page)
    assert code in client.get("/konto/zweiter-faktor/codes/datei/").content.decode()
    again, _ = sign_in(AMAL)
    again.post("/konto/zweiter-faktor/eingeben/", {"code": code})
    assert again.get("/tag/").status_code == 200
    third, _ = sign_in(AMAL)
    third.post("/konto/zweiter-faktor/eingeben/", {"code": code})
    assert third.get("/tag/").status_code == 302


def test_a_session_from_before_confirms_the_factor_and_goes_on(compulsory):
    before, _ = sign_in(AMAL)
    client, _ = sign_in(AMAL)
    secret = set_up_totp(client)
    assert before.get("/tag/").headers["Location"] == "/konto/zweiter-faktor/"
    assert "Bitte bestätigen Sie Ihren zweiten Faktor" in text_of(before.get("/konto/zweiter-faktor/"))
    before.post("/konto/zweiter-faktor/bestaetigen/", {"code": code_for(secret), "next": "/"})
    assert before.get("/", follow=True).redirect_chain[-1][0] == "/rolle/"


def test_without_its_last_factor_a_session_is_out_again(compulsory):
    client, _ = sign_in(AMAL)
    set_up_totp(client)
    assert client.post("/konto/zweiter-faktor/app/entfernen/").headers["Location"] == "/konto/zweiter-faktor/"
    assert client.get("/tag/").headers["Location"] == "/konto/zweiter-faktor/"


def test_seeds_are_sealed_in_the_database(compulsory):
    from allauth.mfa.models import Authenticator

    client, _ = sign_in(AMAL)
    secret = set_up_totp(client)
    kept = str([authenticator.data for authenticator in Authenticator.objects.all()])
    assert secret not in kept
    assert Authenticator.objects.count() == 2


def test_a_change_is_told_by_mail(own_database, settings):
    from django.core import mail

    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    client, _ = sign_in(AMAL)
    set_up_totp(client)
    [letter] = mail.outbox
    assert letter.subject == "Faden: Zweiter Faktor eingerichtet"
    assert "Waren Sie das nicht" in letter.body and "Amal" not in letter.body and "127.0.0.1" not in letter.body


def test_somebody_who_left_the_desk_long_ago_confirms_before_changing_it(own_database):
    from freezegun import freeze_time

    with freeze_time("2026-11-20 09:00") as clock:
        client, _ = sign_in(AMAL)
        assert client.get("/konto/zweiter-faktor/app/").status_code == 200
        clock.tick(600)
        assert client.get("/konto/zweiter-faktor/app/").headers["Location"].startswith("/konto/bestaetigen/")


def test_nobody_sees_the_pages_without_signing_in(own_database):
    for address in ("", "app/", "codes/", "passkeys/", "passkeys/neu/"):
        answer = Client().get(f"/konto/zweiter-faktor/{address}")
        assert answer.status_code == 302 and "/konto/anmelden/" in answer.headers["Location"], address
