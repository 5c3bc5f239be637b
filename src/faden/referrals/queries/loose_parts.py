"""All that is open in a case, whoever's module it stands in: what a Fallübergabe has to find a holder for."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from faden.cases.models import Appointment, Case, CaseMember, Deadline, InterpreterRequest, Task
from faden.cases.queries.life_areas import every_area
from faden.cases.rules.interpreters import LIVE
from faden.cases.vocabulary.appointment import AppointmentKind
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.chains.models import ChainShare, ChainStep, Goal
from faden.chains.queries.holders import holder_label
from faden.chains.rules.weeks import window_in_words
from faden.chains.vocabulary import SETTLED, StepState
from faden.consents.models import Consent, PowerOfAttorney, SecrecyRelease
from faden.consents.queries.declarations import declarations
from faden.consents.vocabulary import DeclarationState
from faden.documents.models import Decision, Letter, Paper, PrintedForm
from faden.documents.queries.decisions import title_of
from faden.documents.rules.take_along import OtherPerson, names_in, others, parts_of
from faden.documents.vocabulary import LetterState, Original, Procedure, RemedyState
from faden.kernel.clock import BERLIN
from faden.persons.models import PersonName
from faden.referrals.models import Conference, Referral
from faden.referrals.rules.transfers import OpenPart, class_of
from faden.referrals.vocabulary import OVER, ConferenceState, LoosePartKind, ReferralState


@dataclass(frozen=True)
class Asked:
    """Of which case, for whom, on which day; `grounds`: the consents the Übergabe itself rests on."""

    case: Case
    goers: tuple[UUID, ...]
    members: tuple[UUID, ...]
    on: date
    now: datetime
    grounds: frozenset[UUID] = frozenset()


def members_here(case: Case) -> tuple[UUID, ...]:
    """Who belongs to the case today, the one it is named after first; one statement."""
    found = CaseMember.objects.filter(case=case, until_on__isnull=True).order_by("from_on", "id")
    return tuple(sorted(found.values_list("person_id", flat=True), key=lambda person: person != case.person_id))


def open_parts(asked: Asked) -> list[OpenPart]:
    """Whatever is open and concerns somebody who goes; confidential things too: none may stay behind.

    A Frist of a goal is a piece of the goal (`inside`) and goes where the goal goes. Some twenty statements.
    """
    areas = {area.code: area.counts_as for area in every_area()}
    found = [part for _kind, collect in COLLECTED for part in collect(asked, areas)]
    found = [part for part in found if not part.persons or set(part.persons) & set(asked.goers)]
    known = {part.reference for part in found} | asked.grounds
    people = name_parts(asked.members)
    known_parts = [_inside(part, known) for part in (*found, *_deadlines(asked))]
    above = {part.reference: part.inside for part in known_parts if part.inside}
    # An interpreter's request belongs to an appointment, and that perhaps to a conference.
    rooted = (replace(part, inside=above.get(part.inside, part.inside)) if part.inside else part for part in known_parts)
    return [_named(part, people) for part in rooted]


def to_place(parts: Iterable[OpenPart]) -> list[OpenPart]:
    """What a person has to say something about; pieces follow what they belong to."""
    return [part for part in parts if part.inside is None]


# ---------- kind by kind ----------

Areas = dict[str, str]


def _steps(asked: Asked, areas: Areas) -> Iterable[OpenPart]:
    rows = ChainStep.objects.filter(case=asked.case, chain__ended_at__isnull=True).exclude(state__in=SETTLED)
    for row in rows.select_related("chain").order_by("chain__started_on", "chain_id", "position"):
        holder = holder_label(row.holder, agency_kind=row.agency_kind, agency=row.agency)
        template = row.chain.template_code
        yield OpenPart(
            LoosePartKind.STEP, row.id, row.title, tuple(row.chain.persons), row.chain.confidential, row.due_on or row.clock_due_on,
            detail=f"{StepState(row.state).label}, {holder}",
            data_class=class_of(
                row.title, area=areas.get(row.life_area, ""), template=template, step=row.code, agency_kind=row.agency_kind, law=row.law
            ),
            codes=(str(row.chain_id), row.kind, row.holder, row.agency_kind, _iso(row.due_on)),
        )  # fmt: skip


def _goals(asked: Asked, areas: Areas) -> Iterable[OpenPart]:
    rows = Goal.objects.filter(plan__case=asked.case, rating="").select_related("plan")
    for row in rows.order_by("plan__made_at", "position", "id"):
        area = areas.get(row.life_area, "")
        yield OpenPart(
            LoosePartKind.GOAL, row.id, row.words, tuple(row.persons), row.confidential, row.until_on,
            detail=window_in_words(row.until_from, row.until_on), data_class=class_of(row.words, area=area),
            codes=(area, _iso(row.until_from), _iso(row.until_on)),
        )  # fmt: skip


def _tasks(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Task.objects.filter(case=asked.case, done_at__isnull=True).select_related("assignee")
    for row in rows.order_by("due_on", "id"):
        yield OpenPart(
            LoosePartKind.TASK, row.id, row.title, tuple(row.persons), row.confidential, row.due_on, detail=row.assignee.name,
            data_class=class_of(row.title), codes=(_iso(row.due_on),),
        )  # fmt: skip


def _appointments(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Appointment.objects.filter(case=asked.case, ends_at__gte=asked.now, dropped_because="")
    planned = Conference.objects.filter(case=asked.case, state=ConferenceState.PLANNED)
    conferences = dict(planned.values_list("appointment_id", "id"))
    for row in rows.order_by("starts_at", "id"):
        day = row.starts_at.astimezone(BERLIN)
        # Never the place: it may be where somebody waits for a protected person.
        yield OpenPart(
            LoosePartKind.APPOINTMENT, row.id, row.subject, tuple(row.persons), row.confidential, day.date(),
            detail=f"{AppointmentKind(row.kind).label}, {day:%d.%m.%Y %H:%M}", data_class=class_of(row.subject),
            inside=conferences.get(row.id), codes=(day.date().isoformat(),),
        )  # fmt: skip


# Which procedure a Bescheid comes from tells more than its subject.
_PROCEDURES = {
    Procedure.ADMINISTRATIVE: "residence", Procedure.FEDERAL: "residence", Procedure.ASYLBLG: "residence",
    Procedure.SOCIAL: "benefits", Procedure.TAX: "benefits",
}  # fmt: skip


def _decisions(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Decision.objects.filter(case=asked.case, state=RemedyState.OPEN)
    for row in rows.order_by("received_on", "id"):
        due = row.last_on or row.proposed_on
        yield OpenPart(
            LoosePartKind.DECISION, row.id, title_of(row), tuple(row.persons), row.confidential, due,
            data_class=class_of(title_of(row), area=_PROCEDURES[Procedure(row.procedure)]),
            codes=(DeadlineKind.REMEDY.value, due.isoformat()),
        )  # fmt: skip


def _referrals(asked: Asked, areas: Areas) -> Iterable[OpenPart]:
    rows = Referral.objects.filter(case=asked.case).exclude(state__in=OVER)
    for row in rows.order_by("begun_at", "id"):
        yield OpenPart(
            LoosePartKind.REFERRAL, row.id, row.wish, tuple(row.persons), row.confidential,
            detail=str(ReferralState(row.state).label), data_class=class_of(row.wish, area=areas.get(row.life_area, "")), codes=("",),
        )  # fmt: skip


def _declarations(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    ids: list[UUID] = []
    for model in (PowerOfAttorney, SecrecyRelease, Consent):
        rows = model.objects.filter(person__any=list(asked.goers), ended_on__isnull=True).exclude(id__in=asked.grounds)
        ids += rows.values_list("id", flat=True)
    if not ids:
        return
    hidden = set(PrintedForm.objects.filter(about__in=ids, confidential=True).values_list("about", flat=True))
    for row in declarations(ids, on=asked.on).values():
        if row.state in (DeclarationState.WAITING, DeclarationState.STANDING):
            yield OpenPart(
                LoosePartKind.DECLARATION, row.id, f"{row.kind.label}: {row.to}", (row.person_id,), row.id in hidden, row.valid_until,
                detail=row.words, codes=(row.kind.value, "signed" if row.signed_on else ""),
            )  # fmt: skip


def _shares(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = ChainShare.objects.filter(case=asked.case, ended_at__isnull=True).select_related("chain", "recipient")
    for row in rows.order_by("made_at", "id"):
        title = f"{row.recipient.name}: {row.chain.title}"
        yield OpenPart(LoosePartKind.SHARE, row.id, title, tuple(row.chain.persons), row.chain.confidential, row.until_on)


def _interpreters(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = InterpreterRequest.objects.filter(appointment__case=asked.case, state__in=LIVE).select_related("appointment")
    for row in rows.order_by("asked_for", "id"):
        meeting = row.appointment
        is_coming = meeting.ends_at >= asked.now and not meeting.dropped_because
        yield OpenPart(
            LoosePartKind.INTERPRETER, row.id, meeting.subject, tuple(meeting.persons), meeting.confidential,
            meeting.starts_at.astimezone(BERLIN).date(), inside=meeting.id if is_coming else None,
        )  # fmt: skip


def _originals(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Paper.objects.filter(case=asked.case, original=Original.PAPER_FILE)
    for row in rows.order_by("noted_at", "id"):
        yield OpenPart(
            LoosePartKind.ORIGINAL, row.id, row.title, tuple(row.persons), row.confidential, detail=row.original_where
        )


def _letters(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Letter.objects.filter(case=asked.case, state=LetterState.DRAFT)
    for row in rows.order_by("made_at", "id"):
        title = f"{row.recipient}: {row.subject}" if row.subject else row.recipient
        yield OpenPart(LoosePartKind.LETTER, row.id, title, tuple(row.persons), row.confidential, codes=(str(row.version),))


def _conferences(asked: Asked, _areas: Areas) -> Iterable[OpenPart]:
    rows = Conference.objects.filter(case=asked.case, state=ConferenceState.PLANNED)
    for row in rows.select_related("appointment").order_by("appointment__starts_at", "id"):
        day = row.appointment.starts_at.astimezone(BERLIN).date()
        yield OpenPart(LoosePartKind.CONFERENCE, row.id, row.appointment.subject, tuple(row.persons), row.confidential, day)


Collect = Callable[[Asked, Areas], Iterable[OpenPart]]
# Fristen stand last: most are pieces of what stands above.
COLLECTED: tuple[tuple[LoosePartKind, Collect], ...] = (
    (LoosePartKind.GOAL, _goals),
    (LoosePartKind.STEP, _steps),
    (LoosePartKind.DECISION, _decisions),
    (LoosePartKind.APPOINTMENT, _appointments),
    (LoosePartKind.TASK, _tasks),
    (LoosePartKind.REFERRAL, _referrals),
    (LoosePartKind.SHARE, _shares),
    (LoosePartKind.DECLARATION, _declarations),
    (LoosePartKind.CONFERENCE, _conferences),
    (LoosePartKind.INTERPRETER, _interpreters),
    (LoosePartKind.ORIGINAL, _originals),
    (LoosePartKind.LETTER, _letters),
)

_DEADLINE_AREAS = {
    DeadlineKind.COURSE_CLAIM: "language",
    DeadlineKind.SCHOOL_DUTY: "school",
    DeadlineKind.BENEFIT: "benefits",
    DeadlineKind.OCCUPATION: "work",
}


def _deadlines(asked: Asked) -> Iterable[OpenPart]:
    rows = Deadline.objects.filter(case=asked.case, ended_at__isnull=True)
    for row in rows.order_by("due_on", "id"):
        if row.persons and not set(row.persons) & set(asked.goers):
            continue
        title = str(DeadlineKind(row.kind).label)
        yield OpenPart(
            LoosePartKind.DEADLINE, row.id, title, tuple(row.persons), row.confidential, row.due_on,
            data_class=class_of(title, area=_DEADLINE_AREAS.get(DeadlineKind(row.kind), ""), deadline=row.kind, law=row.law),
            inside=row.reference, codes=(row.kind, row.due_on.isoformat(), str(row.reference)),
        )  # fmt: skip


def _inside(part: OpenPart, known: Collection[UUID]) -> OpenPart:
    return part if part.inside in known else replace(part, inside=None)


# ---------- names ----------


def name_parts(members: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The parts of everybody's names; one statement."""
    found: dict[UUID, tuple[str, ...]] = {}
    for name in PersonName.objects.filter(person__any=list(members)):
        found[name.person_id] = (*found.get(name.person_id, ()), *parts_of(name.given, name.family, name.native))
    return found


def names_of_others(text: str, person: UUID | None, people: Mapping[UUID, tuple[str, ...]]) -> tuple[str, ...]:
    """Who else of the case is named in a text about one of them."""
    own = people.get(person, ()) if person else ()
    strangers: list[OtherPerson] = others((parts for key, parts in people.items() if key != person), own)
    return names_in(text, strangers)


def _named(part: OpenPart, people: dict[UUID, tuple[str, ...]]) -> OpenPart:
    person = part.persons[0] if len(part.persons) == 1 else None
    return replace(part, names=names_of_others(part.title, person, people)) if person else part


def names_in_case(case: Case) -> dict[UUID, tuple[str, ...]]:
    """For checking what somebody types about one of them; two statements."""
    return name_parts(members_here(case))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
