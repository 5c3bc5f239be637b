"""Pages without a door: health, imprint, privacy, accessibility. They show nobody's data."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, as the app role."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database not reachable", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")


def imprint(request: HttpRequest) -> HttpResponse:
    """Who runs this installation."""
    return render(request, "desk/imprint.html", {"imprint": settings.FADEN.imprint})


def privacy(request: HttpRequest) -> HttpResponse:
    """What this installation does with the data of those who use it."""
    return render(request, "desk/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "desk/accessibility.html")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    lines = f"Contact: mailto:{settings.FADEN.mail_from}\nPreferred-Languages: de, en\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("impressum/", imprint, name="impressum"),
    path("datenschutz/", privacy, name="datenschutz"),
    path("barrierefreiheit/", accessibility, name="barrierefreiheit"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
