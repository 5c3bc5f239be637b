"""All addresses of the partner side."""

from faden.partner import deliveries, drafts, offers, requests

urlpatterns = [*deliveries.urlpatterns, *requests.urlpatterns, *offers.urlpatterns, *drafts.urlpatterns]
