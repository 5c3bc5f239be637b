"""What a page may not leave behind: rows counted in every table, and words looked for in every one of them."""

from typing import Any

from faden.kernel.rls import opened_for
from tests.cast import AMAL
from tests.desk_client import actor_of

_SKIPPED = {"kernel.Look", "sessions.Session", "organisations.ListSetting"}


def _tables() -> list[Any]:
    from django.apps import apps

    return [
        model
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in _SKIPPED and not model._meta.label.startswith(("procrastinate", "account", "mfa"))
    ]


def everything_stored() -> dict[str, int]:
    """Rows of each table of the service, without the log of looks and what it notes about the list."""
    with opened_for(actor_of(AMAL.email), write=False):
        return {model._meta.label: model._default_manager.count() for model in _tables()}


def tables_that_say(words: str) -> list[str]:
    """Tables in which these words stand in any row, sealed columns opened; the log of looks is one of them here."""
    from django.apps import apps

    found = []
    with opened_for(actor_of(AMAL.email), write=False):
        for model in [*_tables(), apps.get_model("kernel.Look")]:
            names = [field.attname for field in model._meta.local_fields]
            if any(words in str(getattr(row, name)) for row in model._default_manager.all() for name in names):
                found.append(model._meta.label)
    return found
