"""Angebote: the pages of the directory for those who keep it, the same for the desk and for the partner side.

Each audience opens them by its own door, in its own frame (`Side`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory import policies
from faden.directory.actions import offers as actions
from faden.directory.queries import keeping
from faden.directory.queries.keeping import STATES, Asked, OfferView
from faden.directory.vocabulary import ConfirmedHow, OfferEnd
from faden.doors import providers
from faden.doors.choices import municipalities
from faden.doors.drafts import kept_draft, left_made
from faden.doors.keeper_forms import EndForm, PlacesForm
from faden.doors.keeper_side import Doors, Side, View, answered, page_number, version_of, whole
from faden.doors.offer_forms import OfferForm
from faden.kernel.errors import Invalid, NotAllowed
from faden.persons.vocabulary import language_name

# ---------- the list ----------


def index(request: Any, side: Side) -> HttpResponse:
    """Own offers; what has to be checked is one click away."""
    asked = _asked(request.GET)
    found = keeping.offers(asked, by=request.actor, today=request.today, page=page_number(request.GET.get("seite", "")))
    base = side.to()
    words = {"laufend": _("Laufende"), "pruefen": _("Zu prüfen"), "hinweis": _("Mit Hinweis"), "beendet": _("Beendete")}
    counts = {"pruefen": found.to_check, "hinweis": found.hints}
    context = {
        "tabs": [(words[state], f"{base}?stand={state}", state == asked.state, counts.get(state)) for state in STATES],
        "rows": [(row, side.to("offer", row.id)) for row in found.rows], "page": found.page, "asked": asked,
        "narrowed": asked != Asked(state=asked.state), "areas": LifeArea.choices, "towns": municipalities(request.actor.organisation_id, _("alle")),
        "providers": keeping.provider_choices(by=request.actor), "sources": keeping.source_choices(by=request.actor),
        "to_list": base, "to_new": side.to("new"), "to_providers": side.to("providers"),
        "to_import": side.to("import") if side.prefix == "directory" else "",
    }  # fmt: skip
    return side.draw(request, "look/offers/index.html", context, title="")


def _asked(typed: Any) -> Asked:
    state, area = typed.get("stand", ""), typed.get("bereich", "")
    return Asked(
        q=typed.get("q", "")[:80].replace("\0", ""), life_area=area if area in LifeArea.values else "", town=_digits(typed.get("ort", "")),
        provider=_id(typed.get("anbieter", "")), state=state if state in STATES else STATES[0],
        source="eigene" if typed.get("quelle") == "eigene" else _id(typed.get("quelle", "")), everybodys=typed.get("pflege") == "alle",
    )  # fmt: skip


def _id(typed: str) -> str:
    try:
        return str(UUID(typed))
    except ValueError:
        return ""


def _digits(typed: str) -> str:
    return typed if len(typed) == 8 and typed.isascii() and typed.isdecimal() else ""


# ---------- one offer ----------


def show(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """All of it; who keeps it; what can be done with it by whom."""
    view = keeping.view_of(keeping.offer_of(offer_id), today=request.today)
    return _shown(request, side, view, PlacesForm(today=request.today, initial=_places_now(view, request)))


def _places_now(view: OfferView, request: Any) -> dict[str, Any]:
    return {"places_free": view.offer.places_free, "places_on": request.today}


def _shown(request: Any, side: Side, view: OfferView, form: PlacesForm) -> HttpResponse:
    offer = view.offer
    context = {
        "view": view, "may_keep": policies.may_keep(request.actor, offer), "offer": offer, "form": form, "to": side.of(offer.id), "today": request.today,
        "areas": [LifeArea(code).label for code in offer.life_areas], "languages": [language_name(code) for code in offer.languages],
        "texts": [language_name(code) for code in offer.texts],
        "how": ConfirmedHow(offer.confirmed_how).label, "ended_because": OfferEnd(offer.ended_because).label if offer.ended_because else "",
    }  # fmt: skip
    return side.draw(request, "look/offers/one.html", context, title=offer.title, status=422 if form.errors else 200)


def confirm(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """It is still as it stands here: one click."""
    return _confirmed(request, side, offer_id, ConfirmedHow.ACCOUNT)


def phone(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """Still true, said on the telephone."""
    return _confirmed(request, side, offer_id, ConfirmedHow.PHONE)


def _confirmed(request: Any, side: Side, offer_id: UUID, how: ConfirmedHow) -> HttpResponse:
    offer = _to_keep(request, offer_id)
    actions.confirm(offer, how=how, by=request.actor, at=request.at, today=request.today)
    messages.success(request, _("Geprüft: „%(title)s“ stimmt, Stand heute.") % {"title": offer.title})
    return _back_to(side, offer_id)


def set_places(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """So many are free, as of a day."""
    offer = _to_keep(request, offer_id)
    form = PlacesForm(request.POST, today=request.today)
    if not form.is_valid():
        return _shown(request, side, keeping.view_of(offer, today=request.today), form)
    typed = form.cleaned_data
    actions.set_places(offer, typed["places_free"], on=typed["places_on"], by=request.actor, at=request.at)
    messages.success(request, _("Die freien Plätze sind eingetragen."))
    return _back_to(side, offer_id)


def ask(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """The owner gets the link to confirm."""
    offer = _to_keep(request, offer_id)
    _not_too_many(request)
    actions.asked(offer, on=request.today, by=request.actor, at=request.at)
    messages.success(request, _("Der Link geht an %(address)s.") % {"address": offer.keeper_email})
    return _back_to(side, offer_id)


def _not_too_many(request: Any) -> None:
    """Another address opens the way for another mail: nobody makes us the mailer of any words to anybody."""
    if not ratelimit.consume(request, action="ask"):
        raise NotAllowed(_("Von Ihnen gingen in einer Stunde sehr viele Links hinaus. Bitte senden Sie diesen später."))


def hint_done(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """What the owner wrote was taken in."""
    offer = _to_keep(request, offer_id)
    actions.hint_done(offer, by=request.actor, at=request.at)
    messages.success(request, _("Der Hinweis ist erledigt."))
    return _back_to(side, offer_id)


def end(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """Nobody finds it any more."""
    offer, form = _to_keep(request, offer_id), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end(offer, OfferEnd(form.cleaned_data["because"]), by=request.actor, at=request.at)
        messages.success(request, _("„%(title)s“ steht nicht mehr im Verzeichnis.") % {"title": offer.title})
        return _back_to(side, offer_id)
    context = {"form": form, "offer": offer, "to": side.of(offer.id)}
    return answered(request, side, "look/offers/end.html", context, _("Angebot beenden"), above=(offer.title, side.to("offer", offer_id)))


def back(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """It exists again."""
    offer = _to_keep(request, offer_id)
    actions.back(offer, by=request.actor, at=request.at, today=request.today)
    messages.success(request, _("„%(title)s“ steht wieder im Verzeichnis.") % {"title": offer.title})
    return _back_to(side, offer_id)


def _to_keep(request: Any, offer_id: UUID) -> Any:
    """For who wants to change it: refused where another service keeps it."""
    offer = keeping.offer_of(offer_id)
    policies.may_keep(request.actor, offer).require()
    return offer


def _back_to(side: Side, offer_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(side.to("offer", offer_id), status=303)


# ---------- writing one ----------


def new(request: Any, side: Side) -> HttpResponse:
    """One more; whoever offers something itself is its own provider from the first time on."""
    own_name = request.actor.organisation_name if side.is_provider else ""
    choices = keeping.provider_choices(by=request.actor)
    first = {"new_provider": own_name} if own_name and not choices else {"provider": choices[0][0]} if own_name else {}
    asked = {"provider": _id(request.GET.get("anbieter", ""))} if request.GET.get("anbieter") else {}
    form = _offer_form(request, choices, initial={**first, **asked})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.note(form.values(), by=request.actor, at=request.at, today=request.today)
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("„%(title)s“ steht im Verzeichnis.") % {"title": made.title})
            return _back_to(side, made.id)
    return answered(request, side, "look/offers/form.html", {"form": form, "back": side.to()}, _("Neues Angebot"))


def change(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """What holds now."""
    offer = _to_keep(request, offer_id)
    if offer.ended_at:
        raise NotAllowed(_("Das Angebot ist beendet. Nehmen Sie es zuerst wieder auf."))
    choices, kept = keeping.provider_choices(by=request.actor), kept_draft(request)
    form = _offer_form(request, choices, offer=offer, places=keeping.places_of(offer), initial=OfferForm.begun(offer))
    if request.method == "POST" and form.is_valid():
        confirms = form.cleaned_data["confirms"]
        try:
            actions.change(
                offer, form.values(), seen_version=whole(request.POST.get("version", "")), by=request.actor, at=request.at, today=request.today,
                confirms=confirms,
            )  # fmt: skip
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Gespeichert und geprüft.") if confirms else _("Gespeichert."))
            return _back_to(side, offer_id)
    context = {"form": form, "back": side.to("offer", offer_id), "offer": offer, "version": version_of(offer.version, kept, request)}
    return answered(request, side, "look/offers/form.html", context, _("Angebot ändern"), above=(offer.title, side.to("offer", offer_id)))


def _offer_form(request: Any, choices: list[tuple[str, str]], *, initial: dict[str, Any], offer: Any = None, places: Any = ()) -> OfferForm:
    towns = municipalities(request.actor.organisation_id)
    made = OfferForm(providers=choices, towns=towns, offer=offer, places=places)
    left = left_made(kept_draft(request), request, several=made.several()) if request.method == "GET" else {}
    return OfferForm(
        request.POST if request.method == "POST" else None, providers=choices, towns=towns, offer=offer, places=places,
        initial={**initial, **left},
    )  # fmt: skip


# ---------- the addresses ----------


def addresses(side: Side, doors: Doors, *, under: str) -> list[URLPattern]:
    """All pages of one audience, each behind its door."""
    pages: tuple[tuple[str, str, Callable[[View], View], View], ...] = (
        ("", "", doors.reads, index),
        ("neu/", "new", doors.edits, new),
        ("anbieter/", "providers", doors.reads, providers.index),
        ("anbieter/neu/", "provider-new", doors.edits, providers.new),
        ("anbieter/<uuid:provider_id>/", "provider", doors.edits, providers.change),
        ("<uuid:offer_id>/", "offer", doors.reads, show),
        ("<uuid:offer_id>/aendern/", "change", doors.edits, change),
        ("<uuid:offer_id>/stimmt/", "confirm", doors.writes, confirm),
        ("<uuid:offer_id>/telefon/", "phone", doors.writes, phone),
        ("<uuid:offer_id>/plaetze/", "places", doors.writes, set_places),
        ("<uuid:offer_id>/link/", "ask", doors.writes, ask),
        ("<uuid:offer_id>/hinweis/", "hint", doors.writes, hint_done),
        ("<uuid:offer_id>/ende/", "end", doors.edits, end),
        ("<uuid:offer_id>/wieder/", "back", doors.writes, back),
    )
    return [
        path(f"{under}{route}", door(_on(view, side)), name=f"{side.prefix}-{name}" if name else side.prefix)
        for route, name, door, view in pages
    ]


def _on(view: View, side: Side) -> View:
    @wraps(view)
    def shown(request: Any, **where: UUID) -> HttpResponse:
        return view(request, side, **where)

    return shown
