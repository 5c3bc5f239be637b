"""A family's assessments side by side: persons by areas, and for whom else a view may hold."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import AreaView, Assessment, Case
from faden.cases.queries.area_views import View, view_of, views_of
from faden.cases.queries.assessments import Look, look_of
from faden.cases.queries.life_areas import areas, labels
from faden.cases.queries.members import Member, members_of
from faden.consents.queries.agreements import agreed
from faden.kernel.errors import NotFound


@dataclass(frozen=True)
class FamilyRow:
    """One area of a family: a cell per member, empty where nothing is said."""

    code: str
    label: str
    cells: list[tuple[Member, View | None]]


@dataclass(frozen=True)
class FamilyTable:
    """Persons by areas."""

    members: list[tuple[Member, Look | None]]
    rows: list[FamilyRow]


def family_table(case: Case, *, on: date) -> FamilyTable:
    """Who stands where in which area: the newest view of each member that still belongs; five statements."""
    members = [member for member in members_of(case) if member.is_here]
    persons = [member.person_id for member in members]
    begun = Assessment.objects.filter(case=case, person_id__in=persons).order_by("number")
    looks = {row.person_id: look_of(row) for row in begun}
    newest = {
        person: {view.area: view for _number, view in views}
        for person, views in views_of(case, persons, texts=False).items()
    }
    spoken = {code for views in newest.values() for code in views}
    rows = [
        FamilyRow(area.code, area.label, [(m, newest.get(m.person_id, {}).get(area.code)) for m in members])
        for area in areas(on, also=spoken)
    ]
    return FamilyTable([(member, looks.get(member.person_id)) for member in members], rows)


@dataclass(frozen=True)
class Sharable:
    """A view that may hold for other members too, and for which of them nothing stands there yet."""

    row: AreaView
    label: str
    view: View
    person: Member
    others: list[Member]


def sharable(case: Case, view_id: UUID) -> Sharable:
    """A view of an open assessment of this case; six statements."""
    row = (
        AreaView.objects.select_related("assessment")
        .filter(id=view_id, assessment__case=case, assessment__finished_on__isnull=True)
        .first()
    )
    if row is None:
        raise NotFound(_("Diese Einschätzung gibt es hier nicht."))
    members = members_of(case)
    documented = agreed(member.person_id for member in members)
    taken = set(
        AreaView.objects.filter(
            assessment__case=case, assessment__finished_on__isnull=True, area=row.area
        ).values_list("assessment__person_id", flat=True)
    )
    return Sharable(
        row,
        labels().get(row.area, row.area),
        view_of(row),
        next(member for member in members if member.person_id == row.assessment.person_id),
        [m for m in members if m.is_here and m.person_id in documented and m.person_id not in taken],
    )
