"""Vermittlungen of a case, and one of them with everything that happened to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.life_areas import labels
from faden.cases.queries.timeline import Of, concerning
from faden.chains.models import ChainStep
from faden.consents.models import Release
from faden.consents.queries.releases import ReleaseRow, released
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import Channel
from faden.kernel.clock import BERLIN
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names
from faden.referrals.models import Answer, Referral, ReferralChange, Sending
from faden.referrals.rules.changes import Differences, differences
from faden.referrals.rules.states import Station, ask_on, may_answer, needs_us, stations
from faden.referrals.vocabulary import (
    MEANING,
    OVER,
    UNANSWERED,
    AnswerKind,
    AnswerWay,
    ChangeKind,
    DeclineReason,
    Helped,
    ReferralState,
)


@dataclass(frozen=True)
class ReferralRow:
    """One Vermittlung as lists show it."""

    id: UUID
    case_id: UUID
    person_id: UUID
    person: str
    wish: str
    area: str
    state: ReferralState
    state_on: date
    recipients: tuple[str, ...]  # who has it now, or had it last
    answer_by: date | None
    confidential: bool
    ask_on: date | None

    @property
    def needs_us(self) -> bool:
        """Somebody waits for us, or another way has to be found."""
        return needs_us(self.state)

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def is_late(self, on: date) -> bool:
        """The day for an answer has passed."""
        return self.state in UNANSWERED and self.answer_by is not None and self.answer_by < on


# Each Vermittlung with its sendings as `sent`.
SENT = Prefetch("sendings", Sending.objects.order_by("number"), to_attr="sent")


def referrals_in(case: Case, of: Of) -> list[ReferralRow]:
    """Those of a page: what needs us first, then what runs, the newest first; four statements."""
    found = Referral.objects.filter(concerning(of), case=case).order_by("-state_at", "-id").prefetch_related(SENT)
    rows = as_rows(list(found))
    return sorted(rows, key=lambda row: (row.is_over, not row.needs_us))


def as_rows(found: Collection[Referral]) -> list[ReferralRow]:
    """Rows with names and areas in words; two statements."""
    names = main_names({row.persons[0] for row in found})
    words = labels()
    return [row_of(row, names.get(row.persons[0], ""), words.on(row.life_area, row.begun_at.astimezone(BERLIN).date())) for row in found]


def row_of(row: Referral, person: str, area: str) -> ReferralRow:
    """One, with its sendings loaded as `sent`."""
    sent: list[Sending] = row.sent  # type: ignore[attr-defined]
    standing = [one for one in sent if one.ended_at is None] or sent[-1:]
    days = [one.answer_by for one in standing if one.answer_by]
    return ReferralRow(
        row.id, row.case_id, row.persons[0], person, row.wish, area, ReferralState(row.state),
        row.state_at.astimezone(BERLIN).date(), tuple(dict.fromkeys(one.recipient_name for one in standing)),
        min(days, default=None), row.confidential, ask_on(row.ended_on, row.helped) if row.state == ReferralState.FINISHED else None,
    )  # fmt: skip


# ---------- one ----------


@dataclass(frozen=True)
class SendingShown:
    """One sending: what became of its Weitergabe, and what it says otherwise than the one before."""

    sending: Sending
    release: ReleaseRow
    content: Content | None
    changes: Differences

    @property
    def id(self) -> UUID:
        return self.sending.id

    @property
    def is_standing(self) -> bool:
        """The recipient has it, and no newer one; a withdrawn consent counts in the same instant."""
        return self.sending.ended_at is None and self.release.ended_at is None

    @property
    def is_paper(self) -> bool:
        """There is a sheet to print; of what has ended none."""
        return self.release.ended_at is None and self.release.channel in (Channel.LETTER, Channel.IN_PERSON, Channel.CARRIED, Channel.FAX)

    @property
    def has_link(self) -> bool:
        return self.release.channel == Channel.LINK and self.is_standing


@dataclass(frozen=True)
class Happening:
    """One line of the history of a Vermittlung."""

    at: datetime
    kind: str  # in words
    title: str
    by: str = ""
    facts: tuple[str, ...] = ()
    words: str = ""
    undone: str = ""
    answer_id: UUID | None = None  # of an answer that can be taken back
    sending: SendingShown | None = None


@dataclass(frozen=True)
class ReferralPage:
    """One Vermittlung."""

    referral: Referral
    row: ReferralRow
    meaning: str
    stations: tuple[Station, ...]
    sendings: list[SendingShown]
    history: list[Happening]
    step: ChainStep | None
    helped: str
    helped_by: str
    begun_by: str
    question: Answer | None  # what somebody waits for us to answer

    @property
    def standing(self) -> list[SendingShown]:
        """What recipients have now."""
        return [one for one in self.sendings if one.is_standing]

    @property
    def last(self) -> SendingShown | None:
        """What was sent last."""
        return self.sendings[-1] if self.sendings else None

    @property
    def can_be_answered(self) -> bool:
        return any(may_answer(self.row.state, kind) for kind in AnswerKind) and bool(self.sendings)


def referral_page(referral: Referral) -> ReferralPage:
    """At most twelve statements however much happened."""
    sendings = list(Sending.objects.filter(referral=referral).order_by("number"))
    answers = list(Answer.objects.filter(referral=referral).select_related("sending").order_by("noted_at", "id"))
    changes = list(ReferralChange.objects.filter(referral=referral).order_by("changed_at", "id"))
    shown = _sendings(sendings)
    who = {referral.begun_by, referral.helped_noted_by, *(one.sent_by for one in sendings), *(one.changed_by for one in changes)}
    staff = names_of(who | {one.noted_by for one in answers} | {one.undone_by for one in answers})
    referral.sent = sendings  # type: ignore[attr-defined]
    [row] = as_rows([referral])
    history = [
        *(_sent(one, staff) for one in shown),
        *(_answered(one, staff, several=len({s.sending.recipient_name for s in shown}) > 1) for one in answers),
        *(_changed(one, staff) for one in changes),
    ]
    return ReferralPage(
        referral, row, str(MEANING[row.state]), stations(row.state), shown,
        sorted(history, key=lambda one: one.at, reverse=True), referral.step,
        str(Helped(referral.helped).label) if referral.helped else "",
        staff.get(referral.helped_noted_by or 0, ""), staff.get(referral.begun_by, ""),
        _question(answers) if row.state == ReferralState.QUESTION else None,
    )  # fmt: skip


def _question(answers: list[Answer]) -> Answer | None:
    return next((one for one in reversed(answers) if one.kind == AnswerKind.QUESTION and not one.undone_at), None)


def sendings_of(referral: Referral) -> list[Sending]:
    """To each recipient the last one, in the order they went out; one statement."""
    sent = Sending.objects.filter(referral=referral).order_by("number")
    return list({(one.recipient_id, one.agency_id): one for one in sent}.values())


def _sendings(sendings: list[Sending]) -> list[SendingShown]:
    ids = [one.release_id for one in sendings]
    rows = released(ids)
    texts = {row.id: row.content for row in Release.objects.filter(id__in=ids).only("id", "organisation_id", "content")}
    contents = {one.id: from_json(text) for one in sendings if (text := texts.get(one.release_id))}
    return [SendingShown(one, rows[one.release_id], contents.get(one.id), _differences(one, contents)) for one in sendings]


def _differences(sending: Sending, contents: Mapping[UUID, Content]) -> Differences:
    before, now = contents.get(sending.amends_id) if sending.amends_id else None, contents.get(sending.id)
    return differences(before, now) if before and now else Differences()


def _sent(one: SendingShown, staff: Mapping[int, str]) -> Happening:
    sending, release = one.sending, one.release
    facts = [str(release.channel.label), str(release.ground.label)]
    if sending.answer_by:
        facts.append(_("Antwort erwartet bis %(day)s") % {"day": f"{sending.answer_by:%d.%m.%Y}"})
    if release.link_opened_at:
        facts.append(_("Link geöffnet am %(day)s") % {"day": f"{release.link_opened_at.astimezone(BERLIN):%d.%m.%Y}"})
    if release.ended_at:
        facts.append(f"{release.ended_because}: {release.outcome}")
    kind = _("geändert gesendet") if sending.amends_id else _("gesendet")
    return Happening(
        sending.sent_at, kind, sending.recipient_name, staff.get(sending.sent_by, ""), tuple(facts),
        sending.amended_because, sending=one,
    )  # fmt: skip


def _answered(one: Answer, staff: Mapping[int, str], *, several: bool) -> Happening:
    title = str(AnswerKind(one.kind).label)
    if one.from_on:
        title = _("%(answer)s, ab %(day)s") % {"answer": title, "day": f"{one.from_on:%d.%m.%Y}"}
    facts = [str(DeclineReason(one.reason).label)] if one.reason else []
    if several:
        facts.append(one.sending.recipient_name)
    heard = {"way": AnswerWay(one.way).label, "day": f"{one.said_on:%d.%m.%Y}"}
    facts.append(_("%(way)s am %(day)s") % heard)
    if one.said_by:
        facts.append(_("gesagt von %(who)s") % {"who": one.said_by})
    undone = ""
    if one.undone_at:
        who = staff.get(one.undone_by, "") if one.undone_by else one.sending.recipient_name  # they corrected it themselves
        taken_back = {"day": f"{one.undone_at.astimezone(BERLIN):%d.%m.%Y}", "who": who}
        undone = _("zurückgenommen am %(day)s von %(who)s") % taken_back
    return Happening(
        one.noted_at, _("Antwort"), title, staff.get(one.noted_by or 0, ""), tuple(facts), one.words or "", undone,
        one.id if one.noted_by and not one.undone_at else None,
    )  # fmt: skip


def _changed(one: ReferralChange, staff: Mapping[int, str]) -> Happening:
    kind, words = ChangeKind(one.kind), one.words or ""
    title = _("vorher: %(words)s") % {"words": words} if kind == ChangeKind.CHANGED else words
    return Happening(one.changed_at, str(kind.label), title or str(kind.label), staff.get(one.changed_by or 0, ""))

