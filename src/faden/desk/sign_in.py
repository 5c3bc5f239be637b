"""How allauth behaves here: no sign-up, nothing told about accounts, no names in sessions or mails."""

import base64
import io
import os
import time
from typing import Any

import qrcode
import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.account.stages import LoginStage
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from faden.doors import session
from faden.doors.entering import enter_the_only_one
from faden.kernel import clock
from faden.kernel.keys import keyring

log = structlog.get_logger("faden.sign_in")
# Signed in this recently, one need not type the password again to set up the second factor.
FRESH_SECONDS = 300
_NONCE = 12


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieses Konto ist stillgelegt."),
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmt nicht."),
        "enter_current_password": _("Das jetzige Passwort stimmt nicht."),
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_login": _("E-Mail-Adresse oder Passwort stimmt nicht."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr."),
        "too_many_login_attempts": _("Zu viele Versuche. Bitte warten Sie fünf Minuten."),
        "rate_limited": _("Zu viele Versuche. Bitte warten Sie einen Moment."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for herself."""
        return False

    def get_login_stages(self) -> list[str]:
        """First of all the address leaves the session: sessions hold ids only."""
        return [f"{__name__}.ForgetAddress", *super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: Any, **hook: Any) -> HttpResponse:
        """Whoever has one role only wears it without a question."""
        session.begin(request)
        enter_the_only_one(request, at=clock.now(), on=clock.today())
        return super().post_login(request, user, **hook)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not when somebody signed in a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time.time() - record["at"] < FRESH_SECONDS for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **options))

    def format_email_subject(self, subject: str) -> str:
        """The product's name before the subject."""
        return f"{settings.FADEN.product}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not tell which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, {**context, "product": settings.FADEN.product})
        except OSError as problem:
            log.error("mail.not_sent", template=template_prefix, problem=type(problem).__name__)


class ForgetAddress(LoginStage):
    """Takes the address, and what an identity provider told, out of what the session keeps."""

    key = "forget_address"

    def handle(self) -> tuple[None, bool]:
        """Never stops the sign-in."""
        self.login.email = None
        self.login.signal_kwargs = None
        records = get_authentication_records(self.request, self.login.user)
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {name: value for name, value in record.items() if name not in ("email", "username", "uid")}
            for record in records
        ]
        return None, True


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds are sealed with a key that is not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
        "cannot_delete_authenticator": _("Dieser zweite Faktor lässt sich nicht entfernen."),
        "cannot_generate_recovery_codes": _("Richten Sie zuerst einen zweiten Faktor ein."),
    }

    def encrypt(self, text: str) -> str:
        """Nonce and ciphertext in base64."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), b"mfa")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`."""
        value = base64.b64decode(encrypted_text)
        return _cipher().decrypt(value[:_NONCE], value[_NONCE:], b"mfa").decode()

    def build_totp_svg(self, url: str) -> str:
        """With a white ground: on a dark page no camera would find it."""
        drawn = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Passkey 1, Passkey 2, …"""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


def _cipher() -> AESGCM:
    # Not one of the rotating keys: `faden keys rotate` does not know these values.
    return AESGCM(keyring().secret_for("second factor"))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The identity provider of a town or Träger opens accounts that are there already, no others."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never makes an account."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        """The account with the same address, verified on both sides, not tied to another identity there."""
        for address in (e.email for e in sociallogin.email_addresses if e.verified):
            own = EmailAddress.objects.filter(email=address.lower(), verified=True, user__is_active=True)
            known = own.select_related("user").first()
            if known and not _has_other_identity(known.user, sociallogin.account):
                return known.user, known.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep the identity's id, nothing else of what the provider told; never tie it to an open session."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("role")))
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])


def _has_other_identity(user: Any, account: SocialAccount) -> bool:
    # An address that the provider gave to a successor must not open the predecessor's account.
    return (
        SocialAccount.objects.filter(user=user, provider=account.provider).exclude(uid=account.uid).exists()
    )


@receiver(authenticator_added)
def _counts_from_now_on(request: HttpRequest, user: Any, authenticator: Authenticator, **more: Any) -> None:
    """Whoever has just set up the second factor has shown it in this session."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES or not request.user.is_authenticated:
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    enter_the_only_one(request, at=clock.now(), on=clock.today())


@receiver(authenticator_removed)
def _counts_no_more(request: HttpRequest, user: Any, **more: Any) -> None:
    """Without any factor left the session counts as without one."""
    if not Authenticator.objects.filter(user_id=user.pk).exists():
        session.drop_second_factor(request)


@receiver(password_reset)
def _address_is_proven(user: Any, **more: Any) -> None:
    """Whoever followed the link in the mail reads that mailbox."""
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
    address.verified, address.primary = True, True
    address.save(update_fields=["verified", "primary"])
