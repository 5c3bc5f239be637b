"""A case as somebody may see it: found by the door, judged by the policies, handed down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase
from faden.kernel.errors import NotFound


@dataclass(frozen=True)
class CaseAccess:
    """The door asks once and hands this down: the case, and what may be done with it."""

    case: Case
    purpose: str
    because: str
    may_write: bool
    # In Vertretung: the membership whose work this is.
    acting_for: str = ""
    # In a Notzugriff: the minute it ends.
    until_at: datetime | None = None

    @property
    def is_emergency(self) -> bool:
        """Opened for hours, with words, under the eyes of two others."""
        return self.until_at is not None

    @property
    def is_closed(self) -> bool:
        """A closed case is for reading until it is taken up again."""
        return bool(self.case.phase == Phase.CLOSED)


def case_or_not_found(case_id: UUID, *, lock: bool = False) -> Case:
    """The case with its lead and person; a foreign one does not exist for this service.

    `lock`: for writing. Who writes while somebody closes the case or hands it over waits, and is asked again.
    """
    cases = Case.objects.select_related("lead", "person__municipality")
    if lock:
        cases = cases.select_for_update(no_key=True, of=("self",))
    case = cases.filter(id=case_id).first()
    if case is None:
        raise NotFound(_("Diesen Fall gibt es hier nicht."))
    return case
