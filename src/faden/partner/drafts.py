"""Entwürfe on the partner side: as at the desk."""

from django.http import HttpResponse
from django.urls import path

from faden.doors import drafts
from faden.partner.door import PartnerRequest, Sees, writes


@writes(Sees.NOTHING, keyed=False)
def save(request: PartnerRequest) -> HttpResponse:
    """Keep what is typed in a form."""
    return drafts.saved(request)


@writes(Sees.NOTHING, keyed=False)
def discard(request: PartnerRequest) -> HttpResponse:
    """Throw a draft away."""
    return drafts.discarded(request)


urlpatterns = [
    path("entwuerfe/", save, name="partner-draft"),
    path("entwuerfe/verwerfen/", discard, name="partner-draft-discard"),
]
