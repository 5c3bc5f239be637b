"""Taking somebody into a case: a known person or a new one, how she belongs to the others, what she agreed to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.members import join
from faden.cases.models import Case, CaseMember
from faden.cases.queries.protection import require_findable
from faden.consents.actions.agreements import Agreed, note_agreement
from faden.consents.queries.agreements import ever_agreed
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.actions.families import note_kinship
from faden.persons.actions.people import NewPerson, add
from faden.persons.models import Person
from faden.persons.queries.search import birth_of
from faden.persons.rules.core_family import is_minor
from faden.persons.vocabulary import Relation


@dataclass(frozen=True)
class Belongs:
    """The newcomer is the … of this member; `represents`: the elder of both speaks for the other."""

    relation: Relation
    member: UUID
    represents: bool = False


@dataclass(frozen=True)
class Newcomer:
    """Somebody to take in. Without an agreement: name, birth date and kinship, nothing else."""

    belongs: Belongs | None
    agreed: Agreed | None
    new_person: NewPerson | None = None
    known_person: UUID | None = None


def take_in(case: Case, newcomer: Newcomer, *, by: Actor, on: date, at: datetime) -> CaseMember:
    """One more person in the case."""
    if newcomer.known_person:
        require_findable(newcomer.known_person, by=by, on=on)
        person = Person.objects.get(id=newcomer.known_person)
    else:
        person = _new(newcomer.new_person, by)
    if newcomer.known_person and newcomer.agreed is None:
        _refuse_anothers_work(person, by)
    member = join(case, person, by=by, on=on, at=at)
    if belongs := newcomer.belongs:
        other = _member(case, belongs.member)
        note_kinship(person, belongs.relation, other, represents=belongs.represents, by=by, at=at)
    if newcomer.agreed:
        note_agreement_of(case, person, newcomer.agreed, by=by, on=on, at=at)
    return member


def note_agreement_of(
    case: Case, person: Person, given: Agreed, *, by: Actor, on: date, at: datetime
) -> None:
    """A member's agreement; a minor's comes from who represents her, and from herself where she can judge it."""
    if is_minor(birth_of(person), on=on) and not given.represented_by:
        raise Invalid(
            _(
                "Bei Minderjährigen geben die gesetzlichen Vertreter die Einwilligung. Bitte wählen Sie, wer sie gegeben hat."
            ),
            "represented_by",
        )
    if person.id in given.represented_by:
        raise Invalid(_("Niemand vertritt sich selbst."), "represented_by")
    for one in given.represented_by:
        _member(case, one)
    note_agreement(given, person=person, by=by, at=at)


def _new(new: NewPerson | None, by: Actor) -> Person:
    if new is None:
        raise Invalid(_("Bitte geben Sie einen Namen an."), "family")
    return add(new, by=by)


def _member(case: Case, person_id: UUID) -> Person:
    row = CaseMember.objects.select_related("person").filter(case=case, person_id=person_id).first()
    if row is None:
        raise Invalid(_("Diese Person gehört nicht zu diesem Fall."), "member")
    return row.person


def _refuse_anothers_work(person: Person, by: Actor) -> None:
    """What she told a colleague is not opened by calling her a relative: that takes her own word."""
    here = CaseMember.objects.filter(person=person, until_on__isnull=True)
    own = here.filter(case__lead_id=UUID(by.membership_id)).exists()
    if not own and (here.exists() or ever_agreed(person.id)):
        raise Invalid(
            _(
                "Diese Person wird hier schon in einem anderen Fall beraten. Nehmen Sie sie mit ihrer Einwilligung auf."
            ),
            "agreement",
        )
