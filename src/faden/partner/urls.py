"""All addresses of the partner side."""

from faden.partner import deliveries

urlpatterns = [*deliveries.urlpatterns]
