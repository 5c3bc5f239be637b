"""The desk's door: opens the transaction, puts on the service, notes the look, answers errors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.cases import policies as case_policies
from faden.cases.queries.access import CaseAccess
from faden.cases.queries.confidential import confidential_among
from faden.cases.queries.members import person_meant
from faden.cases.vocabulary.case import Part
from faden.doors import once, refusals, session
from faden.kernel import audit, clock
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, FadenError, NotAllowed
from faden.kernel.rls import opened_for
from faden.kernel.verdict import Verdict
from faden.organisations.actions import list_settings
from faden.organisations.policies import may
from faden.organisations.queries import memberships
from faden.organisations.vocabulary import Permission
from faden.oversight import queries as oversight

View = Callable[..., HttpResponse]
# What must hold of a case before something is written in it.
When = Callable[[CaseAccess], Verdict]


class Sees(Enum):
    """What a page shows, and so how the look is noted."""

    NOTHING = "nothing"  # no person's data: forms, the chooser of roles, accounts
    CASE = "case"  # one case: noted before it happens
    LIST = "list"  # several: the shown ids are noted before the answer is sent
    SEARCH = "search"
    EXPORT = "export"
    LOOKS = "looks"  # the log of looks itself


class DeskRequest(HttpRequest):
    """What the door hands to a view."""

    actor: Actor
    at: datetime
    today: date
    access: CaseAccess
    part: Part
    shown: list[UUID]
    # What a list wants kept about itself (its filter), written together with the note of the look.
    remember: Callable[[], None] | None


@dataclass(frozen=True)
class _Terms:
    """What this door asks before it lets somebody in, and how it notes the look."""

    sees: Sees
    permission: Permission
    keyed: bool = True
    when: When = case_policies.may_write
    whose: str = ""


def reads(sees: Sees, *, may: Permission, whose: str = "") -> Callable[[View], View]:
    """GET only, in a read-only transaction; the look is noted as `sees` asks.

    `whose` names what in the address says whose facts the page shows, where its path does not.
    """
    return _door(_Terms(sees, may, whose=whose), methods=("GET", "HEAD"))


def writes(
    sees: Sees, *, may: Permission, keyed: bool = True, when: When = case_policies.may_write
) -> Callable[[View], View]:
    """POST only, in a read-write transaction; `keyed` forms count once."""
    return _door(_Terms(sees, may, keyed, when), methods=("POST",))


def asks(sees: Sees, *, may: Permission) -> Callable[[View], View]:
    """POST that only reads, in a read-only transaction: what is searched for stands in no address."""
    return _door(_Terms(sees, may), methods=("POST",), only_reads=True)


def edits(
    sees: Sees, *, may: Permission, keyed: bool = True, when: When = case_policies.may_write
) -> Callable[[View], View]:
    """A form: GET shows it as `reads` does, POST takes it as `writes` does."""
    return _door(_Terms(sees, may, keyed, when), methods=("GET", "HEAD", "POST"))


def _door(
    terms: _Terms, *, methods: tuple[str, ...], only_reads: bool = False
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: DeskRequest, **where: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            request.at, request.today, request.shown = clock.now(), clock.today(), []
            request.remember = None
            writing = request.method == "POST" and not only_reads
            return _answer(view, request, terms, where, writing=writing)

        entered.door = (terms.sees, terms.permission, methods)  # type: ignore[attr-defined]
        return entered

    return decorate


def _answer(
    view: View, request: DeskRequest, terms: _Terms, where: dict[str, Any], *, writing: bool
) -> HttpResponse:
    actor = session.actor_of(request)
    if isinstance(actor, HttpResponse):
        return actor
    try:
        if writing:
            return _write(view, request, actor, terms, where)
        if terms.sees is Sees.CASE:
            return _look_at_case(view, request, actor, terms, where)
        return _look_at_list(view, request, actor, terms, where)
    except session.NotHere:
        return session.choose_again(request)
    except session.OtherSide:
        return refusals.other_side(request, home="deliveries")
    except case_policies.NeedsReason as error:
        if request.method == "POST":
            return refusals.answer(request, error)
        return HttpResponseRedirect(reverse("case-opening", args=[where["case_id"]]))
    except case_policies.MayBreakGlass as error:
        way_out = (reverse("emergency", args=[where["case_id"]]), _("Notzugriff")) if "case_id" in where else None
        return refusals.answer(request, error, way_out=way_out)
    except FadenError as error:
        return refusals.answer(request, error)


def _confirm(request: DeskRequest, actor: Actor, permission: Permission) -> None:
    """The membership still stands and its role allows this; read in the transaction that uses it."""
    membership = memberships.current(UUID(actor.membership_id), user_id=actor.user_id, on=request.today)  # type: ignore[arg-type]
    if membership is None:
        raise session.NotHere
    if not memberships.is_at_desk(membership):
        raise session.OtherSide
    request.actor = memberships.as_actor(membership)
    may(request.actor, permission).require()


def _case_access(request: DeskRequest, case_id: UUID, *, lock: bool = False) -> CaseAccess:
    matter = request.actor.role == "dpo" and oversight.open_matter(
        case_id, by=request.actor, on=request.today
    )
    access = case_policies.access(
        request.actor, case_id, on=request.today, at=request.at, matter_open=bool(matter), lock=lock
    )
    request.part = _part_of(request)
    case_policies.may_open(access, request.part).require()
    if access.is_emergency and confidential_among(_rows_of(request)):
        case_policies.may_open(access, Part.CONFIDENTIAL).require()
    return access


def _part_of(request: DeskRequest) -> Part:
    """Which part of the case the address leads to: pages of a vertraulicher Faden say so, in path or query."""
    route = request.resolver_match.route if request.resolver_match else ""
    if "schutz/anschrift/" in route:
        return Part.ADDRESS
    confidential = "vertraulich/" in route or "vertraulich" in request.GET or "vertraulich" in request.POST
    return Part.CONFIDENTIAL if confidential else Part.CASE


def _rows_of(request: DeskRequest) -> list[UUID]:
    """The rows an address below a case names besides the case and the person, after the question mark too."""
    parts = request.resolver_match.kwargs if request.resolver_match else {}
    named = [value for name, value in parts.items() if isinstance(value, UUID) and name not in ("case_id", "person_id")]
    asked = (_id(typed) for _name, values in request.GET.lists() for typed in values)
    return [*named, *filter(None, asked)]


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _look_at_case(
    view: View, request: DeskRequest, actor: Actor, terms: _Terms, where: dict[str, Any]
) -> HttpResponse:
    with opened_for(actor, write=True):
        _confirm(request, actor, terms.permission)
        request.access = _case_access(request, where["case_id"])
        _note_case(view, request, where, whose=terms.whose)
        if request.access.may_write:
            list_settings.note_opened(where["case_id"], by=request.actor)
    with opened_for(actor, write=False):
        return view(request, **where)


def _note_case(view: View, request: DeskRequest, where: dict[str, Any], *, whose: str = "") -> None:
    """Whose page of a family case it was stands with it: she may ask who looked at her."""
    person = where.get("person_id") or (person_meant(request.access.case, _id(request.GET.get(whose, ""))) if whose else None)
    audit.note_look(
        by=request.actor,
        at=request.at,
        kind="case",
        page=view.__module__.rpartition(".")[2],
        purpose=request.access.purpose,
        subject=where["case_id"],
        shown=[person] if person else [],
    )


def _look_at_list(
    view: View, request: DeskRequest, actor: Actor, terms: _Terms, where: dict[str, Any]
) -> HttpResponse:
    with opened_for(actor, write=False):
        _confirm(request, actor, terms.permission)
        response = view(request, **where)
    if terms.sees is not Sees.NOTHING:
        _note_shown(view, request, terms.sees)
    return response


def _note_shown(view: View, request: DeskRequest, sees: Sees) -> None:
    """The ids the answer is about to show, in a transaction of their own; if that fails, no answer."""
    with opened_for(request.actor, write=True):
        audit.note_look(
            by=request.actor,
            at=request.at,
            kind=sees.value,
            purpose=request.actor.role,
            page=view.__module__.rpartition(".")[2],
            shown=request.shown,
        )
        if request.remember:
            request.remember()


def _write(
    view: View, request: DeskRequest, actor: Actor, terms: _Terms, where: dict[str, Any]
) -> HttpResponse:
    of_case = terms.sees is Sees.CASE
    try:
        with opened_for(actor, write=True):
            _confirm(request, actor, terms.permission)
            response = once.answered(
                request,
                by=request.actor,
                at=request.at,
                keyed=terms.keyed,
                take=lambda: _take(view, request, terms, where),
            )
    except Conflict as conflict:
        if of_case and conflict.changes:
            # The answer quotes what somebody else wrote meanwhile.
            with opened_for(request.actor, write=True):
                _note_case(view, request, where)
        raise
    if of_case and response.status_code >= 400:
        # The form came back with the case's banner: that is a look too.
        with opened_for(request.actor, write=True):
            _note_case(view, request, where)
    if request.shown:
        _note_shown(view, request, Sees.SEARCH)
    return response


def _take(view: View, request: DeskRequest, terms: _Terms, where: dict[str, Any]) -> HttpResponse:
    if terms.sees is Sees.CASE:
        request.access = _case_access(request, where["case_id"], lock=True)
        terms.when(request.access).require()
        # In Vertretung each deed is noted with the name of whose work it is.
        request.actor = replace(request.actor, acting_for=request.access.acting_for)
    return view(request, **where)


__all__ = ["DeskRequest", "NotAllowed", "Sees", "asks", "edits", "reads", "writes"]
