"""Doing something to see what comes of it, and taking it back: a preview that cannot differ from the deed."""

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
