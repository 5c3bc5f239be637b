"""Printed forms: found by the key on the paper; the declarations of one person in one case; what a print says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case, TimelineEntry
from faden.cases.queries.by_law import confirmed_in
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.members import members_of
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.case import EntryKind
from faden.consents.queries.declaration_sheets import DeclarationSheet, sheets
from faden.consents.queries.declarations import (
    DeclarationRow,
    Standing,
    StandingConsent,
    declarations,
    standing_consents,
    standing_powers,
    standing_secrecy_releases,
)
from faden.consents.queries.grounds import ByLaw
from faden.consents.rules.declarations import Born
from faden.documents.models import PrintedForm
from faden.documents.vocabulary import FORM_SIGN
from faden.kernel.errors import NotFound
from faden.organisations.models import Organisation, Site


@dataclass(frozen=True)
class FormRow:
    """A declaration in a case, with its newest print."""

    form_id: UUID
    key: str
    said: DeclarationRow
    printed_at: datetime
    is_draft: bool  # printed as ENTWURF
    confidential: bool
    paper_id: UUID | None
    returned_at: datetime | None
    representatives: tuple[str, ...] = ()

    @property
    def must_be_printed_again(self) -> bool:
        """The text has been reviewed since: the sheet that says ENTWURF is of no use any more."""
        return self.said.is_waiting and self.is_draft and not self.said.text_is_draft

    @property
    def is_back(self) -> bool:
        """A scan is here, and nobody has noted the signature yet."""
        return self.returned_at is not None and self.said.is_waiting


def declarations_in(case: Case, *, of: Of, on: date) -> list[FormRow]:
    """What one person, or anybody of a case, signed or is to sign; waiting first. Six statements."""
    forms = _newest(PrintedForm.objects.filter(concerning(of), case=case).order_by("-printed_at", "-id"))
    said = declarations([form.about for form in forms], on=on)
    names = {member.person_id: member.card.name for member in members_of(case)} if forms else {}
    rows = [_row(form, said[form.about], names) for form in forms]
    order = {"waiting": 0, "standing": 1}
    return sorted(rows, key=lambda row: order.get(row.said.state, 2))


def declaration_in(case: Case, person_id: UUID, declared_id: UUID, *, on: date) -> FormRow:
    """One of hers in this case, confidential or not: its page stands below hers. Six statements."""
    found = PrintedForm.objects.filter(case=case, persons__contains=[person_id], about=declared_id)
    forms = _newest(found.order_by("-printed_at", "-id"))
    if not forms:
        raise NotFound(_("Diese Erklärung gibt es hier nicht."))
    names = {member.person_id: member.card.name for member in members_of(case)}
    return _row(forms[0], declarations([declared_id], on=on)[declared_id], names)


@dataclass(frozen=True)
class Grounds:
    """What somebody has signed in a case and what still counts: the ground of a letter."""

    powers: list[Standing]
    releases: list[Standing]
    consents: list[StandingConsent] = field(default_factory=list)
    by_law: list[ByLaw] = field(default_factory=list)


def standing_for(case: Case, persons: Collection[UUID], *, confidential: bool = False, on: date) -> Grounds:
    """Vollmachten, releases from secrecy and consents that count and were given in this case; and what was confirmed by law.

    What somebody signed in another case is not told here, and of a vertraulicher Faden only there. Six statements.
    """
    forms = PrintedForm.objects.filter(case=case, persons__overlap=list(persons))
    if not confidential:
        forms = forms.filter(confidential=False)
    here = set(forms.values_list("about", flat=True))
    by_law = confirmed_in(case, persons, confidential=confidential, on=on)
    if not here:
        return Grounds([], [], by_law=by_law)
    return Grounds(
        [one for one in standing_powers(persons, on) if one.id in here],
        [one for one in standing_secrecy_releases(persons, on) if one.id in here],
        [one for one in standing_consents(persons, on) if one.id in here],
        by_law,
    )


def signed_elsewhere(case: Case, ids: Collection[UUID], *, confidential: bool = False) -> set[UUID]:
    """Which of these consents and checks by law belong to another case, or to a vertraulicher Faden: no ground here.

    One statement.
    """
    here = Q(case=case) if confidential else Q(case=case, confidential=False)
    sheets_ = PrintedForm.objects.filter(about__any=list(ids)).exclude(here).order_by().values_list("about")
    checks = TimelineEntry.objects.filter(id__any=list(ids), kind=EntryKind.RELEASE).exclude(here).order_by().values_list("id")
    return {found for (found,) in sheets_.union(checks)}


def _newest(forms: Iterable[PrintedForm]) -> list[PrintedForm]:
    """Of each declaration the newest print; what came back goes before."""
    by_declaration: dict[UUID, PrintedForm] = {}
    for form in forms:
        kept = by_declaration.setdefault(form.about, form)
        if form.returned_at and not kept.returned_at:
            by_declaration[form.about] = form
    return list(by_declaration.values())


def _row(form: PrintedForm, said: DeclarationRow, names: dict[UUID, str]) -> FormRow:
    return FormRow(
        form.id, form.key, said, form.printed_at, form.is_draft, form.confidential, form.paper_id, form.returned_at,
        tuple(names.get(key, "–") for key in said.represented_by),
    )  # fmt: skip


# ---------- who may sign and who may not interpret ----------


@dataclass(frozen=True)
class Around:
    """The others of a case, as a declaration needs them."""

    adults: tuple[tuple[UUID, str], ...]  # who may represent a minor
    children: tuple[str, ...]  # names of those who must not interpret


def around(case: Case, person_id: UUID, *, on: date) -> Around:
    """Who else is there, by what is known of their age; two statements."""
    members = [member for member in members_of(case) if member.is_here]
    born = {member.person_id: Born(member.birth.earliest if member.birth else None, member.birth_latest) for member in members}
    # Whose age is not known is not refused as a child: the worker confirms it.
    children = [m for m in members if m.birth and born[m.person_id].may_be_minor(on)]
    adults = [m for m in members if m.person_id != person_id and not born[m.person_id].is_minor(on)]
    return Around(
        tuple((m.person_id, m.card.name) for m in adults),
        tuple(name for m in children for name in (m.card.name, m.card.native) if name),
    )


# ---------- on paper ----------


@dataclass(frozen=True)
class PrintedSheet:
    """A print: what it says, and the key on it."""

    form_id: UUID
    key: str
    sheet: DeclarationSheet
    is_draft: bool

    @property
    def code(self) -> str:
        """What its QR code says."""
        return f"{FORM_SIGN}{self.key}"


@dataclass(frozen=True)
class Prints:
    """What one PDF contains, and who gives it out."""

    service: str
    address: str
    contact: str
    sheets: tuple[PrintedSheet, ...]


def prints(case: Case, person_id: UUID, form_ids: Collection[UUID]) -> Prints:
    """These sheets of one person, in the order they were made; eight statements however many."""
    own = PrintedForm.objects.filter(case=case, persons__contains=[person_id], id__in=form_ids)
    forms = list(own.order_by("printed_at", "id"))
    if not forms or len(forms) < len(set(form_ids)):
        raise NotFound(_("Dieses Blatt gibt es hier nicht."))
    service = Organisation.objects.get(id=case.organisation_id)
    # Where a protected person is counselled is where she can be waited for.
    sites = [] if masked_cases([case.id]) else list(Site.objects.values_list("name", "address")[:2])
    said = sheets([form.about for form in forms], service=service.name)
    return Prints(
        service.name,
        # Of several places the client comes to one: it is not said which.
        ", ".join(sites[0]) if len(sites) == 1 else "",
        service.contact,
        tuple(PrintedSheet(form.id, form.key, said[form.about], form.is_draft) for form in forms),
    )
