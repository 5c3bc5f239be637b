"""Declarations of a person: what counts on a day, and each as pages and paper show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from faden.consents.models import (
    DECLARED,
    Consent,
    Declared,
    OwnSecrecyRelease,
    PowerOfAttorney,
    SecrecyRelease,
)
from faden.consents.queries.form_texts import name_of_language
from faden.consents.rules.declarations import last_day, needs_interpreter, state_of
from faden.consents.vocabulary import (
    DataClass,
    DeclarationEnd,
    DeclarationState,
    FormKind,
    GivenHow,
    PowerScope,
    SpecialCategory,
)
from faden.organisations.queries.memberships import names_of
from faden.persons.rules.age import eighteen_years_before


@dataclass(frozen=True)
class Standing:
    """A declaration that counts on a day, as a letter relies on it."""

    id: UUID
    kind: FormKind
    person_id: UUID
    to: str  # the authority; who may tell us
    words: str  # the procedure; the purpose
    signed_on: date | None
    until: date | None
    scope: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    mutual: bool = False

    @property
    def scope_words(self) -> str:
        """What it covers, in words."""
        labels_of = PowerScope if self.kind == FormKind.POWER else DataClass
        codes = self.scope if self.kind == FormKind.POWER else self.data_classes
        return "; ".join(str(labels_of(code).label) for code in codes)


def _counting(model: type[Declared], person_ids: Iterable[UUID], on: date) -> QuerySet[Declared]:
    """Signed, not run out, not ended; what parents alone signed counts until the day she may be of age."""
    signed = model.objects.filter(person__any=list(person_ids), signed_on__lte=on)
    return (
        signed.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .exclude(own_agreement=False, person__birth_earliest__lte=eighteen_years_before(on))
        .order_by("-signed_on", "-id")
    )


def standing_powers(person_ids: Iterable[UUID], on: date) -> list[Standing]:
    """Vollmachten that count on this day, the newest first; one statement."""
    rows: Iterable[PowerOfAttorney] = _counting(PowerOfAttorney, person_ids, on)  # type: ignore[assignment]
    return [
        Standing(
            row.id, FormKind.POWER, row.person_id, row.authority, row.procedure, row.signed_on, row.valid_until,
            scope=tuple(row.scope),
        )
        for row in rows
    ]  # fmt: skip


def standing_secrecy_releases(person_ids: Iterable[UUID], on: date) -> list[Standing]:
    """Releases from secrecy towards us that count on this day, the newest first; one statement."""
    rows: Iterable[SecrecyRelease] = _counting(SecrecyRelease, person_ids, on).defer("information")  # type: ignore[assignment]
    return [
        Standing(
            row.id, FormKind.SECRECY, row.person_id, row.discloser, row.purpose, row.signed_on, row.valid_until,
            data_classes=tuple(row.data_classes), mutual=row.mutual,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class StandingConsent:
    """A consent that carries a Weitergabe today: signed, with the release of our staff, and how long both hold."""

    id: UUID
    person_id: UUID
    recipient_key: str
    recipient_name: str
    purpose: str
    data_classes: tuple[str, ...]
    special_categories: tuple[str, ...]
    mutual: bool
    signed_on: date
    until: date  # the earlier end of the two

    @property
    def classes_words(self) -> str:
        """What may be told, in words."""
        return "; ".join(_classes(self.data_classes, self.special_categories))

    @property
    def words(self) -> str:
        """As a form offers it; who is allowed to be told stands beside it."""
        said = {"purpose": self.purpose, "classes": self.classes_words, "day": f"{self.until:%d.%m.%Y}"}
        return _("%(purpose)s (%(classes)s), gilt bis %(day)s") % said


def standing_consents(person_ids: Iterable[UUID], on: date) -> list[StandingConsent]:
    """What each of them has allowed and may be used today, the newest first; two statements."""
    rows: list[Consent] = list(_counting(Consent, person_ids, on).select_related("person").defer("information"))  # type: ignore[arg-type]
    released: dict[UUID, date] = {}
    for one in _counting(OwnSecrecyRelease, person_ids, on).select_related("person"):
        if isinstance(one, OwnSecrecyRelease) and (until := _until(one)):
            released[one.consent_id] = max(until, released.get(one.consent_id, date.min))
    return [
        StandingConsent(
            row.id, row.person_id, row.recipient_key, row.recipient_name,
            row.purpose, tuple(row.data_classes), tuple(row.special_categories), row.mutual,
            row.signed_on, min(until, released[row.id]),
        )
        for row in rows
        if row.id in released and row.signed_on and (until := _until(row))
    ]  # fmt: skip


def _until(row: Consent | OwnSecrecyRelease) -> date | None:
    return last_day(row.valid_until, own=row.own_agreement, born=row.person.birth_earliest)


@dataclass(frozen=True)
class DeclarationRow:
    """One declaration as lists and its own page show it."""

    id: UUID
    kind: FormKind
    person_id: UUID
    to: str
    words: str
    details: tuple[str, ...]
    information: str
    mutual: bool
    state: DeclarationState
    valid_until: date | None
    prepared_at: datetime
    prepared_by: str
    signed_on: date | None
    ended_on: date | None
    ended_because: str
    signed_language: str  # in words
    shown_language: str  # code; "" only German
    text_is_draft: bool
    needs_interpreter: bool
    interpreter_name: str
    interpreter_language: str
    interpreter_obliged_on: date | None
    read_aloud: bool
    own: bool
    represented_by: tuple[UUID, ...]
    # Of a consent: who said that she agreed, and when; it counts for nothing.
    reported: str = ""
    reported_on: date | None = None
    given_how: str = ""
    ended_code: str = ""
    recipient_key: str = ""  # as `organisations.queries.recipients` spells it
    consent_id: UUID | None = None  # of the release of our staff: the consent it belongs to

    @property
    def is_waiting(self) -> bool:
        return self.state == DeclarationState.WAITING

    @property
    def is_standing(self) -> bool:
        return self.state == DeclarationState.STANDING

    @property
    def is_power(self) -> bool:
        return self.kind == FormKind.POWER

    @property
    def is_consent(self) -> bool:
        return self.kind == FormKind.CONSENT

    @property
    def lets_out(self) -> bool:
        """A Weitergabe may rest on it: a consent, or the release of our staff that belongs to one."""
        return self.kind in (FormKind.CONSENT, FormKind.OWN_SECRECY)


def declarations(ids: Iterable[UUID], *, on: date) -> dict[UUID, DeclarationRow]:
    """These declarations of all kinds; five statements however many."""
    rows = rows_of(ids)
    names = names_of({row.prepared_by for row in rows})
    return {row.id: _row(row, names, on) for row in rows}


def rows_of(ids: Iterable[UUID]) -> list[Declared]:
    """The rows of all kinds; four statements however many."""
    wanted = list(ids)
    return [row for model in DECLARED for row in loaded(model).filter(id__in=wanted)]


def loaded(model: type[Declared]) -> QuerySet[Any]:
    """With all that says what it says."""
    also = ("consent",) if model is OwnSecrecyRelease else ()
    return model.objects.select_related("text", "person", *also)


def _row(row: Declared, names: dict[int, str], on: date) -> DeclarationRow:
    state = state_of(
        signed_on=row.signed_on, valid_until=row.valid_until, ended_on=row.ended_on, because=row.ended_because, on=on
    )
    to, words = said_of(row)
    return DeclarationRow(
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        to=to,
        words=words,
        details=_details(row),
        information=(row.information or "") if isinstance(row, SecrecyRelease | Consent) else "",
        mutual=isinstance(row, SecrecyRelease | Consent) and row.mutual,
        state=state,
        valid_until=row.valid_until,
        prepared_at=row.prepared_at,
        prepared_by=names.get(row.prepared_by, ""),
        signed_on=row.signed_on,
        ended_on=row.ended_on,
        ended_because=str(DeclarationEnd(row.ended_because).label) if row.ended_because else "",
        signed_language=name_of_language(row.text.language),
        shown_language=row.shown_language,
        text_is_draft=row.text.reviewed_on is None,
        needs_interpreter=needs_interpreter(row.text.language, row.shown_language),
        interpreter_name=row.interpreter_name,
        interpreter_language=row.interpreter_language,
        interpreter_obliged_on=row.interpreter_obliged_on,
        read_aloud=row.read_aloud,
        own=row.own_agreement,
        represented_by=tuple(row.represented_by),
        ended_code=row.ended_because,
        **_of_consent(row),
        consent_id=row.consent_id if isinstance(row, OwnSecrecyRelease) else None,
    )


def _of_consent(row: Declared) -> dict[str, Any]:
    if not isinstance(row, Consent):
        return {}
    return {
        "reported": row.reported_by, "reported_on": row.reported_on,
        "given_how": str(GivenHow(row.given_how).label) if row.given_how else "",
        "recipient_key": row.recipient_key,
    }  # fmt: skip


def said_of(row: Declared) -> tuple[str, str]:
    """Towards whom, and what for."""
    if isinstance(row, PowerOfAttorney):
        return row.authority, row.procedure
    if isinstance(row, SecrecyRelease):
        return row.discloser, row.purpose
    consent = consent_of(row)
    return consent.recipient_name, consent.purpose


def consent_of(row: Consent | OwnSecrecyRelease) -> Consent:
    """What our staff is released for is what the consent says."""
    return row.consent if isinstance(row, OwnSecrecyRelease) else row


def _details(row: Declared) -> tuple[str, ...]:
    if isinstance(row, PowerOfAttorney):
        return tuple(str(PowerScope(code).label) for code in row.scope)
    named = row if isinstance(row, SecrecyRelease) else consent_of(row)
    return _classes(named.data_classes, named.special_categories)


def _classes(codes: Iterable[str], categories: Iterable[str]) -> tuple[str, ...]:
    """In words, the special class by its categories."""
    classes = (str(DataClass(code).label) for code in codes if code != DataClass.SPECIAL)
    return (*classes, *(str(SpecialCategory(code).label) for code in categories))
