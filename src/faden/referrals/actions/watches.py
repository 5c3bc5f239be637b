"""Beobachtete Suche: begun and ended by a person; the night looks and makes a task when something fits that did not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.cases.queries.life_areas import labels
from faden.cases.vocabulary.case import Phase
from faden.directory.queries.matches import found_for
from faden.directory.queries.shelf import shelf
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.referrals.models import OfferWatch
from faden.referrals.queries.needs import needs_of
from faden.referrals.queries.watches import Looked, sought_by, watch_for
from faden.referrals.vocabulary import WATCH_BEGUN, WATCH_ENDED

TITLE = 200  # of a task
_NAMED = 3  # so many offers are named in it


@dataclass(frozen=True)
class Watched:
    """For whom, in which area; `from_on`: for who arrives later."""

    person: UUID
    life_area: str
    from_on: date | None = None
    confidential: bool = False


def begin(watched: Watched, *, case: Case, by: Actor, at: datetime, today: date) -> OfferWatch:
    """Asked a second time it is the same one: one person, one life area. What fits today is no news."""
    standing = watch_for(case, watched.person, watched.life_area, confidential=watched.confidential)
    if standing:
        return standing
    watch = OfferWatch(
        organisation_id=by.organisation_id, case=case, life_area=watched.life_area, from_on=watched.from_on, looked_on=today,
        began_at=at, began_by=by.person, **checked(About((watched.person,), watched.confidential), case=case),
    )  # fmt: skip
    [found] = found_for([one.need for one in needs_of([sought_by(watch, today=today)], today=today)])
    watch.known = sorted(found.fits)
    watch.save(force_insert=True)
    audit.note(WATCH_BEGUN, by=by, at=at, subject=case.id, watch=str(watch.id))
    return watch


def end(watch: OfferWatch, *, by: Actor, at: datetime) -> None:
    """Nobody wants to be told any more; twice is once."""
    watch = OfferWatch.objects.select_for_update(of=("self",)).get(id=watch.id)
    if watch.ended_at is None:
        watch.ended_at, watch.ended_by = at, by.person
        watch.save(update_fields=["ended_at", "ended_by"])
        audit.note(WATCH_ENDED, by=by, at=at, subject=watch.case_id, watch=str(watch.id))


def end_all_for(case: Case, *, by: Actor, at: datetime) -> None:
    """The case closes: nobody could do anything with the news."""
    for watch in OfferWatch.objects.filter(case=case, ended_at__isnull=True).order_by("began_at", "id"):
        end(watch, by=by, at=at)


def watch_of(case: Case, watch_id: UUID) -> OfferWatch:
    """A beobachtete Suche of this case."""
    watch = OfferWatch.objects.filter(case=case, id=watch_id).first()
    if watch is None:
        raise NotFound(_("Diese beobachtete Suche gibt es hier nicht."))
    return watch


# ---------- the night ----------


def note_looked(watch_ids: Collection[UUID], *, on: date) -> None:
    """Nothing has changed for these; one statement."""
    OfferWatch.objects.filter(id__in=watch_ids, ended_at__isnull=True).update(looked_on=on)


def tell(looked: Looked, *, by: Actor, on: date, at: datetime) -> bool:
    """One task for whoever leads the case, naming the offers; what was told once is known."""
    watch = OfferWatch.objects.select_for_update(of=("self",)).select_related("case").filter(id=looked.watch_id, ended_at__isnull=True).first()
    if watch is None or watch.case.phase == Phase.CLOSED:
        return False
    known, offers = set(watch.known), shelf().by_id
    titles = [offers[one].title for one in looked.fits if one not in known and one in offers]
    watch.known, watch.looked_on = sorted(looked.fits), on
    watch.save(update_fields=["known", "looked_on"])
    if not titles:
        return False
    # A job has no reader whose language could be asked.
    with translation.override("de"):
        title = _title(titles, labels().on(watch.life_area, on))
    about = About(tuple(watch.persons), watch.confidential)
    tasks.make(tasks.Wanted(title, on, watch.case.lead_id, about), case=watch.case, by=by, at=at)
    return True


def _title(titles: list[str], area: str) -> str:
    """Cut where a task's title ends: the rest stands on the page of the offers."""
    named = "; ".join(titles[:_NAMED])
    if len(titles) > _NAMED:
        named = _("%(named)s und %(count)s weitere") % {"named": named, "count": len(titles) - _NAMED}
    words = ngettext("Neues Angebot passt (%(area)s): %(named)s", "Neue Angebote passen (%(area)s): %(named)s", len(titles))
    said = words % {"area": area, "named": named}
    return said if len(said) <= TITLE else f"{said[: TITLE - 1]}…"
