"""Declarations for tests, through the verbs as the desk makes them."""

from datetime import date, timedelta
from typing import Any

from tests.case_making import acting

AMAL, LENA = "amal@caritas-ahaus.example", "lena@caritas-ahaus.example"


def review(kind: str = "power", language: str = "de", *, email: str = LENA, on: date | None = None) -> Any:
    """Somebody notes that the wording that counts is reviewed."""
    from faden.consents.actions import texts as actions
    from faden.consents.queries.form_texts import texts
    from faden.consents.vocabulary import FormKind
    from faden.kernel import clock

    with acting(email) as by:
        shown = texts().counting(FormKind(kind), language)
        assert shown
        return actions.review(
            shown, reviewed_by="Ruth Probe, Leitung", reviewed_on=on or clock.today(), by=by, at=clock.now()
        )


def how(**more: Any) -> Any:
    """Until in a hundred days, only German, signed by herself."""
    from faden.consents.actions.declarations import How
    from faden.kernel import clock

    return How(**{"valid_until": clock.today() + timedelta(days=100), **more})


def power(case: Any, person: Any = None, *, email: str = AMAL, confidential: bool = False, **more: Any) -> Any:
    """A prepared Vollmacht: its newest sheet."""
    from faden.consents.actions.powers import Power
    from faden.consents.vocabulary import PowerScope
    from faden.documents.actions import forms
    from faden.kernel import clock

    said = Power("Jobcenter Ahaus", "Bürgergeld, BG 41203", "Amal Haddad", (PowerScope.INFORMATION, PowerScope.APPLY))
    with acting(email) as by:
        return forms.prepare_power(
            said, how(**more), case=case, person=person or case.person, confidential=confidential, by=by, at=clock.now()
        )


def release(case: Any, person: Any = None, *, email: str = AMAL, confidential: bool = False, **more: Any) -> Any:
    """A prepared Entbindung von der Schweigepflicht: its newest sheet."""
    from faden.consents.actions.secrecy import Secrecy
    from faden.consents.vocabulary import DataClass, SpecialCategory
    from faden.documents.actions import forms
    from faden.kernel import clock

    said = Secrecy(
        "Praxis Dr. Beispiel", "Antrag auf Pflegegrad", "Befunde seit 2024", (DataClass.CONTACT, DataClass.SPECIAL),
        (SpecialCategory.HEALTH,),
    )  # fmt: skip
    with acting(email) as by:
        return forms.prepare_release(
            said, how(**more), case=case, person=person or case.person, confidential=confidential, by=by, at=clock.now()
        )


def consent(case: Any, person: Any = None, *, to: Any, email: str = AMAL, confidential: bool = False, **more: Any) -> tuple[Any, Any]:
    """A prepared consent towards a service or agency, with the release of our staff: both sheets."""
    from faden.consents.actions.consents import Sharing
    from faden.consents.vocabulary import DataClass, SpecialCategory
    from faden.documents.actions import forms
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    said = Sharing(
        as_recipient(to), "Platz im Sprachkurs", "Name und Sprachen", (DataClass.CONTACT, DataClass.LANGUAGE, DataClass.SPECIAL),
        (SpecialCategory.HEALTH,),
    )  # fmt: skip
    with acting(email) as by:
        return forms.prepare_consent(
            said, how(**more), case=case, person=person or case.person, confidential=confidential, by=by, at=clock.now()
        )


def signing(**more: Any) -> Any:
    """Signed today."""
    from faden.consents.rules.declarations import Signing
    from faden.kernel import clock

    return Signing(**{"signed_on": clock.today(), **more})


INTERPRETED = {
    "interpreter_name": "Maria Beispiel", "interpreter_language": "ar", "interpreter_obliged_on": date(2026, 1, 5),
    "interpreter_is_adult": True,
}  # fmt: skip


def sign(form: Any, *, email: str = AMAL, **more: Any) -> None:
    """It is back, signed."""
    from faden.documents.actions import forms
    from faden.kernel import clock

    with acting(email) as by:
        forms.signed(form, signing(**more), by=by, at=clock.now())


def end(form: Any, because: str = "revoked", *, on: date | None = None, email: str = AMAL) -> None:
    """It ends."""
    from faden.consents.vocabulary import DeclarationEnd
    from faden.documents.actions import forms
    from faden.kernel import clock

    with acting(email) as by:
        forms.ended(form, DeclarationEnd(because), ended_on=on or clock.today(), by=by, at=clock.now())


def standing(form: Any, *, email: str = AMAL, on: date | None = None) -> bool:
    """Does the declaration on this sheet count on a day?"""
    from faden.consents.queries import declarations
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    day = on or clock.today()
    with opened_for(actor_of(email), write=False):
        found = [
            *declarations.standing_powers(form.persons, day), *declarations.standing_secrecy_releases(form.persons, day)
        ]
    return form.about in {one.id for one in found}
