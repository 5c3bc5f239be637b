"""Who leads a case: handing over, taking over, weights, and that nothing stays without a holder."""

from datetime import timedelta
from uuid import UUID

import pytest

from faden.kernel.errors import Conflict, Invalid, NotAllowed
from tests.accounts.signing import deeds
from tests.case_making import open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def work(case, assignee, *, at_days=3):
    """A task and an appointment of this colleague in a case."""
    from faden.cases.actions import appointments, tasks
    from faden.cases.models import Appointment
    from faden.kernel import clock

    by = actor_of(AMAL.email)
    starts = clock.now() + timedelta(days=at_days)
    with within(by):
        tasks.make(tasks.Wanted("Anrufen", None, assignee), case=case, by=by, at=clock.now())
        plan = appointments.Planned("Gespräch", starts, starts + timedelta(hours=1), "", "")
        meeting = appointments.make(plan, case=case, by=by, at=clock.now())
        Appointment.objects.filter(id=meeting.id).update(host_id=assignee)


def holding(by, membership_id):
    """(cases, tasks, appointments) in this name."""
    from faden.casework.queries.takeover import holder
    from faden.kernel import clock

    with within(by, write=False):
        found = holder(membership_id, now=clock.now(), today=clock.today())
    return found.cases, found.tasks, found.appointments


def lead_of(by, case):
    from faden.cases.models import Case

    with within(by, write=False):
        return Case.objects.get(id=case.id).lead_id


def test_a_lead_hands_one_case_to_a_colleague(by):
    case, other, amal, bernd = open_a_case(), open_a_case(), signed_in(AMAL.email), membership_of(BERND.email).id
    me = UUID(by.membership_id)
    work(case, me)
    work(other, me)
    answer = amal.post(f"/faelle/{case.id}/fallfuehrung/", keyed(to=str(bernd), reason="capacity"))
    assert answer.status_code == 303, text_of(answer)
    assert lead_of(by, case) == bernd
    assert (holding(by, bernd), holding(by, me)) == ((1, 1, 1), (1, 1, 1)), "only this case's work went along"
    assert amal.get(f"/faelle/{case.id}/").status_code == 403
    page = text_of(signed_in(BERND.email).get(f"/faelle/{case.id}/"))
    assert "Fallführung von Amal Testin an Bernd Beispiel" in page and "Entlastung" in page
    assert {"case.lead_changed", "work.passed_on"} <= set(deeds(by.organisation_id))


def test_nobody_gives_away_what_she_does_not_lead(by):
    from faden.casework.actions.leads import hand_over
    from faden.kernel import clock

    case, bernd = open_a_case(), actor_of(BERND.email)
    more = {"reason": "capacity", "on": clock.today(), "at": clock.now()}
    with pytest.raises(NotAllowed), within(bernd):
        hand_over(case, UUID(bernd.membership_id), by=bernd, **more)
    for nobody in (membership_of(LENA.email).id, membership_of(CEM.email).id):
        with pytest.raises(Invalid), within(by):
            hand_over(case, nobody, by=by, **more)
    assert lead_of(by, case) == UUID(by.membership_id)


def test_arbeitsnotizen_are_remembered_before_handing_over(by):
    from faden.cases.actions import working_notes
    from faden.kernel import clock

    case, amal = open_a_case(), signed_in(AMAL.email)
    assert "Arbeitsnotiz" not in text_of(amal.get(f"/faelle/{case.id}/fallfuehrung/"))
    with within(by):
        working_notes.write("x", case=case, by=by, on=clock.today(), at=clock.now())
    assert "Sie haben hier 1 Arbeitsnotiz" in text_of(amal.get(f"/faelle/{case.id}/fallfuehrung/"))


def end_access(email, last_day):
    from faden.kernel import clock
    from faden.organisations.actions.memberships import end

    anton, leaving = actor_of(ANTON.email), membership_of(email).id
    with within(anton):
        end(leaving, on=last_day, by=anton, at=clock.now(), today=clock.today())


def test_when_somebody_leaves_the_team_lead_is_told_and_nothing_stays_without_a_holder(by):
    from faden.kernel import clock

    bernd, me = membership_of(BERND.email).id, UUID(by.membership_id)
    cases = [open_a_case(BERND.email, family=f"Rahimi{n}") for n in "abc"]
    mine = open_a_case(family="Eigener")
    for case in (*cases, mine):
        work(case, bernd)
    lena = signed_in(LENA.email)
    assert "Im Team zu regeln" not in text_of(lena.get("/tag/"))
    end_access(BERND.email, clock.today() + timedelta(days=14))
    assert "Bernd Beispiel: letzter Tag" in text_of(lena.get("/tag/"))
    where = f"/uebernahme/{bernd}/"
    page = text_of(lena.get(where))
    assert cases[0].number in page and "Rahimi" not in page, "numbers, no names"
    sent = {"bulk": str(me), "reason": "leaving", "rest": "on", f"case_{cases[2].id}": "later"}
    shown = lena.post(where + "vorschau/", keyed(**sent))
    assert shown.status_code == 200 and "übernimmt 2 Fälle" in text_of(shown)
    assert lead_of(by, cases[0]) == bernd, "a preview changes nothing"
    hidden = {**dict(shown.context["sent"]), "shown": " ".join(map(str, shown.context["shown"]))}
    assert lena.post(where + "bestaetigung/", keyed(**{k: v for k, v in hidden.items() if v})).status_code == 303
    assert [lead_of(by, case) for case in cases] == [me, me, bernd]
    assert holding(by, bernd) == (1, 1, 1), "what waits keeps its work; what is in the cases of others went to their leads"
    assert lena.post(where + "bestaetigung/", keyed(bulk=str(me), reason="leaving", rest="on", shown=str(cases[2].id))).status_code == 303
    assert holding(by, bernd) == (0, 0, 0)
    assert "Alles ist übernommen" in text_of(lena.get(where))
    assert "Bernd" not in text_of(lena.get("/tag/"))


def test_also_after_the_last_day(by):
    from faden.cases.models import Appointment, Task

    bernd, me = membership_of(BERND.email).id, UUID(by.membership_id)
    case = open_a_case(BERND.email)
    work(case, bernd)
    end_access(BERND.email, None)
    lena = signed_in(LENA.email)
    assert "schon weg" in text_of(lena.get("/uebernahme/"))
    lena.post(f"/uebernahme/{bernd}/bestaetigung/", keyed(bulk=str(me), reason="leaving", shown=str(case.id)))
    assert lead_of(by, case) == me
    with within(by, write=False):
        assert not Task.objects.filter(assignee_id=bernd).exists()
        assert not Appointment.objects.filter(host_id=bernd).exists()


def test_what_belongs_to_no_case_goes_to_who_plans(by):
    from faden.cases.models import Task
    from faden.kernel import clock

    bernd, lena = membership_of(BERND.email).id, actor_of(LENA.email)
    with within(by):
        Task.objects.create(
            organisation_id=by.organisation_id, title="Schrank", assignee_id=bernd, made_at=clock.now(), made_by=1
        )
    signed_in(LENA.email).post(f"/uebernahme/{bernd}/bestaetigung/", keyed(reason="leaving", rest="on"))
    with within(by, write=False):
        assert str(Task.objects.get().assignee_id) == lena.membership_id


def test_nothing_is_chosen_nothing_happens(by):
    open_a_case(BERND.email)
    lena, where = signed_in(LENA.email), f"/uebernahme/{membership_of(BERND.email).id}/"
    for address in ("vorschau/", "bestaetigung/"):
        answer = lena.post(where + address, keyed(reason="leaving"))
        assert answer.status_code == 422 and "Bitte wählen Sie, wer die Fälle übernimmt." in text_of(answer)


def test_two_who_plan_at_once(by):
    """The second is told, and nothing of hers is half done."""
    from faden.casework.actions.leads import take_over
    from faden.kernel import clock

    first, second = open_a_case(BERND.email), open_a_case(BERND.email)
    lena, me, bernd = actor_of(LENA.email), UUID(by.membership_id), membership_of(BERND.email).id
    more = {"rest": False, "reason": "leaving", "by": lena, "on": clock.today(), "at": clock.now()}
    with within(lena):
        take_over(bernd, {first.id: me}, **more)
    with pytest.raises(Conflict, match=first.number), within(lena):
        take_over(bernd, {first.id: me, second.id: me}, **more)
    assert lead_of(by, second) == bernd


@pytest.mark.parametrize("where", ["/uebernahme/", "/auslastung/"])
def test_planning_is_the_team_leads(own_database, where):
    for email, status in ((AMAL.email, 403), (ANTON.email, 403), (LENA.email, 200)):
        assert signed_in(email).get(where).status_code == status
    bernd = membership_of(BERND.email).id
    assert signed_in("tilda@drk-gronau.example").get(f"/uebernahme/{bernd}/").status_code == 404


def load(by):
    from faden.casework.queries.workload import workload
    from faden.kernel import clock

    with within(by, write=False):
        return {row.name: (row.cases, row.weight, row.post_percent, row.guideline) for row in workload(on=clock.today())}


def test_the_load_is_told_by_name_beside_the_share_of_the_post(by):
    from faden.casework.actions.closing import Ending, close
    from faden.kernel import clock

    cases = [open_a_case() for _ in range(3)]
    amal, lena = signed_in(AMAL.email), signed_in(LENA.email)
    assert amal.post(f"/faelle/{cases[0].id}/gewicht/", keyed(weight="3")).status_code == 303
    assert amal.post(f"/faelle/{cases[0].id}/gewicht/", keyed(weight="7")).status_code == 422
    assert lena.post(f"/auslastung/{by.membership_id}/", keyed(percent="101")).status_code == 422
    assert lena.post(f"/auslastung/{by.membership_id}/", keyed(percent="75")).status_code == 303
    assert load(by)["Amal Testin"] == (3, 7, 75, 12)
    with within(by):
        close(cases[0], Ending("goals", "much", clock.today()), by=by, at=clock.now())
    assert load(by)["Amal Testin"] == (2, 4, 75, 12), "closed cases weigh nothing"
    assert list(load(by)) == sorted(load(by)), "by name, not by number"
    page = text_of(lena.get("/auslastung/"))
    assert "16 Fälle je volle Stelle (Kreis Gütersloh, 2024)" in page
    lena.post(f"/auslastung/{by.membership_id}/", keyed(percent=""))
    assert load(by)["Amal Testin"][2:] == (None, None)


def test_only_the_lead_weighs(by):
    from faden.casework.actions.leads import weigh
    from faden.kernel import clock

    case, lena = open_a_case(), actor_of(LENA.email)
    with pytest.raises(NotAllowed), within(lena):
        weigh(case, 1, by=lena, at=clock.now())


@pytest.mark.parametrize("count", [1, 20])
def test_the_same_number_of_statements(by, count, django_assert_num_queries):
    from faden.casework.queries.takeover import held_cases, holders
    from faden.casework.queries.workload import workload
    from faden.kernel import clock

    for n in range(count):
        work(open_a_case(BERND.email, family=f"Rahimi{'abcdefghijklmnopqrst'[n]}"), membership_of(BERND.email).id)
    now, today, bernd = clock.now(), clock.today(), membership_of(BERND.email).id
    with within(by, write=False), django_assert_num_queries(4):
        holders(now=now, today=today)
        held_cases(bernd, now=now)
        workload(on=today)
