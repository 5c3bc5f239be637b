"""Noting a Strukturhinweis or a need nobody meets: without anything by which somebody could be known."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.vocabulary import Condition
from faden.findings.models import StructuralFinding, UnmetNeed
from faden.findings.queries import marks_of
from faden.findings.rules import Marks, Trace, found_in
from faden.findings.vocabulary import FINDING_NOTED, UNMET_COUNTED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.organisations.models import Municipality
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


@dataclass(frozen=True)
class Unmet:
    """What is missing, where, and what stood in the way (nothing: there is no offer at all); all of it codes."""

    life_area: str
    municipality: str = ""
    condition: str = ""


def note_unmet(unmet: Unmet, *, by: Actor, on: date) -> None:
    """Bedarf ohne Angebot. Nobody's deed: the audit would say who and in which second; it gets the month's number."""
    may(by, Permission.NOTE_FINDINGS).require()
    if unmet.life_area not in LifeArea.values:
        raise Invalid(_("Bitte wählen Sie einen Lebensbereich."), "life_area")
    if unmet.condition and unmet.condition not in Condition.values:
        raise Invalid(_("Bitte wählen Sie, woran es liegt."), "condition")
    if unmet.municipality and not Municipality.objects.filter(ags=unmet.municipality).exists():
        raise Invalid(_("Diesen Ort gibt es nicht."), "municipality")
    _mix_in(UnmetNeed(
        # Not the usual id: that begins with the millisecond, and the log of looks knows who looked at whom then.
        id=uuid4(), organisation_id=by.organisation_id, life_area=unmet.life_area, condition=unmet.condition,
        municipality_id=unmet.municipality or None, in_month=on.replace(day=1),
    ))  # fmt: skip


def _mix_in(new: UnmetNeed) -> None:
    """Writes the service's rows anew in the order of their ids: which came when is seen neither by place nor by transaction."""
    kept = list(UnmetNeed.objects.filter(organisation=new.organisation_id).select_for_update().order_by("id"))
    UnmetNeed.objects.filter(id__in=[row.id for row in kept]).delete()
    UnmetNeed.objects.bulk_create(sorted([*kept, new], key=lambda row: row.id))


def count_month(*, by: Actor, on: date, at: datetime) -> None:
    """What was reported in the month before this day, as a number: it is sealed, and no row can be added later unseen."""
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    if count := UnmetNeed.objects.filter(in_month=month).count():
        audit.note(UNMET_COUNTED, by=by, at=at, month=f"{month:%Y-%m}", count=count)


def _sentence(trace: Trace) -> str:
    return {
        Trace.NAME: _("„%(words)s“ ist der Name einer Person aus diesem Fall. Bitte schreiben Sie den Hinweis ohne Namen."),
        Trace.PHONE: _("„%(words)s“ ist die Telefonnummer einer Person aus diesem Fall. Bitte lassen Sie sie weg."),
        Trace.MAIL: _("„%(words)s“ ist eine E-Mail-Adresse. Bitte lassen Sie sie weg."),
        Trace.BIRTH: _("„%(words)s“ ist das Geburtsdatum einer Person aus diesem Fall. Bitte lassen Sie es weg."),
        Trace.NUMBER: _("„%(words)s“ ist eine Fallnummer. Bitte lassen Sie sie weg."),
    }[trace]
