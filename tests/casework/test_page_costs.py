"""The pages of planning, phases and hints: with one row and with thirty the same number of statements."""

import pytest

from tests.cases.test_substitutions import stand_in
from tests.cast import AMAL, BERND, LENA
from tests.desk_client import actor_of
from tests.pages.test_statement_counts import cases, statements


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=True)


def hints(by, count):
    from faden.findings.actions import Hint, note
    from faden.kernel import clock

    with within(by):
        for n in range(count):
            note(Hint("no_place", "language", "05554004", "VHS", f"Kein Platz {n}"), by=by, on=clock.today(), at=clock.now())


def marks_and_tasks(by, case, count):
    from faden.cases.actions import tasks
    from faden.cases.vocabulary.course import CriterionState
    from faden.casework.actions.criteria import mark
    from faden.kernel import clock

    with within(by):
        for n in range(count):
            tasks.make(tasks.Wanted(f"Brief {n}", clock.today(), case.lead_id), case=case, by=by, at=clock.now())
            mark("goals", CriterionState.NOT_YET, reason=f"Grund {n}", case=case, by=by, at=clock.now())


def costs(*pages):
    """What each page costs, doors, sessions and the note of the look included."""
    return {where: statements(email, where)[0] for email, where in pages}


def test_pages_of_a_case(by):
    case = cases(by, 1)
    pages = [(AMAL.email, f"/faelle/{case.id}/{where}") for where in ("", "phase/", "abschluss/", "fallfuehrung/")]
    marks_and_tasks(by, case, 1)
    few = costs(*pages)
    marks_and_tasks(by, case, 29)
    assert costs(*pages) == few


def test_pages_of_planning(by):
    cases(by, 1)
    hints(by, 1)
    substitution = stand_in()
    pages = (
        (AMAL.email, "/strukturhinweise/"), (LENA.email, "/auslastung/"), (LENA.email, "/uebernahme/"),
        (LENA.email, f"/uebernahme/{by.membership_id}/"), (LENA.email, "/vertretungen/"), (LENA.email, "/tag/"),
        (BERND.email, f"/vertretungen/{substitution.id}/"), (BERND.email, "/tag/"),
    )  # fmt: skip
    few = costs(*pages)
    cases(by, 29)
    hints(by, 29)
    assert costs(*pages) == few
