"""allauth's forms with our words: labels instead of placeholders, in German."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-Mail-Adresse"),
    "email": _("E-Mail-Adresse"),
    "password": _("Passwort"),
    "oldpassword": _("Jetziges Passwort"),
    "password1": _("Neues Passwort"),
    "password2": _("Neues Passwort noch einmal"),
    "code": _("Code"),
    "name": _("Name, an dem Sie das Gerät erkennen"),
    "passwordless": _("Auch ohne Passwort anmelden können (Passkey)"),
}
# The link for a forgotten password stands below the form, not between label and field.
_HINTS: dict[str, Any] = {
    "oldpassword": "",
    "password": "",
    "passwordless": _("Das Gerät fragt dann nach PIN, Finger oder Gesicht."),
}


class OurWords(forms.Form):
    """Names the fields, and leaves the placeholders out."""

    mark_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "label_suffix": ""})
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
            if name in _HINTS:
                field.help_text = _HINTS[name]
            field.error_messages["required"] = _("Bitte ausfüllen.")


class LoginForm(OurWords, account.LoginForm):
    """Address and password."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """The address a link is sent to."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """The new password."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The old and the new password."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password, for accounts that came by single sign-on."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password once more."""


class AuthenticateForm(OurWords, mfa.AuthenticateForm):
    """Code of the app, or a recovery code."""


class ReauthenticateByCodeForm(OurWords, mfa.ReauthenticateForm):
    """A code once more."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    """The first code proves that the app works."""


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    """A passkey or security key."""


class EditWebAuthnForm(OurWords, webauthn.EditWebAuthnForm):
    """Another name for it."""
