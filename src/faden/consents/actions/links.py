"""A link for an agency without an account: one copy, fourteen days, a code told by phone, five tries."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.consents.models import LinkDelivery, Release
from faden.consents.vocabulary import LINK_CODE_RENEWED, LINK_DAYS, LINK_OPENED, Channel
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue

CODE_DIGITS = 8


@dataclass(frozen=True)
class LinkMade:
    """What is told once, by phone; only its hash is kept. The address goes by mail."""

    code: str
    expires_at: datetime


def open_for(release: Release, *, by: Actor, at: datetime) -> LinkMade:
    """The link of a Weitergabe; it never outlives it."""
    if release.channel != Channel.LINK or not release.content:
        raise Invalid(_("Diese Weitergabe geht nicht über einen Link."))
    assert release.delivery_id
    link_id, code = release.delivery_id, _new_code()
    last = datetime.combine(release.valid_until, datetime.max.time(), tzinfo=BERLIN)
    link = LinkDelivery(
        id=link_id, organisation_id=by.organisation_id, release=release, kind=release.kind,
        token_hash=hashlib.sha256(token_of(link_id)).digest(), code_hash=_code_hash(link_id, code), purpose=release.purpose, content=release.content,
        expires_at=min(at + LINK_DAYS, last), made_at=at,
    )  # fmt: skip
    link.save(force_insert=True)
    return LinkMade(code, link.expires_at)


def token_of(link_id: UUID) -> bytes:
    """Made from the link's id by a key, so that the mail's job needs no secret in its arguments."""
    return hmac.new(keyring().secret_for("links"), link_id.bytes, "sha256").digest()


def as_written(token: bytes) -> str:
    """As it stands in the address."""
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def renew_code(link: LinkDelivery, *, by: Actor, at: datetime) -> str:
    """Another code by phone; the tries begin anew, the link stays."""
    code = _new_code()
    link.code_hash, link.wrong_codes = _code_hash(link.id, code), 0
    link.save(update_fields=["code_hash", "wrong_codes"])
    audit.note(LINK_CODE_RENEWED, by=by, at=at, subject=link.release_id)
    return code


def note_opened(link_id: UUID, *, by: Actor, at: datetime) -> None:
    """The right code was entered: who asks later who saw her data is told so."""
    link = LinkDelivery.objects.filter(id=link_id).first()
    if link:
        audit.note(LINK_OPENED, by=by, at=at, subject=link.release_id)


def close(release: Release, *, at: datetime) -> bool:
    """Ended in this transaction; False if it was over already."""
    open_ones = LinkDelivery.objects.filter(release=release, ended_at__isnull=True, expires_at__gt=at)
    return bool(open_ones.update(ended_at=at))


def try_code(link_id: UUID, code: str, *, sender: int) -> str:
    """Behind the link's door: "open", "wrong", "closed" (five were wrong) or "gone"; counted whatever the page says."""
    digest = _code_hash(link_id, "".join(c for c in code if c.isdigit()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT try_link_code(%s)", [digest])
        said = str(cursor.fetchone()[0])
    if said == "open":
        enqueue("links.opened", by=Actor.system(sender), link_id=link_id)
    return said


def _code_hash(link_id: UUID, code: str) -> bytes:
    """Keyed and bound to the link: eight digits alone could be tried out with the table."""
    return hmac.new(keyring().secret_for("link-codes"), f"{link_id}/{code}".encode(), "sha256").digest()


def _new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
