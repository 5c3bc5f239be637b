"""What is said about a paper, and in words where two people said different things."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.documents.vocabulary import Original, PaperKind, ReceivedHow
from faden.persons.vocabulary import FactKind


@dataclass(frozen=True)
class Described:
    """What is said about a paper; without a title it is called by its kind and issuer."""

    kind: str
    title: str = ""
    issuer: str = ""
    dated_on: date | None = None
    valid_until: date | None = None
    received_on: date | None = None
    received_how: str = ""
    original: str = ""
    original_where: str = ""
    proves: str = ""
    step_id: UUID | None = None
    deadline_id: UUID | None = None


def differences(theirs: Described, yours: Described, names: Mapping[UUID, str]) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each field that differs; `names` of steps and Fristen."""
    now, wanted = _told(theirs, names), _told(yours, names)
    return tuple((label, now[label], wanted[label]) for label in now if now[label] != wanted[label])


def _told(said: Described, names: Mapping[UUID, str]) -> dict[str, str]:
    return {
        _("Was ist es?"): str(PaperKind(said.kind).label),
        _("Titel"): said.title,
        _("Von wem"): said.issuer,
        _("Datum"): _day(said.dated_on),
        _("Gültig bis"): _day(said.valid_until),
        _("Eingegangen am"): _day(said.received_on),
        _("Wie"): str(ReceivedHow(said.received_how).label) if said.received_how else "",
        _("Original"): str(Original(said.original).label) if said.original else "",
        _("Wo genau"): said.original_where,
        _("Nachweis für"): str(FactKind(said.proves).label) if said.proves else "",
        _("Schritt"): names.get(said.step_id, "") if said.step_id else "",
        _("Frist"): names.get(said.deadline_id, "") if said.deadline_id else "",
    }


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
