"""Kettenvorlagen a service can begin: what the software ships, and what the service has published itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from faden.cases.queries.life_areas import every_area
from faden.chains.models import Chain, ChainTemplate
from faden.chains.rules.template_changes import Differences, differences
from faden.chains.rules.template_reading import parse
from faden.chains.rules.templates import Template
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound


@dataclass(frozen=True)
class Offered:
    """One version and where it comes from; `own_id` None: the software brings it."""

    template: Template
    source: str
    own_id: UUID | None = None
    published_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def is_own(self) -> bool:
        """Published by the service."""
        return self.own_id is not None


@dataclass(frozen=True)
class Listed:
    """A line of the list, with how many chains run on the template and on older versions of it."""

    offered: Offered
    running: int
    older: int


@dataclass(frozen=True)
class Version:
    """A line of a template's history."""

    number: int
    is_own: bool
    is_offered: bool
    news: str
    published_on: date | None
    withdrawn_on: date | None
    running: int


@dataclass(frozen=True)
class TemplatePage:
    """One version of a template among the others."""

    offered: Offered
    versions: list[Version]
    newest: int  # the highest number there is; guards withdrawing
    next_number: int

    @property
    def shown(self) -> Version:
        """The version the page shows."""
        return next(version for version in self.versions if version.number == self.offered.template.version)

    @property
    def has_own(self) -> bool:
        """There is something to withdraw."""
        return any(version.is_own and version.withdrawn_on is None for version in self.versions)


@dataclass(frozen=True)
class Preview:
    """What publishing would change: against the version that is offered now, and for whom not."""

    template: Template
    old: Offered | None
    differences: Differences
    running: list[tuple[int, int]]  # (version, chains that stay on it)


@cache
def shipped() -> tuple[Offered, ...]:
    """What the software brings, read once per process."""
    found = []
    for file in sorted(files("faden.chains").joinpath("shipped").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            source = file.read_text(encoding="utf-8")
            found.append(Offered(read(source), source))
    return tuple(found)


@lru_cache(maxsize=256)
def read(source: str, life_areas: frozenset[str] = frozenset()) -> Template:
    """A template that was published: it was without errors then."""
    template = parse(source, life_areas=life_areas) if life_areas else parse(source)
    if isinstance(template, Template):
        return template
    raise ValueError("; ".join(f"{error.line}: {error.reason}" for error in template))


def offered() -> list[Offered]:
    """The newest version of each that may be begun now, by title; what the service published goes before."""
    found = {one.template.code: one for one in sorted(shipped(), key=lambda one: one.template.version)}
    rows = ChainTemplate.objects.filter(withdrawn_at__isnull=True).order_by("code", "-version").distinct("code")
    found |= {one.template.code: one for one in _own(rows)}
    return sorted(found.values(), key=lambda one: one.template.title.casefold())


def template_of(code: str, version: int | None = None) -> Offered:
    """The version that is offered now, or a certain one, withdrawn or not."""
    own = _own(ChainTemplate.objects.filter(code=code).order_by("-version"))
    return _there(_present(code, own) if version is None else _version(code, version, own))


def listed() -> list[Listed]:
    """Every template that is offered, with its running chains."""
    now = running()
    lines = []
    for one in offered():
        of_code = {version: count for (code, version), count in now.items() if code == one.template.code}
        here = of_code.get(one.template.version, 0)
        lines.append(Listed(one, here, sum(of_code.values()) - here))
    return lines


def template_page(code: str, version: int | None = None) -> TemplatePage:
    """One version with the history of its template."""
    own = _own(ChainTemplate.objects.filter(code=code).order_by("-version"))
    present = _present(code, own)
    # A template nobody offers any more still has its page.
    chosen = _there(_version(code, version, own) if version else present or next(iter(own), None))
    all_of_it = {one.template.version: one for one in [*_shipped_of(code), *own]}
    now = running(code)
    versions = [
        Version(
            number,
            one.is_own,
            one is present,
            one.template.news,
            one.published_on,
            one.withdrawn_on,
            now.get((code, number), 0),
        )
        for number, one in sorted(all_of_it.items(), reverse=True)
    ]
    newest = max(all_of_it)
    return TemplatePage(chosen, versions, newest, newest + 1)


def preview(template: Template) -> Preview:
    """What a version would change, before it is published."""
    own = _own(ChainTemplate.objects.filter(code=template.code).order_by("-version"))
    old = _present(template.code, own)
    changes = differences(old.template, template, life_areas=life_area_words()) if old else Differences()
    now = sorted((version, count) for (_code, version), count in running(template.code).items())
    return Preview(template, old, changes, now)


def running(code: str = "") -> dict[tuple[str, int], int]:
    """How many running chains stay on which version; one statement, no person."""
    chains = Chain.objects.filter(ended_at__isnull=True, template_version__isnull=False)
    if code:
        chains = chains.filter(template_code=code)
    rows = chains.order_by().values("template_code", "template_version").annotate(chains=Count("id"))
    return {(row["template_code"], row["template_version"] or 0): row["chains"] for row in rows}


def next_number(code: str) -> int:
    """The number the next version of this template must have."""
    own = ChainTemplate.objects.filter(code=code).values_list("version", flat=True)
    return max([*own, *(one.template.version for one in _shipped_of(code))], default=0) + 1


def life_area_codes() -> frozenset[str]:
    """What a template may name: the programme's areas and the service's own, ended ones too."""
    return frozenset(area.code for area in every_area())


def life_area_words() -> dict[str, str]:
    """Life areas by their newest words."""
    return {area.code: area.label for area in every_area()}


def _own(rows: Iterable[ChainTemplate]) -> list[Offered]:
    found = list(rows)
    if not found:
        return []
    areas = life_area_codes()
    return [
        Offered(
            read(row.source, areas),
            row.source,
            row.id,
            row.published_at.astimezone(BERLIN).date(),
            row.withdrawn_at.astimezone(BERLIN).date() if row.withdrawn_at else None,
        )
        for row in found
    ]


def _shipped_of(code: str) -> list[Offered]:
    return [one for one in shipped() if one.template.code == code]


def _present(code: str, own: list[Offered]) -> Offered | None:
    """What is offered now: the newest of the service's own, else what the software brings."""
    now = [one for one in own if one.withdrawn_on is None] or _shipped_of(code)
    return max(now, key=lambda one: one.template.version, default=None)


def _version(code: str, version: int, own: list[Offered]) -> Offered | None:
    return next((one for one in [*own, *_shipped_of(code)] if one.template.version == version), None)


def _there(found: Offered | None) -> Offered:
    if found is None:
        raise NotFound(_("Diese Kettenvorlage gibt es hier nicht."))
    return found
