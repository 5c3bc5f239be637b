"""Auslastung: cases and weights against the share of a post, by name; for planning, no ranking."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.casework.queries.workload import Load, workload
from faden.casework.vocabulary import GUIDELINE_SOURCE
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.organisations.actions.memberships import share_post
from faden.organisations.queries.accounts import person
from faden.organisations.vocabulary import Permission


class PostForm(DeskForm):
    """How much of a full-time post somebody has for case management."""

    percent = forms.IntegerField(
        label=gettext_lazy("Stellenanteil in Prozent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Nur der Anteil für Case Management. Leer heißt: nicht eingetragen."),
    )


@reads(Sees.NOTHING, may=Permission.PLAN_WORK)
def index(request: DeskRequest) -> HttpResponse:
    """Everybody who leads cases."""
    rows: list[Load] = workload(on=request.today)
    context = {"rows": rows, "source": GUIDELINE_SOURCE, "tabs": tabs("workload")}
    return page(request, "desk/workload.html", context, here="workload")


@edits(Sees.NOTHING, may=Permission.PLAN_WORK)
def post(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Set one share."""
    who = person(membership_id, on=request.today)
    form = PostForm(request.POST or None, initial={"percent": who.post_percent})
    if request.method == "POST" and form.is_valid():
        try:
            share_post(membership_id, form.cleaned_data["percent"], by=request.actor, at=request.at)
            messages.success(request, _("Der Stellenanteil ist eingetragen."))
            return HttpResponseRedirect(reverse("workload"), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Auslastung"), reverse("workload")), (who.name, ""))
    return page(
        request,
        "desk/post_form.html",
        {"form": form, "who": who},
        here="workload",
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


def tabs(here: str) -> list[tuple[str, str, bool, None]]:
    """What a team lead plans with, side by side."""
    return [
        (_("Auslastung"), reverse("workload"), here == "workload", None),
        (_("Übernahme"), reverse("takeover"), here == "takeover", None),
    ]


urlpatterns = [
    path("auslastung/", index, name="workload"),
    path("auslastung/<uuid:membership_id>/", post, name="post"),
]
