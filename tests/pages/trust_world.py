"""For the pages: checks by law in every state, and Notzugriffe, running and judged."""

from typing import Any

from tests.case_making import acting, open_a_case
from tests.cast import AMAL, BERND, DILAN, LENA


def by_law(case_id: Any, person_id: Any, *, long: str, typed: str) -> dict[str, Any]:
    """Waiting, confirmed with what has left, refused, and one to an office that decides about the stay."""
    from faden.cases.models import Case
    from faden.cases.vocabulary.case import EmergencyVerdict
    from faden.kernel import clock
    from faden.organisations.actions.agencies import Described, note

    now = clock.now()
    with acting(AMAL.email) as by:
        case = Case.objects.get(id=case_id)
        youth = note(Described(f"Jugendamt {long}", "jugendamt"), by=by, at=now)
        office = note(Described(f"Ausländerbehörde {long}", "abh"), by=by, at=now)
    waiting = _asked(case, person_id, youth, typed)
    ticked = _asked(case, person_id, office, typed, norm="aufenthg_87_1")
    confirmed, refused = (_asked(case, person_id, youth, typed) for _ in range(2))
    _decided(confirmed, refused, typed)
    _released(case, person_id, confirmed, youth, typed)
    return {
        "lawful": waiting, "office_lawful": ticked, "confirmed_lawful": confirmed, "refused_lawful": refused,
        **_emergencies(typed, EmergencyVerdict.QUESTION),
    }  # fmt: skip


def _asked(case: Any, person_id: Any, to: Any, typed: str, *, norm: str = "other") -> Any:
    from faden.cases.actions.by_law import ask
    from faden.cases.actions.concerning import About
    from faden.consents.actions.lawful import ByLaw
    from faden.consents.vocabulary import DataClass, LawNorm
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    said = ByLaw(
        as_recipient(to), LawNorm(norm), typed, typed, (DataClass.CONTACT, DataClass.RESIDENCE), norm_words=typed,
        not_informed="not_reached", not_informed_words=typed,
    )  # fmt: skip
    with acting(AMAL.email) as by:
        return ask(case, said, about=About((person_id,)), by=by, at=clock.now(), today=clock.today()).id


def _decided(yes: Any, no: Any, typed: str) -> None:
    from faden.consents.actions.lawful import confirm, refuse
    from faden.kernel import clock

    with acting(LENA.email) as by:
        confirm(yes, words=typed, by=by, at=clock.now())
        refuse(no, words=typed, by=by, at=clock.now())


def _released(case: Any, person_id: Any, lawful_id: Any, to: Any, typed: str) -> None:
    from faden.cases.actions.by_law import pass_on
    from faden.consents.actions.releases import Told
    from faden.consents.queries.grounds import lawful_of
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    with acting(AMAL.email) as by:
        content = Content(typed, typed, (Fact("contact", "Name", typed),), sender=by.organisation_name)
        told = Told(
            DeliveryKind.INFORMATION, as_recipient(to), Channel.PHONE, typed, content, clock.today(), person_id=person_id,
            lawful=lawful_of(person_id, lawful_id),
        )  # fmt: skip
        pass_on(case, told, by=by, at=clock.now(), today=clock.today())


def _emergencies(typed: str, verdict: Any) -> dict[str, Any]:
    """One is running and waits, one was given back and is judged by one of the two."""
    from faden.cases.actions.emergencies import break_glass, give_back, review
    from faden.kernel import clock

    running, over = open_a_case(), open_a_case()
    with acting(BERND.email) as by:
        first = break_glass(running, words=typed, hours=8, by=by, at=clock.now())
        second = break_glass(over, words=typed, hours=1, by=by, at=clock.now())
        give_back(over, by=by, at=clock.now())
    with acting(DILAN.email) as by:
        review(second.id, verdict, words=typed, by=by, at=clock.now())
    return {"emergency_case": running.id, "emergency": first.id, "judged_emergency": second.id}
