"""A tiny Django for the look only: no database, no subject matter."""

from pathlib import Path

HERE = Path(__file__).parent

SECRET_KEY = "nur-fuer-den-test"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "lookbook.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.messages", "django_cotton", "faden.look"]
MIDDLEWARE = [
    "lookbook.pages.strict_csp",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lookbook.pages.context",
            ],
            # what a template does not know shows
            "string_if_invalid": "UNBEKANNT:%s",
        },
    }
]
FORM_RENDERER = "faden.look.forms.KernRenderer"
STATIC_URL = "/static/"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربية")]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
