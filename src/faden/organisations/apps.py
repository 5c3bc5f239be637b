from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Rechtsträger, Dienste und die Menschen, die dort arbeiten."""

    name = "faden.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
