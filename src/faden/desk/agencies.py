"""Adressbuch: the agencies this service works with; most of them have no account here."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import BareForm, DeskForm, Text, initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.actions import agencies as actions
from faden.organisations.queries.agencies import address_book, agency_of
from faden.organisations.vocabulary import AgencyKind, Permission


class FindForm(DeskForm):
    """Which of them; sent by GET."""

    mark_optional = False
    q = Text(label=gettext_lazy("Name"), max_length=80, required=False)
    art = forms.ChoiceField(
        label=gettext_lazy("Art"), required=False, widget=LongSelect, choices=[("", gettext_lazy("alle")), *AgencyKind.choices]
    )


class AgencyForm(DeskForm):
    """One agency."""

    name = Text(label=gettext_lazy("Name der Stelle"), max_length=160)
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"), widget=LongSelect, choices=[("", gettext_lazy("bitte wählen")), *AgencyKind.choices]
    )
    municipality = forms.ChoiceField(label=gettext_lazy("Ort"), required=False, widget=LongSelect)
    address = Text(
        label=gettext_lazy("Anschrift"), max_length=200, required=False,
        help_text=gettext_lazy("Straße, Postleitzahl und Ort, durch Kommas getrennt: So steht sie auf dem Brief."),
    )  # fmt: skip
    phone = Text(label=gettext_lazy("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-Mail"), required=False,
        help_text=gettext_lazy("Die der Stelle, nicht die einer Person: Dorthin geht der Link einer Vermittlung."),
    )  # fmt: skip

    def __init__(self, *args: Any, request: DeskRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].choices = choices.municipalities(request.actor.organisation_id)  # type: ignore[attr-defined]

    def described(self) -> actions.Described:
        """The values as the verbs take them."""
        return actions.Described(**self.cleaned_data)


@reads(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def index(request: DeskRequest) -> HttpResponse:
    """All that can be chosen."""
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "art": ""}
    rows = address_book(words=asked["q"], kind=asked["art"])
    context = {"rows": rows, "form": form, "narrowed": bool(asked["q"] or asked["art"])}
    return page(request, "desk/agencies.html", context, here="agencies")


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def new(request: DeskRequest) -> HttpResponse:
    """One more."""
    kept = kept_draft(request)
    form = AgencyForm(request.POST or None, request=request, initial={"name": request.GET.get("name", "")[:160], **initial_of(AgencyForm, kept, request)})

    def save() -> None:
        made = actions.note(form.described(), by=request.actor, at=request.at)
        messages.success(request, _("%(name)s steht im Adressbuch.") % {"name": made.name})

    return _answer(request, form, save, {"kept": kept}, _("Neue Stelle"))


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def change(request: DeskRequest, agency_id: UUID) -> HttpResponse:
    """What is known of it now; what went to it before keeps the name it had."""
    agency, kept = agency_of(agency_id), kept_draft(request)
    names = ("name", "kind", "address", "phone", "email")
    now = {**{name: getattr(agency, name) for name in names}, "municipality": agency.municipality_id or ""}
    form = AgencyForm(request.POST or None, request=request, initial={**now, **initial_of(AgencyForm, kept, request)})

    def save() -> None:
        actions.change(agency_id, form.described(), seen_version=version_sent(request), by=request.actor, at=request.at)
        messages.success(request, _("Gespeichert."))

    return _answer(request, form, save, {"agency": agency, "version": version_shown(agency.version, kept, request), "kept": kept}, agency.name)


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def end(request: DeskRequest, agency_id: UUID) -> HttpResponse:
    """Nobody can choose it any more; what went to it stays in the register."""
    agency, form = agency_of(agency_id), BareForm(request.POST or None)

    def save() -> None:
        actions.end(agency_id, by=request.actor, at=request.at)
        messages.success(request, _("%(name)s kann nicht mehr gewählt werden.") % {"name": agency.name})

    return _answer(request, form, save, {"agency": agency, "ends": True}, _("Aus dem Adressbuch nehmen"))


def _answer(request: DeskRequest, form: DeskForm, save: Callable[[], None], context: dict[str, Any], title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
            return HttpResponseRedirect(reverse("agencies"), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Adressbuch"), reverse("agencies")), (title, ""))
    status = 422 if form.errors else 200
    return page(request, "desk/agency_form.html", {"form": form, "title": title, **context}, here="agencies", crumbs=crumbs, status=status)


urlpatterns = [
    path("adressbuch/", index, name="agencies"),
    path("adressbuch/neu/", new, name="agency-new"),
    path("adressbuch/<uuid:agency_id>/", change, name="agency"),
    path("adressbuch/<uuid:agency_id>/ende/", end, name="agency-end"),
]
