from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Strukturhinweise: what single cases show about the system, without a client's identity."""

    name = "faden.findings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Its deeds are known to the log from the start: nothing else of the module needs them at once."""
        from faden.findings import vocabulary  # noqa: F401, PLC0415 -- only after all apps are loaded
