"""Assessments of one person: what is known about each life area, what moved, where the two views differ."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Assessment, Case
from faden.cases.queries.area_views import View, movement_in_words, trend_in_words, views_of
from faden.cases.queries.life_areas import areas, every_area
from faden.cases.rules.assessment import Views
from faden.cases.rules.course_chart import Chart, chart
from faden.cases.vocabulary.life_area import LifeArea
from faden.kernel.errors import NotFound


@dataclass(frozen=True)
class AreaLine:
    """One area on the page: now, before, and what that means."""

    code: str
    label: str
    is_health: bool
    now: View | None
    before: View | None
    movement: str
    talk: str


@dataclass(frozen=True)
class Look:
    """One assessment without its content."""

    number: int
    began_on: date
    finished_on: date | None

    @property
    def title(self) -> str:
        """The first is an Assessment, the others look again."""
        return _("Re-Assessment") if self.number > 1 else _("Assessment")


@dataclass(frozen=True)
class AssessmentPage:
    """All areas of one person; `look` is the newest assessment, None before the first."""

    look: Look | None
    lines: list[AreaLine]

    @property
    def is_open(self) -> bool:
        """Being worked on."""
        return self.look is not None and self.look.finished_on is None

    @property
    def spoken(self) -> list[AreaLine]:
        """Areas something is said about."""
        return [line for line in self.lines if line.now]

    @property
    def still_open(self) -> list[AreaLine]:
        """Areas nobody has spoken about this time."""
        return [line for line in self.lines if not line.now]

    @property
    def moved(self) -> list[AreaLine]:
        """Areas in which something can be compared."""
        return [line for line in self.lines if line.movement]

    @property
    def talks(self) -> list[AreaLine]:
        """Areas that both see differently."""
        return [line for line in self.lines if line.talk]


@dataclass(frozen=True)
class Course:
    """One area over all looks: a row per look and the picture of it."""

    code: str
    label: str
    rows: list[View]
    chart: Chart
    summary: str


@dataclass(frozen=True)
class AreaSummary:
    """One area on a person's page or sheet: its newest view."""

    code: str
    label: str
    day: date
    worker: str
    client: str
    urgency: str
    is_urgent: bool
    trend: str


def assessment_page(case: Case, person_id: UUID, *, on: date) -> AssessmentPage:
    """The newest assessment with the one before it beside; three statements."""
    newest = Assessment.objects.filter(case=case, person_id=person_id).order_by("-number").first()
    look = look_of(newest) if newest else None
    by_area: dict[str, list[tuple[int, View]]] = defaultdict(list)
    for number, view in views_of(case, [person_id])[person_id]:
        by_area[view.area].append((number, view))
    listed = areas(on, also=by_area)
    lines = [
        _line(area.code, area.label, area.counts_as, by_area[area.code], look.number if look else 0) for area in listed
    ]
    return AssessmentPage(
        look,
        # An area that has ended stands here only where this assessment speaks about it.
        [line for line, area in zip(lines, listed, strict=True) if area.is_offered(on) or line.now],
    )


def area_line(page: AssessmentPage, code: str) -> AreaLine:
    """One of the page's areas."""
    found = next((line for line in page.lines if line.code == code), None)
    if found is None:
        raise NotFound(_("Diesen Lebensbereich gibt es hier nicht."))
    return found


def courses(case: Case, person_id: UUID) -> list[Course]:
    """Every area that was ever spoken about, over all looks; two statements."""
    by_area = _by_area(case, person_id)
    return [
        Course(area.code, area.label, rows, chart([(row.day, row.views) for row in rows]), _course_in_words(rows))
        for area in every_area()
        if (rows := by_area.get(area.code))
    ]


def summary_of(case: Case, person_id: UUID) -> list[AreaSummary]:
    """The newest view of each area, for a person's page and sheet; two statements, no free text."""
    by_area = _by_area(case, person_id, texts=False)
    return [_summary(area.code, area.label, rows) for area in every_area() if (rows := by_area.get(area.code))]


def look_of(row: Assessment) -> Look:
    """An assessment without its content."""
    return Look(row.number, row.began_on, row.finished_on)


def _by_area(case: Case, person_id: UUID, *, texts: bool = True) -> dict[str, list[View]]:
    found: dict[str, list[View]] = defaultdict(list)
    for _number, view in views_of(case, [person_id], texts=texts)[person_id]:
        found[view.area].append(view)
    return found


def _line(code: str, label: str, counts_as: str, views: list[tuple[int, View]], number: int) -> AreaLine:
    now = next((view for n, view in views if n == number), None)
    before = next((view for n, view in reversed(views) if n < number), None)
    movement = movement_in_words(before.views, now.views) if now and before else ""
    talk = _talk(now) if now else ""
    return AreaLine(code, label, counts_as == LifeArea.HEALTH, now, before, movement, talk)


def _talk(view: View) -> str:
    if not view.views.differ:
        return ""
    return _("Fachkraft: „%(worker)s“, eigene Sicht: „%(client)s“. Darüber lohnt ein Gespräch.") % {
        "worker": view.worker,
        "client": view.client,
    }


def _summary(code: str, label: str, views: list[View]) -> AreaSummary:
    newest = views[-1]
    before = views[-2].views if len(views) > 1 else Views()
    return AreaSummary(
        code,
        label,
        newest.day,
        newest.worker,
        newest.client,
        newest.urgency,
        newest.is_urgent,
        trend_in_words(before, newest.views) if len(views) > 1 else "",
    )


def _course_in_words(rows: list[View]) -> str:
    """What the picture shows, for who does not see it."""
    return movement_in_words(rows[0].views, rows[-1].views) if len(rows) > 1 else ""
