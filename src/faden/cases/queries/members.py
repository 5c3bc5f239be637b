"""Who belongs to a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.kernel.errors import NotFound
from faden.persons.models import Person
from faden.persons.queries.cards import Card, cards_of
from faden.persons.queries.search import birth_of
from faden.persons.rules.birth import BirthDate


@dataclass(frozen=True)
class Member:
    """One person of a case, ready to be shown."""

    card: Card
    birth_latest: date | None
    birth: BirthDate | None
    from_on: date
    until_on: date | None
    is_main: bool

    @property
    def person_id(self) -> UUID:
        return self.card.person_id

    @property
    def is_here(self) -> bool:
        """Still part of the work."""
        return self.until_on is None

    def age_on(self, day: date) -> str:
        """ "34", "17–18" where the birth date leaves both open, "" where it is not known."""
        if self.birth is None:
            return ""
        youngest, oldest = self.birth.age_on(day)
        return str(oldest) if youngest == oldest else f"{youngest}–{oldest}"


def members_of(case: Case) -> list[Member]:
    """All that belong or belonged, the one the case is named after first; two statements."""
    found = CaseMember.objects.filter(case=case).select_related("person__municipality").order_by("from_on", "id")
    # Who left and came back has two rows; the later one counts.
    rows = list({row.person_id: row for row in found}.values())
    cards = cards_of([row.person for row in rows])
    members = [
        Member(
            cards[row.person_id] if row.until_on is None else cards[row.person_id].without_contact(),
            row.person.birth_latest,
            birth_of(row.person),
            row.from_on,
            row.until_on,
            row.person_id == case.person_id,
        )
        for row in rows
    ]
    return sorted(members, key=lambda member: (not member.is_main, not member.is_here))


def person_in(case: Case, person_id: UUID) -> Person:
    """A person of this case, past members too: for what was written here while she belonged to it."""
    return _member(CaseMember.objects.filter(case=case, person_id=person_id))


def person_here(case: Case, person_id: UUID) -> Person:
    """Somebody who belongs to this case now: for what is known about her and where she can be reached.

    Who left may have a worker of her own, and a reason that nobody here learns more.
    """
    return _member(CaseMember.objects.filter(case=case, person_id=person_id, until_on__isnull=True))


def person_meant(case: Case, asked: UUID | None) -> UUID | None:
    """Who of those who belong to this case now is asked for, or the only one there is; one statement."""
    here = set(CaseMember.objects.filter(case=case, until_on__isnull=True).values_list("person_id", flat=True))
    if asked in here:
        return asked
    return next(iter(here)) if len(here) == 1 else None


def _member(rows: QuerySet[CaseMember]) -> Person:
    row = rows.select_related("person__municipality").order_by("-from_on").first()
    if row is None:
        raise NotFound(_("Diese Person gehört nicht zu diesem Fall."))
    return row.person
