"""What is shown for one person: nothing tagged only to others, nothing confidential but in her own thread."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.case_making import add_member, open_a_case
from tests.desk_client import actor_of

AMAL = "amal@caritas-ahaus.example"


@pytest.fixture
def by(own_database):
    return actor_of(AMAL)


@pytest.fixture
def family(by):
    """(case, [mother, father, child])."""
    from faden.persons.models import Person

    case = open_a_case(AMAL, family="Darwisch", given="Rima")
    father, child = add_member(case, "Khaled"), add_member(case, "Yusuf", born="04.05.2016")
    with within(by):
        mother = Person.objects.get(id=case.person_id)
    return case, [mother, father, child]


def within(by, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def note(case, by, words, about, minutes=0):
    from faden.cases.actions import contact_notes
    from faden.kernel import clock

    at = clock.now() - timedelta(minutes=minutes)
    said = contact_notes.Contact(at, "office", "", 30, "", "none", (), words, about)
    with within(by, write=True):
        return contact_notes.record(said, case=case, by=by, at=clock.now())


def texts(case, by, of):
    from faden.cases.queries.timeline import history_of

    with within(by):
        return {line.text for line in history_of(case, of=of).lines if line.kind == "contact"}


def about(*persons, confidential=False):
    from faden.cases.actions.concerning import About

    return About(tuple(person.id for person in persons), confidential)


def of(person=None, *, confidential=False):
    from faden.cases.queries.timeline import Of

    return Of(person.id if person else None, confidential=confidential)


def test_each_sees_what_concerns_her(family, by):
    case, (mother, father, child) = family
    note(case, by, "beide Eltern", about(mother, father))
    note(case, by, "nur der Vater", about(father))
    note(case, by, "Mutter allein, vertraulich", about(mother, confidential=True))
    note(case, by, "Schule", about(child))
    assert texts(case, by, of()) == {"beide Eltern", "nur der Vater", "Schule"}
    assert texts(case, by, of(mother)) == {"beide Eltern"}
    assert texts(case, by, of(father)) == {"beide Eltern", "nur der Vater"}
    assert texts(case, by, of(child)) == {"Schule"}
    assert texts(case, by, of(mother, confidential=True)) == {"Mutter allein, vertraulich"}
    assert texts(case, by, of(father, confidential=True)) == set()


def test_tasks_appointments_and_working_notes_go_by_the_same_rule(family, by):
    from faden.cases.actions import appointments, tasks, working_notes
    from faden.cases.queries.access import CaseAccess
    from faden.cases.queries.case_page import case_page
    from faden.kernel import clock

    case, (mother, father, _child) = family
    starts = clock.now() + timedelta(days=1)
    with within(by, write=True):
        for person, words in ((mother, "M"), (father, "V")):
            tasks.make(tasks.Wanted(f"Aufgabe {words}", None, case.lead_id, about(person)), case=case, by=by, at=clock.now())
            plan = appointments.Planned(f"Termin {words}", starts, starts + timedelta(hours=1), "", "", about(person))
            appointments.make(plan, case=case, by=by, at=clock.now())
            working_notes.write(f"Notiz {words}", case=case, about=about(person), by=by, on=clock.today(), at=clock.now())
    with within(by):
        page = case_page(CaseAccess(case, "caseload", "", True), actor=by, now=clock.now(), of=of(mother))
        found = [*(t.title for t in page.tasks), *(a.subject for a in page.appointments), *(n.text for n in page.working_notes)]
    assert found == ["Aufgabe M", "Termin M", "Notiz M"]


def test_a_note_in_a_family_names_somebody(family, by):
    from faden.kernel.errors import Invalid

    case, _members = family
    with pytest.raises(Invalid) as refused:
        note(case, by, "über niemanden", about())
    assert refused.value.field == "persons"


def test_only_members_can_be_named(family, by):
    from faden.kernel.errors import Invalid
    from faden.persons.models import Person

    case, _members = family
    other = open_a_case(AMAL, family="Gashi", given="Vjosa")
    with within(by):
        stranger = Person.objects.get(id=other.person_id)
    with pytest.raises(Invalid):
        note(case, by, "fremd", about(stranger))


def test_confidential_is_one_persons(family, by):
    from faden.kernel.errors import Invalid

    case, (mother, father, _child) = family
    with pytest.raises(Invalid):
        note(case, by, "zu zweit", about(mother, father, confidential=True))


def test_the_database_holds_it_too(family, by):
    """A verb that forgets the check cannot store a confidential note about two, or about nobody."""
    from django.db import IntegrityError

    from faden.cases.models import ContactNote

    case, (mother, father, _child) = family
    written = note(case, by, "vertraulich", about(mother, confidential=True))
    for wrong in ([mother.id, father.id], []):
        with pytest.raises(IntegrityError), within(by, write=True):
            ContactNote.objects.filter(id=written.id).update(persons=wrong)


def test_in_the_case_of_one_person_she_is_meant(by):
    from faden.cases.actions.concerning import About

    case = open_a_case(AMAL)
    written = note(case, by, "wie immer", About())
    assert (written.persons, written.confidential) == ([case.person_id], False)


def test_a_corrected_note_moves_to_whom_it_concerns(family, by):
    from dataclasses import replace

    from faden.cases.actions import contact_notes
    from faden.kernel import clock

    case, (mother, father, _child) = family
    written = note(case, by, "verwechselt", about(father))
    with within(by, write=True):
        said = contact_notes.Contact(written.happened_at, "office", "", 30, "", "none", (), "verwechselt")
        contact_notes.correct(written, replace(said, about=about(mother)), seen_version=1, by=by, at=clock.now())
    assert texts(case, by, of(father)) == set()
    assert texts(case, by, of(mother)) == {"verwechselt"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tags=st.lists(st.tuples(st.sets(st.integers(0, 2), min_size=1), st.booleans()), max_size=8))
def test_whatever_the_tags(family, by, tags):
    """For every set of entries: a person's page is exactly what names her and is not confidential."""
    from faden.cases.models import ContactNote, TimelineEntry

    case, members = family
    with within(by, write=True):
        TimelineEntry.objects.filter(case=case, kind="contact").delete()
        ContactNote.objects.filter(case=case).delete()
    for number, (who, secret) in enumerate(tags):
        persons = [members[index] for index in sorted(who)]
        note(case, by, str(number), about(*persons, confidential=secret and len(persons) == 1), minutes=number)
    for index, person in enumerate(members):
        open_ = {str(n) for n, (who, secret) in enumerate(tags) if index in who and not (secret and len(who) == 1)}
        secret_ = {str(n) for n, (who, secret) in enumerate(tags) if who == {index} and secret}
        assert texts(case, by, of(person)) == open_
        assert texts(case, by, of(person, confidential=True)) == secret_
