"""Andere Lesarten: what services and offices read otherwise in a rule, by path and condition. Everybody's are shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faden.cases.models import CaseMember
from faden.documents.rules.letter_grounds import is_person
from faden.kernel.actor import Actor
from faden.persons.models import PersonName
from faden.residence.models import RuleReading
from faden.residence.rules.readings import condition_name, path_name

PAGE = 50


@dataclass(frozen=True)
class Reading:
    """One, by whom: the service or office, never the person."""

    id: UUID
    path: str
    path_words: str
    condition: str
    condition_words: str
    who: str
    law_state: date
    at: datetime
    words: str
    is_own: bool


@dataclass(frozen=True)
class Readings:
    """Fifty of them, by path and condition, the newest first in each."""

    rows: list[Reading]
    number: int
    has_more: bool


def readings(*, path: str = "", page: int = 1, by: Actor, language: str = "de") -> Readings:
    """What stands; one statement."""
    found = RuleReading.objects.filter(withdrawn_at=None, **({"path": path} if path else {}))
    rows = list(_in_order(found)[(page - 1) * PAGE : page * PAGE + 1])
    return Readings([_shown(row, by.organisation_id, language) for row in rows[:PAGE]], page, len(rows) > PAGE)


def all_readings() -> list[Reading]:
    """For whoever keeps the rules; one statement."""
    return [_shown(row, None, "de") for row in _in_order(RuleReading.objects.filter(withdrawn_at=None))]


def paths_read() -> list[str]:
    """Of which paths there is one; one statement."""
    return list(RuleReading.objects.filter(withdrawn_at=None).order_by("path").values_list("path", flat=True).distinct())


def names_somebody(text: str, *, by: Actor) -> bool:
    """Whether it names somebody of her own cases by given and family name; of others it must not tell that they are here."""
    own = CaseMember.objects.filter(case__lead=UUID(by.membership_id)).values("person")
    return is_person(text, PersonName.objects.filter(person__in=own).exclude(family="").values_list("given", "family"))


def _in_order(found: Any) -> Any:
    return found.select_related("organisation").order_by("path", "condition", "-written_at", "id")


def _shown(row: RuleReading, own: int | None, language: str) -> Reading:
    return Reading(
        row.id, row.path, path_name(row.path, language), row.condition, condition_name(row.condition, language) if row.condition else "",
        row.organisation.name, row.law_state, row.written_at, row.words, row.organisation_id == own,
    )  # fmt: skip
