from django.apps import AppConfig


class LookConfig(AppConfig):
    """The look of every page."""

    name = "faden.look"
    label = "look"
