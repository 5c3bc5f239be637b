"""How somebody likes a list, and which cases she opened last."""

from uuid import UUID

from faden.kernel.actor import Actor
from faden.organisations.models import ListSetting

OPENED = "opened"


def kept(screen: str, *, by: Actor) -> dict[str, object]:
    """The filters and the order this person left a list with; one statement."""
    found = ListSetting.objects.filter(membership_id=by.membership_id, screen=screen)
    return dict(found.values_list("values", flat=True).first() or {})


def last_opened(*, by: Actor) -> list[UUID]:
    """The cases she opened last, newest first: her own short list, not the log of looks; one statement."""
    found = kept(OPENED, by=by).get("cases")
    return [UUID(key) for key in found] if isinstance(found, list) else []
