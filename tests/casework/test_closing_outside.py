"""Closing a case ends what others still have of it: told on the page, done in the same transaction, nothing left without a holder."""

import re

import pytest
from django.core import mail

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import acting, open_a_case
from tests.cast import AMAL
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import Sharing
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.referrals.conferring import planned
from tests.referrals.handing_over import prepared
from tests.referrals.sending import link_row, school, sent_to, work

ANSWERS = {"reason": "goals", "client_view": "much", "hinted": "none", "drop_all": "not_needed"}
PETRA = "petra@bildungswerk.example"


@pytest.fixture
def case(own_database):
    mail.outbox = []
    return open_a_case()


@pytest.fixture
def place():
    return membership_of(PETRA).organisation


def page_of(case) -> str:
    return signed_in(AMAL.email).get(f"/faelle/{case.id}/abschluss/").content.decode()


def seen_on(page: str) -> str:
    [seal] = re.findall(r'name="seen_outside" value="(\w*)"', page)
    return seal


def close(case, *, seen: str | None = None, **more):
    seal = seen_on(page_of(case)) if seen is None else seen
    return signed_in(AMAL.email).post(f"/faelle/{case.id}/abschluss/", keyed(**{**ANSWERS, "seen_outside": seal, **more}))


def is_closed(case) -> bool:
    from faden.cases.models import Case

    with opened_for(actor_of(AMAL.email), write=False):
        return bool(Case.objects.get(id=case.id).phase == "closed")


def said(sent, kind: str, **more) -> None:
    """Antwort nachtragen."""
    from faden.referrals.actions import answers
    from faden.referrals.vocabulary import AnswerKind, AnswerWay

    with acting(AMAL.email) as by:
        words = answers.Said(AnswerKind(kind), clock.today(), **more)
        answers.note(sent.sending, words, way=AnswerWay.PHONE, said_by="Frau Beispiel", by=by, at=clock.now())


def ending_of(sent) -> tuple[str, str]:
    """Why its Weitergabe is over, and what became of the copy; "" while it stands."""
    from faden.consents.models import ReleaseEnding

    with opened_for(actor_of(AMAL.email), write=False):
        found = ReleaseEnding.objects.filter(release=sent.release).first()
    return (found.because, found.outcome) if found else ("", "")


def log_of(sent) -> list[tuple[str, str | None]]:
    from faden.referrals.models import ReferralChange

    with opened_for(actor_of(AMAL.email), write=False):
        return [(one.kind, one.words) for one in ReferralChange.objects.filter(referral=sent.referral)]


# ---------- Vermittlungen ----------


@pytest.mark.parametrize(("answer", "more", "state", "because", "logged"), [
    ("", {}, "withdrawn", "recalled", "withdrawn"),
    ("received", {}, "withdrawn", "recalled", "withdrawn"),
    ("question", {"words": "Welche Klasse?"}, "withdrawn", "recalled", "withdrawn"),
    ("waiting", {}, "withdrawn", "recalled", "withdrawn"),
    ("declined", {"reason": "full"}, "declined", "recalled", "closed"),
    ("accepted", {}, "accepted", "done", "closed"),
    ("finished", {"words": "Kurs besucht"}, "finished", "done", "closed"),
])  # fmt: skip
def test_a_vermittlung_ends_as_it_truly_stands(case, place, answer, more, state, because, logged):
    """Who was not answered is withdrawn; what somebody said stays said, and no result is made up."""
    sent = sent_to(place, channel="inbox", case=case)
    if answer:
        said(sent, answer, **more)
    page = page_of(case)
    assert "Was bei anderen noch läuft" in page and "Platz in der Klasse 7" in page and place.name in page
    assert close(case).status_code == 303 and is_closed(case)
    assert (sent.again().state, ending_of(sent)) == (state, (because, "ended"))
    assert log_of(sent) == [(logged, "Fall abgeschlossen")]
    petra = signed_in(PETRA)
    assert "Platz in der Klasse 7" not in text_of(petra.get("/partner/"))
    assert petra.get(f"/partner/zustellungen/{sent.release.delivery_id}/").status_code == 404


def test_a_draft_is_withdrawn_too(case):
    from faden.referrals.actions import referrals

    with acting(AMAL.email) as by:
        made = referrals.begin(referrals.Wish("Sportverein", "school", case.person_id), case=case, by=by, at=clock.now())
    assert close(case).status_code == 303
    with acting(AMAL.email):
        assert type(made).objects.get(id=made.id).state == "withdrawn"


def test_what_went_on_paper_is_said_to_be_out_of_reach(case):
    sent = sent_to(school(), channel="letter", case=case)
    assert "lässt sich nicht zurückholen" in page_of(case)
    assert close(case).status_code == 303
    assert ending_of(sent) == ("recalled", "out_of_reach")


def test_the_step_that_waited_for_it_lies_with_us_again_when_the_case_goes_on(case, place):
    from faden.chains.models import ChainStep
    from faden.referrals.models import Referral

    chain = begin(case, step("platz", title="Platz finden"), person=case.person_id)
    sent = sent_to(place, channel="inbox", case=case)
    with acting(AMAL.email):
        [row] = ChainStep.objects.filter(chain=chain)
        Referral.objects.filter(id=sent.referral.id).update(step=row)
    said(sent, "received")
    with acting(AMAL.email):
        assert ChainStep.objects.get(id=row.id).state == "waiting_agency"
    assert close(case).status_code == 303
    signed_in(AMAL.email).post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="Doch noch nicht"))
    with acting(AMAL.email):
        assert ChainStep.objects.get(id=row.id).state == "ready"
    assert sent.again().state == "withdrawn", "and it goes again only when somebody sends it again"


def test_a_link_is_shut_and_no_mail_of_it_goes_out(case):
    sent = sent_to(school(), case=case)
    assert close(case).status_code == 303
    work()
    assert mail.outbox == [] and link_row(sent).ended_at is not None
    assert signed_in(PETRA).get(sent.address).status_code == 404


def test_a_confidential_one_is_ended_without_being_named(case, place):
    from faden.referrals.models import Referral

    sent = sent_to(place, channel="inbox", case=case, wish="Frauenberatung")
    with acting(AMAL.email):
        Referral.objects.filter(id=sent.referral.id).update(confidential=True)
    page = page_of(case)
    assert "vertrauliche Vermittlung" in page and "Frauenberatung" not in page and place.name not in page
    assert close(case).status_code == 303 and sent.again().state == "withdrawn"


# ---------- the worker decides on what she has seen ----------


def test_what_changed_meanwhile_is_shown_before_it_ends(case, place):
    sent = sent_to(place, channel="inbox", case=case)
    seen = seen_on(page_of(case))
    said(sent, "question", words="Welche Klasse?")
    answer = close(case, seen=seen, client_words="Sie lobt den Kurs")
    assert answer.status_code == 422 and "inzwischen etwas geändert" in text_of(answer)
    assert "Rückfrage" in text_of(answer) and "Sie lobt den Kurs" in answer.content.decode(), "nothing is lost"
    assert not is_closed(case) and sent.again().state == "question"
    assert close(case, seen=seen_on(answer.content.decode())).status_code == 303


def test_nothing_outside_is_said_in_one_line(case):
    assert "Nichts läuft mehr bei anderen." in text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/abschluss/"))
    assert close(case, seen="").status_code == 303


# ---------- answers at the last moment, and too late ----------


def reply(sent, **told) -> str:
    """It has crossed, and its job has not come yet."""
    from faden.consents.actions import replies

    them = actor_of(PETRA)
    with opened_for(them, write=True):
        return str(replies.reply(sent.release.delivery_id, {"what": "answer", **told}, by=them, at=clock.now()))


def test_an_answer_on_its_way_is_taken_up_first(case, place):
    sent = sent_to(place, channel="inbox", case=case)
    seen = seen_on(page_of(case))
    reply(sent, kind="question", words="Welche Klasse?")
    answer = close(case, seen=seen)
    assert answer.status_code == 422 and "gerade eine Antwort" in text_of(answer) and not is_closed(case)
    assert ending_of(sent) == ("", ""), "nothing of it stays"
    work()
    assert sent.again().state == "question"
    assert close(case).status_code == 303


def test_after_the_closing_the_recipient_is_told_that_it_is_over(case, place):
    """Also who had taken it to its file: the page says so, what was typed comes back."""
    from faden.referrals.actions import received

    them, sent = actor_of(PETRA), sent_to(place, channel="inbox", case=case)
    with opened_for(them, write=True):
        received.take_to_file(sent.release.delivery_id, by=them, at=clock.now(), today=clock.today())
    assert close(case).status_code == 303 and ending_of(sent) == ("recalled", "filed")
    answer = signed_in(PETRA).post(
        f"/partner/zustellungen/{sent.release.delivery_id}/antwort/", keyed(kind="question", words="Welche Klasse denn?")
    )
    assert answer.status_code == 404 and "Diese Zustellung ist beendet" in text_of(answer)
    assert "Welche Klasse denn?" in answer.content.decode()
    assert sent.answers() == []


def test_one_that_slipped_through_is_kept_and_stands_on_top_of_the_timeline(case, place):
    """Their page had checked before we closed, their answer was written after: a filed copy can still be replied to."""
    from faden.cases.models import Closing, TimelineEntry
    from faden.jobs.deliveries import replied
    from faden.referrals.actions import received

    them, sent = actor_of(PETRA), sent_to(place, channel="inbox", case=case)
    with opened_for(them, write=True):
        received.take_to_file(sent.release.delivery_id, by=them, at=clock.now(), today=clock.today())
    assert close(case).status_code == 303
    replied(sent.referral.organisation_id, reply(sent, kind="accepted", words="Sie kann kommen"))
    assert sent.answers() == [("accepted", "inbox")] and sent.again().state == "withdrawn", "kept, and nothing is begun by it"
    with acting(AMAL.email):
        [newest, *_others] = TimelineEntry.objects.filter(case=case).order_by("-at")
        assert newest.id == sent.referral.id and newest.at > Closing.objects.get(case=case).closed_at
    assert "Sie kann kommen" in text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/vermittlungen/{sent.referral.id}/"))


# ---------- what else runs outside ----------


def test_a_laufende_freigabe_ends(case):
    hand = Hand(case)
    sharing = Sharing(hand, begin(case, step("kurs", title="Kurs finden"))).begin()
    page = page_of(case)
    assert "Laufende Freigabe" in page and sharing.service.name in page
    assert close(case).status_code == 303
    assert sharing.row().ended_because == "chain_over" and sharing.copies() == []


def test_a_planned_conference_is_called_off_with_its_appointment(case):
    from faden.referrals.models import Conference

    coming, past = (planned(case, (case.person_id,), days=days, title=f"Runde {days}") for days in (7, -7))
    page = page_of(case)
    assert "Fallkonferenz" in page and "Runde 7" in page and "Runde -7" not in page
    assert close(case, **{f"open_{coming.appointment_id}": "client"}).status_code == 303
    with acting(AMAL.email):
        rows = {row.id: row for row in Conference.objects.select_related("appointment")}
    assert (rows[coming.id].state, rows[coming.id].appointment.dropped_because) == ("cancelled", "client")
    assert rows[past.id].state == "planned", "nobody says that it was called off: it may have been held"


def test_minutes_can_be_read_no_more(case):
    from faden.consents.models import ReleaseEnding
    from tests.referrals.conferring import sent as minutes_to
    from tests.referrals.test_conferences import held

    conference, reader, _points, _consent = held(case)
    [minutes] = minutes_to(conference, reader)
    page = page_of(case)
    assert "Protokoll" in page and reader.recipient.name in page
    assert close(case).status_code == 303
    with acting(AMAL.email):
        assert ReleaseEnding.objects.get(release=minutes.release).because == "done"


def test_a_prepared_fallübergabe_is_dropped(case):
    transfer = prepared(case)
    assert "Fallübergabe" in page_of(case)
    assert close(case).status_code == 303
    with acting(AMAL.email):
        assert type(transfer).objects.get(id=transfer.id).state == "withdrawn"


def test_an_accepted_one_is_finished_by_itself_and_not_by_closing(case):
    """Else the night would try to end it for ever, and its open parts had no holder."""
    transfer = prepared(case)
    with acting(AMAL.email):
        type(transfer).objects.filter(id=transfer.id).update(state="accepted", sent_at=clock.now(), sent_by=1)
    page = page_of(case)
    assert f"/faelle/{case.id}/uebergabe/" in page or "uebergaben" in page
    answer = close(case)
    assert answer.status_code == 422 and "zuerst die Fallübergabe" in text_of(answer) and not is_closed(case)


# ---------- the page ----------


def test_it_costs_the_same_with_one_and_with_five(case, place):
    from tests.pages.test_statement_counts import statements

    def grow(n: int) -> None:
        sent_to(place, channel="inbox", case=case, wish=f"Platz {n}")
        planned(case, (case.person_id,), title=f"Runde {n}")
        hand = Hand(case)
        Sharing(hand, begin(case, step(f"kurs{n}", title=f"Kurs {n}"))).begin()

    grow(0)
    few = statements(AMAL.email, f"/faelle/{case.id}/abschluss/")[0]
    for n in range(1, 5):
        grow(n)
    assert statements(AMAL.email, f"/faelle/{case.id}/abschluss/")[0] == few
