"""Which life areas a service works with, and what they are or were called. One statement each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from faden.cases.models import Inquiry, OwnLifeArea
from faden.cases.rules import life_areas as rules
from faden.cases.rules.life_areas import Area, Change, Words


@dataclass(frozen=True)
class Listed:
    """An area on the page of the list: as it is now, and what it will be."""

    area: Area
    is_offered: bool
    coming: Area | None


def areas(on: date, *, also: Iterable[str] = ()) -> list[Area]:
    """What may be chosen on that day, in the order of the list; `also` names what was chosen before it ended."""
    kept = set(also)
    return [area for area in rules.known(changes(), on) if area.is_offered(on) or area.code in kept]


def every_area() -> list[Area]:
    """All there ever were, with their newest words and in the order of the list."""
    return rules.known(changes(), date.max)


def labels() -> Words:
    """Words by code, for everything that was ever written; `.on(code, day)` is the word of that day."""
    return Words(changes())


def worded(inquiries: list[Inquiry]) -> list[Inquiry]:
    """Each with the words of its life areas on the day it was asked."""
    words = labels()
    for inquiry in inquiries:
        inquiry.life_area_labels = words.all_at(inquiry.life_areas, inquiry.asked_at)
    return inquiries


def whole_list(on: date) -> list[Listed]:
    """Every area of the service: offered ones first, then ended ones, then those that are still to come."""
    all_changes = changes()
    later = rules.coming(all_changes, on)
    known = [Listed(area, area.is_offered(on), later.get(area.code)) for area in rules.known(all_changes, on)]
    here = {listed.area.code for listed in known}
    planned = [Listed(area, is_offered=False, coming=area) for code, area in later.items() if code not in here]
    return [*sorted(known, key=lambda listed: not listed.is_offered), *planned]


def changes() -> list[Change]:
    """The service's changes to the programme's list, oldest first."""
    rows = OwnLifeArea.objects.order_by("from_on", "id")
    return [Change(r.code, r.label, r.counts_as, r.position, r.from_on, r.until_on, r.version) for r in rows]
