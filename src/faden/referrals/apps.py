from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Vermittlungen, Fallübergaben, Fallkonferenzen, Anfragen an KIM."""

    name = "faden.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
