from django.urls import include, path

from faden.look import theme

from . import pages

urlpatterns = [
    path("", pages.overview),
    path("liste/", pages.listing),
    path("fall/", pages.case),
    path("formular/", pages.form),
    path("bausteine/", pages.parts),
    path("suche/", pages.search),
    path("anmelden/", pages.sign_in),
    path("fehler/<int:code>/", pages.error),
    path("sitzung/", pages.short_session),
    path("entwuerfe/", pages.drafts),
    path("wach/", pages.keepalive),
    path("i18n/", include("django.conf.urls.i18n")),
    path("darstellung/", theme.switch, name="theme"),
    path("abmelden/", pages.keepalive),
]
