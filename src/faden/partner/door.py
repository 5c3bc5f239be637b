"""The partner side's door: only for people who answer for an agency without a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from faden.doors import once, refusals, session
from faden.kernel import audit, clock
from faden.kernel.actor import Actor
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for
from faden.organisations.policies import may
from faden.organisations.queries import memberships
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.received import standing_copy

View = Callable[..., HttpResponse]


class Sees(Enum):
    """What a page shows, and so how the look is noted."""

    DELIVERY = "delivery"  # one: noted before it happens
    LIST = "deliveries"  # several: the shown ids are noted before the answer is sent
    NOTHING = "nothing"  # nobody: an empty form, the states of own Anfragen


class PartnerRequest(HttpRequest):
    """What the door hands to a view."""

    actor: Actor
    at: datetime
    today: date
    shown: list[UUID]


@dataclass(frozen=True)
class _Entry:
    """What a page shows and asks of who comes; `keyed` forms count once."""

    sees: Sees
    may: Permission
    keyed: bool = True
    only_reads: bool = False


def reads(sees: Sees, *, may: Permission = Permission.ANSWER_DELIVERIES) -> Callable[[View], View]:
    """GET only, in a read-only transaction; the look is noted as `sees` asks."""
    return _door(_Entry(sees, may), ("GET", "HEAD"))


def writes(sees: Sees, *, may: Permission = Permission.ANSWER_DELIVERIES, keyed: bool = True) -> Callable[[View], View]:
    """POST only, in a read-write transaction; `keyed` forms count once."""
    return _door(_Entry(sees, may, keyed), ("POST",))


def asks(sees: Sees, *, may: Permission = Permission.ANSWER_DELIVERIES) -> Callable[[View], View]:
    """POST that only reads, in a read-only transaction: what is asked stands in no address and cannot be written."""
    return _door(_Entry(sees, may, only_reads=True), ("POST",))


def edits(sees: Sees, *, may: Permission = Permission.ANSWER_DELIVERIES) -> Callable[[View], View]:
    """GET shows the form in a read-only transaction, POST takes it once."""
    return _door(_Entry(sees, may), ("GET", "HEAD", "POST"))


def _door(entry: _Entry, methods: tuple[str, ...]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: PartnerRequest, **where: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            request.at, request.today, request.shown = clock.now(), clock.today(), []
            actor = session.actor_of(request)
            if isinstance(actor, HttpResponse):
                return actor
            try:
                if request.method == "POST" and not entry.only_reads:
                    return _write(view, request, actor, where, entry)
                if entry.sees is Sees.DELIVERY:
                    return _look_at_one(view, request, actor, where, entry)
                return _look_at_list(view, request, actor, where, entry)
            except session.NotHere:
                return session.choose_again(request)
            except session.OtherSide:
                return refusals.other_side(request, home="start")
            except FadenError as error:
                return refusals.answer(request, error)

        entered.door = (entry.sees, entry.may, methods)  # type: ignore[attr-defined]
        return entered

    return decorate


def _confirm(request: PartnerRequest, actor: Actor, entry: _Entry) -> None:
    """The membership still stands, it is one of an agency, and its role has this page; read in the transaction that uses it."""
    membership = memberships.current(UUID(actor.membership_id), user_id=actor.user_id, on=request.today)  # type: ignore[arg-type]
    if membership is None:
        raise session.NotHere
    if not memberships.is_at_agency(membership):
        raise session.OtherSide
    request.actor = memberships.as_actor(membership)
    may(request.actor, entry.may).require()


def _look_at_one(view: View, request: PartnerRequest, actor: Actor, where: dict[str, Any], entry: _Entry) -> HttpResponse:
    with opened_for(actor, write=True):
        _confirm(request, actor, entry)
        _note_one(view, request, standing_copy(where["delivery_id"], by=request.actor))
    with opened_for(actor, write=False):
        return view(request, **where)


def _note_one(view: View, request: PartnerRequest, delivery_id: UUID) -> None:
    audit.note_look(
        by=request.actor, at=request.at, kind="delivery", page=view.__module__.rpartition(".")[2],
        purpose=request.actor.role, subject=delivery_id,
    )


def _look_at_list(
    view: View, request: PartnerRequest, actor: Actor, where: dict[str, Any], entry: _Entry
) -> HttpResponse:
    with opened_for(actor, write=False):
        _confirm(request, actor, entry)
        response = view(request, **where)
    if entry.sees is Sees.NOTHING:
        return response
    with opened_for(actor, write=True):
        audit.note_look(
            by=request.actor, at=request.at, kind=Sees.LIST.value, purpose=request.actor.role,
            page=view.__module__.rpartition(".")[2], shown=request.shown,
        )
    return response


def _write(view: View, request: PartnerRequest, actor: Actor, where: dict[str, Any], entry: _Entry) -> HttpResponse:
    with opened_for(actor, write=True):
        _confirm(request, actor, entry)
        response = once.answered(request, by=request.actor, at=request.at, take=lambda: view(request, **where), keyed=entry.keyed)
    if request.shown and response.status_code >= 400:
        # The form came back with what was delivered: that is a look too.
        with opened_for(request.actor, write=True):
            _note_one(view, request, request.shown[0])
    return response
