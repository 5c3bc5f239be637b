"""What was typed and not sent: kept sealed, for its author alone, and never lost by a sign-out."""

import pytest
from django.test import Client

from tests.desk_client import keyed, signed_in, text_of
from tests.kernel.worlds import AHAUS, fill

pytestmark = pytest.mark.debian

TYPED = "Unverwechselbar getippt"


@pytest.fixture
def world(own_database):
    return fill(AHAUS)


@pytest.fixture
def form(world) -> str:
    return f"/faelle/{world.case.id}/kontakte/neu/"


@pytest.fixture
def amal(world, form) -> Client:
    """She has typed half a note."""
    client = signed_in(AHAUS.case_manager)
    assert client.post("/entwuerfe/", {"draft_name": form, "text": TYPED}).status_code == 204
    return client


def drafts(superuser) -> list[tuple[int, str, bytes]]:
    return superuser.execute(
        "SELECT user_id, form, payload FROM kernel_draft WHERE form LIKE '%kontakte%'"
    ).fetchall()


def test_a_draft_is_sealed_and_offered_again(amal, form, superuser):
    [(_user, name, payload)] = drafts(superuser)
    assert name == form and TYPED.encode() not in bytes(payload)
    assert TYPED in amal.get(form, {"entwurf": "weiter"}).content.decode()
    assert TYPED not in amal.get(form).content.decode(), "only when she chooses to go on with it"


def test_typing_on_replaces_it(amal, form, superuser):
    amal.post("/entwuerfe/", {"draft_name": form, "text": "Danach"})
    assert len(drafts(superuser)) == 1
    assert "Danach" in amal.get(form, {"entwurf": "weiter"}).content.decode()


def test_only_its_author_is_offered_it(amal, world, form, superuser):
    """Lena stands in for Amal today and opens the same form."""
    lena = signed_in(AHAUS.team_lead)
    lena.post(f"/team/faelle/{world.case.id}/oeffnen/", keyed(reason="substitution"))
    answer = lena.get(form, {"entwurf": "weiter"})
    assert answer.status_code == 200 and TYPED not in answer.content.decode()
    lena.post("/entwuerfe/verwerfen/", {"draft_name": form})
    assert len(drafts(superuser)) == 1, "nor does she throw it away"


def test_sending_the_form_ends_the_draft(amal, form, superuser):
    sent = {
        "text": TYPED,
        "type": "office",
        "minutes": 30,
        "day": "2026-01-02",
        "at": "10:00",
        "interpreting": "none",
    }
    assert amal.post(form, keyed(**sent)).status_code == 303
    assert drafts(superuser) == []


def test_too_much_is_not_kept(amal, form):
    assert amal.post("/entwuerfe/", {"draft_name": form, "text": "x" * 500_000}).status_code == 413


def test_a_draft_leads_nowhere_else(amal, form):
    for name in (
        "https://boese.example/x",
        "//boese.example/x",
        "/\\boese.example",
        "javascript:alert(1)",
        "",
    ):
        answer = amal.post("/entwuerfe/verwerfen/", {"draft_name": name})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/"), name
    assert amal.post("/entwuerfe/verwerfen/", {"draft_name": form}).headers["Location"] == form


def test_after_sign_out_nothing_typed_is_lost_and_nothing_is_stored(amal, form, superuser):
    amal.post("/konto/abmelden/")
    state = "SELECT (SELECT count(*) FROM cases_contactnote), (SELECT count(*) FROM kernel_auditevent), (SELECT count(*) FROM kernel_draft)"
    before = superuser.execute(state).fetchone()
    answer = amal.post(form, keyed(text=TYPED, place="Ahaus-Wessum", password="Geheim-Wort"))
    page = text_of(answer)
    assert (answer.status_code, TYPED in page, "Ahaus-Wessum" in page, "Geheim-Wort" in page) == (
        401,
        True,
        True,
        False,
    )
    assert amal.post("/entwuerfe/", {"draft_name": form, "text": "Danach"}).status_code == 401
    assert superuser.execute(state).fetchone() == before
    assert TYPED not in str(dict(amal.session.items())) and TYPED not in str(amal.cookies)


def test_a_codeword_is_no_secret_of_sign_in(amal):
    amal.post("/konto/abmelden/")
    assert "Linde-482" in text_of(amal.post("/kennwort/", keyed(codeword="Linde-482")))
