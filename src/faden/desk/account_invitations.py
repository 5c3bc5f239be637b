"""Einladung: a link that becomes an account in one role of this service."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk import letters
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import DeskForm, Text, left_in
from faden.desk.shell import page
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.actions import invitations as actions
from faden.organisations.queries import accounts as queries
from faden.organisations.vocabulary import Permission


class InvitationForm(DeskForm):
    """Whom, and in which role."""

    name = Text(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("So erscheint die Person bei Kolleginnen und Kollegen."),
    )
    email = forms.EmailField(label=gettext_lazy("Dienstliche E-Mail-Adresse"))
    role = forms.ChoiceField(label=gettext_lazy("Rolle"), widget=forms.RadioSelect)

    def __init__(self, *args: object, roles: list[tuple[str, str, str]], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(code, label) for code, label, _about in roles]  # type: ignore[attr-defined]


@edits(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def invite(request: DeskRequest) -> HttpResponse:
    """The form; the answer to a good one shows the link, once."""
    roles = queries.roles_to_give(request.actor.organisation_id)
    form = InvitationForm(request.POST or None, roles=roles, initial=left_in(InvitationForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, form)
        except (Invalid, Conflict) as error:
            form.take_error(error if isinstance(error, Invalid) else Invalid(str(error)))
    status = 422 if request.method == "POST" else 200
    return _page(request, "desk/account_invitation.html", {"form": form, "roles": roles}, status=status)


def _made(request: DeskRequest, form: InvitationForm) -> HttpResponse:
    invitation, token = actions.invite(
        **form.cleaned_data, by=request.actor, at=request.at, today=request.today
    )
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    context = {"link": link, "expires_at": invitation.expires_at}
    transaction.on_commit(partial(letters.send, "invitation", invitation.email, context))
    return _page(request, "desk/account_invited.html", {**context, "invitation": invitation})


def _page(request: DeskRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    crumbs = ((_("Konten"), reverse("accounts")), (_("Jemanden einladen"), ""))
    return page(request, template, context, here="accounts", crumbs=crumbs, status=status)


@writes(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def withdraw(request: DeskRequest, invitation_id: UUID) -> HttpResponse:
    """The link does not count any more."""
    actions.withdraw(invitation_id, by=request.actor, at=request.at)
    messages.success(request, _("Die Einladung ist zurückgezogen."))
    return HttpResponseRedirect(reverse("accounts"), status=303)


urlpatterns = [
    path("konten/einladung/", invite, name="account-invitation"),
    path(
        "konten/einladungen/<uuid:invitation_id>/ruecknahme/", withdraw, name="account-invitation-withdrawal"
    ),
]
