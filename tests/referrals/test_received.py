"""Eingang: from one service to another and back, the whole way, and what the recipient may say."""

from datetime import timedelta

import pytest

from tests.case_making import acting
from tests.desk_client import keyed, membership_of, signed_in, text_of
from tests.referrals.sending import AMAL, sent_to, work
from tests.releasing import withdrawn

CEM, TILDA, PETRA = "cem@drk-gronau.example", "tilda@drk-gronau.example", "petra@bildungswerk.example"
DORA = "dora@abh-kreis-borken.example"
# (where it is read, how the pages begin): the same pages on both sides.
SIDES = [(CEM, "/eingang/"), (PETRA, "/partner/zustellungen/")]


@pytest.fixture(autouse=True)
def database(own_database):
    """Real commits: two services."""


def arrived(email, **more):
    """A Vermittlung from Ahaus in this person's service."""
    return sent_to(membership_of(email).organisation, channel="inbox", **more)


def answered(client, address, **values):
    """Through the page: the answer that counts now goes along with the form."""
    import re

    page = client.get(f"{address}antwort/").content.decode()
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f-]*)"', page)
    return client.post(f"{address}antwort/", keyed(seen=seen[1] if seen else "", **values))


@pytest.mark.parametrize(("email", "begins"), SIDES)
def test_an_answer_comes_back_into_the_vermittlung(email, begins):
    from faden.kernel import clock

    sent = arrived(email)
    client, address = signed_in(email), f"{begins}{sent.release.delivery_id}/"
    page = text_of(client.get(address))
    assert "Platz in der Klasse 7" in page and "Muster, Oleksandra" in page and "hat eingewilligt" in page
    assert client.post(f"{address}antwort/", keyed(kind="received")).status_code == 303
    work()
    assert sent.again().state == "received"
    day = clock.today() + timedelta(days=9)
    assert answered(client, address, kind="accepted", from_on=day.isoformat(), words="Bitte mit Pass.").status_code == 303
    work()
    assert (sent.again().state, sent.answers()) == ("accepted", [("received", "inbox"), ("accepted", "inbox")])
    shown = text_of(client.get(address))
    assert f"angenommen zum {day:%d.%m.%Y}" in shown and "Bitte mit Pass." in shown
    case = text_of(signed_in(AMAL).get(f"/faelle/{sent.case.id}/"))
    assert "Platz in der Klasse 7" in case and "angenommen" in case


@pytest.mark.parametrize(("email", "begins"), SIDES)
def test_a_refusal_says_why_and_a_result_what_came_of_it(email, begins):
    sent = arrived(email)
    client, address = signed_in(email), f"{begins}{sent.release.delivery_id}/"
    refused = answered(client, address, kind="declined")
    assert refused.status_code == 422 and "warum Sie ablehnen" in text_of(refused)
    unclear = answered(client, address, kind="finished")
    assert unclear.status_code == 422 and "Ergebnis" in text_of(unclear)
    assert answered(client, address, kind="no_show").status_code == 422, "nobody was expected yet"
    assert answered(client, address, kind="accepted", from_on="2020-01-01").status_code == 422, "a slip in the year"
    assert answered(client, address, kind="declined", reason="full").status_code == 303
    work()
    assert sent.again().state == "declined"
    assert "kein Platz frei" in text_of(client.get(address))


@pytest.mark.parametrize(("email", "begins"), SIDES)
def test_a_wrong_answer_is_corrected_on_both_sides(email, begins):
    from faden.referrals.models import Answer

    sent = arrived(email)
    client, address = signed_in(email), f"{begins}{sent.release.delivery_id}/"
    answered(client, address, kind="accepted")
    answered(client, address, kind="finished", words="Kurs beendet")
    work()
    assert sent.again().state == "finished"
    form = client.get(f"{address}berichtigung/")
    assert "tritt an ihre Stelle" in text_of(form)
    seen = form.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    corrected = client.post(f"{address}berichtigung/", keyed(seen=seen, kind="no_show"))
    assert corrected.status_code == 303
    work()
    assert sent.again().state == "no_show"
    with acting(AMAL):
        struck = Answer.objects.get(kind="finished")
        assert (struck.undone_at is not None, struck.undone_by) == (True, None)
    page = text_of(client.get(address))
    assert "(berichtigt)" in page and page.index("Person kam nicht") < page.index("(berichtigt)")


def test_of_two_who_answer_at_once_the_second_is_told():
    sent = arrived(CEM)
    cem, tilda, address = signed_in(CEM), signed_in(TILDA), f"/eingang/{sent.release.delivery_id}/"
    assert cem.post(f"{address}antwort/", keyed(kind="accepted")).status_code == 303
    late = tilda.post(f"{address}antwort/", keyed(kind="declined", reason="full"))
    assert late.status_code == 409 and "Inzwischen hat jemand geantwortet" in text_of(late)
    work()
    assert sent.again().state == "accepted"


# ---------- who reads it ----------


def test_what_somebody_has_is_hers_and_who_assigns_it():
    sent = arrived(CEM)
    address = f"/eingang/{sent.release.delivery_id}/"
    cem, tilda = signed_in(CEM), signed_in(TILDA)
    assert "Platz in der Klasse 7" in text_of(cem.get("/eingang/")) and "neu" in text_of(cem.get("/eingang/"))
    to_tilda = tilda.post(f"{address}zuteilung/", keyed(member=str(membership_of(TILDA).id)))
    assert to_tilda.status_code == 303
    refused = cem.get(address)
    assert refused.status_code == 403 and "Darum kümmert sich Tilda Modell" in text_of(refused)
    for post in ("antwort/", "akte/", "zuteilung/"):
        assert cem.post(f"{address}{post}", keyed(kind="received")).status_code == 403, post
    listed = text_of(cem.get("/eingang/"))
    assert "bei jemand anderem" in listed and "Klasse 7" not in listed
    assert tilda.post(f"{address}zuteilung/", keyed(member=str(membership_of(CEM).id))).status_code == 303
    assert cem.get(address).status_code == 200 and tilda.get(address).status_code == 200


@pytest.mark.parametrize(
    ("email", "status"),
    [("datenschutz@drk-gronau.example", 403), ("verwaltung@drk-gronau.example", 403), ("karin@ki-kreis-borken.example", 403),
     (AMAL, 404), ("dora@abh-kreis-borken.example", 404)],
)  # fmt: skip
def test_nobody_else_reads_it(email, status):
    sent = arrived(CEM)
    client, address = signed_in(email), f"/eingang/{sent.release.delivery_id}/"
    for page in (address, f"{address}antwort/", f"{address}akte/"):
        assert client.get(page).status_code == status, page
    assert client.post(f"{address}antwort/", keyed(kind="received")).status_code == status
    listed = client.get("/eingang/")
    assert "Klasse 7" not in text_of(listed) and listed.status_code in (200, 403, 404)
    work()
    assert sent.again().state == "sent"


def test_who_stands_in_reads_it_while_she_does():
    from faden.cases.actions.substitutions import Absence, arrange
    from faden.kernel import clock

    sent = arrived(CEM)
    address, today = f"/eingang/{sent.release.delivery_id}/", clock.today()
    signed_in(TILDA).post(f"{address}zuteilung/", keyed(member=str(membership_of(TILDA).id)))
    cem = signed_in(CEM)
    assert cem.get(address).status_code == 403
    tilda, me = membership_of(TILDA).id, membership_of(CEM).id
    with acting(TILDA) as by:
        arrange(Absence(tilda, me, today, today, "leave"), by=by, on=today, at=clock.now())
    assert cem.get(address).status_code == 200
    assert answered(cem, address, kind="received").status_code == 303


@pytest.mark.parametrize("who", [AMAL, "karin@ki-kreis-borken.example", "datenschutz@drk-gronau.example", "verwaltung@drk-gronau.example"])
def test_it_is_given_only_to_who_reads_the_inbox_here(who):
    from faden.kernel import clock
    from faden.kernel.errors import Invalid
    from faden.referrals.actions import received as actions

    member, sent = membership_of(who).id, arrived(CEM)
    address = f"/eingang/{sent.release.delivery_id}/"
    refused = signed_in(CEM).post(f"{address}zuteilung/", keyed(member=str(member)))
    assert refused.status_code == 422
    with pytest.raises(Invalid), acting(CEM) as by:
        actions.assign(sent.release.delivery_id, member, by=by, at=clock.now(), today=clock.today())
    assert signed_in(TILDA).get(address).status_code == 200


def test_the_immigration_office_answers_a_plain_vermittlung_and_gets_nothing_along_a_chain():
    sent = arrived(DORA, wish="Termin zur Verlängerung")
    dora, address = signed_in(DORA), f"/partner/zustellungen/{sent.release.delivery_id}/"
    assert "Termin zur Verlängerung" in text_of(dora.get("/partner/"))
    assert answered(dora, address, kind="accepted").status_code == 303
    work()
    assert sent.again().state == "accepted"
    assert dora.get(f"{address}schritte/platz/").status_code == 404
    assert dora.get(f"/eingang/{sent.release.delivery_id}/").status_code == 404


def test_data_protection_sees_numbers_and_nothing_else():
    arrived(CEM)
    page = text_of(signed_in("datenschutz@drk-gronau.example").get("/eingang/zahlen/"))
    assert "Vermittlung 0 1 0 0" in page and "Klasse" not in page and "Muster" not in page
    assert signed_in(CEM).get("/eingang/zahlen/").status_code == 403


# ---------- the end ----------


@pytest.mark.parametrize(("email", "begins"), SIDES)
def test_after_the_end_only_the_neutral_line_is_left(email, begins):
    sent = arrived(email)
    client, address = signed_in(email), f"{begins}{sent.release.delivery_id}/"
    answered(client, address, kind="accepted", words="Frau Muster soll kommen")
    client.post(f"{address}zuteilung/", keyed(member=str(membership_of(email).id)))
    with acting(AMAL) as by:
        withdrawn(sent.consent, by=by)
    assert client.get(address).status_code == 404
    for page in ("antwort/", "berichtigung/", "akte/", "loeschung/"):
        assert client.get(f"{address}{page}").status_code == 404, page
        assert client.post(f"{address}{page}", keyed(kind="received")).status_code == 404, page
    listed = text_of(client.get("/eingang/" if email == CEM else "/partner/"))
    assert "Vermittlung von Caritas Ahaus" in listed and "weil die Einwilligung widerrufen ist" in listed
    for word in ("Muster", "Oleksandra", "Klasse 7", "Zweck"):
        assert word not in listed, word


@pytest.mark.parametrize(("email", "begins"), SIDES)
def test_what_was_filed_asks_for_a_decision_and_the_sender_gets_to_know(email, begins):
    from faden.consents.queries.receipts import resting_on
    from faden.kernel import clock
    from faden.kernel.errors import Invalid
    from faden.referrals.actions import received as actions
    from faden.referrals.actions.answers import Said
    from faden.referrals.vocabulary import AnswerKind

    sent = arrived(email)
    client, address = signed_in(email), f"{begins}{sent.release.delivery_id}/"
    assert "selbst verantwortlich" in text_of(client.get(f"{address}akte/"))
    assert client.post(f"{address}akte/", keyed()).status_code == 303
    assert client.get(f"{address}loeschung/").status_code == 404, "nothing has ended"
    with acting(AMAL) as by:
        withdrawn(sent.consent, by=by)
    page = text_of(client.get(address))
    assert "Über die Löschung entscheiden" in page and "Oleksandra" in page
    assert client.post(f"{address}antwort/", keyed(kind="received")).status_code == 404, "no answer without a ground"
    with pytest.raises(Invalid), acting(email) as by:
        said = Said(AnswerKind.RECEIVED, clock.today())
        actions.answer(sent.release.delivery_id, said, seen=None, by=by, at=clock.now(), today=clock.today())
    without = client.post(f"{address}loeschung/", keyed(decision="kept"))
    assert without.status_code == 422 and "warum die Angaben bleiben" in text_of(without)
    assert client.post(f"{address}loeschung/", keyed(decision="erased")).status_code == 303
    page = text_of(client.get(address))
    assert "Sie haben diese Angaben gelöscht" in page and "Oleksandra" not in page
    work()
    with acting(AMAL):
        [line] = resting_on(sent.consent.id, on=clock.today())
    assert line.erasure == "erased"


def test_an_own_anfrage_by_hand_copies_nothing_that_is_not_filed():
    from faden.cases.models import Inquiry

    sent = arrived(CEM)
    client, address = signed_in(CEM), f"/eingang/{sent.release.delivery_id}/"
    form = client.get(f"/anfragen/neu/?zustellung={sent.release.delivery_id}")
    assert 'value="counselling" selected' in form.content.decode() and "Klasse 7" not in text_of(form)
    client.post(f"{address}akte/", keyed())
    assert "Klasse 7" in text_of(client.get(f"/anfragen/neu/?zustellung={sent.release.delivery_id}"))
    values = keyed(asked_by="counselling", interpreting="none", urgency="normal", result="open", text="")
    assert client.post(f"/anfragen/neu/?zustellung={sent.release.delivery_id}", values).status_code == 303
    with acting(CEM):
        inquiry = Inquiry.objects.get()
    assert f"/anfragen/{inquiry.id}/" in client.get(address).content.decode()
    other = signed_in(AMAL).get(f"/anfragen/neu/?zustellung={sent.release.delivery_id}")
    assert other.status_code == 404


@pytest.mark.parametrize(("number", "with_answer"), [(1, True), (3, True), (1, False), (3, False)])
def test_the_inbox_costs_the_same(number, with_answer, django_assert_num_queries):
    client = signed_in(CEM)
    for n in range(number):
        sent = arrived(CEM, family=f"Muster{'abc'[n]}", wish=f"Wunsch {'abc'[n]}")
        if with_answer:
            client.post(f"/eingang/{sent.release.delivery_id}/antwort/", keyed(kind="received"))
    client.get("/eingang/")
    with django_assert_num_queries(16):
        assert text_of(client.get("/eingang/")).count("Wunsch") == number
    with django_assert_num_queries(19 if with_answer else 18):
        client.get(f"/eingang/{sent.release.delivery_id}/")


def test_a_notice_goes_out_without_anything_of_anybody():
    from django.core import mail

    sent = arrived(CEM)
    work()
    letters = [letter for letter in mail.outbox if "drk-gronau" in letter.to[0]]
    assert {letter.to[0] for letter in letters} == {TILDA}
    assert all("Muster" not in letter.body and "Caritas" not in letter.body and "Klasse" not in letter.body for letter in letters)
    client = signed_in(CEM)
    client.post(f"/eingang/{sent.release.delivery_id}/akte/", keyed())
    mail.outbox.clear()
    with acting(AMAL) as by:
        withdrawn(sent.consent, by=by)
    work()
    assert [letter.to[0] for letter in mail.outbox if "drk-gronau" in letter.to[0]] == [TILDA]


# ---------- what could leak ----------


def test_nothing_of_it_stands_in_search_lists_or_log_of_the_recipient():
    from faden.kernel.models import AuditEvent, Look

    sent = arrived(CEM, family="Eindeutig")
    client, address = signed_in(CEM), f"/eingang/{sent.release.delivery_id}/"
    answered(client, address, kind="accepted", words="Frau Eindeutig bitte mit Pass")
    client.post(f"{address}akte/", keyed())
    with acting(AMAL) as by:
        withdrawn(sent.consent, by=by)
    client.post(f"{address}loeschung/", keyed(decision="partly", words="Eindeutig nur der Beleg"))
    found = client.post("/suche/ergebnis/", {"name": "Eindeutig"})
    assert found.status_code == 200 and "Oleksandra" not in found.content.decode()
    for page in ("/tag/", "/faelle/", "/anfragen/", "/zugriffe/"):
        assert "Oleksandra" not in client.get(page).content.decode(), page
    with acting(CEM):
        written = [str(event.details) for event in AuditEvent.objects.all()] + [str(look.shown) for look in Look.objects.all()]
    assert written and not any("Eindeutig" in words or "Klasse" in words for words in written)


def test_each_look_is_noted_with_what_was_shown():
    from faden.kernel.models import Look

    sent = arrived(CEM)
    key = sent.release.delivery_id
    client = signed_in(CEM)
    client.get("/eingang/")
    client.get(f"/eingang/{key}/")
    client.get(f"/eingang/{key}/antwort/")
    with acting(CEM):
        looks = [(look.page, look.shown) for look in Look.objects.order_by("at", "id")]
    assert looks == [("received", [key])] * 3


def test_an_amended_vermittlung_says_what_is_new_and_keeps_who_has_it():
    from dataclasses import replace

    from faden.consents.actions.releases import Told
    from faden.consents.rules.contents import Fact, from_json
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import referrals

    sent = arrived(CEM)
    client, first = signed_in(CEM), f"/eingang/{sent.release.delivery_id}/"
    client.post(f"{first}zuteilung/", keyed(member=str(membership_of(CEM).id)))
    answered(client, first, kind="question", words="Welche Klasse?")
    work()
    to, before = membership_of(CEM).organisation, from_json(sent.release.content)
    with acting(AMAL) as by:
        again = referrals.referral_of(sent.case, sent.referral.id)
        content = replace(before, message="Klasse 7.", facts=(before.facts[0], Fact("contact", "Mail", "x@y.example")))
        told = Told(
            DeliveryKind.REFERRAL, as_recipient(to), Channel.INBOX, "Platz", content, clock.today() + timedelta(days=5),
            person_id=sent.case.person_id, consent=sent.consent,
        )  # fmt: skip
        addressed = referrals.Addressed(told, None, "Klasse steht fest")
        referrals.send(again, addressed, seen_version=again.version, by=by, at=clock.now(), today=clock.today())
    page = text_of(client.get(first))
    for words in ("Fassung 2", "neu: Mail", "nicht mehr dabei: Telefon", "geändert: Nachricht", "Welche Klasse?"):
        assert words in page, words
    assert "0151 000 111" not in page, "what was taken out is not repeated"
    assert "Platz" in text_of(client.get("/eingang/?wer=ich"))


# ---------- when its job does not come through ----------


def test_an_answer_whose_job_failed_is_taken_up_by_the_next_hour(monkeypatch):
    """A lock, a database that restarts: the recipient was told that it arrived."""
    from django.db import OperationalError

    from faden.consents.models import Reply
    from faden.consents.vocabulary import DeliveryKind
    from faden.jobs import deliveries
    from faden.kernel import clock

    sent = arrived(CEM)
    with monkeypatch.context() as patched:
        patched.setitem(deliveries.TAKERS, DeliveryKind.REFERRAL, lambda *_, **__: (_ for _ in ()).throw(OperationalError))
        assert answered(signed_in(CEM), f"/eingang/{sent.release.delivery_id}/", kind="accepted").status_code == 303
        work()
    deliveries.replies_waiting()
    work()
    assert sent.again().state == "sent", "its own job has ten minutes"
    with acting(AMAL):
        Reply.objects.update(replied_at=clock.now() - timedelta(minutes=11))
    for _ in range(2):
        deliveries.replies_waiting()
        work()
    assert sent.answers() == [("accepted", "inbox")] and sent.again().state == "accepted"


def test_what_is_taken_up_late_does_not_stand_after_what_they_said_since(monkeypatch):
    from django.db import OperationalError

    from faden.consents.models import Reply
    from faden.consents.vocabulary import DeliveryKind
    from faden.jobs import deliveries

    sent = arrived(CEM)
    cem, address = signed_in(CEM), f"/eingang/{sent.release.delivery_id}/"
    with monkeypatch.context() as patched:
        patched.setitem(deliveries.TAKERS, DeliveryKind.REFERRAL, lambda *_, **__: (_ for _ in ()).throw(OperationalError))
        answered(cem, address, kind="question", words="Welche Klasse?")
        work()
    answered(cem, address, kind="accepted")
    work()
    assert sent.again().state == "accepted"
    with acting(AMAL) as by:
        [late] = Reply.objects.filter(taken_at__isnull=True).values_list("id", flat=True)
    deliveries.replied(by.organisation_id, str(late))
    assert sent.answers() == [("question", "inbox"), ("accepted", "inbox")] and sent.again().state == "accepted"


# ---------- when the chain has gone on without it ----------


def sent_from_a_step():
    """A Vermittlung from the step of a chain that has ended since."""
    from faden.chains.actions import ending
    from faden.chains.models import Chain
    from faden.kernel import clock
    from faden.referrals.actions import referrals
    from tests.case_making import open_a_case
    from tests.chains.making import Hand, begin, step

    case = open_a_case(AMAL)
    chain = begin(case, step("platz"))
    wish = referrals.Wish("Platz im Kurs", "work", case.person_id, Hand(case).row("platz").id)
    with acting(AMAL) as by:
        referral = referrals.begin(wish, case=case, by=by, at=clock.now())
    sent = arrived(CEM, case=case, referral=referral)
    with acting(AMAL) as by:
        version = Chain.objects.get(id=chain.id).version
        ending.end(chain.id, ending.BY_HAND[0], case=case, seen_version=version, by=by, at=clock.now())
    return sent


@pytest.mark.parametrize(
    "said", [{"kind": "accepted", "from_on": "2027-01-04"}, {"kind": "declined", "reason": "full"}, {"kind": "finished", "words": "Kurs beendet"}]
)
def test_an_answer_is_not_lost_because_the_chain_has_ended(said):
    sent = sent_from_a_step()
    assert answered(signed_in(CEM), f"/eingang/{sent.release.delivery_id}/", **said).status_code == 303
    work()
    assert (sent.again().state, sent.answers()) == (said["kind"], [(said["kind"], "inbox")])


def test_nor_does_it_keep_anybody_from_ending_the_vermittlung():
    """By hand, by the night, or because she took her consent back."""
    from datetime import date

    from faden.kernel import clock
    from faden.referrals.actions import nights, referrals

    sent = [sent_from_a_step() for _ in range(3)]
    now = sent[0].again()
    with acting(AMAL) as by:
        referrals.withdraw(now, seen_version=now.version, by=by, at=clock.now())
        nights.expire(sent[1].sending.id, by=by, on=date(2099, 1, 1), at=clock.now())
        withdrawn(sent[2].consent, by=by)
    work()
    assert [one.again().state for one in sent] == ["withdrawn", "expired", "withdrawn"]
