"""Wo stehen wir? Computed from rows, told with who and why, at the same cost for one member and for six."""

from datetime import timedelta
from uuid import UUID

import pytest

from faden.cases.vocabulary.course import CriterionState
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def progress(by, case_id):
    from faden.cases.models import Case
    from faden.cases.queries.members import members_of
    from faden.casework.queries.progress import progress_of
    from faden.kernel import clock

    with within(by, write=False):
        case = Case.objects.get(id=case_id)
        ids = [member.person_id for member in members_of(case) if member.is_here]
        return progress_of(case, member_ids=ids, now=clock.now(), today=clock.today())


def states(by, case, phase):
    step = next(step for step in progress(by, case.id).steps if step.code == phase)
    return {item.code: item.state.value for item in step.items}


def why(by, case, code):
    return next(item.why for step in progress(by, case.id).steps for item in step.items if item.code == code)


def test_a_new_case_shows_what_its_first_phase_needs(by):
    case = open_a_case()
    assert states(by, case, "clarification") == {"agreed": "done", "explained": "not_yet", "clarified": "not_yet"}
    assert progress(by, case.id).now.code == "clarification"
    assert [item.code for item in progress(by, case.id).now.open_items] == ["explained", "clarified"]


def test_every_member_has_to_agree(by):
    case = open_a_case()
    child = add_member(case, "Yusuf")
    assert (states(by, case, "clarification")["agreed"], why(by, case, "agreed")) == ("not_yet", "von 1 Person fehlt sie")
    agree(child)
    assert states(by, case, "clarification")["agreed"] == "done"


def test_what_is_in_the_case_proves_its_criteria(by):
    from faden.cases.actions import contact_notes, tasks
    from faden.cases.models import AreaView, Assessment, NetworkTie
    from faden.kernel import clock

    case, now, today = open_a_case(), clock.now(), clock.today()
    with within(by):
        assessment = Assessment.objects.create(
            organisation_id=by.organisation_id, case=case, person=case.person, number=1, began_on=today, began_by=by.person
        )
        view = AreaView.objects.create(
            organisation_id=by.organisation_id, assessment=assessment, area="housing", worker_view="2",
            changed_at=now, changed_by=by.person,
        )
    assert states(by, case, "assessment") == {"areas": "not_yet", "client_view": "not_yet", "network": "not_yet"}
    assert why(by, case, "areas") == "begonnen, 1 Bereich angesehen"
    with within(by):
        Assessment.objects.filter(id=assessment.id).update(finished_on=today)
        AreaView.objects.filter(id=view.id).update(client_view="3")
        NetworkTie.objects.create(
            organisation_id=by.organisation_id, case=case, person=case.person, kind="person", name="Tante",
            quality="strong", since_on=today,
        )
        task = tasks.make(tasks.Wanted("Anrufen", today - timedelta(days=1), UUID(by.membership_id)), case=case, by=by, at=now)
        said = contact_notes.Contact(now, "office", "", 30, "", "none", (), "")
        contact_notes.record(said, case=case, by=by, at=now)
    assert states(by, case, "assessment") == {"areas": "done", "client_view": "done", "network": "done"}
    assert states(by, case, "planning")["next_step"] == "done"
    assert states(by, case, "monitoring")["contact"] == "done"
    assert why(by, case, "nothing_overdue") == "1 Aufgabe ist überfällig"
    with within(by):
        tasks.finish(task, by=by, at=now)
    assert states(by, case, "monitoring")["nothing_overdue"] == "done"
    assert states(by, case, "planning")["next_step"] == "not_yet"


def test_the_newest_word_about_a_criterion_counts(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    where = f"/faelle/{case.id}/phase/explained/"
    assert amal.post(where, keyed(state="not_yet", reason="")).status_code == 422
    assert amal.post(where, keyed(state="not_yet", reason="Sprachmittlung fehlte")).status_code == 303
    assert why(by, case, "explained") == "Sprachmittlung fehlte"
    assert amal.post(where, keyed(state="done", reason="")).status_code == 303
    assert states(by, case, "clarification")["explained"] == CriterionState.DONE
    assert amal.post(f"/faelle/{case.id}/phase/clarified/", keyed(state="done")).status_code == 422, "rows decide"
    assert amal.post(f"/faelle/{case.id}/phase/gibtesnicht/", keyed(state="done")).status_code == 404


def test_a_phase_is_skipped_with_one_click_and_says_so(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    page = amal.get(f"/faelle/{case.id}/phase/").content.decode()
    assert page.count('name="skip_reason" value="urgent"') == 2, "the button, and the choice among all phases"
    answer = amal.post(f"/faelle/{case.id}/phase/", keyed(phase="planning", skip_reason="urgent"))
    assert answer.status_code == 303
    assert "übersprungen: etwas anderes ist dringender" in text_of(amal.get(f"/faelle/{case.id}/phase/"))


def test_no_phase_blocks_work_and_going_back_is_possible(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    for phase in ("assessment", "planning", "linking"):
        assert amal.post(f"/faelle/{case.id}/phase/", keyed(phase=phase)).status_code == 303
    assert [step.code for step in progress(by, case.id).left_open] == ["clarification", "assessment", "planning"]
    assert amal.post(f"/faelle/{case.id}/phase/", keyed(phase="assessment")).status_code == 303
    assert progress(by, case.id).now.code == "assessment"


def test_nobody_closes_a_case_by_choosing_the_phase(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    assert amal.post(f"/faelle/{case.id}/phase/", keyed(phase="closed", skip_reason="urgent")).status_code == 422


@pytest.mark.parametrize("members", [1, 6])
def test_the_same_number_of_statements(by, members, django_assert_num_queries):
    from faden.casework.queries.progress import progress_of
    from faden.kernel import clock

    case = open_a_case()
    ids = [case.person_id, *(add_member(case, f"Kind {n}").id for n in range(1, members))]
    with within(by, write=False), django_assert_num_queries(4):
        progress_of(case, member_ids=ids, now=clock.now(), today=clock.today())


def test_others_see_nothing_of_it(own_database):
    case = open_a_case()
    for email, status in ((BERND.email, 403), (LENA.email, 302), (CEM.email, 404)):
        assert signed_in(email).get(f"/faelle/{case.id}/phase/").status_code == status
        assert signed_in(email).get(f"/faelle/{case.id}/klaerung/").status_code == status


def test_the_clarification_keeps_its_history(by):
    from faden.cases.models import Clarification

    case, amal = open_a_case(), signed_in(AMAL.email)
    where, today = f"/faelle/{case.id}/klaerung/", {"decided_on": "2026-01-12"}
    answer = amal.post(where, keyed(decision="case_management", criteria=["complex"], **today))
    assert answer.status_code == 422 and "nur, wenn die Person es möchte" in text_of(answer)
    answer = amal.post(where, keyed(decision="waiting_list", words="Zwei Wochen", **today))
    assert answer.headers["Location"] == f"/faelle/{case.id}/abschluss/?grund=not_indicated"
    form = amal.get(answer.headers["Location"]).context["form"]
    assert form["reason"].value() == "not_indicated", "the reason is chosen already"
    every = ["complex", "many_actors", "no_standard", "no_resources", "consent"]
    answer = amal.post(where, keyed(decision="case_management", criteria=every, decided_on="2026-02-01"))
    assert answer.headers["Location"] == f"/faelle/{case.id}/phase/"
    page = text_of(amal.get(where))
    assert page.index("Case Management , 01.02.2026") < page.index("Warteliste , 12.01.2026")
    assert "Zugang geklärt" in text_of(amal.get(f"/faelle/{case.id}/"))
    with within(by, write=False):
        assert Clarification.objects.count() == 2
    assert states(by, case, "clarification")["clarified"] == "done"


def test_nothing_about_a_member_stands_in_the_line_of_the_clarification(by):
    """The line names nobody, so it stands on every member's page."""
    case = open_a_case()
    child = add_member(case, "Yusuf")
    amal = signed_in(AMAL.email)
    amal.post(f"/faelle/{case.id}/klaerung/", keyed(decision="declined", words="Sie hat Angst", decided_on="2026-01-12"))
    page = text_of(amal.get(f"/faelle/{case.id}/personen/{child.id}/"))
    assert "Zugang geklärt" in page
    assert "Angst" not in page and "von der Person abgelehnt" not in page
