"""A new server counts transactions anew, so a restored or moved log goes on in a new epoch."""

import psycopg

from faden.kernel import clock, sealing
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.queries.services import service_ids


def close() -> None:
    """Seal everything that came along; no old transaction is left to wait for."""
    for organisation_id in service_ids():
        for stream in sealing.STREAMS:
            with opened_for(Actor.system(organisation_id), write=True):
                sealing.seal(organisation_id, stream=stream, at=clock.now(), closing=True)


def begin(connection: psycopg.Connection, *, reason: str) -> None:
    """As faden_owner: the app role may not."""
    connection.execute(
        "INSERT INTO kernel_auditepoch (number, began_at, reason)"
        " SELECT max(number) + 1, now(), %s FROM kernel_auditepoch",
        [reason],
    )
