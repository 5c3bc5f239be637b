from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What everybody may read without signing in: the directory of offers, as pages and as HSDS."""

    name = "faden.public"
