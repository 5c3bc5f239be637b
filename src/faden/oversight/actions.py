"""An evaluation: asked for by the officer, confirmed or refused by a second person, ended early."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.cases.queries.finding import case_by_number
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.kernel.rls import wait_for_turn
from faden.oversight import policies, rules
from faden.oversight.models import OversightMatter
from faden.oversight.queries.matters import state_of
from faden.oversight.vocabulary import (
    OVERSIGHT_ASKED,
    OVERSIGHT_CONFIRMED,
    OVERSIGHT_ENDED,
    OVERSIGHT_REFUSED,
    MatterState,
    Occasion,
)


def ask(*, number: str, occasion: Occasion, words: str, by: Actor, on: date, at: datetime) -> OversightMatter:
    """Record occasion and case; nothing opens until another person has confirmed it."""
    policies.may_ask(by).require()
    case_id = case_by_number(number)
    if case_id is None:
        raise Invalid(_("Einen Fall mit dieser Nummer gibt es hier nicht."), "number")
    # Two requests at once would both find none.
    wait_for_turn("oversight-matter", by)
    earlier = OversightMatter.objects.filter(case_id=case_id, asked_by=by.person, ended_at__isnull=True)
    if any(state_of(m, on=on) in (MatterState.ASKED, MatterState.OPEN) for m in earlier):
        raise Invalid(_("Zu diesem Fall haben Sie schon eine Auswertung, die wartet oder offen ist."), "number")
    matter = OversightMatter.objects.create(
        organisation_id=by.organisation_id, case_id=case_id, occasion=occasion, words=words,
        asked_by=by.person, asked_at=at,
    )
    audit.note(OVERSIGHT_ASKED, by=by, at=at, subject=case_id, matter=str(matter.id), occasion=occasion)
    return matter


def confirm(matter: OversightMatter, *, by: Actor, on: date, at: datetime) -> None:
    """The second person agrees: names and case are open to the officer for seven days."""
    matter = _locked(matter)
    policies.may_decide(by, matter, on=on).require()
    matter.confirmed_by, matter.confirmed_at, matter.until = by.user_id, at, rules.last_day(on)
    matter.save(update_fields=["confirmed_by", "confirmed_at", "until"])
    audit.note(
        OVERSIGHT_CONFIRMED, by=by, at=at, subject=matter.case_id, matter=str(matter.id),
        until=matter.until.isoformat(),
    )


def refuse(matter: OversightMatter, *, by: Actor, on: date, at: datetime) -> None:
    """The second person does not agree: nothing opens."""
    matter = _locked(matter)
    policies.may_decide(by, matter, on=on).require()
    _close(matter, by, at)
    audit.note(OVERSIGHT_REFUSED, by=by, at=at, subject=matter.case_id, matter=str(matter.id))


def end(matter: OversightMatter, *, by: Actor, on: date, at: datetime) -> None:
    """Closed from this moment on, before the seven days are over or before anybody confirmed."""
    matter = _locked(matter)
    policies.may_end(by, matter, on=on).require()
    _close(matter, by, at)
    audit.note(OVERSIGHT_ENDED, by=by, at=at, subject=matter.case_id, matter=str(matter.id))


def _locked(matter: OversightMatter) -> OversightMatter:
    return OversightMatter.objects.select_for_update().get(id=matter.id)


def _close(matter: OversightMatter, by: Actor, at: datetime) -> None:
    matter.ended_by, matter.ended_at = by.user_id, at
    matter.save(update_fields=["ended_by", "ended_at"])
