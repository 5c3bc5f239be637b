from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Who acts, what the database allows, what is remembered."""

    name = "faden.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from faden.kernel import lookups  # noqa: F401, PLC0415 -- registers them
