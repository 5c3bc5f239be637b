"""Beobachtete Suchen: those of a page, and what the night finds for all of a service."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.cases.models import Case, CaseMember
from faden.cases.queries.life_areas import labels
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.case import Phase
from faden.consents.queries.agreements import agreed
from faden.directory.queries.matches import found_for
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import main_names
from faden.referrals.models import OfferWatch
from faden.referrals.queries.needs import Sought, needs_of


@dataclass(frozen=True)
class WatchRow:
    """One beobachtete Suche as a page of the case shows it."""

    id: UUID
    person_id: UUID
    person: str
    life_area: str
    area: str
    from_on: date | None
    since: date
    looked_on: date
    confidential: bool


def watches_in(case: Case, of: Of) -> list[WatchRow]:
    """Those that run, of a page; three statements."""
    rows = list(OfferWatch.objects.filter(concerning(of), case=case, ended_at__isnull=True).order_by("began_at", "id"))
    names, words = main_names({row.persons[0] for row in rows}), labels()
    return [
        WatchRow(
            row.id, row.persons[0], names.get(row.persons[0], ""), row.life_area, words.on(row.life_area, row.looked_on),
            row.from_on, row.began_at.astimezone(BERLIN).date(), row.looked_on, row.confidential,
        )
        for row in rows
    ]  # fmt: skip


def watch_for(case: Case, person_id: UUID, life_area: str, *, confidential: bool) -> OfferWatch | None:
    """Hers in this area, while it runs; one statement."""
    found = OfferWatch.objects.filter(case=case, persons=[person_id], life_area=life_area, confidential=confidential, ended_at__isnull=True)
    return found.first()


@dataclass(frozen=True)
class Looked:
    """What the night found for one watch: all that fits in the order of its page, and what of it did not when last looked."""

    watch_id: UUID
    fits: tuple[UUID, ...]
    fresh: frozenset[UUID]
    changed: bool


def looked_at(*, today: date) -> list[Looked]:
    """All that run in open cases, for people who are still there and agree; as many statements for three as for three hundred."""
    rows = list(OfferWatch.objects.filter(ended_at__isnull=True).exclude(case__phase=Phase.CLOSED).order_by("began_at", "id"))
    people = {row.persons[0] for row in rows}
    here = set(CaseMember.objects.filter(case__in={row.case_id for row in rows}, until_on__isnull=True).values_list("case_id", "person_id"))
    allowed = agreed(people)
    kept = [row for row in rows if row.persons[0] in allowed and (row.case_id, row.persons[0]) in here]
    needed = needs_of([sought_by(row, today=today) for row in kept], today=today)
    found = found_for([one.need for one in needed])
    return [_looked(row, one.fits) for row, one in zip(kept, found, strict=True)]


def sought_by(watch: OfferWatch, *, today: date) -> Sought:
    """What it asks on a day; from the day on that was noted, where it still lies ahead."""
    return Sought(watch.case_id, watch.persons[0], watch.life_area, max(today, watch.from_on or today))


def _looked(row: OfferWatch, fits: tuple[UUID, ...]) -> Looked:
    known, now = frozenset(row.known), frozenset(fits)
    return Looked(row.id, fits, now - known, now != known)
