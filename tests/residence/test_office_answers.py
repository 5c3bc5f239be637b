"""The way back: what the office answers becomes a step at the sender; once, in order, and nothing of it is lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from faden.kernel.errors import Invalid
from tests.case_making import acting
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, signed_in, text_of
from tests.referrals.sending import work
from tests.releasing import withdrawn
from tests.residence.at_the_office import VERA, answered, delivered


@pytest.fixture(autouse=True)
def database(own_database):
    """Real commits: two services."""


@pytest.fixture
def sent():
    return delivered()


@pytest.fixture
def vera():
    return signed_in(VERA)


def on(days: int) -> str:
    from faden.kernel import clock

    return (clock.today() + timedelta(days=days)).isoformat()


def noted(sent: Any, kind: str, **said: Any) -> Any:
    """By hand, after a telephone call."""
    from faden.kernel import clock
    from faden.residence.actions import answers
    from faden.residence.models import OfficeRequest
    from faden.residence.rules.office_said import OfficeSaid
    from faden.residence.vocabulary import OfficeAnswerKind, OfficeAnswerWay

    how = {"way": OfficeAnswerWay.PHONE, "said_by": "Frau Amtmann", "said_on": clock.today(), **said.pop("how", {})}
    with acting(AMAL.email) as by:
        request = OfficeRequest.objects.get(id=sent.request.id)
        return answers.note(request, OfficeSaid(OfficeAnswerKind(kind), **said), **how, by=by, at=clock.now())


# ---------- what becomes of each ----------


def test_missing_documents_become_one_step_with_the_proofs(sent, vera):
    answered(vera, sent, kind="documents", german=["language"], who=["passport"], words="Bitte in Kopie.")
    work()
    [answer], [step] = sent.answers(), sent.steps()
    assert (answer.kind, answer.documents, answer.words, answer.way) == ("documents", ["passport", "language"], "Bitte in Kopie.", "inbox")
    assert (sent.now().state, answer.step_id, answer.noted_by) == ("documents", step.id, None)
    assert step.title.startswith("Unterlagen fehlen: Pass oder Passersatz; Sprachzertifikat (DTZ")
    assert [one.partition(" (")[0] for one in step.documents] == ["Pass oder Passersatz", "Sprachzertifikat"]
    assert (step.holder, step.life_area, step.hint) == ("client", "residence", "Bitte in Kopie.")


def test_missing_documents_in_own_words_alone_make_a_step(sent, vera):
    answered(vera, sent, kind="documents", words="Die Geburtsurkunde des Kindes")
    work()
    assert [step.title for step in sent.steps()] == ["Unterlagen fehlen: Die Geburtsurkunde des Kindes"]


def test_an_appointment_becomes_a_step_due_that_day(sent, vera):
    answered(vera, sent, kind="appointment", appointment_on=on(12), appointment_words="10 Uhr, Zimmer 7")
    work()
    [step] = sent.steps()
    assert (step.title, step.due_on.isoformat(), step.kind) == ("Termin bei Ausländerbehörde Kreis Borken", on(12), "termin")
    assert "10 Uhr, Zimmer 7" in step.hint and sent.now().state == "appointment"


def test_not_competent_becomes_a_step_of_the_case_manager(sent, vera):
    answered(vera, sent, kind="not_competent", competent="Stadt Bocholt")
    work()
    [step] = sent.steps()
    assert (step.title, step.holder, step.hint) == ("An zuständige Stelle senden", "case_manager", "Stadt Bocholt")
    assert sent.now().state == "not_competent"


def test_that_it_is_looked_at_asks_nothing_of_anybody(sent, vera):
    answered(vera, sent, kind="will_check")
    work()
    assert (sent.now().state, sent.steps(), len(sent.answers())) == ("will_check", [], 1)


def test_several_answers_follow_each_other(sent, vera):
    answered(vera, sent, kind="will_check")
    answered(vera, sent, kind="documents", german=["language"])
    work()
    answered(vera, sent, kind="appointment", appointment_on=on(5), appointment_words="9 Uhr")
    work()
    assert [answer.kind for answer in sent.answers()] == ["will_check", "documents", "appointment"]
    assert sent.now().state == "appointment" and len(sent.steps()) == 2


def test_the_case_shows_it_to_whoever_may_see_the_case(sent, vera):
    answered(vera, sent, kind="documents", german=["language"])
    work()
    address = f"/faelle/{sent.case.id}/"
    assert "Unterlagen fehlen" in text_of(signed_in(AMAL.email).get(address))
    assert "Unterlagen fehlen" not in text_of(signed_in(BERND.email).get(address))
    assert signed_in(CEM.email).get(address).status_code == 404


def test_what_the_office_typed_is_shown_and_never_read_as_markup(sent, vera):
    answered(vera, sent, kind="documents", words="<script>alert(1)</script><b>Pass</b>")
    work()
    page = signed_in(AMAL.email).get(f"/faelle/{sent.case.id}/").content.decode()
    assert "<script>alert" not in page and "<b>Pass" not in page


# ---------- twice, late, out of order, after the end ----------


def reply_of(sent: Any, said: dict[str, str] | str, *, at: datetime | None = None) -> Any:
    """As it crosses, straight into the sender's rows."""
    import json

    from faden.consents.models import Release, Reply
    from faden.kernel import clock

    content = said if isinstance(said, str) else json.dumps(said)
    with acting(AMAL.email) as by:
        release = Release.objects.get(id=sent.request.release_id)
        return Reply.objects.create(organisation_id=by.organisation_id, release=release, content=content, replied_at=at or clock.now())


def taken(reply: Any) -> Any:
    from faden.consents.models import Reply
    from faden.kernel import clock
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for
    from faden.residence.actions import answers

    by = Actor.system(actor_of(AMAL.email).organisation_id)
    with opened_for(by, write=True):
        return answers.take(Reply.objects.select_related("release").get(id=reply.id), by=by, at=clock.now())


def office_says(**said: str) -> dict[str, str]:
    empty = dict.fromkeys(("documents", "appointment_on", "appointment_words", "competent", "words"), "")
    return {"what": "office_answer", "kind": "will_check", **empty, **said}


def test_an_answer_that_comes_twice_counts_once(sent):
    reply = reply_of(sent, office_says(kind="documents", documents="language"))
    assert taken(reply) is not None and taken(reply) is None
    assert len(sent.answers()) == 1 and len(sent.steps()) == 1


def test_the_same_missing_documents_again_are_the_same_step(sent, vera):
    for _ in range(2):
        answered(vera, sent, kind="documents", german=["language"])
        work()
    assert len(sent.answers()) == 2 and len(sent.steps()) == 1


def test_one_that_was_held_up_does_not_move_the_state_back(sent):
    from faden.kernel import clock

    early = reply_of(sent, office_says(kind="will_check"), at=clock.now() - timedelta(hours=2))
    late = reply_of(sent, office_says(kind="not_competent", competent="Bocholt"), at=clock.now() - timedelta(hours=1))
    taken(late)
    taken(early)
    assert sent.now().state == "not_competent" and len(sent.answers()) == 2


def test_what_comes_after_the_end_is_kept_and_moves_nothing(sent):
    with acting(AMAL.email) as by:
        withdrawn(sent.consent, by=by)
    work()
    assert sent.now().state == "ended"
    reply = reply_of(sent, office_says(kind="documents", documents="language"))
    assert taken(reply) is not None
    assert (sent.now().state, sent.steps(), [answer.kind for answer in sent.answers()]) == ("ended", [], ["documents"])


def test_after_the_case_is_closed_it_is_kept_and_makes_no_step(sent):
    from faden.cases.models import Case

    with acting(AMAL.email):
        Case.objects.filter(id=sent.case.id).update(phase="closed")
    assert taken(reply_of(sent, office_says(kind="documents", documents="language"))) is not None
    assert sent.steps() == [] and len(sent.answers()) == 1


def test_where_no_step_can_be_made_the_answer_stands_with_the_request(sent, monkeypatch):
    """The chain is full, or the person has left the case: what the office said is not lost over it."""
    from faden.residence.actions import answers

    made = answers.make_step

    def refused(*args: Any, **more: Any) -> None:
        made(*args, **more)
        raise Invalid("voll")

    monkeypatch.setattr(answers, "make_step", refused)
    assert taken(reply_of(sent, office_says(kind="documents", documents="language"))) is not None
    assert (sent.now().state, sent.steps()) == ("documents", []), "and half a step is none"


@pytest.mark.parametrize(
    "said",
    [
        office_says(what="answer"), office_says(kind="granted"), {"what": "office_answer"}, "[]", '"x"',
        '{"what": "office_answer", "kind": ["documents"]}',
    ],
)  # fmt: skip
def test_what_is_no_answer_of_an_office_is_taken_for_none(sent, said):
    assert taken(reply_of(sent, said)) is None
    assert sent.answers() == [] and sent.now().state == "sent"


def test_of_what_arrives_only_what_there_can_be_is_believed(sent):
    said = office_says(
        kind="documents", documents="language,nonsense,language", appointment_on="2026-99-99", appointment_words="x", competent="y", words="z" * 5000
    )
    answer = taken(reply_of(sent, said))
    assert (answer.documents, answer.appointment_on, answer.appointment_words, answer.competent) == (["language"], None, "", "")
    assert len(answer.words) == 2000


def test_an_answer_to_another_weitergabe_is_taken_by_nobody(sent):
    """A request that was deleted, or a Weitergabe of this kind without one: the job does not fall over."""
    from faden.residence.models import OfficeRequest

    with acting(AMAL.email):
        OfficeRequest.objects.filter(id=sent.request.id).delete()
    assert taken(reply_of(sent, office_says())) is None


# ---------- by hand ----------


def test_by_telephone_it_does_the_same(sent):
    answer = noted(sent, "documents", documents=("language",))
    [step] = sent.steps()
    assert (answer.way, answer.said_by, answer.noted_by, answer.step_id) == ("phone", "Frau Amtmann", actor_of(AMAL.email).user_id, step.id)
    assert sent.now().state == "documents"


def test_by_hand_it_is_asked_as_in_the_offices_form(sent):
    from faden.kernel import clock
    from faden.residence.vocabulary import OfficeAnswerWay

    tomorrow = clock.today() + timedelta(days=1)
    for kind, said in (
        ("documents", {}), ("appointment", {"appointment_words": "x"}), ("not_competent", {}),
        ("will_check", {"how": {"way": OfficeAnswerWay.INBOX}}), ("will_check", {"how": {"said_on": tomorrow}}),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            noted(sent, kind, **said)
    assert sent.answers() == []


def test_an_appointment_that_was_told_in_time_may_be_noted_afterwards(sent):
    from faden.kernel import clock

    last_week = clock.today() - timedelta(days=7)
    answer = noted(sent, "appointment", appointment_on=clock.today(), appointment_words="10 Uhr", how={"said_on": last_week})
    assert answer.appointment_on == clock.today()


def test_what_is_stored_is_german_whoever_notes_it(sent):
    from django.utils import translation

    with translation.override("en"):
        noted(sent, "not_competent", competent="Bocholt")
    assert [step.title for step in sent.steps()] == ["An zuständige Stelle senden"]
