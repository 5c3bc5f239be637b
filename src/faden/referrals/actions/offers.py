"""From an offer straight into a Vermittlung: its provider found or noted, and a question for a place begun."""

from dataclasses import dataclass, replace
from datetime import datetime

from faden.cases.models import Case
from faden.kernel.actor import Actor
from faden.organisations.actions import agencies
from faden.referrals.actions import referrals
from faden.referrals.actions.referrals import Wish
from faden.referrals.models import Referral
from faden.referrals.queries.offers import FROM_DIRECTORY, Provided


@dataclass(frozen=True)
class Begun:
    """The Vermittlung, the key of whom it goes to, and the name of the agency that is new in the address book."""

    referral: Referral
    key: str
    noted: str = ""


def begin(wish: Wish, provided: Provided, *, case: Case, key: str, by: Actor, at: datetime) -> Begun:
    """A draft that names the offer; `key`: where it goes, `FROM_DIRECTORY` puts the provider into the address book."""
    made = referrals.begin(replace(wish, offer_id=provided.offer_id, offer_title=provided.title), case=case, by=by, at=at)
    if key != FROM_DIRECTORY or provided.described is None:
        return Begun(made, "" if key == FROM_DIRECTORY else key)
    agency = agencies.note(provided.described, by=by, at=at)
    return Begun(made, f"a{agency.id}", agency.name)
