"""Eingang: what was delivered to this service, whom it was given to, what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    UUIDField,
    Value,
    When,
)

from faden.cases.queries.substitutions import deputised_by
from faden.consents.models import Delivery
from faden.consents.queries import deliveries
from faden.consents.queries.deliveries import Delivered, as_delivered
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import DeliveryKind, ReleaseEnd
from faden.kernel.actor import Actor
from faden.organisations.policies import may
from faden.organisations.queries.memberships import colleagues, names_by_membership, names_of
from faden.organisations.vocabulary import Permission
from faden.referrals.models import Assignment, GivenAnswer
from faden.referrals.rules import received as rules
from faden.referrals.vocabulary import AnswerKind, DeclineReason, Standing

PAGE = 50
# The parts of the inbox, by what they are called in an address.
PARTS: dict[str, frozenset[DeliveryKind]] = {
    "vermittlungen": frozenset({DeliveryKind.REFERRAL}),
    "informationen": frozenset({DeliveryKind.INFORMATION}),
    "freigaben": frozenset({DeliveryKind.CHAIN}),
    "uebergaben": frozenset({DeliveryKind.TRANSFER}),
    "gespraeche": frozenset({DeliveryKind.CONFERENCE, DeliveryKind.PRESENTATION}),
}


@dataclass(frozen=True)
class Filter:
    """What of the inbox is shown; "" is everything."""

    part: str = ""
    whose: str = ""  # "ich", "niemand"
    standing: str = "offen"  # "offen", "erledigt", "alle"


@dataclass(frozen=True)
class Row:
    """A line of the inbox; what somebody else has says only that, and whose it is."""

    delivery: Delivered
    standing: Standing
    answer: TextChoices | None
    who: str
    is_mine: bool
    may_open: bool


@dataclass(frozen=True)
class Answers:
    """What is said to deliveries: the codes of one's answers (by the outer `series_id`, the newest first), and which settle it."""

    codes: QuerySet[Any]
    kinds: type[TextChoices]
    settling: Collection[str]


@dataclass(frozen=True)
class Inbox:
    """One page of it, with how many wait in each part."""

    rows: list[Row]
    number: int
    has_more: bool
    waiting: dict[str, int]


def inbox(chosen: Filter, *, by: Actor, on: date, page: int = 1, answers: Answers | None = None) -> Inbox:
    """What asks for somebody first, then the newest; four statements, at a desk five. Only what her role reads.

    `answers`: where what is said to these kinds is kept, unless it is a Vermittlung's.
    """
    standing = _standing_rows(rules.kinds_read_by(by.role), answers)
    found = _narrowed(standing, chosen, by)
    rows = list(found.order_by("rank", "-delivered_at", "id")[(page - 1) * PAGE : page * PAGE + 1])
    names = names_by_membership(row.assigned for row in rows if row.assigned)
    deputising = deputised(by, on=on)
    kinds = (answers or _to_referrals()).kinds
    shown = [_row(row, kinds, names, deputising, by) for row in rows[:PAGE]]
    return Inbox(shown, page, len(rows) > PAGE, _waiting(standing))


def _waiting(standing: QuerySet[Any]) -> dict[str, int]:
    kinds = list(_open(standing).order_by().values_list("kind", flat=True))
    return {part: sum(kind in of for kind in kinds) for part, of in PARTS.items()}


def waiting(by: Actor) -> int:
    """What is new, or asks for a decision, and nobody else has; one statement."""
    mine = Q(assigned__isnull=True) | Q(assigned=by.membership_id)
    return _standing_rows(rules.kinds_read_by(by.role)).filter(mine, rank__lte=_RANK[Standing.NEW]).count()


def counted() -> list[tuple[DeliveryKind, list[int]]]:
    """How many of each kind stand where, for who may see numbers only; one statement."""
    found = list(_standing_rows(DeliveryKind).order_by().values_list("kind", "rank"))
    kinds = [kind for kind in DeliveryKind if any(kind == one for one, _rank in found)]
    return [(kind, [found.count((kind.value, rank)) for rank in _RANK.values()]) for kind in kinds]


_RANK = {Standing.ERASURE: 0, Standing.NEW: 1, Standing.OPEN: 2, Standing.DONE: 3}
_OVER = Q(ended_at__isnull=False) & ~Q(ended_because=ReleaseEnd.SUPERSEDED)


def _standing_rows(kinds: Collection[DeliveryKind], answers: Answers | None = None) -> QuerySet[Any]:
    """The newest copy of each Weitergabe of these kinds with its place in the inbox: received is not accepted is not finished.

    After the end only the decision about erasure is asked, also of an earlier copy in our file.
    """
    later = Delivery.objects.filter(series_id=OuterRef("series_id"), number__gt=OuterRef("number"))
    given = Assignment.objects.filter(series_id=OuterRef("series_id")).order_by("-assigned_at", "-id")
    said = answers or _to_referrals()
    return (
        Delivery.objects.select_related("sender")
        .filter(kind__in=kinds)
        .defer("content")
        .annotate(
            assigned=Subquery(given.values("member_id")[:1], output_field=UUIDField()),
            answer=Subquery(said.codes[:1]),
        )
        .annotate(
            rank=Case(
                When(_OVER & Q(erasure=""), then=Value(_RANK[Standing.ERASURE])),
                When(_OVER | Q(answer__in=list(said.settling)), then=Value(_RANK[Standing.DONE])),
                When(Q(answer__isnull=False) | Q(assigned__isnull=False) | Q(filed_at__isnull=False), then=Value(_RANK[Standing.OPEN])),
                default=Value(_RANK[Standing.NEW]),
                output_field=IntegerField(),
            )
        )
        .filter(~Exists(later) | (_OVER & Q(erasure="")))
    )


def _to_referrals() -> Answers:
    said = GivenAnswer.objects.filter(series_id=OuterRef("series_id")).order_by("-answered_at", "-id")
    return Answers(said.values("kind"), AnswerKind, rules.SETTLING)


def _open(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.filter(rank__lte=_RANK[Standing.OPEN])


def _narrowed(found: QuerySet[Any], chosen: Filter, by: Actor) -> QuerySet[Any]:
    if chosen.part in PARTS:
        found = found.filter(kind__in=PARTS[chosen.part])
    if chosen.whose == "ich":
        found = found.filter(assigned=by.membership_id)
    elif chosen.whose == "niemand":
        found = found.filter(assigned__isnull=True)
    if chosen.standing == "erledigt":
        return found.filter(rank=_RANK[Standing.DONE])
    return found if chosen.standing == "alle" else _open(found)


def deputised(by: Actor, *, on: date) -> frozenset[UUID]:
    """For whom this colleague works today; nobody at an agency."""
    if may(by, Permission.ANSWER_DELIVERIES):
        return frozenset()
    return frozenset(row.absent_id for row in deputised_by(UUID(by.membership_id), on=on))


def sees_all(by: Actor) -> bool:
    """Who assigns at a desk; at an agency everybody."""
    return bool(may(by, Permission.PLAN_WORK) or may(by, Permission.ANSWER_DELIVERIES))


def _row(row: Any, kinds: type[TextChoices], names: dict[UUID, str], deputising: Collection[UUID], by: Actor) -> Row:
    assigned: UUID | None = row.assigned
    who = names.get(assigned, "") if assigned else ""
    return Row(
        as_delivered(row),
        next(standing for standing, rank in _RANK.items() if rank == row.rank),
        kinds(row.answer) if row.answer in kinds.values else None,
        who,
        str(assigned) == by.membership_id,
        rules.is_readable(by.membership_id, assigned, deputising, sees_all=sees_all(by)),
    )


# ---------- one of them ----------


@dataclass(frozen=True)
class Given:
    """What we answered once; `is_corrected`: it stays, struck out."""

    id: UUID
    kind: AnswerKind
    from_on: date | None
    reason: str
    words: str
    at: datetime
    by: str
    is_corrected: bool


@dataclass(frozen=True)
class Page:
    """One delivery with all that was done with it here."""

    delivery: Delivered
    content: Content | None  # None: erased by our own decision
    assigned: UUID | None
    who: str
    inquiry_id: UUID | None
    answers: list[Given]  # the newest first
    others: list[Delivered]  # earlier copies in our file, or the newest
    filed_by: str
    sayable: list[AnswerKind]
    correctable: list[AnswerKind]

    @property
    def newest(self) -> Given | None:
        """What counts now."""
        return self.answers[0] if self.answers else None

    @property
    def may_be_filed(self) -> bool:
        """A Fallübergabe is filed by taking the case over."""
        return self.delivery.kind != DeliveryKind.TRANSFER and not (self.delivery.filed_at or self.delivery.ended_at)

    @property
    def may_be_answered(self) -> bool:
        """A Vermittlung waits for an answer as long as its ground stands; the others have none."""
        return self.delivery.kind == DeliveryKind.REFERRAL and not self.delivery.is_over


def standing_copy(delivery_id: UUID, *, by: Actor) -> UUID:
    """The copy that counts now, of what her role reads."""
    return deliveries.standing_copy(delivery_id, kinds=rules.kinds_read_by(by.role))


def received(delivery_id: UUID) -> Page:
    """One delivery; whether a colleague may read it `policies` says. Five statements, with answers six."""
    found = deliveries.delivery(delivery_id)
    given = assignment_of(found.series_id)
    who = given.member.name if given and given.member else ""
    assigned = given.member_id if given else None
    answers = _given(found)
    kinds = [one.kind for one in answers if not one.is_corrected]
    newest, before = (kinds[0] if kinds else "", kinds[1] if len(kinds) > 1 else "")
    return Page(
        found, deliveries.content_of(delivery_id) if not _is_erased(found) else None, assigned, who,
        given.inquiry_id if given else None, answers, deliveries.other_copies(found.series_id, but=found.id),
        names_of({found.filed_by}).get(found.filed_by, "") if found.filed_by else "",
        rules.sayable(newest), rules.sayable(newest, before=before, correcting=True) if newest else [],
    )  # fmt: skip


def _is_erased(found: Delivered) -> bool:
    return found.erasure == "erased"


def assignment_of(series_id: UUID) -> Assignment | None:
    """Who has it now, and what was begun for it; one statement."""
    return next(iter(assignments_of([series_id])), None)


def assignments_of(series_ids: Collection[UUID]) -> list[Assignment]:
    """The newest of each; one statement."""
    rows = Assignment.objects.select_related("member").filter(series_id__in=list(series_ids))
    return list(rows.order_by("series_id", "-assigned_at", "-id").distinct("series_id"))


def _given(found: Delivered) -> list[Given]:
    rows = list(GivenAnswer.objects.filter(series_id=found.series_id, kind__in=AnswerKind.values).order_by("-answered_at", "-id"))
    corrected = {row.corrects_id for row in rows}
    names = names_of({row.answered_by for row in rows})
    return [
        Given(
            row.id, AnswerKind(row.kind), row.from_on, str(DeclineReason(row.reason).label) if row.reason else "",
            row.words or "", row.answered_at, names.get(row.answered_by, ""), row.id in corrected,
        )
        for row in rows
    ]  # fmt: skip


def readers(kind: DeliveryKind, *, on: date) -> list[tuple[UUID, str]]:
    """To whom a delivery of this kind can be given, by name; one statement."""
    return list(colleagues(on=on, roles=rules.roles_reading(kind)).values_list("id", "name"))

