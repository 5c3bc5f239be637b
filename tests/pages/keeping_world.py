"""Offers with everything in them, as two organisations keep them: long words, a hint, one that ended, a link."""

from typing import Any

from tests.desk_client import actor_of
from tests.directory.keeping import done, noted

WHERE = "https://www.example.org/" + "lang" * 40


def kept(by: Any, *, long: str, typed: str) -> dict[str, Any]:
    """What the pages of the directory need."""
    from faden.directory.actions import offers
    from faden.directory.rules.owner_link import token_of
    from faden.directory.rules.values import PlaceValues
    from faden.directory.vocabulary import OfferEnd
    from faden.kernel import clock
    from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper

    today = clock.today()
    values: dict[str, Any] = {
        "summary": typed, "description": f"<h3>{long}</h3><p>{WHERE}</p><ul><li>eins</li></ul>", "life_areas": ("language", "work"), "category": long,
        "target_group": typed, "languages": ("ar", "uk", "gsg", "fj"), "papers": tuple(ResidencePaper.values[:30]), "german_from": Level.A1,
        "german_to": Level.B1, "german_proof": True, "age_from": 16, "age_to": 27, "gender": "female", "towns": ("05554004", "05515000"),
        "regimes": tuple(BenefitRegime.values[:5]), "childcare": "yes", "condition_words": typed, "is_free": False, "cost_words": typed,
        "documents": (typed, long), "places_free": 1, "places_on": today, "waiting_days": 1, "next_start": today, "ends_on": today, "certifies": Level.B1,
        "contact_role": typed, "phone": "02561 1", "email": "kurs@haus.example", "website": WHERE, "keeper_email": "buero@haus.example",
        "confirm_every_days": 30, "texts": {"ar": {"title": long, "reviewed": False}},
        "schedules": ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": "2026-09-01", "until": None, "opens": "09:00", "closes": "12:00", "words": typed},
                      {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15", "from": None, "until": None, "opens": None, "closes": None, "words": ""}),
        "places": (PlaceValues(long, typed, "48683", "", "05554004", 52.07, 7.01, False), PlaceValues(town=long, barrier_free=True)),
    }  # fmt: skip
    offer = noted(by, title=f"{long} {typed}", provided=f"{typed} {long}", **values)
    done(offers.asked, offer, on=today, by=by)
    done(offers.hint, offer, f"{typed}\n{WHERE}", on=today, by=by)
    ended = noted(by, title="Beendet", provided="Niemand mehr")
    done(offers.end, ended, OfferEnd.MISTAKE, by=by)
    petra = actor_of("petra@bildungswerk.example")
    own = noted(petra, title=typed, provided=petra.organisation_name, **values)
    return {
        "kept_offer": offer.id, "kept_provider": offer.provider_id, "ended_offer": ended.id, "own_offer": own.id, "own_provider": own.provider_id,
        "offer_token": token_of(offer.id, today, address="buero@haus.example"),
    }  # fmt: skip
