"""May I open this case, and why? Caseload, substitution, emergency, reason and matter decide inside a service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseOpening, Substitution
from faden.cases.queries.access import CaseAccess, case_or_not_found
from faden.cases.queries.substitutions import between, not_to_deputies
from faden.cases.vocabulary.case import OpeningReason, Part, Phase
from faden.consents.queries.agreements import agreed
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotAllowed, NotFound
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


class NeedsReason(NotAllowed):
    """A team lead may open this case, but first says why."""


class MayBreakGlass(NotAllowed):
    """Somebody else's case; whoever works on cases here may open it in an emergency, and says why."""


@dataclass(frozen=True)
class _Asked:
    """Who wants to see which case, and when."""

    actor: Actor
    case: Case
    on: date
    at: datetime
    matter_open: bool


# A way opens the case and says why, or says why not; nothing said: it is no way for this role.
_Way = Callable[[_Asked], CaseAccess | Verdict]
_NO_WAY = no("")


def access(
    actor: Actor, case_id: UUID, *, on: date, at: datetime, matter_open: bool = False, lock: bool = False
) -> CaseAccess:
    """The first way by which this person may see this case now; raises NotFound or NotAllowed."""
    asked = _Asked(actor, case_or_not_found(case_id, lock=lock), on, at, matter_open)
    refusal = ""
    for way in _WAYS:
        found = way(asked)
        if isinstance(found, CaseAccess):
            return found
        refusal = refusal or found.reason
    if may(actor, Permission.OPEN_CASES_WITH_REASON):
        raise NeedsReason(_("Öffnen Sie den Fall zuerst mit einem Grund."))
    if may_break_glass(actor, asked.case):
        raise MayBreakGlass(refusal or _refusal(actor))
    raise NotAllowed(refusal or _refusal(actor))


def _leads(asked: _Asked) -> CaseAccess | Verdict:
    """The caseload."""
    if may(asked.actor, Permission.WORK_ON_CASES) and str(asked.case.lead_id) == asked.actor.membership_id:
        return CaseAccess(asked.case, "caseload", _("Sie führen diesen Fall."), may_write=True)
    return _NO_WAY


def _stands_in(asked: _Asked) -> CaseAccess | Verdict:
    """The deputy acts for the worker: she reads and writes what the worker does, but for the Arbeitsnotizen."""
    actor, case = asked.actor, asked.case
    if not (may(actor, Permission.WORK_ON_CASES) or may(actor, Permission.OPEN_CASES_WITH_REASON)):
        return _NO_WAY
    standing = between(UUID(actor.membership_id), case.lead_id, on=asked.on)
    if standing is None:
        return _NO_WAY
    if not_to_deputies([case]):
        return no(
            _("Fall %(number)s: keine Einwilligung in Vertretung. Bitte wenden Sie sich an die Teamleitung.")
            % {"number": case.number}
        )
    because = _("Sie vertreten %(name)s bis %(day)s.") % {
        "name": standing.absent.name,
        "day": f"{standing.until_on:%d.%m.%Y}",
    }
    return CaseAccess(case, "substitution", because, may_write=True, acting_for=str(standing.absent_id))


def _in_emergency(asked: _Asked) -> CaseAccess | Verdict:
    """Notzugriff: for hours, to the minute; it may be noted what was done, and nothing else is written."""
    if not may(asked.actor, Permission.WORK_ON_CASES):
        return _NO_WAY
    opening = _openings(asked).filter(reason=OpeningReason.EMERGENCY, until_at__gt=asked.at).first()
    if opening is None or opening.until_at is None:
        return _NO_WAY
    because = _("Sie haben diesen Fall im Notzugriff geöffnet, bis %(moment)s. Ihr Grund: %(words)s") % {
        "moment": f"{opening.until_at.astimezone(BERLIN):%d.%m.%Y, %H:%M}",
        "words": opening.words,
    }
    return CaseAccess(asked.case, OpeningReason.EMERGENCY.value, because, may_write=False, until_at=opening.until_at)


def _with_reason(asked: _Asked) -> CaseAccess | Verdict:
    """The team lead's way, until the day ends."""
    if not may(asked.actor, Permission.OPEN_CASES_WITH_REASON):
        return _NO_WAY
    opening = _openings(asked).filter(until__gte=asked.on).exclude(reason=OpeningReason.EMERGENCY).first()
    if opening is None:
        return _NO_WAY
    reason = OpeningReason(opening.reason)
    because = _("Geöffnet als Teamleitung: %(reason)s.") % {"reason": reason.label}
    # Fachaufsicht and Beschwerde look; only a Vertretung goes on working.
    return CaseAccess(asked.case, reason.value, because, may_write=reason == OpeningReason.SUBSTITUTION)


def _oversees(asked: _Asked) -> CaseAccess | Verdict:
    """The data protection officer, in a matter that a second person confirmed."""
    if asked.matter_open and may(asked.actor, Permission.SEE_LOOKS):
        return CaseAccess(asked.case, "oversight", _("Bestätigte Auswertung zu diesem Fall."), may_write=False)
    return _NO_WAY


_WAYS: tuple[_Way, ...] = (_leads, _stands_in, _in_emergency, _with_reason, _oversees)


def _openings(asked: _Asked) -> QuerySet[CaseOpening]:
    return CaseOpening.objects.filter(case=asked.case, opened_by=asked.actor.person).order_by("-opened_at")


def _refusal(actor: Actor) -> str:
    if may(actor, Permission.WORK_ON_CASES):
        return _("Diesen Fall führt eine Kollegin oder ein Kollege.")
    return _("Ihre Rolle „%(role)s“ sieht keine Fallinhalte.") % {"role": actor.role_label}


# ---------- what of a case ----------


def may_open(access_: CaseAccess, part: Part) -> Verdict:
    """Whoever may see the case, may she see this part of it? The sentence says why or why not."""
    if part is Part.CASE:
        return yes()
    if access_.is_emergency:
        return no(
            _("Der vertrauliche Faden bleibt im Notzugriff geschlossen.")
            if part is Part.CONFIDENTIAL
            else _("Eine geschützte Anschrift bleibt im Notzugriff geschlossen.")
        )
    if part is Part.CONFIDENTIAL:
        return yes(_("Der vertrauliche Faden gehört zum Fall. Er steht auf keiner Seite der anderen aus der Familie."))
    return yes(_("Die geschützte Anschrift zeigt Faden erst auf Ihren Klick, und jeder Klick wird vermerkt."))


def why(access_: CaseAccess, part: Part) -> tuple[str, ...]:
    """Why this person sees this page: what opened the case, what opened this part, and whether she may write."""
    return tuple(filter(None, (access_.because, may_open(access_, part).reason, may_write(access_).reason)))


def may_break_glass(actor: Actor, case: Case) -> Verdict:
    """Notzugriff: who works on cases of this service, in an open case. Team leads have ways of their own."""
    if case.phase == Phase.CLOSED:
        return no(_("Dieser Fall ist abgeschlossen."))
    if str(case.lead_id) == actor.membership_id:
        return no(_("Sie führen diesen Fall."))
    return may(actor, Permission.WORK_ON_CASES)


def may_give_back(access_: CaseAccess) -> Verdict:
    """Before its minute."""
    return yes() if access_.is_emergency else no(_("Hier läuft kein Notzugriff."))


def may_review(actor: Actor, opening: CaseOpening) -> Verdict:
    """A Notzugriff is looked at by team lead and data protection officer, never by who opened it."""
    if actor.person == opening.opened_by:
        return no(_("Ihren eigenen Notzugriff prüft eine andere Person."))
    return may(actor, Permission.REVIEW_EMERGENCIES)


def may_note(access_: CaseAccess) -> Verdict:
    """A contact is noted by who may write, and in a Notzugriff: what was done in it must stand in the file."""
    if access_.is_emergency and not access_.is_closed:
        return yes()
    return may_write(access_)


def may_document(person_id: UUID) -> Verdict:
    """Facts and assessments of a person need her own agreement; relatives come with a family and may have none."""
    if agreed([person_id]):
        return yes()
    return no(_("Von dieser Person liegt noch keine Einwilligung in die Dokumentation vor."))


def may_write(access_: CaseAccess) -> Verdict:
    """Reading for supervision or a complaint does not include writing; and a closed case stays as it is."""
    if access_.is_emergency:
        return no(_("Im Notzugriff lesen Sie und notieren Kontakte mit dem, was daraus folgt. Anderes schreiben Sie nicht."))
    if not access_.may_write:
        return no(_("Sie haben diesen Fall nur zum Lesen geöffnet."))
    if access_.is_closed:
        return no(_("Dieser Fall ist abgeschlossen. Nehmen Sie ihn zuerst wieder auf, dann können Sie weiterschreiben."))
    return yes(_("Sie können hier lesen und schreiben."))


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
