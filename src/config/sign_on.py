"""Signing in: our words in allauth's forms, and single sign-on from FADEN_OIDC and FADEN_SAML (JSON or empty)."""

import json

_OIDC = {"name", "issuer", "client_id", "client_secret", "verified_domains"}
_SAML = {"name", "entity_id", "metadata_url", "sso_url", "slo_url", "x509cert", "attributes", "verified_domains"}
SLUG = "dienst"  # in the addresses: /konto/oidc/dienst/login/callback/, /konto/saml/dienst/metadata/

_FORMS = "faden.desk.sign_in_forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "AuthenticateForm",
    "reauthenticate": _FORMS + "ReauthenticateByCodeForm",
    "activate_totp": _FORMS + "ActivateTOTPForm",
    "add_webauthn": _FORMS + "AddWebAuthnForm",
    "edit_webauthn": _FORMS + "EditWebAuthnForm",
}


class SignOnProblem(ValueError):
    """What is wrong with the setting, in one line."""


def providers(oidc: str, saml: str) -> dict[str, dict[str, object]]:
    """allauth's SOCIALACCOUNT_PROVIDERS for what is configured; empty when nothing is."""
    found: dict[str, dict[str, object]] = {}
    if oidc.strip():
        found["openid_connect"] = {"APPS": [_oidc(oidc)], "OAUTH_PKCE_ENABLED": True}
    if saml.strip():
        found["saml"] = {"APPS": [_saml(saml)]}
    return found


def _oidc(text: str) -> dict[str, object]:
    given = _read("FADEN_OIDC", text, known=_OIDC, needed={"issuer", "client_id", "client_secret"})
    _https("FADEN_OIDC", given, "issuer")
    return {
        "provider_id": SLUG,
        "name": given.get("name", "OpenID Connect"),
        "client_id": given["client_id"],
        "secret": given["client_secret"],
        "settings": {"server_url": given["issuer"], **_trust(given)},
    }


def _saml(text: str) -> dict[str, object]:
    given = _read("FADEN_SAML", text, known=_SAML, needed={"entity_id"})
    if "metadata_url" not in given and not {"sso_url", "x509cert"} <= given.keys():
        raise SignOnProblem("FADEN_SAML: give metadata_url, or sso_url and x509cert")
    _https("FADEN_SAML", given, "metadata_url", "sso_url", "slo_url")
    idp_names = ("entity_id", "metadata_url", "sso_url", "slo_url", "x509cert")
    settings: dict[str, object] = {
        "idp": {name: given[name] for name in idp_names if name in given},
        "advanced": {
            "strict": True,
            "want_assertion_signed": True,
            "reject_deprecated_algorithm": True,
            "reject_idp_initiated_sso": True,
        },
        **_trust(given),
    }
    if "attributes" in given:
        settings["attribute_mapping"] = given["attributes"]
    return {
        "provider_id": given["entity_id"],
        "name": given.get("name", "SAML"),
        "client_id": SLUG,
        "settings": settings,
    }


def _trust(given: dict[str, object]) -> dict[str, object]:
    """Addresses count as verified when the provider says so, or lie in domains it is the authority for."""
    domains = given.get("verified_domains", [])
    if not isinstance(domains, list) or not all(isinstance(domain, str) for domain in domains):
        raise SignOnProblem("verified_domains is a list of domains")
    return {"verified_email": domains}


def _read(setting: str, text: str, *, known: set[str], needed: set[str]) -> dict[str, object]:
    try:
        given = json.loads(text)
    except ValueError as problem:
        raise SignOnProblem(f"{setting} is not JSON: {problem}") from None
    if not isinstance(given, dict):
        raise SignOnProblem(f"{setting} is not a JSON object")
    for names, what in ((needed - given.keys(), "is missing"), (given.keys() - known, "is not known")):
        if names:
            raise SignOnProblem(f"{setting}: {', '.join(sorted(names))} {what}")
    return given


def _https(setting: str, given: dict[str, object], *names: str) -> None:
    for name in names:
        address = str(given.get(name, "https://"))
        if not address.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise SignOnProblem(f"{setting}: {name} must begin with https://")
