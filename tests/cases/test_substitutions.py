"""Vertretung: which days, whose cases, with whose agreement; ends by itself, and every deed says for whom."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules.substitutions import LONGEST_DAYS, Problem, Span, allows_deputy, problem_of
from faden.kernel.errors import Invalid, NotAllowed
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DILAN, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of

ANNA, BEN, CLEO, DORIS = (uuid4() for _ in range(4))
DAY = date(2026, 3, 2)


def span(absent, deputy, first=0, last=0):
    return Span(absent, deputy, DAY + timedelta(days=first), DAY + timedelta(days=last))


@pytest.mark.parametrize(("wanted", "standing", "field", "rule"), [
    (span(ANNA, BEN, 0, 4), [], "", ""),
    (span(ANNA, ANNA), [], "deputy", "same"),
    (span(ANNA, BEN, -1, 4), [], "from_on", "past"),
    (span(ANNA, BEN, 4, 3), [], "until_on", "backwards"),
    (span(ANNA, BEN, 0, LONGEST_DAYS), [], "", ""),
    (span(ANNA, BEN, 0, LONGEST_DAYS + 1), [], "until_on", "long"),
    (span(ANNA, BEN, 0, 4), [span(ANNA, BEN, 4, 9)], "from_on", "twice"),
    (span(ANNA, BEN, 0, 4), [span(ANNA, BEN, 5, 9)], "", ""),
    (span(ANNA, BEN, 0, 4), [span(ANNA, CLEO, 0, 4)], "", ""),  # two may share the work
    (span(ANNA, BEN, 0, 4), [span(BEN, CLEO, 4, 9)], "deputy", "deputy_away"),
    (span(ANNA, BEN, 0, 4), [span(CLEO, ANNA, 4, 9)], "from_on", "absent_needed"),
    (span(ANNA, BEN, 0, 4), [span(CLEO, DORIS, 0, 4)], "", ""),
])  # fmt: skip
def test_what_may_be_arranged(wanted, standing, field, rule):
    found = problem_of(wanted, standing, today=DAY)
    assert (found.field, found.rule) == (field, rule) if rule else found is None


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, days, days, days)
def test_two_spans_meet_when_they_share_a_day(a, b, c, d):
    one, two = Span(ANNA, BEN, min(a, b), max(a, b)), Span(CLEO, BEN, min(c, d), max(c, d))
    shared = [day for day in range(one.from_on.toordinal(), one.until_on.toordinal() + 1)
              if two.from_on.toordinal() <= day <= two.until_on.toordinal()]  # fmt: skip
    assert one.meets(two) == two.meets(one) == bool(shared)


@pytest.mark.parametrize(("said", "allowed"), [
    ({ANNA: True}, True), ({ANNA: False}, False), ({}, False),
    ({ANNA: True, BEN: True}, True), ({ANNA: True, BEN: False}, False), ({BEN: True}, False),
])  # fmt: skip
def test_whose_agreement_is_needed(said, allowed):
    assert allows_deputy(ANNA, [ANNA, BEN, CLEO], said) is allowed


def test_a_problem_names_what_it_collides_with():
    other = span(BEN, CLEO)
    assert problem_of(span(ANNA, BEN), [other], today=DAY) == Problem("deputy", "deputy_away", other)


# ---------- with rows ----------


@pytest.fixture
def case(own_database):
    return open_a_case()


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def stand_in(deputy=BERND.email, *, for_=AMAL.email, first=0, last=3, by=LENA.email):
    """Arranged by the team lead unless said otherwise."""
    from faden.cases.actions.substitutions import Absence, arrange
    from faden.kernel import clock

    actor, today = actor_of(by), clock.today()
    absent, other = membership_of(for_).id, membership_of(deputy).id
    absence = Absence(absent, other, today + timedelta(days=first), today + timedelta(days=last), "leave")
    with within(actor):
        return arrange(absence, by=actor, on=today, at=clock.now())


def agree_anew(case, *, to_substitute):
    """The newest agreement of the person of the case says this."""
    from faden.consents.models import CounsellingAgreement

    with within(actor_of(AMAL.email)):
        CounsellingAgreement.objects.filter(person_id=case.person_id).update(to_team_and_substitute=to_substitute)


def test_the_deputy_works_on_the_cases_and_is_told_why(case):
    bernd, where = signed_in(BERND.email), f"/faelle/{case.id}/"
    assert bernd.get(where).status_code == 403
    stand_in()
    page = text_of(bernd.get(where))
    assert "Sie vertreten Amal Testin bis" in page and "wird als Vertretung vermerkt" in page
    for below in ("kontakte/neu/", "aufgaben/neu/", "phase/", "dokumente/"):
        assert "Sie vertreten Amal Testin" in text_of(bernd.get(where + below)), "the banner is on every page"
    assert bernd.post(where + "aufgaben/neu/", keyed(title="Anrufen", assignee=str(case.lead_id))).status_code == 303


def test_nobody_else_gets_in_by_it(case):
    stand_in(LENA.email)
    for email, status in ((BERND.email, 403), (ANTON.email, 403), (DILAN.email, 403), (CEM.email, 404)):
        assert signed_in(email).get(f"/faelle/{case.id}/").status_code == status
    assert signed_in(LENA.email).get(f"/faelle/{case.id}/").status_code == 200, "a team lead may stand in too"


def test_it_begins_on_its_first_day_and_ends_at_midnight(case):
    from faden.kernel import clock

    stand_in(first=2, last=3)
    seen = []
    for day in range(6):
        clock.set_forward(day)
        seen.append(signed_in(BERND.email).get(f"/faelle/{case.id}/").status_code)
    assert seen == [403, 403, 200, 200, 403, 403]


def test_a_german_midnight_and_not_one_in_utc(case, monkeypatch):
    from faden.cases import policies
    from faden.kernel import clock

    stand_in(last=0)
    bernd, last = actor_of(BERND.email), datetime.combine(clock.today(), datetime.min.time(), tzinfo=clock.BERLIN)
    for moment, allowed in ((last + timedelta(hours=23, minutes=59), True), (last + timedelta(hours=24), False)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with within(bernd, write=False):
            if allowed:
                assert policies.access(bernd, case.id, on=clock.today(), at=clock.now()).purpose == "substitution"
            else:
                with pytest.raises(NotAllowed):
                    policies.access(bernd, case.id, on=clock.today(), at=clock.now())


@pytest.mark.parametrize("by", [AMAL.email, BERND.email, LENA.email])
def test_it_can_be_ended_before(case, by):
    substitution = stand_in()
    bernd = signed_in(BERND.email)
    assert bernd.get(f"/faelle/{case.id}/").status_code == 200
    assert signed_in(by).post(f"/vertretungen/{substitution.id}/ende/", keyed()).status_code == 303
    assert bernd.get(f"/faelle/{case.id}/").status_code == 403
    assert bernd.get(f"/vertretungen/{substitution.id}/").status_code == 403
    assert signed_in(by).post(f"/vertretungen/{substitution.id}/ende/", keyed()).status_code == 409


def test_others_end_nothing(case):
    substitution = stand_in(LENA.email)
    assert signed_in(BERND.email).post(f"/vertretungen/{substitution.id}/ende/", keyed()).status_code == 403
    assert signed_in(CEM.email).post(f"/vertretungen/{substitution.id}/ende/", keyed()).status_code == 404


def test_one_arranges_for_oneself_and_the_team_lead_for_all(case):
    today = {"from_on": "2099-01-01", "until_on": "2099-01-05", "reason": "leave"}
    amal, bernd = membership_of(AMAL.email).id, membership_of(BERND.email).id
    assert signed_in(AMAL.email).post("/vertretungen/neu/", keyed(absent=str(amal), deputy=str(bernd), **today)).status_code == 303
    refused = signed_in(AMAL.email).post("/vertretungen/neu/", keyed(absent=str(bernd), deputy=str(amal), **today))
    assert refused.status_code == 422, "nobody arranges another's absence"
    with pytest.raises(NotAllowed):
        stand_in(AMAL.email, for_=BERND.email, by=AMAL.email)
    with pytest.raises(Invalid, match="dieses Dienstes"):
        stand_in(CEM.email)
    with pytest.raises(Invalid, match="dieses Dienstes"):
        stand_in(ANTON.email)
    wrong = signed_in(LENA.email).post("/vertretungen/neu/", keyed(absent=str(amal), deputy=str(bernd), **today))
    assert wrong.status_code == 422 and "schon eingerichtet" in text_of(wrong)


def test_without_agreement_the_deputy_sees_only_the_number_and_the_team_lead_is_told(case):
    from faden.cases.actions import tasks
    from faden.kernel import clock

    agree_anew(case, to_substitute=False)
    amal = actor_of(AMAL.email)
    with within(amal):
        tasks.make(tasks.Wanted("Kita anrufen", clock.today(), case.lead_id), case=case, by=amal, at=clock.now())
    substitution = stand_in()
    bernd = signed_in(BERND.email)
    answer = bernd.get(f"/faelle/{case.id}/")
    assert answer.status_code == 403 and "keine Einwilligung in Vertretung" in text_of(answer)
    for where in ("/tag/", f"/vertretungen/{substitution.id}/"):
        page = text_of(bernd.get(where))
        assert case.number in page and "inwilligung in Vertretung" in page and "Schewtschenko" not in page, where
        assert "Kita anrufen" not in page
    for where in ("/tag/", "/vertretungen/"):
        page = text_of(signed_in(LENA.email).get(where))
        assert case.number in page and "inwilligung in Vertretung" in page and "Schewtschenko" not in page, where
    agree_anew(case, to_substitute=True)
    assert bernd.get(f"/faelle/{case.id}/").status_code == 200
    assert case.number not in text_of(signed_in(LENA.email).get("/vertretungen/"))


def test_one_member_who_said_no_closes_a_family_case_to_deputies(case):
    from faden.consents.models import CounsellingAgreement
    from tests.case_making import agree

    mother = add_member(case, "Amina")
    stand_in()
    bernd = signed_in(BERND.email)
    assert bernd.get(f"/faelle/{case.id}/").status_code == 200, "relatives without an agreement say nothing"
    agreement = agree(mother)
    assert bernd.get(f"/faelle/{case.id}/").status_code == 200
    with within(actor_of(AMAL.email)):
        CounsellingAgreement.objects.filter(id=agreement.id).update(to_team_and_substitute=False)
    assert bernd.get(f"/faelle/{case.id}/").status_code == 403


def test_working_notes_stay_their_authors_and_a_confidential_thread_is_open(case):
    from faden.cases.actions import contact_notes, working_notes
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    mother, amal = add_member(case, "Amina"), actor_of(AMAL.email)
    case.scope = "family"
    with within(amal):
        about = About((mother.id,), confidential=True)
        said = contact_notes.Contact(clock.now(), "office", "", 30, "", "none", (), "Frauenberatung", about)
        contact_notes.record(said, case=case, by=amal, at=clock.now())
        working_notes.write("Mein Eindruck", case=case, about=About((mother.id,)), by=amal, on=clock.today(), at=clock.now())
    stand_in()
    bernd = signed_in(BERND.email)
    assert "Frauenberatung" in text_of(bernd.get(f"/faelle/{case.id}/personen/{mother.id}/vertraulich/"))
    for where in ("", f"personen/{mother.id}/", f"personen/{mother.id}/vertraulich/"):
        assert "Mein Eindruck" not in text_of(bernd.get(f"/faelle/{case.id}/{where}"))


def test_each_deed_says_for_whom_and_the_timeline_too(case):
    stand_in()
    bernd = signed_in(BERND.email)
    values = {"text": "Angerufen", "type": "phone", "minutes": 5, "day": "2026-01-12", "at": "10:00", "interpreting": "none"}
    assert bernd.post(f"/faelle/{case.id}/kontakte/neu/", keyed(**values)).status_code == 303
    assert "Bernd Beispiel in Vertretung für Amal Testin" in text_of(bernd.get(f"/faelle/{case.id}/"))
    amal = signed_in(AMAL.email)
    amal.post(f"/faelle/{case.id}/kontakte/neu/", keyed(**values))
    told = [details.get("for") for details in noted("contact.recorded")]
    assert sorted(told, key=str) == sorted([str(case.lead_id), None], key=str)


def noted(event):
    """What the log holds about this kind of deed."""
    from faden.kernel.models import AuditEvent

    with within(actor_of(AMAL.email), write=False):
        return [row.details for row in AuditEvent.objects.filter(event=event)]


def test_the_log_of_a_deputy_is_signed_with_the_mark(case):
    """The mark is part of what the signature covers."""
    from faden.kernel import audit
    from faden.kernel.models import AuditEvent

    stand_in()
    signed_in(BERND.email).post(f"/faelle/{case.id}/aufgaben/neu/", keyed(title="x", assignee=str(case.lead_id)))
    with within(actor_of(AMAL.email), write=False):
        row = AuditEvent.objects.get(event="task.made")
        parts = {name: getattr(row, name) for name in ("id", "organisation_id", "at", "user_id", "role", "event", "subject_id", "details")}
    assert bytes(row.mac) == audit.sign(*audit.event_parts(parts))
    assert row.details["for"] == str(case.lead_id)


def test_the_deputys_day_shows_the_work_of_who_is_away(case):
    from faden.cases.actions import appointments, tasks
    from faden.kernel import clock

    amal, now = actor_of(AMAL.email), clock.now()
    with within(amal):
        tasks.make(tasks.Wanted("Kita anrufen", clock.today(), UUID(amal.membership_id)), case=case, by=amal, at=now)
        starts = now + timedelta(days=1)
        plan = appointments.Planned("Gespräch im Amt", starts, starts + timedelta(hours=1), "", "")
        appointments.make(plan, case=case, by=amal, at=now)
    bernd = signed_in(BERND.email)
    assert "Kita anrufen" not in text_of(bernd.get("/tag/"))
    substitution = stand_in()
    page = text_of(bernd.get("/tag/"))
    for words in ("In Vertretung für Amal Testin", "Kita anrufen", "Gespräch im Amt", "neuer Fall", "Schewtschenko"):
        assert words in page
    assert "Schewtschenko" in text_of(bernd.get(f"/vertretungen/{substitution.id}/"))
    assert signed_in(LENA.email).get(f"/vertretungen/{substitution.id}/").status_code == 404, "only for the deputy"
    assert "In Vertretung" not in text_of(signed_in(AMAL.email).get("/tag/"))


def test_what_is_told_of_a_case_of_a_third_colleague(case):
    """Amal has a task in Bernd's case; her deputy is Lena, who may not see Bernd's client."""
    from faden.cases.actions import tasks
    from faden.kernel import clock

    other, bernd = open_a_case(BERND.email, family="Rahimi"), actor_of(BERND.email)
    with within(bernd):
        tasks.make(tasks.Wanted("Brief an Rahimi", clock.today(), case.lead_id), case=other, by=bernd, at=clock.now())
    stand_in(LENA.email)
    page = text_of(signed_in(LENA.email).get("/tag/"))
    assert other.number in page and "Rahimi" not in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_same_number_of_statements(case, count, django_assert_num_queries):
    from faden.cases.actions import tasks
    from faden.cases.queries.covering import covered_day
    from faden.cases.queries.substitutions import covered_cases, uncovered_cases
    from faden.kernel import clock

    amal, today = actor_of(AMAL.email), clock.today()
    for n in range(count):
        more = open_a_case(family=f"Rahimi{'abcdefghijkl'[n]}")
        if n % 2:
            agree_anew(more, to_substitute=False)
        with within(amal):
            tasks.make(tasks.Wanted(f"x{n}", today, case.lead_id), case=more, by=amal, at=clock.now())
    agree_anew(case, to_substitute=False)
    bernd, substitution = actor_of(BERND.email), stand_in()
    with within(bernd, write=False), django_assert_num_queries(10):
        covered_day(UUID(bernd.membership_id), today=today)
    with within(bernd, write=False), django_assert_num_queries(5):
        covered_cases(substitution)
    with within(bernd, write=False), django_assert_num_queries(4):
        uncovered_cases(on=today)
