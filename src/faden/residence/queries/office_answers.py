"""At the office: what was asked by a client, and what was answered to it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from faden.consents.rules.contents import Content
from faden.organisations.queries.memberships import names_of
from faden.residence.models import GivenOfficeAnswer
from faden.residence.rules.office_said import proof_names
from faden.residence.vocabulary import OfficeAnswerKind, RequestKind


@dataclass(frozen=True)
class Given:
    """One answer as it was given."""

    kind: OfficeAnswerKind
    documents: tuple[str, ...]
    appointment_on: date | None
    appointment_words: str
    competent: str
    words: str
    at: datetime
    by: str


def given(series_id: UUID, *, language: str = "de") -> list[Given]:
    """To one request, the newest first; two statements."""
    rows = list(GivenOfficeAnswer.objects.filter(series_id=series_id).order_by("-answered_at", "-id"))
    names = names_of({row.answered_by for row in rows})
    return [
        Given(
            OfficeAnswerKind(row.kind), proof_names(row.documents, language), row.appointment_on, row.appointment_words, row.competent,
            row.words or "", row.answered_at, names.get(row.answered_by, ""),
        )
        for row in rows
    ]  # fmt: skip


def kinds_given() -> QuerySet[GivenOfficeAnswer, str]:
    """To the request of an outer row (`series_id`), the newest first; for the inbox."""
    rows = GivenOfficeAnswer.objects.filter(series_id=OuterRef("series_id"))
    return rows.order_by("-answered_at", "-id").values_list("kind", flat=True)


def is_preliminary(content: Content | None) -> bool:
    """A Voranfrage is no application, and says so."""
    return content is not None and content.extra.get("kind") == RequestKind.PRELIMINARY
