"""Offers that fit, that nobody can tell of and that do not; a beobachtete Suche; a Vermittlung that names an offer."""

from datetime import timedelta
from typing import Any
from uuid import UUID


def matched(by: Any, case_id: UUID, person_id: UUID, *, long: str, typed: str) -> dict[str, Any]:
    """For one case; the provider has no inbox here."""
    from faden.cases.queries.access import case_or_not_found
    from faden.directory.actions import offers, providers
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.actions import watches
    from faden.referrals.actions.offers import begin
    from faden.referrals.actions.referrals import Wish
    from faden.referrals.queries.offers import provided

    now, today = clock.now(), clock.today()
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)
        provider = providers.note(providers.ProviderValues(name=f"{long} {typed}"[:150], email="post@anbieter.example"), by=by, at=now)
        place = offers.PlaceValues(name=long, street=typed[:100], postcode="48683", municipality="05554004")

        def offer(title: str, **values: Any) -> Any:
            told = {"life_areas": ("language",), "places": (place,), "languages": ("ar", "de"), **values}
            return offers.note(offers.OfferValues(provider=provider.id, title=title, **told), by=by, at=now, today=today)

        fits = offer(typed[:150], places_free=3, places_on=today, waiting_days=14, next_start=today + timedelta(days=20))
        offer("Kurs mit Papier", papers=("eu",), german_from="c1", gender="female", childcare="no", silent=("benefit",))
        offer("Nur in Gronau", towns=("05554020",), online=True)
        watch = watches.begin(watches.Watched(person_id, "language"), case=case, by=by, at=now, today=today)
        begun = begin(Wish(typed[:150], "language", person_id), provided(fits.id, by_service=by.organisation_id), case=case, key="", by=by, at=now)
    return {"matched_offer": fits.id, "watch": watch.id, "offer_referral": begun.referral.id}
