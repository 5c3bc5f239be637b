"""May I open this case, and why? Caseload, substitution and matters decide inside a service."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseOpening, Substitution
from faden.cases.queries.access import CaseAccess, case_or_not_found
from faden.cases.queries.substitutions import between, not_to_deputies
from faden.cases.vocabulary.case import OpeningReason
from faden.consents.queries.agreements import agreed
from faden.kernel.actor import Actor
from faden.kernel.errors import NotAllowed, NotFound
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


class NeedsReason(NotAllowed):
    """A team lead may open this case, but first says why."""


def access(
    actor: Actor, case_id: UUID, *, on: date, matter_open: bool = False, lock: bool = False
) -> CaseAccess:
    """The way by which this person may see this case today; raises NotFound or NotAllowed."""
    case = case_or_not_found(case_id, lock=lock)
    if may(actor, Permission.WORK_ON_CASES) and str(case.lead_id) == actor.membership_id:
        return CaseAccess(case, "caseload", _("Sie führen diesen Fall."), may_write=True)
    if standing_in := _standing_in(actor, case, on):
        return standing_in
    if may(actor, Permission.OPEN_CASES_WITH_REASON):
        return _with_reason(actor, case, on)
    if matter_open and may(actor, Permission.SEE_LOOKS):
        return CaseAccess(case, "oversight", _("Bestätigte Auswertung zu diesem Fall."), may_write=False)
    raise NotAllowed(_refusal(actor))


def _standing_in(actor: Actor, case: Case, on: date) -> CaseAccess | None:
    """The deputy acts for the worker: she reads and writes what the worker does, but for the Arbeitsnotizen."""
    if not (may(actor, Permission.WORK_ON_CASES) or may(actor, Permission.OPEN_CASES_WITH_REASON)):
        return None
    standing = between(UUID(actor.membership_id), case.lead_id, on=on)
    if standing is None:
        return None
    if not_to_deputies([case]):
        # A team lead may still open it with a reason; that is another way with its own note.
        if may(actor, Permission.OPEN_CASES_WITH_REASON):
            return None
        raise NotAllowed(
            _("Fall %(number)s: keine Einwilligung in Vertretung. Bitte wenden Sie sich an die Teamleitung.")
            % {"number": case.number}
        )
    because = _("Sie vertreten %(name)s bis %(day)s.") % {
        "name": standing.absent.name,
        "day": f"{standing.until_on:%d.%m.%Y}",
    }
    return CaseAccess(case, "substitution", because, may_write=True, acting_for=str(standing.absent_id))


def _refusal(actor: Actor) -> str:
    if may(actor, Permission.WORK_ON_CASES):
        return _("Diesen Fall führt eine Kollegin oder ein Kollege.")
    return _("Ihre Rolle „%(role)s“ sieht keine Fallinhalte.") % {"role": actor.role_label}


def _with_reason(actor: Actor, case: Case, on: date) -> CaseAccess:
    opening = (
        CaseOpening.objects.filter(case=case, opened_by=actor.person, until__gte=on)
        .order_by("-opened_at")
        .first()
    )
    if opening is None:
        raise NeedsReason(_("Öffnen Sie den Fall zuerst mit einem Grund."))
    reason = OpeningReason(opening.reason)
    because = _("Geöffnet als Teamleitung: %(reason)s.") % {"reason": reason.label}
    # Fachaufsicht and Beschwerde look; only a Vertretung goes on working.
    return CaseAccess(case, reason.value, because, may_write=reason == OpeningReason.SUBSTITUTION)


def may_document(person_id: UUID) -> Verdict:
    """Facts and assessments of a person need her own agreement; relatives come with a family and may have none."""
    if agreed([person_id]):
        return yes()
    return no(_("Von dieser Person liegt noch keine Einwilligung in die Dokumentation vor."))


def may_write(access_: CaseAccess) -> Verdict:
    """Reading for supervision or a complaint does not include writing; and a closed case stays as it is."""
    if not access_.may_write:
        return no(_("Sie haben diesen Fall nur zum Lesen geöffnet."))
    if access_.is_closed:
        return no(_("Dieser Fall ist abgeschlossen. Nehmen Sie ihn zuerst wieder auf, dann können Sie weiterschreiben."))
    return yes()


def may_protect(access_: CaseAccess) -> Verdict:
    """A Schutzvermerk also in a closed case: danger does not wait until it is taken up again."""
    return yes() if access_.may_write else no(_("Sie haben diesen Fall nur zum Lesen geöffnet."))


def may_reopen(access_: CaseAccess) -> Verdict:
    """Who may write in it may also take it up again."""
    if not access_.may_write:
        return no(_("Sie haben diesen Fall nur zum Lesen geöffnet."))
    return yes() if access_.is_closed else no(_("Dieser Fall ist nicht abgeschlossen."))


def may_arrange(actor: Actor, absent: UUID) -> Verdict:
    """One's own absence, or as team lead anybody's in the service."""
    own = may(actor, Permission.WORK_ON_CASES) and str(absent) == actor.membership_id
    return yes() if own else may(actor, Permission.PLAN_WORK)


def require_deputy(actor: Actor, substitution: Substitution, *, on: date) -> None:
    """Only the deputy, and only on these days; for everybody else the list of cases is not there."""
    stands = substitution.from_on <= on <= substitution.until_on and substitution.ended_at is None
    if str(substitution.deputy_id) != actor.membership_id:
        raise NotFound(_("Diese Vertretung gibt es hier nicht."))
    if not stands:
        raise NotAllowed(_("Diese Vertretung gilt heute nicht."))


def may_end(actor: Actor, substitution: Substitution) -> Verdict:
    """Who is away, who stands in, or the team lead."""
    if actor.membership_id in (str(substitution.absent_id), str(substitution.deputy_id)):
        return yes()
    return may(actor, Permission.PLAN_WORK)
