"""All addresses: sign-in, desk, partner side, links, the public directory, health."""

from django.urls import include, path

from faden.doors import refusals

urlpatterns = [
    path("", include("faden.desk.urls")),
    path("partner/", include("faden.partner.urls")),
    path("weitergabe/", include("faden.partner.linked")),
    path("", include("faden.public.urls")),
    path("konto/", include("faden.desk.account_urls")),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
