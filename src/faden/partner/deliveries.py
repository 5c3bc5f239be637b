"""Zustellungen: what was delivered to this agency; it looks, or takes it to its own file."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.consents.actions import releases
from faden.consents.queries import releases as queries
from faden.partner.door import PartnerRequest, Sees, reads, writes


@reads(Sees.LIST)
def listing(request: PartnerRequest) -> HttpResponse:
    """All deliveries this agency may see now."""
    deliveries = queries.deliveries()
    request.shown = [delivery.id for delivery in deliveries]
    return _page(request, "partner/deliveries.html", {"deliveries": deliveries})


@reads(Sees.DELIVERY)
def show(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """One delivery with its content."""
    context = {
        "delivery": queries.delivery(delivery_id),
        "content": queries.content_of(delivery_id),
        "form_key": uuid4(),
        "breadcrumbs": ((_("Zustellungen"), reverse("deliveries")), (_("Zustellung"), "")),
    }
    return _page(request, "partner/delivery.html", context)


@writes(Sees.DELIVERY)
def file(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """Zur Akte nehmen: from now on the agency is the controller of this copy."""
    releases.take_to_file(delivery_id, by=request.actor, at=request.at)
    messages.success(request, _("Die Zustellung ist zur Akte genommen."))
    return HttpResponseRedirect(reverse("delivery", args=[delivery_id]), status=303)


def _page(request: PartnerRequest, template: str, context: dict[str, object]) -> HttpResponse:
    navigation = [(_("Zustellungen"), reverse("deliveries"), True, None)]
    return render(request, template, {"navigation": navigation, **context})


urlpatterns = [
    path("", listing, name="deliveries"),
    path("zustellungen/<uuid:delivery_id>/", show, name="delivery"),
    path("zustellungen/<uuid:delivery_id>/akte/", file, name="delivery-filing"),
]
