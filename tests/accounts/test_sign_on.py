"""Single sign-on: what the settings become, and that it opens accounts but never makes them."""

import json

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from config.sign_on import SignOnProblem, providers
from tests.accounts.signing import AMAL

OIDC = {"name": "Kreis Borken", "issuer": "https://login.kreis.example", "client_id": "faden", "client_secret": "geheim"}
SAML = {"name": "Caritas", "entity_id": "https://idp.caritas.example", "metadata_url": "https://idp.caritas.example/m"}


def test_nothing_configured_is_nothing():
    assert providers("", "  ") == {}


def test_openid_connect():
    [app] = providers(json.dumps(OIDC), "")["openid_connect"]["APPS"]
    assert app == {
        "provider_id": "dienst", "name": "Kreis Borken", "client_id": "faden", "secret": "geheim",
        "settings": {"server_url": "https://login.kreis.example", "verified_email": []},
    }  # fmt: skip


def test_saml_is_strict_and_signed():
    [app] = providers("", json.dumps(SAML))["saml"]["APPS"]
    assert app["settings"]["idp"]["metadata_url"] == SAML["metadata_url"]
    advanced = app["settings"]["advanced"]
    assert advanced["strict"] and advanced["want_assertion_signed"] and advanced["reject_idp_initiated_sso"]


@pytest.mark.parametrize(
    ("oidc", "saml", "words"),
    [
        ("{", "", "FADEN_OIDC is not JSON"),
        ("[]", "", "not a JSON object"),
        (json.dumps({"issuer": "https://x"}), "", "client_id, client_secret is missing"),
        (json.dumps({**OIDC, "isuer": 1}), "", "isuer is not known"),
        (json.dumps({**OIDC, "issuer": "http://login.kreis.example"}), "", "issuer must begin with https://"),
        (json.dumps({**OIDC, "verified_domains": "kreis.example"}), "", "list of domains"),
        ("", json.dumps({"entity_id": "x"}), "metadata_url, or sso_url and x509cert"),
    ],
)
def test_a_wrong_setting_says_what_is_wrong(oidc, saml, words):
    with pytest.raises(SignOnProblem, match=words):
        providers(oidc, saml)


def signed_on(email: str, *, verified: bool = True, uid: str = "u-1", process: str = "login") -> object:
    """What allauth does once the provider has answered; returns the request and the answer."""
    from allauth.account.models import EmailAddress
    from allauth.core import context
    from allauth.socialaccount.helpers import complete_social_login
    from allauth.socialaccount.models import SocialAccount, SocialLogin
    from django.contrib.auth.models import AnonymousUser

    from faden.organisations.models import User

    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    request._messages = FallbackStorage(request)
    with context.request_context(request):
        from allauth.socialaccount.adapter import get_adapter

        login = SocialLogin(
            user=User(email=email), account=SocialAccount(provider="dienst", uid=uid, extra_data={"name": "Amal T."}),
            email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
            provider=get_adapter().get_provider(request, "dienst"),
        )
        login.state = {"process": process}
        return request, complete_social_login(request, login)


@pytest.fixture
def configured(own_database, settings):
    """With a provider, and with Amal's address proven here too."""
    from allauth.account.models import EmailAddress

    from faden.organisations.models import User

    settings.SOCIALACCOUNT_PROVIDERS = providers(json.dumps(OIDC), "")
    amal = User.objects.get(email=AMAL)
    EmailAddress.objects.create(user=amal, email=AMAL, verified=True, primary=True)
    return amal


def test_a_verified_address_opens_its_account(configured):
    from allauth.socialaccount.models import SocialAccount

    request, answer = signed_on(AMAL.upper())
    assert answer.status_code == 302 and request.user == configured
    [identity] = SocialAccount.objects.all()
    assert identity.user == configured and identity.extra_data == {}
    assert configured.has_usable_password(), "and the password stays"
    assert "@" not in str(dict(request.session.items()))


@pytest.mark.parametrize(("email", "verified"), [("neu@kreis.example", True), (AMAL, False)])
def test_no_account_is_made_and_no_unverified_address_opens_one(configured, email, verified):
    from faden.organisations.models import User

    before = User.objects.count()
    request, answer = signed_on(email, verified=verified)
    assert "Zu dieser Anmeldung gibt es kein Konto" in answer.content.decode()
    assert not request.user.is_authenticated and User.objects.count() == before


@pytest.mark.parametrize("noted", [False, True])
def test_an_address_that_is_not_verified_here_opens_nothing(configured, noted):
    from allauth.account.models import EmailAddress

    from faden.organisations.models import User

    if noted:
        bernd = User.objects.get(email="bernd@caritas-ahaus.example")
        EmailAddress.objects.create(user=bernd, email=bernd.email, verified=False, primary=True)
    request, _ = signed_on("bernd@caritas-ahaus.example")
    assert not request.user.is_authenticated


def test_a_successor_with_the_same_address_does_not_inherit_the_account(configured):
    signed_on(AMAL, uid="u-1")
    request, _ = signed_on(AMAL, uid="u-2")
    assert not request.user.is_authenticated
    again, _ = signed_on("neue-adresse@kreis.example", uid="u-1")
    assert again.user == configured, "the identity counts, whatever its address is now"


def test_an_inactive_account_stays_shut(configured):
    configured.is_active = False
    configured.save()
    request, _ = signed_on(AMAL)
    assert not request.user.is_authenticated


def test_no_identity_is_tied_to_an_open_session(configured):
    from allauth.socialaccount.models import SocialAccount

    _, answer = signed_on("fremd@kreis.example", process="connect")
    assert answer.headers["Location"] == "/rolle/"
    assert not SocialAccount.objects.exists()


def test_the_second_factor_is_asked_for_here_too(configured):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(configured, generate_totp_secret())
    request, answer = signed_on(AMAL)
    assert answer.headers["Location"] == "/konto/zweiter-faktor/eingeben/"
    assert not request.user.is_authenticated
    assert "@" not in str(dict(request.session.items()))


def test_saml_tells_its_metadata(own_database):
    """In a process of its own: the addresses are made when Django starts."""
    import os
    import subprocess
    import sys

    idp = {"entity_id": "https://idp.example", "sso_url": "https://idp.example/sso", "x509cert": "MIIB"}
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['faden.example']\n"
        "from django.test import Client\n"
        "browser = Client(headers={'host': 'faden.example'})\n"
        "answer = browser.get('/konto/saml/dienst/metadata/')\n"
        "assert b'/konto/saml/dienst/acs/' in answer.content, answer.content\n"
        "page = browser.get('/konto/anmelden/').content.decode()\n"
        "assert '/konto/saml/dienst/login/' in page and '/konto/oidc/dienst/login/' in page\n"
        # A form that leads elsewhere would be stopped by `form-action 'self'`; a link is not.
        "there = browser.get('/konto/saml/dienst/login/').headers['Location']\n"
        "assert there.startswith('https://idp.example/sso?'), there\n"
        "assert browser.get('/konto/verbund/abgebrochen/').status_code == 200\n"
    )
    path = os.pathsep.join(["src", ".", os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "FADEN_SAML": json.dumps(idp), "FADEN_OIDC": json.dumps(OIDC)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
