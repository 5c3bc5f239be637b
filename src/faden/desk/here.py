"""What a part of a page of a case is asked with: the case, whose page it is, and who belongs to it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from faden.cases.queries.case_page import CaseHead
from faden.cases.queries.members import Member
from faden.cases.queries.timeline import Of
from faden.desk.door import DeskRequest


@dataclass(frozen=True)
class Here:
    """The page of a case, of one person in it, or of her vertraulicher Faden."""

    request: DeskRequest
    head: CaseHead
    of: Of
    members: list[Member]  # who belongs to the case today; on a person's page only she

    @property
    def case(self) -> Any:
        """The case, as verbs and queries take it."""
        return self.request.access.case

    @property
    def names(self) -> dict[UUID, str]:
        """Of those who belong to it, by person."""
        return {member.person_id: member.card.name for member in self.members}

    @property
    def about(self) -> str:
        """For the address of a new form: whom it is about, and whether it is her vertraulicher Faden's (`preset_about`)."""
        if self.of.person is None:
            return ""
        return f"?person={self.of.person}" + ("&vertraulich=1" if self.of.confidential else "")

    @property
    def names_people(self) -> bool:
        """Each line has to say whom it is about."""
        return self.head.is_family and self.of.person is None
