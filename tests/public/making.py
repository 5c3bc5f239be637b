"""Offers as their service enters them, and the pages as everybody sees them."""

from datetime import timedelta

from django.test import Client

from tests.cast import AMAL
from tests.desk_client import actor_of

AHAUS, BORKEN, BOCHOLT, GRONAU = "05554004", "05554012", "05554008", "05554020"


def enter(title="Deutschkurs A1", *, provider="Bildungswerk am Markt", towns=(AHAUS,), places=None, days_ago=0, **values):
    """One offer, noted by Amal so many days ago."""
    from faden.directory.actions import offers, providers
    from faden.directory.rules.values import OfferValues, PlaceValues, ProviderValues
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    at, today = clock.now() - timedelta(days=days_ago), clock.today() - timedelta(days=days_ago)
    with opened_for(by, write=True):
        whose = _provider(by, provider) or providers.note(ProviderValues(name=provider), by=by, at=at).id
        where = places if places is not None else tuple(PlaceValues(name="Rathaus", municipality=ags) for ags in towns)
        return offers.note(OfferValues(provider=whose, title=title, places=where, **values), by=by, at=at, today=today)


def _provider(by, name):
    from faden.directory.models import Provider

    return Provider.objects.filter(organisation_id=by.organisation_id, name=name).values_list("id", flat=True).first()


def end(offer, because="ended"):
    from faden.directory.actions import offers
    from faden.directory.vocabulary import OfferEnd
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        offers.end(offer, OfferEnd(because), by=by, at=clock.now())


def write(offer, **columns):
    """What comes from an import only: texts, sources."""
    from faden.directory.models import Offer
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(AMAL.email), write=True):
        Offer.objects.filter(id=offer.id).update(**columns)


def source(**values):
    from faden.directory.models import Source
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        plain = {"name": "Integreat München", "format": "integreat", "licence": "CC BY 4.0", "attribution": "Stadt München", "is_example": True}
        return Source.objects.create(organisation_id=by.organisation_id, **plain | values)


def page(address="/angebote/", client=None, **asked):
    """The words of a page."""
    answer = (client or Client()).get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def titles(answer_or_html):
    """The offers of a list, in order."""
    import re
    from html import unescape

    return [unescape(one) for one in re.findall(r'f-offer__title"><a [^>]*><bdi>([^<]*)</bdi>', answer_or_html)]
