"""Anonymous counselling: a Kennwort instead of a name, and no search by name."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import inquiries as actions
from faden.cases.queries import inquiries as queries
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm, Text
from faden.desk.shell import page
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission


class CodewordForm(DeskForm):
    """The Kennwort as the person says it."""

    codeword = Text(
        label=gettext_lazy("Kennwort"), max_length=40, help_text=gettext_lazy("Zum Beispiel Linde-482")
    )


class NewCodewordForm(DeskForm):
    """Her own word, or one of ours."""

    codeword = Text(
        label=gettext_lazy("Eigenes Kennwort"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Leer lassen: Faden schlägt eines vor. Bitte keinen Namen, kein Geburtsdatum."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


# Not keyed: it writes nothing, and another word on the same page is another question.
@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES, keyed=False)
def enter(request: DeskRequest) -> HttpResponse:
    """Find an anonymous matter by its exact Kennwort; posted, so that it stands in no address or log."""
    form = CodewordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.matter_of(form.cleaned_data["codeword"])
            if not queries.is_shown(matter):
                raise NotFound(actions.nothing_noted())
            return HttpResponseRedirect(reverse("matter", args=[matter.id]), status=303)
        except NotFound as error:
            form.add_error("codeword", str(error))
    crumbs = ((_("Anfragen"), reverse("inquiries")), (_("Kennwort"), ""))
    status = 422 if form.errors else 200
    return page(request, "desk/codeword.html", {"form": form}, here="codeword", crumbs=crumbs, status=status)


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def show(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """All contacts under one Kennwort, and the way to become named."""
    matter = queries.matter(matter_id)
    contacts = queries.contacts_under(matter)
    request.shown = [contact.id for contact in contacts]
    crumbs = (
        (_("Anfragen"), reverse("inquiries")),
        (_("Kennwort"), reverse("codeword")),
        (matter.codeword, ""),
    )
    context = {"matter": matter, "contacts": contacts, "case": queries.case_of(matter)}
    return page(request, "desk/matter.html", context, here="codeword", crumbs=crumbs)


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def give(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """The person wants to come again without a name."""
    inquiry = queries.inquiry(inquiry_id)
    if inquiry.matter_id:
        return HttpResponseRedirect(reverse("matter", args=[inquiry.matter_id]), status=303)
    form = NewCodewordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wish = form.cleaned_data["codeword"]
            matter = actions.give_codeword(inquiry, wish=wish, by=request.actor, on=request.today)
            messages.success(request, _("Das Kennwort ist vergeben. Bitte geben Sie es der Person mit."))
            return HttpResponseRedirect(reverse("matter", args=[matter.id]), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = (
        (_("Anfragen"), reverse("inquiries")),
        (_("Anfrage"), reverse("inquiry", args=[inquiry_id])),
        (_("Kennwort"), ""),
    )
    status = 422 if form.errors else 200
    return page(
        request, "desk/codeword_new.html", {"form": form}, here="codeword", crumbs=crumbs, status=status
    )


urlpatterns = [
    path("kennwort/", enter, name="codeword"),
    path("kennwort/<uuid:matter_id>/", show, name="matter"),
    path("anfragen/<uuid:inquiry_id>/kennwort/", give, name="codeword-new"),
]
