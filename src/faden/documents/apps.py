from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Dateien und Papiere."""

    name = "faden.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
