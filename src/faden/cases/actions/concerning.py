"""Whom something in a case is about: checked against the case's members by every verb that writes."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.cases.vocabulary.case import Scope
from faden.kernel.errors import Invalid


@dataclass(frozen=True)
class About:
    """The persons meant, and whether it belongs to the vertraulicher Faden of the only one of them."""

    persons: tuple[UUID, ...] = ()
    confidential: bool = False


def checked(about: About, *, case: Case) -> dict[str, object]:
    """The columns `persons` and `confidential`. In the case of one person she is meant unless said otherwise.

    In a family case somebody must be named: a note about nobody would have to stand on everybody's sheet.
    """
    if not about.persons and case.scope == Scope.PERSON:
        return {"persons": [case.person_id], "confidential": about.confidential}
    if not about.persons:
        raise Invalid(_("Bitte wählen Sie, wen es betrifft."), "persons")
    if about.confidential and len(set(about.persons)) != 1:
        raise Invalid(_("Vertraulich kann ein Eintrag nur für genau eine Person sein."), "persons")
    members = set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))
    if not set(about.persons) <= members:
        raise Invalid(_("Diese Person gehört nicht zu diesem Fall."), "persons")
    return {"persons": list(dict.fromkeys(about.persons)), "confidential": about.confidential}
