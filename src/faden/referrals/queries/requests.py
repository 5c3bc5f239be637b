"""Anfragen an KIM: what a partner sent and how it stands, and what came in here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.queries.services import Office, offices
from faden.organisations.vocabulary import Kind
from faden.persons.vocabulary import language_name
from faden.referrals.models import IncomingRequest, SentRequest
from faden.referrals.vocabulary import RequestFrom, RequestState, RequestTopic

PAGE = 50


def competent_for(ags: str, *, on: date) -> Office | None:
    """The Case Management competent for this town on this day; one statement."""
    found = offices((Kind.MIGRATION_SERVICE,), ags=ags, on=on)
    return next((office for office in found if office.is_competent), None)


# ---------- the sender ----------


@dataclass(frozen=True)
class SentRow:
    """All that who sent it sees: when, for which town, about what, her own sign, one of three states."""

    id: UUID
    sent_at: datetime
    town: str
    to: str
    topics: tuple[str, ...]
    own_sign: str
    state: RequestState


def sent_by(by: Actor) -> list[SentRow]:
    """Her own, not those of her colleagues: an office does not learn here whom one of its people sent. One statement."""
    rows = SentRequest.objects.filter(sent_by=by.person).select_related("municipality", "to").order_by("-sent_at")
    return [
        SentRow(row.id, row.sent_at, row.municipality.name, row.to.name, _topics(row.topics), row.own_sign, RequestState(row.state))
        for row in rows
    ]


# ---------- the competent service ----------


@dataclass(frozen=True)
class Came:
    """An Anfrage as it arrived."""

    id: UUID
    arrived_at: datetime
    sender: str
    sent_from: RequestFrom
    on_paper: bool
    ags: str
    town: str
    topics: tuple[str, ...]
    topic_codes: tuple[str, ...]
    language: str
    language_code: str
    needs_interpreter: bool
    state: RequestState
    passed_to: str
    inquiry_id: UUID | None
    forgotten_on: date | None
    reach: str = ""
    words: str = ""

    @property
    def waits(self) -> bool:
        """Nobody has answered it."""
        return self.state == RequestState.ARRIVED


@dataclass(frozen=True)
class CamePage:
    """Fifty of them and whether there are more."""

    rows: list[Came]
    number: int
    has_more: bool


def came(*, page: int = 1, only_waiting: bool = False) -> CamePage:
    """The oldest that waits first, then the newest; without how to reach anybody. One statement."""
    found = IncomingRequest.objects.select_related("municipality").defer("reach", "words")
    if only_waiting:
        found = found.filter(state=RequestState.ARRIVED).order_by("arrived_at", "id")
    else:
        found = found.order_by("-arrived_at", "-id")
    rows = [_came(row) for row in found[(page - 1) * PAGE : page * PAGE + 1]]
    return CamePage(rows[:PAGE], page, has_more=len(rows) > PAGE)


def waiting() -> int:
    """How many wait for an answer; one statement."""
    return IncomingRequest.objects.filter(state=RequestState.ARRIVED).count()


def one_that_came(request_id: UUID) -> Came:
    """With how to reach the person; one statement."""
    row = IncomingRequest.objects.select_related("municipality").filter(id=request_id).first()
    if row is None:
        raise NotFound(_("Diese Anfrage gibt es hier nicht."))
    return _came(row, reach=row.reach, words=row.words or "")


def _came(row: IncomingRequest, *, reach: str = "", words: str = "") -> Came:
    return Came(
        row.id, row.arrived_at, row.sender_name, RequestFrom(row.sent_from), row.sender_id is None, row.municipality_id,
        row.municipality.name, _topics(row.topics), tuple(row.topics), language_name(row.language), row.language,
        row.needs_interpreter, RequestState(row.state), row.passed_to, row.inquiry_id, row.forgotten_on, reach,
        words,
    )  # fmt: skip


def _topics(codes: list[str]) -> tuple[str, ...]:
    return tuple(str(RequestTopic(code).label) for code in codes)
