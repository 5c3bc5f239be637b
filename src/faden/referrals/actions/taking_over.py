"""Fallübergabe at the new service: a case of its own out of the delivered copies, or a refusal with words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import deadlines, tasks
from faden.cases.actions.concerning import About
from faden.cases.actions.members import join
from faden.cases.actions.open_case import Opening, open_case
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind, Urgency
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.actions import goals
from faden.chains.actions.start import Begin, FreeStep, start_free
from faden.chains.actions.steps import agree
from faden.chains.models import ChainStep
from faden.chains.vocabulary import HolderKind, StepKind
from faden.consents.actions import releases, replies
from faden.consents.models import Delivery
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DeliveryKind
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.identifiers import uuid7
from faden.organisations.vocabulary import AgencyKind
from faden.persons.actions.people import NewPerson, Spelling, add
from faden.persons.models import Person
from faden.persons.rules import birth
from faden.persons.vocabulary import Precision
from faden.referrals import policies
from faden.referrals.models import Assignment, TakenOver
from faden.referrals.rules.transfers import Brought, Package, package_of
from faden.referrals.vocabulary import AGREEMENT_DAYS, CASE_TAKEN_OVER, GOALS_TAKEN_OVER, TRANSFER_REFUSED


@dataclass(frozen=True)
class Arriving:
    """One delivered copy, and who it is here: somebody known, or a new entry (the night looks for doubles)."""

    delivery_id: UUID
    known_person: UUID | None = None


@dataclass(frozen=True)
class Accepting:
    """All that taking a case over records; `lead`: who leads it here."""

    arriving: tuple[Arriving, ...]
    lead: UUID
    words: str = ""


def accept(accepting: Accepting, *, by: Actor, on: date, at: datetime) -> Case:
    """A case of our own. She has not agreed to counselling here yet: a task says so, and her goals wait for it."""
    copies = _locked((arriving.delivery_id for arriving in accepting.arriving), by=by, on=on)
    packages = {copy.id: _package(copy) for copy in copies}
    if len({package.transfer for package in packages.values()}) != 1:
        raise Invalid(_("Diese Zustellungen gehören nicht zu einer Übergabe."))
    if len(packages) != _announced(packages.values()):
        raise Conflict(_("Diese Übergabe ist nicht mehr vollständig. Bitte fragen Sie den Dienst, der sie gesendet hat."))
    chosen = [arriving.known_person for arriving in accepting.arriving if arriving.known_person]
    if len(chosen) != len(set(chosen)):
        raise Invalid(_("Eine Person kann hier nicht zwei sein."))
    known = {arriving.delivery_id: arriving.known_person for arriving in accepting.arriving}
    copies = sorted(copies, key=lambda copy: (packages[copy.id].extra.get("main") != "1", copy.delivered_at, copy.id))
    case = _opened(packages[copies[0].id], known[copies[0].id], accepting.lead, by=by, on=on, at=at)
    people = [case.person, *(_joined(case, packages[copy.id], known[copy.id], by=by, on=on, at=at) for copy in copies[1:])]
    for copy, person in zip(copies, people, strict=True):
        _take(case, copy, packages[copy.id], person, by=by, on=on, at=at)
    title = _("Einwilligung in Beratung und Dokumentation einholen, dann die Ziele übernehmen")
    wanted = tasks.Wanted(title, on + AGREEMENT_DAYS, accepting.lead, About(tuple(person.id for person in people)))
    tasks.make(wanted, case=case, by=by, at=at)
    said = {"what": "transfer", "answer": "accepted", "number": case.number, "words": accepting.words}
    replies.reply(copies[0].id, said, by=by, at=at)
    audit.note(CASE_TAKEN_OVER, by=by, at=at, subject=case.id, persons=len(people))
    return case


def decline(delivery_ids: Sequence[UUID], *, words: str, by: Actor, at: datetime) -> None:
    """We cannot; the old service reads why, and its copies here end with its answer."""
    if not words:
        raise Invalid(_("Bitte schreiben Sie in einem Satz, warum."), "words")
    copies = _locked(delivery_ids, by=by, on=at.astimezone(BERLIN).date())
    for copy in copies:
        _package(copy)
    replies.reply(copies[0].id, {"what": "transfer", "answer": "declined", "words": words}, by=by, at=at)
    audit.note(TRANSFER_REFUSED, by=by, at=at, subject=copies[0].id)


def take_goals(taken: TakenOver, *, by: Actor, on: date, at: datetime) -> int:
    """Now that she has agreed here, her goals come into her plan, each to be looked through together first."""
    taken = TakenOver.objects.select_for_update(of=("self",)).select_related("case", "sender", "delivery").get(id=taken.id)
    if taken.goals_taken_at:
        return 0
    package = package_of(_content(taken.delivery))
    made = 0
    goal = None
    for line in package.of("goal", "goal_step"):
        if line.kind == "goal":
            wanted = goals.Wanted(line.words, _area(line.code(1)), until_from=line.day(2), until_on=line.day(3))
            goal = goals.make(taken.case, taken.person_id, wanted, by=by, on=on, at=at)
            look = _("Ziel gemeinsam durchsehen (übernommen von %(service)s)") % {"service": taken.sender.name}
            goals.add_step(goal, goals.StepWanted(look[:200], HolderKind.CASE_MANAGER), by=by, at=at)
            made += 1
        elif goal:
            who = line.code(1) if line.code(1) in HolderKind.values else HolderKind.CASE_MANAGER
            goals.add_step(goal, goals.StepWanted(line.value[:200], who, due_on=line.day(2)), by=by, at=at)
    taken.goals_taken_at, taken.goals_taken_by = at, by.person
    taken.save(update_fields=["goals_taken_at", "goals_taken_by"])
    audit.note(GOALS_TAKEN_OVER, by=by, at=at, subject=taken.case_id, goals=made)
    return made


# ---------- persons ----------


def new_person(package: Package) -> NewPerson:
    """Who it is, as the copy says; what its ground does not name is not there."""
    languages = package.listed("languages")
    return NewPerson(
        name=Spelling(package.value("family"), package.value("given"), package.value("native")),
        birth=_birth(package),
        languages=languages,
        interpreter_language=package.extra.get("interpreter", ""),
    )


def _birth(package: Package) -> birth.BirthDate | None:
    line = next(iter(package.of("birth")), None)
    earliest = line.day(1) if line else None
    if line is None or earliest is None or line.code(2) not in Precision.values:
        return None
    return birth.of_span(earliest, line.code(2))


def _opened(package: Package, known: UUID | None, lead: UUID, *, by: Actor, on: date, at: datetime) -> Case:
    opening = Opening(
        agreed=None, urgency=Urgency.NORMAL, lead=lead, known_person=known, new_person=None if known else new_person(package)
    )
    return open_case(opening, by=by, on=on, at=at)


def _joined(case: Case, package: Package, known: UUID | None, *, by: Actor, on: date, at: datetime) -> Person:
    person = Person.objects.filter(id=known).first() if known else add(new_person(package), by=by)
    if person is None:
        raise NotFound(_("Diese Person gibt es hier nicht."))
    join(case, person, by=by, on=on, at=at)
    return person


# ---------- what is open ----------


def _take(case: Case, copy: Delivery, package: Package, person: Person, *, by: Actor, on: date, at: datetime) -> None:
    if copy.filed_at is None:
        releases.take_to_file(copy.id, by=by, at=at)
    taken = TakenOver.objects.create(
        organisation_id=by.organisation_id, case=case, person=person, delivery=copy, sender=copy.sender,
        their_number=package.their_number[:30], overlap_until=package.overlap_until, taken_at=at, taken_by=by.person,
    )  # fmt: skip
    # Part of this case's file now: read by who leads it, and no longer by everybody who looks into the Eingang.
    Assignment.objects.create(
        organisation_id=by.organisation_id, delivery=copy, series_id=copy.series_id, member_id=case.lead_id, case=case,
        assigned_at=at, assigned_by=by.person,
    )  # fmt: skip
    source = _("übernommen von %(service)s") % {"service": copy.sender.name}
    for line in package.of("deadline"):
        if due := line.day(2):
            subject = f"{line.words} ({source})"
            deadlines.note(
                case, kind=DeadlineKind.TAKEN_OVER, reference=uuid7(), due_on=due, persons=[person.id], subject=subject, at=at
            )
    for line in package.of("task"):
        wanted = tasks.Wanted(f"{line.words} ({source})"[:200], line.day(1), case.lead_id, About((person.id,)))
        tasks.make(wanted, case=case, by=by, at=at)
    _take_chains(case, package, person, source, by=by, on=on, at=at)
    tell(case, kind=EntryKind.TRANSFER, about=taken.id, at=at, persons=[person.id])


def _take_chains(case: Case, package: Package, person: Person, source: str, *, by: Actor, on: date, at: datetime) -> None:
    """A free chain for each of theirs: where the steps stood is in their words, the order is ours to find."""
    titles = {line.code(1): line for line in package.of("chain")}
    steps = package.of("step")
    for number in dict.fromkeys(line.code(1) for line in steps):
        named = titles.get(number)
        title = f"{named.value if named else _('Offene Schritte')} ({source})"[:120]
        mine = [line for line in steps if line.code(1) == number]
        area = _area(named.code(2) if named else "")
        chain = start_free(title, area, [_free(line) for line in mine], Begin(person.id, on), case=case, by=by, at=at)
        for row, line in zip(ChainStep.objects.filter(chain=chain).order_by("position"), mine, strict=True):
            if due := line.day(5):
                agree(row.id, due_from=None, due_on=due, case=case, seen_version=row.version, by=by, at=at)


def _free(line: Brought) -> FreeStep:
    kind = StepKind(line.code(2)) if line.code(2) in StepKind.values else StepKind.CLARIFY
    # Who held it there may be their worker: what lay with the client or an office lies there here too.
    holder = HolderKind(line.code(3)) if line.code(3) in (HolderKind.CLIENT, HolderKind.AGENCY) else HolderKind.CASE_MANAGER
    agency = line.code(4) if line.code(4) in AgencyKind.values else ""
    if holder == HolderKind.AGENCY and not agency:
        holder = HolderKind.CASE_MANAGER
    return FreeStep(line.words[:160], kind, holder, agency, parallel=True)


def _area(code: str) -> str:
    """As the programme counts it; a service's own area is not known elsewhere."""
    return code if code in LifeArea.values else LifeArea.ORIENTATION


# ---------- copies ----------


def _locked(delivery_ids: Iterable[UUID], *, by: Actor, on: date) -> list[Delivery]:
    """They were delivered here, this colleague may still read them, and nobody has answered with a case yet."""
    wanted = set(delivery_ids)
    found = list(Delivery.objects.select_for_update(of=("self",)).select_related("sender").filter(id__in=wanted).order_by("id"))
    if not found or len(found) != len(wanted) or any(one.ended_at for one in found):
        raise NotFound(_("Diese Übergabe gibt es hier nicht, oder sie ist beendet."))
    policies.may_read_package(by, [one.series_id for one in found], on=on).require()
    if TakenOver.objects.filter(delivery__any=[one.id for one in found]).exists():
        raise Conflict(_("Dieser Fall ist schon übernommen."))
    return found


def _package(copy: Delivery) -> Package:
    if copy.kind != DeliveryKind.TRANSFER:
        raise NotFound(_("Das ist keine Fallübergabe."))
    return package_of(_content(copy))


def _content(copy: Delivery) -> Content:
    if copy.content is None:
        raise NotFound(_("Diese Angaben sind gelöscht."))
    return from_json(copy.content)


def _announced(packages: Iterable[Package]) -> int:
    return max(int(package.extra.get("people", "1")) for package in packages)
