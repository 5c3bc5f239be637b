from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Was die Warteschlange und die Nacht tun."""

    name = "faden.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
