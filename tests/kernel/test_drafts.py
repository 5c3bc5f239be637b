"""What was typed and not sent: kept sealed, for its author alone, and never lost by a sign-out."""

import base64
import re
from dataclasses import replace

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


# ---------- the copy in the browser ----------


def key_in(page: str) -> tuple[str, ...]:
    return tuple(re.search(f'data-{name}="([^"]+)"', page)[1] for name in ("copy-owner", "copy-key"))


def test_each_person_in_each_service_has_a_key_of_her_own(world):
    from faden.kernel.drafts import browser_key
    from tests.desk_client import actor_of

    amal, lena = actor_of(AHAUS.case_manager), actor_of(AHAUS.team_lead)
    elsewhere = replace(amal, organisation_id=amal.organisation_id + 1)
    keys = [browser_key(who) for who in (amal, lena, elsewhere)]
    assert browser_key(replace(amal, role="another", membership_id="another")) == keys[0], "the role does not matter"
    assert len({part for key in keys for part in key}) == 6
    assert all(len(base64.b64decode(key)) == 32 and key not in name for name, key in keys)


def test_a_page_carries_the_key_of_its_reader_alone(amal, form):
    lena = signed_in(AHAUS.team_lead)
    hers, own = (key_in(client.get("/tag/").content.decode()) for client in (lena, amal))
    assert own != hers and own == key_in(amal.get(form).content.decode())
    assert "copy-key" not in Client().get("/konto/anmelden/").content.decode()
    assert "no-store" in amal.get("/tag/").headers["Cache-Control"]


def test_every_role_at_the_desk_keeps_drafts(world):
    for who in (AHAUS.case_manager, AHAUS.team_lead, AHAUS.dpo, AHAUS.administrator):
        answer = signed_in(who).post("/entwuerfe/", {"draft_name": "/auswertungen/neu/", "words": TYPED})
        assert answer.status_code == 204, who


def test_a_fresh_token_comes_with_the_sign_of_life_and_only_then(amal):
    answer = amal.get("/konto/angemeldet/")
    assert answer.status_code == 204 and len(answer.headers["X-CSRFToken"]) == 64
    gone = Client().get("/konto/angemeldet/")
    assert gone.status_code == 401 and "X-CSRFToken" not in gone.headers
