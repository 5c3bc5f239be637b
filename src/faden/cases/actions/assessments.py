"""Assessment of one person: begun, spoken about area by area in as many sittings as it takes, finished, repeated."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.timeline import tell
from faden.cases.models import AreaView, Assessment, Case, CaseMember
from faden.cases.policies import may_document
from faden.cases.queries.life_areas import areas
from faden.cases.vocabulary.assessment import (
    AREA_VIEWED,
    ASSESSMENT_BEGUN,
    ASSESSMENT_FINISHED,
    ASSESSMENT_REOPENED,
    Strength,
)
from faden.cases.vocabulary.case import EntryKind, Urgency
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Said:
    """What is known about one area; any part may be missing."""

    client_words: str = ""
    client_view: str = ""
    urgency: str = ""
    need: str = ""
    resources: str = ""
    worker_view: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing at all."""
        return not any(vars(self).values())


_TEXTS = ("client_words", "need", "resources")
# What may hold for others too: her own words and her own view are hers alone.
_SHARED = ("urgency", "need", "resources", "worker_view")


def begin(case: Case, person_id: UUID, *, by: Actor, on: date, at: datetime) -> Assessment:
    """The first look at a person of the case, or the next one."""
    may_document(person_id).require()
    _must_be_here(case, [person_id])
    case = Case.objects.select_for_update().get(id=case.id)
    newest = _newest(case, person_id)
    if newest and newest.finished_on is None:
        raise Invalid(_("Ein Assessment ist schon begonnen. Sprechen Sie dort weiter."))
    return _begin(case, person_id, number=newest.number + 1 if newest else 1, by=by, on=on, at=at)


def open_assessment(case: Case, person_id: UUID) -> Assessment:
    """The one that is worked on now."""
    newest = _newest(case, person_id)
    if newest is None or newest.finished_on is not None:
        raise Invalid(_("Beginnen Sie zuerst ein Assessment."))
    return newest


def speak_about(
    assessment: Assessment, area: str, said: Said, *, seen_version: int, by: Actor, on: date, at: datetime
) -> None:
    """Save what was said about one area, unless somebody else changed it meanwhile (0: nothing was there)."""
    may_document(assessment.person_id).require()
    _locked(assessment)
    view = AreaView.objects.filter(assessment=assessment, area=area).first()
    if view is None and area not in {known.code for known in areas(on)}:
        raise NotFound(_("Diesen Lebensbereich gibt es hier nicht."))
    if (view.version if view else 0) != seen_version:
        raise Conflict(_("Dieser Lebensbereich wurde inzwischen von jemand anderem geändert."), _differences(view, said))
    if said.is_empty:
        _clear(view, case_id=assessment.case_id, by=by, at=at)
        return
    view = view or AreaView(organisation_id=by.organisation_id, assessment=assessment, area=area, version=0)
    _save(view, vars(said), by=by, at=at, case_id=assessment.case_id)


def holds_also_for(view: AreaView, persons: Iterable[UUID], *, by: Actor, on: date, at: datetime) -> None:
    """What the worker wrote about an area stands for these members too, where nothing is said yet.

    The client's own words and view are never copied. Who has no assessment yet gets one begun.
    """
    chosen = list(dict.fromkeys(persons))
    if not chosen:
        raise Invalid(_("Bitte wählen Sie, für wen es auch gilt."), "persons")
    case = Case.objects.select_for_update().get(id=view.assessment.case_id)
    _must_be_here(case, chosen)
    for person_id in chosen:
        if person_id == view.assessment.person_id:
            raise Invalid(_("Für diese Person steht es schon da."), "persons")
        may_document(person_id).require()
        newest = _newest(case, person_id)
        if newest is None or newest.finished_on is not None:
            newest = _begin(case, person_id, number=newest.number + 1 if newest else 1, by=by, on=on, at=at)
        if AreaView.objects.filter(assessment=newest, area=view.area).exists():
            raise Invalid(_("Bei einer der Personen steht zu diesem Bereich schon etwas. Es wird nicht überschrieben."), "persons")
        copy = AreaView(organisation_id=by.organisation_id, assessment=newest, area=view.area, version=0)
        _save(copy, {name: getattr(view, name) for name in _SHARED}, by=by, at=at, case_id=case.id)


def finish(assessment: Assessment, *, by: Actor, on: date, at: datetime) -> None:
    """Done for now; what is still open stays open and is nobody's fault."""
    may_document(assessment.person_id).require()
    assessment = _locked(assessment)
    if not AreaView.objects.filter(assessment=assessment).exists():
        raise Invalid(_("Noch ist über keinen Lebensbereich gesprochen."))
    assessment.finished_on = on
    assessment.save(update_fields=["finished_on"])
    case = Case.objects.get(id=assessment.case_id)
    tell(case, kind=EntryKind.ASSESSMENT, about=assessment.id, at=at, persons=[assessment.person_id])
    audit.note(ASSESSMENT_FINISHED, by=by, at=at, subject=case.id, assessment=str(assessment.id))


def reopen(case: Case, person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Go on with the newest one: it was finished too early."""
    may_document(person_id).require()
    newest = _newest(case, person_id)
    if newest is None or newest.finished_on is None:
        raise Invalid(_("Hier ist kein Assessment abgeschlossen."))
    newest.finished_on = None
    newest.save(update_fields=["finished_on"])
    audit.note(ASSESSMENT_REOPENED, by=by, at=at, subject=case.id, assessment=str(newest.id))


def _begin(case: Case, person_id: UUID, *, number: int, by: Actor, on: date, at: datetime) -> Assessment:
    assessment = Assessment.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        person_id=person_id,
        number=number,
        began_on=on,
        began_by=by.person,
    )
    audit.note(ASSESSMENT_BEGUN, by=by, at=at, subject=case.id, assessment=str(assessment.id))
    return assessment


def _newest(case: Case, person_id: UUID) -> Assessment | None:
    return Assessment.objects.filter(case=case, person_id=person_id).order_by("-number").first()


def _locked(assessment: Assessment) -> Assessment:
    """One writer at a time, also for areas nobody has spoken about yet."""
    locked = Assessment.objects.select_for_update().get(id=assessment.id)
    if locked.finished_on is not None:
        raise Invalid(_("Dieses Assessment ist abgeschlossen. Für Neues beginnen Sie ein Re-Assessment."))
    return locked


def _must_be_here(case: Case, persons: Iterable[UUID]) -> None:
    here = CaseMember.objects.filter(case=case, until_on__isnull=True).values_list("person_id", flat=True)
    if not set(persons) <= set(here):
        raise Invalid(_("Diese Person gehört nicht mehr zu diesem Fall."), "persons")


def _clear(view: AreaView | None, *, case_id: UUID, by: Actor, at: datetime) -> None:
    """A row says something about its area; an area nothing is said about has none."""
    if view is None:
        raise Invalid(_("Hier steht noch nichts. Ein Wort oder eine Einschätzung genügt."))
    audit.note(AREA_VIEWED, by=by, at=at, subject=case_id, area=view.area, view=str(view.id), version=0)
    view.delete()


def _save(view: AreaView, values: dict[str, Any], *, by: Actor, at: datetime, case_id: UUID) -> None:
    for name, value in values.items():
        setattr(view, name, (value or None) if name in _TEXTS else value)
    view.version += 1
    view.changed_at, view.changed_by = at, by.person
    view.save()
    audit.note(AREA_VIEWED, by=by, at=at, subject=case_id, area=view.area, view=str(view.id), version=view.version)


def _differences(view: AreaView | None, yours: Said) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each part that differs."""
    theirs = Said(**{field.name: getattr(view, field.name) or "" for field in fields(Said)}) if view else Said()
    now, own = _told(theirs), _told(yours)
    return tuple((label, now[label], own[label]) for label in now if now[label] != own[label])


def _told(said: Said) -> dict[str, str]:
    return {
        _("Eigene Worte"): said.client_words,
        _("Eigene Sicht"): str(Strength(said.client_view).label) if said.client_view else "",
        _("Dringlichkeit"): str(Urgency(said.urgency).label) if said.urgency else "",
        _("Bedarf"): said.need,
        _("Ressourcen"): said.resources,
        _("Sicht der Fachkraft"): str(Strength(said.worker_view).label) if said.worker_view else "",
    }
