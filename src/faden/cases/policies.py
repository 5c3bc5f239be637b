"""May I open this case, and why? Caseload, substitution and matters decide inside a service."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseOpening
from faden.cases.queries.access import CaseAccess, case_or_not_found
from faden.cases.vocabulary import OpeningReason
from faden.kernel.actor import Actor
from faden.kernel.errors import NotAllowed
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


class NeedsReason(NotAllowed):
    """A team lead may open this case, but first says why."""


def access(actor: Actor, case_id: UUID, *, on: date, matter_open: bool = False) -> CaseAccess:
    """The way by which this person may see this case today; raises NotFound or NotAllowed."""
    case = case_or_not_found(case_id)
    if may(actor, Permission.WORK_ON_CASES) and str(case.lead_id) == actor.membership_id:
        return CaseAccess(case, "caseload", _("Sie führen diesen Fall."), may_write=True)
    if may(actor, Permission.OPEN_CASES_WITH_REASON):
        return _with_reason(actor, case, on)
    if matter_open and may(actor, Permission.SEE_LOOKS):
        return CaseAccess(case, "oversight", _("Bestätigte Auswertung zu diesem Fall."), may_write=False)
    raise NotAllowed(_refusal(actor))


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


def may_write(access_: CaseAccess) -> Verdict:
    """Reading for supervision or a complaint does not include writing."""
    return yes() if access_.may_write else no(_("Sie haben diesen Fall nur zum Lesen geöffnet."))
