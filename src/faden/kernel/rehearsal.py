"""Deeds inside the door's transaction that are taken back: a preview, or several of which one was refused."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")


def rehearsed(deed: Callable[[], T]) -> T:
    """What `deed` answers; nothing of what it wrote stays. Inside the door's transaction only."""
    with transaction.atomic():
        result = deed()
        transaction.set_rollback(True)
    return result


def undivided(deed: Callable[[], T]) -> T:
    """All of `deed`, or, when it raises, nothing of it: the page that says why must not show half of it."""
    with transaction.atomic():
        return deed()
