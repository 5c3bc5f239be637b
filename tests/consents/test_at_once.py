"""Withdrawn in the moment in which something leaves: either it does not leave, or it ends with the consent."""

import threading
from typing import Any

import pytest
from django.db import connections
from tests.case_making import acting, open_a_case
from tests.cast import AMAL, DORA
from tests.desk_client import actor_of, membership_of
from tests.releasing import consented, released, withdrawn

from faden.kernel import clock
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for


@pytest.fixture
def consent(own_database):
    case, office = open_a_case(AMAL.email), membership_of(DORA.email).organisation
    with acting(AMAL.email) as by:
        return consented(case.person, office, by=by)


def meanwhile(first: Any, second: Any) -> list[str]:
    """`second` begins while the transaction of `first` is still open, and waits for it; what it was refused with."""
    by, done, begun = actor_of(AMAL.email), threading.Event(), threading.Event()
    refused: list[str] = []

    def other() -> None:
        begun.wait(timeout=20)
        try:
            with opened_for(by, write=True):
                second(by)
        except FadenError as error:
            refused.append(str(error))
        finally:
            done.set()
            connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    with opened_for(by, write=True):
        first(by)
        begun.set()
        done.wait(timeout=1)
    thread.join(timeout=20)
    return refused


def still_open() -> int:
    from faden.consents.models import Release

    with opened_for(actor_of(AMAL.email), write=False):
        return Release.objects.filter(endings__isnull=True).count()


def test_what_leaves_while_it_is_withdrawn_ends_with_it(consent):
    assert meanwhile(lambda by: released(consent, by=by), lambda by: withdrawn(consent, by=by)) == []
    assert still_open() == 0


def test_what_wants_to_leave_while_it_is_withdrawn_stays(consent):
    assert meanwhile(lambda by: withdrawn(consent, by=by), lambda by: released(consent, by=by)) == ["Die Einwilligung ist beendet."]
    assert still_open() == 0


def staff_ends(consent: Any, *, by: Any) -> None:
    from faden.consents.actions import declarations
    from faden.consents.models import OwnSecrecyRelease
    from faden.consents.vocabulary import DeclarationEnd, FormKind

    staff = OwnSecrecyRelease.objects.get(consent=consent)
    declarations.end(FormKind.OWN_SECRECY, staff.id, DeclarationEnd.REVOKED, ended_on=clock.today(), by=by, at=clock.now())


def test_the_release_of_our_staff_counts_in_the_same_way(consent):
    assert meanwhile(lambda by: released(consent, by=by), lambda by: staff_ends(consent, by=by)) == []
    assert still_open() == 0


def test_the_release_of_our_staff_is_asked_again(consent):
    assert meanwhile(lambda by: staff_ends(consent, by=by), lambda by: released(consent, by=by)) == ["Die Einwilligung ist beendet."]
    assert still_open() == 0
