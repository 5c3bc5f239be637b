"""The network and resource map of one person: what is there, what was, and the picture of a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.models import Assessment, Case, NetworkTie
from faden.cases.rules import network_map
from faden.cases.rules.network_map import Picture
from faden.cases.vocabulary.assessment import Distance, TieKind, TieQuality


@dataclass(frozen=True)
class TieRow:
    """One tie in words."""

    id: UUID
    kind: str
    name: str
    role: str
    quality_code: str
    quality: str
    distance: int
    nearness: str
    gives: str
    since_on: date
    until_on: date | None

    def is_there(self, on: date) -> bool:
        """On the map of that day."""
        return self.since_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class TieGroup:
    """The ties of one sector."""

    kind: str
    label: str
    rows: list[TieRow]


@dataclass(frozen=True)
class Map:
    """The map of a day: the picture, and the list that says the same."""

    on: date
    picture: Picture
    groups: list[TieGroup]
    words: str

    @property
    def count(self) -> int:
        """How many ties."""
        return len(self.picture.ties)


@dataclass(frozen=True)
class NetworkPage:
    """Today's map, the one of the last assessment when it was asked for, and what has ended."""

    now: Map
    then: Map | None
    last_assessment: date | None
    ended: list[TieRow]


def sectors() -> dict[str, str]:
    """What the three sectors of the map are called."""
    return {
        TieKind.PERSON: _("Familie, Freunde, Bekannte"),
        TieKind.AGENCY: _("Stellen und Vereine"),
        TieKind.RESOURCE: _("Eigene Stärken und Mittel"),
    }


def network_page(case: Case, person_id: UUID, *, name: str, on: date, compare: bool = False) -> NetworkPage:
    """Two statements, however many ties."""
    rows = [_row(tie) for tie in NetworkTie.objects.filter(case=case, person_id=person_id).order_by("since_on", "id")]
    finished = Assessment.objects.filter(case=case, person_id=person_id, finished_on__lt=on)
    last = finished.order_by("-finished_on").values_list("finished_on", flat=True).first()
    return NetworkPage(
        now=map_of(rows, name=name, on=on),
        then=map_of(rows, name=name, on=last) if compare and last else None,
        last_assessment=last,
        ended=[row for row in reversed(rows) if row.until_on and row.until_on < on],
    )


def map_of(rows: list[TieRow], *, name: str, on: date) -> Map:
    """The map as it was on that day."""
    there = [row for row in rows if row.is_there(on)]
    ties = [network_map.Tie(str(row.id), row.name, row.kind, row.quality_code, row.distance) for row in there]
    names = sectors()
    groups = [TieGroup(kind, label, [row for row in there if row.kind == kind]) for kind, label in names.items()]
    return Map(on, network_map.picture(name, ties, names), groups, _in_words(groups))


def _row(tie: NetworkTie) -> TieRow:
    return TieRow(
        tie.id,
        tie.kind,
        tie.name,
        tie.role,
        tie.quality,
        str(TieQuality(tie.quality).label),
        tie.distance,
        str(Distance(tie.distance).label),
        tie.gives or "",
        tie.since_on,
        tie.until_on,
    )


def _in_words(groups: list[TieGroup]) -> str:
    """What the picture shows, before the list says it one by one."""
    told = [f"{group.label}: {len(group.rows)}" for group in groups]
    count = sum(len(group.rows) for group in groups)
    sentence = ngettext("%(n)s Verbindung.", "%(n)s Verbindungen.", count) % {"n": count}
    return f"{sentence} {'; '.join(told)}."
