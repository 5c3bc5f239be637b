"""Every address of the desk for one service's rows."""

from uuid import UUID

from django.urls import reverse

from tests.kernel.worlds import World

NOWHERE = UUID("01890000-0000-7000-8000-000000000000")

# What the parts of an address stand for, by screen.
_IDS = {
    "case_id": lambda w: w.case.id,
    "inquiry_id": lambda w: w.inquiry.id,
    "deadline_id": lambda w: w.deadline.id,
    "task_id": lambda w: w.task.id,
    "appointment_id": lambda w: w.appointment.id,
    "file_id": lambda w: w.file.id,
    "person_id": lambda w: w.case.person_id,
    "invitation_id": lambda w: w.invitation.id,
    "membership_id": lambda w: UUID(w.actor.membership_id),
    "view_id": lambda w: w.view.id,
    "area": lambda w: "work",
    "code": lambda w: w.family.lower(),
    "version": lambda w: 1,
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
    "token": lambda w: "x" * 43,
}
# What there is only in a family's case.
_OF_THE_FAMILY = (
    "group-join", "group-leave", "group-split", "group-merge", "kinship-end", "member-agreement", "member-leaving",
)  # fmt: skip
_OVERSIGHT = ("oversight-matter", "oversight-matter-end", "matter-confirmation", "matter-refusal")


def kwargs_of(name: str, parts: dict[str, object], world: World) -> dict[str, object]:
    """The ids an address needs."""
    found = {}
    for part in parts:
        if part == "matter_id":
            found[part] = world.oversight.id if name in _OVERSIGHT else world.matter.id
        elif part == "note_id":
            found[part] = world.working_note.id if name.startswith("working-note") else world.note.id
        elif part == "tie_id" and name.startswith("network"):
            found[part] = world.network_tie.id
        elif part == "step_id" and name.startswith("chain"):
            found[part] = world.chain_step.id
        elif part == "step_id" and name.startswith("goal"):
            found[part] = world.goal_step.id
        elif part == "fact_id" and name.startswith("protected-address"):
            found[part] = world.hidden_address.id
        elif name in _OF_THE_FAMILY and part == "case_id":
            found[part] = world.family_case.id
        elif name in _OF_THE_FAMILY and part == "person_id":
            found[part] = world.member.id
        else:
            found[part] = _IDS[part](world)
    return found


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
    return reverse(name, kwargs=kwargs_of(name, parts, world))
