"""Puts an actor's service on the transaction. The only place that knows the settings' names."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from faden.kernel.actor import Actor

_PUT_ON = "SELECT set_config('faden.organisation', %s, true), set_config('faden.user', %s, true)"
# In the same statement as the context: a look costs no extra round trip.
_PUT_ON_AND_CLOSE = _PUT_ON + ", set_config('transaction_read_only', 'on', true)"

_PUT_ON_LINK = "SELECT set_config('faden.delivery', %s, true)"


def _text(value: object) -> str:
    return "" if value is None else str(value)


@contextmanager
def _opened(organisation: object, user: object, *, write: bool) -> Iterator[None]:
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                _PUT_ON if write else _PUT_ON_AND_CLOSE,
                [_text(organisation), _text(user)],
            )
        yield
        if nested:
            # Inside an outer transaction (tests) a "local" setting would outlive the door.
            with connection.cursor() as cursor:
                cursor.execute(_PUT_ON, ["", ""])


@contextmanager
def opened_for(actor: Actor, *, write: bool) -> Iterator[None]:
    """One transaction that sees and writes the rows of the actor's service only."""
    # Without the person: her memberships in other services are not this one's to see.
    with _opened(actor.organisation_id, None, write=write):
        yield


@contextmanager
def opened_for_person(user_id: int, *, write: bool = False) -> Iterator[None]:
    """Before a service is chosen: a person sees her own memberships and nothing else."""
    with _opened(None, user_id, write=write):
        yield


@contextmanager
def opened_for_everybody() -> Iterator[None]:
    """For who has not signed in: no service, so only what is public can be read, and nothing is written."""
    with _opened(None, None, write=False):
        yield


@contextmanager
def opened_for_link(delivery_id: UUID, *, write: bool) -> Iterator[None]:
    """For who holds a link and no account: no service at all, and the one copy the link names."""
    nested = connection.in_atomic_block
    with _opened(None, None, write=write):
        with connection.cursor() as cursor:
            cursor.execute(_PUT_ON_LINK, [str(delivery_id)])
        yield
        if nested:
            with connection.cursor() as cursor:
                cursor.execute(_PUT_ON_LINK, [""])


def wait_for_turn(what: str, actor: Actor) -> None:
    """One at a time per service, until the transaction ends: for numbers without gaps and last ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [what, actor.organisation_id])
