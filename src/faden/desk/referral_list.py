"""Vermittlungen: all of a worker's cases, what needs her first."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.referrals import BADGES
from faden.desk.shell import page, page_number
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.lying import LyingPage, referrals_lying_with

# In the address.
_PARTS = {"wir": "needs_us", "laufend": "running", "entwurf": "draft", "beendet": "over"}


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Own cases and those one stands in for."""
    asked = request.GET.get("teil", "")
    part = _PARTS.get(asked, "")
    shown = referrals_lying_with(UUID(request.actor.membership_id), part=part, today=request.today, page=page_number(request))
    request.shown = list(dict.fromkeys(one.row.case_id for one in shown.rows))
    context = {
        "page": shown, "chips": _chips(shown, part), "part": part, "today": request.today,
        "rows": [(one, BADGES[one.row.state], one.row.is_late(request.today)) for one in shown.rows],
    }  # fmt: skip
    return page(request, "desk/referral_list.html", context, here="referral_list")


def _chips(shown: LyingPage, part: str) -> list[tuple[str, str, bool, int | None]]:
    words = {"needs_us": _("braucht uns"), "running": _("läuft"), "draft": _("Entwurf"), "over": _("beendet")}
    numbers = shown.numbers
    every = (_("Alle offenen"), "?", not part, sum(numbers.values()) - numbers["over"])
    return [every, *((words[code], f"?teil={name}", code == part, numbers[code]) for name, code in _PARTS.items())]


urlpatterns = [path("vermittlungen/", index, name="referral-list")]
