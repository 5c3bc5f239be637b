"""Arbeitsnotizen: for the author's eyes, transferred or destroyed within 90 days."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import working_notes as actions
from faden.cases.queries.case_page import head_of
from faden.desk.about import AboutForm, back_to, initial_about, members_for, preset_about
from faden.desk.contact_forms import ContactForm
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import initial_of, kept_draft, left_in, long_text
from faden.desk.shell import case_page
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class WorkingNoteForm(AboutForm):
    """Only text, and whom it is about."""

    text = long_text(
        gettext_lazy("Arbeitsnotiz"),
        required=True,
        hint=gettext_lazy(
            "Nur Sie lesen das. Bei einer Auskunft an die Person gehört es dazu. Nach 90 Tagen wird es vernichtet, wenn Sie es nicht in die Akte übernehmen."
        ),
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write one."""
    head, kept = head_of(request.access), kept_draft(request)
    form = WorkingNoteForm(
        request.POST or None,
        members=members_for(request),
        initial={**preset_about(request), **initial_of(WorkingNoteForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(
                form.cleaned_data["text"],
                case=request.access.case,
                about=form.about(),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(request, _("Die Arbeitsnotiz ist gespeichert. Nur Sie sehen sie."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "kept": kept}, 422 if form.errors else 200
    return case_page(
        request, "desk/drafted_form.html", context, head=head, title=_("Arbeitsnotiz"), status=status
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def transfer(request: DeskRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Take it into the file as a contact note."""
    head = head_of(request.access)
    note = actions.own_note(request.access.case, note_id, by=request.actor)
    written = note.written_at.astimezone(BERLIN)
    preset = {
        "text": note.text,
        "day": written.date(),
        "at": written.time(),
        "minutes": 0,
        **initial_about(note),
        **left_in(ContactForm, request),
    }
    form = ContactForm(request.POST or None, members=members_for(request), on=request.today, initial=preset)
    if request.method == "POST" and form.is_valid():
        try:
            actions.transfer(note, form.contact(), case=request.access.case, by=request.actor, at=request.at)
            messages.success(request, _("Die Notiz steht jetzt in der Akte."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "save": _("In die Akte übernehmen")}, 422 if form.errors else 200
    return case_page(
        request,
        "desk/contact_form.html",
        context,
        head=head,
        title=_("Arbeitsnotiz übernehmen"),
        status=status,
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def destroy(request: DeskRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Destroy it now."""
    actions.destroy(
        actions.own_note(request.access.case, note_id, by=request.actor), by=request.actor, at=request.at
    )
    messages.success(request, _("Die Arbeitsnotiz ist vernichtet."))
    return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)


urlpatterns = [
    path("faelle/<uuid:case_id>/arbeitsnotizen/neu/", new, name="working-note-new"),
    path("faelle/<uuid:case_id>/arbeitsnotizen/<uuid:note_id>/akte/", transfer, name="working-note-transfer"),
    path(
        "faelle/<uuid:case_id>/arbeitsnotizen/<uuid:note_id>/vernichten/",
        destroy,
        name="working-note-destroy",
    ),
]
