"""Who acts: one person, in one role, for one service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Passed explicitly to every verb; never looked up from a thread."""

    organisation_id: int
    user_id: int | None
    role: str
    user_name: str = ""
    organisation_name: str = ""
    role_label: str = ""
    membership_id: str = ""
    # Whose work this is while she is away: the membership one stands in for in this case.
    acting_for: str = ""

    @classmethod
    def system(cls, organisation_id: int) -> "Actor":
        """The service's own nightly and queued work."""
        return cls(organisation_id=organisation_id, user_id=None, role="system")

    @property
    def person(self) -> int:
        """The acting person's id, for verbs that only people do; a job has none."""
        if self.user_id is None:
            raise ValueError("a job tried what only a person does")
        return self.user_id

    @property
    def is_system(self) -> bool:
        """True for jobs: no person behind it."""
        return self.user_id is None
