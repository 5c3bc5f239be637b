"""Fristen und Chancen: a person agrees that each night looks for her; whoever leads her case is told once what opens or closes."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case, CaseMember
from faden.cases.vocabulary.case import Phase
from faden.consents.queries.agreements import agreed
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.law import words
from faden.residence.models import Opening, Outlook
from faden.residence.queries.known import known_of
from faden.residence.queries.looking import Looked, as_found, look, mark_of
from faden.residence.rules.outlook import Found, Told, news
from faden.residence.vocabulary import OUTLOOK_BEGUN, OUTLOOK_ENDED, WatchEnd

TITLE = 200  # of a task
_NAMED = 3  # so many paths are named in it
_COLUMNS = ("state", "opens_on", "closes_on", "set_by")
BY_HAND = (WatchEnd.WITHDRAWN, WatchEnd.DONE)


def begin(person_id: UUID, *, agreed_on: date, case: Case, by: Actor, at: datetime, today: date) -> Outlook:
    """She agreed on a day; noted a second time it is the same one. What is found at once stands on the page and is no news."""
    if agreed_on > today:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "agreed_on")
    # Locked: two who note it in the same moment find the same one.
    member = CaseMember.objects.select_for_update(of=("self",)).filter(case=case, person_id=person_id, until_on__isnull=True).first()
    if member is None:
        raise NotFound(_("Diese Person gehört nicht zu diesem Fall."))
    if person_id not in agreed([person_id]):
        raise Invalid(_("Dafür muss die Einwilligung in Beratung und Dokumentation gelten."), "agreed_on")
    standing = Outlook.objects.filter(case=case, person_id=person_id, ended_at__isnull=True).first()
    if standing:
        return standing
    outlook = Outlook.objects.create(
        organisation_id=by.organisation_id, case=case, person_id=person_id, agreed_on=agreed_on, began_at=at, began_by=by.person, look_on=today
    )
    audit.note(OUTLOOK_BEGUN, by=by, at=at, subject=case.id, outlook=str(outlook.id))
    known = known_of([(case.id, person_id)], on=today)[case.id, person_id]
    _write(outlook, look(outlook.id, known, mark_of(known.facts), today=today), on=today)
    return outlook


def end(outlook: Outlook, because: WatchEnd, *, by: Actor, at: datetime) -> None:
    """Nobody looks any more, and what was found is shown no more; twice is once."""
    outlook = Outlook.objects.select_for_update(of=("self",)).get(id=outlook.id)
    if outlook.ended_at is None:
        outlook.ended_at, outlook.ended_by, outlook.ended_because = at, by.user_id, because
        outlook.save(update_fields=["ended_at", "ended_by", "ended_because"])
        audit.note(OUTLOOK_ENDED, by=by, at=at, subject=outlook.case_id, outlook=str(outlook.id), because=because)


def end_all_for(case: Case, *, by: Actor, at: datetime) -> None:
    """The case closes: nobody could do anything with the news."""
    for outlook in Outlook.objects.filter(case=case, ended_at__isnull=True).order_by("began_at", "id"):
        end(outlook, WatchEnd.CASE_CLOSED, by=by, at=at)


def end_of_age(person_id: UUID, *, by: Actor, at: datetime) -> None:
    """What parents agreed to ends on the eighteenth birthday; she is asked herself."""
    for outlook in Outlook.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("began_at", "id"):
        end(outlook, WatchEnd.OF_AGE, by=by, at=at)


def outlook_of(case: Case, person_id: UUID) -> Outlook:
    """The one that runs for a person of this case."""
    outlook = Outlook.objects.filter(case=case, person_id=person_id, ended_at__isnull=True).first()
    if outlook is None:
        raise NotFound(_("Für diese Person sieht niemand nach Fristen und Chancen."))
    return outlook


# ---------- the night ----------


def take(looked: Looked, *, by: Actor, on: date, at: datetime) -> bool:
    """Write what is different, and one task for whoever leads the case; what stands by then is no news."""
    found = Outlook.objects.select_for_update(of=("self",)).select_related("case").filter(id=looked.outlook_id, ended_at__isnull=True)
    outlook = found.first()
    if outlook is None or outlook.case.phase == Phase.CLOSED:
        return False
    before = _write(outlook, looked, on=on)
    told = news(before, looked.found, on=on)
    if not told:
        return False
    # A job has no reader whose language could be asked.
    with translation.override("de"):
        title = _title(told)
    tasks.make(tasks.Wanted(title, on, outlook.case.lead_id, About((outlook.person_id,))), case=outlook.case, by=by, at=at)
    return True


def _write(outlook: Outlook, looked: Looked, *, on: date) -> dict[str, Found]:
    """Rows that are new, changed or gone, and nothing else; returns what stood before."""
    rows = {row.path: row for row in Opening.objects.filter(outlook=outlook, gone_on__isnull=True)}
    before = {path: as_found(row) for path, row in rows.items()}
    for one in looked.found:
        values = {name: getattr(one, name) for name in _COLUMNS}
        row = rows.pop(one.path, None)
        if row is None:
            Opening.objects.create(organisation_id=outlook.organisation_id, outlook=outlook, path=one.path, found_on=on, **values)
        elif before[one.path] != one:
            Opening.objects.filter(id=row.id).update(**values)
    if rows:
        Opening.objects.filter(id__in=[row.id for row in rows.values()]).update(gone_on=on)
    if (outlook.mark, outlook.look_on) != (looked.mark, looked.look_on):
        outlook.mark, outlook.look_on = looked.mark, looked.look_on
        outlook.save(update_fields=["mark", "look_on"])
    return before


def _title(told: Iterable[Told]) -> str:
    """Cut where a task's title ends: the rest stands on the page."""
    said = [one.kind.label % {"path": words.of("paths", one.path), "day": date_format(one.on, "d.m.Y") if one.on else ""} for one in told]
    named = "; ".join(said[:_NAMED])
    if len(said) > _NAMED:
        named = _("%(named)s und %(count)s weitere") % {"named": named, "count": len(said) - _NAMED}
    return named if len(named) <= TITLE else f"{named[: TITLE - 1]}…"
