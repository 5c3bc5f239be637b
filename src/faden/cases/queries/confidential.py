"""Is one of these rows of a vertraulicher Faden? Asked where somebody may see the case, but not that."""

from collections.abc import Collection, Iterable
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from faden.cases.models.concerning import Concerning


def confidential_among(row_ids: Collection[UUID]) -> bool:
    """Over every table whose rows carry tags, those of modules above and what belongs to them too; one statement."""
    if not row_ids:
        return False
    tagged = _tagged(Concerning)  # type: ignore[type-abstract]
    found: list[QuerySet[Any, Any]] = [_of(model, row_ids) for model in tagged]
    found += [one for model in tagged for one in _inside(model, row_ids)]
    return reduce(lambda one, other: one.union(other), found).exists()


def _of(model: Any, row_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    asked = Q(id__in=row_ids)
    # A printed form is found by what it is about.
    if any(field.name == "about" for field in model._meta.fields):
        asked |= Q(about__in=row_ids)
    return model._base_manager.filter(asked, confidential=True).order_by().values_list("id")  # type: ignore[no-any-return]


def _inside(model: Any, row_ids: Collection[UUID]) -> Iterable[QuerySet[Any, Any]]:
    """A step of its chain, a sending of its Vermittlung: rows that are tagged only by what they belong to."""
    for tie in model._meta.related_objects:
        part = tie.related_model
        if not issubclass(part, Concerning) and isinstance(part._meta.pk, UUIDField):
            hidden = part._base_manager.filter(**{f"{tie.field.name}__confidential": True}, id__in=row_ids)
            yield hidden.order_by().values_list("id")


def _tagged(base: type[Concerning]) -> list[Any]:
    models: list[Any] = []
    for model in base.__subclasses__():
        models += _tagged(model) if model._meta.abstract else [model]
    return models
