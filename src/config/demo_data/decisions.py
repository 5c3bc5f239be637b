"""Two invented Bescheide: one whose last day is near and confirmed, one that came yesterday."""

from datetime import date, datetime, timedelta
from uuid import UUID

from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.documents.actions import decisions
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.persons.models import Person

DAY = timedelta(days=1)


def of_the_family(case: Case, mother: Person, *, paper_id: UUID, by: Actor, today: date, now: datetime) -> None:
    """The Jobcenter says no; the day was confirmed when the letter was brought."""
    came = today - 24 * DAY
    noted = decisions.Noted(
        issuer="Jobcenter Kreis Borken",
        subject="Mehrbedarf für kostenaufwändige Ernährung",
        outcome="rejected",
        reference="BG 35702-0012345",
        dated_on=came - 3 * DAY,
        posted_on=came - 2 * DAY,
        received_on=came,
        procedure="social",
        notified_how="letter",
        remedy="objection",
        remedy_to="Jobcenter Kreis Borken, Widerspruchsstelle",
        period_amount=1,
        about=About((mother.id,)),
        paper_id=paper_id,
    )
    brought = (now - 22 * DAY).astimezone(BERLIN)
    decision = decisions.note(case, noted, by=by, on=brought.date(), at=brought)
    decisions.confirm(decision, last_on=decision.proposed_on, seen_version=decision.version, by=by, at=brought)


def to_confirm(by: Actor, *, besides: Case, today: date, now: datetime) -> None:
    """In another case of hers: fetched from a yellow envelope, nobody has looked at the day yet."""
    cases = Case.objects.exclude(phase="closed").exclude(id=besides.id).filter(lead_id=UUID(by.membership_id))
    case = next(iter(cases.order_by("-opened_on", "number")[1:2]), None)
    if case is None:  # the family alone, as in a journey
        return
    noted = decisions.Noted(
        issuer="Ausländerbehörde Kreis Borken",
        subject="Beschäftigungserlaubnis",
        outcome="rejected",
        reference="33-12/4711",
        dated_on=today - 6 * DAY,
        received_on=today - DAY,
        procedure="administrative",
        notified_how="certificate",
        remedy="action",
        remedy_to="Verwaltungsgericht Münster",
        period_amount=1,
    )
    decisions.note(case, noted, by=by, on=today, at=now)
