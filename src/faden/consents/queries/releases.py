"""What this service told: lines of the disclosure register, and what one of them said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.consents.models import LinkDelivery, Release
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind, Ground, Outcome, ReleaseEnd
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names


@dataclass(frozen=True)
class ReleaseRow:
    """A line of the disclosure register."""

    id: UUID
    person_id: UUID | None
    person: str
    kind: DeliveryKind
    recipient: str
    purpose: str
    ground: Ground
    channel: Channel
    data_classes: tuple[str, ...]
    released_at: datetime
    released_by: str
    valid_until: date
    number: int
    ended_at: datetime | None
    ended_because: str
    outcome: str
    link_opened_at: datetime | None

    def is_open(self, on: date) -> bool:
        """The recipient may still look, or still has it on paper."""
        return self.ended_at is None and self.valid_until >= on


def released(release_ids: Collection[UUID]) -> dict[UUID, ReleaseRow]:
    """These lines; four statements however many."""
    return {row.id: row for row in _rows(Release.objects.filter(id__in=list(release_ids)))}


def releases_by_law(lawful_ids: Collection[UUID]) -> dict[UUID, list[ReleaseRow]]:
    """What left on these confirmed checks; five statements, and one where nothing was confirmed."""
    by_release = dict(Release.objects.filter(lawful__any=list(lawful_ids)).values_list("id", "lawful_id"))
    rows: dict[UUID, list[ReleaseRow]] = {}
    for row in (released(by_release) if by_release else {}).values():
        rows.setdefault(by_release[row.id], []).append(row)
    return rows


def _rows(rows: QuerySet[Release]) -> list[ReleaseRow]:
    found = list(rows.defer("content").order_by("-released_at", "-id").prefetch_related("endings"))
    links = dict(LinkDelivery.objects.filter(release__in=found).values_list("release_id", "opened_at"))
    names = main_names({row.person_id for row in found if row.person_id})
    staff = names_of({row.released_by for row in found})
    return [_row(row, names, staff, links) for row in found]


def _row(
    row: Release, names: dict[UUID, str], staff: dict[int, str], links: dict[UUID, datetime | None]
) -> ReleaseRow:
    ending = next(iter(row.endings.all()), None)
    return ReleaseRow(
        row.id, row.person_id, names.get(row.person_id, "") if row.person_id else "", DeliveryKind(row.kind),
        row.recipient_name, row.purpose, Ground(row.ground), Channel(row.channel),
        tuple(str(DataClass(code).label) for code in row.data_classes), row.released_at, staff.get(row.released_by, ""),
        row.valid_until, row.number, ending.ended_at if ending else None,
        str(ReleaseEnd(ending.because).label) if ending else "", str(Outcome(ending.outcome).label) if ending else "",
        links.get(row.id),
    )  # fmt: skip


def told(release_id: UUID) -> Content:
    """What a Weitergabe said, from the sender's own record."""
    row = Release.objects.filter(id=release_id).first()
    if row is None or not row.content:
        raise NotFound(_("Diese Weitergabe gibt es hier nicht."))
    return from_json(row.content)


def delivered_to(release_id: UUID) -> tuple[int, UUID] | None:
    """Into whose inbox, and under which id; None where it went another way."""
    row = Release.objects.filter(id=release_id).only("recipient_id", "delivery_id").first()
    return (row.recipient_id, row.delivery_id) if row and row.recipient_id and row.delivery_id else None
