"""Addresses of one's own account, below /konto/: those of allauth's views that are needed, by their names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from faden.desk import second_factor

_passwords = [
    path("", account.password_change, name="account_change_password"),
    path("erstes/", account.password_set, name="account_set_password"),
    path("vergessen/", account.password_reset, name="account_reset_password"),
    path("vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path("neu/fertig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

_second_factor = [
    path("", second_factor.index, name="mfa_index"),
    path("eingeben/", mfa.authenticate, name="mfa_authenticate"),
    path("bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/neu/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/datei/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/anmelden/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/bestaetigen/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/entfernen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("stillgelegt/", account.account_inactive, name="account_inactive"),
    # Always closed; allauth names it in mails to addresses without an account.
    path("neu/", account.signup, name="account_signup"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("passwort/", include(_passwords)),
    path("zweiter-faktor/", include(_second_factor)),
    path("sitzungen/", sessions.list_usersessions, name="usersessions_list"),
]

if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(
        path("verbund/abgebrochen/", social.login_cancelled, name="socialaccount_login_cancelled")
    )
if "openid_connect" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("", include("allauth.socialaccount.providers.openid_connect.urls")))
if "saml" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("", include("allauth.socialaccount.providers.saml.urls")))
