"""What the new service reads of one person in a Fallübergabe; nothing else of the case is ever put in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.chains.models import Chain, GoalStep
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import DataClass
from faden.kernel.actor import Actor
from faden.organisations.queries.letterheads import Letterhead, letterhead_of
from faden.persons.models import Person, PersonName
from faden.persons.queries.search import birth_of
from faden.referrals.models import CaseTransfer
from faden.referrals.queries.loose_parts import names_of_others
from faden.referrals.queries.transfer_rows import Goer, PartRow
from faden.referrals.rules.transfers import Item, class_of, content_of, in_one_copy, told_class
from faden.referrals.vocabulary import GoesTo, LoosePartKind, TransferReason

GERMAN = "de"
People = Mapping[UUID, tuple[str, ...]]


@dataclass(frozen=True)
class _Rows:
    """What the copies of all who go are made of."""

    head: Letterhead
    persons: Mapping[UUID, Person]
    names: Mapping[UUID, PersonName]
    chains: Mapping[str, Chain]
    goal_steps: Mapping[UUID, list[GoalStep]]


def copies_of(
    transfer: CaseTransfer, goers: Sequence[Goer], rows: Sequence[PartRow], members: Sequence[UUID], people: People, *, by: Actor
) -> dict[UUID, Content]:
    """By person. German, as all letters: what the recipient reads does not depend on the sender's language. Six statements."""
    with translation.override(GERMAN):
        mine = {goer.person_id: [row for row in rows if _stands_here(row, goer, transfer.persons, members)] for goer in goers}
        found = _rows(mine, by=by)
        return {goer.person_id: _copy_of(transfer, goer, mine[goer.person_id], people, found) for goer in goers}


def _rows(mine: Mapping[UUID, Collection[PartRow]], *, by: Actor) -> _Rows:
    parts = [row.part for told in mine.values() for row in told]
    steps: dict[UUID, list[GoalStep]] = {}
    open_steps = GoalStep.objects.filter(done_on__isnull=True, dropped_because="")
    for step in open_steps.filter(goal__in=[part.reference for part in parts if part.kind == LoosePartKind.GOAL]).order_by("position", "id"):
        steps.setdefault(step.goal_id, []).append(step)
    chains = Chain.objects.filter(id__in={part.codes[0] for part in parts if part.kind == LoosePartKind.STEP})
    return _Rows(
        letterhead_of(by.organisation_id),
        {person.id: person for person in Person.objects.filter(id__in=list(mine))},
        {name.person_id: name for name in PersonName.objects.filter(person__any=list(mine), is_main=True)},
        {str(chain.id): chain for chain in chains},
        steps,
    )


def _copy_of(transfer: CaseTransfer, goer: Goer, mine: Sequence[PartRow], people: People, found: _Rows) -> Content:
    person = found.persons[goer.person_id]
    who = _who(person, found.names.get(person.id))
    items = [*who, *(Item(code, str(DataClass(code).label), words) for code, words in goer.hers.lines)]
    items += [item for row in mine for item in _told(row, goer, people, found)]
    until = f"{transfer.overlap_until:%d.%m.%Y}" if transfer.overlap_until else "–"
    meeting = f"{transfer.together_on:%d.%m.%Y}" if transfer.together_on else ""
    return content_of(
        _("Fallübergabe: %(reason)s") % {"reason": TransferReason(transfer.reason).label},
        _chained(items, found.chains, goer),
        parts=(
            (_("Überleitung"), tuple(filter(None, [
                _("Wir arbeiten weiter mit bis %(day)s, dann endet unsere Begleitung.") % {"day": until},
                _("Gemeinsames Gespräch am %(day)s.") % {"day": meeting} if meeting else "",
            ]))),
            (_("Was nicht mitgeht"), tuple(left_behind())),
        ),
        sender=found.head.service, contact=found.head.contact, extra=_extra(transfer, person, goer),
    )  # fmt: skip


def left_behind() -> list[str]:
    """What never goes with a Fallübergabe, whatever the consents say."""
    return [
        _("Gesprächsnotizen und Arbeitsnotizen"),
        _("alles aus einem vertraulichen Faden, und Anschriften mit Schutzvermerk"),
        _("Dokumente: Die Person bringt mit, was sie zeigen möchte"),
        _("Vollmachten, Entbindungen und Einwilligungen: Sie nennen den bisherigen Dienst und enden"),
    ]


def _who(person: Person, name: PersonName | None) -> list[Item]:
    born = birth_of(person)
    codes = ("birth", born.earliest.isoformat(), str(born.precision)) if born else ("birth",)
    return [
        Item(DataClass.CONTACT, _("Familienname"), name.family if name else "", ("family",)),
        Item(DataClass.CONTACT, _("Vorname"), name.given if name else "", ("given",)),
        Item(DataClass.CONTACT, _("Name in eigener Schrift"), name.native if name else "", ("native",)),
        Item(DataClass.CONTACT, _("Geburtsdatum"), str(born) if born else "", codes),
    ]


def _stands_here(row: PartRow, goer: Goer, goers: Sequence[UUID], members: Sequence[UUID]) -> bool:
    """It goes over, may be told of her, and stands in nobody else's copy."""
    if row.gap or row.placed.goes_to != GoesTo.THEM or row.part.confidential:
        return False
    return in_one_copy(row.part.persons, goers, members) == goer.person_id


_BECOMES = {
    LoosePartKind.STEP: "step",
    LoosePartKind.GOAL: "goal",
    LoosePartKind.DEADLINE: "deadline",
    LoosePartKind.DECISION: "deadline",
    LoosePartKind.TASK: "task",
    LoosePartKind.APPOINTMENT: "task",
    LoosePartKind.REFERRAL: "task",
}


def _told(row: PartRow, goer: Goer, people: People, found: _Rows) -> list[Item]:
    """What is said of one part: its title or the worker's words, where it stands, until when."""
    part, said_as = row.part, told_class(row.part, row.placed)
    words = row.placed.because or part.title
    day = _("bis %(day)s") % {"day": f"{part.due_on:%d.%m.%Y}"} if part.due_on and part.kind != LoosePartKind.APPOINTMENT else ""
    # A state or an office may tell as much as the title: said only where nobody had to word it anew.
    spoken = not row.placed.because and part.kind in (LoosePartKind.STEP, LoosePartKind.APPOINTMENT)
    detail = part.detail if spoken and class_of(part.detail) in ("", said_as) else ""
    value = " · ".join(filter(None, [words, detail, day]))
    # Of an appointment its hour belongs to what it is called; of all else where it stood does not.
    called = len(value if part.kind == LoosePartKind.APPOINTMENT else words)
    items = [Item(said_as, str(LoosePartKind(part.kind).label), value, (_BECOMES[part.kind], *part.codes, f"#{called}"))]
    if part.kind == LoosePartKind.GOAL:
        items += _goal_steps(found.goal_steps.get(part.reference, ()), said_as, goer, people)
    return items


def _goal_steps(rows: Iterable[GoalStep], said_as: str, goer: Goer, people: People) -> list[Item]:
    """What was agreed for a goal goes with it, but for what says more than the goal itself, or of others."""
    return [
        Item(said_as, _("Vereinbarter Schritt"), row.what, ("goal_step", row.who, row.due_on.isoformat() if row.due_on else ""))
        for row in rows
        if class_of(row.what) in ("", said_as) and not names_of_others(row.what, goer.person_id, people)
    ]


def _chained(items: Sequence[Item], chains: Mapping[str, Chain], goer: Goer) -> list[Item]:
    """Ahead of its first step the name of each chain, where that may be told; steps know it by its number."""
    told: list[Item] = []
    numbers: dict[str, str] = {}
    for item in items:
        if item.codes[:1] != ("step",):
            told.append(item)
            continue
        chain_id = item.codes[1]
        if chain_id not in numbers:
            numbers[chain_id] = str(len(numbers) + 1)
            chain = chains[chain_id]
            told_as = class_of(chain.title, area=chain.life_area, template=chain.template_code)
            if told_as in goer.classes:
                told.append(Item(told_as, _("Integrationskette"), chain.title, ("chain", numbers[chain_id], chain.life_area)))
        told.append(Item(item.data_class, item.label, item.value, ("step", numbers[chain_id], *item.codes[2:])))
    return told


def _extra(transfer: CaseTransfer, person: Person, goer: Goer) -> dict[str, str]:
    """Codes and days for the recipient's verbs."""
    extra = {
        "transfer": str(transfer.id),
        "number": transfer.case.number,
        "people": str(len(transfer.persons)),
        "overlap": transfer.overlap_until.isoformat() if transfer.overlap_until else "",
        "main": "1" if person.id == transfer.case.person_id else "",
    }
    if DataClass.LANGUAGE in goer.classes:
        extra |= {"languages": ",".join(person.languages), "interpreter": person.interpreter_language}
    return extra
