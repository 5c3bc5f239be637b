"""Puts a fact into the queue, in the caller's transaction; the job itself is declared in `jobs`."""

import contextlib
from uuid import UUID

from django.db import transaction

from faden.kernel.actor import Actor


def enqueue(name: str, *, by: Actor, key: str | None = None, **ids: UUID | int | str) -> None:
    """Queue the job `name` for the actor's service; arguments are ids and codes, never content.

    `key` makes it idempotent: a second job with the same key waiting is not added.
    """
    from procrastinate.contrib.django import app  # noqa: PLC0415 -- needs Django's apps
    from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415 -- needs Django's apps

    arguments = {name_: str(value) for name_, value in ids.items()}
    task = app.configure_task(name, queueing_lock=key, allow_unknown=False)
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        # A savepoint: the refused insert must not end the caller's transaction.
        task.defer(organisation_id=by.organisation_id, **arguments)
