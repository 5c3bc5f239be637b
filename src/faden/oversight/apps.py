from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Aufsicht über Zugriffe."""

    name = "faden.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
