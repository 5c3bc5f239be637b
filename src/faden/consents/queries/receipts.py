"""What rests on a consent: before it ends, what will become of each Weitergabe; afterwards, what became of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from faden.consents.models import Consent, LinkDelivery, OwnSecrecyRelease, Release, ReleaseEnding, Reply
from faden.consents.rules import fates
from faden.consents.rules.declarations import state_of
from faden.consents.vocabulary import (
    Channel,
    DeclarationState,
    DeliveryKind,
    Erasure,
    Fate,
    Foreseen,
    FormKind,
    Outcome,
    ReleaseEnd,
)


@dataclass(frozen=True)
class Resting:
    """A Weitergabe on a consent: open with what is foreseen, or over with what became of it."""

    id: UUID
    kind: DeliveryKind
    recipient: str
    purpose: str
    channel: Channel
    data_classes: tuple[str, ...]
    released_at: datetime
    valid_until: date
    foreseen: Foreseen | None
    fate: Fate | None
    fate_now: Fate | None  # also of what has run out, before the night wrote it down
    ended_at: datetime | None
    because: ReleaseEnd | None
    erasure: Erasure | None  # what the recipient has answered about its own copy
    number: int

    @property
    def is_open(self) -> bool:
        return self.fate is None


@dataclass(frozen=True)
class Series:
    """A Weitergabe with the copies it replaced: what was read or filed of one of them stays read and filed."""

    newest: Release
    opened: bool
    filed: bool
    erasure: Erasure | None

    @property
    def ending(self) -> ReleaseEnding | None:
        return next(iter(self.newest.endings.all()), None)

    @property
    def fate(self) -> Fate | None:
        """What became of it; None while it is open."""
        return self._fate(Outcome(self.ending.outcome)) if self.ending else None

    def fate_on(self, day: date) -> Fate | None:
        """The same for whom nobody has to end anything; None only while a recipient can still look."""
        looks = self.newest.channel in (Channel.INBOX, Channel.LINK) and self.newest.valid_until >= day
        return self.fate or (None if looks else self._fate(Outcome.OVER))

    def _fate(self, outcome: Outcome) -> Fate:
        found = Outcome.FILED if self.filed else outcome
        return fates.fate(Channel(self.newest.channel), found, opened=self.opened)


def series(rows: QuerySet[Release]) -> list[Series]:
    """These, each with the copies before it, in the order they were made. Four statements."""
    found = list(rows.defer("content").order_by("released_at", "id").prefetch_related("endings"))
    opened = dict(LinkDelivery.objects.filter(release__in=found).values_list("release_id", "opened_at"))
    erased = _erasures(row.id for row in found)
    known: dict[UUID, Series] = {}
    for row in found:
        before = known.pop(row.supersedes_id, None) if row.supersedes_id else None
        ending = next(iter(row.endings.all()), None)
        known[row.id] = Series(
            row,
            opened=opened.get(row.id) is not None or bool(before and before.opened),
            filed=bool(ending and ending.outcome == Outcome.FILED or before and before.filed),
            erasure=_weakest(erased.get(row.id), before.erasure if before else None),
        )
    return list(known.values())


def _weakest(*said: Erasure | None) -> Erasure | None:
    """Of several copies in its file the recipient may have kept one."""
    return next((one for one in (Erasure.KEPT, Erasure.PARTLY, Erasure.ERASED) if one in said), None)


def resting_on(consent_id: UUID, *, on: date) -> list[Resting]:
    """In the order they were made. Four statements."""
    return [_resting(one, on) for one in series(Release.objects.filter(consent_id=consent_id))]


def _resting(one: Series, on: date) -> Resting:
    row, ending, channel = one.newest, one.ending, Channel(one.newest.channel)
    return Resting(
        row.id, DeliveryKind(row.kind), row.recipient_name, row.purpose, channel, tuple(row.data_classes), row.released_at, row.valid_until,
        None if ending else fates.foreseen(channel, opened=one.opened, is_over=row.valid_until < on), one.fate,
        one.fate_on(on),
        ending.ended_at if ending else None, ReleaseEnd(ending.because) if ending else None, one.erasure, row.number,
    )  # fmt: skip


def _erasures(release_ids: Iterable[UUID]) -> dict[UUID, Erasure]:
    """The newest answer of each recipient about its own copy."""
    found: dict[UUID, Erasure] = {}
    for reply in Reply.objects.filter(release__in=list(release_ids)).order_by("replied_at"):
        said = json.loads(reply.content)
        if said.get("what") == "erasure" and said.get("decision") in Erasure.values:
            found[reply.release_id] = Erasure(said["decision"])
    return found


@dataclass(frozen=True)
class Belonging:
    """The other sheet of a pair: the consent, or the release of our staff that belongs to it."""

    id: UUID
    kind: FormKind
    state: DeclarationState
    interpreter: dict[str, Any]  # who interpreted when it was signed; empty before

    @property
    def is_waiting(self) -> bool:
        return self.state == DeclarationState.WAITING

    @property
    def is_standing(self) -> bool:
        return self.state == DeclarationState.STANDING


def pair_of(kind: FormKind, declared_id: UUID, *, on: date) -> tuple[UUID | None, list[Belonging]]:
    """The consent underneath, and what belongs to this declaration; None where it is neither. One statement."""
    if kind == FormKind.CONSENT:
        rows = OwnSecrecyRelease.objects.filter(consent_id=declared_id).order_by("prepared_at")
        return declared_id, [_belonging(row, on) for row in rows]
    if kind == FormKind.OWN_SECRECY:
        consent = Consent.objects.defer("information").get(secrecy_releases=declared_id)
        return consent.id, [_belonging(consent, on)]
    return None, []


def _belonging(row: Consent | OwnSecrecyRelease, on: date) -> Belonging:
    state = state_of(
        signed_on=row.signed_on, valid_until=row.valid_until, ended_on=row.ended_on, because=row.ended_because, on=on
    )
    names = ("read_aloud", "interpreter_name", "interpreter_language", "interpreter_obliged_on")
    return Belonging(row.id, row.kind, state, {name: getattr(row, name) for name in names} if row.signed_on else {})
