"""The link in the mail to an offer's owner: as it stands, "stimmt so", free places, what has changed, "gibt es nicht mehr"."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.directory.actions import offers as actions
from faden.directory.vocabulary import ConfirmedHow, OfferEnd
from faden.doors import offer_link
from faden.doors.offer_link import OfferLinkRequest
from faden.kernel.errors import Invalid
from faden.look.typed import Day, PlainForm, Text
from faden.persons.vocabulary import language_name

BY_LINK = ConfirmedHow.LINK


class OwnersForm(PlainForm):
    """All of it may stay empty: then one button says that everything is right."""

    places_free = forms.IntegerField(
        label=gettext_lazy("Freie Plätze heute"), required=False, min_value=0, max_value=actions.PLACES_MAX,
        help_text=gettext_lazy("Leer, wenn Sie dazu nichts sagen möchten."),
    )  # fmt: skip
    next_start = Day(label=gettext_lazy("Nächster Beginn"), required=False)
    words = Text(
        label=gettext_lazy("Bitte ändern"), required=False, max_length=actions.HINT_MAX, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Was stimmt nicht mehr? Wer das Verzeichnis führt, liest es und trägt es ein. Bitte keine Namen von Ratsuchenden."),
    )  # fmt: skip


def gone(request: HttpRequest) -> HttpResponse:
    """Not ours, run out, or a newer one was sent."""
    return render(request, "public/offer_link_gone.html", status=404)


@offer_link.edits(gone=gone)
def show(request: OfferLinkRequest) -> HttpResponse:
    """The offer as it stands; each button says one thing."""
    if request.offer.offer.ended_at:
        return _page(request, OwnersForm())
    if request.method != "POST":
        return _page(request, OwnersForm(initial={"next_start": request.offer.offer.next_start}))
    if request.POST.get("what") == "end":
        return _end(request)
    form = OwnersForm(request.POST)
    if form.is_valid():
        try:
            return _taken(request, form.cleaned_data)
        except Invalid as error:
            form.take_error(error)
    return _page(request, form, status=422)


def _taken(request: OfferLinkRequest, typed: dict[str, Any]) -> HttpResponse:
    offer, at = request.offer.offer, request.at
    # First what may be refused: then nothing of the rest is written.
    if typed["next_start"] and typed["next_start"] != offer.next_start:
        actions.set_next_start(offer, typed["next_start"], by=request.actor, at=at, how=BY_LINK)
    if typed["places_free"] is not None:
        actions.set_places(offer, typed["places_free"], on=request.today, by=request.actor, at=at, how=BY_LINK)
    if typed["words"]:
        # Something is not right: what stands there is not confirmed, whichever button was pressed.
        actions.hint(offer, typed["words"], on=request.today, by=request.actor, at=at)
        messages.success(request, _("Danke. Ihr Hinweis ist angekommen; wir tragen ihn ein."))
    else:
        actions.confirm(offer, how=BY_LINK, by=request.actor, at=at, today=request.today)
        messages.success(request, _("Danke. Das Angebot gilt als geprüft, Stand heute."))
    return HttpResponseRedirect(request.path, status=303)


def _end(request: OfferLinkRequest) -> HttpResponse:
    actions.end(request.offer.offer, OfferEnd.ENDED, by=request.actor, at=request.at, how=BY_LINK)
    messages.success(request, _("Danke. Das Angebot steht nicht mehr im Verzeichnis."))
    return HttpResponseRedirect(request.path, status=303)


def _page(request: OfferLinkRequest, form: OwnersForm, *, status: int = 200) -> HttpResponse:
    view = request.offer
    context = {"view": view, "offer": view.offer, "form": form, "languages": [language_name(code) for code in view.offer.languages]}
    return render(request, "public/offer_link.html", context, status=status)


urlpatterns = [path("angebot-bestaetigen/<str:token>/", show, name="offer-link")]
