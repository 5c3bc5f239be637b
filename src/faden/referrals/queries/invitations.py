"""The invitation to a Fallkonferenz: day, time, place, and no word about whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Appointment
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.organisations.queries.letterheads import letterhead_of
from faden.organisations.queries.recipients import Recipient
from faden.referrals.models import Participant
from faden.referrals.queries.conferences import ConferencePage, Row
from faden.referrals.vocabulary import ConferenceState


def words_for(appointment: Appointment, *, service: str) -> list[str]:
    """The same for letter, mail and telephone; German, as the other bodies read it."""
    starts, ends = (at.astimezone(BERLIN) for at in (appointment.starts_at, appointment.ends_at))
    when = {"day": f"{starts:%d.%m.%Y}", "from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}", "place": appointment.place}
    with translation.override("de"):
        return [
            _("Guten Tag,"),
            _("wir laden Sie zu einer Fallkonferenz ein: am %(day)s von %(from)s bis %(to)s Uhr. Ort: %(place)s.") % when,
            _("Um wen es geht, sagen wir Ihnen am Telefon. Bitte nennen Sie auch selbst keine Namen in E-Mails."),
            _("Bitte sagen Sie uns, ob Sie kommen."),
            service,
        ]


def invitation_sheet(
    page: ConferencePage, row: Row, to: Recipient | None, *, on: date, signer: str, by: Actor
) -> dict[str, object]:
    """As a letter; without the case's number. Two statements."""
    head = letterhead_of(by.organisation_id)
    greeting, *words, _service = words_for(page.appointment, service=head.service)
    with translation.override("de"):
        subject = _("Einladung zu einer Fallkonferenz")
    lines = [one.strip() for one in (to.address if to else "").split("\n") if one.strip()]
    return {
        "language": "de", "title": subject, "date": f"{on:%d.%m.%Y}", "recipient": [row.name, *lines], "subject": subject,
        "reference": "", "own_reference": "", "enclosed": "", "sender": head.provider,
        "below": [head.service, *head.address.split(", "), head.contact], "window": head.line,
        "blocks": [{"kind": "text", "lines": [one]} for one in (greeting, *words)], "signer": [signer, head.service],
    }  # fmt: skip


@dataclass(frozen=True)
class InvitationMail:
    """To whom, and the words."""

    to: str
    subject: str
    words: str


def mail_for(participant_id: UUID) -> InvitationMail | None:
    """The mail for one of the address book, as long as she is on the list and it takes place."""
    row = Participant.objects.select_related("agency", "conference__case", "conference__appointment").filter(id=participant_id).first()
    if row is None or row.agency is None or not row.agency.email:
        return None
    conference = row.conference
    if conference.state != ConferenceState.PLANNED or conference.appointment.dropped_because:
        return None
    head = letterhead_of(row.organisation_id)
    words = words_for(conference.appointment, service="\n".join(filter(None, [head.service, head.contact])))
    with translation.override("de"):
        return InvitationMail(row.agency.email, _("Einladung zu einer Fallkonferenz"), "\n\n".join(words))
