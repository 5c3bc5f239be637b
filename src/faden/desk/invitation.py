"""Einladung annehmen: the page behind the link. Looking changes nothing; mail scanners look too."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.forms import DeskForm
from faden.doors import invited, session
from faden.doors.invited import InvitedRequest
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.actions import invitations as actions
from faden.organisations.queries import invitations as queries


class PasswordForm(DeskForm):
    """A password for the new account."""

    password1 = forms.CharField(
        label=gettext_lazy("Ihr Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    password2 = forms.CharField(
        label=gettext_lazy("Passwort noch einmal"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, account: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean(self) -> None:
        """Both the same, and good enough."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Die beiden Passwörter sind verschieden."))
        elif first:
            try:
                validate_password(first, self.account)  # type: ignore[arg-type]
            except forms.ValidationError as error:
                self.add_error("password1", error)


def gone(request: HttpRequest) -> HttpResponse:
    """Unknown, used, withdrawn or run out: one sentence for all."""
    return render(request, "desk/invitation_gone.html", status=404)


@invited.edits(gone=gone)
def accept(request: InvitedRequest) -> HttpResponse:
    """Show service and role; take the password of a new account, or the yes of an existing one."""
    if not queries.has_account(request.invitation):
        return _new_account(request)
    if not request.signed_in_as:
        return _page(request, "sign_in")
    if request.signed_in_as != request.invitation.email.lower():
        return _page(request, "other_address")
    if (answer := session.not_fully_signed_in(request)) is not None:
        return answer
    return _existing_account(request)


def _new_account(request: InvitedRequest) -> HttpResponse:
    form = PasswordForm(
        request.POST if request.method == "POST" else None, account=queries.account_to_be(request.invitation)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_as_new(
                request.invitation,
                password=form.cleaned_data["password1"],
                at=request.at,
                today=request.today,
            )
        except (Conflict, Invalid) as error:
            form.take_error(Invalid(str(error)))
        else:
            messages.success(request, _("Ihr Konto ist eingerichtet. Melden Sie sich jetzt an."))
            return HttpResponseRedirect(reverse("account_login"), status=303)
    return _page(request, "new", form=form, status=422 if request.method == "POST" else 200)


def _existing_account(request: InvitedRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "existing")
    actions.accept_as(
        request.invitation, user_id=session.user_id(request), at=request.at, today=request.today
    )
    messages.success(request, _("Die Einladung ist angenommen. Sie können die neue Rolle jetzt wählen."))
    return HttpResponseRedirect(reverse("role"), status=303)


def _page(
    request: InvitedRequest, what: str, *, form: PasswordForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "invitation": request.invitation,
        "what": what,
        "form": form,
        "form_key": uuid4(),
        "path": request.path,
    }
    return render(request, "desk/invitation.html", context, status=status)


urlpatterns = [path("einladung/<str:token>/", accept, name="invitation")]
