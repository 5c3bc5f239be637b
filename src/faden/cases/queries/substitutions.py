"""Vertretungen: who works for whom on a day, and in which cases she may not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, Substitution
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.rules.substitutions import allows_deputy
from faden.cases.vocabulary.case import Phase
from faden.consents.queries.agreements import agreed_to_substitution
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.persons.queries.cards import Card

PAGE = 50


def standing_on(day: date) -> Q:
    """Arrangements that count on this day: they begin and end at midnight, or earlier when somebody ended them."""
    return Q(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)


def deputised_by(deputy: UUID, *, on: date) -> list[Substitution]:
    """For whom this membership works today."""
    found = Substitution.objects.filter(standing_on(on), deputy_id=deputy).select_related("absent")
    return list(found.order_by("until_on", "id"))


def between(deputy: UUID, absent: UUID, *, on: date) -> Substitution | None:
    """The arrangement by which one may work on the other's cases today."""
    found = Substitution.objects.filter(standing_on(on), deputy_id=deputy, absent_id=absent)
    return found.select_related("absent").order_by("-until_on").first()


def not_to_deputies(cases: Iterable[Case]) -> set[UUID]:
    """The cases in which somebody has not agreed to Vertretung; two statements."""
    mains = {case.id: case.person_id for case in cases}
    members = defaultdict(set)
    for case_id, person_id in CaseMember.objects.filter(
        case_id__in=list(mains), until_on__isnull=True
    ).values_list("case_id", "person_id"):
        members[case_id].add(person_id)
    said = agreed_to_substitution({*mains.values(), *(p for found in members.values() for p in found)})
    return {case_id for case_id, main in mains.items() if not allows_deputy(main, members[case_id], said)}


@dataclass(frozen=True)
class Arranged:
    """One arrangement as the list shows it."""

    id: UUID
    absent: str
    deputy: str
    from_on: date
    until_on: date
    reason: str
    is_mine: bool
    i_am_deputy: bool
    stands: bool


def arranged(actor: Actor, *, everybody: bool, on: date) -> list[Arranged]:
    """What stands and what is to come: one's own, or the whole service's; one statement."""
    found = Substitution.objects.filter(until_on__gte=on, ended_at__isnull=True)
    if not everybody:
        found = found.filter(Q(absent_id=actor.membership_id) | Q(deputy_id=actor.membership_id))
    rows = found.select_related("absent", "deputy").order_by("from_on", "absent__name", "id")
    return [_as_arranged(row, actor, on) for row in rows]


def _as_arranged(row: Substitution, actor: Actor, on: date) -> Arranged:
    return Arranged(
        id=row.id,
        absent=row.absent.name,
        deputy=row.deputy.name,
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.get_reason_display(),
        is_mine=str(row.absent_id) == actor.membership_id,
        i_am_deputy=str(row.deputy_id) == actor.membership_id,
        stands=row.from_on <= on,
    )


def substitution(substitution_id: UUID) -> Substitution:
    """One arrangement of this service."""
    found = Substitution.objects.select_related("absent", "deputy").filter(id=substitution_id).first()
    if found is None:
        raise NotFound(_("Diese Vertretung gibt es hier nicht."))
    return found


@dataclass(frozen=True)
class CoveredCase:
    """A case one may work on for a while; without the client's agreement only its number."""

    case_id: UUID
    number: str
    card: Card | None
    phase: str


@dataclass(frozen=True)
class CoveredPage:
    """Fifty cases and whether there are more."""

    rows: list[CoveredCase]
    number: int
    has_more: bool


def covered_cases(standing: Substitution, *, page: int = 1) -> CoveredPage:
    """The open cases of who is away, by name; those without a name last, by number; six statements."""
    found = _open_cases([standing.absent_id]).select_related("person__municipality")
    cases = list(found.order_by("person__sort_key", "number")[(page - 1) * PAGE : page * PAGE + 1])
    refused, masked = not_to_deputies(cases[:PAGE]), masked_cases(case.id for case in cases[:PAGE])
    cards = cards_for_list([case for case in cases[:PAGE] if case.id not in refused], masked=masked)
    # In the order of names a missing one would stand between its neighbours and tell what it begins with.
    nameless = refused | masked
    shown = sorted(cases[:PAGE], key=lambda case: (case.id in nameless, case.number if case.id in nameless else ""))
    rows = [CoveredCase(c.id, c.number, cards.get(c.id), str(Phase(c.phase).label)) for c in shown]
    return CoveredPage(rows, page, has_more=len(cases) > PAGE)


@dataclass(frozen=True)
class Uncovered:
    """A case nobody may work on while its lead is away: the team lead is told, without the name."""

    case_id: UUID
    number: str
    lead: str
    until: date


def uncovered_cases(*, on: date) -> list[Uncovered]:
    """Open cases of who is away today whose client has not agreed to Vertretung; four statements."""
    until = dict(Substitution.objects.filter(standing_on(on)).order_by("until_on").values_list("absent_id", "until_on"))
    cases = list(_open_cases(until).select_related("lead").order_by("number"))
    refused = not_to_deputies(cases)
    return [Uncovered(c.id, c.number, c.lead.name, until[c.lead_id]) for c in cases if c.id in refused]


def _open_cases(leads: Iterable[UUID]) -> QuerySet[Case]:
    return Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id__in=list(leads))
