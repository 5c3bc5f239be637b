"""Anfragen an die Behörde: what can be told, to which office, and how those that were sent stand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.members import person_here
from faden.cases.queries.protection import is_address_open
from faden.cases.queries.timeline import Of
from faden.chains.queries.lines import Told
from faden.consents.models import Release, ReleaseEnding
from faden.consents.queries.releases import ReleaseRow, released
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DataClass, ReleaseEnd
from faden.documents.models import Paper
from faden.documents.rules.take_along import OtherPerson, names_in, others, parts_of
from faden.documents.vocabulary import SEEN_NOT_STORED, PaperKind
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.law import words
from faden.organisations.queries.memberships import names_of
from faden.organisations.queries.recipients import Recipient, recipients
from faden.organisations.queries.services import offices, offices_that_read_clients
from faden.organisations.vocabulary import STAY_KINDS
from faden.persons.models import Address, Person, PersonName
from faden.persons.queries.cards import card_of, main_names
from faden.persons.queries.facts import period_of
from faden.residence.models import OfficeAnswer, OfficeRequest, Precheck
from faden.residence.queries.known import known_of
from faden.residence.rules.lines import lines_of
from faden.residence.rules.office_said import proof_names
from faden.residence.rules.requests import (
    SETTLED_IN_TALK,
    Document,
    RunsOut,
    Tellable,
    is_naturalisation,
    is_receipt_missing,
    may_be_told,
    runs_out,
    title_of,
    without_settled,
)
from faden.residence.vocabulary import (
    OfficeAnswerKind,
    OfficeAnswerWay,
    ReceiptKind,
    RequestKind,
    RequestState,
)

_CLASS_OF_PAPER = {
    PaperKind.RESIDENCE: DataClass.RESIDENCE,
    PaperKind.DECISION: DataClass.RESIDENCE,
    PaperKind.LETTER: DataClass.RESIDENCE,
    PaperKind.IDENTITY: DataClass.RESIDENCE,
    PaperKind.OTHER: DataClass.RESIDENCE,
    PaperKind.CIVIL: DataClass.FAMILY,
    PaperKind.CERTIFICATE: DataClass.SCHOOL_WORK,
    PaperKind.CONTRACT: DataClass.SCHOOL_WORK,
    PaperKind.LANGUAGE: DataClass.LANGUAGE,
    PaperKind.INCOME: DataClass.BENEFITS_HOUSING,
    PaperKind.INSURANCE: DataClass.BENEFITS_HOUSING,
}
# Of these not even the kind is told: what is looked at only, what she signed for us, what we wrote.
_NOT_TOLD = SEEN_NOT_STORED | {PaperKind.SIGNED, PaperKind.OUTGOING}
MOST_PAPERS = 60


# ---------- what can be ticked ----------


@dataclass(frozen=True)
class Material:
    """Everything that could be ticked for one person; `facts` are for the cautions alone."""

    lines: tuple[Tellable, ...]
    documents: tuple[Document, ...]
    facts: dict[str, Any]
    runs_out: RunsOut | None
    guarded: bool
    others: tuple[OtherPerson, ...]

    def names_in(self, text: str) -> tuple[str, ...]:
        """Who else of the case is named in it."""
        return names_in(text, self.others)


def material(case: Case, person_id: UUID, *, on: date) -> Material:
    """In German, as the office reads it; a constant number of statements.

    Nothing of a vertraulicher Faden, and with one protected person in the case nothing of where anybody lives.
    """
    person = person_here(case, person_id)
    guarded = bool(masked_cases([case.id]))
    with translation.override("de"):
        known = known_of([(case.id, person_id)], on=on)[(case.id, person_id)]
        facts = without_settled(known.facts)
        rows = facts.get("stays") or [dict(row.values) for row in known.filed.rows.get("stays", ())]
        lines = (*_contact(case, person, guarded=guarded, on=on), *_facts(facts, on))
        documents = tuple(_documents(case, person_id))
    return Material(lines, documents, facts, runs_out(rows, on=on), guarded, tuple(_others(case, person_id)))


def _contact(case: Case, person: Person, *, guarded: bool, on: date) -> Iterable[Tellable]:
    card, name = card_of(person), PersonName.objects.filter(person=person, is_main=True).first()
    spoken = " ".join(filter(None, [name.given, name.family])) or name.native if name else ""
    open_ = not guarded and is_address_open(case, person.id)
    row = _address_on(person.id, on) if open_ else None
    home = ", ".join(filter(None, [row.street, f"{row.postcode} {row.place}".strip()])) if row else ""
    said = (
        ("person.name", _("Name"), spoken),
        ("person.phone", _("Telefon"), card.phone),
        ("person.email", _("E-Mail"), card.email),
        ("person.address", _("Anschrift"), home),
        ("person.town", _("Wohnort"), card.town if open_ and not home else ""),
    )
    return [Tellable(key, DataClass.CONTACT, label, value) for key, label, value in said if value]


def _facts(facts: dict[str, Any], on: date) -> Iterable[Tellable]:
    for line in lines_of(facts, "de"):
        if may_be_told(line.key) and SETTLED_IN_TALK not in line.value:
            yield Tellable(line.key, line.data_class, line.label, line.value)


def _documents(case: Case, person_id: UUID) -> Iterable[Document]:
    found = Paper.objects.filter(case=case, persons__contains=[person_id], confidential=False).exclude(kind__in=_NOT_TOLD)
    for row in found.defer("stored_because").order_by("-noted_at", "-id")[:MOST_PAPERS]:
        kind = PaperKind(row.kind)
        seen_on = row.seen_on or row.received_on or row.noted_at.astimezone(BERLIN).date()
        said = [str(kind.label), _("gesehen am %(day)s") % {"day": f"{seen_on:%d.%m.%Y}"}]
        if row.valid_until:
            said.append(_("gültig bis %(day)s") % {"day": f"{row.valid_until:%d.%m.%Y}"})
        line = ", ".join(said)
        yield Document(str(row.id), _CLASS_OF_PAPER[kind], f"{line} ({row.title})", line, len(row.persons) > 1)


def _others(case: Case, person_id: UUID) -> list[OtherPerson]:
    """Who belongs or belonged to the case, without the names she has herself; one statement."""
    names = list(PersonName.objects.filter(person__in=case.members.values("person")))
    hers = {part for one in names if one.person_id == person_id for part in parts_of(one.family, one.given, one.native)}
    return others((parts_of(one.family, one.given, one.native) for one in names if one.person_id != person_id), hers)


# ---------- which office ----------


@dataclass(frozen=True)
class OfficeChoice:
    """An office to choose; `is_competent` is None where nobody can know: the address book does not say, or the town is not known."""

    to: Recipient
    is_competent: bool | None
    reads_clients: bool  # somebody for building block 3 would read it in Faden

    @property
    def key(self) -> str:
        return self.to.key

    def fits(self, paths: Collection[str]) -> bool:
        """It decides about what is asked."""
        return self.to.naturalises == is_naturalisation(paths)


@dataclass(frozen=True)
class Offices:
    """Where it may go, those competent first; `town` is "" where it is not known or kept back."""

    rows: tuple[OfficeChoice, ...]
    town: str
    guarded: bool

    def competent(self, paths: Collection[str]) -> OfficeChoice | None:
        """The one that is preset."""
        return next((one for one in self.rows if one.is_competent and one.fits(paths)), None)

    def one(self, key: str) -> OfficeChoice:
        """One of them."""
        found = next((one for one in self.rows if one.key == key), None)
        if found is None:
            raise NotFound(_("Diese Behörde gibt es hier nicht."))
        return found


def offices_for(case: Case, person_id: UUID, *, but: int, on: date) -> Offices:
    """Those that decide about somebody's stay, for her town on this day; seven statements."""
    guarded = bool(masked_cases([case.id]))
    town = None if guarded else _town_on(case, person_id, on)
    here = {one.id: one.is_competent for one in offices(sorted(STAY_KINDS), ags=town.ags, on=on)} if town else {}
    readers, known = offices_that_read_clients(on=on), [one for one in recipients(but=but) if one.decides_about_stay]
    found = [OfficeChoice(one, here.get(one.organisation_id or 0), one.organisation_id in readers) for one in known]
    rows = sorted(found, key=lambda one: (not one.is_competent, not one.to.has_account, one.to.name.casefold()))
    return Offices(tuple(rows), town.name if town else "", guarded)


def _town_on(case: Case, person_id: UUID, on: date) -> Any:
    """Of the address that holds on this day; without one the town noted with the person."""
    person = person_here(case, person_id)
    row = _address_on(person_id, on)
    if row is None:
        return person.municipality
    is_elsewhere = not row.municipality and (row.place or row.postcode)
    return None if is_elsewhere else row.municipality or person.municipality


def _address_on(person_id: UUID, on: date) -> Address | None:
    rows = Address.objects.filter(person=person_id, superseded_at__isnull=True).select_related("municipality")
    rows = rows.order_by(F("from_on").desc(nulls_last=True), "-noted_at", "id")
    return next((row for row in rows if period_of(row).holds_on(on)), None)


def paths_to_choose(case: Case, person_id: UUID, *, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """All paths in words, those of her Vorprüfung before the others; one statement."""
    row = Precheck.objects.filter(case=case, person=person_id).only("paths").first()
    looked_at = set(row.paths) if row else set()
    told = [(key, words.of("paths", key, language)) for key in words.told("paths")]
    groups = (
        (_("in der Vorprüfung"), [one for one in told if one[0] in looked_at]),
        (_("andere Wege") if looked_at else _("alle Wege"), [one for one in told if one[0] not in looked_at]),
    )
    return [(title, found) for title, found in groups if found]


def is_path(key: str) -> bool:
    """Whether the rules know it."""
    return key in words.told("paths")


# ---------- those that were sent ----------


@dataclass(frozen=True)
class RequestRow:
    """One as lists show it."""

    id: UUID
    person_id: UUID
    person: str
    kind: RequestKind
    title: str
    recipient: str
    state: RequestState
    sent_on: date
    state_on: date
    receipt_missing: bool

    @property
    def is_over(self) -> bool:
        return self.state == RequestState.ENDED


# A copy that ran out by its day leaves what was said as it stands; whatever else ends it ends the request.
_ENDS = [ReleaseEnd.WITHDRAWN, ReleaseEnd.RECALLED, ReleaseEnd.OF_AGE]
_TAKEN_BACK = Exists(ReleaseEnding.objects.filter(release=OuterRef("release_id"), because__in=_ENDS))


def requests_in(case: Case, of: Of, *, on: date) -> list[RequestRow]:
    """Of a page, the newest first; two statements. Nothing of them is confidential."""
    found = OfficeRequest.objects.filter(case=case).annotate(taken_back=_TAKEN_BACK).order_by("-sent_at", "-id")
    rows = list(found.filter(person=of.person) if of.person else found)
    names = main_names({row.person_id for row in rows}) if rows else {}
    return [_row(row, names.get(row.person_id, ""), on) for row in rows]


def _row(row: Any, person: str, on: date) -> RequestRow:
    state = RequestState.ENDED if row.taken_back else RequestState(row.state)
    missing = state != RequestState.ENDED and is_receipt_missing(row.kind, row.filed_on, row.receipt, on=on)
    return RequestRow(
        row.id, row.person_id, person, RequestKind(row.kind), title_of(row.kind, row.paths), row.recipient_name, state,
        row.sent_at.astimezone(BERLIN).date(), row.state_at.astimezone(BERLIN).date(), missing,
    )  # fmt: skip


@dataclass(frozen=True)
class AnswerShown:
    """What the office said."""

    id: UUID
    kind: OfficeAnswerKind
    documents: tuple[str, ...]  # in words
    appointment_on: date | None
    appointment_words: str
    competent: str
    words: str
    said_on: date
    said_by: str
    way: OfficeAnswerWay
    noted_at: datetime
    noted_by: str
    step_id: UUID | None


@dataclass(frozen=True)
class RequestPage:
    """One with what was sent and what came back."""

    request: OfficeRequest
    row: RequestRow
    release: ReleaseRow
    content: Content
    answers: tuple[AnswerShown, ...]
    receipt: str  # in words

    def is_readable(self, on: date) -> bool:
        """The office may still look, and a sheet may still be printed."""
        return self.release.is_open(on)


def request_page(case: Case, request_id: UUID, *, on: date) -> RequestPage:
    """Nine statements."""
    row = _one(case, request_id)
    release = released([row.release_id])[row.release_id]
    content = from_json(Release.objects.get(id=row.release_id).content or "{}")
    answers = tuple(_answers(row))
    receipt = str(ReceiptKind(row.receipt).label) if row.receipt else ""
    return RequestPage(row, _row(row, release.person, on), release, content, answers, receipt)


def _one(case: Case, request_id: UUID) -> Any:
    found = OfficeRequest.objects.filter(case=case, id=request_id).annotate(taken_back=_TAKEN_BACK).select_related("agency").first()
    if found is None:
        raise NotFound(_("Diese Anfrage gibt es hier nicht."))
    return found


def _answers(row: OfficeRequest) -> Iterable[AnswerShown]:
    found = list(OfficeAnswer.objects.filter(request=row).order_by("-noted_at", "-id"))
    staff = names_of({one.noted_by for one in found if one.noted_by})
    for one in found:
        named = proof_names(one.documents)
        yield AnswerShown(
            one.id, OfficeAnswerKind(one.kind), named, one.appointment_on, one.appointment_words, one.competent, one.words or "",
            one.said_on, one.said_by, OfficeAnswerWay(one.way), one.noted_at, staff.get(one.noted_by or 0, ""), one.step_id,
        )  # fmt: skip


def requests_told(releases: Mapping[UUID, Told]) -> dict[UUID, Told]:
    """Lines of Weitergaben that were such a request, in its words; one statement, none for none."""
    if not releases:
        return {}
    found = OfficeRequest.objects.filter(release__in=list(releases)).annotate(taken_back=_TAKEN_BACK)
    return {row.release_id: _told(row, releases[row.release_id]) for row in found}


def _told(row: Any, before: Told) -> Told:
    state = RequestState.ENDED if row.taken_back else RequestState(row.state)
    return Told(title_of(row.kind, row.paths), before.by, (str(state.label), row.recipient_name, *before.facts))
