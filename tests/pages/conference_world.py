"""Fallkonferenzen and an anonymous Fallvorstellung of every state, for the pages that show them."""

from datetime import timedelta
from typing import Any

from tests.cast import AMAL
from tests.referrals.conferring import consent_to, hears, noted, organisation, planned, point, seated, sent

COURSE = "Bildungswerk Westmünsterland, Integrationskurse (Beispiel)"


def conferred(by: Any, case_id: Any, person_id: Any, relative_id: Any, *, long: str, typed: str) -> dict[str, Any]:
    """One ahead with everybody at the table, one held with minutes that went out; a draft and a told presentation."""
    from faden.cases.queries.access import case_or_not_found
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        case = case_or_not_found(case_id)
    planted = _ahead(case, person_id, relative_id, long, typed)
    planted |= _held(case, person_id, long, typed)
    return planted | _presented(by, case, typed)


def _ahead(case: Any, person_id: Any, relative_id: Any, long: str, typed: str) -> dict[str, Any]:
    from faden.cases.queries.members import person_in
    from tests.case_making import acting

    conference = planned(case, (person_id, relative_id), title=long, question=typed)
    with acting(AMAL.email):
        person = person_in(case, person_id)
    consent = consent_to(case, person, COURSE)
    seat = seated(conference, kind="recipient", recipient=organisation(COURSE), name=long)
    seated(conference, kind="client", person=person_id)
    seated(conference, kind="companion", name=typed)
    hears(conference, seat, person_id, "consent", consent.id)
    one = point(conference, typed, person_id, "school_work")
    point(conference, long)
    return {"conference": conference.id, "participant": seat.id, "point": one.id}


def _held(case: Any, person_id: Any, long: str, typed: str) -> dict[str, Any]:
    from faden.cases.queries.members import person_in
    from faden.referrals.actions.minutes import Noted
    from tests.case_making import acting

    conference = planned(case, (person_id,), days=-1, title=typed)
    with acting(AMAL.email):
        person = person_in(case, person_id)
    consent = consent_to(case, person, COURSE)
    seat = seated(conference, kind="recipient", recipient=organisation(COURSE), name=long)
    hears(conference, seat, person_id, "consent", consent.id)
    one = point(conference, typed, person_id, "school_work")
    noted(conference, {one.id: Noted(typed, typed, "Amal", None)}, came=(seat.id,))
    sent(conference, seat)
    return {"held_conference": conference.id, "held_participant": seat.id, "held_point": one.id}


def _presented(by: Any, case: Any, typed: str) -> dict[str, Any]:
    from faden.consents.models import Delivery
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.actions import presentations
    from faden.referrals.actions.presentations import Wording
    from faden.referrals.queries.presentations import coordinations
    from faden.referrals.vocabulary import PresentationAnswer, PresentationCheck
    from tests.cast import KARIN
    from tests.desk_client import actor_of

    at, today = clock.now(), clock.today()
    more = {"by": by, "at": at}
    with opened_for(by, write=True):
        draft = presentations.make(case, occasion=typed, question=typed, tells=["town", "nationality"], today=today, **more)
        done = presentations.make(case, occasion="Planungskonferenz", question="Wer hat Plätze?", tells=[], today=today, **more)
        done = presentations.change(done, Wording("Planungskonferenz", "Wer hat Plätze?", "Ein Elternteil wartet."), seen_version=1, **more)
        done = presentations.review(done, checked=PresentationCheck.values, harmless=(), seen_version=2, **more)
        to = next(one for one in coordinations(but=by.organisation_id) if "Kreis" in one.name)
        presentations.send(done, to, until=today + timedelta(days=30), seen_version=3, today=today, **more)
    karin = actor_of(KARIN.email)
    with opened_for(karin, write=True):
        delivery = Delivery.objects.get(kind="presentation").id
        said = presentations.Said(PresentationAnswer.PLANNED, today + timedelta(days=20), typed[: presentations.WORDS])
        presentations.answer(delivery, said, seen=None, by=karin, at=at, today=today)
    return {"presentation": draft.id, "told_presentation": done.id, "presented": delivery}
