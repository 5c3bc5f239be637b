"""An invitation's life: made, mailed, looked at by scanners, accepted once, or withdrawn, or run out."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.kernel.rls import opened_for
from tests.accounts.signing import AMAL, ANTON, deeds, sign_in
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of

GOOD = "Ein-langes-Wort-8"
NEW = {"name": "Nele Neu", "email": "Nele@Caritas-Ahaus.example", "role": "case_manager"}


@pytest.fixture
def anton(own_database):
    return signed_in(ANTON)


def invited(client: Client, **values: str) -> str:
    """Invite somebody through the page; returns the path of the link."""
    answer = client.post("/konten/einladung/", keyed(**{**NEW, **values}))
    assert answer.status_code == 200, text_of(answer)
    return re.search(r"(/einladung/[\w-]{43}/)", answer.content.decode()).group(1)  # type: ignore[union-attr]


def everything() -> dict[str, str]:
    """A fingerprint of each table, seen as the superuser."""
    import os

    import psycopg

    found = {}
    with psycopg.connect(re.sub("faden_owner", "postgres", os.environ["FADEN_OWNER_DATABASE_URL"])) as raw:
        tables = raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = raw.execute(f'SELECT coalesce(md5(string_agg(t::text, \'\' ORDER BY t::text)), \'\') FROM "{table}" t')
            found[table] = rows.fetchone()[0]
    return found


def test_the_whole_way(anton):
    path = invited(anton)
    [letter] = mail.outbox
    assert path in letter.body and letter.to == ["nele@caritas-ahaus.example"]
    assert "Nele" not in letter.subject + letter.body and "Caritas" not in letter.subject + letter.body
    page = text_of(Client().get(path))
    assert "Caritas Ahaus" in page and "Case Management" in page
    done = Client().post(path, {"password1": GOOD, "password2": GOOD})
    assert done.headers["Location"] == "/konto/anmelden/"
    client, _ = sign_in("nele@caritas-ahaus.example", GOOD)
    assert client.get("/tag/").status_code == 200
    assert deeds(membership_of(ANTON).organisation_id)[-4:] == [
        "account.invited", "account.invitation_accepted", "account.membership_given", "role.taken",
    ]  # fmt: skip


def test_the_link_is_shown_once_and_only_its_hash_is_kept(anton):
    key = keyed(**NEW)
    first = anton.post("/konten/einladung/", key)
    path = re.search(r"(/einladung/[\w-]{43}/)", first.content.decode()).group(1)
    again = anton.post("/konten/einladung/", key)
    assert again.headers["Location"] == "/konten/einladung/", "sent twice counts once, and tells no link"
    assert "/einladung/" not in anton.get("/konten/").content.decode().replace("/konten/einladung/", "")
    token = path.split("/")[2]
    raw = base64.urlsafe_b64decode(token + "=")
    assert len(raw) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation FROM resolve_invitation(%s)", [hashlib.sha256(raw).digest()])
        assert cursor.fetchone()[0] == membership_of(ANTON).organisation_id
    import os

    import psycopg

    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as owner:
        rows = str(owner.execute("SELECT i::text FROM organisations_invitation i").fetchall())
        assert token not in rows and raw.hex() not in rows and "nele@caritas-ahaus" in rows


def test_looking_changes_nothing(anton):
    path = invited(anton)
    before = everything()
    for _ in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    after = everything()
    assert {t for t in before if before[t] != after[t]} <= {"django_session", "procrastinate_workers"}


def test_looking_happens_in_a_transaction_that_cannot_write(anton, monkeypatch):
    from faden.desk import invitation

    path, seen = invited(anton), []

    def has_account(_: object) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            seen.append(cursor.fetchone()[0])
        return False

    monkeypatch.setattr(invitation.queries, "has_account", has_account)
    Client().get(path)
    Client().head(path)
    Client().post(path, {"password1": GOOD, "password2": GOOD})
    assert seen == ["on", "on", "off"]


def test_a_link_works_once(anton):
    path = invited(anton)
    Client().post(path, {"password1": GOOD, "password2": GOOD})
    gone = Client().get(path)
    assert gone.status_code == 404 and "Dieser Link gilt nicht" in text_of(gone)
    assert Client().post(path, {"password1": GOOD, "password2": GOOD}).status_code == 404


def test_every_link_that_does_not_count_gets_the_same_answer(anton, owner):
    withdrawn, used, expired = invited(anton), invited(anton, email="b@x.example"), invited(anton, email="c@x.example")
    [invitation_id] = re.findall(r"/konten/einladungen/([0-9a-f-]{36})/ruecknahme/", anton.get("/konten/").content.decode())[-1:]
    assert anton.post(f"/konten/einladungen/{invitation_id}/ruecknahme/", keyed()).status_code == 303
    Client().post(used, {"password1": GOOD, "password2": GOOD})
    _as_superuser("UPDATE organisations_invitation SET expires_at = now() - interval '1 second' WHERE email = 'c@x.example'")
    unknown = f"/einladung/{'A' * 43}/"
    answers = [Client().get(path) for path in (withdrawn, used, expired, unknown, "/einladung/kurz/", f"/einladung/{'%20' * 43}/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}) == 1


def _as_superuser(statement: str) -> None:
    import os

    import psycopg

    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        raw.execute(statement)


def test_a_link_runs_out_after_seven_days(anton):
    from faden.organisations.queries import invitations

    path = invited(anton)
    invitation_id, organisation_id = invitations.behind(path.split("/")[2])
    with opened_for(Actor.system(organisation_id), write=False):
        assert invitations.open_one(invitation_id, at=clock.now() + timedelta(days=6, hours=23))
        assert invitations.open_one(invitation_id, at=clock.now() + timedelta(days=7, minutes=1)) is None


def test_weak_and_different_passwords_are_refused(anton):
    path = invited(anton)
    for first, second in (("kurz", "kurz"), (GOOD, GOOD + "x"), ("nele@caritas-ahaus", "nele@caritas-ahaus"), ("", "")):
        assert Client().post(path, {"password1": first, "password2": second}).status_code == 422
    assert Client().get(path).status_code == 200, "the link still counts"


def test_whoever_has_an_account_signs_in_first(anton):
    bernd = "bernd@caritas-ahaus.example"
    path = invited(anton, email=bernd, role="team_lead")
    page = Client().get(path)
    assert "Sie haben schon ein Konto" in text_of(page) and "password1" not in page.content.decode()
    forced = Client().post(path, {"password1": GOOD, "password2": GOOD})
    assert "Sie haben schon ein Konto" in text_of(forced)
    assert sign_in(bernd, GOOD)[1].status_code == 200, "nobody sets another's password"
    client, _ = sign_in(bernd)
    assert "Einladung annehmen" in text_of(client.get(path))
    assert client.post(path).headers["Location"] == "/rolle/"
    assert "Teamleitung" in text_of(client.get("/rolle/"))


def test_another_account_cannot_take_it(anton):
    path = invited(anton, email="bernd@caritas-ahaus.example", role="team_lead")
    client, _ = sign_in(AMAL)
    assert "mit einem anderen Konto angemeldet" in text_of(client.post(path))
    assert "Teamleitung" not in text_of(client.get("/rolle/"))


def test_an_idle_session_does_not_accept(anton, settings):
    from freezegun import freeze_time

    path = invited(anton, email="bernd@caritas-ahaus.example", role="team_lead")
    with freeze_time(clock.now()) as time:
        client, _ = sign_in("bernd@caritas-ahaus.example")
        time.tick(settings.FADEN_IDLE_SECONDS + 1)
        assert "Sie haben schon ein Konto" in text_of(client.get(path))


def test_the_same_person_is_not_invited_twice(anton):
    invited(anton)
    again = anton.post("/konten/einladung/", keyed(**NEW))
    assert again.status_code == 422 and "schon eine Einladung offen" in text_of(again)
    held = anton.post("/konten/einladung/", keyed(name="Amal", email=AMAL, role="case_manager"))
    assert held.status_code == 422 and "hat diese Rolle hier schon" in text_of(held)


@pytest.mark.parametrize("role", ["partner", "coordinator", "system", ""])
def test_a_migration_service_gives_only_its_roles(anton, role):
    assert anton.post("/konten/einladung/", keyed(**{**NEW, "role": role})).status_code == 422
    assert mail.outbox == []


DESK_ROLES = ["case_manager", "team_lead", "coordinator", "dpo", "administrator"]


@pytest.mark.parametrize("role", DESK_ROLES)
def test_an_immigration_office_is_never_invited_to_a_desk_role(own_database, role):
    """Three ways in, each shut: the verb, the acceptance of a row that was slipped in, the door."""
    from faden.organisations.actions import invitations
    from faden.organisations.models import Invitation

    office = membership_of("dora@abh-kreis-borken.example").organisation_id
    boss = Actor(organisation_id=office, user_id=1, role="administrator")
    with opened_for(boss, write=True), pytest.raises(Invalid):
        invitations.invite(
            email="x@abh.example", name="X", role=role, by=boss, at=clock.now(), today=clock.today()
        )
    with opened_for(boss, write=True):
        slipped = Invitation.objects.create(
            organisation_id=office, email="x@abh.example", name="X", role=role, token_hash=b"x", invited_by=1,
            invited_at=clock.now(), expires_at=clock.now() + timedelta(days=1),
        )
    with opened_for(Actor.system(office), write=True), pytest.raises(Invalid):
        invitations.accept_as_new(slipped, password=GOOD, at=clock.now(), today=clock.today())


def test_two_clicks_at_once_make_one_account(anton):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    path = invited(anton)

    def click(_: int) -> int:
        try:
            return Client().post(path, {"password1": GOOD, "password2": GOOD}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as clicks:
        answers = sorted(clicks.map(click, range(4)))
    assert answers.count(303) == 1 and set(answers) <= {200, 303, 404, 409, 422}, answers
    assert deeds(membership_of(ANTON).organisation_id).count("account.membership_given") == 1


def test_an_account_that_accepts_twice_at_once_gets_one_membership(anton):
    import time
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from faden.organisations.actions import invitations as actions
    from faden.organisations.queries import invitations as queries

    bernd = membership_of("bernd@caritas-ahaus.example")
    token = invited(anton, email=bernd.user.email, role="team_lead").split("/")[2]
    invitation_id, organisation_id = queries.behind(token)
    system = Actor.system(organisation_id)

    def accept(_: int) -> str:
        try:
            with opened_for(system, write=True):
                found = queries.open_one(invitation_id, at=clock.now())
                actions.accept_as(found, user_id=bernd.user_id, at=clock.now(), today=clock.today())
                time.sleep(0.3)
        except Conflict as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "accepted"

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(accept, range(2)))
    assert answers == ["Diese Einladung gilt nicht mehr.", "accepted"]


def test_the_verb_itself_compares_the_addresses(anton):
    from faden.organisations.actions import invitations as actions
    from faden.organisations.queries import invitations as queries

    amal = membership_of(AMAL)
    token = invited(anton, email="bernd@caritas-ahaus.example", role="team_lead").split("/")[2]
    invitation_id, organisation_id = queries.behind(token)
    with opened_for(Actor.system(organisation_id), write=True):
        found = queries.open_one(invitation_id, at=clock.now())
        with pytest.raises(Invalid):
            actions.accept_as(found, user_id=amal.user_id, at=clock.now(), today=clock.today())


def test_other_roles_invite_nobody(own_database):
    from faden.organisations.actions import invitations

    for email in (AMAL, "lena@caritas-ahaus.example", "datenschutz@caritas-ahaus.example"):
        assert signed_in(email).get("/konten/einladung/").status_code == 403
        assert signed_in(email).post("/konten/einladung/", keyed(**NEW)).status_code == 403
        actor = actor_of(email)
        with opened_for(actor, write=True), pytest.raises(Exception, match="umfasst das nicht"):
            invitations.invite(
                email="x@x.example", name="X", role="dpo", by=actor, at=clock.now(), today=clock.today()
            )


def test_another_service_cannot_withdraw_it(anton):
    invited(anton)
    [invitation_id] = re.findall(r"/konten/einladungen/([0-9a-f-]{36})/", anton.get("/konten/").content.decode())
    gero = signed_in("verwaltung@drk-gronau.example")
    assert gero.post(f"/konten/einladungen/{invitation_id}/ruecknahme/", keyed()).status_code == 404
    assert "Nele" not in text_of(gero.get("/konten/"))


def test_an_invitation_for_a_role_held_meanwhile_is_refused(anton):
    from faden.organisations.actions import invitations

    bernd = membership_of("bernd@caritas-ahaus.example")
    path = invited(anton, email=bernd.user.email, role="team_lead")
    client, _ = sign_in(bernd.user.email)
    client.post(path)
    admin = actor_of(ANTON)
    with opened_for(admin, write=True), pytest.raises(Invalid):
        invitations.invite(
            email=bernd.user.email, name="B", role="team_lead", by=admin, at=clock.now(), today=clock.today()
        )
