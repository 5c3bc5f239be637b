"""Notzugriffe as those who review them see them: number, words, time, which pages; nothing of the file."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import CaseOpening, EmergencyReview
from faden.cases.vocabulary.case import EmergencyVerdict, OpeningReason
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.kernel.models import Look
from faden.organisations.policies import may
from faden.organisations.queries.memberships import names_of
from faden.organisations.vocabulary import ROLES, Permission

PAGE = 50


@dataclass(frozen=True)
class Reviewed:
    """What one role said about it."""

    role: str
    verdict: EmergencyVerdict
    words: str
    at: datetime


@dataclass(frozen=True)
class Emergency:
    """One Notzugriff. `who` is empty for the data protection officer: names only in a confirmed matter."""

    id: UUID
    case_id: UUID
    number: str
    who: str
    words: str
    opened_at: datetime
    until_at: datetime
    reviews: tuple[Reviewed, ...]
    is_own: bool  # who opened it does not review it
    has_reviewed: bool

    @property
    def waits_for_me(self) -> bool:
        """The reader has still to say something."""
        return not self.has_reviewed and not self.is_own


@dataclass(frozen=True)
class EmergencyPage:
    """Fifty lines and whether there are more."""

    rows: list[Emergency]
    number: int
    has_more: bool


def emergencies(actor: Actor, *, page: int) -> EmergencyPage:
    """All of the service, the newest first; three statements."""
    rows = list(_all()[(page - 1) * PAGE : page * PAGE + 1])
    names = _names(rows, actor)
    return EmergencyPage([_shown(row, actor, names) for row in rows[:PAGE]], page, has_more=len(rows) > PAGE)


def emergency(opening_id: UUID, actor: Actor) -> Emergency:
    """One of them; three statements."""
    row = _all().filter(id=opening_id).first()
    if row is None:
        raise NotFound(_("Diesen Notzugriff gibt es hier nicht."))
    return _shown(row, actor, _names([row], actor))


def waiting_reviews(actor: Actor) -> int:
    """How many Notzugriffe wait for this reader; one statement."""
    mine = EmergencyReview.objects.filter(role=actor.role).values("opening_id")
    return _openings().exclude(opened_by=actor.person).exclude(id__in=mine).count()


def pages_looked_at(opening_id: UUID) -> Counter[str]:
    """Screen -> how often it was looked at by this Notzugriff; two statements."""
    row = _openings().filter(id=opening_id).first()
    if row is None:
        return Counter()
    looks = Look.objects.filter(
        subject_id=row.case_id, user_id=row.opened_by, purpose=OpeningReason.EMERGENCY, at__gte=row.opened_at,
        at__lte=row.until_at,
    )  # fmt: skip
    return Counter(looks.values_list("page", flat=True))


def _openings() -> QuerySet[CaseOpening]:
    return CaseOpening.objects.filter(reason=OpeningReason.EMERGENCY)


def _all() -> QuerySet[CaseOpening]:
    return _openings().select_related("case").prefetch_related("reviews").order_by("-opened_at", "-id")


def _names(rows: list[CaseOpening], actor: Actor) -> dict[int, str]:
    """Who it was is for the team lead; the data protection officer asks for names with an occasion."""
    if may(actor, Permission.SEE_LOOKS):
        return {}
    return names_of({row.opened_by for row in rows})


def _shown(row: CaseOpening, actor: Actor, names: dict[int, str]) -> Emergency:
    reviews = tuple(
        Reviewed(str(ROLES[one.role].label), EmergencyVerdict(one.verdict), one.words, one.reviewed_at)
        for one in sorted(row.reviews.all(), key=lambda one: one.reviewed_at)
    )
    assert row.until_at
    return Emergency(
        row.id, row.case_id, row.case.number, names.get(row.opened_by, ""), row.words, row.opened_at, row.until_at, reviews,
        row.opened_by == actor.person, any(one.role == actor.role for one in row.reviews.all()),
    )  # fmt: skip
