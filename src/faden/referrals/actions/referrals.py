"""Vermittlung: begun, sent, amended, reminded, withdrawn, taken up again; the loop closes with an answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.by_law import note_release
from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.chains.models import ChainStep
from faden.consents.actions import links, releases
from faden.consents.actions.links import LinkMade
from faden.consents.actions.releases import Told
from faden.consents.models import Release
from faden.consents.vocabulary import Channel, ReleaseEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.queue import enqueue
from faden.referrals.actions.following import follow
from faden.referrals.models import Referral, ReferralChange, Sending
from faden.referrals.rules.states import ends_because, is_withdrawn_at_closing, needs_us
from faden.referrals.vocabulary import (
    OVER,
    REFERRAL_BEGUN,
    REFERRAL_CHANGED,
    REFERRAL_EXPIRED,
    REFERRAL_HELPED,
    REFERRAL_REMINDED,
    REFERRAL_REOPENED,
    REFERRAL_SENT,
    REFERRAL_WITHDRAWN,
    ChangeKind,
    Helped,
    ReferralState,
)


@dataclass(frozen=True)
class Wish:
    """What somebody is to find, from a need or a step; `second_choice` in words: a person decides about it."""

    wish: str
    life_area: str
    person: UUID
    step_id: UUID | None = None
    accompanied: bool = False
    second_choice: str = ""
    confidential: bool = False
    offer_id: UUID | None = None
    offer_title: str = ""


@dataclass(frozen=True)
class Addressed:
    """What goes to whom, until when an answer is expected, and why it goes again."""

    told: Told
    answer_by: date | None = None
    amended_because: str = ""


@dataclass(frozen=True)
class Sent:
    """What came of a sending; `link`: token and code, told once."""

    sending: Sending
    release: Release
    link: LinkMade | None = None


def begin(wish: Wish, *, case: Case, by: Actor, at: datetime) -> Referral:
    """A draft: nothing leaves by it."""
    step = _step(case, wish)
    referral = Referral.objects.create(
        organisation_id=by.organisation_id, case=case, step=step, life_area=wish.life_area, wish=wish.wish,
        accompanied=wish.accompanied, second_choice=wish.second_choice, state_at=at, begun_at=at, begun_by=by.person,
        offer_id=wish.offer_id, offer_title=wish.offer_title, **checked(About((wish.person,), wish.confidential), case=case),
    )  # fmt: skip
    _told(referral, at)
    audit.note(REFERRAL_BEGUN, by=by, at=at, subject=case.id, referral=str(referral.id))
    return referral


def change(referral: Referral, wish: Wish, *, seen_version: int, by: Actor, at: datetime) -> Referral:
    """Wish, company, second choice; whom it is about stays."""
    referral = _locked(referral, seen_version, wish)
    if referral.state in OVER:
        raise Invalid(_("Diese Vermittlung ist beendet."))
    _logged(referral, ChangeKind.CHANGED, _before(referral), by=by, at=at)
    referral.wish, referral.life_area = wish.wish, wish.life_area
    referral.step = _step(referral.case, replace(wish, confidential=referral.confidential))
    referral.accompanied, referral.second_choice = wish.accompanied, wish.second_choice
    referral.version += 1
    referral.save()
    audit.note(REFERRAL_CHANGED, by=by, at=at, subject=referral.case_id, referral=str(referral.id))
    return referral


def send(
    referral: Referral, addressed: Addressed, *, seen_version: int, by: Actor, at: datetime, today: date
) -> Sent:
    """One Weitergabe to one recipient. To the one that has it already: a new numbered copy, with the reason."""
    told, amended_because = addressed.told, addressed.amended_because
    referral = _locked(referral, seen_version)
    if referral.state in OVER:
        raise Invalid(_("Diese Vermittlung ist beendet. Nehmen Sie sie zuerst wieder auf."))
    if told.person_id not in (None, referral.persons[0]):
        raise Invalid(_("Diese Vermittlung ist für eine andere Person."))
    before = _standing(referral, told)
    if before and not amended_because:
        raise Invalid(_("Diese Stelle hat die Vermittlung schon. Bitte schreiben Sie, was sich geändert hat."), "amended_because")
    release = _released(referral, _numbered(told, before), by=by, at=at, today=today)
    sending = Sending.objects.create(
        organisation_id=by.organisation_id, case=referral.case, referral=referral, release=release,
        number=Sending.objects.filter(referral=referral).count() + 1, amends=before,
        amended_because=amended_because if before else "", channel=told.channel, answer_by=addressed.answer_by,
        sent_at=at, sent_by=by.person, **told.recipient.columns,
    )  # fmt: skip
    if before:
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    link = links.open_for(release, by=by, at=at) if told.channel == Channel.LINK else None
    if link:
        enqueue("referrals.link_mail", by=by, key=f"link-{release.id}", release_id=release.id)
    _moved(referral, ReferralState.SENT, at)
    follow(referral, sending, by=by, at=at)
    audit.note(REFERRAL_SENT, by=by, at=at, subject=referral.case_id, referral=str(referral.id), channel=told.channel)
    return Sent(sending, release, link)


def _standing(referral: Referral, told: Told) -> Sending | None:
    """The sending this recipient has now."""
    open_ones = Sending.objects.filter(referral=referral, ended_at__isnull=True)
    there = (told.recipient.organisation_id, told.recipient.agency_id)
    mine = [one for one in open_ones.select_related("release").order_by("-number") if (one.recipient_id, one.agency_id) == there]
    return mine[0] if mine else None


def _released(referral: Referral, told: Told, *, by: Actor, at: datetime, today: date) -> Release:
    """Out of a vertraulicher Faden it gets a line there: by it the register knows that it stands nowhere else."""
    if referral.confidential and told.person_id:
        return note_release(referral.case, told, confidential=True, by=by, at=at, today=today)
    return releases.release(told, by=by, at=at, today=today)


def _numbered(told: Told, before: Sending | None) -> Told:
    """What has ended is followed by a first copy: the next one would say what is different from it."""
    follows = before and before.release.delivery_id and not before.release.endings.exists()
    return replace(told, supersedes=before.release) if before and follows else told


def remind(sending: Sending, *, by: Actor, at: datetime) -> None:
    """No answer yet: the recipient gets a mail without personal content, once."""
    if sending.reminded_at or sending.ended_at:
        return
    sending.reminded_at = at
    sending.save(update_fields=["reminded_at"])
    _logged(sending.referral, ChangeKind.REMINDED, sending.recipient_name, by=by, at=at)
    audit.note(REFERRAL_REMINDED, by=by, at=at, subject=sending.case_id, sending=str(sending.id))


def expire(sending: Sending, *, by: Actor, at: datetime) -> None:
    """The last day has passed without an answer: the copy ends. Has nobody else it either, a person takes the second choice."""
    _ended(sending, ReleaseEnd.EXPIRED, by, at)
    referral = _again(sending.referral_id)
    elsewhere = Sending.objects.filter(referral=referral, ended_at__isnull=True).exists()
    if referral.state == ReferralState.SENT and not elsewhere:
        _moved(referral, ReferralState.EXPIRED, at)
        follow(referral, sending, by=by, at=at)
    _logged(referral, ChangeKind.EXPIRED, sending.recipient_name, by=by, at=at)
    audit.note(REFERRAL_EXPIRED, by=by, at=at, subject=referral.case_id, referral=str(referral.id))


def note_silent(sending: Sending, *, by: Actor, at: datetime) -> None:
    """The log says that no answer can come by itself any more; so it is said once."""
    _logged(sending.referral, ChangeKind.SILENT, sending.recipient_name, by=by, at=at)


def withdraw(referral: Referral, *, seen_version: int, by: Actor, at: datetime) -> Referral:
    """We, or the person, do not want it any more: every copy that still stands ends."""
    referral = _locked(referral, seen_version)
    if referral.state in OVER:
        return referral
    for sending in Sending.objects.filter(referral=referral, ended_at__isnull=True).select_related("release"):
        _ended(sending, ReleaseEnd.RECALLED, by, at)
    _withdrawn(referral, "", by=by, at=at)
    return referral


def end_with_case(referral_id: UUID, *, by: Actor, at: datetime) -> None:
    """Its case closes: nobody reads it any more. Without a yes or no it is withdrawn; what was said stays said."""
    referral, because = _again(referral_id), _("Fall abgeschlossen")
    state = ReferralState(referral.state)
    for sending in Sending.objects.filter(referral=referral, ended_at__isnull=True).select_related("release"):
        _ended(sending, ends_because(state), by, at)
    if is_withdrawn_at_closing(state):
        _withdrawn(referral, because, by=by, at=at)
    else:
        _logged(referral, ChangeKind.CLOSED, because, by=by, at=at)


def stop_for(consent_id: UUID, *, by: Actor, at: datetime) -> None:
    """A consent has ended, and with it each copy: what went out on it alone is over, until somebody takes it up again."""
    for sending in Sending.objects.filter(release__consent=consent_id, ended_at__isnull=True):
        sending.ended_at = at
        sending.save(update_fields=["ended_at"])
        referral = _again(sending.referral_id)
        if referral.state in OVER or Sending.objects.filter(referral=referral, ended_at__isnull=True).exists():
            continue
        _withdrawn(referral, _("Die Einwilligung ist beendet."), by=by, at=at)


def reopen(referral: Referral, *, because: str, seen_version: int, by: Actor, at: datetime) -> Referral:
    """Over, and after all not: with a reason; what was delivered does not come back by itself."""
    referral = _locked(referral, seen_version)
    if referral.state not in OVER and not needs_us(ReferralState(referral.state)):
        raise Invalid(_("Diese Vermittlung läuft."))
    if not because:
        raise Invalid(_("Bitte schreiben Sie, warum."), "because")
    _moved(referral, ReferralState.DRAFT, at)
    _logged(referral, ChangeKind.REOPENED, because, by=by, at=at)
    audit.note(REFERRAL_REOPENED, by=by, at=at, subject=referral.case_id, referral=str(referral.id))
    return referral


def note_helped(
    referral: Referral, helped: Helped, *, words: str, on: date, by: Actor, at: datetime
) -> Referral:
    """What the client says two weeks later."""
    referral = _again(referral.id)
    referral.helped, referral.helped_words, referral.helped_on = helped, words or None, on
    referral.helped_noted_by = by.person
    referral.version += 1
    referral.save()
    audit.note(REFERRAL_HELPED, by=by, at=at, subject=referral.case_id, referral=str(referral.id), helped=helped)
    return referral


def referral_of(case: Case, referral_id: UUID) -> Referral:
    """A Vermittlung of this case."""
    referral = Referral.objects.select_related("case", "step").filter(case=case, id=referral_id).first()
    if referral is None:
        raise NotFound(_("Diese Vermittlung gibt es hier nicht."))
    return referral


def _step(case: Case, wish: Wish) -> ChainStep | None:
    if wish.step_id is None:
        return None
    step = ChainStep.objects.select_related("chain").filter(case=case, id=wish.step_id).first()
    if step is None or step.chain.persons != [wish.person]:
        raise Invalid(_("Dieser Schritt gehört nicht zu dieser Person."), "step")
    if step.chain.confidential != wish.confidential:
        # Each is named on the other's page.
        raise Invalid(_("Ein Schritt im vertraulichen Faden und seine Vermittlung stehen beide dort."), "confidential")
    return step


def _ended(sending: Sending, because: ReleaseEnd, by: Actor, at: datetime) -> None:
    releases.end(sending.release, because, by=by, at=at)
    sending.ended_at = at
    sending.save(update_fields=["ended_at"])


def _withdrawn(referral: Referral, because: str, *, by: Actor, at: datetime) -> None:
    _moved(referral, ReferralState.WITHDRAWN, at)
    _logged(referral, ChangeKind.WITHDRAWN, because, by=by, at=at)
    follow(referral, None, by=by, at=at)
    audit.note(REFERRAL_WITHDRAWN, by=by, at=at, subject=referral.case_id, referral=str(referral.id))


def _moved(referral: Referral, state: ReferralState, at: datetime) -> None:
    referral.state, referral.state_at, referral.version = state, at, referral.version + 1
    referral.ended_on = at.astimezone(BERLIN).date() if state in OVER else None
    referral.save()
    _told(referral, at)


def _logged(referral: Referral, kind: ChangeKind, words: str, *, by: Actor, at: datetime) -> None:
    ReferralChange.objects.create(
        organisation_id=referral.organisation_id, case_id=referral.case_id, referral=referral, kind=kind,
        words=words or None, changed_at=at, changed_by=by.user_id,
    )  # fmt: skip


def _before(referral: Referral) -> str:
    """How it was, for the log."""
    parts = [referral.wish, _("zweite Wahl: %(where)s") % {"where": referral.second_choice} if referral.second_choice else ""]
    return "; ".join(filter(None, [*parts, _("begleitet") if referral.accompanied else ""]))


def _told(referral: Referral, at: datetime) -> None:
    tell(
        referral.case, kind=EntryKind.REFERRAL, about=referral.id, at=at, persons=referral.persons, confidential=referral.confidential
    )


def _again(referral_id: UUID) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).select_related("case", "step").get(id=referral_id)


def _locked(referral: Referral, seen_version: int, wish: Wish | None = None) -> Referral:
    found = _again(referral.id)
    if found.version != seen_version:
        theirs = (
            (str(_("Stand")), str(ReferralState(found.state).label), ""),
            (str(_("Gesucht wird")), found.wish, wish.wish if wish else ""),
        )
        raise Conflict(_("Diese Vermittlung hat sich inzwischen geändert."), theirs)
    return found
