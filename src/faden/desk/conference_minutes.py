"""What came of a Fallkonferenz: the minutes, as PDF and to each reader, and what the agreements become."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.members import members_of
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import chains_of
from faden.consents.vocabulary import Channel
from faden.desk.about import id_in
from faden.desk.conference_forms import AgreedStepForm, AgreedTaskForm, MinutesForm, SendForm
from faden.desk.conference_table import printed
from faden.desk.conferences import answered, conference_of, conference_shown, seen, to_conference
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import initial_of, kept_draft, left_made
from faden.organisations.queries.recipients import recipient
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import minutes as actions
from faden.referrals.queries.minutes import minutes_sheet
from faden.referrals.vocabulary import ParticipantKind


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def note(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """Who came, what was said and agreed; the words can be put right later."""
    page, kept = conference_of(request, conference_id), kept_draft(request)
    form = MinutesForm(
        request.POST or None, rows=page.rows, points=page.points, asks_who_came=page.is_planned,
        initial=left_made(kept, request, several=["came"]),
    )  # fmt: skip

    def deed() -> None:
        without = actions.note(page.row, form.noted(), seen(request), came=form.came())
        messages.success(request, _("Das Protokoll ist gespeichert."))
        for name in without:
            sentence = _("%(name)s saß ohne geltende Grundlage am Tisch. Was dort gesagt wurde, steht nicht im Register. Bitte prüfen Sie das.")
            messages.warning(request, sentence % {"name": name})

    return answered(request, page, form, deed, title=_("Protokoll schreiben"), template="desk/conference_minutes.html", kept=kept)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def sheet(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """The PDF: ours with everything, or (?fuer=) as one at the table may have it."""
    page = conference_of(request, conference_id)
    reader = id_in(request, "fuer")
    row = page.row_of(reader) if "fuer" in request.GET and reader else None
    if "fuer" in request.GET and row is None:
        # Never the whole file for a reader that cannot be read.
        return to_conference(request, conference_id)
    if row and row.kind == ParticipantKind.RECIPIENT:
        actions.check_print(page, row, organisation_id=request.actor.organisation_id)
    data = minutes_sheet(page, row, organisation_id=request.actor.organisation_id)
    return printed("minutes", data, name="Protokoll.pdf")


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def send(request: DeskRequest, case_id: UUID, conference_id: UUID, participant_id: UUID) -> HttpResponse:
    """What one reader gets about each person, shown as she will read it, and sent on each one's ground."""
    page = conference_of(request, conference_id)
    row = page.row_of(participant_id)
    if row.kind != ParticipantKind.RECIPIENT:
        return to_conference(request, conference_id)
    to = recipient(row.recipient_key, but=request.actor.organisation_id)
    form = SendForm(request.POST or None, to=to, initial={"channel": Channel.INBOX if to.has_account else Channel.LETTER})

    def deed() -> HttpResponse | None:
        sent = actions.send(page.row, participant_id, Channel(form.cleaned_data["channel"]), seen(request))
        if codes := [one.code for one in sent if one.code]:
            context = {"codes": codes, "row": row, "to": to, "title": _("Code für den Link")}
            return conference_shown(request, "desk/conference_code.html", page, context)
        messages.success(request, _("Das Protokoll ist weitergegeben und steht im Register."))
        return None

    names = dict(page.persons)
    told = actions.for_reader(page, row, organisation_id=request.actor.organisation_id)
    by_hearing = {cell.hearing_id: names[cell.person_id] for cell in row.cells}
    return answered(
        request, page, form, deed, title=_("Protokoll an %(name)s") % {"name": row.name}, template="desk/conference_send.html",
        row=row, to=to, told=[(by_hearing[key], content) for key, content in told],
    )  # fmt: skip


# ---------- agreements become work ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def to_task(request: DeskRequest, case_id: UUID, conference_id: UUID, point_id: UUID) -> HttpResponse:
    """One of us does it."""
    page, kept = conference_of(request, conference_id), kept_draft(request)
    point = page.point(point_id)
    begin = {"title": point.agreed.split("\n")[0][:200], "due_on": point.until_on, "assignee": request.actor.membership_id}
    form = AgreedTaskForm(request.POST or None, today=request.today, initial={**begin, **initial_of(AgreedTaskForm, kept, request)})

    def deed() -> None:
        values = form.cleaned_data
        actions.to_task(
            page.row, point_id, title=values["title"], assignee=UUID(values["assignee"]), due_on=values["due_on"], seen=seen(request)
        )
        messages.success(request, _("Die Aufgabe ist angelegt."))

    return answered(request, page, form, deed, title=_("Vereinbarung wird Aufgabe"), kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def to_step(request: DeskRequest, case_id: UUID, conference_id: UUID, point_id: UUID) -> HttpResponse:
    """A step in a chain of hers."""
    page, kept, case = conference_of(request, conference_id), kept_draft(request), request.access.case
    point = page.point(point_id)
    of = Of(point.person_id, confidential=page.confidential) if point.person_id else Of()
    chains = chains_of(case, of=of, today=request.today) if point.person_id else []
    begin = {"title": point.agreed.split("\n")[0][:160], "due_on": point.until_on}
    form = AgreedStepForm(
        request.POST or None, chains=[(str(one.id), one.title) for one in chains], members=members_of(case), whose=point.person_id,
        initial={**begin, **initial_of(AgreedStepForm, kept, request)},
    )  # fmt: skip

    def deed() -> HttpResponse:
        values = form.cleaned_data
        step = actions.to_step(
            page.row, point_id, UUID(values["chain"]), title=values["title"], holder=form.held(), due_on=values["due_on"], seen=seen(request)
        )
        messages.success(request, _("Der Schritt steht in der Kette."))
        return HttpResponseRedirect(reverse("chain-step", args=[case_id, step.id]), status=303)

    return answered(request, page, form, deed, title=_("Vereinbarung wird Schritt"), kept=kept, no_chain=not chains)


_ONE = "faelle/<uuid:case_id>/konferenzen/<uuid:conference_id>/"
urlpatterns = [
    path(f"{_ONE}protokoll/", note, name="conference-minutes"),
    path(f"{_ONE}protokoll/druck/", sheet, name="conference-minutes-sheet"),
    path(f"{_ONE}protokoll/an/<uuid:participant_id>/", send, name="conference-minutes-send"),
    path(f"{_ONE}punkte/<uuid:point_id>/aufgabe/", to_task, name="conference-point-task"),
    path(f"{_ONE}punkte/<uuid:point_id>/schritt/", to_step, name="conference-point-chain-step"),
]
