"""What others still have of a case, or wait for: shown before it closes, with what closing does to each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.chains.models import ChainShare
from faden.consents.models import Release
from faden.consents.vocabulary import LINK_DAYS, Channel
from faden.kernel.clock import BERLIN
from faden.referrals.models import CaseTransfer, Conference, Hearing, Referral, Sending
from faden.referrals.rules.states import is_withdrawn_at_closing
from faden.referrals.vocabulary import ConferenceState, LoosePartKind, ReferralState, TransferState
from faden.residence.models import OfficeRequest
from faden.residence.rules.requests import title_of
from faden.residence.vocabulary import RequestKind, RequestState


@dataclass(frozen=True)
class Running:
    """One thing, how it stands, and what closing does to it; `first`: the Fallübergabe that has to be finished before."""

    kind: str
    title: str
    state: str
    fate: str
    mark: str
    first: UUID | None = None


def outside(case: Case, *, now: datetime) -> list[Running]:
    """All of it, confidential things without a name; seven statements."""
    return [
        *_referrals(case, now), *_requests(case), *_shares(case, now), *_conferences(case, now), *_minutes(case, now), *_transfers(case),
    ]  # fmt: skip


def seal_of(running: Iterable[Running]) -> str:
    """What somebody has seen: closing counts only while it still stands so. "" where nothing runs."""
    marks = " ".join(sorted(one.mark for one in running))
    return hashlib.sha256(marks.encode()).hexdigest()[:32] if marks else ""


def _referrals(case: Case, now: datetime) -> Iterable[Running]:
    readable = Sending.objects.filter(
        ended_at__isnull=True, release__endings__isnull=True, release__valid_until__gte=now.astimezone(BERLIN).date()
    )
    found = Referral.objects.filter(case=case).exclude(state=ReferralState.WITHDRAWN).order_by("begun_at", "id")
    for row in found.prefetch_related(Prefetch("sendings", readable.order_by("number"), to_attr="standing")):
        standing: list[Sending] = row.standing  # type: ignore[attr-defined]
        state, asks = ReferralState(row.state), is_withdrawn_at_closing(ReferralState(row.state))
        if not asks and not standing:
            continue
        to = ", ".join(dict.fromkeys(one.recipient_name for one in standing))
        title = _("vertrauliche Vermittlung") if row.confidential else ": ".join(filter(None, [row.wish, to]))
        ways = dict.fromkeys(str(Channel(one.channel).label) for one in standing)
        fate = _("wird zurückgezogen, die Einsicht endet") if standing else _("wird zurückgezogen")
        yield Running(
            str(LoosePartKind.REFERRAL.label), title, ", ".join([str(state.label), *ways]),
            fate if asks else _("bleibt so stehen, die Einsicht endet"), f"{row.id}.{row.version}",
        )  # fmt: skip


def _requests(case: Case) -> Iterable[Running]:
    found = OfficeRequest.objects.filter(case=case, release__endings__isnull=True).exclude(state=RequestState.ENDED)
    for row in found.order_by("sent_at", "id"):
        title = f"{title_of(RequestKind(row.kind), row.paths)}: {row.recipient_name}"
        fate = _("die Einsicht endet, eine Antwort kommt nicht mehr an; ein gestellter Antrag läuft weiter")
        yield Running(_("Anfrage an die Behörde"), title, str(RequestState(row.state).label), fate, f"{row.id}.{row.version}")


def _shares(case: Case, now: datetime) -> Iterable[Running]:
    found = ChainShare.objects.filter(case=case, ended_at__isnull=True, until_on__gte=now.astimezone(BERLIN).date())
    for row in found.select_related("chain", "recipient").order_by("made_at", "id"):
        until = _("bis %(day)s") % {"day": f"{row.until_on:%d.%m.%Y}"}
        yield Running(str(LoosePartKind.SHARE.label), f"{row.chain.title}: {row.recipient.name}", until, _("endet"), str(row.id))


def _conferences(case: Case, now: datetime) -> Iterable[Running]:
    """One whose day has passed may have been held: nobody waits for it, and nobody calls it off."""
    found = Conference.objects.filter(case=case, state=ConferenceState.PLANNED, appointment__ends_at__gte=now)
    for row in found.select_related("appointment").order_by("appointment__starts_at", "id"):
        title = _("vertrauliche Fallkonferenz") if row.confidential else row.appointment.subject
        day = f"{row.appointment.starts_at.astimezone(BERLIN):%d.%m.%Y %H:%M}"
        fate = _("wird abgesagt, mit dem Grund, den Sie unten wählen")
        yield Running(str(LoosePartKind.CONFERENCE.label), title, day, fate, str(row.id))


def readable_minutes(case: Case, *, now: datetime) -> list[tuple[Release, bool]]:
    """Minutes that lie in an inbox or behind a link, and whether they are confidential; one statement."""
    runs = Q(minutes__channel=Channel.INBOX) | Q(minutes__channel=Channel.LINK, minutes__released_at__gt=now - LINK_DAYS)
    found = Hearing.objects.filter(
        runs, participant__conference__case=case, minutes__endings__isnull=True,
        minutes__valid_until__gte=now.astimezone(BERLIN).date(),
    )  # fmt: skip
    rows = found.select_related("minutes", "participant__conference").defer("minutes__content").order_by("minutes__released_at", "id")
    return [(row.minutes, row.participant.conference.confidential) for row in rows if row.minutes]


def _minutes(case: Case, now: datetime) -> Iterable[Running]:
    for release, confidential in readable_minutes(case, now=now):
        title = _("vertrauliches Protokoll") if confidential else release.recipient_name
        until = _("bis %(day)s") % {"day": f"{release.valid_until:%d.%m.%Y}"}
        yield Running(_("Protokoll"), title, f"{Channel(release.channel).label}, {until}", _("die Einsicht endet"), str(release.id))


def _transfers(case: Case) -> Iterable[Running]:
    fates = {
        TransferState.DRAFT: _("wird verworfen"),
        TransferState.SENT: _("wird zurückgezogen, die Einsicht endet"),
        TransferState.ACCEPTED: _("bitte zuerst dort abschließen"),
    }
    for row in CaseTransfer.objects.filter(case=case, state__in=list(fates)).select_related("recipient"):
        state = TransferState(row.state)
        first = row.id if state == TransferState.ACCEPTED else None
        yield Running(_("Fallübergabe"), row.recipient.name, str(state.label), fates[state], f"{row.id}.{state}", first)
