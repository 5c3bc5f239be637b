"""A Fallübergabe from Ahaus to Gronau, through the verbs as the desk makes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.case_making import acting, agree, open_a_case
from tests.desk_client import actor_of, membership_of
from tests.releasing import consented

AMAL, CEM = "amal@caritas-ahaus.example", "cem@drk-gronau.example"
ALL = ("contact", "language", "school_work", "benefits_housing")


def gronau() -> Any:
    """The service that takes over."""
    return membership_of(CEM).organisation


def ground(person: Any, *, classes: tuple[str, ...] = ALL, days: int = 90, recipient: Any = None, **more: Any) -> Any:
    """A signed consent of this person towards Gronau."""
    to = recipient or gronau()
    with acting(AMAL) as by:
        return consented(person, to, by=by, purpose="Fallübergabe nach Gronau", data_classes=classes, days=days, **more)


def frame(persons: Any, *, recipient: Any = None, **more: Any) -> Any:
    """Two weeks of overlap, because they move."""
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions.transfers import Frame

    wanted = {"reason": "moved", "overlap_until": clock.today() + timedelta(days=14), "together_on": None, **more}
    return Frame(as_recipient(recipient or gronau()), persons=tuple(persons), **wanted)


def prepared(case: Any, persons: Any = (), **more: Any) -> Any:
    """A draft."""
    from faden.kernel import clock
    from faden.referrals.actions import transfers

    said = frame(persons or (case.person_id,), **more)
    with acting(AMAL) as by:
        return transfers.prepare(said, case=case, by=by, on=clock.today(), at=clock.now())


def seen(case: Any, transfer: Any) -> Any:
    """Who looks at the draft now."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.queries import transfers

    by = actor_of(AMAL)
    with opened_for(by, write=False):
        return transfers.planned(transfers.transfer_of(case, transfer.id), by=by, on=clock.today(), now=clock.now())


def describe(case: Any, transfer: Any, person: Any, consent: Any, lines: tuple[tuple[str, str], ...] = ()) -> None:
    """What is told of one person."""
    from faden.kernel import clock
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of
    from faden.referrals.rules.transfers import Hers

    hers = Hers(consent.id, lines or (("contact", "Erreichbar vormittags."),))
    with acting(AMAL) as by:
        found = transfer_of(case, transfer.id)
        transfers.describe(
            found, getattr(person, "id", person), hers, seen_version=found.version, by=by, on=clock.today(), at=clock.now()
        )


def place_all(case: Any, transfer: Any, *, choose: Any = None) -> None:
    """Over where it may, else it ends with a reason; `choose` says otherwise for a row."""
    from faden.kernel import clock
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of
    from faden.referrals.rules.transfers import Placed

    placed = {}
    for row in seen(case, transfer).rows:
        goes = "them" if "them" in row.allowed else "ends" if "ends" in row.allowed else row.allowed[0]
        said = Placed(goes, "nennt uns" if goes == "ends" else "", "contact" if goes == "them" and not row.part.data_class else "")
        placed[row.part.key] = (choose and choose(row)) or said
    with acting(AMAL) as by:
        found = transfer_of(case, transfer.id)
        transfers.place(found, placed, seen_version=found.version, by=by, at=clock.now())


def send(case: Any, transfer: Any) -> Any:
    """As it stands."""
    from faden.kernel import clock
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of

    seal = seen(case, transfer).seal
    with acting(AMAL) as by:
        return transfers.send(transfer_of(case, transfer.id), seen=seal, by=by, today=clock.today(), at=clock.now())


def sent(case: Any, persons: Any = (), *, choose: Any = None, **more: Any) -> Any:
    """Prepared, described, placed, sent: everybody of `persons` with a fresh consent."""
    persons = persons or (case.person,)
    grounds = {person.id: ground(person) for person in persons}
    transfer = prepared(case, [person.id for person in persons], **more)
    for person in persons:
        describe(case, transfer, person, grounds[person.id])
    place_all(case, transfer, choose=choose)
    send(case, transfer)
    return transfer


def deliveries() -> list[UUID]:
    """What lies in Gronau's inbox and counts."""
    from faden.consents.models import Delivery
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(CEM), write=False):
        return list(Delivery.objects.filter(ended_at__isnull=True, filed_at__isnull=True).order_by("delivered_at").values_list("id", flat=True))


def accept(*, known: Any = (), words: str = "") -> Any:
    """Cem takes all of it over; returns Gronau's case."""
    from faden.kernel import clock
    from faden.referrals.actions.taking_over import Accepting, Arriving
    from faden.referrals.actions.taking_over import accept as take_over

    whose, arriving = dict(known), deliveries()
    lead = UUID(actor_of(CEM).membership_id)
    with acting(CEM) as by:
        wanted = Accepting(tuple(Arriving(one, whose.get(one)) for one in arriving), lead, words)
        return take_over(wanted, by=by, on=clock.today(), at=clock.now())


def answered() -> None:
    """The sender's job takes up what came back."""
    from faden.consents.models import Reply
    from faden.jobs.deliveries import replied
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL)
    with opened_for(by, write=False):
        waiting = [reply.id for reply in Reply.objects.filter(taken_at__isnull=True).order_by("replied_at")]
    for reply_id in waiting:
        replied(by.organisation_id, str(reply_id))


def now(case: Any, transfer: Any) -> Any:
    """The row as it stands."""
    from faden.kernel.rls import opened_for
    from faden.referrals.models import CaseTransfer

    with opened_for(actor_of(AMAL), write=False):
        return CaseTransfer.objects.select_related("case", "recipient").get(id=transfer.id)


def a_case(**more: Any) -> Any:
    """A case in Ahaus."""
    return open_a_case(AMAL, **more)


def agreed_in_gronau(person: Any) -> None:
    """She agrees to counselling at the new service."""
    agree(person, email=CEM)


def facts_told() -> list[str]:
    """All that Gronau reads."""
    from faden.consents.queries.deliveries import content_of
    from faden.kernel.rls import opened_for

    ids = deliveries()
    with opened_for(actor_of(CEM), write=False):
        return [f"{fact.label}: {fact.value}" for one in ids for fact in content_of(one).facts]


def in_gronau(model: Any, **where: Any) -> list[Any]:
    """Rows there."""
    return _rows(CEM, model, where)


def in_ahaus(model: Any, **where: Any) -> list[Any]:
    """Rows here."""
    return _rows(AMAL, model, where)


def _rows(email: str, model: Any, where: dict[str, Any]) -> list[Any]:
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(email), write=False):
        return list(model.objects.filter(**where))


def put(case: Any, *, title: str, person: Any = None, secret: bool = False) -> None:
    """A task of hers."""
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    with acting(AMAL) as by:
        wanted = tasks.Wanted(title, clock.today(), case.lead_id, About((person or case.person_id,), secret))
        tasks.make(wanted, case=case, by=by, at=clock.now())
