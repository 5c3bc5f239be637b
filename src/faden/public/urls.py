"""Addresses without sign-in."""

from faden.public import confirming, hsds, offers

urlpatterns = [
    *offers.urlpatterns,
    *hsds.urlpatterns,
    *confirming.urlpatterns,
]
