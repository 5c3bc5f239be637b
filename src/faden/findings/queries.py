"""Strukturhinweise and needs without an offer of the own service, and what a hint out of a case must not contain."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from faden.cases.models import Case, CaseMember
from faden.cases.queries.life_areas import labels
from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.vocabulary import Breakpoint
from faden.directory.vocabulary import Condition
from faden.findings.models import StructuralFinding, UnmetNeed
from faden.findings.rules import Marks
from faden.persons.models import Address, Person, PersonName

PAGE = 50
_UNMET = 200  # lines of counts: more than a year of a service


@dataclass(frozen=True)
class Line:
    """One hint as the list shows it; not who gave it."""

    category: str
    life_area: str
    town: str
    agency: str
    words: str
    noted_on: date


@dataclass(frozen=True)
class FindingPage:
    """Fifty hints and whether there are more."""

    rows: list[Line]
    number: int
    has_more: bool


def findings(*, category: str = "", life_area: str = "", page: int = 1) -> FindingPage:
    """The newest first; two statements."""
    found = StructuralFinding.objects.select_related("municipality").order_by("-noted_on", "-id")
    if category:
        found = found.filter(category=category)
    if life_area:
        found = found.filter(life_area=life_area)
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    words = labels()
    lines = [
        Line(
            str(Breakpoint(row.category).label),
            words.on(row.life_area, row.noted_on),
            row.municipality.name if row.municipality else "",
            row.agency,
            row.words,
            row.noted_on,
        )
        for row in rows[:PAGE]
    ]
    return FindingPage(lines, page, has_more=len(rows) > PAGE)


@dataclass(frozen=True)
class UnmetLine:
    """So often in this month nothing fitted, in this area and town, because of this."""

    in_month: date
    life_area: str
    town: str
    condition: str
    count: int


def unmet_needs(*, life_area: str = "") -> list[UnmetLine]:
    """Counted by month, life area, town and what stood in the way, newest month first; one statement."""
    found = UnmetNeed.objects.filter(life_area=life_area) if life_area else UnmetNeed.objects.all()
    counted = found.values("in_month", "life_area", "municipality__name", "condition").annotate(count=Count("id"))
    rows = counted.order_by("-in_month", "-count", "life_area", "municipality__name", "condition")
    return [
        UnmetLine(
            row["in_month"], str(LifeArea(row["life_area"]).label), row["municipality__name"] or "",
            str(Condition(row["condition"]).label) if row["condition"] else "", row["count"],
        )
        for row in rows[:_UNMET]
    ]  # fmt: skip


def marks_of(case: Case) -> Marks:
    """Everything by which those who belong or belonged to this case are known; three statements."""
    ids = CaseMember.objects.filter(case=case).values("person_id")
    people = list(Person.objects.filter(id__in=ids).order_by("id"))
    names = PersonName.objects.filter(person__in=people).order_by("id")
    return Marks(
        names=tuple(
            text
            for text in (
                *(text for name in names for text in (f"{name.given} {name.family}".strip(), name.native)),
                *Address.objects.filter(person__in=people).values_list("street", flat=True),
            )
            if text
        ),
        phones=tuple(person.phone for person in people if person.phone),
        births=tuple(
            person.birth_earliest
            for person in people
            if person.birth_earliest and person.birth_earliest == person.birth_latest
        ),
        numbers=(case.number,),
    )
