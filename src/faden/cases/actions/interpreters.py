"""Sprachmittlung: the list of sources, and the request that belongs to an appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Appointment, InterpreterRequest, InterpreterSource
from faden.cases.queries.interpreters import sources_that_stand
from faden.cases.rules.interpreters import LIVE, possible, way_for
from faden.cases.vocabulary.appointment import (
    INTERPRETER_CHANGED,
    INTERPRETER_SOURCE_CHANGED,
    InterpreterState,
    InterpreterWay,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Offer:
    """What a source offers, as it is typed in."""

    name: str
    languages: Sequence[str]
    ways: Sequence[str]
    lead_working_days: int
    cents_an_hour: int | None = None
    contact: str = ""


@dataclass(frozen=True)
class Asked:
    """Whom was asked, how it is to be interpreted, and what was told them about who does not suit."""

    source: UUID
    way: str
    words: str = ""


@dataclass(frozen=True)
class Done:
    """How long it took and what it cost, in cents."""

    minutes: int
    cents: int | None = None


def add_source(offer: Offer, *, by: Actor, at: datetime) -> InterpreterSource:
    """One more source of the service."""
    _check_offer(offer)
    source = InterpreterSource.objects.create(organisation_id=by.organisation_id, **_columns(offer))
    audit.note(INTERPRETER_SOURCE_CHANGED, by=by, at=at, source=str(source.id), what="added")
    return source


def change_source(source: InterpreterSource, offer: Offer, *, by: Actor, at: datetime) -> None:
    """What it offers from now on; requests that are done keep their cost."""
    _check_offer(offer, besides=source.id)
    InterpreterSource.objects.filter(id=source.id).update(**_columns(offer))
    audit.note(INTERPRETER_SOURCE_CHANGED, by=by, at=at, source=str(source.id), what="changed")


def end_source(source: InterpreterSource, *, by: Actor, on: date, at: datetime) -> None:
    """It is not asked any more; what was asked there goes on."""
    if InterpreterSource.objects.filter(id=source.id, ended_on=None).update(ended_on=on):
        audit.note(INTERPRETER_SOURCE_CHANGED, by=by, at=at, source=str(source.id), what="ended")


def _columns(offer: Offer) -> dict[str, object]:
    return {**vars(offer), "languages": list(offer.languages), "ways": list(offer.ways)}


def _check_offer(offer: Offer, *, besides: UUID | None = None) -> None:
    same = InterpreterSource.objects.filter(name=offer.name)
    if (same.exclude(id=besides) if besides else same).exists():
        raise Invalid(_("Eine Quelle mit diesem Namen gibt es schon."), "name")


def follow(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """The request an appointment needs as it is now: none for German, a new one for another language.

    A moved appointment keeps what was asked: the request then says by itself that it was for another time.
    """
    request = _live(appointment)
    language = "" if appointment.dropped_because else appointment.interpreter_language
    if request and request.language != language:
        _end(request, by=by, at=at)
        request = None
    if request and request.state == InterpreterState.NEEDED:
        _save(request, by=by, at=at, **_proposed(appointment, on=at.astimezone(BERLIN).date()))
    elif request is None and language:
        _need(appointment, by=by, at=at)


def _live(appointment: Appointment) -> InterpreterRequest | None:
    found = InterpreterRequest.objects.filter(appointment=appointment, state__in=LIVE)
    return found.select_for_update().order_by("-noted_at").first()


def _need(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    if InterpreterRequest.objects.filter(appointment=appointment, state=InterpreterState.DONE).exists():
        return
    InterpreterRequest.objects.create(
        organisation_id=by.organisation_id,
        appointment=appointment,
        language=appointment.interpreter_language,
        state=InterpreterState.NEEDED,
        noted_at=at,
        noted_by=by.person,
        **_proposed(appointment, on=at.astimezone(BERLIN).date()),
    )


def _proposed(appointment: Appointment, *, on: date) -> dict[str, object]:
    """The way that fits the kind, and the source that can still be asked the longest."""
    way, day = way_for(appointment.kind), appointment.starts_at.astimezone(BERLIN).date()
    found = possible(sources_that_stand(), appointment.interpreter_language, way, day=day, today=on)
    fitting = [one.source.id for one in found if one.way == way and not one.is_late]
    return {"way": way, "source_id": fitting[0] if fitting else None, "asked_for": appointment.starts_at}


def request_of(appointment: Appointment) -> InterpreterRequest:
    """The newest request of this appointment; what was called off before it is history."""
    found = InterpreterRequest.objects.filter(appointment=appointment).select_related("source")
    request = found.order_by("-noted_at", "-id").first()
    if request is None:
        raise NotFound(_("Für diesen Termin wird keine Sprachmittlung gebraucht."))
    return request


def ask(request: InterpreterRequest, asked: Asked, *, appointment: Appointment, seen: int, by: Actor, at: datetime) -> None:
    """Somebody was asked, for the time the appointment has now; asked again, the answer is open again."""
    request = _locked(request, seen)
    if request.state not in LIVE:
        raise Invalid(_("Diese Anfrage ist schon beendet."))
    source = source_of(asked.source)
    if asked.way not in source.ways:
        raise Invalid(_("%(source)s bietet das nicht an.") % {"source": source.name}, "way")
    _save(
        request,
        by=by,
        at=at,
        source_id=source.id,
        way=InterpreterWay(asked.way),
        words=asked.words,
        state=InterpreterState.ASKED,
        asked_for=appointment.starts_at,
        asked_on=at.astimezone(BERLIN).date(),
        answered_on=None,
        interpreter="",
    )


def answered(request: InterpreterRequest, *, confirmed: bool, interpreter: str = "", seen: int, by: Actor, at: datetime) -> None:
    """The source said yes, perhaps with a name, or no."""
    request = _locked(request, seen)
    if request.state not in (InterpreterState.ASKED, InterpreterState.CONFIRMED, InterpreterState.DECLINED):
        raise Invalid(_("Diese Sprachmittlung ist noch nicht angefragt."))
    state = InterpreterState.CONFIRMED if confirmed else InterpreterState.DECLINED
    on = at.astimezone(BERLIN).date()
    _save(request, by=by, at=at, state=state, answered_on=on, interpreter=interpreter if confirmed else "")


def finish(request: InterpreterRequest, done: Done, *, seen: int, by: Actor, at: datetime) -> None:
    """It took place; the numbers can be corrected later."""
    request = _locked(request, seen)
    if request.state not in (InterpreterState.ASKED, InterpreterState.CONFIRMED, InterpreterState.DONE):
        raise Invalid(_("Diese Sprachmittlung ist nicht zugesagt."))
    if request.asked_for > at:
        raise Invalid(_("Dieser Termin ist noch nicht gewesen."))
    _save(request, by=by, at=at, state=InterpreterState.DONE, minutes=done.minutes, cents=done.cents)


def call_off(request: InterpreterRequest, *, seen: int, by: Actor, at: datetime) -> None:
    """Not needed any more; whoever was asked has to be told."""
    request = _locked(request, seen)
    if request.state not in LIVE:
        raise Invalid(_("Diese Anfrage ist schon beendet."))
    _end(request, by=by, at=at)


def source_of(source_id: UUID) -> InterpreterSource:
    """A source that can be asked."""
    found = InterpreterSource.objects.filter(id=source_id, ended_on=None).first()
    if found is None:
        raise NotFound(_("Diese Quelle gibt es hier nicht."))
    return found


def _locked(request: InterpreterRequest, seen: int) -> InterpreterRequest:
    request = InterpreterRequest.objects.select_for_update().get(id=request.id)
    if request.version != seen:
        state = str(InterpreterState(request.state).label)
        raise Conflict(
            _("Diese Anfrage wurde inzwischen von jemand anderem geändert."), ((_("Stand"), state, ""),)
        )
    return request


def _end(request: InterpreterRequest, *, by: Actor, at: datetime) -> None:
    if request.state == InterpreterState.NEEDED:
        # Nobody outside ever heard of it.
        request.delete()
        return
    _save(request, by=by, at=at, state=InterpreterState.CALLED_OFF)


def _save(request: InterpreterRequest, *, by: Actor, at: datetime, **values: object) -> None:
    for name, value in values.items():
        setattr(request, name, value)
    request.noted_at, request.noted_by, request.version = at, by.person, request.version + 1
    request.save()
    audit.note(
        INTERPRETER_CHANGED, by=by, at=at, appointment=str(request.appointment_id), state=request.state
    )
