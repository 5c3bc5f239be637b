"""All addresses of the partner side."""

from faden.partner import deliveries, drafts, offers, office_requests, readings, requests, residence_tool

urlpatterns = [*deliveries.urlpatterns, *office_requests.urlpatterns, *requests.urlpatterns, *readings.urlpatterns, *residence_tool.urlpatterns, *offers.urlpatterns, *drafts.urlpatterns]
