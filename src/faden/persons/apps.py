from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Personen, ihre Namen und wie man sie wiederfindet."""

    name = "faden.persons"
    label = "persons"
    default_auto_field = "django.db.models.BigAutoField"
