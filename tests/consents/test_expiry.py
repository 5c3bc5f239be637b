"""The night says what held since midnight: a Weitergabe whose last day has passed is ended, once, with what became of it."""

import pytest
from tests.case_making import acting, open_a_case
from tests.cast import AMAL, CEM, DORA
from tests.consents.test_same_instant import older
from tests.desk_client import keyed, membership_of, signed_in
from tests.releasing import consented, released


@pytest.fixture
def made(own_database):
    """Two to an office: one is taken to its file."""
    case, office = open_a_case(AMAL.email), membership_of(DORA.email).organisation
    with acting(AMAL.email) as by:
        consent = consented(case.person, office, by=by, days=20)
        seen, filed = (released(consent, by=by, days=days) for days in (5, 20))
    signed_in(DORA.email).post(f"/partner/zustellungen/{filed.delivery_id}/akte/", keyed())
    return seen, filed


def night(email=AMAL.email):
    from faden.jobs.consents import of_service

    return of_service(membership_of(email).organisation_id)


def endings(email=AMAL.email):
    from faden.consents.models import ReleaseEnding

    with acting(email):
        return {row.release_id: (row.because, row.outcome, row.ended_by) for row in ReleaseEnding.objects.all()}


def test_nothing_ends_on_its_last_day(made):
    older(5)
    assert night() == 0 and endings() == {}


def test_what_has_passed_is_ended_once_and_says_what_became_of_it(made):
    seen, filed = made
    older(6)
    assert night() == 1 and endings() == {seen.id: ("expired", "over", None)}
    older(15)
    assert night() == 1 and endings()[filed.id] == ("expired", "filed", None)
    assert night() == 0


def test_each_service_ends_its_own_only(made):
    older(30)
    assert night(CEM.email) == 0 and endings() == {}


def test_the_night_asks_every_service(made, monkeypatch):
    from faden.jobs import consents

    asked = []
    monkeypatch.setattr(consents, "enqueue", lambda name, by, key: asked.append((name, by.organisation_id, key)))
    consents.night()
    assert ("consents.expire", membership_of(AMAL.email).organisation_id) in {row[:2] for row in asked}
