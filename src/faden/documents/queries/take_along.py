"""What a person may take along on paper: her goals, steps, days and papers as rows, and what was worded for her."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Appointment, Case, CaseMember, InterpreterRequest, NetworkTie
from faden.cases.queries.deadlines import in_sight
from faden.cases.queries.life_areas import every_area
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.appointment import InterpreterState
from faden.cases.vocabulary.assessment import TieKind
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.chains.models import ChainStep, Goal, GoalStep
from faden.chains.vocabulary import HolderKind, StepState
from faden.documents.models import WorkerTranslation
from faden.documents.queries.words import german, labels, step_code
from faden.documents.rules.take_along import (
    Chosen,
    Entry,
    OtherPerson,
    Part,
    Saying,
    complete,
    discreet,
    named,
    names_in,
    others,
    part_of_row,
    parts_of,
    reduced,
)
from faden.documents.rules.take_along_paper import Own, worded
from faden.documents.rules.words import GERMAN
from faden.kernel.clock import BERLIN
from faden.persons.models import ContactPerson, PersonName

MOST_APPOINTMENTS = 10
# What goes on now; what waits for something else is not a next step.
_NEXT = (StepState.READY, StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)
_PARTS = {HolderKind.CLIENT: Part.MINE, HolderKind.CASE_MANAGER: Part.OURS}
_LIES_WITH = {StepState.WAITING_PERSON: Part.MINE, StepState.WAITING_AGENCY: Part.OTHERS}


@dataclass(frozen=True)
class Gathered:
    """Everything that could stand on the paper, and the names of everybody else in the case."""

    entries: tuple[Entry, ...]
    people: list[OtherPerson]
    own: Own

    def chosen(self, *, full: bool, hidden: bool) -> Chosen:
        """What stands on it. `hidden`: a Schutzvermerk in the family, then there is no full print."""
        if full and not hidden:
            return complete(self.entries)
        found = reduced(self.entries, self.people)
        return discreet(found) if hidden else found

    def own_for(self, *, full: bool, hidden: bool) -> Own:
        """The worker's words; on the reduced print no translation that names somebody else."""
        if full and not hidden:
            return self.own
        return {key: said for key, said in self.own.items() if not names_in(said[1], self.people)}

    def free_texts(self) -> list[tuple[Entry, Saying]]:
        """Every text that somebody wrote, once."""
        found = ((entry, saying) for entry in self.entries for saying in (entry.text, *entry.more) if saying.is_free)
        return list({saying.source: (entry, saying) for entry, saying in found}.values())


def gathered(case: Case, person_id: UUID, *, of: Of, language: str, now: datetime, today: date) -> Gathered:
    """Thirteen statements, however much there is."""
    areas = {area.code: area.counts_as for area in every_area()}
    goals = _goals(case, person_id, confidential=of.confidential)
    steps = _steps(case, person_id, confidential=of.confidential, today=today)
    plan_steps = list(GoalStep.objects.filter(_OPEN_STEP, goal_id__in=[goal.id for goal in goals]).order_by("position", "id"))
    rows = (
        *(_goal(goal) for goal in goals),
        *(_goal_step(step, goals) for step in plan_steps),
        *(entry for step in steps for entry in _chain_step(step)),
        *_important(goals, of),
        *sorted((*_appointments(case, of, now), *_deadlines(case, of, today)), key=_day_of),
    )
    own = _own(case, rows, language)
    entries = (replace(row, life_areas=tuple(areas.get(code, code) for code in row.life_areas)) for row in rows)
    people, hers = _names(case, person_id, plan_steps)
    return Gathered(_once(_worded(entry, own) for entry in entries), others(people, hers), own)


def _worded(entry: Entry, own: Own) -> Entry:
    return replace(entry, text=worded(entry.text, own), more=tuple(worded(saying, own) for saying in entry.more))


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One paper that several steps ask for is brought once; where one of them is harmless, for that one."""
    found: dict[object, Entry] = {}
    for number, entry in enumerate(entries):
        key = (entry.text.german, entry.life_areas, entry.template) if entry.part is Part.BRING else number
        found.setdefault(key, entry)
    return tuple(found.values())


# ---------- goals and the steps of the plan ----------

_OPEN_STEP = Q(done_on__isnull=True, dropped_because="")


def _goals(case: Case, person_id: UUID, *, confidential: bool) -> list[Goal]:
    found = Goal.objects.filter(plan__case=case, plan__person_id=person_id, confidential=confidential, rating="")
    return list(found.select_related("plan", "chain").order_by("position", "id"))


def _areas_of(goal: Goal) -> dict[str, object]:
    """A goal is also of the area of the chain that leads to it."""
    chain = goal.chain
    areas = (goal.life_area, chain.life_area) if chain else (goal.life_area,)
    return {"life_areas": areas, "template": chain.template_code if chain else "", "persons": tuple(goal.persons)}


def _goal(goal: Goal) -> Entry:
    seen_by = (Saying(goal.seen_by, source=part_of_row(goal.id, "seen_by")),) if goal.seen_by else ()
    return Entry(
        Part.GOAL,
        Saying(goal.words, source=goal.id),
        more=seen_by,
        until=goal.until_on,
        from_on=goal.until_from,
        **_areas_of(goal),  # type: ignore[arg-type]
    )


def _goal_step(step: GoalStep, goals: list[Goal]) -> Entry:
    goal = next(goal for goal in goals if goal.id == step.goal_id)
    part = _PARTS.get(HolderKind(step.who), Part.OTHERS)
    return Entry(
        part,
        Saying(step.what, source=step.id),
        by=_by(step.who) if part is Part.OTHERS else None,
        named=step.who_name,
        until=step.due_on,
        from_on=step.due_from,
        **_areas_of(goal),  # type: ignore[arg-type]
    )


def _important(goals: list[Goal], of: Of) -> Iterable[Entry]:
    plan = goals[0].plan if goals and not of.confidential else None
    if plan and plan.important:
        yield Entry(Part.IMPORTANT, Saying(plan.important, source=plan.id), persons=(plan.person_id,))


def _by(who: str, agency_kind: str = "") -> Saying | None:
    """At whom a step lies: a kind, in fixed words."""
    if agency_kind:
        return _fixed(f"agency.{agency_kind}")
    return _fixed(f"who.{who}") if f"who.{who}" in labels() else None


def _fixed(code: str) -> Saying:
    return Saying(german()[code], code)


# ---------- chains ----------


def _steps(case: Case, person_id: UUID, *, confidential: bool, today: date) -> list[ChainStep]:
    hers = Q(chain__persons__contains=[person_id], chain__confidential=confidential, chain__ended_at__isnull=True)
    resting = Q(suspended_until__gt=today)
    found = ChainStep.objects.filter(hers, ~resting | Q(suspended_until__isnull=True), case=case, state__in=_NEXT)
    return list(found.select_related("chain").order_by("chain__started_on", "chain_id", "position", "id"))


def _chain_step(step: ChainStep) -> Iterable[Entry]:
    """The step, and the papers it asks for where she or we have to do something."""
    chain, state = step.chain, StepState(step.state)
    part = _LIES_WITH.get(state) or _PARTS.get(HolderKind(step.holder), Part.OTHERS)
    origin: Mapping[str, object] = {
        "life_areas": (step.life_area,) if chain.template_code else (step.life_area, chain.life_area),
        "template": chain.template_code,
        "step": step.code,
        "agency_kind": step.agency_kind,
        "law": step.law,
        "persons": tuple(chain.persons),
    }
    yield Entry(
        part,
        _title(step),
        by=_by(step.holder, step.agency_kind) if part is Part.OTHERS or step.agency_kind else None,
        named=step.agency,
        state=f"state.{state}",
        until=step.due_on,
        from_on=step.due_from,
        clock=step.clock_due_on,
        **origin,  # type: ignore[arg-type]
    )
    if part is not Part.OTHERS:
        for document in step.documents:
            yield Entry(Part.BRING, _document(step, document), **origin)  # type: ignore[arg-type]


def _title(step: ChainStep) -> Saying:
    """A shipped title is translated; one that somebody changed is a free text."""
    code = step_code(step.chain.template_code, step.code)
    if german().get(code) == step.title:
        return Saying(step.title, code)
    return Saying(step.title, source=step.id)


def _document(step: ChainStep, document: str) -> Saying:
    code = next((code for code, text in labels().items() if text == document and code.startswith("paper.")), "")
    return Saying(document, code) if code else Saying(document, source=part_of_row(step.id, f"paper:{document}"))


# ---------- days ----------


def _appointments(case: Case, of: Of, now: datetime) -> Iterable[Entry]:
    found = Appointment.objects.filter(concerning(of), case=case, starts_at__gte=now, dropped_because="")
    rows = list(found.order_by("starts_at", "id")[:MOST_APPOINTMENTS])
    confirmed = InterpreterRequest.objects.filter(
        appointment_id__in=[row.id for row in rows], state=InterpreterState.CONFIRMED
    )
    interpreted = set(confirmed.values_list("appointment_id", flat=True))
    for row in rows:
        more = [Saying(row.subject, source=row.id)] if row.subject else []
        if row.place:
            more.append(Saying(row.place, source=part_of_row(row.id, "place"), is_name=True))
        if row.id in interpreted:
            more.append(_fixed("appointment.interpreter"))
        yield Entry(
            Part.DATE,
            _fixed(f"appointment.{row.kind}"),
            more=tuple(more),
            named=row.others,
            at=row.starts_at,
            persons=tuple(row.persons),
        )


def _deadlines(case: Case, of: Of, today: date) -> Iterable[Entry]:
    """Those with words of their own; agreed days of goals and steps stand with them."""
    for row in in_sight(case, of=of, today=today):
        code = "plan.review" if row.kind == DeadlineKind.PLAN_REVIEW else f"deadline.{row.kind}"
        if row.due_on >= today and row.kind != DeadlineKind.STEP_CLOCK and code in labels():
            yield Entry(Part.DATE, _fixed(code), until=row.due_on, deadline=row.kind, persons=row.persons)


def _day_of(entry: Entry) -> date:
    return entry.at.astimezone(BERLIN).date() if entry.at else entry.until or date.max


# ---------- words of the worker, names of the others ----------


def _own(case: Case, rows: Iterable[Entry], language: str) -> Own:
    sources = {saying.source for entry in rows for saying in (entry.text, *entry.more) if saying.source}
    found = WorkerTranslation.objects.filter(case=case, source__in=sources, language__in={language, GERMAN})
    return {(row.source, row.language): (row.german, row.words) for row in found}


def _names(case: Case, person_id: UUID, steps: Iterable[GoalStep]) -> tuple[list[tuple[str, ...]], set[str]]:
    """The parts of the names of everybody else of the case, and the person's own; three statements."""
    members = CaseMember.objects.filter(case=case).values("person_id")
    hers: set[str] = set()
    found: list[tuple[str, ...]] = []
    for name in PersonName.objects.filter(person_id__in=members):
        parts = parts_of(name.given, name.family, name.native)
        if name.person_id == person_id:
            hers |= set(parts)
        else:
            found.append(parts)
    ties = NetworkTie.objects.filter(case=case, kind=TieKind.PERSON).values_list("name", flat=True)
    contacts = ContactPerson.objects.filter(person_id__in=members).exclude(name="").values_list("name", flat=True)
    helpers = (step.who_name for step in steps if step.who == HolderKind.FAMILY)
    found += [named(name) for name in (*ties, *contacts, *helpers)]
    return found, hers
