"""Who sits at a Fallkonferenz: put on the list, by what she may hear of whom, invited, taken off; and the agenda."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk import choices
from faden.desk.about import members_for
from faden.desk.conference_forms import HearsForm, PointForm, SeatForm
from faden.desk.conferences import answered, conference_of, seen, to_conference
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import BareForm, initial_of, kept_draft
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid
from faden.kernel.queue import enqueue
from faden.look.papers import as_pdf
from faden.organisations.queries.recipients import Recipient, recipient, recipients
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import conferences as actions
from faden.referrals.queries.conferences import ConferencePage, Row, choices_for
from faden.referrals.queries.invitations import invitation_sheet, words_for
from faden.referrals.vocabulary import InvitedBy, ParticipantKind


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def seat(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """One more on the list; by what she may hear of whom is asked next."""
    page, kept = conference_of(request, conference_id), kept_draft(request)
    form = SeatForm(
        request.POST or None,
        members=members_for(request),
        colleagues=choices.workers(request.today),
        recipients=recipients(but=request.actor.organisation_id, along_a_chain=True),
        initial=initial_of(SeatForm, kept, request),
    )

    def deed() -> HttpResponse:
        made = actions.seat(page.row, form.seated(but=request.actor.organisation_id), seen(request))
        return HttpResponseRedirect(reverse("conference-seat", args=[case_id, conference_id, made.id]), status=303)

    return answered(request, page, form, deed, title=_("Wer nimmt teil?"), kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def decide(request: DeskRequest, case_id: UUID, conference_id: UUID, participant_id: UUID) -> HttpResponse:
    """By what she may hear of each person; nothing is proposed but what stands."""
    page = conference_of(request, conference_id)
    row, participant = page.row_of(participant_id), actions.participant_of(page.row, participant_id)
    asked = [(cell.person_id, name, choices_for(participant, cell.person_id, page.present, today=request.today), _chosen(cell)) for cell, (_key, name) in zip(row.cells, page.persons, strict=True)]
    form = HearsForm(request.POST or None, asked=asked)

    def deed() -> None:
        actions.decide(page.row, participant_id, form.heard(), seen(request))

    # Without a ground there is one way to get it, and it is another page's.
    lacks_ground = row.kind == ParticipantKind.RECIPIENT and any(len(offered) == 1 for _p, _n, offered, _now in asked)
    title = _("Was darf %(name)s hören?") % {"name": row.name}
    return answered(request, page, form, deed, title=title, template="desk/conference_hears.html", row=row, lacks_ground=lacks_ground)


def _chosen(cell: Any) -> str:
    ground = cell.ground_id
    return f"{cell.by}:{ground}" if ground else str(cell.by)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def unseat(request: DeskRequest, case_id: UUID, conference_id: UUID, participant_id: UUID) -> HttpResponse:
    """Off the list."""
    actions.unseat(conference_of(request, conference_id).row, participant_id, seen(request))
    messages.success(request, _("Von der Liste genommen."))
    return to_conference(request, conference_id)


# ---------- the invitation ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def invite(request: DeskRequest, case_id: UUID, conference_id: UUID, participant_id: UUID) -> HttpResponse:
    """The words, to print, to send by mail or to say; nothing in them tells about whom."""
    page = conference_of(request, conference_id)
    row = page.row_of(participant_id)
    to = _recipient(request, row)
    form = BareForm(request.POST or None)

    def deed() -> None:
        _invite(request, page, row, to, request.POST.get("how", ""))

    words, title = words_for(page.appointment, service=request.actor.organisation_name), _("Einladung an %(name)s") % {"name": row.name}
    return answered(request, page, form, deed, title=title, template="desk/conference_invitation.html", row=row, to=to, words=words)


def _recipient(request: DeskRequest, row: Row) -> Recipient | None:
    return recipient(row.recipient_key, but=request.actor.organisation_id) if row.recipient_key else None


def _invite(request: DeskRequest, page: ConferencePage, row: Row, to: Recipient | None, how: str) -> None:
    if how not in InvitedBy.values or (how == InvitedBy.MAIL and not (to and to.email)):
        raise Invalid(_("Bitte wählen Sie, wie Sie einladen."))
    actions.invited(page.row, row.id, InvitedBy(how), by=request.actor, at=request.at)
    if how == InvitedBy.MAIL:
        enqueue("conferences.invite", by=request.actor, key=f"invite-{row.id}", participant_id=row.id)
        messages.success(request, _("Die Einladung geht jetzt per E-Mail hinaus."))
    else:
        messages.success(request, _("Notiert: eingeladen."))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def invitation(request: DeskRequest, case_id: UUID, conference_id: UUID, participant_id: UUID) -> HttpResponse:
    """The letter."""
    page = conference_of(request, conference_id)
    row = page.row_of(participant_id)
    sheet = invitation_sheet(page, row, _recipient(request, row), on=request.today, signer=request.access.case.lead.name, by=request.actor)
    return printed("letter", sheet, name="Einladung.pdf")


def printed(paper: str, data: dict[str, object], *, name: str) -> HttpResponse:
    """A paper of ours to download; its name says nothing about anybody."""
    return attachment(as_pdf(paper, data), kind="application/pdf", name=name)


# ---------- the agenda ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def add_point(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """One more point."""
    page, kept = conference_of(request, conference_id), kept_draft(request)
    only = {"person": str(page.persons[0][0])} if len(page.persons) == 1 else {}
    form = PointForm(request.POST or None, persons=page.persons, initial={**only, **initial_of(PointForm, kept, request)})

    def deed() -> None:
        actions.add_point(page.row, form.point(), seen(request))

    return answered(request, page, form, deed, title=_("Neuer Punkt"), kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change_point(request: DeskRequest, case_id: UUID, conference_id: UUID, point_id: UUID) -> HttpResponse:
    """Called otherwise, or of another person or class."""
    page, kept = conference_of(request, conference_id), kept_draft(request)
    point = page.point(point_id)
    now = {"title": point.title, "person": str(point.person_id or ""), "data_class": point.data_class}
    form = PointForm(request.POST or None, persons=page.persons, initial={**now, **initial_of(PointForm, kept, request)})

    def deed() -> None:
        actions.change_point(page.row, point_id, form.point(), seen(request))

    return answered(request, page, form, deed, title=_("Punkt ändern"), kept=kept)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def drop_point(request: DeskRequest, case_id: UUID, conference_id: UUID, point_id: UUID) -> HttpResponse:
    """Off the agenda."""
    actions.drop_point(conference_of(request, conference_id).row, point_id, seen(request))
    return to_conference(request, conference_id)


_ONE = "faelle/<uuid:case_id>/konferenzen/<uuid:conference_id>/"
_SEAT = f"{_ONE}teilnehmende/<uuid:participant_id>/"
urlpatterns = [
    path(f"{_ONE}teilnehmende/", seat, name="conference-seat-new"),
    path(_SEAT, decide, name="conference-seat"),
    path(f"{_SEAT}entfernen/", unseat, name="conference-unseat"),
    path(f"{_SEAT}einladung/", invite, name="conference-invite"),
    path(f"{_SEAT}einladung/brief/", invitation, name="conference-invitation"),
    path(f"{_ONE}punkte/", add_point, name="conference-point-new"),
    path(f"{_ONE}punkte/<uuid:point_id>/", change_point, name="conference-point"),
    path(f"{_ONE}punkte/<uuid:point_id>/entfernen/", drop_point, name="conference-point-drop"),
]
