"""Unsere Angebote: what this agency offers itself (`doors.offers`), on the partner side."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.doors.keeper_side import Doors, Side
from faden.doors.offers import addresses
from faden.organisations.vocabulary import Permission
from faden.partner.door import PartnerRequest, Sees, edits, reads, writes
from faden.partner.frame import page


def _draw(
    request: PartnerRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: tuple[str, str] | None = None
) -> HttpResponse:
    crumbs = ((_("Unsere Angebote"), reverse("own-offers")), *((above,) if above else ()), (title, ""))
    own = {"title": title or _("Unsere Angebote")}
    return page(request, template, {**own, **context}, here="own-offers", crumbs=crumbs if title else (), status=status)


SIDE = Side(_draw, "own-offers", is_provider=True)
KEEP = Permission.KEEP_OFFERS
DOORS = Doors(reads(Sees.NOTHING, may=KEEP), edits(Sees.NOTHING, may=KEEP), writes(Sees.NOTHING, may=KEEP))
urlpatterns = addresses(SIDE, DOORS, under="angebote/")
