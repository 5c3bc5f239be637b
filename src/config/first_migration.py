"""Migrations of an empty database, without drawing the whole project anew after each of a thousand steps.

After each step Django draws the changed model anew, and with it whatever is connected to it in either direction: here
always nearly everything, nine tenths of a long minute. But only what points at a model, directly or through others,
can see that it changed. A database that already has tables is migrated by Django as it comes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db.migrations.state import ProjectState

# Read in this version's `ProjectState.reload_model`; any other one takes its own, longer way.
DJANGO = (5, 2)
_DRAWS = "_find_reload_model"


@contextmanager
def drawn_sparingly() -> Iterator[None]:
    """In here a step of a migration draws only the model it changes and those that can see it."""
    if django.VERSION[:2] != DJANGO:
        yield
        return
    djangos = getattr(ProjectState, _DRAWS)
    setattr(ProjectState, _DRAWS, who_sees)
    try:
        yield
    finally:
        setattr(ProjectState, _DRAWS, djangos)


def who_sees(state: Any, app_label: str, model_name: str, _delay: bool = False) -> set[tuple[str, str]]:
    """The model and all that points at it, as (app, model)."""
    state.is_delayed = True  # what it points at may keep a way back that is gone: a RunPython draws everything first
    found = ahead = {(app_label, model_name)}
    while ahead:
        drawn = [state.apps.all_models[app][name] for app, name in ahead if name in state.apps.all_models[app]]
        ahead = {(one._meta.app_label, one._meta.model_name) for model in drawn for one in _pointing_at(model)} - found
        found = found | ahead
    return found


def _pointing_at(model: Any) -> list[Any]:
    back = [field.related_model for field in model._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete]
    return [*back, *model.__subclasses__()]
