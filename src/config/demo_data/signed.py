"""Consents of the demo as they are signed at the desk: both sheets on one day, with an interpreter beside the German text."""

from datetime import date, datetime, timedelta

from faden.cases.models import Case
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.models import Consent
from faden.consents.rules.declarations import Signing
from faden.documents.actions import forms
from faden.documents.models import PrintedForm
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.persons.models import Person


def consent(
    sharing: Sharing, how: How, *, case: Case, person: Person, by: Actor, at: datetime
) -> tuple[Consent, PrintedForm]:
    """The consent with its sheet; the release of our staff is signed beside it."""
    sheets = forms.prepare_consent(sharing, how, case=case, person=person, by=by, at=at)
    for sheet in sheets:
        forms.signed(sheet, _signing(how, at.astimezone(BERLIN).date()), by=by, at=at)
    return Consent.objects.select_related("person", "recipient", "agency").get(id=sheets[0].about), sheets[0]


def _signing(how: How, on: date) -> Signing:
    if not how.shown_language:
        return Signing(on)
    return Signing(
        on, read_aloud=True, interpreter_name="Layla Muster, Sprachmittlung der Caritas", interpreter_language=how.shown_language,
        interpreter_obliged_on=on - timedelta(days=400), interpreter_is_adult=True,
    )  # fmt: skip
