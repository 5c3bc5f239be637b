"""The way back: a recipient's answer crosses into the sender's rows, and the sender's module takes it up."""

import json
from datetime import datetime
from uuid import UUID, uuid5

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from faden.consents.models import Reply
from faden.consents.vocabulary import REPLIED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.kernel.fields import EncryptedTextField
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue

Said = dict[str, str]
NOT_OPEN = "FD011"  # ended in this moment


def reply(delivery_id: UUID, said: Said, *, by: Actor, at: datetime) -> UUID:
    """From a service or agency with an inbox, about a copy it may still see; the sender's job follows at once."""
    reply_id, sealed = _sealed(said)
    sender = _crossed("SELECT reply_to_delivery(%s, %s, %s)", [delivery_id, reply_id, sealed])
    audit.note(REPLIED, by=by, at=at, subject=delivery_id)
    enqueue("releases.replied", by=Actor.system(sender), reply_id=reply_id)
    return reply_id


def reply_by_link(said: Said, *, link_id: UUID, key: str) -> UUID:
    """From an agency that opened its link with the code; the door has put the link on.

    A form's key counts once; other words under it (after "back") are another answer: nothing is lost unseen.
    """
    reply_id, sealed = _sealed(said, uuid5(link_id, key + _as_text(said)) if key else None)
    try:
        with transaction.atomic():
            sender = _crossed("SELECT reply_by_link(%s, %s)", [reply_id, sealed])
    except IntegrityError:
        return reply_id  # sent twice
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != NOT_OPEN:
            raise
        raise NotFound(_("Dieser Link gilt nicht mehr.")) from error
    enqueue("releases.replied", by=Actor.system(sender), reply_id=reply_id)
    return reply_id


def taken(reply_row: Reply, *, at: datetime) -> None:
    """The sender's module has done what it says; once."""
    reply_row.taken_at = at
    reply_row.save(update_fields=["taken_at"])


def _sealed(said: Said, reply_id: UUID | None = None) -> tuple[UUID, bytes]:
    field = Reply._meta.get_field("content")
    assert isinstance(field, EncryptedTextField)
    row = Reply(id=reply_id or uuid7())
    return row.id, keyring().seal(_as_text(said).encode(), bound_to=field.bound_to(row))


def _as_text(said: Said) -> str:
    return json.dumps(said, ensure_ascii=False)


def _crossed(sql: str, values: list[UUID | bytes]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])
