from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The directory of offers: public to read, written by whoever keeps an offer."""

    name = "faden.directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Its deeds are known to the log from the start: nothing else of the module needs them at once."""
        from faden.directory import vocabulary  # noqa: F401, PLC0415 -- only after all apps are loaded
