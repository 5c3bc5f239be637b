"""All addresses: sign-in, desk, partner side, health."""

from django.urls import include, path

from faden.doors import refusals

urlpatterns = [
    path("", include("faden.desk.urls")),
    path("partner/", include("faden.partner.urls")),
    path("konto/", include("faden.desk.account_urls")),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
