"""Every address of the desk for one service's rows."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.urls import reverse

from tests.kernel.worlds import World
from tests.referrals.arriving import STEP

NOWHERE = UUID("01890000-0000-7000-8000-000000000000")

# What the parts of an address stand for, by screen.
_IDS = {
    "case_id": lambda w: w.case.id,
    "inquiry_id": lambda w: w.inquiry.id,
    "deadline_id": lambda w: w.deadline.id,
    "task_id": lambda w: w.task.id,
    "note_id": lambda w: w.note.id,
    "appointment_id": lambda w: w.appointment.id,
    "source_id": lambda w: w.interpreter_source.id,
    "paper_id": lambda w: w.paper.id,
    "file_id": lambda w: w.file.id,
    "decision_id": lambda w: w.decision.id,
    "page_id": lambda w: w.page.id,
    "letter_id": lambda w: w.letter.id,
    "declared_id": lambda w: w.declared.about,
    "form_id": lambda w: w.declared.id,
    "language": lambda w: "de",
    "person_id": lambda w: w.case.person_id,
    "invitation_id": lambda w: w.invitation.id,
    "membership_id": lambda w: UUID(w.actor.membership_id),
    "view_id": lambda w: w.view.id,
    "area": lambda w: "work",
    "code": lambda w: w.family.lower(),
    "version": lambda w: 1,
    "number": lambda w: 1,
    "criterion": lambda w: "goals",
    "substitution_id": lambda w: w.substitution.id,
    "mark_id": lambda w: w.mark.id,
    "pair_id": lambda w: w.pair.id,
    "goal_id": lambda w: w.goal.id,
    "chain_id": lambda w: w.chain.id,
    "kind": lambda w: "limit",
    "fact_id": lambda w: w.limit.id,
    "contact_id": lambda w: w.contact_person.id,
    "group_id": lambda w: w.group.id,
    "tie_id": lambda w: w.kinship.id,
    "referral_id": lambda w: w.network["referral"].id,
    "conference_id": lambda w: w.network["conference"].id,
    "transfer_id": lambda w: w.network["transfer"].id,
    "taken_id": lambda w: w.network["taken"].id,
    "participant_id": lambda w: w.network["participant"].id,
    "point_id": lambda w: w.network["point"].id,
    "presentation_id": lambda w: w.network["presentation"].id,
    "answer_id": lambda w: w.network["answer"].id,
    "agency_id": lambda w: w.network["agency"].id,
    "key": lambda w: f"a{w.network['agency'].id}",
    "sending_id": lambda w: w.network["sending"].id,
    "lawful_id": lambda w: w.lawful.id,
    "opening_id": lambda w: w.emergency.id,
    "request_id": lambda w: w.network["incoming_request"].id,
    "delivery_id": lambda w: w.arrived["referral"],
    "step": lambda w: STEP,
    "offer_id": lambda w: w.offer.id,
    "provider_id": lambda w: w.provider.id,
    "watch_id": lambda w: w.watch.id,
    "share_id": lambda w: w.network["share"].id,
    "office_request_id": lambda w: w.network["office_request"].id,
    "reading_id": lambda w: w.network["reading"].id,
    "token": lambda w: "x" * 43,
}
# What there is only in a family's case.
_OF_THE_FAMILY = (
    "group-join", "group-leave", "group-split", "group-merge", "kinship-end", "member-agreement", "member-leaving",
)  # fmt: skip
# What a screen shows nothing without.
_QUERIES = {"declaration-sheets": lambda w: f"?blatt={w.declared.id}", "paper-file": lambda w: "?trotzdem"}
_OVERSIGHT = ("oversight-matter", "oversight-matter-end", "matter-confirmation", "matter-refusal")


# Parts that mean another row on screens whose name begins so: (part, beginning of the name, which).
_ELSEWHERE = (
    ("note_id", "working-note", lambda w: w.working_note.id),
    ("tie_id", "network", lambda w: w.network_tie.id),
    ("language", "translation", lambda w: "uk"),
    ("kind", "form-text", lambda w: "power"),
    ("page_id", "scan-page", lambda w: w.scan_page.id),
    ("file_id", "scan", lambda w: w.scan.id),
    ("step_id", "chain", lambda w: w.chain_step.id),
    ("step_id", "goal", lambda w: w.goal_step.id),
    ("fact_id", "protected-address", lambda w: w.hidden_address.id),
    ("sending_id", "sending-link", lambda w: w.network["link_sending"].id),
    ("delivery_id", "presented-one", lambda w: w.arrived["presented"]),
    ("delivery_id", "transfer-", lambda w: w.arrived["transfer"]),
    ("case_id", "taken-", lambda w: w.family_case.id),
    ("delivery_id", "received-erasure", lambda w: w.arrived["filed"]),
    ("delivery_id", "received-step", lambda w: w.arrived["chain"]),
    ("delivery_id", "received-talk", lambda w: w.arrived["chain"]),
    ("declared_id", "consent-receipt", lambda w: w.ended_consent.about),
    ("declared_id", "consent-reported", lambda w: w.waiting_consent.about),
)


def kwargs_of(name: str, parts: dict[str, object], world: World) -> dict[str, object]:
    """The ids an address needs."""
    return {part: _id_of(part, name)(world) for part in parts}


def _id_of(part: str, name: str) -> Callable[[World], object]:
    if part == "matter_id":
        return (lambda w: w.oversight.id) if name in _OVERSIGHT else (lambda w: w.matter.id)
    if name in _OF_THE_FAMILY and part in ("case_id", "person_id"):
        return (lambda w: w.family_case.id) if part == "case_id" else (lambda w: w.member.id)
    return next((which for what, begins, which in _ELSEWHERE if what == part and name.startswith(begins)), _IDS.get(part))


@cache
def desk() -> dict[str, tuple[object, dict[str, object]]]:
    """Name to (its door, the parts of its address), for everything behind the desk's own door."""
    from django.urls import get_resolver

    from faden.desk.door import Sees
    from tests.guards.test_urls import patterns

    found = {}
    for entry in patterns(get_resolver("faden.desk.urls").url_patterns):
        door = getattr(entry.callback, "door", None)
        if door and isinstance(door[0], Sees):
            found[entry.name] = (door, dict.fromkeys(entry.pattern.converters))
    return found


def address(name: str, world: World) -> str:
    """Where this screen is for this service's rows."""
    _door, parts = desk()[name]
    return reverse(name, kwargs=kwargs_of(name, parts, world)) + _QUERIES.get(name, lambda w: "")(world)
