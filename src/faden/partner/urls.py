"""All addresses of the partner side."""

from faden.partner import deliveries, drafts, requests

urlpatterns = [*deliveries.urlpatterns, *requests.urlpatterns, *drafts.urlpatterns]
