from django.apps import AppConfig


class ChainsConfig(AppConfig):
    """Integrationsketten und Integrationsplan."""

    name = "faden.chains"
    label = "chains"
    default_auto_field = "django.db.models.BigAutoField"
