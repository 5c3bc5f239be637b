"""A Fallübergabe as its pages show it: who goes on which ground, what is told, where each open part goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.consents.queries.declarations import StandingConsent
from faden.consents.rules.contents import Content
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names
from faden.referrals.models import CaseTransfer, LoosePart
from faden.referrals.queries.grounds import consents_in
from faden.referrals.queries.loose_parts import Asked, members_here, name_parts, open_parts, to_place
from faden.referrals.queries.transfer_copies import copies_of
from faden.referrals.queries.transfer_rows import Goer, PartRow
from faden.referrals.rules.transfers import Hers, OpenPart, Placed, from_text, gap, may_go, seal
from faden.referrals.vocabulary import GoesTo, LoosePartKind, TransferReason, TransferState


@dataclass(frozen=True)
class Planned:
    """The draft as it stands now, with what each recipient's copy would say."""

    transfer: CaseTransfer
    goers: tuple[Goer, ...]
    rows: tuple[PartRow, ...]
    pieces: tuple[tuple[OpenPart, Placed], ...]
    contents: Mapping[UUID, Content]
    stays: tuple[str, ...]  # names of members who do not go

    @property
    def unplaced(self) -> list[PartRow]:
        """What has no place yet, or a wrong one."""
        return [row for row in self.rows if row.gap]

    @property
    def without_ground(self) -> list[Goer]:
        """Who cannot go as it is."""
        return [goer for goer in self.goers if not goer.may_go]

    @property
    def without_words(self) -> list[Goer]:
        """Nobody has looked yet at what is told of her."""
        return [goer for goer in self.goers if goer.may_go and not goer.hers.lines]

    @property
    def is_ready(self) -> bool:
        """Nothing stands in the way of sending."""
        return not (self.unplaced or self.without_ground or self.without_words)

    @property
    def seal(self) -> str:
        """What stood on the page: contents, and where each part goes."""
        placed = [
            (row.part.kind.value, str(row.part.reference), row.placed.goes_to, row.placed.because, row.placed.data_class)
            for row in self.rows
        ]
        return seal(self.contents, placed)


def transfer_of(case: Case, transfer_id: UUID) -> CaseTransfer:
    """A Fallübergabe of this case; one statement."""
    found = CaseTransfer.objects.select_related("recipient", "case").filter(case=case, id=transfer_id).first()
    if found is None:
        raise NotFound(_("Diese Fallübergabe gibt es hier nicht."))
    return found


def planned(transfer: CaseTransfer, *, by: Actor, on: date, now: datetime) -> Planned:
    """Everything about a draft; some forty statements, however much is open."""
    case, goer_ids = transfer.case, tuple(transfer.persons)
    goers = goers_of(transfer, on=on)
    members = members_here(case)
    grounds = frozenset(goer.ground.id for goer in goers if goer.ground)
    parts = open_parts(Asked(case, goer_ids, members, on, now, grounds))
    placed = placed_in(transfer)
    classes = {goer.person_id: goer.classes for goer in goers}
    names = main_names(members)
    asked = (_row(part, placed.get(part.key, Placed()), classes, members, names) for part in to_place(parts))
    rows = tuple(asked if transfer.state == TransferState.DRAFT else (_after_sending(row) for row in asked))
    pieces = tuple(_pieces(parts, {row.part.reference: row.placed for row in rows}))
    people = name_parts(members)
    contents = copies_of(transfer, [goer for goer in goers if goer.may_go], rows, members, people, by=by)
    stays = tuple(names.get(person, "–") for person in members if person not in goer_ids)
    return Planned(transfer, goers, rows, pieces, contents, stays)


def goers_of(transfer: CaseTransfer, *, on: date) -> tuple[Goer, ...]:
    """Who goes, each with her grounds towards this service; four statements."""
    summary, key = from_text(transfer.summary), f"s{transfer.recipient_id}"
    standing = [one for one in consents_in(transfer.case, transfer.persons, on=on) if one.recipient_key == key]
    names = main_names(transfer.persons)
    return tuple(_goer(person, names.get(person, "–"), standing, summary.get(person, Hers())) for person in transfer.persons)


def _goer(person: UUID, name: str, standing: Iterable[StandingConsent], hers: Hers) -> Goer:
    grounds = tuple(one for one in standing if one.person_id == person)
    ground = next((one for one in grounds if one.id == hers.consent), None)
    return Goer(person, name, grounds, ground, hers)


def placed_in(transfer: CaseTransfer) -> dict[tuple[str, UUID], Placed]:
    """Where somebody said that each part goes; one statement."""
    rows = LoosePart.objects.filter(transfer=transfer)
    return {(row.kind, row.reference): Placed(row.goes_to, row.because, row.data_class) for row in rows}


def _row(
    part: OpenPart, placed: Placed, classes: Mapping[UUID, frozenset[str]], members: Sequence[UUID], names: Mapping[UUID, str]
) -> PartRow:
    allowed = may_go(part, goers=classes, members=members)
    kind = str(LoosePartKind(part.kind).label)
    title = _("vertraulich: %(kind)s") % {"kind": kind} if part.confidential else part.title
    who = ", ".join(names.get(person, "–") for person in part.persons) if len(members) > 1 else ""
    return PartRow(
        part, placed, tuple(one.value for one in GoesTo if one in allowed),
        gap(part, placed, goers=classes, members=members), who, title, kind,
    )  # fmt: skip


def _after_sending(row: PartRow) -> PartRow:
    """What they read stays as it was: what went over has gone, and nothing else goes any more."""
    if row.placed.goes_to == GoesTo.THEM:
        return replace(row, allowed=(GoesTo.THEM.value, *(code for code in row.allowed if code != GoesTo.THEM)), gap="")
    return replace(row, allowed=tuple(code for code in row.allowed if code != GoesTo.THEM))


def _pieces(parts: Iterable[OpenPart], placed: Mapping[UUID, Placed]) -> Iterable[tuple[OpenPart, Placed]]:
    """A Frist of a goal goes where the goal goes; one of the ground itself ends with it."""
    for part in parts:
        if part.inside is not None:
            yield part, placed.get(part.inside) or Placed(GoesTo.ENDS, _("endet mit der Einwilligung"))


# ---------- lists ----------


@dataclass(frozen=True)
class TransferRow:
    """One Fallübergabe in a line."""

    id: UUID
    recipient: str
    reason: str
    state: TransferState
    state_at: datetime
    overlap_until: date | None
    their_number: str
    answer_words: str
    persons: tuple[UUID, ...]
    prepared_by: str
    version: int

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.state in (TransferState.DRAFT, TransferState.SENT, TransferState.ACCEPTED)


def transfers_of(case: Case) -> list[TransferRow]:
    """Of one case, the newest first; two statements."""
    found = list(CaseTransfer.objects.filter(case=case).select_related("recipient").order_by("-prepared_at", "-id"))
    staff = names_of({row.prepared_by for row in found})
    return [row_of(row, staff) for row in found]


def row_of(row: CaseTransfer, staff: Mapping[int, str]) -> TransferRow:
    """As lists show it."""
    return TransferRow(
        row.id, row.recipient.name, str(TransferReason(row.reason).label), TransferState(row.state),
        row.ended_at or row.answered_at or row.sent_at or row.prepared_at, row.overlap_until, row.their_number, row.answer_words,
        tuple(row.persons), staff.get(row.prepared_by, ""), row.version,
    )  # fmt: skip


def parts_placed(transfer: CaseTransfer) -> dict[str, int]:
    """How many parts went where, in words; for a transfer that was sent. One statement."""
    found: dict[str, int] = {}
    for goes_to in LoosePart.objects.filter(transfer=transfer).values_list("goes_to", flat=True):
        label = str(GoesTo(goes_to).label) if goes_to else _("ohne Verbleib")
        found[label] = found.get(label, 0) + 1
    return found


def due_on(day: date) -> list[CaseTransfer]:
    """Whose overlap has ended; one statement."""
    found = CaseTransfer.objects.filter(state=TransferState.ACCEPTED, overlap_until__lt=day)
    return list(found.select_related("case", "recipient").order_by("overlap_until", "id"))
