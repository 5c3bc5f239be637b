"""The invented family may move to Gronau: a Fallübergabe that is being prepared, with open parts that still need a holder."""

from datetime import date, datetime, timedelta

from config.demo_data import others, signed
from faden.cases.models import Case
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.vocabulary import DataClass
from faden.kernel.actor import Actor
from faden.organisations.queries.recipients import as_recipient
from faden.persons.models import Person
from faden.referrals.actions import transfers
from faden.referrals.queries.transfers import planned, transfer_of
from faden.referrals.rules.transfers import Hers, Placed
from faden.referrals.vocabulary import GoesTo, LoosePartKind, TransferReason

_WORDS = "Vormittags gut zu erreichen, am besten mit einer Nachricht vorher."
_LANGUAGE = "Deutsch reicht für einfache Gespräche; bei Anträgen mit Sprachmittlung."


def run(case: Case, mother: Person, father: Person, *, by: Actor, today: date, now: datetime) -> None:
    """Rima has agreed, Khaled has not yet; her goals and papers are placed, the rest is still open."""
    service = as_recipient(others.service("gronau"))
    sharing = Sharing(
        service, "Fallübergabe nach Gronau", "Was für die Beratung in Gronau gebraucht wird",
        (DataClass.CONTACT, DataClass.LANGUAGE, DataClass.SCHOOL_WORK, DataClass.BENEFITS_HOUSING),
    )  # fmt: skip
    how = How(today + timedelta(days=180), shown_language="ar")
    consent, _sheet = signed.consent(sharing, how, case=case, person=mother, by=by, at=now - timedelta(days=7))
    frame = transfers.Frame(
        service, TransferReason.MOVED, (mother.id, father.id), today + timedelta(days=42), today + timedelta(days=14)
    )
    draft = transfers.prepare(frame, case=case, by=by, on=today, at=now)
    hers = Hers(consent.id, ((DataClass.CONTACT, _WORDS), (DataClass.LANGUAGE, _LANGUAGE)))
    draft = transfers.describe(draft, mother.id, hers, seen_version=draft.version, by=by, on=today, at=now)
    draft = transfer_of(case, draft.id)
    placed = {row.part.key: _where(row.part.kind, row.allowed) for row in planned(draft, by=by, on=today, now=now).rows}
    chosen = {key: where for key, where in placed.items() if where.goes_to}
    transfers.place(draft, chosen, seen_version=draft.version, by=by, at=now)


def _where(kind: LoosePartKind, allowed: tuple[str, ...]) -> Placed:
    """Some of it is settled already."""
    if kind == LoosePartKind.DECLARATION:
        return Placed(GoesTo.ENDS, "nennt unseren Dienst")
    if kind in (LoosePartKind.GOAL, LoosePartKind.STEP) and GoesTo.THEM in allowed:
        return Placed(GoesTo.THEM)
    return Placed(GoesTo.US) if kind == LoosePartKind.DECISION else Placed()
