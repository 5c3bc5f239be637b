from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    """Vorprüfung des Aufenthalts, Fristen und Chancen, Anfragen an die Behörde."""

    name = "faden.residence"
    label = "residence"
    default_auto_field = "django.db.models.BigAutoField"
