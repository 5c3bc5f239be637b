"""Dated facts: corrected but never overwritten, as of any day, as believed at any moment."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of
from tests.persons.conftest import NOW, TODAY

from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import CorrectionReason, FactKind, KnownFrom

LATER = NOW + timedelta(hours=1)
DULDUNG = {"paper": "duldung_60a"}
REFUGEE = {"paper": "ae_25_2_1"}


def note(amal, person, kind=FactKind.RESIDENCE, values=DULDUNG, *, first=None, last=None, at=NOW, **more):
    from faden.persons.actions.facts import Stated, record

    stated = Stated(values, Period(first, last), **more)
    return record(kind, stated, person=person, by=amal, on=TODAY, at=at)


def correct(amal, row, values, *, first=None, last=None, at=LATER, because=CorrectionReason.MISTAKE):
    from faden.persons.actions import facts

    return facts.correct(row, facts.Stated(values, Period(first, last)), because, by=amal, on=TODAY, at=at)


def texts(person, day=TODAY, **more):
    from faden.persons.queries.facts import as_of

    return [(line.text, line.from_on, line.until_on) for line in as_of(person.id, day, **more).lines]


def history(person, kind=FactKind.RESIDENCE):
    from faden.persons.queries.facts import history_of

    return history_of(person.id, kind)


def test_a_new_paper_ends_the_one_before_and_says_so(amal, rojin):
    note(amal, rojin, first=date(2023, 5, 1))
    written = note(amal, rojin, values=REFUGEE, first=date(2025, 3, 1), last=date(2028, 2, 29), at=LATER)
    assert texts(rojin, date(2025, 2, 28)) == [("Duldung § 60a", date(2023, 5, 1), date(2025, 2, 28))]
    assert texts(rojin) == [("Aufenthaltserlaubnis § 25 Abs. 2 Alt. 1 (Flüchtling)", date(2025, 3, 1), date(2028, 2, 29))]
    assert texts(rojin, date(2023, 4, 30)) == [] == texts(rojin, date(2028, 3, 1))
    # It travels in a cookie to the next page: that something moved, and no word of what.
    [told] = written.told()
    assert "früherer Eintrag" in told and "60a" not in told and "2025" not in told
    now, before = history(rojin)
    assert now.earlier == () and now.newest.stands and before.newest.stands
    [open_] = before.earlier
    assert (open_.because, open_.replaced_at, open_.replaced_by) == ("hat sich geändert", LATER, "Amal Testin")


def test_what_was_believed_before_can_still_be_asked(amal, rojin):
    row = note(amal, rojin, first=date(2023, 5, 1)).row
    correct(amal, row, {"paper": "gestattung"}, first=date(2023, 4, 1))
    assert texts(rojin) == [("Aufenthaltsgestattung", date(2023, 4, 1), None)]
    assert texts(rojin, believed_at=NOW) == [("Duldung § 60a", date(2023, 5, 1), None)]
    assert texts(rojin, believed_at=NOW - timedelta(seconds=1)) == []
    [thread] = history(rojin)
    assert thread.newest.stands and [belief.because for belief in thread.earlier] == ["war falsch eingetragen"]


def test_a_row_never_changes(amal, rojin):
    from faden.persons.models import Residence

    row = note(amal, rojin).row
    with pytest.raises(DatabaseError, match="keeps its history"), transaction.atomic():
        Residence.objects.filter(id=row.id).update(paper="eu")


def test_skills_languages_and_jobs_run_side_by_side(amal, rojin):
    for skill, level in (("speaking", "b1"), ("writing", "a1")):
        note(amal, rojin, FactKind.GERMAN, {"skill": skill, "level": level}, first=date(2026, 1, 1))
    for what in ("Bäckerei", "Fahrdienst"):
        note(amal, rojin, FactKind.OCCUPATION, {"kind": "work", "what": what})
    assert {text for text, *_days in texts(rojin)} == {
        "Sprechen: B1", "Schreiben: A1", "Arbeit: Bäckerei", "Arbeit: Fahrdienst",
    }  # fmt: skip
    note(amal, rojin, FactKind.GERMAN, {"skill": "speaking", "level": "b2"}, first=date(2026, 6, 1))
    german = [text for text, *_days in texts(rojin) if "Sprechen" in text]
    assert german == ["Sprechen: B2"]
    assert ("Sprechen: B1", date(2026, 1, 1), date(2026, 5, 31)) in texts(rojin, date(2026, 5, 31))


def test_an_end_a_strike_and_what_ran_out(amal, rojin):
    from faden.persons.actions.facts import end, strike
    from faden.persons.queries.facts import as_of

    row = note(amal, rojin, first=date(2023, 5, 1)).row
    with pytest.raises(Invalid):
        end(row, date(2023, 4, 30), by=amal, on=TODAY, at=LATER)
    ended = end(row, date(2026, 10, 1), by=amal, on=TODAY, at=LATER).row
    section = as_of(rojin.id, TODAY).sections[0]
    assert section.lines == () and section.ran_out.until_on == date(2026, 10, 1)
    strike(ended, by=amal, on=TODAY, at=LATER + timedelta(hours=1))
    assert as_of(rojin.id, date(2024, 1, 1)).lines == []
    [thread] = history(rojin)
    assert not thread.newest.stands and len(thread.earlier) == 1


def test_the_second_of_two_is_told_what_the_first_wrote(amal, rojin):
    row = note(amal, rojin, first=date(2023, 5, 1)).row
    correct(amal, row, REFUGEE, first=date(2023, 5, 1))
    with pytest.raises(Conflict) as told:
        correct(amal, row, {"paper": "eu"}, first=date(2023, 5, 1), at=LATER + timedelta(hours=1))
    [(label, theirs, yours)] = told.value.changes
    assert label == "Aufenthalt" and "Flüchtling" in theirs and "EU/EWR" in yours


def test_a_gap_in_the_past_is_not_torn_into_what_goes_on(amal, rojin):
    note(amal, rojin, first=date(2023, 5, 1))
    with pytest.raises(Invalid, match="schon eingetragen: Duldung § 60a"):
        note(amal, rojin, values=REFUGEE, first=date(2024, 1, 1), last=date(2024, 6, 30))
    with pytest.raises(Invalid, match="vor dem Anfang"):
        note(amal, rojin, values=REFUGEE, first=date(2024, 1, 2), last=date(2024, 1, 1))


def test_nothing_changed_is_no_correction(amal, rojin):
    row = note(amal, rojin, first=date(2023, 5, 1)).row
    with pytest.raises(Invalid, match="nichts geändert"):
        correct(amal, row, DULDUNG, first=date(2023, 5, 1))


def test_what_the_form_does_not_ask_stays(amal, rojin, make_person):
    """A public body's form has no derivation; correcting there must not wipe it out."""
    from faden.persons.queries.facts import as_of

    mother = make_person("Amara")
    row = note(amal, rojin, values={**REFUGEE, "derived_from": mother.id}).row
    new = correct(amal, row, {"paper": "ae_32"}).row
    assert new.derived_from_id == mother.id
    [line] = as_of(rojin.id, TODAY).lines
    assert "abgeleitet von Example, Amara" in line.details


def test_town_and_languages_follow_their_facts(amal, rojin):
    from faden.persons.actions.facts import strike
    from faden.persons.models import Person

    note(amal, rojin, FactKind.ADDRESS, {"street": "Weg 1", "municipality": "05554020"}, first=date(2026, 1, 1))
    arabic = note(amal, rojin, FactKind.SPEAKING, {"language": "ar", "uses": ["speaks"], "needs_interpreter": True}).row
    now = Person.objects.get(id=rojin.id)
    assert (now.municipality_id, now.languages, now.interpreter_language) == ("05554020", ["ar", "ku"], "ar")
    assert now.version > rojin.version
    strike(arabic, by=amal, on=TODAY, at=LATER)
    now = Person.objects.get(id=rojin.id)
    assert (now.languages, now.interpreter_language) == (["ku"], "")


def test_offices_are_those_of_the_town_on_the_day(amal, rojin):
    from faden.organisations.queries.services import offices
    from faden.organisations.vocabulary import Kind
    from faden.persons.queries.facts import town_on

    assert town_on(rojin, TODAY) == "05554004"  # Ahaus stands with her since her case was opened
    note(amal, rojin, FactKind.ADDRESS, {"municipality": "05554008"}, first=date(2026, 1, 1))
    found = offices([Kind.IMMIGRATION_OFFICE], ags=town_on(rojin, TODAY), on=TODAY)
    assert [(office.name, office.is_competent) for office in found] == [
        ("Ausländerbehörde Stadt Bocholt", True), ("Ausländerbehörde Kreis Borken", False),
    ]  # fmt: skip


def test_health_is_told_as_consequence_and_sealed(amal, rojin):
    from faden.persons.queries.facts import as_of

    row = note(amal, rojin, FactKind.LIMIT, {"kind": "no_course", "words": "bis Januar"}).row
    [line] = as_of(rojin.id, TODAY).lines
    assert (line.text, line.details) == ("kann derzeit keinen Kurs besuchen", ("bis Januar",))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM persons_limit WHERE id = %s", [row.id])
        assert b"Januar" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("people", [1, 3])
def test_the_same_statements_for_one_and_for_many(amal, make_person, people):
    from faden.persons.queries.facts import snapshots

    found = [make_person(f"N{n}") for n in range(people)]
    for person in found:
        note(amal, person)
        note(amal, person, FactKind.SPEAKING, {"language": "ar"})
        note(amal, person, FactKind.BENEFIT, {"regime": "sgb2"})
    with CaptureQueriesContext(connection) as asked:
        told = snapshots([person.id for person in found], TODAY)
    assert len(asked) == 9
    assert {len(snapshot.lines) for snapshot in told.values()} == {3}


def test_other_services_find_nothing(amal, rojin):
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person
    from faden.persons.queries.facts import as_of, fact_of

    row = note(amal, rojin).row
    with opened_for(actor_of(CEM.email), write=False):
        assert as_of(rojin.id, TODAY).lines == []
        with pytest.raises(NotFound):
            fact_of(Person(id=rojin.id), FactKind.RESIDENCE, row.id)


def test_from_where_it_is_known_is_part_of_the_fact(amal, rojin):
    from faden.persons.queries.facts import as_of

    note(amal, rojin, known_from=KnownFrom.SEEN)
    assert [line.known_from for line in as_of(rojin.id, TODAY).lines] == ["Papier gesehen"]


# ---------- a public body ----------


@pytest.fixture
def county(own_database, owner):
    """A case manager whose service belongs to the county: the planted network has none."""
    owner.execute(
        "UPDATE organisations_legalbody SET is_public = true WHERE id ="
        " (SELECT legal_body_id FROM organisations_organisation WHERE case_prefix = 'AH')"
    )
    from faden.kernel.rls import opened_for
    from faden.persons.actions.people import NewPerson, Spelling, add

    actor = actor_of(AMAL.email)
    with opened_for(actor, write=True):
        yield actor, add(NewPerson(name=Spelling("Example", "Rojin")), by=actor)


@pytest.mark.parametrize("kind, values", [(FactKind.RESIDENCE, DULDUNG), (FactKind.BENEFIT, {"regime": "sgb2"})])
def test_a_public_body_reads_the_notice_before_it_writes_down_a_status(county, kind, values):
    by, person = county
    with pytest.raises(Invalid, match="§ 87") as refused:
        note(by, person, kind, values)
    assert refused.value.field == "notice_read"
    assert note(by, person, kind, values, notice_read=True).row.id


@pytest.mark.parametrize("kind, values", [
    (FactKind.RESIDENCE, {"paper": "none"}),
    (FactKind.RESIDENCE, {**DULDUNG, "residence_rule": True}),
    (FactKind.RESIDENCE, {**DULDUNG, "derived_from": None}),
    (FactKind.LIMIT, {"kind": "no_course", "words": "bis Januar"}),
])  # fmt: skip
def test_a_public_body_does_not_take_what_it_does_not_need(county, kind, values):
    by, person = county
    with pytest.raises(Invalid, match="öffentliche Stelle"):
        note(by, person, kind, values, notice_read=True)


def test_other_facts_need_no_notice(county):
    by, person = county
    assert note(by, person, FactKind.SPEAKING, {"language": "ar"}).row.id


@pytest.mark.parametrize(("kind", "is_public", "duty"), [
    ("integration_centre", True, True), ("migration_service", True, True), ("migration_service", False, False),
    ("course_provider", True, False), ("school_authority", True, True),
])  # fmt: skip
def test_who_has_duties_to_tell(kind, is_public, duty):
    from faden.organisations.rules import must_report

    assert must_report(kind, is_public=is_public) is duty
