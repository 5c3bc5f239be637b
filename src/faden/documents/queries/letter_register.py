"""The service's register of letters: who sent what kind to whom, when, how and on which ground; never what it said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.own_cases import cases_answered_for
from faden.documents.models import Letter
from faden.documents.queries.letter_texts import kind_of_letter
from faden.documents.queries.letter_values import spelled
from faden.documents.queries.letters import ground_label, way_label
from faden.documents.queries.register_page import PAGE, RegisterPage
from faden.documents.rules.letter_grounds import is_person
from faden.documents.vocabulary import LetterGround, LetterState
from faden.kernel.actor import Actor
from faden.organisations.policies import may
from faden.organisations.queries.memberships import names_of
from faden.organisations.vocabulary import Permission


@dataclass(frozen=True)
class RegisterLine:
    """One letter that went out. `by` is empty for who sees no names of colleagues."""

    id: UUID
    case_id: UUID
    number: str
    kind: str
    recipient: str
    sent_on: date
    way: str
    ground: str
    by: str


def register(*, by: Actor, on: date, page: int = 1) -> RegisterPage[RegisterLine]:
    """Her own cases' for who works on cases, else the service's; six statements, two to four more for a case worker."""
    works, watches = bool(may(by, Permission.WORK_ON_CASES)), bool(may(by, Permission.SEE_LOOKS))
    found = Letter.objects.filter(state=LetterState.SENT).defer("body", "address", "subject")
    if works:
        found = found.filter(case__in=cases_answered_for(UUID(by.membership_id), on=on))
    rows = list(found.order_by("-sent_on", "-id")[(page - 1) * PAGE : page * PAGE + 1])
    cases = {row.case_id for row in rows}
    numbers = dict(Case.objects.filter(id__in=cases).values_list("id", "number"))
    masked, names = masked_cases(cases), {} if watches else names_of({row.sent_by for row in rows})
    people = _names(cases)
    lines = [
        RegisterLine(
            row.id, row.case_id, numbers[row.case_id], kind_of_letter(row.shipped_code), _recipient(row, masked, people),
            row.sent_on or on, way_label(row.way), ground_label(row.ground), names.get(row.sent_by or 0, ""),
        )
        for row in rows
    ]  # fmt: skip
    return RegisterPage(lines[:PAGE], page, has_more=len(lines) > PAGE, names_workers=not watches, opens=works)


def _names(cases: Collection[UUID]) -> Mapping[UUID, list[tuple[str, str]]]:
    """By case (given, family) of everybody who belongs or belonged to it; two statements."""
    members = list(CaseMember.objects.filter(case_id__in=cases).values_list("case_id", "person_id"))
    names = spelled({person for _case, person in members})
    found: dict[UUID, list[tuple[str, str]]] = {case_id: [] for case_id in cases}
    for case_id, person in members:
        if name := names.get(person):
            found[case_id].append((name.given or name.native, name.family))
    return found


def _recipient(letter: Letter, masked: Collection[UUID], people: Mapping[UUID, list[tuple[str, str]]]) -> str:
    """An office by its name; a person never. Of a vertraulicher Faden and of who is protected not even the office."""
    if letter.ground == LetterGround.TO_PERSON:
        return _("die Person selbst")
    # A letter that she carries may name her or her mother as the recipient too.
    if letter.confidential or letter.case_id in masked or is_person(letter.recipient, people[letter.case_id]):
        return _("steht nur im Fall")
    return letter.recipient
