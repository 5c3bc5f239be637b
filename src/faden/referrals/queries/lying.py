"""Vermittlungen of a worker: what needs her first; and the number of them for Mein Tag."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from faden.cases.models import Case
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.vocabulary.case import Phase
from faden.persons.queries.cards import Card
from faden.referrals.models import Referral
from faden.referrals.queries.referrals import SENT, ReferralRow, as_rows
from faden.referrals.vocabulary import FAILED, OVER, ReferralState

PAGE = 50
NEEDS_US = (ReferralState.QUESTION, *sorted(FAILED))


@dataclass(frozen=True)
class Lying:
    """A Vermittlung with whose case it is; where a Schutzvermerk hides the case its row says nothing."""

    row: ReferralRow
    card: Card
    number: str
    whose: str  # of who is away; "" one's own

    @property
    def who(self) -> str:
        """In a family it must be said for whom."""
        return f"{self.card.name}, {self.number}" if self.card.masked else self.row.person


@dataclass(frozen=True)
class LyingPage:
    """The list, and how many there are of each part."""

    rows: list[Lying]
    numbers: dict[str, int]
    number: int
    has_more: bool


# Parts of the list, in the order of its chips.
PARTS: dict[str, Q] = {
    "needs_us": Q(state__in=NEEDS_US),
    "running": ~Q(state__in=[*NEEDS_US, *OVER, ReferralState.DRAFT]),
    "draft": Q(state=ReferralState.DRAFT),
    "over": Q(state__in=OVER),
}


def referrals_lying_with(membership_id: UUID, *, part: str = "", today: date, page: int = 1) -> LyingPage:
    """In one's own open cases and those of who is away; a constant number of statements.

    Without a part: all that is not over, what needs us first.
    """
    absent = {one.absent_id: one.absent.name for one in deputised_by(membership_id, on=today)}
    refused = _refused(absent)
    mine = Referral.objects.filter(~Q(case__phase=Phase.CLOSED), case__lead_id__in=[membership_id, *absent]).exclude(
        case_id__in=refused
    )
    counted = mine.aggregate(**{name: Count("id", filter=which) for name, which in PARTS.items()})
    wanted = mine.filter(PARTS[part]) if part in PARTS else mine.exclude(PARTS["over"])
    first = ExpressionWrapper(PARTS["needs_us"], output_field=BooleanField())
    ordered = wanted.annotate(first=first).order_by("-first", "-state_at", "-id")
    found = list(ordered.prefetch_related(SENT)[(page - 1) * PAGE : page * PAGE + 1])
    return LyingPage(_lying(found[:PAGE], absent), counted, page, len(found) > PAGE)


def _refused(absent: Collection[UUID]) -> set[UUID]:
    """Cases whose people did not agree to Vertretung."""
    if not absent:
        return set()
    return set(not_to_deputies(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id__in=list(absent))))


def _lying(found: Sequence[Referral], absent: dict[UUID, str]) -> list[Lying]:
    about = Case.objects.filter(id__any={row.case_id for row in found}).select_related("person__municipality")
    cases = {case.id: case for case in about}
    masked = masked_cases(cases)
    cards = cards_for_list(cases.values(), masked=masked)
    rows = {row.id: _masked(row) if row.case_id in masked else row for row in as_rows(found)}
    return [
        Lying(rows[one.id], cards[one.case_id], cases[one.case_id].number, absent.get(cases[one.case_id].lead_id, ""))
        for one in found
    ]


def _masked(row: ReferralRow) -> ReferralRow:
    """That there is one, and where it stands."""
    return replace(row, person="", wish="", area="", recipients=())


def number_needing(membership_id: UUID) -> dict[ReferralState, int]:
    """In her own open cases, by state; one statement for Mein Tag."""
    found = Referral.objects.filter(~Q(case__phase=Phase.CLOSED), case__lead_id=membership_id, state__in=NEEDS_US)
    return {ReferralState(state): number for state, number in found.values_list("state").annotate(Count("id")).order_by("state")}
