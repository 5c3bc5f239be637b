"""The plan of a person in a case: what else matters, when it is looked at again, and what was agreed on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from faden.cases.actions import deadlines
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, CaseMember
from faden.cases.policies import may_document
from faden.cases.queries.life_areas import labels
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.chains.models import Plan, PlanVersion
from faden.chains.queries.plan_versions import present_content
from faden.chains.rules import plan_versions as versions
from faden.chains.vocabulary import PLAN_AGREED, PLAN_REVIEW_SET
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Frame:
    """What a plan says beside its goals."""

    review_on: date | None
    important: str = ""


@dataclass(frozen=True)
class Agreement:
    """How a plan was agreed with a person."""

    agreed_on: date
    language: str
    confirmed: str
    interpreted_by: str = ""
    # A minor's legal representatives; and whether she agreed herself, being able to judge it.
    represented_by: tuple[UUID, ...] = ()
    herself: bool = True
    review_on: date | None = None
    # The seal of the content that was on the page.
    seen: str = ""


def plan_for(case: Case, person_id: UUID, *, by: Actor, at: datetime) -> Plan:
    """The person's plan in this case, locked; the first goal makes it."""
    may_document(person_id).require()
    case = Case.objects.select_for_update().get(id=case.id)
    if not CaseMember.objects.filter(case=case, person_id=person_id, until_on__isnull=True).exists():
        raise Invalid(_("Diese Person gehört nicht mehr zu diesem Fall."))
    plan = Plan.objects.select_for_update().filter(case=case, person_id=person_id).first()
    return plan or Plan.objects.create(
        organisation_id=by.organisation_id, case=case, person_id=person_id, made_at=at, made_by=by.person, version=0
    )


def frame(case: Case, person_id: UUID, said: Frame, *, seen_version: int, by: Actor, on: date, at: datetime) -> Plan:
    """What else matters, and the day to look at it together again, unless somebody else changed it meanwhile."""
    plan = plan_for(case, person_id, by=by, at=at)
    if plan.version != seen_version:
        raise Conflict(_("Der Plan wurde inzwischen von jemand anderem geändert."), _differences(plan, said))
    _check_review(plan, said.review_on, on)
    plan.important = said.important or None
    _review(plan, said.review_on, by=by, at=at)
    return plan


def agree(
    case: Case,
    person_id: UUID,
    agreed: Agreement,
    *,
    confidential: bool = False,
    by: Actor,
    on: date,
    at: datetime,
) -> PlanVersion:
    """Keep what was agreed, as it was seen; it is never changed."""
    plan = plan_for(case, person_id, by=by, at=at)
    content = present_content(plan, confidential=confidential)
    _check(case, agreed, content, on=on)
    if versions.seal_of(content) != agreed.seen:
        raise Conflict(_("Der Plan wurde inzwischen von jemand anderem geändert. Sehen Sie ihn noch einmal gemeinsam an."))
    if not confidential and agreed.review_on != plan.review_on:
        _check_review(plan, agreed.review_on, on)
        _review(plan, agreed.review_on, by=by, at=at)
        content = present_content(plan, confidential=False)
    same_side = PlanVersion.objects.filter(plan=plan, confidential=confidential)
    version = PlanVersion.objects.create(
        organisation_id=by.organisation_id,
        plan=plan,
        confidential=confidential,
        number=(same_side.aggregate(last=Max("number"))["last"] or 0) + 1,
        agreed_on=agreed.agreed_on,
        language=agreed.language,
        confirmed=agreed.confirmed,
        interpreted_by=agreed.interpreted_by,
        represented_by=list(agreed.represented_by),
        herself=agreed.herself,
        content=versions.to_json(content),
        recorded_at=at,
        recorded_by=by.person,
    )
    tell(case, kind=EntryKind.PLAN, about=version.id, at=at, persons=[person_id], confidential=confidential)
    audit.note(PLAN_AGREED, by=by, at=at, subject=case.id, plan=str(plan.id), version=version.number)
    return version


def _check(case: Case, agreed: Agreement, content: versions.Content, *, on: date) -> None:
    if not content.goals:
        raise Invalid(_("Noch steht kein Ziel im Plan. Vereinbart wird, was darin steht."))
    if agreed.agreed_on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "agreed_on")
    if not agreed.herself and not agreed.represented_by:
        raise Invalid(_("Bitte wählen Sie, wer dem Plan zugestimmt hat."), "represented_by")
    members = set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))
    if not set(agreed.represented_by) <= members:
        raise Invalid(_("Diese Person gehört nicht zu diesem Fall."), "represented_by")


def _check_review(plan: Plan, review_on: date | None, on: date) -> None:
    """A day that stood there already may be past: nobody has to move it to write something else."""
    if review_on and review_on < on and review_on != plan.review_on:
        raise Invalid(_("Dieser Tag ist schon vorbei."), "review_on")


def _review(plan: Plan, review_on: date | None, *, by: Actor, at: datetime) -> None:
    plan.review_on = review_on
    plan.version += 1
    plan.save(update_fields=["review_on", "important", "version"])
    if review_on:
        kind, persons = DeadlineKind.PLAN_REVIEW, [plan.person_id]
        deadlines.note(plan.case, kind=kind, reference=plan.id, due_on=review_on, persons=persons, at=at)
    else:
        deadlines.end_for(plan.id, at=at)
    audit.note(PLAN_REVIEW_SET, by=by, at=at, subject=plan.case_id, plan=str(plan.id), version=plan.version)


def _differences(plan: Plan, yours: Frame) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each part that differs."""
    pairs = (
        (_("Gemeinsam ansehen am"), day_in_words(plan.review_on), day_in_words(yours.review_on)),
        (_("Was noch wichtig ist"), plan.important or "", yours.important),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def day_in_words(day: date | None) -> str:
    """A day, or a dash."""
    return f"{day:%d.%m.%Y}" if day else "–"


def area_in_words(code: str) -> str:
    """The newest word of a life area; one statement."""
    return labels().get(code, code)
