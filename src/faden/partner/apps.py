from django.apps import AppConfig


class PartnerConfig(AppConfig):
    """Die Seite der Partnerstellen."""

    name = "faden.partner"
    label = "partner"
    default_auto_field = "django.db.models.BigAutoField"
