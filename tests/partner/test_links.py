"""A Weitergabe by link: one copy, a code by telephone, five tries; the page tells nobody anything before it."""

import os
import re
import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.core import mail
from django.test import Client

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of, keyed, text_of
from tests.referrals.sending import AMAL, SCHOOL_MAIL, link_row, school, sent_to, work
from tests.releasing import withdrawn

GONE = "Dieser Link gilt nicht"
PERSONAL = ("Muster", "Oleksandra", "0151 000 111", "Klasse 7", "Sie sucht")


@pytest.fixture
def agency(own_database):
    return school()


@pytest.fixture
def sent(agency):
    return sent_to(agency)


def snapshot() -> dict[str, int]:
    """Every table's transactions so far: what a look may not change."""
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        names = [name for (name,) in raw.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")]
        return {
            name: raw.execute(f'SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM "{name}"').fetchone()
            for name in names
        }


def enter(client: Client, address: str, code: str):
    return client.post(address, {"what": "code", "code": code})


def opened(sent) -> Client:
    client = Client()
    answer = enter(client, sent.address, sent.code)
    assert answer.status_code == 302 and answer.headers["Location"] == sent.address
    return client


def wrong(sent, n: int = 1) -> str:
    """A code that is not the right one."""
    return f"{(int(sent.code) + n) % 10**8:08d}"


# ---------- before the code ----------


def test_before_the_code_nothing_of_anybody(sent):
    page = Client().get(sent.address)
    assert page.status_code == 200 and "Achtstelliger Code" in text_of(page) and "Caritas Ahaus" in text_of(page)
    for word in PERSONAL:
        assert word not in page.content.decode(), word
    assert "no-store" in page.headers["Cache-Control"] and page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_a_scanner_that_follows_every_address_changes_nothing(sent):
    """GET, HEAD and prefetch of all there is, also of what stands in the page; not one row is written."""
    before = snapshot()
    robot = Client(headers={"Sec-Purpose": "prefetch", "User-Agent": "MailScanner"})
    page = robot.get(sent.address).content.decode()
    for address in {sent.address, *re.findall(r'(?:href|action)="(/(?!static/)[^"#]*)"', page)}:
        robot.get(address)
        robot.head(address)
    for _ in range(12):
        robot.get(sent.address, {"what": "code", "code": "00000000"})
        robot.head(sent.address)
    assert snapshot() == before
    assert (link_row(sent).wrong_codes, link_row(sent).opened_at) == (0, None)


def test_other_methods_are_refused(sent):
    client = Client()
    for method in ("put", "delete", "patch", "options"):
        assert getattr(client, method)(sent.address).status_code == 405


def test_a_link_nobody_has_and_one_that_is_no_link_answer_the_same(sent):
    client = Client()
    for token in ("x" * 43, "A" * 43, "x", "ä" * 43, str(uuid4())):
        for answer in (client.get(f"/weitergabe/{token}/"), enter(client, f"/weitergabe/{token}/", sent.code)):
            assert answer.status_code == 404 and GONE in text_of(answer), token


# ---------- the code ----------


def test_the_right_code_shows_what_was_told(sent):
    client = opened(sent)
    page = text_of(client.get(sent.address))
    for word in (*PERSONAL, "Caritas Ahaus", "02561 000", "Antwort senden"):
        assert word in page, word
    assert link_row(sent).opened_at is not None
    assert text_of(Client().get(sent.address)).count("Muster") == 0, "another browser is asked again"


def test_a_code_may_be_typed_as_it_was_said(sent):
    spaced = f" {sent.code[:4]} {sent.code[4:]} "
    assert enter(Client(), sent.address, spaced).status_code == 302


def test_opening_stands_in_the_senders_log(sent):
    from faden.kernel.models import AuditEvent

    opened(sent)
    work()
    with opened_for(actor_of(AMAL), write=False):
        assert AuditEvent.objects.filter(event="link.opened", subject_id=sent.release.id).count() == 1


def test_five_wrong_codes_close_it_even_for_the_right_one(sent):
    client = Client()
    for left in (4, 3, 2):
        answer = enter(client, sent.address, wrong(sent, left))
        assert answer.status_code == 422 and f"noch {left} Versuche" in text_of(answer)
    assert "noch einen Versuch" in text_of(enter(client, sent.address, wrong(sent, 7)))
    assert GONE in text_of(enter(client, sent.address, wrong(sent, 9)))
    for answer in (client.get(sent.address), enter(client, sent.address, sent.code)):
        assert answer.status_code == 404 and GONE in text_of(answer)
    assert link_row(sent).wrong_codes == 5


def test_what_cannot_be_a_code_is_no_try(sent):
    client = Client()
    for slip in ("", "abcdefgh", sent.code[:7], f"{sent.code}1"):
        assert enter(client, sent.address, slip).status_code == 422
    assert "Der Code hat acht Ziffern." in text_of(enter(client, sent.address, sent.code[:7]))
    assert link_row(sent).wrong_codes == 0
    enter(client, sent.address, f"{wrong(sent)[:4]} {wrong(sent)[4:]}")
    assert link_row(sent).wrong_codes == 1
    assert enter(client, sent.address, f"{sent.code[:4]}-{sent.code[4:]}").status_code == 302


@pytest.mark.parametrize("at_once", [2, 6])
def test_at_the_fifth_try_two_at_once_are_not_both_heard(sent, at_once):
    """Whoever guesses in parallel has five tries all the same."""
    client = Client()
    for n in range(1, 5):
        enter(client, sent.address, wrong(sent, n))
    said: list[int] = []

    def guess(n: int) -> None:
        from django.db import connections

        said.append(enter(Client(), sent.address, wrong(sent, 10 + n)).status_code)
        connections.close_all()

    racers = [threading.Thread(target=guess, args=(n,)) for n in range(at_once)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert link_row(sent).wrong_codes == 5 and set(said) == {404}
    assert enter(Client(), sent.address, sent.code).status_code == 404


def test_many_at_once_have_five_tries_between_them(sent):
    said: list[int] = []

    def guess(n: int) -> None:
        from django.db import connections

        said.append(enter(Client(), sent.address, wrong(sent, 10 + n)).status_code)
        connections.close_all()

    racers = [threading.Thread(target=guess, args=(n,)) for n in range(12)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert (said.count(422), link_row(sent).wrong_codes) == (4, 5)


def test_too_many_codes_from_one_place_wait(sent, settings):
    settings.ACCOUNT_RATE_LIMITS = {"link": "2/m/ip"}
    client = Client()
    for n in (1, 2):
        assert enter(client, sent.address, wrong(sent, n)).status_code == 422
    answer = enter(client, sent.address, sent.code)
    assert answer.status_code == 429 and link_row(sent).wrong_codes == 2
    assert client.get(sent.address).status_code == 200, "looking is not limited: it changes nothing"


# ---------- one link opens one copy ----------


def test_one_link_never_opens_another(agency, sent):
    other = sent_to(school("Berufskolleg Ahaus", "buero@bk-ahaus.example"), family="Anders", wish="Platz am Berufskolleg")
    client = opened(sent)
    page = client.get(other.address)
    assert "Anders" not in page.content.decode() and "Achtstelliger Code" in text_of(page)
    assert enter(client, other.address, sent.code).status_code == 422, "nor does its code"
    client.cookies["faden_link"]["path"] = other.address
    forged = Client()
    forged.cookies["faden_link"] = client.cookies["faden_link"].value
    assert "Anders" not in forged.get(other.address).content.decode(), "nor its cookie"
    assert forged.post(other.address, {"what": "answer", "kind": "accepted", **keyed()}).status_code == 422
    work()
    assert other.answers() == []


def test_the_link_door_sees_no_other_row_of_the_service(sent):
    """Whatever a page behind it did: with the link put on there is one row of the whole database."""
    from django.apps import apps

    from faden.kernel.rls import opened_for_link

    sent_to(school("Andere Schule", "a@b.example"), family="Anders")
    with opened_for_link(sent.release.delivery_id, write=False):
        seen = {
            model.__name__: model.objects.count()
            for model in apps.get_models()
            if any(field.name == "organisation" for field in model._meta.fields) and model._meta.managed
        }
    # Which office is competent for which town is public.
    assert {name: count for name, count in seen.items() if count and name != "Competence"} == {"LinkDelivery": 1}


def test_the_cookie_is_for_this_address_and_not_for_scripts(sent):
    kept = opened(sent).cookies["faden_link"]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == (sent.address, True, "Lax")
    assert 0 < kept["max-age"] <= 1800


def test_after_half_an_hour_the_code_is_asked_again(sent, settings, monkeypatch):
    import time

    client = opened(sent)
    later = time.time() + settings.FADEN_IDLE_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    assert "Achtstelliger Code" in text_of(client.get(sent.address))


def test_an_answer_typed_meanwhile_is_not_lost(sent):
    client = Client()
    answer = client.post(sent.address, {"what": "answer", "kind": "question", "words": "Welche Klasse zuletzt?", **keyed()})
    assert answer.status_code == 422 and "noch nicht gesendet" in text_of(answer)
    back = client.post(sent.address, {"what": "code", "code": sent.code, "kind": "question", "words": "Welche Klasse zuletzt?"})
    assert back.status_code == 200 and "Welche Klasse zuletzt?" in back.content.decode()
    work()
    assert sent.answers() == []


def test_closing_the_page_asks_for_the_code_again(sent):
    client = opened(sent)
    client.post(sent.address, {"what": "end"})
    assert "Achtstelliger Code" in text_of(client.get(sent.address))


def test_a_new_code_closes_what_the_old_one_opened(sent):
    from faden.consents.actions import links

    client, by = opened(sent), actor_of(AMAL)
    with opened_for(by, write=True):
        code = links.renew_code(link_row_inside(sent), by=by, at=clock.now())
    assert "Achtstelliger Code" in text_of(client.get(sent.address))
    assert enter(client, sent.address, sent.code).status_code == 422
    assert enter(client, sent.address, code).status_code == 302


def link_row_inside(sent):
    from faden.consents.models import LinkDelivery

    return LinkDelivery.objects.get(id=sent.release.delivery_id)


def test_a_new_code_opens_a_closed_link(sent):
    from faden.consents.actions import links

    by = actor_of(AMAL)
    for n in range(1, 6):
        enter(Client(), sent.address, wrong(sent, n))
    with opened_for(by, write=True):
        code = links.renew_code(link_row_inside(sent), by=by, at=clock.now())
    assert enter(Client(), sent.address, code).status_code == 302


# ---------- the end ----------


def by_withdrawal(sent):
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        withdrawn(sent.consent, by=by)


def by_taking_it_back(sent):
    from faden.referrals.actions import referrals

    by, now = actor_of(AMAL), sent.again()
    with opened_for(by, write=True):
        referrals.withdraw(now, seen_version=now.version, by=by, at=clock.now())


def by_time(sent):
    clock.set_forward(15)
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        raw.execute("UPDATE consents_linkdelivery SET expires_at = now() - interval '1 minute'")


def by_five_tries(sent):
    for n in range(1, 6):
        enter(Client(), sent.address, wrong(sent, n))


def by_a_new_version(sent):
    with opened_for(actor_of(AMAL), write=False):
        agency = link_row_inside(sent).release.agency
    sent_to(agency, case=sent.case, referral=sent.again(), amended="Neue Telefonnummer")


@pytest.mark.parametrize("end", [by_withdrawal, by_taking_it_back, by_time, by_five_tries, by_a_new_version])
def test_after_its_end_all_say_the_same(sent, end):
    """In the same instant, also for who has the page open; not a word of why."""
    client = opened(sent)
    end(sent)
    unknown = text_of(client.get(f"/weitergabe/{'x' * 43}/"))
    for answer in (
        client.get(sent.address),
        enter(client, sent.address, sent.code),
        client.post(sent.address, {"what": "answer", "kind": "accepted", **keyed()}),
        Client().get(sent.address),
    ):
        assert answer.status_code == 404 and text_of(answer) == unknown
    work()
    assert sent.answers() == []


# ---------- the answer ----------


def test_an_answer_moves_the_vermittlung(sent):
    client = opened(sent)
    day = clock.today() + timedelta(days=20)
    sent_on = client.post(sent.address, {"what": "answer", "kind": "accepted", "from_on": day.isoformat(), "words": "Raum 12", **keyed()})
    assert sent_on.status_code == 302
    assert "Danke" in text_of(client.get(sent.address))
    work()
    assert (sent.again().state, sent.answers()) == ("accepted", [("accepted", "link")])


@pytest.mark.parametrize(
    ("kind", "more", "state"),
    [
        ("received", {}, "received"),
        ("question", {"words": "Welche Klasse?"}, "question"),
        ("waiting", {}, "waiting"),
        ("declined", {"reason": "full"}, "declined"),
        ("finished", {}, "finished"),
    ],
)
def test_every_answer_has_its_state(sent, kind, more, state):
    opened(sent).post(sent.address, {"what": "answer", "kind": kind, **more, **keyed()})
    work()
    assert sent.again().state == state


def test_no_show_only_after_a_yes(sent):
    client = opened(sent)
    for kind in ("accepted", "no_show"):
        client.post(sent.address, {"what": "answer", "kind": kind, **keyed()})
        work()
    assert sent.again().state == "no_show"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Bitte wählen."),
        ({"kind": "declined"}, "Bitte wählen Sie, warum Sie ablehnen."),
        ({"kind": "question"}, "Bitte schreiben Sie Ihre Frage."),
        ({"kind": "accepted", "from_on": "irgendwann"}, "gültiges Datum"),
        ({"kind": "hacked"}, "ist keine gültige Auswahl"),
        ({"kind": "received", "words": "x" * 2001}, "2000"),
    ],
)
def test_a_bad_answer_comes_back_with_a_sentence(sent, values, sentence):
    answer = opened(sent).post(sent.address, {"what": "answer", **values, **keyed()})
    assert answer.status_code == 422 and sentence in text_of(answer)
    work()
    assert sent.answers() == []


def test_a_form_sent_twice_counts_once(sent):
    client, form = opened(sent), {"what": "answer", "kind": "received", **keyed()}
    for _ in range(2):
        assert client.post(sent.address, form).status_code == 302
    work()
    assert sent.answers() == [("received", "link")]


def test_other_words_under_the_key_of_a_sent_form_are_another_answer(sent):
    """After "back" the browser shows the page as it was, with the key it had."""
    client, form = opened(sent), {"what": "answer", "kind": "received", **keyed()}
    client.post(sent.address, form)
    assert client.post(sent.address, {**form, "kind": "question", "words": "Welche Klasse?"}).status_code == 302
    work()
    assert sent.answers() == [("received", "link"), ("question", "link")] and sent.again().state == "question"


def test_where_nothing_is_asked_no_answer_is_thanked_for(sent):
    """Minutes of a Fallkonferenz come by link too, and nobody would read what is sent back."""
    from faden.consents.models import Reply

    client = opened(sent)
    with opened_for(actor_of(AMAL), write=True):
        link = link_row_inside(sent)
        link.kind = "conference"
        link.save(update_fields=["kind"])
    assert "Antwort senden" not in text_of(client.get(sent.address))
    said = client.post(sent.address, {"what": "answer", "kind": "question", "words": "Wann?", **keyed()}, follow=True)
    assert "Danke" not in text_of(said)
    with opened_for(actor_of(AMAL), write=False):
        assert not Reply.objects.exists()


def test_withdrawn_while_the_page_is_made(sent, monkeypatch):
    from faden.consents.queries import links

    client, told = opened(sent), links.told_by

    def withdrawn_just_before(link_id):
        with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
            raw.execute("UPDATE consents_linkdelivery SET ended_at = now()")
        return told(link_id)

    monkeypatch.setattr(links, "told_by", withdrawn_just_before)
    answer = client.get(sent.address)
    assert answer.status_code == 404 and "Muster" not in answer.content.decode()


def test_what_does_not_belong_to_the_answer_is_not_sent(sent):
    opened(sent).post(sent.address, {"what": "answer", "kind": "accepted", "reason": "full", **keyed()})
    work()
    from faden.referrals.models import Answer

    with opened_for(actor_of(AMAL), write=False):
        assert Answer.objects.get().reason == ""


def test_in_english(sent):
    page = Client(headers={"Accept-Language": "en"}).get(sent.address)
    assert 'lang="en"' in page.content.decode()


# ---------- the mail ----------


def test_the_mail_says_who_and_until_when_and_nothing_else(sent):
    work()
    [letter] = mail.outbox
    assert letter.to == [SCHOOL_MAIL] and f"http://127.0.0.1:8000{sent.address}" in letter.body
    assert "Caritas Ahaus" in letter.body and sent.code not in letter.body
    for word in (*PERSONAL, "Schule", "school", str(sent.release.id), str(sent.release.delivery_id), str(sent.case.number)):
        assert word not in letter.subject + letter.body, word


def test_the_queue_holds_ids_only(sent):
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        jobs = raw.execute("SELECT args::text FROM procrastinate_jobs").fetchall()
    token = sent.address.split("/")[2]
    assert jobs and all(token not in row and sent.code not in row and "Muster" not in row for (row,) in jobs)


def test_what_ended_before_its_mail_is_not_sent(sent):
    by_withdrawal(sent)
    work()
    assert [letter.to for letter in mail.outbox if letter.to == [SCHOOL_MAIL]] == []


@pytest.fixture(autouse=True)
def empty_outbox():
    mail.outbox = []
