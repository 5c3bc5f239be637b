"""Fallübergaben in the history of a case: at the old service one line that moves, at the new one "übernommen von"."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from faden.chains.queries.lines import Told
from faden.organisations.queries.memberships import names_of
from faden.referrals.models import CaseTransfer, TakenOver
from faden.referrals.vocabulary import TransferState


def transfers_told(ids: Collection[UUID]) -> dict[UUID, Told]:
    """Three statements, none without ids."""
    if not ids:
        return {}
    sent = list(CaseTransfer.objects.filter(id__in=list(ids)).defer("summary").select_related("recipient"))
    taken = list(TakenOver.objects.filter(id__in=list(ids)).select_related("sender"))
    names = names_of({*(row.sent_by or row.prepared_by for row in sent), *(row.taken_by for row in taken)})
    told = {row.id: _sent(row, names) for row in sent}
    return told | {row.id: _taken(row, names) for row in taken}


def _sent(row: CaseTransfer, names: dict[int, str]) -> Told:
    facts = [str(TransferState(row.state).label)]
    if row.overlap_until and row.state in (TransferState.SENT, TransferState.ACCEPTED):
        facts.append(_("beide Dienste bis %(day)s") % {"day": f"{row.overlap_until:%d.%m.%Y}"})
    title = _("Fallübergabe an %(service)s") % {"service": row.recipient.name}
    return Told(title, names.get(row.sent_by or row.prepared_by, ""), tuple(facts))


def _taken(row: TakenOver, names: dict[int, str]) -> Told:
    facts = (_("Nummer dort: %(number)s") % {"number": row.their_number},) if row.their_number else ()
    return Told(_("Übernommen von %(service)s") % {"service": row.sender.name}, names.get(row.taken_by, ""), facts)
