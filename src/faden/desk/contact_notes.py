"""Kontaktnotizen: in five clicks from the case page with all that came of a talk, corrected with history."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.actions import contact_notes as actions
from faden.cases.policies import may_note
from faden.cases.queries.case_page import head_of
from faden.cases.queries.contact_notes import versions_of
from faden.cases.queries.members import members_of
from faden.casework.actions.after_talk import Recorded, Talk, record
from faden.casework.queries.after_talk import after_talk
from faden.desk.about import back_to, id_in, initial_about, members_for, page_of, preset_about
from faden.desk.contact_forms import AfterTalkForm, ContactForm, from_meeting, left_there
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import case_page
from faden.documents.queries.letters import choices_of_texts
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


@edits(Sees.CASE, may=Permission.OPEN_CASES, when=may_note)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Note a contact and what came of it."""
    head, kept = head_of(request.access), kept_draft(request)
    meeting_id = id_in(request, "termin")
    shown = after_talk(request.access.case, of=page_of(request), meeting_id=meeting_id, now=request.at)
    now = request.at.astimezone(BERLIN)
    form = AfterTalkForm(
        request.POST or None,
        members=members_for(request),
        on=request.today,
        shown=shown,
        texts=choices_of_texts(),
        initial={
            "day": now.date(),
            "at": now.time().replace(second=0, microsecond=0),
            **(from_meeting(shown, now=request.at) if meeting_id else {}),
            **preset_about(request),
            **left_there(kept, request),
        },
    )
    if request.method == "GET" and not kept:
        form.begin_with("text")
    if request.method == "POST" and form.is_valid():
        try:
            talk = form.talk()
            recorded = record(talk, case=request.access.case, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _told(talk, recorded))
            if recorded.letter:
                return HttpResponseRedirect(reverse("letter", args=[case_id, recorded.letter.id]), status=303)
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "save": _("Kontakt speichern"), "after": shown}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/contact_form.html", context, head=head, title=_("Kontakt notieren"), status=status
    )


def _told(talk: Talk, recorded: Recorded) -> str:
    """What was done, in one breath."""
    sentences = [_("Der Kontakt ist notiert.")]
    if talk.done:
        done = ngettext("%(count)d Schritt ist erledigt.", "%(count)d Schritte sind erledigt.", len(talk.done))
        sentences.append(done % {"count": len(talk.done)})
    if recorded.next:
        starts = recorded.next.starts_at.astimezone(BERLIN)
        sentences.append(_("Nächster Termin: %(when)s.") % {"when": f"{starts:%d.%m.%Y, %H:%M}"})
    if recorded.letter:
        sentences.append(_("Der Brief ist ein Entwurf, nichts ist gesendet."))
    return " ".join(sentences)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def correct(request: DeskRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Correct a note; what it said before stays readable below."""
    head, note = head_of(request.access), actions.note_of(request.access.case, note_id)
    happened = note.happened_at.astimezone(BERLIN)
    values = {
        name: getattr(note, name)
        for name in ("text", "life_areas", "type", "minutes", "place", "language", "interpreting")
    }
    kept = kept_draft(request)
    form = ContactForm(
        request.POST or None,
        members=members_of(request.access.case),
        on=request.today,
        initial={
            **values,
            **initial_about(note),
            "day": happened.date(),
            "at": happened.time(),
            **initial_of(ContactForm, kept, request),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.correct(note, form.contact(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Die Notiz ist berichtigt. Die frühere Fassung bleibt erhalten."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "save": _("Berichtigung speichern"),
        "version": version_shown(note.version, kept, request),
        "versions": versions_of(note),
    }
    status = 422 if form.errors else 200
    return case_page(
        request,
        "desk/contact_form.html",
        context,
        head=head,
        title=_("Kontaktnotiz berichtigen"),
        status=status,
    )


urlpatterns = [
    path("faelle/<uuid:case_id>/kontakte/neu/", new, name="contact-new"),
    path("faelle/<uuid:case_id>/kontakte/<uuid:note_id>/", correct, name="contact"),
]
