"""What may not leave by a side way: in words that name nobody, on a print, in a title, as a town."""

from typing import Any

import pytest

from faden.kernel.errors import Invalid
from tests.case_making import acting, add_member, fact, mark, open_a_case
from tests.cast import AMAL
from tests.desk_client import signed_in
from tests.referrals import handing_over as over
from tests.referrals.sending import school, sent_to

STREET = "Geheimgasse 7"


@pytest.fixture
def case(own_database: None) -> Any:
    return open_a_case(AMAL.email)


# ---------- without a person ----------


def asks(case: Any, message: str) -> Any:
    """A question to a school on the ground that nobody is named."""
    from faden.consents.rules.contents import Content
    from faden.consents.vocabulary import Channel
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import referrals
    from faden.referrals.actions.telling import Resting, as_told

    to = as_recipient(school())
    with acting(AMAL.email) as by:
        made = referrals.begin(referrals.Wish("Platz in Klasse 7", "school", case.person_id), case=case, by=by, at=clock.now())
        return as_told(made, to, Channel.PHONE, Content("Platz", message), Resting(nobody=True), on=clock.today())


@pytest.mark.parametrize("message", [
    "Oleksandras Sohn sucht einen Platz.", "Familie Ševčenko? Schewtschenkos Tochter.", "Bitte rufen Sie an: 0151-777 88.", "Es geht um {number}.",
])  # fmt: skip
def test_words_that_name_somebody_are_no_question_about_nobody(case: Any, message: str):
    from faden.persons.models import Person

    with acting(AMAL.email):
        Person.objects.filter(id=case.person_id).update(phone="0151 77788")
    with pytest.raises(Invalid):
        asks(case, message.format(number=case.number))


@pytest.mark.parametrize("message", ["Ist ab 3.2. in Klasse 7 ein Platz frei?", "Gibt es im Kreis Borken 2026 noch 12 Plätze?"])
def test_a_question_about_nobody_leaves(case: Any, message: str):
    assert asks(case, message).person_id is None


# ---------- prints ----------


def test_what_has_ended_is_not_printed_any_more(case: Any):
    from tests.releasing import withdrawn

    made = sent_to(school(), case=case, channel="letter")
    where, amal = f"/faelle/{case.id}/vermittlungen/{made.referral.id}/blatt/{made.sending.id}/", signed_in(AMAL.email)
    assert amal.get(where).headers["Content-Type"] == "application/pdf"
    with acting(AMAL.email) as by:
        withdrawn(made.consent, by=by)
    assert amal.get(where).status_code == 404


def test_a_print_for_another_body_names_nobody_else_and_no_secret_street(case: Any):
    from django.urls import reverse

    from tests.referrals import conferring as at
    from tests.referrals.test_conferences import COURSE, noted_as

    add_member(case, "Danylo")
    conference = at.planned(case, (case.person_id,), days=-1)
    consent = at.consent_to(case, case.person, COURSE)
    provider = at.seated(conference, kind="recipient", recipient=at.organisation(COURSE))
    at.hears(conference, provider, case.person_id, "consent", consent.id)
    course, amal = at.point(conference, "Kurs", case.person_id, "school_work"), signed_in(AMAL.email)
    where = reverse("conference-minutes-sheet", args=[case.id, conference.id])
    fact(AMAL.email, case.person, "address", street=STREET)
    mark(AMAL.email, case.person)
    for said, status in (("Solange Danylos Schule dauert", 422), (f"Sie wohnt {STREET}", 422), ("Abends", 200)):
        at.noted(conference, {course.id: noted_as(said)}, came=(provider.id,))
        assert amal.get(f"{where}?fuer={provider.id}").status_code == status, said
        assert amal.get(where).status_code == 200, "our own file"


# ---------- titles and towns ----------


def test_a_secret_street_in_a_title_does_not_go_over(case: Any):
    fact(AMAL.email, case.person, "address", street=STREET)
    mark(AMAL.email, case.person)
    over.put(case, title=f"Schlüssel abholen, {STREET}")
    transfer = over.prepared(case)
    over.describe(case, transfer, case.person, over.ground(case.person))
    over.place_all(case, transfer)
    with pytest.raises(Invalid):
        over.send(case, transfer)
    assert over.deliveries() == []


def test_nor_in_the_words_of_a_person(case: Any):
    fact(AMAL.email, case.person, "address", street=STREET)
    mark(AMAL.email, case.person)
    transfer = over.prepared(case)
    over.describe(case, transfer, case.person, over.ground(case.person), lines=(("contact", f"Wohnt {STREET}"),))
    with pytest.raises(Invalid):
        over.send(case, transfer)


@pytest.mark.parametrize("protected", [False, True])
def test_where_a_protected_person_lives_is_told_to_no_coordination(case: Any, protected: bool):
    from faden.kernel import clock
    from faden.referrals.actions import presentations

    if protected:
        mark(AMAL.email, case.person)
    with acting(AMAL.email) as by:
        row = presentations.make(case, occasion="Planung", question="Wo hängt es?", tells=["town"], by=by, at=clock.now(), today=clock.today())
    assert ("Ort: Ahaus" in row.body) == (not protected)


# ---------- after an end ----------


def test_a_new_consent_does_not_tell_what_the_old_one_had_told(case: Any):
    """Withdrawn, and sent anew on less before any job has run: the new copy begins anew."""
    from faden.consents.queries.releases import told
    from tests.desk_client import membership_of
    from tests.referrals.handing_over import CEM
    from tests.releasing import withdrawn

    to = membership_of(CEM).organisation
    first = sent_to(to, case=case, channel="inbox")
    with acting(AMAL.email) as by:
        withdrawn(first.consent, by=by)
    again = sent_to(to, case=case, channel="inbox", referral=first.again(), family="Neu", amended="nur noch das Nötige")
    with acting(AMAL.email):
        assert told(again.release.id).changes == () and again.release.number == 1
