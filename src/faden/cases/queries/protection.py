"""Who may find a protected person, and where her address may be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, Closing, Substitution
from faden.cases.queries.masking import HERE, masked_cases
from faden.cases.queries.substitutions import not_to_deputies, standing_on
from faden.cases.vocabulary.case import Phase
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.persons.models import Address, DatedFact, Person
from faden.persons.queries.cards import Card, card_of, masked_card
from faden.persons.queries.facts import Snapshot, Thread, as_of, history_of, history_of_fact
from faden.persons.queries.protection import protected, with_secret_address
from faden.persons.vocabulary import FactKind


def masked_people(person_ids: Iterable[UUID]) -> set[UUID]:
    """The protected among them, and whoever is in one case with somebody protected; three statements."""
    asked = list(person_ids)
    rows = list(CaseMember.objects.filter(HERE, person_id__in=asked).values_list("case_id", "person_id"))
    masked = masked_cases(case_id for case_id, _person in rows)
    return protected(asked) | {person_id for case_id, person_id in rows if case_id in masked}


def hidden_people(person_ids: Iterable[UUID], *, membership_id: UUID, on: date) -> set[UUID]:
    """Whom this colleague must not find: the masked she does not work with.

    Four statements, and two more where she stands in for somebody.
    """
    masked = masked_people(person_ids)
    rows = CaseMember.objects.filter(HERE, works_on(membership_id, on=on), person_id__in=masked)
    return masked - {row.person_id for row in open_to(rows.select_related("case"), membership_id=membership_id)}


def works_on(membership_id: UUID, *, on: date) -> Q:
    """For a filter of case members: in a case she leads, or whose lead she stands in for today."""
    absent = Substitution.objects.filter(standing_on(on), deputy_id=membership_id).values("absent_id")
    return Q(case__lead_id=membership_id) | Q(case__lead_id__in=absent)


def open_to(rows: Iterable[CaseMember], *, membership_id: UUID) -> list[CaseMember]:
    """Of rows that `works_on` found those that she may open: where Vertretung was agreed to."""
    found = list(rows)
    deputised = {row.case_id: row.case for row in found if row.case.lead_id != membership_id}
    refused = not_to_deputies(deputised.values()) if deputised else set()
    return [row for row in found if row.case_id not in refused]


def require_findable(person_id: UUID, *, by: Actor, on: date) -> None:
    """Raise NotFound unless this is a person of this service whom the actor may find."""
    hidden = hidden_people([person_id], membership_id=UUID(by.membership_id), on=on)
    if hidden or not Person.objects.filter(id=person_id).exists():
        raise NotFound(_("Diese Person gibt es hier nicht."))


class AddressShown(Enum):
    """Where a person's address may be read in one case."""

    OPENLY = "openly"
    ON_ASKING = "on_asking"  # after one click, with a look of its own; never on a sheet or a print
    NEVER = "never"


def require_readable_address(case: Case, person_id: UUID) -> None:
    """Raise NotFound where this case is no reason to read her address."""
    if address_in(case, person_id) is AddressShown.NEVER:
        raise NotFound(_("Die Anschrift dieser Person wird in diesem Fall nicht gezeigt."))


def address_in(case: Case, person_id: UUID) -> AddressShown:
    """Of one who belongs or belonged to the case; three statements.

    With one protected person in the family nobody's address is read in passing: it may be hers. Who left
    keeps a new one to herself if she is protected; if who stayed is, nobody here needs the other's.
    """
    members = dict(CaseMember.objects.filter(case=case).order_by("from_on").values_list("person_id", "until_on"))
    here = {member for member, until_on in members.items() if until_on is None}
    secret = with_secret_address({*here, person_id})
    if not secret:
        return AddressShown.OPENLY
    return AddressShown.ON_ASKING if person_id in here and case.phase != Phase.CLOSED else AddressShown.NEVER


@dataclass(frozen=True)
class FactsShown:
    """What a page of this case says about a person, and whether her address may be asked for."""

    snapshot: Snapshot
    ask_address: bool


def facts_in(case: Case, person_id: UUID, *, on: date) -> FactsShown:
    """Her facts of a day as a page of this case shows them; three statements more than `as_of`.

    Of who left the case nothing, and in a closed one what was known on the day it was closed: others may
    work with her now.
    """
    if not CaseMember.objects.filter(HERE, case=case, person_id=person_id).exists():
        return FactsShown(Snapshot(on), ask_address=False)
    closed_at = _closed_at(case)
    day = min(on, closed_at.astimezone(BERLIN).date()) if closed_at else on
    snapshot, address = as_of(person_id, day, believed_at=closed_at), address_in(case, person_id)
    if address is AddressShown.OPENLY:
        return FactsShown(snapshot, ask_address=False)
    return FactsShown(snapshot.without_addresses(), ask_address=address is AddressShown.ON_ASKING)


def _closed_at(case: Case) -> datetime | None:
    """When this case was closed; None while it is open."""
    if case.phase != Phase.CLOSED:
        return None
    return Closing.objects.filter(case=case, reopened_at__isnull=True).values_list("closed_at", flat=True).first()


def is_address_open(case: Case, person_id: UUID) -> bool:
    """Her address may be read in passing on the pages of this case."""
    return address_in(case, person_id) is AddressShown.OPENLY


def threads_in(case: Case, person_id: UUID, kind: FactKind) -> list[Thread]:
    """The history of a kind of facts as a page of this case shows it."""
    found = history_of(person_id, kind, until=_closed_at(case))
    if kind == FactKind.ADDRESS and not is_address_open(case, person_id):
        return [thread.without_addresses() for thread in found]
    return found


def thread_in(case: Case, row: DatedFact) -> Thread:
    """The history of one fact as a page of this case shows it."""
    found = history_of_fact(row)
    hidden = isinstance(row, Address) and not is_address_open(case, row.person_id)
    return found.without_addresses() if hidden else found


@dataclass(frozen=True)
class Paper:
    """What a sheet may say about a person. `discreet`: not who she is, where she lives or where she goes."""

    card: Card
    snapshot: Snapshot
    discreet: bool


def on_paper(case: Case, person: Person, *, on: date) -> Paper:
    """Her facts and card for a sheet: paper is left lying about."""
    snapshot = facts_in(case, person.id, on=on).snapshot
    if protected([person.id]):
        return Paper(masked_card(person.id), snapshot.discreet(), discreet=True)
    if masked_cases([case.id]):
        # Where a child goes day by day is where her mother can be waited for.
        return Paper(card_of(person).without_contact(), snapshot.discreet(), discreet=True)
    return Paper(card_of(person), snapshot, discreet=False)
