"""A Fallkonferenz from the plan to the minutes at the desk, and what the others never see of it."""


from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import keyed, signed_in, text_of
from tests.documents.test_forms import text_in
from tests.referrals.conferring import (
    consent_to,
    hears,
    noted,
    organisation,
    page,
    planned,
    point,
    seated,
    sent,
    version_of,
)  # fmt: skip
from tests.releasing import withdrawn

COURSE = "Bildungswerk Westmünsterland, Integrationskurse (Beispiel)"
PETRA = "petra@bildungswerk.example"  # the course provider, partner side
GRONAU = "DRK Gronau, Migrationsberatung"


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL.email, family="Darwisch", given="Rima")


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def at(name, conference, *more):
    return reverse(name, args=[conference.case_id, conference.id, *more])


def newest(case):
    from faden.referrals.models import Conference

    with acting(AMAL.email):
        return Conference.objects.filter(case=case).order_by("-planned_at").first()


def versioned(conference, **values):
    with acting(AMAL.email):
        return keyed(version=version_of(conference), **values)


def noted_as(said="", agreed="", who="", until=None):
    from faden.referrals.actions.minutes import Noted

    return Noted(said, agreed, who, until)


def held(case, *, classes=("contact", "school_work"), extra=()):
    """Yesterday, with Rima, Amal and the course provider; two points about her, one about nobody."""
    conference = planned(case, (case.person_id,), days=-1)
    consent = consent_to(case, case.person, COURSE, classes=classes)
    rima = seated(conference, kind="client", person=case.person_id)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE), name="Frau Probe")
    hears(conference, provider, case.person_id, "consent", consent.id)
    points = {
        "course": point(conference, "Kurs ab Januar", case.person_id, "school_work"),
        "money": point(conference, "Fahrtkosten", case.person_id, "benefits_housing"),
        "next": point(conference, "Nächster Termin"),
    }
    noted(
        conference,
        {
            points["course"].id: noted_as("Platz im Abendkurs frei", "Frau Probe hält den Platz", "Frau Probe"),
            points["money"].id: noted_as("Ratenzahlung beim Jobcenter", "Antrag stellen", "Amal"),
            points["next"].id: noted_as("In sechs Wochen"),
        },
        came=(rima.id, provider.id),
    )
    return conference, provider, points, consent


# ---------- the whole way at the desk ----------


def test_from_the_plan_to_an_agreement_that_somebody_holds(amal, case):
    from faden.kernel import clock

    day = str(clock.today() + timedelta(days=9))
    values = keyed(subject="Runde Rima", question="Wer findet den Platz?", day=day, starts="10:00", ends="11:00", place="Rathaus")
    answer = amal.post(reverse("conference-new", args=[case.id]), values)
    assert answer.status_code == 303
    conference = newest(case)
    with acting(AMAL.email):
        assert conference.appointment.subject == "Runde Rima"
    assert "Runde Rima" in text_of(amal.get(reverse("calendar") + f"?tag={day}")) or "Runde Rima" in text_of(
        amal.get(reverse("case", args=[case.id]))
    )
    for who in (f"person:{case.person_id}", f"to:{organisation(COURSE).key}"):
        answer = amal.post(at("conference-seat-new", conference), versioned(conference, who=who, name="Frau Probe"))
        assert answer.status_code == 303, text_of(answer)
    said = text_of(amal.get(answer.headers["Location"]))
    assert "Ohne Grundlage hört diese Stelle nichts" in said
    consent = consent_to(case, case.person, COURSE)
    values = versioned(conference, **{f"by_{case.person_id.hex}": f"consent:{consent.id}"})
    assert amal.post(answer.headers["Location"], values).status_code == 303
    values = versioned(conference, title="Kurs ab Januar", person=str(case.person_id), data_class="school_work")
    assert amal.post(at("conference-point-new", conference), values).status_code == 303
    shown = text_of(amal.get(at("conference", conference)))
    assert "Schule, Ausbildung, Arbeit" in shown and "In der ganzen Runde" in shown and "Einwilligung „Kurs“" in shown
    early = amal.post(at("conference-minutes", conference), versioned(conference))
    assert early.status_code == 422 and "noch nicht begonnen" in text_of(early)


def test_minutes_become_a_task_and_a_step_with_holder_and_day(amal, case):
    from faden.cases.models import Task
    from faden.chains.models import ChainStep
    from faden.kernel import clock
    from tests.chains.making import begin, step

    conference, _provider, points, _consent = held(case)
    due = str(clock.today() + timedelta(days=20))
    address = at("conference-point-task", conference, points["money"].id)
    assert "Antrag stellen" in amal.get(address).content.decode()
    with acting(AMAL.email) as by:
        me = by.membership_id
    answer = amal.post(address, versioned(conference, title="Antrag stellen", due_on=due, assignee=me))
    assert answer.status_code == 303
    chain = begin(case, step("a"))
    address = at("conference-point-chain-step", conference, points["course"].id)
    values = versioned(
        conference, chain=str(chain.id), title="Platz halten", due_on=due, holder="agency", agency_kind="kurstraeger", agency="Bildungswerk"
    )
    answer = amal.post(address, values)
    assert answer.status_code == 303, text_of(answer)
    with acting(AMAL.email):
        task = Task.objects.get(title="Antrag stellen")
        step = ChainStep.objects.get(title="Platz halten")
        assert str(task.due_on) == due and task.persons == [case.person_id]
        assert str(step.due_on) == due and (step.holder, step.agency) == ("agency", "Bildungswerk")
    again = amal.post(at("conference-point-task", conference, points["money"].id), versioned(conference, title="Noch mal", due_on=due, assignee=me))
    assert again.status_code == 422 and "schon etwas geworden" in text_of(again)


def test_what_was_said_stands_in_the_register_and_the_minutes_reach_the_reader(amal, case):
    from faden.consents.models import Delivery, Release
    from faden.consents.queries.deliveries import content_of
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    conference, provider, _points, _consent = held(case)
    with acting(AMAL.email):
        [spoken] = Release.objects.filter(kind="conference")
        assert (spoken.channel, spoken.data_classes, spoken.person_id) == ("in_person", ["school_work"], case.person_id)
        assert "Fahrtkosten" not in spoken.content
    shown = text_of(amal.get(at("conference-minutes-send", conference, provider.id)))
    assert "Platz im Abendkurs frei" in shown and "In sechs Wochen" in shown and "Ratenzahlung" not in shown
    answer = amal.post(at("conference-minutes-send", conference, provider.id), versioned(conference, channel="inbox"))
    assert answer.status_code == 303, text_of(answer)
    with opened_for(actor_of(PETRA), write=False):
        told = content_of(Delivery.objects.get(kind="conference").id)
    assert told.facts[0].value.startswith("Platz im Abendkurs frei")
    assert "Ratenzahlung" not in str(told) and "Runde Kurs" not in str(told) and "Darwisch" not in str(told)


def test_corrected_minutes_are_the_next_copy(case):
    conference, provider, points, _consent = held(case)
    [first] = sent(conference, provider)
    noted(conference, {points["course"].id: noted_as("Platz im Morgenkurs frei")})
    [second] = sent(conference, provider)
    with acting(AMAL.email):
        assert (first.release.number, second.release.number) == (1, 2) and second.release.supersedes_id == first.release.id


# ---------- withdrawal, expiry, offices ----------


def test_a_withdrawn_consent_takes_the_right_at_once_and_the_page_says_so(amal, case):
    conference = planned(case, (case.person_id,))
    consent = consent_to(case, case.person, COURSE)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    seated(conference, kind="client", person=case.person_id)
    hears(conference, provider, case.person_id, "consent", consent.id)
    point(conference, "Kurs", case.person_id, "school_work")
    before = page(conference)
    assert before.together[0][2] == ("Name und Erreichbarkeit", "Schule, Ausbildung, Arbeit") and before.points[0].not_before == ()
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    after = page(conference)
    assert after.together[0][2] == () and after.points[0].not_before == (COURSE,)
    said = text_of(amal.get(at("conference", conference)))
    assert "Eine Grundlage trägt nicht mehr" in said and "die Grundlage gilt nicht mehr" in said


def test_after_a_withdrawal_nothing_of_her_goes_out_any_more(case):
    from faden.consents.models import Release
    from faden.kernel.errors import Invalid

    conference, provider, _points, consent = held(case)
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    with pytest.raises(Invalid, match="nichts im Protokoll"):
        sent(conference, provider)
    with acting(AMAL.email):
        assert Release.objects.filter(kind="conference").count() == 1


def test_who_came_without_a_ground_is_named_and_no_line_is_made_up(case):
    from faden.consents.models import Release

    conference = planned(case, (case.person_id,), days=-1)
    consent = consent_to(case, case.person, COURSE)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    hears(conference, provider, case.person_id, "consent", consent.id)
    about = point(conference, "Kurs", case.person_id, "school_work")
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    assert noted(conference, {about.id: noted_as("etwas")}, came=(provider.id,)) == [COURSE]
    with acting(AMAL.email):
        assert not Release.objects.filter(kind="conference").exists()


def test_an_office_that_decides_about_the_stay_never_sits_there(amal, case):
    from faden.kernel.errors import Invalid

    conference = planned(case, (case.person_id,))
    office = organisation("Ausländerbehörde Kreis Borken")
    assert "Ausländerbehörde" not in text_of(amal.get(at("conference-seat-new", conference)))
    forged = amal.post(at("conference-seat-new", conference), versioned(conference, who=f"to:{office.key}"))
    assert forged.status_code == 422
    with pytest.raises(Invalid, match="Ausländer- und Einbürgerungsbehörden"):
        seated(conference, kind="recipient", recipient=office)


def test_a_ground_that_is_not_hers_cannot_be_forged(amal, case):
    child = add_member(case, "Amina", born="2015")
    conference = planned(case, (case.person_id, child.id))
    of_child = consent_to(case, case.person, GRONAU)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    address = at("conference-seat", conference, provider.id)
    for value in (f"consent:{of_child.id}", "self", "team", "brought", f"law:{uuid4()}", "consent", "nichts"):
        values = versioned(conference, **{f"by_{case.person_id.hex}": value, f"by_{child.id.hex}": "no_names"})
        assert amal.post(address, values).status_code == 422, value
    assert all(not cell.hears.classes for row in page(conference).rows for cell in row.cells)


# ---------- a family ----------


def test_what_is_told_of_one_says_nothing_of_the_other(amal, case):
    from faden.consents.models import Release

    child = add_member(case, "Amina", born="2015")
    conference = planned(case, (case.person_id, child.id), days=-1)
    consent = consent_to(case, case.person, COURSE)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    hears(conference, provider, case.person_id, "consent", consent.id)
    hers = point(conference, "Kurs", case.person_id, "school_work")
    childs = point(conference, "Klasse 4", child.id, "school_work")
    noted(conference, {hers.id: noted_as("Abendkurs"), childs.id: noted_as("Wechsel an die Realschule")}, came=(provider.id,))
    paper = text_in(amal.get(at("conference-minutes-sheet", conference) + f"?fuer={provider.id}").content)
    assert "Abendkurs" in paper and "Realschule" not in paper and "Klasse 4" not in paper and "Amina" not in paper
    assert "Runde Kurs" not in paper and "Wer sucht den Platz" not in paper
    [one] = sent(conference, provider)
    with acting(AMAL.email):
        assert one.release.person_id == case.person_id and "Realschule" not in one.release.content
        assert not Release.objects.filter(kind="conference", person=child).exists()
    ours = text_in(amal.get(at("conference-minutes-sheet", conference)).content)
    assert "Realschule" in ours and "Amina" in ours and "Wer sucht den Platz" in ours


def test_a_name_of_somebody_else_is_refused_before_it_leaves(case):
    from faden.kernel.errors import Invalid

    add_member(case, "Amina", born="2015")
    conference, provider, points, _consent = held(case)
    noted(conference, {points["course"].id: noted_as("Solange Aminas Schule dauert")})
    with pytest.raises(Invalid, match="Aminas"):
        sent(conference, provider)
    noted(conference, {points["course"].id: noted_as("Rima Darwisch beginnt im Januar")})
    assert len(sent(conference, provider)) == 1


def test_a_reader_that_cannot_be_read_never_gets_the_whole(amal, case):
    conference, _provider, _points, _consent = held(case)
    for value in ("", "nichts", str(uuid4())):
        answer = amal.get(at("conference-minutes-sheet", conference) + f"?fuer={value}")
        assert answer.headers["Content-Type"] != "application/pdf", value


# ---------- invitation ----------


def test_the_invitation_says_when_and_where_and_nothing_about_whom(amal, case):
    from django.core import mail

    from faden.jobs.conferences import invite
    from faden.kernel import clock
    from faden.organisations.actions import agencies
    from faden.organisations.queries.recipients import as_recipient

    conference = planned(case, (case.person_id,), title="Runde Rima Darwisch", question="Trennung von Karim?")
    with acting(AMAL.email) as by:
        agency = agencies.note(
            agencies.Described("Schule am Tor", "schule", "", "Torweg 1\n48683 Ahaus", "02561 1", "post@schule.example"), by=by, at=clock.now()
        )
        organisation_id = by.organisation_id
    school = seated(conference, kind="recipient", recipient=as_recipient(agency), name="Herr Muster")
    letter = text_in(amal.get(at("conference-invitation", conference, school.id)).content)
    assert "Fallkonferenz" in letter and "Rathaus, Zimmer 12" in letter and "Herr Muster" in letter
    assert amal.post(at("conference-invite", conference, school.id), keyed(how="mail")).status_code == 303
    mail.outbox = []
    invite(organisation_id=organisation_id, participant_id=str(school.id))
    [message] = mail.outbox
    assert message.to == ["post@schule.example"]
    with acting(AMAL.email):
        number = case.number
    for words in (letter, message.body, message.subject):
        assert not [one for one in ("Rima", "Darwisch", "Karim", "Trennung", number) if one in words]
    assert "E-Mail" in text_of(amal.get(at("conference", conference)))
    assert amal.post(at("conference-invite", conference, school.id), keyed(how="brieftaube")).status_code == 422


# ---------- the others ----------


def urls_of(conference, provider, point_id):
    seat = ("conference-seat", "conference-invite", "conference-invitation", "conference-minutes-send")
    plain = ("conference", "conference-change", "conference-cancel", "conference-seat-new", "conference-point-new", "conference-minutes", "conference-minutes-sheet")
    return [
        *(at(name, conference) for name in plain),
        *(at(name, conference, provider.id) for name in seat),
        *(at(name, conference, point_id) for name in ("conference-point", "conference-point-task", "conference-point-chain-step")),
        reverse("conference-new", args=[conference.case_id]),
    ]


def test_nobody_else_sees_anything_of_it(case):
    conference, provider, points, _consent = held(case)
    urls = urls_of(conference, provider, points["course"].id)
    for email, status in ((CEM.email, 404), (BERND.email, 403), (DILAN.email, 403), (LENA.email, 302), (KARIN.email, 403), (ANTON.email, 403)):
        client = signed_in(email)
        answers = [client.get(url) for url in urls]
        assert {answer.status_code for answer in answers} == {status}, (email, [a.status_code for a in answers])
        assert not any("Abendkurs" in answer.content.decode() for answer in answers)
    partner = signed_in(PETRA)
    assert {partner.get(url).status_code for url in urls} <= {302, 403, 404}
    assert all(signed_in(DORA.email).get(url).status_code != 200 for url in urls[:3])


def test_below_another_case_it_is_nowhere(amal, case):
    conference, provider, points, _consent = held(case)
    other = open_a_case(AMAL.email, family="Andere")
    for url in urls_of(conference, provider, points["course"].id)[:-1]:
        assert amal.get(url.replace(str(case.id), str(other.id))).status_code == 404, url
    twin = planned(other, (other.person_id,))
    assert amal.get(at("conference-seat", twin, provider.id)).status_code == 404
    assert amal.get(at("conference-point", twin, points["course"].id)).status_code == 404


def test_a_confidential_one_stands_on_her_confidential_page_only(amal, case):
    add_member(case, "Amina", born="2015")
    conference = planned(case, (case.person_id,), title="Schutzkonferenz", confidential=True)
    for name, args in (("together", [case.id]), ("person-together", [case.id, case.person_id]), ("case", [case.id])):
        assert "Schutzkonferenz" not in amal.get(reverse(name, args=args)).content.decode(), name
    assert "Schutzkonferenz" in amal.get(reverse("person-together-confidential", args=[case.id, case.person_id])).content.decode()
    assert "Schutzkonferenz" in amal.get(at("conference", conference)).content.decode()


def test_two_at_once_and_a_moved_appointment_lose_nothing(amal, case):
    conference = planned(case, (case.person_id,))
    old = versioned(conference, title="Erster", person="", data_class="")
    assert amal.post(at("conference-point-new", conference), old).status_code == 303
    late = amal.post(at("conference-point-new", conference), {**old, "form_key": str(uuid4()), "title": "Zweiter"})
    assert late.status_code == 409
    assert [one.title for one in page(conference).points] == ["Erster"]


def test_called_off_is_called_off_in_the_calendar_too(amal, case):
    conference = planned(case, (case.person_id,))
    assert amal.post(at("conference-cancel", conference), versioned(conference, because="not_needed")).status_code == 303
    with acting(AMAL.email):
        conference.refresh_from_db()
        assert conference.state == "cancelled" and conference.appointment.dropped_because
    said = text_of(amal.get(at("conference", conference)))
    assert "abgesagt" in said and "Protokoll schreiben" not in said


def test_the_statements_do_not_grow_with_the_table(amal, case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    conference = planned(case, (case.person_id,))

    def cost():
        with CaptureQueriesContext(connection) as found:
            amal.get(at("conference", conference))
        return len(found)

    seated(conference, kind="client", person=case.person_id)
    point(conference, "Erster", case.person_id, "contact")
    cost()  # the first look at a case is remembered
    few = cost()
    for number in range(4):
        seated(conference, kind="companion", name=f"Begleitung {number}")
        point(conference, f"Punkt {number}", case.person_id, "contact")
    assert cost() == few




def test_an_address_that_is_kept_secret_is_refused_before_it_leaves(case):
    from faden.kernel.errors import Invalid
    from tests.case_making import fact, mark

    conference, provider, points, _consent = held(case)
    fact(AMAL.email, case.person, "address", street="Geheimgasse 7", place="Vreden")
    mark(AMAL.email, case.person)
    noted(conference, {points["course"].id: noted_as("Sie wohnt jetzt Geheimgasse 7")})
    with pytest.raises(Invalid):
        sent(conference, provider)
