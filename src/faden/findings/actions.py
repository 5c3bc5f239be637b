"""Noting a Strukturhinweis: without a name, a number or a date by which somebody could be known."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.findings.models import StructuralFinding
from faden.findings.queries import marks_of
from faden.findings.rules import Marks, Trace, found_in
from faden.findings.vocabulary import FINDING_NOTED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


@dataclass(frozen=True)
class Hint:
    """What the form takes."""

    category: str
    life_area: str
    municipality: str
    agency: str
    words: str


def note(hint: Hint, *, out_of: Case | None = None, by: Actor, on: date, at: datetime) -> StructuralFinding:
    """Note a hint. `out_of` is the case that showed it: asked for its people, and stored nowhere."""
    may(by, Permission.NOTE_FINDINGS).require()
    marks = marks_of(out_of) if out_of else Marks()
    for field, text in (("words", hint.words), ("agency", hint.agency)):
        if found := found_in(text, marks):
            raise Invalid(_sentence(found.trace) % {"words": found.words}, field)
    finding = StructuralFinding.objects.create(
        organisation_id=by.organisation_id,
        category=hint.category,
        life_area=hint.life_area,
        municipality_id=hint.municipality or None,
        agency=hint.agency,
        words=hint.words,
        noted_on=on,
        noted_by=by.person,
    )
    audit.note(FINDING_NOTED, by=by, at=at, subject=finding.id, category=hint.category)
    return finding


def _sentence(trace: Trace) -> str:
    return {
        Trace.NAME: _("„%(words)s“ ist der Name einer Person aus diesem Fall. Bitte schreiben Sie den Hinweis ohne Namen."),
        Trace.PHONE: _("„%(words)s“ ist die Telefonnummer einer Person aus diesem Fall. Bitte lassen Sie sie weg."),
        Trace.MAIL: _("„%(words)s“ ist eine E-Mail-Adresse. Bitte lassen Sie sie weg."),
        Trace.BIRTH: _("„%(words)s“ ist das Geburtsdatum einer Person aus diesem Fall. Bitte lassen Sie es weg."),
        Trace.NUMBER: _("„%(words)s“ ist eine Fallnummer. Bitte lassen Sie sie weg."),
    }[trace]
