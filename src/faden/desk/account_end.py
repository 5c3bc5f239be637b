"""Zugang beenden: at once or after a last day; a service keeps somebody who runs the accounts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import DeskForm
from faden.desk.shell import page
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.actions import memberships as actions
from faden.organisations.queries import accounts as queries
from faden.organisations.vocabulary import Permission


class EndForm(DeskForm):
    """When."""

    last_day = forms.DateField(
        label=gettext_lazy("Letzter Tag"), required=False,
        help_text=gettext_lazy("Leer heißt: sofort, auch mitten in einer Sitzung."),
    )


@edits(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def end(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Ask once, then end."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(
                membership_id, on=form.cleaned_data["last_day"], by=request.actor, at=request.at,
                today=request.today,
            )
        except (Invalid, Conflict) as error:
            form.take_error(error if isinstance(error, Invalid) else Invalid(str(error)))
        else:
            messages.success(request, _("Der Zugang ist beendet."))
            return HttpResponseRedirect(reverse("accounts"), status=303)
    person = queries.person(membership_id, on=request.today)
    crumbs = ((_("Konten"), reverse("accounts")), (person.name, ""))
    status = 422 if request.method == "POST" else 200
    return page(
        request, "desk/account_end.html", {"form": form, "person": person}, here="accounts", crumbs=crumbs,
        status=status,
    )


urlpatterns = [path("konten/<uuid:membership_id>/ende/", end, name="account-end")]
