"""Wer hat meine Daten gesehen: of what left by law only what she was told of, whatever way it went."""

from typing import Any

import pytest
from tests.case_making import open_a_case
from tests.desk_client import signed_in, text_of
from tests.documents.letter_making import AMAL, draft, plan, send, sending
from tests.documents.test_letter_releases import by_consent, confirmed, office, signed

YOUTH_OFFICE = "Jugendamt Borken"


@pytest.fixture
def case(own_database: None) -> Any:
    return open_a_case(AMAL)


def account(case: Any) -> str:
    return text_of(signed_in(AMAL).get(f"/faelle/{case.id}/personen/{case.person_id}/wer-hat-gesehen/"))


def by_law(case: Any) -> Any:
    lawful = confirmed(case, office(YOUTH_OFFICE, "jugendamt"))
    send(draft(case, plan(YOUTH_OFFICE)), sending("by_law", lawful_id=lawful.id, data_classes=("contact",)))
    return lawful


def test_a_letter_by_law_is_not_told_before_she_is(case: Any):
    from tests.case_making import acting

    from faden.cases.actions.by_law import inform
    from faden.kernel import clock

    lawful = by_law(case)
    assert YOUTH_OFFICE not in account(case)
    with acting(AMAL) as by:
        inform(case, lawful.id, informed_on=clock.today(), by=by, at=clock.now(), today=clock.today())
    assert account(case).count(YOUTH_OFFICE) == 1


def test_a_letter_on_a_consent_is_told_once(case: Any):
    consent, _staff = signed(case, office())
    send(draft(case), by_consent(consent))
    assert account(case).count("Jobcenter im Kreis Borken") == 1
