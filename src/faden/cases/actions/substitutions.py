"""Vertretung: arranged from a day until a day, ends by itself, can be ended before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Substitution
from faden.cases.policies import may_arrange, may_end
from faden.cases.rules.substitutions import Problem, Span, problem_of
from faden.cases.vocabulary.course import SUBSTITUTION_ARRANGED, SUBSTITUTION_ENDED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.kernel.rls import wait_for_turn
from faden.organisations.models import Membership
from faden.organisations.queries.memberships import colleagues

_ROLES = ("case_manager", "team_lead")


@dataclass(frozen=True)
class Absence:
    """Who is away, on which days, why, and who stands in."""

    absent: UUID
    deputy: UUID
    from_on: date
    until_on: date
    reason: str


def arrange(absence: Absence, *, by: Actor, on: date, at: datetime) -> Substitution:
    """Let a colleague work on somebody's cases on these days."""
    may_arrange(by, absence.absent).require()
    # Two at once would each pass the check on the other's days.
    wait_for_turn("substitution", by)
    people = {m.id: m for m in colleagues(on=on, roles=_ROLES)}
    _check(absence, people, on)
    substitution = Substitution.objects.create(
        organisation_id=by.organisation_id,
        absent=people[absence.absent],
        deputy=people[absence.deputy],
        from_on=absence.from_on,
        until_on=absence.until_on,
        reason=absence.reason,
        arranged_at=at,
        arranged_by=by.person,
    )
    audit.note(
        SUBSTITUTION_ARRANGED, by=by, at=at, subject=substitution.id,
        absent=str(absence.absent), deputy=str(absence.deputy),
        from_on=absence.from_on.isoformat(), until_on=absence.until_on.isoformat(),
    )
    return substitution


def _check(absence: Absence, people: dict[UUID, Membership], on: date) -> None:
    for field, chosen in (("absent", absence.absent), ("deputy", absence.deputy)):
        if chosen not in people:
            raise Invalid(_("Bitte wählen Sie eine Person dieses Dienstes."), field)
    wanted = Span(absence.absent, absence.deputy, absence.from_on, absence.until_on)
    rows = Substitution.objects.filter(until_on__gte=on, ended_at__isnull=True).order_by("from_on", "id")
    standing = [Span(row.absent_id, row.deputy_id, row.from_on, row.until_on) for row in rows]
    if problem := problem_of(wanted, standing, today=on):
        raise Invalid(_sentence(problem, people), problem.field)
    last_day = people[absence.deputy].until
    if last_day and last_day < absence.until_on:
        raise Invalid(
            _("Der Zugang von %(name)s endet schon am %(day)s.")
            % {"name": people[absence.deputy].name, "day": f"{last_day:%d.%m.%Y}"},
            "deputy",
        )


def _sentence(problem: Problem, people: dict[UUID, Membership]) -> str:
    sentence = {
        "same": _("Niemand vertritt sich selbst."),
        "past": _("Eine Vertretung beginnt frühestens heute."),
        "backwards": _("Der letzte Tag liegt vor dem ersten."),
        "long": _("Eine Vertretung dauert höchstens ein halbes Jahr. Bitte übergeben Sie die Fälle."),
        "twice": _("Diese Vertretung ist in der Zeit schon eingerichtet."),
        "deputy_away": _("%(deputy)s ist in dieser Zeit selbst abwesend und wird vertreten."),
        "absent_needed": _("%(deputy)s vertritt in dieser Zeit %(absent)s. Bitte regeln Sie das zuerst."),
    }[problem.rule]
    if problem.other is None:
        return sentence
    away, deputy = (people.get(key) for key in (problem.other.absent, problem.other.deputy))
    named = away if problem.rule == "deputy_away" else deputy
    return sentence % {"deputy": named.name if named else "–", "absent": away.name if away else "–"}


def end(substitution: Substitution, *, by: Actor, at: datetime) -> None:
    """Ended before its day, from this moment on."""
    may_end(by, substitution).require()
    substitution = Substitution.objects.select_for_update().get(id=substitution.id)
    if substitution.ended_at:
        raise Conflict(_("Diese Vertretung ist schon beendet."))
    substitution.ended_at, substitution.ended_by = at, by.person
    substitution.save(update_fields=["ended_at", "ended_by"])
    audit.note(SUBSTITUTION_ENDED, by=by, at=at, subject=substitution.id)
