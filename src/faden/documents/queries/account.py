"""What goes to the person about her own data: the receipt when a consent ended, and who has seen what and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from faden.cases.models import Case
from faden.cases.queries.protection import Paper
from faden.cases.queries.timeline import Of
from faden.consents.models import Release
from faden.consents.queries.declarations import DeclarationRow
from faden.consents.queries.receipts import Resting, Series, series
from faden.consents.vocabulary import Ground, LawNorm
from faden.documents.models import Letter
from faden.documents.queries.letters import ground_label
from faden.documents.queries.release_register import in_case
from faden.documents.queries.words import words_in
from faden.documents.rules.account_paper import Ended, GoneOut, Looked, account, receipt
from faden.documents.rules.take_along_paper import Contact, Sheet
from faden.documents.rules.words import GERMAN
from faden.documents.vocabulary import LetterGround, LetterState
from faden.kernel.clock import BERLIN
from faden.kernel.models import Look
from faden.organisations.queries.contact import reached

# Which sentence tells why a declaration ended; of the others its last day has passed.
_BECAUSE = {"revoked": "withdrawn", "done": "done", "of_age": "grown"}


def receipt_of(
    said: DeclarationRow, resting: Iterable[Resting], *, paper: Paper, case: Case, language: str, today: date
) -> Sheet:
    """The receipt on paper; three statements."""
    day = said.ended_on or said.valid_until or today
    ended = Ended(said.to, said.words, _BECAUSE.get(said.ended_code, "expired"), day)
    gone = [
        GoneOut(
            one.recipient, one.released_at.astimezone(BERLIN).date(), one.purpose, one.data_classes, Ground.CONSENT,
            until=one.valid_until, fate=one.fate_now, erasure=one.erasure,
        )
        for one in resting
    ]  # fmt: skip
    return receipt(ended, gone, today=today, **_frame(paper, case, language))


def account_of(case: Case, of: Of, *, paper: Paper, language: str, today: date) -> Sheet:
    """Who has seen her data in this case and why; with what is confidential only from her vertraulicher Faden.

    A constant number of statements.
    """
    person_id = of.person
    assert person_id
    gone = [*_released(case, of, person_id, today), *_written(case, of, person_id)]
    gone.sort(key=lambda one: one.on, reverse=True)
    return account(gone, _looked(case.id, person_id), today=today, **_frame(paper, case, language))


def _frame(paper: Paper, case: Case, language: str) -> dict[str, Any]:
    """Whose paper it is, in which languages, and who prints it; of who is protected neither name nor place."""
    known = reached(case.lead_id)
    return {
        "german": words_in(GERMAN), "other": words_in(language), "name": "" if paper.card.masked else paper.card.name,
        "contact": Contact(known.service, known.person, known.phone, known.mail, "" if paper.discreet else known.address),
    }  # fmt: skip


def _released(case: Case, of: Of, person_id: UUID, today: date) -> list[GoneOut]:
    """Of what went out by law only what she was told of."""
    told = Q(lawful__isnull=True) | Q(lawful__informed_on__isnull=False)
    found = series(Release.objects.filter(told, person=person_id).select_related("lawful"))
    here = in_case(case, [one.newest for one in found], confidential=of.confidential)
    return [_gone(one, today) for one in found if one.newest.id in here]


def _gone(one: Series, today: date) -> GoneOut:
    row, found = one.newest, one.fate_on(today)
    return GoneOut(
        row.recipient_name, row.released_at.astimezone(BERLIN).date(), row.purpose, tuple(row.data_classes),
        Ground(row.ground), norm=_norm(row), until=row.valid_until, fate=found, erasure=one.erasure,
    )  # fmt: skip


def _norm(row: Release) -> str:
    if row.lawful is None:
        return ""
    return row.lawful.norm_words or str(LawNorm(row.lawful.norm).label)


def _written(case: Case, of: Of, person_id: UUID) -> list[GoneOut]:
    """Letters to others about her; what she carries herself, and what went to her, she knows.

    One that is a Weitergabe stands among those: by law only once she was told of it.
    """
    own = (LetterGround.CARRIED, LetterGround.TO_PERSON)
    sent = Letter.objects.filter(case=case, persons__contains=[person_id], state=LetterState.SENT, release__isnull=True)
    found = sent.exclude(ground__in=own)
    if not of.confidential:
        found = found.filter(confidential=False)
    return [
        GoneOut(row.recipient, row.sent_on, row.subject, (), Ground.CONSENT, letter_ground=ground_label(row.ground))
        for row in found.defer("body", "address")
        if row.sent_on
    ]


def _looked(case_id: UUID, person_id: UUID) -> list[Looked]:
    """By function and reason. In a family's case a page of another member is not hers; one statement."""
    of_case = Q(subject_id=case_id) & (Q(shown=[]) | Q(shown__contains=[person_id]))
    in_lists = Q(subject_id__isnull=True) & (Q(shown__contains=[case_id]) | Q(shown__contains=[person_id]))
    rows = Look.objects.filter(of_case | in_lists).values("role", "purpose").annotate(times=Count("id"), last=Max("at"))
    found = [Looked(row["role"], row["purpose"], row["times"], row["last"].astimezone(BERLIN).date()) for row in rows]
    return sorted(found, key=lambda one: (-one.times, one.role, one.reason))
