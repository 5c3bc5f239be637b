"""Anonyme Fallvorstellungen: what one is made of, what in it may still tell, how rare the case is, who can get it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.members import members_of
from faden.cases.vocabulary.case import Phase
from faden.chains.models import Chain, ChainStep
from faden.chains.vocabulary import HolderKind, StepState
from faden.consents.models import Delivery, ReleaseEnding
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DeliveryKind, Ground
from faden.kernel.errors import NotFound
from faden.organisations.models import Organisation
from faden.organisations.queries.memberships import names_of
from faden.organisations.queries.recipients import Recipient, as_recipient
from faden.organisations.vocabulary import Kind
from faden.persons.codes import NATIONALITIES
from faden.persons.queries.families import ties_between
from faden.persons.vocabulary import Tie
from faden.referrals.models import CasePresentation, GivenAnswer
from faden.referrals.queries.case_words import case_words
from faden.referrals.rules import presentations as rules
from faden.referrals.rules.presentations import RARE_BELOW, Somebody, Story
from faden.referrals.rules.traces import Known, Trace, standing, traces
from faden.referrals.vocabulary import PresentationAnswer, PresentationState, PresentationTells

# Who gets cases told without anybody in them.
COORDINATION = (Kind.INTEGRATION_CENTRE, Kind.TOWN_COORDINATION)


@dataclass(frozen=True)
class PresentationLine:
    """One line of the list."""

    id: UUID
    occasion: str
    state: str
    made_at: datetime
    made_by: str
    recipient: str
    answer: str  # "" until the coordination has said something


def presentations_of(case: Case) -> list[PresentationLine]:
    """Those of a case, the newest first; two statements."""
    rows = list(CasePresentation.objects.filter(case=case).defer("body", "harmless", "answer_words").select_related("release").order_by("-made_at", "-id"))
    names = names_of({row.made_by for row in rows})
    return [
        PresentationLine(
            row.id, row.occasion, str(PresentationState(row.state).label), row.made_at, names.get(row.made_by, ""),
            row.release.recipient_name if row.release else "", answer_words(row.answer, row.answer_on),
        )
        for row in rows
    ]  # fmt: skip


def presentation_in(case: Case, presentation_id: UUID) -> CasePresentation:
    """One of this case."""
    found = CasePresentation.objects.select_related("case", "release").filter(case=case, id=presentation_id).first()
    if found is None:
        raise NotFound(_("Diese Fallvorstellung gibt es hier nicht."))
    return found


def answer_words(code: str, on: date | None) -> str:
    """What the coordination said, in a few words; "" for nothing yet."""
    if code == PresentationAnswer.PLANNED and on:
        return _("kommt in die Planungskonferenz am %(day)s") % {"day": f"{on:%d.%m.%Y}"}
    return str(PresentationAnswer(code).label) if code else ""


def has_ended(row: CasePresentation) -> bool:
    """Nobody can read it any more."""
    return bool(row.release_id and ReleaseEnding.objects.filter(release=row.release_id).exists())


@translation.override("de")
def text_for(case: Case, tells: set[str], *, today: date) -> str:
    """The text a worker begins with; of a vertraulicher Faden nothing."""
    return rules.told(story_of(case, tells, known=case_words(case), today=today))


def story_of(case: Case, tells: set[str], *, known: list[Known], today: date) -> Story:
    """What the text is made of; eight statements."""
    members = [one for one in members_of(case) if one.is_here]
    ties = ties_between({one.person_id for one in members}, on=today)
    parents = {tie.relative_id for tie in ties if tie.tie == Tie.PARENT}
    partners = {one for tie in ties if tie.tie == Tie.PARTNER for one in (tie.relative_id, tie.person_id)}
    person = case.person
    town = person.municipality
    return Story(
        people=[
            Somebody(one.person_id, one.person_id in parents, one.person_id in partners, one.birth.age_on(today) if one.birth else None)
            for one in members
        ],
        chains=_chains(case),
        begun=case.opened_on,
        today=today,
        district=town.district if town else "",
        # Where one of them is protected, a town is too near.
        town=town.name if town and PresentationTells.TOWN in tells and not masked_cases([case.id]) else "",
        nationalities=[NATIONALITIES[code].name for code in person.nationalities if code in NATIONALITIES]
        if PresentationTells.NATIONALITY in tells
        else [],
        known=known,
    )  # fmt: skip


def _chains(case: Case) -> list[rules.Chain]:
    rows = list(Chain.objects.filter(case=case, confidential=False, ended_at__isnull=True).order_by("started_on", "id"))
    steps: dict[UUID, list[rules.Step]] = {}
    for row in ChainStep.objects.filter(chain__in=rows).order_by("position", "id"):
        said = rules.Step(
            row.title, StepState(row.state), row.since_on, HolderKind(row.holder), row.agency_kind if row.holder == HolderKind.AGENCY else "",
            row.block_reason,
        )  # fmt: skip
        steps.setdefault(row.chain_id, []).append(said)
    return [rules.Chain(row.title, row.person_id, tuple(steps.get(row.id, ()))) for row in rows]


def finds_in(row: CasePresentation, known: list[Known]) -> list[Trace]:
    """All that looks like somebody, in everything that leaves: occasion, question, text."""
    return [one for text in (row.occasion, row.question, row.body) for one in traces(text, known)]


def left(row: CasePresentation) -> set[str]:
    """Finds a worker has looked at and left."""
    return set((row.harmless or "").split("\n")) - {""}


def finds_standing(row: CasePresentation, known: list[Known]) -> list[Trace]:
    """What has to go or be looked at before it may leave; each word once."""
    found = {(one.kind, one.key): one for one in standing(finds_in(row, known), left(row))}
    return list(found.values())


@dataclass(frozen=True)
class Rarity:
    """How many cases of the own service fit what is told; only the number."""

    count: int
    of: str

    @property
    def is_rare(self) -> bool:
        return self.count < RARE_BELOW


def rarity_of(row: CasePresentation) -> Rarity:
    """Open cases with as many people, and the same town and nationality where the text tells them; two statements."""
    case = row.case
    size = CaseMember.objects.filter(case=case, until_on__isnull=True).count()
    alike = Q()
    words = [_("Familien mit %(n)d Personen") % {"n": size} if size > 1 else _("einzelne Personen")]
    if PresentationTells.TOWN in row.tells:
        alike &= Q(person__municipality=case.person.municipality)
        words.append(_("gleicher Ort"))
    if PresentationTells.NATIONALITY in row.tells:
        alike &= Q(person__nationalities=case.person.nationalities)
        words.append(_("gleiche Staatsangehörigkeit"))
    here = Count("members", filter=Q(members__until_on__isnull=True))
    count = Case.objects.filter(~Q(phase=Phase.CLOSED), alike).annotate(size=here).filter(size=size).count()
    return Rarity(count, ", ".join(words))


def coordinations(*, but: int) -> list[Recipient]:
    """Services of coordination with an inbox here; one statement."""
    found = [as_recipient(one) for one in Organisation.objects.filter(kind__in=COORDINATION).exclude(id=but)]
    return sorted(found, key=lambda one: one.name.casefold())


# ---------- the coordination ----------


@dataclass(frozen=True)
class Presented:
    """One that was told to this coordination."""

    id: UUID
    occasion: str
    sender: str
    told_at: datetime
    until: date
    answer: str  # "" until it was answered here


@dataclass(frozen=True)
class GivenHere:
    """What this coordination answered once; the newest counts."""

    id: UUID
    answer: str
    words: str
    at: datetime
    by: str


def presented() -> list[Presented]:
    """All that may be read now, the newest first; one statement."""
    return [_as_presented(row) for row in told_here().defer("content").order_by("-delivered_at", "-id")]


def presented_one(delivery_id: UUID) -> tuple[Presented, Content]:
    """One with its text; anything that is about somebody is not here. One statement."""
    row = told_here().filter(id=delivery_id).first()
    if row is None or row.content is None:
        raise gone()
    return _as_presented(row), from_json(row.content)


def gone() -> NotFound:
    """Never told here, run out, taken back: the same answer."""
    return NotFound(_("Diese Fallvorstellung gibt es hier nicht, oder sie ist beendet."))


def told_here() -> QuerySet[Delivery]:
    """What may be read here now, with the newest answer of this coordination."""
    newest = GivenAnswer.objects.filter(delivery=OuterRef("id")).order_by("-answered_at", "-id")
    told = Delivery.objects.filter(kind=DeliveryKind.PRESENTATION, ground=Ground.NO_PERSON, ended_at__isnull=True)
    answered = told.annotate(answer=Subquery(newest.values("kind")[:1]), answer_on=Subquery(newest.values("from_on")[:1]))
    return answered.select_related("sender")


def answers_to(delivery_id: UUID) -> list[GivenHere]:
    """What was answered here, the newest first; two statements."""
    rows = list(GivenAnswer.objects.filter(delivery=delivery_id).order_by("-answered_at", "-id"))
    names = names_of({row.answered_by for row in rows})
    return [
        GivenHere(row.id, answer_words(row.kind, row.from_on), row.words or "", row.answered_at, names.get(row.answered_by, ""))
        for row in rows
    ]


def _as_presented(row: Any) -> Presented:
    answer = answer_words(row.answer or "", row.answer_on)
    return Presented(row.id, row.purpose, row.sender.name, row.delivered_at, row.valid_until, answer)
