"""The service's register of Weitergaben: to whom, what kind of data, why, how, on which ground; never what it said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, TimelineEntry
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.own_cases import cases_answered_for
from faden.cases.queries.timeline import Of
from faden.cases.vocabulary.case import EntryKind
from faden.consents.models import Release
from faden.consents.queries.releases import ReleaseRow, released
from faden.consents.vocabulary import DeliveryKind, ReleaseEnd
from faden.documents.models import PrintedForm
from faden.documents.queries.register_page import PAGE, RegisterPage
from faden.kernel.actor import Actor
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


@dataclass(frozen=True)
class Asked:
    """Which part of the register; empty means all. `open_only`: what a recipient may still look at."""

    first: date | None = None
    last: date | None = None
    ground: str = ""
    kind: str = ""
    channel: str = ""
    open_only: bool = False


@dataclass(frozen=True)
class RegisterLine:
    """One Weitergabe; `recipient` and `purpose` are withheld where they stand only in the case."""

    said: ReleaseRow
    case_id: UUID | None
    number: str
    recipient: str
    purpose: str
    is_open: bool
    by: str


def register(asked: Asked, *, by: Actor, on: date, page: int = 1) -> RegisterPage[RegisterLine]:
    """Her own cases' for who works on cases, else the service's; a constant number of statements."""
    works, watches = bool(may(by, Permission.WORK_ON_CASES)), bool(may(by, Permission.SEE_LOOKS))
    found = Release.objects.filter(_asked(asked, on))
    if works:
        found = found.filter(_own(by, on))
    # A later copy of a running Weitergabe is no new one: its register line is the first copy's, and each end.
    found = found.filter(~Q(kind=DeliveryKind.CHAIN) | Q(number=1))
    ids = list(found.order_by("-released_at", "-id").values_list("id", flat=True)[(page - 1) * PAGE : page * PAGE + 1])
    rows = released(ids)
    lines = _lines([rows[key] for key in ids], on=on, names_workers=not watches)
    return RegisterPage(lines[:PAGE], page, has_more=len(lines) > PAGE, names_workers=not watches, opens=works)


def _asked(asked: Asked, on: date) -> Q:
    wanted = Q()
    if asked.first:
        wanted &= Q(released_at__date__gte=asked.first)
    if asked.last:
        wanted &= Q(released_at__date__lte=asked.last)
    for column in ("ground", "kind", "channel"):
        if value := getattr(asked, column):
            wanted &= Q(**{column: value})
    return wanted & Q(endings__isnull=True, valid_until__gte=on) if asked.open_only else wanted


def _own(by: Actor, on: date) -> Q:
    """On a consent given in a case she leads, or stands in for where that was agreed to; of all else, persons who are hers alone.

    Asked first and told as lists: with sub-selects in an OR no index is used, and the service's whole register is read.
    """
    cases = cases_answered_for(UUID(by.membership_id), on=on)
    forms = PrintedForm.objects.filter(case__in=cases).values_list("about", flat=True)
    people = set(CaseMember.objects.filter(case__in=cases).values_list("person_id", flat=True))
    others = CaseMember.objects.filter(person__in=people).exclude(case__in=cases)
    hers = people.difference(others.values_list("person_id", flat=True))
    return (
        Q(consent__in=list(forms))
        | Q(consent__isnull=True, person__in=hers)
        | Q(consent__isnull=True, person__isnull=True, released_by=by.person)
    )


def _lines(rows: list[ReleaseRow], *, on: date, names_workers: bool) -> list[RegisterLine]:
    places = _places(rows)
    cases = {place.case_id for place in places.values()}
    numbers, masked = dict(Case.objects.filter(id__in=cases).values_list("id", "number")), masked_cases(cases)
    lines = []
    for row in rows:
        place = places.get(row.id)
        # Of a person in several cases nobody here can say whether one of them is protected.
        hidden = place.confidential or place.case_id in masked if place else row.person_id is not None
        lines.append(RegisterLine(
            row, place.case_id if place else None, numbers.get(place.case_id, "") if place else "",
            _("steht nur im Fall") if hidden else row.recipient, row.purpose if place and not hidden else "", row.is_open(on),
            row.released_by if names_workers else "",
        ))  # fmt: skip
    return lines


# ---------- which case a Weitergabe belongs to ----------


@dataclass(frozen=True)
class _Place:
    case_id: UUID
    confidential: bool


def _places(rows: Iterable[ReleaseRow]) -> dict[UUID, _Place]:
    """By its line in the history of a case, by the case in which its consent was given; else the only case of its person.

    Four statements.
    """
    found = list(rows)
    told = _told([row.id for row in found])
    consents = dict(Release.objects.filter(id__in=[row.id for row in found]).values_list("id", "consent_id"))
    forms = PrintedForm.objects.filter(about__in=[key for key in consents.values() if key])
    by_consent = {about: _Place(case_id, hidden) for about, case_id, hidden in forms.values_list("about", "case_id", "confidential")}
    by_person = _only_cases(row.person_id for row in found if row.person_id and not consents[row.id])
    places = {
        row.id: by_consent.get(consents[row.id]) if consents[row.id] else by_person.get(row.person_id) for row in found
    }
    return {key: place for key, place in (places | told).items() if place}


def _told(ids: Collection[UUID]) -> dict[UUID, _Place]:
    """Those with a line of their own: what left by law, and letters on a consent."""
    entries = TimelineEntry.objects.filter(id__in=ids, kind=EntryKind.RELEASE)
    return {key: _Place(case_id, hidden) for key, case_id, hidden in entries.values_list("id", "case_id", "confidential")}


def _only_cases(person_ids: Iterable[UUID]) -> dict[UUID | None, _Place]:
    cases: dict[UUID, set[UUID]] = {}
    for person_id, case_id in CaseMember.objects.filter(person__in=set(person_ids)).values_list("person_id", "case_id"):
        cases.setdefault(person_id, set()).add(case_id)
    return {person_id: _Place(min(found), False) for person_id, found in cases.items() if len(found) == 1}


def in_case(case: Case, rows: Collection[Release], *, confidential: bool = True) -> set[UUID]:
    """Which of these belong to this case, with what is confidential or without; three statements."""
    told = _told([row.id for row in rows])
    forms = PrintedForm.objects.filter(case=case)
    here = set((forms if confidential else forms.filter(confidential=False)).values_list("about", flat=True))
    alone = _only_cases(row.person_id for row in rows if row.person_id and not row.consent_id)
    mine = {person for person, place in alone.items() if place.case_id == case.id}
    others = {row.id for row in rows if (row.consent_id in here if row.consent_id else row.person_id in mine)}
    lines = {key for key, place in told.items() if place.case_id == case.id and (confidential or not place.confidential)}
    return lines | (others - told.keys())


def releases_in(case: Case, of: Of, *, on: date) -> list[RegisterLine]:
    """What went out of this case about everybody, one person, or of her vertraulicher Faden, the newest first."""
    people = [of.person] if of.person else list(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))
    ids = in_case(case, list(Release.objects.filter(person__any=people).defer("content")))
    rows = sorted(released(ids).values(), key=lambda row: (row.released_at, row.id), reverse=True)
    places = _places(rows)
    kept = [row for row in rows if (row.id in places and places[row.id].confidential) == of.confidential]
    ended = str(ReleaseEnd.SUPERSEDED.label)
    return [
        RegisterLine(row, case.id, case.number, row.recipient, row.purpose, row.is_open(on), row.released_by)
        for row in kept
        if row.ended_because != ended
    ]
