"""The rows of an offer's form: when it happens and where; what nobody touches stays as it was read in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from faden.directory.rules.schedules import DAY_NAMES, KEPT, Row, row_of, schedule_of, words_of
from faden.directory.rules.values import PlaceValues
from faden.doors.choices import Choices
from faden.look.forms import LongSelect
from faden.look.typed import Day, Text

MOST_ROWS = 20  # of each kind on a page: an import may have brought hundreds, and a browser sends a thousand fields at most
_RHYTHMS = ("1", "2", "m1", "m2", "m3", "m4", "m-1")


def lets_stand(field: forms.Field, before: Any) -> None:
    """What an import has written passes as long as nobody changes it, also where we would ask for less."""
    if before not in (None, "", [], ()):
        field.validators = [_unless(before, check) for check in field.validators]


def _unless(before: Any, check: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda value: None if value == before else check(value)


def _rhythms() -> list[tuple[str, str]]:
    words = (
        _("jede Woche"), _("alle zwei Wochen"), _("jeden ersten im Monat"), _("jeden zweiten im Monat"), _("jeden dritten im Monat"),
        _("jeden vierten im Monat"), _("jeden letzten im Monat"),
    )  # fmt: skip
    return list(zip(_RHYTHMS, words, strict=True))


def _rows_for(before: int, at_least: int) -> int:
    """One more than there are, to be filled in."""
    return min(max(at_least, before + 1), MOST_ROWS)


class Schedules:
    """When it happens."""

    def __init__(self, kept: Iterable[Mapping[str, Any]]) -> None:
        self.kept = list(kept)
        self._begun = [row_of(one) for one in self.kept[:MOST_ROWS]]
        self.count = _rows_for(len(self.kept), 3)
        self.beyond = len(self.kept[MOST_ROWS:])

    def fields(self) -> dict[str, forms.Field]:
        """Of all rows, by name."""
        return {f"schedule{number}_{name}": field for number in range(self.count) for name, field in self._fields(number).items()}

    def _fields(self, number: int) -> dict[str, forms.Field]:
        row = self._begun[number] if number < len(self._begun) else Row()
        rhythms = [*([(KEPT, words_of(self.kept[number]))] if row.rule else []), *_rhythms()]
        fields: dict[str, forms.Field] = {
            "days": forms.MultipleChoiceField(
                label=_("Wochentage"), required=False, choices=list(DAY_NAMES.items()), widget=forms.CheckboxSelectMultiple, initial=list(row.days)
            ),
            "rhythm": forms.ChoiceField(label=_("Wie oft"), required=False, choices=rhythms, initial=row.rhythm),
            "opens": forms.TimeField(label=_("Von (Uhrzeit)"), required=False, initial=row.opens),
            "closes": forms.TimeField(label=_("Bis (Uhrzeit)"), required=False, initial=row.closes),
            "first": Day(label=_("Erster Tag"), required=False, initial=row.first),
            "until": Day(label=_("Letzter Tag"), required=False, initial=row.until),
            "words": Text(label=_("Dazu in Worten"), required=False, max_length=200, initial=row.words),
        }
        for field in fields.values():
            lets_stand(field, field.initial)
        return fields

    def wrong(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """(field, sentence) of what cannot be meant."""
        for number in range(self.count):
            of = self._row(number, typed)
            if of == self._before(number):
                continue
            if of.rhythm not in ("", "1", KEPT) and not of.days:
                yield f"schedule{number}_days", _("Wählen Sie die Wochentage.")
            if of.opens and of.closes and of.opens >= of.closes:
                yield f"schedule{number}_closes", _("Das Ende liegt nicht nach dem Beginn.")
            if of.first and of.until and of.first > of.until:
                yield f"schedule{number}_until", _("Der letzte Tag liegt vor dem ersten.")

    def values(self, typed: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
        """As the offer has them."""
        found = []
        for number in range(self.count):
            row = self._row(number, typed)
            if row == self._before(number):
                found.append(self.kept[number])
            elif row.says_something:
                found.append(schedule_of(row))
        return (*found, *self.kept[MOST_ROWS:])

    def _before(self, number: int) -> Row | None:
        return self._begun[number] if number < len(self._begun) else None

    def _row(self, number: int, typed: Mapping[str, Any]) -> Row:
        def now(name: str) -> Any:
            return typed.get(f"schedule{number}_{name}")

        before, rhythm = self._before(number), now("rhythm") or "1"
        rule = before.rule if before and rhythm == KEPT else ""
        return Row(
            days=tuple(now("days") or ()), rhythm=rhythm, opens=now("opens"), closes=now("closes"), first=now("first"), until=now("until"),
            words=now("words") or "", rule=rule,
        )  # fmt: skip


class Places:
    """Where it happens."""

    def __init__(self, kept: Iterable[Any], towns: Choices) -> None:
        self.kept, self._towns = list(kept), towns
        self.count = _rows_for(len(self.kept), 2)
        self.beyond = len(self.kept[MOST_ROWS:])

    def fields(self) -> dict[str, forms.Field]:
        """Of all rows, by name."""
        return {f"place{number}_{name}": field for number in range(self.count) for name, field in self._fields(self._before(number)).items()}

    def _fields(self, place: Any) -> dict[str, forms.Field]:
        def now(name: str) -> Any:
            return getattr(place, name) or "" if place else ""

        free = {True: "yes", False: "no", None: ""}[place.barrier_free if place else None]
        return {
            "name": Text(label=_("Name des Ortes"), required=False, max_length=200, initial=now("name")),
            "street": Text(label=_("Straße und Hausnummer"), required=False, max_length=200, initial=now("street")),
            "postcode": Text(label=_("Postleitzahl"), required=False, max_length=12, initial=now("postcode")),
            "municipality": forms.ChoiceField(
                label=_("Stadt oder Gemeinde"), required=False, widget=LongSelect, choices=self._towns, initial=now("municipality_id")
            ),
            "town": Text(
                label=_("Ort, wenn er nicht in der Liste steht"), required=False, max_length=120,
                initial="" if place and place.municipality and place.town == place.municipality.name else now("town"),
            ),
            "barrier_free": forms.ChoiceField(
                label=_("Barrierefrei"), required=False, initial=free, choices=[("", _("nicht bekannt")), ("yes", _("ja")), ("no", _("nein"))]
            ),
        }  # fmt: skip

    def values(self, typed: Mapping[str, Any]) -> tuple[PlaceValues, ...]:
        """As the offer has them; an empty row is dropped by the verb."""
        return (*(self._place(number, typed) for number in range(self.count)), *map(_as_it_is, self.kept[MOST_ROWS:]))

    def _before(self, number: int) -> Any:
        return self.kept[number] if number < len(self.kept) else None

    def _place(self, number: int, typed: Mapping[str, Any]) -> PlaceValues:
        of = {name: typed[f"place{number}_{name}"] for name in ("name", "street", "postcode", "municipality", "town", "barrier_free")}
        of["barrier_free"] = {"yes": True, "no": False}.get(of["barrier_free"])
        before = self._before(number)
        # The point of a house, as long as the house is the same.
        same = before and (before.street, before.postcode, before.municipality_id or "") == (of["street"], of["postcode"], of["municipality"])
        point = {"latitude": before.latitude, "longitude": before.longitude} if before and same else {}
        return PlaceValues(**of, **point)


def _as_it_is(place: Any) -> PlaceValues:
    return PlaceValues(
        place.name, place.street, place.postcode, place.town, place.municipality_id or "", place.latitude, place.longitude, place.barrier_free
    )
