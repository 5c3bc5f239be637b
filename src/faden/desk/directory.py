"""Angebote: the directory as this service keeps it (`doors.offers`), at the desk."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.shell import page
from faden.doors.keeper_side import Doors, Side
from faden.doors.offers import addresses
from faden.organisations.vocabulary import Permission

KEEP = Permission.KEEP_OFFERS


def _draw(
    request: DeskRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: tuple[str, str] | None = None
) -> HttpResponse:
    crumbs = ((_("Angebote"), reverse("directory")), *((above,) if above else ()), (title, ""))
    own = {"title": title or _("Angebote")}
    return page(request, template, {**own, **context}, here="directory", crumbs=crumbs if title else (), status=status)


SIDE = Side(_draw, "directory")
DOORS = Doors(reads(Sees.NOTHING, may=KEEP), edits(Sees.NOTHING, may=KEEP), writes(Sees.NOTHING, may=KEEP))
urlpatterns = addresses(SIDE, DOORS, under="verzeichnis/")
