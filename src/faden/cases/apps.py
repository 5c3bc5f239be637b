from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Anfragen, Fälle, Kontakte."""

    name = "faden.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
