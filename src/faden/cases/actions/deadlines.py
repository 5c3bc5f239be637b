"""Fristen: noted and moved by what they come from, ended and taken back by people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, Deadline
from faden.cases.queries.deadlines import BY_HAND
from faden.cases.vocabulary.deadline import (
    DEADLINE_ENDED,
    DEADLINE_REOPENED,
    ENDED_AT_ITS_SOURCE,
    DeadlineEnd,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.persons.actions.changes import facts_changed

_NOT_ENDED = {"ended_at": None, "ended_by": None, "ended_because": "", "ended_words": ""}


def note(  # noqa: PLR0913 -- one call says a row
    case: Case,
    *,
    kind: str,
    reference: UUID,
    due_on: date,
    persons: Sequence[UUID],
    confidential: bool = False,
    law: str = "",
    subject: str = "",
    at: datetime,
) -> Deadline:
    """The last day of something in a case: created, moved or left as it is.

    What somebody ended by hand comes back only when its day has changed.
    """
    told = {
        "due_on": due_on,
        "persons": list(persons),
        "confidential": confidential,
        "law": law[:160],
        "subject": subject[:200],
    }
    deadline, is_new = Deadline.objects.select_for_update().get_or_create(
        organisation_id=case.organisation_id,
        case=case,
        kind=kind,
        reference=reference,
        defaults={**told, "noted_at": at},
    )
    if not is_new and (changed := moved(deadline, told, at=at)):
        deadline.save(update_fields=changed)
    return deadline


def moved(deadline: Deadline, told: dict[str, object], *, at: datetime) -> list[str]:
    """Set what is told now; returns the columns that changed."""
    changes = {name: value for name, value in told.items() if getattr(deadline, name) != value}
    if "due_on" in changes:
        # Another day is a new warning.
        changes |= {"warned_at_days": None, "noted_at": at}
    if deadline.ended_at and ("due_on" in changes or deadline.ended_because not in BY_HAND):
        changes |= _NOT_ENDED
    for name, value in changes.items():
        setattr(deadline, name, value)
    return list(changes)


def end_for(
    reference: UUID,
    *,
    because: DeadlineEnd = DeadlineEnd.GONE,
    case: Case | None = None,
    kind: str | None = None,
    words: str = "",
    by: Actor | None = None,
    at: datetime,
) -> int:
    """What a row stood for is settled or no more; returns how many ended."""
    standing = Deadline.objects.filter(reference=reference, ended_at__isnull=True)
    if case:
        standing = standing.filter(case=case)
    if kind:
        standing = standing.filter(kind=kind)
    return standing.update(ended_at=at, ended_because=because, ended_by=by.person if by else None, ended_words=words[:300])


def count_again(reference: UUID, *, kind: str, case: Case) -> int:
    """What the row stood for is open after all; returns how many count again."""
    ended = Deadline.objects.filter(reference=reference, kind=kind, case=case, ended_at__isnull=False)
    return ended.update(**_NOT_ENDED)


def end_for_person(case: Case, person_id: UUID, *, at: datetime) -> int:
    """She is no longer part of the case: what stood there for her alone ends."""
    standing = Deadline.objects.filter(case=case, persons=[person_id], ended_at__isnull=True)
    return standing.update(ended_at=at, ended_because=DeadlineEnd.GONE)


def deadline_of(case: Case, deadline_id: UUID) -> Deadline:
    """A deadline of this case."""
    found = Deadline.objects.filter(id=deadline_id, case=case).first()
    if found is None:
        raise NotFound(_("Diese Frist gibt es hier nicht."))
    return found


def _locked(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).select_related("case").get(id=deadline.id)


def end(deadline: Deadline, because: DeadlineEnd, words: str, *, by: Actor, at: datetime) -> Deadline:
    """Somebody says it no longer counts, and why. Saying it twice changes nothing."""
    if because not in BY_HAND:
        raise Invalid(_("Bitte wählen Sie, warum die Frist nicht mehr zählt."), "because")
    if because != DeadlineEnd.DONE and not words.strip():
        raise Invalid(_("Bitte schreiben Sie in einem Satz dazu, warum."), "words")
    deadline = _locked(deadline)
    if deadline.ended_at:
        return deadline
    _must_end_here(deadline)
    deadline.ended_at, deadline.ended_by = at, by.person
    deadline.ended_because, deadline.ended_words = because, words.strip()
    deadline.save(update_fields=list(_NOT_ENDED))
    audit.note(
        DEADLINE_ENDED, by=by, at=at, subject=deadline.case_id, deadline=str(deadline.id), because=because
    )
    return deadline


def reopen(deadline: Deadline, *, by: Actor, at: datetime) -> Deadline:
    """It counts after all."""
    deadline = _locked(deadline)
    if deadline.ended_because not in BY_HAND:
        return deadline
    _must_end_here(deadline)
    for name, value in _NOT_ENDED.items():
        setattr(deadline, name, value)
    deadline.save(update_fields=list(_NOT_ENDED))
    audit.note(DEADLINE_REOPENED, by=by, at=at, subject=deadline.case_id, deadline=str(deadline.id))
    return deadline


def _must_end_here(deadline: Deadline) -> None:
    if deadline.kind in ENDED_AT_ITS_SOURCE:
        raise Invalid(_("Halten Sie beim Bescheid fest, was daraus wurde: Die Frist folgt dem Bescheid."))


def end_all_for(case: Case, *, by: Actor, at: datetime) -> int:
    """The case is closed: nobody is warned any more."""
    standing = Deadline.objects.filter(case=case, ended_at__isnull=True)
    return standing.update(ended_at=at, ended_by=by.person, ended_because=DeadlineEnd.CASE_CLOSED)


def restore(case: Case, *, by: Actor, at: datetime) -> int:
    """The case goes on: what its closing ended counts again, and the facts are looked at anew."""
    ended = Deadline.objects.filter(case=case, ended_because=DeadlineEnd.CASE_CLOSED)
    restored = ended.update(**_NOT_ENDED)
    members = CaseMember.objects.filter(Q(until_on__isnull=True), case=case)
    for person_id in members.values_list("person_id", flat=True):
        facts_changed(person_id, by=by)
    return restored
