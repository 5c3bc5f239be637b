"""What is known of people for the rules of residence: the dated facts of the file, the family, and what was answered."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import CaseMember
from faden.kernel.clock import BERLIN
from faden.law import kinds
from faden.persons.codes import ISO
from faden.persons.models import (
    Benefit,
    DatedFact,
    German,
    GroupMember,
    Kinship,
    Occupation,
    Person,
    Qualification,
    Residence,
)
from faden.persons.queries.addresses import GERMANY
from faden.persons.queries.facts import period_of
from faden.persons.rules.age import years
from faden.persons.vocabulary import (
    BenefitRegime,
    GermanSkill,
    GroupKind,
    KnownFrom,
    LeavingReason,
    Level,
    OccupationKind,
    Precision,
    RecognitionState,
    ResidencePaper,
    Tie,
    TieEnd,
)
from faden.residence.models import Precheck
from faden.residence.rules.answers import Answers, Filed, FileRow, Row, Told, Value, told

Who = tuple[UUID, UUID]  # a case and a person of it
Rows = dict[UUID, list[Any]]

# Papers the file knows only by a group of paragraphs: which one is asked.
_UNCLEAR = frozenset({ResidencePaper.AE_16, ResidencePaper.AE_18, ResidencePaper.AE_20, ResidencePaper.AE_23, ResidencePaper.UNKNOWN})
# These say nothing of a paper: a time without one is nobody's to write down unasked.
_NO_PAPER = frozenset({ResidencePaper.NONE, ResidencePaper.NOT_ENTERED, ResidencePaper.GERMAN})
_PAPERS = {
    ResidencePaper.ANKUNFTSNACHWEIS: kinds.GESTATTUNG, ResidencePaper.VISA: kinds.VISUM, ResidencePaper.NIEDERLASSUNG: "ne",
    ResidencePaper.EU: "eu_right",
}  # fmt: skip
_BENEFITS = {
    BenefitRegime.ASYLBLG_2: "asylblg", BenefitRegime.ASYLBLG_3: "asylblg", BenefitRegime.SGB2: "sgb2", BenefitRegime.SGB12: "sgb12",
    BenefitRegime.SGB3: "alg1", BenefitRegime.SGB8: "sgb8", BenefitRegime.BAFOEG: "bafoeg", BenefitRegime.WOHNGELD: "wohngeld",
}  # fmt: skip
_SKILLS = {
    GermanSkill.ALL: "all", GermanSkill.SPEAKING: "oral", GermanSkill.WRITING: "written", GermanSkill.READING: "reading",
    GermanSkill.LISTENING: "listening",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """In the form of `faden.law.reading.facts_from`; what the file says, what was answered, and both together."""

    facts: dict[str, Any]
    sources: dict[str, str]
    filed: Filed
    answers: Answers
    incomplete: tuple[str, ...] = ()


def known_of(people: Collection[Who], *, on: date) -> dict[Who, Known]:
    """For each pair of case and person; ten statements, however many."""
    read = _read(people)
    answered = _answered(people)
    found = {}
    for who in people:
        if who[1] in read.people:
            filed, answers = _filed(who, read, on), answered.get(who, Answers())
            both: Told = told(filed, answers)
            found[who] = Known(both.facts, both.sources, filed, answers, both.incomplete)
    return found


def _answered(people: Collection[Who]) -> dict[Who, Answers]:
    rows = Precheck.objects.filter(case__in={one[0] for one in people}, person__in={one[1] for one in people})
    return {(row.case_id, row.person_id): Answers.from_json(row.answers) for row in rows}


@dataclass(frozen=True)
class _Read:
    """Everything needed about some people and those of their cases, read at once."""

    members: Mapping[UUID, frozenset[UUID]]
    people: Mapping[UUID, Person]
    papers: Rows
    benefits: Rows
    german: Rows
    occupations: Rows
    qualifications: Rows
    ties: tuple[Kinship, ...]
    homes: Mapping[UUID, frozenset[UUID]]  # who lives in which households today


def _read(people: Collection[Who]) -> _Read:
    members: dict[UUID, set[UUID]] = defaultdict(set)
    here = CaseMember.objects.filter(case__in={one[0] for one in people}, until_on__isnull=True)
    for case_id, person_id in here.values_list("case_id", "person_id"):
        members[case_id].add(person_id)
    asked = {one[1] for one in people}
    # Of those only another case knows nothing is told here.
    all_of_them = {*asked, *(one for ids in members.values() for one in ids)}
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    living = GroupMember.objects.filter(kind=GroupKind.HOUSEHOLD, person__in=all_of_them, until_on__isnull=True)
    for person_id, group_id in living.exclude(left_because=LeavingReason.MISTAKE).values_list("person_id", "group_id"):
        homes[person_id].add(group_id)
    ties = Kinship.objects.filter(person__in=all_of_them, relative__in=all_of_them, until_on__isnull=True)
    return _Read(
        {case: frozenset(ids) for case, ids in members.items()},
        {row.id: row for row in Person.objects.filter(id__in=all_of_them)},
        _by_person(Residence, all_of_them), _by_person(Benefit, asked), _by_person(German, asked),
        _by_person(Occupation, all_of_them), _by_person(Qualification, asked),
        tuple(ties.exclude(ended_because=TieEnd.MISTAKE).order_by("noted_at", "id")),
        {person: frozenset(groups) for person, groups in homes.items()},
    )  # fmt: skip


def _by_person(model: type[DatedFact], people: Collection[UUID]) -> Rows:
    """What stands, the oldest first."""
    found: Rows = defaultdict(list)
    for row in model._default_manager.filter(person__in=people, superseded_at__isnull=True).order_by("from_on", "noted_at", "id"):
        found[row.person_id].append(row)
    return found


# ---------- the file of one person ----------


def _filed(who: Who, read: _Read, on: date) -> Filed:
    case_id, person_id = who
    person = read.people[person_id]
    facts = {**_about(person), **_benefits(read.benefits[person_id], on), **_qualification(read.qualifications[person_id])}
    rows = {
        "stays": _rows(read.papers[person_id], _stay),
        "language": _rows(read.german[person_id], _level),
        "school": _rows(_of(read.occupations[person_id], OccupationKind.SCHOOL), lambda row: {"kind": "school", **_days(row)}),
        "training": _rows(_of(read.occupations[person_id], OccupationKind.TRAINING), _days),
        "work": _rows(_of(read.occupations[person_id], OccupationKind.WORK), _job),
    }
    facts |= _family(case_id, person_id, read, rows, on)
    return Filed(facts, {group: found for group, found in rows.items() if found})


def _about(person: Person) -> dict[str, tuple[Value, str]]:
    found: dict[str, tuple[Value, str]] = {}
    source = _("Angaben zur Person in der Akte")
    if person.birth_precision == Precision.DAY and person.birth_earliest:
        found["person.birth_date"] = (person.birth_earliest.isoformat(), source)
    if len(person.nationalities) == 1 and person.nationalities[0] in ISO:
        found["person.nationality"] = (ISO[person.nationalities[0]], source)
    if person.entered_on:
        found["entry_date"] = (person.entered_on.isoformat(), source)
    return found


def _benefits(rows: list[Benefit], on: date) -> dict[str, tuple[Value, str]]:
    held = [row for row in rows if period_of(row).holds_on(on)]
    if not held or any(row.regime == BenefitRegime.UNKNOWN for row in held):
        return {}
    drawn = [_BENEFITS[BenefitRegime(row.regime)] for row in held if row.regime != BenefitRegime.NONE]
    return {"livelihood.benefits": (list(dict.fromkeys(drawn)) or "none", "; ".join(_source(row) for row in held))}


def _qualification(rows: list[Qualification]) -> dict[str, tuple[Value, str]]:
    if len(rows) != 1:  # which of several is meant, only she can say
        return {}
    [row] = rows
    found: dict[str, tuple[Value, str]] = {}
    if row.country:
        found["qualification.german"] = (row.country == GERMANY, _source(row))
    if row.recognition in (RecognitionState.FULL, RecognitionState.REFUSED):
        found["qualification.recognised"] = (row.recognition == RecognitionState.FULL, _source(row))
    return found


def _of(rows: Iterable[Occupation], kind: OccupationKind) -> list[Occupation]:
    return [row for row in rows if row.kind == kind]


def _rows(rows: Iterable[Any], say: Callable[[Any], Row | None]) -> tuple[FileRow, ...]:
    told_rows = ((row, say(row)) for row in rows)
    return tuple(FileRow(str(row.id), values, _source(row)) for row, values in told_rows if values is not None)


def _stay(row: Residence) -> Row | None:
    if row.paper in _NO_PAPER:
        return None
    kind: Row = {} if row.paper in _UNCLEAR else {"kind": _PAPERS.get(ResidencePaper(row.paper), row.paper)}
    return {**kind, **_days(row)}


def _level(row: German) -> Row | None:
    if row.level == Level.UNKNOWN:
        return None
    level = "C2" if row.level == Level.NATIVE else "A0" if row.level == Level.NONE else row.level.upper()
    found: Row = {"level": level, "skill": _SKILLS[GermanSkill(row.skill)]}
    if row.certified_on:
        found["proof"] = row.certified_on.isoformat()
    elif row.certificate or row.level == Level.NATIVE:
        found["proof"] = True
    return found


def _job(row: Occupation) -> Row:
    return {**_days(row), **({"hours_per_week": row.hours_a_week} if row.hours_a_week else {})}


def _days(row: DatedFact) -> Row:
    days = {"from": row.from_on, "to": row.until_on}
    return {name: day.isoformat() for name, day in days.items() if day}


# ---------- the family: only those of the same case ----------


def _family(case_id: UUID, person_id: UUID, read: _Read, rows: dict[str, tuple[FileRow, ...]], on: date) -> dict[str, tuple[Value, str]]:
    here = read.members.get(case_id, frozenset())
    ties = [tie for tie in read.ties if tie.person_id in here and tie.relative_id in here]
    children = [read.people[tie.person_id] for tie in ties if tie.tie == Tie.PARENT and tie.relative_id == person_id]
    parents = [read.people[tie.relative_id] for tie in ties if tie.tie == Tie.PARENT and tie.person_id == person_id]
    partners = [tie for tie in ties if tie.tie == Tie.PARTNER and person_id in (tie.person_id, tie.relative_id)]
    rows["household.children"] = tuple(_child(child, person_id, read, on) for child in children)
    rows["household.parents"] = tuple(
        FileRow(str(one.id), {**_paper_on(read, one, on), **_together(read, one.id, person_id)}, _("Familie in der Akte")) for one in parents
    )
    found: dict[str, tuple[Value, str]] = {}
    at_home = [one for one in children if read.homes.get(one.id, frozenset()) & read.homes.get(person_id, frozenset())]
    if any(one.birth_latest and years(one.birth_latest, on=on) < 18 and _single(one, ties) for one in at_home):
        found["household.minor_child_living_with"] = (True, _("Familie in der Akte"))
    for tie in partners[:1]:
        found |= _partner(tie, person_id, read, on)
    return found


def _single(child: Person, ties: list[Kinship]) -> bool:
    return not any(tie.tie == Tie.PARTNER and child.id in (tie.person_id, tie.relative_id) for tie in ties)


def _child(child: Person, person_id: UUID, read: _Read, on: date) -> FileRow:
    row: Row = {**_paper_on(read, child, on), **_together(read, child.id, person_id)}
    if child.birth_precision == Precision.DAY and child.birth_earliest:
        row["birth_date"] = child.birth_earliest.isoformat()
    if any(period_of(one).holds_on(on) for one in _of(read.occupations[child.id], OccupationKind.SCHOOL)):
        row["attends_school"] = True
    return FileRow(str(child.id), row, _("Familie in der Akte"))


def _together(read: _Read, one: UUID, other: UUID) -> Row:
    """Living apart is not read from silence: only where both have a household."""
    homes = read.homes.get(one), read.homes.get(other)
    return {"living_with": bool(homes[0] & homes[1])} if homes[0] and homes[1] else {}


def _paper_on(read: _Read, one: Person, on: date) -> Row:
    if GERMANY in one.nationalities:
        return {"german": True}
    held = [stay for row in read.papers[one.id] if period_of(row).holds_on(on) and (stay := _stay(row)) and "kind" in stay]
    return {"title": held[-1]["kind"]} if held else {}


def _partner(tie: Kinship, person_id: UUID, read: _Read, on: date) -> dict[str, tuple[Value, str]]:
    partner = read.people[tie.relative_id if tie.person_id == person_id else tie.person_id]
    source = _("Familie in der Akte")
    told_of: Row = {**_paper_on(read, partner, on)}
    lives = _together(read, partner.id, person_id)
    if lives:
        told_of["living_together"] = lives["living_with"]
    if tie.from_on:
        told_of["married_since"] = tie.from_on.isoformat()
    if partner.entered_on:
        told_of["entry_date"] = partner.entered_on.isoformat()
    return {"household.has_spouse": (True, source), **{f"household.spouse.{name}": (value, source) for name, value in told_of.items()}}


def _source(row: DatedFact) -> str:
    noted = row.noted_at.astimezone(BERLIN).date()
    return _("%(how)s, notiert am %(day)s") % {"how": KnownFrom(row.known_from).label, "day": f"{noted:%d.%m.%Y}"}
