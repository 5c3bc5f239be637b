"""What somebody typed and has not sent: kept encrypted, offered again, gone after 14 days."""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from faden.kernel.actor import Actor
from faden.kernel.keys import keyring
from faden.kernel.models import Draft

MAX_CHARACTERS = 400_000


@dataclass(frozen=True)
class Kept:
    """A draft as it is offered: field name to the list of its values."""

    saved_at: datetime
    values: dict[str, list[str]]


def save(form: str, values: dict[str, list[str]], *, by: Actor, at: datetime) -> bool:
    """Keep the latest state of a form; False when it is too large to keep."""
    payload = json.dumps(values, ensure_ascii=False)
    if len(payload) > MAX_CHARACTERS:
        return False
    draft = _own(form, by) or Draft(organisation_id=by.organisation_id, user_id=by.person, form=form)
    draft.payload, draft.saved_at = payload, at
    draft.save()
    return True


def offered(form: str, *, by: Actor) -> Kept | None:
    """The draft of this form, if this person left one."""
    draft = _own(form, by)
    return Kept(draft.saved_at, json.loads(draft.payload)) if draft else None


def discard(form: str, *, by: Actor) -> None:
    """Sent, or not wanted any more."""
    Draft.objects.filter(user_id=by.person, form=form).delete()


def browser_key(by: Actor) -> tuple[str, str]:
    """Under which name, and with which key, this person's browser keeps what the server does not have yet.

    Only a page made for the same person in the same service carries the key: others on this computer cannot
    read what lies there.
    """
    secret, whose = keyring().secret_for("browser drafts"), f"{by.organisation_id}:{by.user_id}"
    name, key = (hmac.digest(secret, f"{use}:{whose}".encode(), "sha256") for use in ("name", "key"))
    return name.hex()[:16], base64.b64encode(key).decode()


def forget_before(moment: datetime) -> int:
    """Nightly: drafts older than their period go; returns how many."""
    return Draft.objects.filter(saved_at__lt=moment).delete()[0]


def _own(form: str, by: Actor) -> Draft | None:
    return Draft.objects.filter(user_id=by.person, form=form).first()
