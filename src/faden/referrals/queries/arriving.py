"""A Fallübergabe that was delivered here: the whole package, and the cases that came out of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.timeline import Of
from faden.consents.models import Delivery
from faden.consents.queries.agreements import agreed
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DeliveryKind
from faden.kernel.errors import NotFound
from faden.persons.queries.cards import main_names
from faden.referrals.models import TakenOver
from faden.referrals.rules.transfers import Package, package_of


@dataclass(frozen=True)
class ArrivedCopy:
    """One person's copy."""

    delivery_id: UUID
    series_id: UUID
    content: Content
    package: Package

    @property
    def name(self) -> str:
        """Family name first, as searches have it."""
        package = self.package
        latin = ", ".join(filter(None, (package.value("family"), package.value("given"))))
        return latin or package.value("native") or "–"

    @property
    def born(self) -> str:
        """As the copy says."""
        return self.package.value("birth")

    @property
    def is_main(self) -> bool:
        """The case was named after her there."""
        return self.package.extra.get("main") == "1"


@dataclass(frozen=True)
class Arrived:
    """A package: one copy for each person, of one sender."""

    sender: str
    purpose: str
    delivered_at: datetime
    copies: tuple[ArrivedCopy, ...]
    announced: int
    case_id: UUID | None  # our case, once it is taken over

    @property
    def is_whole(self) -> bool:
        """Everybody who was announced can still be read."""
        return len(self.copies) == self.announced

    @property
    def overlap_until(self) -> date | None:
        """Until then the sender goes on working."""
        return self.copies[0].package.overlap_until


def arrived(delivery_id: UUID) -> Arrived:
    """The package this copy belongs to; three statements."""
    open_ones = Delivery.objects.filter(kind=DeliveryKind.TRANSFER, ended_at__isnull=True)
    first = open_ones.select_related("sender").filter(id=delivery_id).first()
    if first is None or first.content is None:
        raise NotFound(_("Diese Übergabe gibt es hier nicht, oder sie ist beendet."))
    transfer = package_of(from_json(first.content)).transfer
    # A package arrives in one transaction: its copies have the same moment.
    together = open_ones.filter(sender=first.sender_id, delivered_at=first.delivered_at)
    found = [_copy(row) for row in together if row.content]
    copies = tuple(sorted((one for one in found if one.package.transfer == transfer), key=lambda one: (not one.is_main, one.name)))
    taken = TakenOver.objects.filter(delivery__any=[copy.delivery_id for copy in copies]).first()
    announced = max(int(copy.package.extra.get("people", "1")) for copy in copies)
    return Arrived(first.sender.name, first.purpose, first.delivered_at, copies, announced, taken.case_id if taken else None)


def _copy(row: Delivery) -> ArrivedCopy:
    content = from_json(row.content or "{}")
    return ArrivedCopy(row.id, row.series_id, content, package_of(content))


@dataclass(frozen=True)
class TakenRow:
    """Übernommen von …: one person of our case, and what of hers still waits."""

    id: UUID
    person_id: UUID
    name: str
    sender: str
    their_number: str
    overlap_until: date | None
    taken_at: datetime
    content: Content | None  # None: we erased it, or its page does not ask for it
    goals: int  # not yet in her plan
    has_agreed: bool
    ended_because: str


_WHOLE_CASE = Of()


def taken_over(case: Case, *, of: Of = _WHOLE_CASE, with_content: bool = False) -> list[TakenRow]:
    """What of this case came from another service; four statements."""
    rows = TakenOver.objects.filter(case=case).select_related("sender", "delivery").order_by("taken_at", "id")
    found = list(rows.filter(person_id=of.person) if of.person else rows)
    if not found or of.confidential:
        return []
    names, standing = main_names({row.person_id for row in found}), agreed({row.person_id for row in found})
    return [_taken(row, names, standing, with_content) for row in found]


def _taken(row: TakenOver, names: Mapping[UUID, str], standing: Iterable[UUID], with_content: bool) -> TakenRow:
    content = from_json(row.delivery.content) if row.delivery.content else None
    waiting = len(package_of(content).of("goal")) if content and not row.goals_taken_at else 0
    return TakenRow(
        row.id, row.person_id, names.get(row.person_id, "–"), row.sender.name, row.their_number, row.overlap_until, row.taken_at,
        content if with_content else None, waiting, row.person_id in standing,
        row.delivery.get_ended_because_display() if row.delivery.ended_at else "",
    )  # fmt: skip


def taken_of(case: Case, taken_id: UUID) -> TakenOver:
    """One of them."""
    found = TakenOver.objects.filter(case=case, id=taken_id).first()
    if found is None:
        raise NotFound(_("Das gibt es in diesem Fall nicht."))
    return found
