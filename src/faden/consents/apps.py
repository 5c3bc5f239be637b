from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Einwilligung und Weitergabe."""

    name = "faden.consents"
    label = "consents"
    default_auto_field = "django.db.models.BigAutoField"
