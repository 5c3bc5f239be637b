from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Strukturhinweise: what single cases show about the system, without a client's identity."""

    name = "faden.findings"
    default_auto_field = "django.db.models.BigAutoField"
