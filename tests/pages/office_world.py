"""A client's request that an office answered, and rules that are read otherwise, for the pages."""

from typing import Any


def asked_the_office(by: Any, *, typed: str) -> dict[str, Any]:
    """On both sides: the sender's row, the office's copy with every kind of answer; a reading of each."""
    from datetime import timedelta

    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.residence.actions import office_answers, readings
    from faden.residence.rules.office_said import GROUPS, OfficeSaid
    from faden.residence.vocabulary import OfficeAnswerKind
    from tests.desk_client import actor_of
    from tests.residence.at_the_office import VERA, delivered

    sent, vera = delivered(), actor_of(VERA)
    proofs, day = tuple(key for keys in GROUPS.values() for key in keys), clock.today() + timedelta(days=9)
    key = sent.request.release.delivery_id
    with opened_for(vera, write=True):
        for kind in OfficeAnswerKind:
            said = OfficeSaid(kind, proofs, day, typed[:200], typed[:200], typed)
            office_answers.answer(key, said, correcting=kind == OfficeAnswerKind.NOT_COMPETENT, by=vera, at=clock.now(), today=clock.today())
    made = {}
    for name, who in (("reading", by), ("office_reading", vera)):
        with opened_for(who, write=True):
            said_of = readings.ReadOtherwise("25b", "25b.1.2.nr4", typed[:2000])
            made[name] = readings.write(said_of, by=who, at=clock.now(), today=clock.today()).id
    return {"office_delivery": key, **made}
