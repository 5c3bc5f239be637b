"""Network and resource map of one person: ties are added, put right, changed from a day on, ended; none is lost."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, NetworkTie
from faden.cases.policies import may_document
from faden.cases.vocabulary.assessment import TIE_CHANGED, Distance, TieKind, TieNews, TieQuality
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Tie:
    """What the map says about somebody or something around a person."""

    kind: str
    name: str
    role: str
    quality: str
    distance: int
    gives: str


def tie_of(case: Case, person_id: UUID, tie_id: UUID) -> NetworkTie:
    """One tie of this person in this case, ended ones too."""
    found = NetworkTie.objects.filter(case=case, person_id=person_id, id=tie_id).first()
    if found is None:
        raise NotFound(_("Diese Verbindung gibt es hier nicht."))
    return found


def add(case: Case, person_id: UUID, said: Tie, *, since: date, by: Actor, at: datetime) -> NetworkTie:
    """Somebody or something more on the map."""
    may_document(person_id).require()
    if not CaseMember.objects.filter(case=case, person_id=person_id).exists():
        raise NotFound(_("Diese Person gehört nicht zu diesem Fall."))
    _check_not_later(since, at)
    return _add(case.id, person_id, said, since=since, by=by, at=at)


def take_news(
    tie: NetworkTie, said: Tie, *, news: TieNews, day: date | None, seen_version: int, by: Actor, at: datetime
) -> None:
    """What has happened to a tie: put right, changed since a day, or ended on one."""
    if news == TieNews.WRONG:
        put_right(tie, said, seen_version=seen_version, by=by, at=at)
    elif day is None:
        raise Invalid(_("Bitte wählen Sie den Tag."), "day")
    elif news == TieNews.ENDED:
        end(tie, last_day=day, seen_version=seen_version, by=by, at=at)
    else:
        change_from(tie, said, since=day, seen_version=seen_version, by=by, at=at)


def put_right(tie: NetworkTie, said: Tie, *, seen_version: int, by: Actor, at: datetime) -> None:
    """It was noted wrongly: the map says so for the whole time."""
    tie = _locked(tie, said, seen_version)
    for name, value in _columns(said).items():
        setattr(tie, name, value)
    tie.version += 1
    tie.save()
    _note(tie, "put_right", by=by, at=at)


def change_from(tie: NetworkTie, said: Tie, *, since: date, seen_version: int, by: Actor, at: datetime) -> NetworkTie:
    """It has become different: as it was until that day, as it is from then on."""
    tie = _locked(tie, said, seen_version)
    _check_not_later(since, at)
    if since <= tie.since_on:
        raise Invalid(
            _("Die Verbindung steht erst seit dem %(day)s so auf der Karte. Bitte wählen Sie einen späteren Tag.")
            % {"day": tie.since_on.strftime("%d.%m.%Y")},
            "day",
        )
    _end(tie, since - timedelta(days=1))
    return _add(tie.case_id, tie.person_id, said, since=since, by=by, at=at)


def end(tie: NetworkTie, *, last_day: date, seen_version: int, by: Actor, at: datetime) -> None:
    """No longer there after this day; it stays in the history."""
    tie = _locked(tie, None, seen_version)
    _check_not_later(last_day, at)
    if last_day < tie.since_on:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "day")
    _end(tie, last_day)
    _note(tie, "ended", by=by, at=at)


def _add(case_id: UUID, person_id: UUID, said: Tie, *, since: date, by: Actor, at: datetime) -> NetworkTie:
    tie = NetworkTie.objects.create(
        organisation_id=by.organisation_id, case_id=case_id, person_id=person_id, since_on=since, **_columns(said)
    )
    _note(tie, "added", by=by, at=at)
    return tie


def _end(tie: NetworkTie, last_day: date) -> None:
    tie.until_on = last_day
    tie.version += 1
    tie.save(update_fields=["until_on", "version"])


def _locked(tie: NetworkTie, said: Tie | None, seen_version: int) -> NetworkTie:
    may_document(tie.person_id).require()
    tie = NetworkTie.objects.select_for_update().get(id=tie.id)
    if tie.version != seen_version:
        raise Conflict(
            _("Diese Verbindung wurde inzwischen von jemand anderem geändert."), _differences(tie, said)
        )
    if tie.until_on is not None:
        raise Invalid(_("Diese Verbindung besteht nicht mehr. Was war, bleibt stehen."))
    return tie


def _check_not_later(day: date, at: datetime) -> None:
    if day > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "day")


def _columns(said: Tie) -> dict[str, object]:
    return {**vars(said), "gives": said.gives or None}


def _note(tie: NetworkTie, what: str, *, by: Actor, at: datetime) -> None:
    audit.note(TIE_CHANGED, by=by, at=at, subject=tie.case_id, tie=str(tie.id), what=what)


def _differences(tie: NetworkTie, said: Tie | None) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each part that differs."""
    if said is None:
        return ()
    now, own = _told(Tie(tie.kind, tie.name, tie.role, tie.quality, tie.distance, tie.gives or "")), _told(said)
    return tuple((label, now[label], own[label]) for label in now if now[label] != own[label])


def _told(tie: Tie) -> dict[str, str]:
    return {
        _("Wer oder was?"): tie.name,
        _("Art"): str(TieKind(tie.kind).label),
        _("Rolle"): tie.role,
        _("Wie ist die Verbindung?"): str(TieQuality(tie.quality).label),
        _("Wie nah?"): str(Distance(tie.distance).label),
        _("Was gibt sie?"): tie.gives,
    }
