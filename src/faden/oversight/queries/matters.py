"""Questions about evaluations; no content of cases is read here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.oversight import rules
from faden.oversight.models import OversightMatter
from faden.oversight.vocabulary import MatterState, Occasion

PAGE = 50


@dataclass(frozen=True)
class MatterLine:
    """An evaluation as every page shows it."""

    id: UUID
    case_id: UUID
    number: str
    occasion: str
    words: str
    state: MatterState
    asked_at: datetime
    asked_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    ended_at: datetime | None
    ended_by: str
    until: date | None


@dataclass(frozen=True)
class MatterPage:
    """Fifty evaluations and whether there are more."""

    rows: list[MatterLine]
    number: int
    has_more: bool


def open_matter(case_id: UUID, *, by: Actor, on: date) -> OversightMatter | None:
    """The confirmed, unexpired matter of this officer on this case."""
    return OversightMatter.objects.filter(
        case_id=case_id, asked_by=by.person, until__gte=on, ended_at__isnull=True
    ).first()


def matter(matter_id: UUID) -> OversightMatter:
    """One evaluation of this service."""
    found = OversightMatter.objects.select_related("case").filter(id=matter_id).first()
    if found is None:
        raise NotFound(_("Diese Auswertung gibt es hier nicht."))
    return found


def state_of(matter_: OversightMatter, *, on: date) -> MatterState:
    """Where it stands today."""
    return rules.state(asked_by=matter_.asked_by, until=matter_.until, ended_by=matter_.ended_by, on=on)


def matters(*, page: int, on: date) -> MatterPage:
    """All evaluations of this service, newest first; two statements."""
    found = _newest_first()[(page - 1) * PAGE : page * PAGE + 1]
    lines = _lines(list(found), on)
    return MatterPage(lines[:PAGE], page, has_more=len(lines) > PAGE)


def waiting(*, on: date) -> list[tuple[OversightMatter, MatterLine]]:
    """What a second person has to decide, oldest first; two statements."""
    found = list(_newest_first().filter(until__isnull=True, ended_at__isnull=True).reverse()[:PAGE])
    return list(zip(found, _lines(found, on), strict=True))


def line_of(matter_: OversightMatter, *, on: date) -> MatterLine:
    """One evaluation with the names of those who asked and decided."""
    return _lines([matter_], on)[0]


def _newest_first() -> QuerySet[OversightMatter]:
    return OversightMatter.objects.select_related("case").order_by("-asked_at", "-id")


def _lines(found: list[OversightMatter], on: date) -> list[MatterLine]:
    names = names_of({user for m in found for user in (m.asked_by, m.confirmed_by, m.ended_by)})
    return [
        MatterLine(
            id=m.id, case_id=m.case_id, number=m.case.number, occasion=str(Occasion(m.occasion).label),
            words=m.words, state=state_of(m, on=on), asked_at=m.asked_at,
            asked_by=names.get(m.asked_by, ""), confirmed_at=m.confirmed_at,
            confirmed_by=names.get(m.confirmed_by or 0, ""), ended_at=m.ended_at,
            ended_by=names.get(m.ended_by or 0, ""), until=m.until,
        )
        for m in found
    ]
