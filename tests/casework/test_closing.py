"""Closing a case: reason, the client's word, nothing left open, and the way back."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from faden.kernel.errors import Conflict, Invalid
from tests.accounts.signing import deeds
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of

ANSWERS = {"reason": "goals", "client_view": "much", "hinted": "none", "drop_all": "not_needed"}


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def case(by):
    return open_a_case()


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def task_of(by, case, title, *, about=None):
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    wanted = tasks.Wanted(title, clock.today(), UUID(by.membership_id), about or About())
    with within(by):
        return tasks.make(wanted, case=case, by=by, at=clock.now())


def appointment_of(by, case, subject):
    from faden.cases.actions import appointments
    from faden.kernel import clock

    starts = clock.now() + timedelta(days=2)
    with within(by):
        return appointments.make(
            appointments.Planned(subject, starts, starts + timedelta(hours=1), "", ""), case=case, by=by, at=clock.now()
        )


def closings(by):
    from faden.cases.models import Closing

    with within(by, write=False):
        return list(Closing.objects.order_by("closed_at"))


def close(case, client=None, **more):
    return (client or signed_in(AMAL.email)).post(f"/faelle/{case.id}/abschluss/", keyed(**{**ANSWERS, **more}))


def test_a_case_is_closed_with_reason_and_the_retention_clock_starts(by, case):
    from faden.cases.models import Case
    from faden.kernel import clock

    answer = close(case, summary="Wohnung gefunden", client_words="Danke")
    assert answer.status_code == 303, text_of(answer)
    [closing] = closings(by)
    assert (closing.reason, closing.client_view, closing.summary) == ("goals", "much", "Wohnung gefunden")
    assert closing.keep_until == date(clock.today().year + 1, 12, 31), "a year, to the end of the year"
    with within(by, write=False):
        assert Case.objects.get(id=case.id).phase == "closed"
    page = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/abschluss/"))
    assert f"31.12.{clock.today().year + 1}" in page and "Danke" in page
    assert "Fall abgeschlossen" in text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/"))


@pytest.mark.parametrize(("wrong", "field"), [
    ({"reason": ""}, "reason"), ({"client_view": ""}, "client_view"), ({"hinted": ""}, "hinted"),
    ({"reason": "moved"}, "handed_over"), ({"reason": "no_contact"}, "contact_attempts"),
    ({"reason": "other"}, "summary"), ({"hinted": "some"}, "hinted"),
])  # fmt: skip
def test_what_is_asked_for_has_to_be_answered(by, case, wrong, field):
    answer = close(case, client_words="Sie lobt den Kurs", **wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Sie lobt den Kurs" in answer.content.decode() and closings(by) == []


def test_everything_open_is_ended_with_a_reason(by, case):
    from faden.cases.models import Appointment, Task

    kept, done, other = (task_of(by, case, title) for title in ("Anrufen", "Brief", "Antrag"))
    meeting = appointment_of(by, case, "Gespräch")
    refused = close(case, drop_all="")
    assert refused.status_code == 422 and "drop_all" in refused.context["form"].errors
    more = {f"open_{done.id}": "done", f"open_{other.id}": "other_service", f"open_{meeting.id}": "client"}
    assert close(case, **more).status_code == 303
    with within(by, write=False):
        because = dict(Task.objects.values_list("title", "dropped_because"))
        assert because == {"Anrufen": "not_needed", "Brief": "", "Antrag": "other_service"}
        assert not Task.objects.filter(done_at__isnull=True).exists()
        assert Appointment.objects.get(id=meeting.id).dropped_because == "client"
    page = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/"))
    assert "nicht erledigt: nicht mehr nötig" in page and "abgesagt: macht die Person selbst" in page
    assert {"task.done", "task.dropped", "appointment.dropped", "case.closed"} <= set(deeds(by.organisation_id))
    assert "Gespräch" not in text_of(signed_in(AMAL.email).get("/tag/")), "what is called off stands in no calendar"
    assert kept.id


def test_a_confidential_task_is_ended_without_being_named(by, case):
    """The page of a family must not show what belongs to one person's vertraulicher Faden."""
    from faden.cases.actions.concerning import About
    from faden.cases.models import Task

    mother = add_member(case, "Amina")
    with within(by, write=False):
        case.refresh_from_db()
    task_of(by, case, "Frauenberatung anrufen", about=About((mother.id,), confidential=True))
    page = signed_in(AMAL.email).get(f"/faelle/{case.id}/abschluss/").content.decode()
    assert "vertrauliche Aufgabe" in page and "Frauenberatung" not in page
    assert close(case).status_code == 303
    with within(by, write=False):
        assert not Task.objects.filter(done_at__isnull=True).exists()


def test_a_closed_case_is_for_reading_until_it_is_taken_up_again(by, case):
    from faden.cases.models import Case, Task

    task = task_of(by, case, "Anrufen")
    assert close(case).status_code == 303
    amal = signed_in(AMAL.email)
    for where in ("kontakte/neu/", "aufgaben/neu/", "termine/neu/", "arbeitsnotizen/neu/", "phase/", "klaerung/",
                  "abschluss/", "fallfuehrung/", "gewicht/", f"aufgaben/{task.id}/offen/"):  # fmt: skip
        answer = amal.post(f"/faelle/{case.id}/{where}", keyed(title="x", text="Mein langer Text"))
        assert answer.status_code == 403, where
        assert "abgeschlossen" in text_of(answer) and "Mein langer Text" in text_of(answer)
    page = text_of(amal.get(f"/faelle/{case.id}/"))
    assert "nur zu lesen" in page and "Wieder aufnehmen" in page and "Kontakt notieren" not in page
    assert amal.post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="")).status_code == 422
    answer = amal.post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="Bescheid ist gekommen"))
    assert answer.status_code == 303
    [closing] = closings(by)
    assert (closing.reopened_by, closing.reopened_because) == (by.user_id, "Bescheid ist gekommen")
    with within(by, write=False):
        assert Case.objects.get(id=case.id).phase == "clarification", "where it was"
        assert Task.objects.get().dropped_because == "not_needed", "what was ended stays in the history"
    assert "wieder aufgenommen am" in text_of(amal.get(f"/faelle/{case.id}/"))
    assert amal.post(f"/faelle/{case.id}/kontakte/neu/", keyed()).status_code == 422, "writing is possible again"
    assert close(case).status_code == 303 and len(closings(by)) == 2


def test_the_phase_comes_back_as_it_was(by, case):
    from faden.cases.models import Case

    amal = signed_in(AMAL.email)
    amal.post(f"/faelle/{case.id}/phase/", keyed(phase="linking", skip_reason="urgent"))
    close(case)
    amal.post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="Zu früh"))
    with within(by, write=False):
        assert Case.objects.get(id=case.id).phase == "linking"


def test_nobody_takes_up_what_is_open_or_closes_what_is_closed(by, case):
    from faden.casework.actions import closing as verbs
    from faden.kernel import clock

    assert signed_in(AMAL.email).post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="x")).status_code == 403
    ending = verbs.Ending("goals", "much", clock.today())
    with pytest.raises(Conflict), within(by):
        verbs.reopen(case, because="x", by=by, at=clock.now())
    with within(by):
        verbs.close(case, ending, by=by, at=clock.now())
    with pytest.raises(Conflict), within(by):
        verbs.close(case, ending, by=by, at=clock.now())


def test_hints_are_noted_without_the_case_or_nothing_happens(by, case):
    from faden.findings.models import StructuralFinding

    hint = {"hinted": "some", "hint1-category": "no_place", "hint1-life_area": "language", "hint1-agency": "VHS"}
    answer = close(case, **hint, **{"hint1-words": "Frau Schewtschenko wartet seit Mai auf einen Platz."})
    assert answer.status_code == 422 and "Schewtschenko" in text_of(answer)
    assert "wartet seit Mai" in answer.content.decode(), "nothing is lost"
    with within(by, write=False):
        assert not StructuralFinding.objects.exists()
    assert closings(by) == []
    second = {"hint2-category": "translation", "hint2-life_area": "work", "hint2-words": "Zeugnis seit März."}
    answer = close(case, **hint, **second, **{"hint1-words": "Kein Platz seit Mai."})
    assert answer.status_code == 303
    with within(by, write=False):
        assert {f.words for f in StructuralFinding.objects.all()} == {"Kein Platz seit Mai.", "Zeugnis seit März."}
        columns = {field.name for field in StructuralFinding._meta.local_fields}
    assert closings(by)[0].findings_noted == 2
    assert not columns & {"case", "person"}


def test_an_unknown_task_is_nobodys(by, case):
    """Names of fields that the form has not are passed over."""
    assert close(case, **{f"open_{uuid4()}": "done"}).status_code == 303


def test_who_else_may_close(case):
    from faden.cases.models import Closing

    for email, status in ((BERND.email, 403), (LENA.email, 403), (CEM.email, 404)):
        assert close(case, signed_in(email)).status_code == status
    with within(actor_of(AMAL.email), write=False):
        assert not Closing.objects.exists()
    assert membership_of(LENA.email)


def test_a_verb_checks_what_the_form_would(by, case):
    from faden.casework.actions import closing as verbs
    from faden.kernel import clock

    task_of(by, case, "Anrufen")
    with pytest.raises(Invalid, match="offenen Aufgaben"), within(by):
        verbs.close(case, verbs.Ending("goals", "much", clock.today()), by=by, at=clock.now())
