from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Der Schreibtisch der Fachkräfte."""

    name = "faden.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
