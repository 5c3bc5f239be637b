"""Angebote: the pages of the directory for those who keep it, the same for the desk and for the partner side.

Each audience opens them by its own door, in its own frame (`Side`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory import policies
from faden.directory.actions import offers as actions
from faden.directory.actions import providers as provider_actions
from faden.directory.queries import keeping
from faden.directory.queries.keeping import STATES, Asked, OfferView
from faden.directory.vocabulary import ConfirmedHow, OfferEnd
from faden.doors.choices import municipalities
from faden.doors.drafts import is_going_on, kept_draft, left_made
from faden.doors.offer_forms import EndForm, OfferForm, PlacesForm, ProviderForm
from faden.kernel.drafts import Kept
from faden.kernel.errors import Invalid, NotAllowed
from faden.look.typed import PlainForm
from faden.persons.vocabulary import language_name

Draw = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Side:
    """One audience: how it draws a page, and what its addresses are called."""

    draw: Draw  # (request, template, context, title=, status=, above=)
    prefix: str  # of the names: "directory" or "own-offers"

    def to(self, what: str = "", *ids: UUID) -> str:
        """Where one of its pages is; nothing said: the list."""
        return reverse(f"{self.prefix}-{what}" if what else self.prefix, args=ids)

    def of(self, offer_id: UUID) -> dict[str, str]:
        """All addresses of one offer, for the templates."""
        verbs = ("change", "confirm", "phone", "places", "ask", "hint", "end", "back")
        return {"one": self.to("offer", offer_id), "list": self.to(), **{verb: self.to(verb, offer_id) for verb in verbs}}


# ---------- the list ----------


def index(request: Any, side: Side) -> HttpResponse:
    """Own offers; what has to be checked is one click away."""
    asked = _asked(request.GET)
    found = keeping.offers(asked, by=request.actor, today=request.today, page=_number(request.GET.get("seite", "")))
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


def _number(typed: str) -> int:
    return min(int(typed), 9999) if typed.isascii() and typed.isdecimal() and typed.strip("0") else 1


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


def confirm(request: Any, side: Side, offer_id: UUID, *, how: ConfirmedHow = ConfirmedHow.ACCOUNT) -> HttpResponse:
    """It is still as it stands here: one click."""
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
    actions.asked(offer, on=request.today, by=request.actor, at=request.at)
    messages.success(request, _("Der Link geht an %(address)s.") % {"address": offer.keeper_email})
    return _back_to(side, offer_id)


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
    return _form(request, side, "look/offers/end.html", context, _("Angebot beenden"), above=(offer.title, side.to("offer", offer_id)))


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


def new(request: Any, side: Side, *, own_name: str = "") -> HttpResponse:
    """One more; `own_name`: whoever offers something itself is its own provider from the first time on."""
    providers = keeping.provider_choices(by=request.actor)
    first = {"new_provider": own_name} if own_name and not providers else {"provider": providers[0][0]} if own_name else {}
    asked = {"provider": _id(request.GET.get("anbieter", ""))} if request.GET.get("anbieter") else {}
    form = _offer_form(request, providers, initial={**first, **asked})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.note(form.values(), by=request.actor, at=request.at, today=request.today)
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("„%(title)s“ steht im Verzeichnis.") % {"title": made.title})
            return _back_to(side, made.id)
    return _form(request, side, "look/offers/form.html", {"form": form, "back": side.to()}, _("Neues Angebot"))


def change(request: Any, side: Side, offer_id: UUID) -> HttpResponse:
    """What holds now."""
    offer = _to_keep(request, offer_id)
    if offer.ended_at:
        raise NotAllowed(_("Das Angebot ist beendet. Nehmen Sie es zuerst wieder auf."))
    providers, kept = keeping.provider_choices(by=request.actor), kept_draft(request)
    form = _offer_form(request, providers, offer=offer, places=keeping.places_of(offer), initial=OfferForm.begun(offer))
    if request.method == "POST" and form.is_valid():
        confirms = form.cleaned_data["confirms"]
        try:
            actions.change(
                offer, form.values(), seen_version=_whole(request.POST.get("version", "")), by=request.actor, at=request.at, today=request.today,
                confirms=confirms,
            )  # fmt: skip
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Gespeichert und geprüft.") if confirms else _("Gespeichert."))
            return _back_to(side, offer_id)
    context = {"form": form, "back": side.to("offer", offer_id), "offer": offer, "version": _version(offer.version, kept, request)}
    return _form(request, side, "look/offers/form.html", context, _("Angebot ändern"), above=(offer.title, side.to("offer", offer_id)))


def _offer_form(request: Any, providers: list[tuple[str, str]], *, initial: dict[str, Any], offer: Any = None, places: Any = ()) -> OfferForm:
    towns = municipalities(request.actor.organisation_id)
    made = OfferForm(providers=providers, towns=towns, offer=offer, places=places)
    left = left_made(kept_draft(request), request, several=made.several()) if request.method == "GET" else {}
    return OfferForm(
        request.POST if request.method == "POST" else None, providers=providers, towns=towns, offer=offer, places=places,
        initial={**initial, **left},
    )  # fmt: skip


def _form(
    request: Any, side: Side, template: str, context: dict[str, Any], title: str, *, above: tuple[str, str] | None = None
) -> HttpResponse:
    form: PlainForm = context["form"]
    return side.draw(request, template, {**context, "title": title}, title=title, status=422 if form.errors else 200, above=above)


def _version(present: int, kept: Kept | None, request: Any) -> int:
    """The version the form was begun on: a draft goes on from its own, so that a change since is a 409."""
    if request.method == "POST":
        return _whole(request.POST.get("version", ""))
    if kept is None or not is_going_on(request):
        return present
    return _whole((kept.values.get("version") or [""])[-1])


def _whole(typed: str) -> int:
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0


# ---------- providers ----------


def providers(request: Any, side: Side) -> HttpResponse:
    """Who offers something, by name."""
    q = request.GET.get("q", "")[:80].replace("\0", "")
    rows, shown = keeping.providers(q, by=request.actor, page=_number(request.GET.get("seite", "")))
    context = {
        "rows": [(row, side.to("provider", row.id), f"{side.to()}?anbieter={row.id}") for row in rows], "page": shown, "q": q,
        "to_new": side.to("provider-new"), "to_list": side.to("providers"), "title": _("Anbieter"),
    }  # fmt: skip
    return side.draw(request, "look/offers/providers.html", context, title=_("Anbieter"))


def provider_new(request: Any, side: Side) -> HttpResponse:
    """One more."""
    form = ProviderForm(request.POST or None, accounts=keeping.accounts(by=request.actor), initial=_left(request))

    def save() -> None:
        provider_actions.note(form.values(), by=request.actor, at=request.at)

    return _provider_answer(request, side, form, save, {}, _("Neuer Anbieter"))


def provider(request: Any, side: Side, provider_id: UUID) -> HttpResponse:
    """What is known of it; all its offers show it."""
    found, kept = keeping.provider_of(provider_id), kept_draft(request)
    policies.may_keep(request.actor, found).require()
    form = ProviderForm(
        request.POST or None, accounts=keeping.accounts(by=request.actor), initial={**ProviderForm.begun(found), **_left(request)}
    )

    def save() -> None:
        version = _whole(request.POST.get("version", ""))
        provider_actions.change(found, form.values(), seen_version=version, by=request.actor, at=request.at)

    return _provider_answer(request, side, form, save, {"version": _version(found.version, kept, request)}, found.name)


def _left(request: Any) -> dict[str, Any]:
    return left_made(kept_draft(request), request) if request.method == "GET" else {}


def _provider_answer(
    request: Any, side: Side, form: ProviderForm, save: Callable[[], None], context: dict[str, Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Gespeichert."))
            return HttpResponseRedirect(side.to("providers"), status=303)
    above = (_("Anbieter"), side.to("providers"))
    return _form(request, side, "look/offers/provider.html", {"form": form, "back": above[1], **context}, title, above=above)


