"""What only a consent has: it was reported, it ends with a receipt, and it stands in the case's Zusammenarbeit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.protection import on_paper
from faden.consents.queries.receipts import pair_of, resting_on
from faden.desk.client_papers import LanguageForm, language_of, printed
from faden.desk.declarations import BADGES, one_of, page_of
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import kept_draft, left_in
from faden.desk.here import Here
from faden.desk.signed_forms import ReportForm
from faden.documents.actions import forms as actions
from faden.documents.queries import forms as queries
from faden.documents.queries.account import receipt_of
from faden.documents.queries.forms import FormRow
from faden.documents.queries.release_register import releases_in
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission

# More of what went out is behind one click.
NEWEST = 5


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def reported(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """Somebody says that she agreed: kept beside what has to be signed, and never counted."""
    person, row = one_of(request, person_id, declared_id)
    if not row.said.is_consent:
        raise NotFound(_("Diese Erklärung gibt es hier nicht."))
    form = ReportForm(request.POST or None, initial={"reported_on": request.today, **left_in(ReportForm, request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.reported(
                actions.form_of(request.access.case, row.form_id), reported_by=form.cleaned_data["reported_by"],
                reported_on=form.cleaned_data["reported_on"], by=request.actor, at=request.at,
            )  # fmt: skip
            messages.success(request, _("Notiert. Das ist keine Einwilligung: Es gilt erst, was die Person unterschreibt."))
            return HttpResponseRedirect(reverse("declaration", args=[case_id, person_id, declared_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    return page_of(request, "desk/declaration_reported.html", {"form": form, "kept": kept_draft(request)}, person, row)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def receipt(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """After the end: what became of each Weitergabe."""
    person, row = one_of(request, person_id, declared_id)
    consent_id = _ended(request, row)
    context = {
        "resting": resting_on(consent_id, on=request.today),
        "print_form": LanguageForm(language=language_of(request, person)),
    }
    return page_of(request, "desk/consent_receipt.html", context, person, row)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def receipt_paper(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """The same as a PDF for the person, German and her language."""
    person, row = one_of(request, person_id, declared_id)
    consent_id = _ended(request, row)
    paper = on_paper(request.access.case, person, on=request.today)
    sheet = receipt_of(
        row.said, resting_on(consent_id, on=request.today), paper=paper, case=request.access.case,
        language=language_of(request, person), today=request.today,
    )  # fmt: skip
    return printed(sheet, name="Beleg.pdf")


def _ended(request: DeskRequest, row: FormRow) -> UUID:
    """The consent whose end is told; while it carries something there is no receipt."""
    consent_id, _belonging = pair_of(row.said.kind, row.said.id, on=request.today)
    over = row.said.signed_on and not row.said.is_standing
    if consent_id is None or not over:
        raise NotFound(_("Einen Beleg gibt es erst, wenn die Einwilligung beendet ist."))
    return consent_id


def section(here: Here) -> dict[str, Any] | None:
    """The consents of a case: those that count or wait for a signature, and those that are over."""
    rows, names = queries.declarations_in(here.case, of=here.of, on=here.request.today), here.names
    # Without the release of our staff a consent carries nothing.
    released = {row.said.consent_id for row in rows if row.said.is_standing}
    shown = [
        (row, BADGES[row.said.state], names.get(row.said.person_id, ""), row.said.id in released) for row in rows if row.said.is_consent
    ]
    return {
        "current": [one for one in shown if one[0].said.is_standing or one[0].said.is_waiting],
        "over": [one for one in shown if not (one[0].said.is_standing or one[0].said.is_waiting)],
        "people": here.members,
        "several": len(here.members) > 1,
    }


def released_section(here: Here) -> dict[str, Any] | None:
    """What went out of the case, the newest first."""
    lines = releases_in(here.case, here.of, on=here.request.today)
    return {"newest": lines[:NEWEST], "older": lines[NEWEST:], "number": len(lines)}


_ONE = "faelle/<uuid:case_id>/personen/<uuid:person_id>/erklaerungen/<uuid:declared_id>/"
urlpatterns = [
    path(f"{_ONE}bericht/", reported, name="consent-reported"),
    path(f"{_ONE}beleg/", receipt, name="consent-receipt"),
    path(f"{_ONE}beleg/pdf/", receipt_paper, name="consent-receipt-paper"),
]
