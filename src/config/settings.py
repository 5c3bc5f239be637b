"""Django's settings, derived from config.environment."""

from psycopg.conninfo import conninfo_to_dict

from config import sign_on
from config.environment import PROJECT, environment
from faden.kernel import keys

env = environment()
keys.configure(
    text=env.keys.get_secret_value() if env.keys else None,
    path=env.keys_file or env.folder / "keys.json",
)

DEBUG = env.debug
ALLOWED_HOSTS = env.hosts
CSRF_TRUSTED_ORIGINS = [env.origin] if env.origin else []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "organisations.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1


def _secret_key() -> str:
    try:
        return keys.keyring().secret_for("django").hex()
    except keys.KeyProblem:
        return ""  # Django refuses to sign anything; `faden doctor` and `keys new` still run


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    # Ours first: our templates for sign-in and forms win over those of the libraries.
    "faden.kernel",
    "faden.organisations",
    "faden.persons",
    "faden.consents",
    "faden.cases",
    "faden.directory",
    "faden.chains",
    "faden.findings",
    "faden.documents",
    "faden.referrals",
    "faden.residence",
    "faden.oversight",
    "faden.look",
    "faden.desk",
    "faden.partner",
    "faden.public",
    "faden.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_structlog",
    "django_prometheus",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Below WhiteNoise: the static files may be kept, the pages may not.
    "faden.doors.not_kept.not_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

FORM_RENDERER = "faden.look.forms.KernRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "faden.desk.context.product",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django.templatetags.i18n", "django_cotton.templatetags.cotton"],
        },
    },
]


def _patience() -> dict[str, str]:
    """A page that hangs gives up: an open transaction would hold back the sealing of the logs."""
    if not env.statement_seconds:
        return {}
    milliseconds = env.statement_seconds * 1000
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    return {"options": " ".join(f"-c {limit}={milliseconds}" for limit in limits)}


def database(url: str) -> dict[str, object]:
    """Django's form of a postgresql:// URL, read as libpq reads it."""
    parts = conninfo_to_dict(url)
    known = {name: parts.pop(name, "") for name in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "OPTIONS": {**parts, "application_name": f"faden-{env.act_as}", **_patience()},
    }


DATABASES = {"default": database(env.connected_url)}
if env.act_as == "app":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}  # type: ignore[index]

CACHES = {
    "default": {
        # In the database, so that rate limits hold across all web processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # Django's 300 would let a flood of guesses push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "src" / "faden" / "locale"]
LANGUAGE_COOKIE_NAME = "faden_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
# Collected by `faden migrate`; development and tests serve the files as they lie in the source.
STATIC_ROOT = None if env.static_from_source else env.folder / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = env.static_from_source
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.static_from_source
        else "faden.look.storage.HashedFiles"
    },
    "default": {"BACKEND": "django.core.files.storage.memory.InMemoryStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
# Several photos at once, and what stands around them; never on the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

SESSION_COOKIE_NAME = "faden_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "faden_csrf"
CSRF_FAILURE_VIEW = "faden.doors.refusals.csrf_failed"
SECURE_HSTS_SECONDS = 31536000 if env.https else 0
SECURE_SSL_REDIRECT = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Sign-in (django-allauth)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "faden.desk.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "faden.desk.sign_in.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Behind the TLS proxy the rate limits count the person's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.https else 0
# Beside allauth's own: codes and answers of Weitergaben by link. The five tries of each link are counted at the link.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"link": "30/5m/ip", "request": "30/h/user", "ask": "30/h/user"}
if not env.rate_limits:
    ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = sign_on.ACCOUNT_FORMS
MFA_ADAPTER = "faden.desk.sign_in.SecondFactorAdapter"
MFA_FORMS = sign_on.MFA_FORMS
# Otherwise whoever requests a reset for an address locks its owner out of the second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env.product
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.https
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_PROVIDERS = sign_on.providers(env.oidc, env.saml)
SOCIALACCOUNT_ONLY = False
# Only addresses the provider has verified, see SocialAccountAdapter.
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# The way to the provider is a link: form-action 'self' would stop the redirect after a POST.
SOCIALACCOUNT_LOGIN_ON_GET = True

DEFAULT_FROM_EMAIL = env.mail_from
EMAIL_BACKEND = "faden.outside.mail.ConfiguredBackend"

FADEN = env
FADEN_SECOND_FACTOR = env.second_factor and not env.demo
FADEN_IDLE_SECONDS = env.idle_minutes * 60

PROCRASTINATE_ON_APP_READY = "faden.jobs.queue.ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "registered"

PROMETHEUS_EXPORT_MIGRATIONS = False
if env.metrics_port:
    # Each web process takes the next free one: three for two processes and one that is being replaced.
    PROMETHEUS_METRICS_EXPORT_ADDRESS = "127.0.0.1"
    PROMETHEUS_METRICS_EXPORT_PORT_RANGE = range(env.metrics_port, env.metrics_port + 3)
from config.logs import LOGGING  # noqa: E402, F401 -- structlog is configured once the rest stands
