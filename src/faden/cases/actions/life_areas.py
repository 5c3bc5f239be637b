"""The list of life areas: an area of one's own, another word or place, an end. What was written keeps its word."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.cases.models import OwnLifeArea
from faden.cases.queries.life_areas import changes, every_area
from faden.cases.rules import life_areas as rules
from faden.cases.rules.life_areas import Area, Change
from faden.cases.vocabulary.life_area import LIFE_AREA_CHANGED, LifeArea
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn


@dataclass(frozen=True)
class Wanted:
    """What an area shall be from a day on; `after` is the code it stands behind, "" the beginning."""

    label: str
    counts_as: str
    after: str
    from_on: date


def add(wanted: Wanted, *, by: Actor, at: datetime) -> str:
    """A life area of the service's own; returns its code."""
    wait_for_turn("life areas", by)
    told = changes()
    if wanted.counts_as not in LifeArea.values:
        raise Invalid(_("Bitte wählen Sie, wozu der Bereich in der Statistik zählt."), "counts_as")
    own = {change.code for change in told if change.code not in LifeArea.values}
    code = f"own-{len(own) + 1}"
    _write(code, wanted, told, by=by)
    audit.note(LIFE_AREA_CHANGED, by=by, at=at, area=code, what="added")
    return code


def change(code: str, wanted: Wanted, *, seen_version: int, by: Actor, at: datetime) -> None:
    """Another word or another place from a day on; also how an ended area comes back."""
    wait_for_turn("life areas", by)
    told, newest = changes(), newest_of(code)
    _check_seen(newest, seen_version, ((_("Bezeichnung"), newest.label, wanted.label),))
    if newest.from_on and wanted.from_on < newest.from_on:
        raise Invalid(
            _("Seit dem %(day)s gilt schon eine Änderung. Bitte wählen Sie diesen oder einen späteren Tag.")
            % {"day": newest.from_on.strftime("%d.%m.%Y")},
            "from_on",
        )
    _write(code, wanted, told, by=by)
    audit.note(LIFE_AREA_CHANGED, by=by, at=at, area=code, what="changed")


def end(code: str, *, last_day: date, seen_version: int, by: Actor, at: datetime) -> None:
    """Not offered after this day; entries keep it."""
    wait_for_turn("life areas", by)
    newest = newest_of(code)
    _check_seen(newest, seen_version, ((_("Letzter Tag"), _day(newest.until_on), _day(last_day)),))
    if newest.from_on and last_day < newest.from_on:
        raise Invalid(_("Der letzte Tag liegt vor dem Beginn."), "last_day")
    if not [area for area in rules.offered(changes(), last_day) if area.code != code and area.until_on is None]:
        raise Invalid(_("Mindestens ein Lebensbereich bleibt auf der Liste."))
    # An untouched area of the programme has its word until that day; one row says that it ends.
    OwnLifeArea.objects.update_or_create(
        organisation_id=by.organisation_id,
        code=code,
        from_on=newest.from_on or last_day,
        defaults={
            "label": newest.label,
            "counts_as": newest.counts_as,
            "position": newest.position,
            "until_on": last_day,
            "version": newest.version + 1,
        },
    )
    audit.note(LIFE_AREA_CHANGED, by=by, at=at, area=code, what="ended")


def newest_of(code: str) -> Area:
    """The last word on an area, planned ones included; a code that is nobody's is not there."""
    found = next((area for area in every_area() if area.code == code), None)
    if found is None:
        raise NotFound(_("Diesen Lebensbereich gibt es hier nicht."))
    return found


def _write(code: str, wanted: Wanted, told: list[Change], *, by: Actor) -> None:
    others = [area for area in rules.offered(told, wanted.from_on) if area.code != code]
    if wanted.label.casefold() in {area.label.casefold() for area in others}:
        raise Invalid(_("So heißt schon ein anderer Lebensbereich."), "label")
    newest = next((area for area in rules.known(told, date.max) if area.code == code), None)
    OwnLifeArea.objects.update_or_create(
        organisation_id=by.organisation_id,
        code=code,
        from_on=wanted.from_on,
        defaults={
            "label": wanted.label,
            # What an area counts as stays: the figures of the years must remain comparable.
            "counts_as": newest.counts_as if newest else wanted.counts_as,
            "position": rules.place_after(others, wanted.after),
            "until_on": None,
            "version": newest.version + 1 if newest else 1,
        },
    )


def _check_seen(newest: Area, seen_version: int, changes_: tuple[tuple[str, str, str], ...]) -> None:
    if newest.version != seen_version:
        raise Conflict(
            _("Dieser Lebensbereich wurde inzwischen von jemand anderem geändert."),
            tuple(pair for pair in changes_ if pair[1] != pair[2]),
        )


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else "–"
