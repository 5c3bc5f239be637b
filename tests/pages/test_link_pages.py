"""Link und Code: how a link stands at its sender, another code, its mail once more; and who may not."""

import re

import pytest
from django.core import mail
from django.test import Client

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.referrals.sending import AMAL, SCHOOL_MAIL, link_row, school, sent_to, work

BERND, CEM, LENA = "bernd@caritas-ahaus.example", "cem@drk-gronau.example", "lena@caritas-ahaus.example"


@pytest.fixture
def sent(own_database):
    mail.outbox = []
    made = sent_to(school())
    work()
    mail.outbox = []
    return made


@pytest.fixture
def address(sent) -> str:
    return f"/faelle/{sent.case.id}/sendungen/{sent.sending.id}/link/"


def test_it_says_how_the_link_stands_and_no_code(sent, address):
    page = text_of(signed_in(AMAL).get(address))
    assert "noch nicht" in page and "offen, noch 5 Versuche" in page and SCHOOL_MAIL in page and "02561 1" in page
    assert sent.code not in page and sent.address not in page
    for n in range(1, 6):
        Client().post(sent.address, {"what": "code", "code": f"{(int(sent.code) + n) % 10**8:08d}"})
    assert "gesperrt: fünf falsche Codes" in text_of(signed_in(AMAL).get(address))


def test_a_new_code_is_shown_once_and_counts(sent, address):
    amal, form = signed_in(AMAL), keyed(what="code")
    page = amal.post(address, form)
    [first, last] = re.search(r'f-code"[^>]*>(\d{4}) (\d{4})<', page.content.decode()).groups()
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().post(sent.address, {"what": "code", "code": sent.code}).status_code == 422
    assert Client().post(sent.address, {"what": "code", "code": first + last}).status_code == 302
    again = amal.post(address, form)
    assert again.status_code == 303, "sent twice it does not change the code that was told"
    assert f"{first} {last}" not in text_of(amal.get(address))


def test_the_mail_goes_once_more(sent, address):
    assert signed_in(AMAL).post(address, keyed(what="mail")).headers["Location"] == address
    work()
    assert [letter.to for letter in mail.outbox] == [[SCHOOL_MAIL]] and sent.address in mail.outbox[0].body


def test_when_it_is_over_there_is_no_button_and_no_code(sent, address):
    from faden.referrals.actions import referrals

    by, now = actor_of(AMAL), sent.again()
    with opened_for(by, write=True):
        referrals.withdraw(now, seen_version=now.version, by=by, at=clock.now())
    amal = signed_in(AMAL)
    page = text_of(amal.get(address))
    assert "Neuen Code erzeugen" not in page and "E-Mail noch einmal" not in page
    for what in ("code", "mail"):
        assert amal.post(address, keyed(what=what)).status_code == 422
    assert link_row(sent).ended_at is not None


def test_nobody_else_has_this_page(sent, address):
    """Nor does a link of one case open below another."""
    for email in (CEM, BERND):
        client = signed_in(email)
        assert client.get(address).status_code in (403, 404)
        assert client.post(address, keyed(what="code")).status_code in (403, 404)
    other = sent_to(school("Andere Schule", "a@b.example"), family="Anders")
    assert signed_in(AMAL).get(f"/faelle/{other.case.id}/sendungen/{sent.sending.id}/link/").status_code == 404
    assert link_row(sent).wrong_codes == 0 and Client().post(sent.address, {"what": "code", "code": sent.code}).status_code == 302


def test_a_sending_without_a_link_has_no_such_page(sent):
    letter = sent_to(school("Dritte Schule", "c@d.example"), channel="letter", family="Dritte")
    assert signed_in(AMAL).get(f"/faelle/{letter.case.id}/sendungen/{letter.sending.id}/link/").status_code == 404
