"""The verbs of the directory: what may stand in an offer, who may write it, what a confirmation says."""

from datetime import timedelta

import pytest

from faden.directory.actions import offers, providers
from faden.directory.models import Offer
from faden.directory.rules.values import OfferValues, PlaceValues, ProviderValues
from faden.directory.vocabulary import ConfirmedHow, OfferEnd
from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid, NotAllowed
from faden.kernel.rls import opened_for
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of
from tests.directory.keeping import again, done, noted, provider, values_of

pytestmark = pytest.mark.usefixtures("own_database")
LONG_AGO = 400  # days


def test_a_new_offer_is_fresh_today_and_says_who_offers_it():
    offer = noted(description="<p>Kommen Sie!</p><script>x()</script>", documents=(" Pass ", ""), places=(PlaceValues(municipality="05554004"), PlaceValues()))
    row = again(offer)
    assert (row.provider.name, row.confirmed_on, row.confirmed_how) == ("Haus der Begegnung", clock.today(), "account")
    assert (row.description, row.documents, row.version) == ("<p>Kommen Sie!</p>", ["Pass"], 1)
    with_town = done(lambda **_door: [(place.town, place.municipality_id) for place in row.places.all()])
    assert with_town == [("Ahaus", "05554004")]


def test_the_places_of_tomorrow_are_not_known_today():
    with pytest.raises(Invalid) as refused:
        noted(places_free=3, places_on=clock.today() + timedelta(days=1))
    assert refused.value.field == "places_on"


def test_a_change_needs_the_version_that_was_seen():
    offer = noted()
    done(offers.change, offer, values_of(offer, title="Sprachtreff"), seen_version=1, today=clock.today())
    with pytest.raises(Conflict) as told:
        done(offers.change, offer, values_of(offer, title="Café"), seen_version=1, today=clock.today())
    assert ("Titel", "Sprachtreff", "Café") in told.value.changes
    assert again(offer).title == "Sprachtreff"


def test_a_change_alone_confirms_nothing():
    offer = noted()
    clock.set_forward(LONG_AGO)
    done(offers.change, offer, values_of(offer, title="Sprachtreff"), seen_version=1, today=clock.today())
    assert again(offer).confirmed_on == offer.confirmed_on
    done(offers.change, offer, values_of(offer), seen_version=2, today=clock.today(), confirms=True)
    assert again(offer).confirmed_on == clock.today()


def test_a_translation_is_not_reviewed_any_more_when_the_german_changes():
    offer = noted(texts={"ar": {"title": "مقهى", "reviewed": True}})
    row = done(offers.change, offer, values_of(offer, cost_words="2 Euro"), seen_version=1, today=clock.today())
    assert row.texts == {"ar": {"title": "مقهى", "reviewed": True}}
    row = done(offers.change, row, values_of(row, summary="Neu"), seen_version=2, today=clock.today())
    assert row.texts == {"ar": {"title": "مقهى", "reviewed": False}}


def test_a_description_that_nobody_touched_stays_as_its_source_wrote_it():
    """Cleaned anew, its links would look changed, and every translation would have to be reviewed again."""
    said = '<p>Siehe <a href="https://haus.example/">hier</a>.</p>'
    offer = noted(texts={"ar": {"title": "مقهى", "reviewed": True}})
    with opened_for(actor_of(AMAL.email), write=True):
        Offer.objects.filter(id=offer.id).update(description=said, email="kurs@haus_am_markt.example", website="https://haus/kurs")
    row = done(offers.change, offer, values_of(again(offer), phone="02561 1"), seen_version=1, today=clock.today())
    assert (row.description, row.texts["ar"]["reviewed"], row.website) == (said, True, "https://haus/kurs")
    row = done(offers.change, offer, values_of(row, description=f"{said}<script>x()</script>"), seen_version=2, today=clock.today())
    assert "<script>" not in row.description
    assert row.texts["ar"]["reviewed"] is False
    with pytest.raises(Invalid):
        done(offers.change, offer, values_of(row, website="https://anderes/kurs"), seen_version=3, today=clock.today())


def test_a_change_replaces_the_places():
    offer = noted(places=(PlaceValues(street="Markt 1"), PlaceValues(street="Markt 2")))
    done(offers.change, offer, values_of(offer, places=(PlaceValues(street="Markt 3"),)), seen_version=1, today=clock.today())
    assert done(lambda **_door: [place.street for place in offer.places.all()]) == ["Markt 3"]


@pytest.mark.parametrize("how", [ConfirmedHow.ACCOUNT, ConfirmedHow.PHONE, ConfirmedHow.LINK])
def test_a_confirmation_says_how(how, owner):
    offer = noted()
    clock.set_forward(LONG_AGO)
    done(offers.confirm, offer, how=how, today=clock.today())
    row = again(offer)
    assert (row.confirmed_on, row.confirmed_how, row.version) == (clock.today(), how, 1)


def test_free_places_have_their_day_and_nobody_knowing_is_not_none():
    offer, today = noted(), clock.today()
    row = done(offers.set_places, offer, 0, on=today)
    assert (row.places_free, row.places_on) == (0, today)
    row = done(offers.set_places, row, None, on=today)
    assert (row.places_free, row.places_on) == (None, None)
    with pytest.raises(Invalid):
        done(offers.set_places, row, -1, on=today)


def test_an_ended_offer_rests_until_it_is_taken_up_again():
    offer, today = noted(keeper_email="buero@haus.example"), clock.today()
    done(offers.asked, offer, on=today)
    done(offers.end, offer, OfferEnd.ENDED)
    first = again(offer)
    done(offers.end, offer, OfferEnd.MISTAKE)
    assert (first.ended_because, again(offer).ended_because) == ("ended", "ended")
    for verb, more in ((offers.confirm, {"how": ConfirmedHow.PHONE, "today": today}), (offers.asked, {"on": today})):
        with pytest.raises(NotAllowed):
            done(verb, offer, **more)
    with pytest.raises(NotAllowed):
        done(offers.set_places, offer, 3, on=today)
    clock.set_forward(LONG_AGO)
    row = done(offers.back, offer, today=clock.today())
    assert (row.ended_at, row.ended_because, row.confirmed_on, row.asked_on) == (None, "", clock.today(), None)


def test_another_service_reads_and_does_not_write():
    from faden.directory.models import Offer
    from faden.kernel.rls import opened_for

    offer, cem, today = noted(), actor_of(CEM.email), clock.today()
    tries = [
        lambda: done(offers.change, offer, values_of(offer, title="Unser"), seen_version=1, today=today, by=cem),
        lambda: done(offers.confirm, offer, how=ConfirmedHow.PHONE, today=today, by=cem),
        lambda: done(offers.set_places, offer, 9, on=today, by=cem),
        lambda: done(offers.end, offer, OfferEnd.MISTAKE, by=cem),
        lambda: done(offers.back, offer, today=today, by=cem),
        lambda: done(offers.hint, offer, "Anders", on=today, by=cem),
        lambda: done(providers.change, offer.provider, ProviderValues("Unseres"), seen_version=1, by=cem),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed, match="anderer Dienst"):
            attempt()
    with opened_for(cem, write=True):
        # Without any verb the database refuses too.
        assert Offer.objects.filter(id=offer.id).update(title="Unser") == 0
        assert Offer.objects.filter(id=offer.id).exists()


def test_an_offer_is_never_of_another_services_provider():
    theirs = provider(actor_of(CEM.email))
    with pytest.raises(Invalid) as refused:
        done(offers.note, OfferValues(theirs.id, "Sprachcafé"), today=clock.today())
    assert refused.value.field == "provider"


@pytest.mark.parametrize(("email", "may"), [("lena", True), ("datenschutz", False), ("verwaltung", False)])
def test_who_keeps_offers_in_a_service(email, may):
    by = actor_of(f"{email}@caritas-ahaus.example")
    if may:
        assert noted(by).organisation_id == by.organisation_id
        return
    with pytest.raises(NotAllowed):
        noted(by)
    with pytest.raises(NotAllowed):
        done(offers.end, noted(), OfferEnd.ENDED, by=by)


def test_each_verb_and_its_deed_are_one(monkeypatch):
    """A deed that cannot be noted is not done."""
    offer, today = noted(keeper_email="buero@haus.example"), clock.today()

    def broken(*_arguments, **_more):
        raise RuntimeError("no log")

    before = again(offer).__dict__ | {"_state": None}
    monkeypatch.setattr("faden.kernel.audit._insert", broken)
    verbs = [
        (offers.change, (values_of(offer, title="Neu"),), {"seen_version": 1, "today": today}), (offers.confirm, (), {"how": ConfirmedHow.PHONE, "today": today}),
        (offers.set_places, (3,), {"on": today}), (offers.end, (OfferEnd.ENDED,), {}), (offers.asked, (), {"on": today}), (offers.hint, ("Anders",), {"on": today}),
        (offers.set_next_start, (today,), {}),
    ]  # fmt: skip
    for verb, arguments, more in verbs:
        with pytest.raises(RuntimeError):
            done(verb, offer, *arguments, **more)
    after = again(offer).__dict__ | {"_state": None}
    assert {k: v for k, v in after.items() if k != "_state"} == {k: v for k, v in before.items() if k != "_state"}


# ---------- providers ----------


def test_a_provider_stands_once_and_is_changed_by_who_saw_it():
    by = actor_of(AMAL.email)
    first = provider(by, "Haus", phone="02561 1")
    with pytest.raises(Invalid):
        provider(by, " Haus ")
    done(providers.change, first, ProviderValues("Haus am Markt"), seen_version=1)
    with pytest.raises(Conflict):
        done(providers.change, first, ProviderValues("Haus"), seen_version=1)


def test_who_offers_something_itself_is_reached_by_its_own_inbox():
    from tests.directory.keeping import PETRA

    petra = actor_of(PETRA)
    offer = noted(petra, provided=petra.organisation_name)
    assert again(offer).provider.account_id == petra.organisation_id
