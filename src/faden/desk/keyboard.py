"""Hilfe: everything by keyboard."""

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page
from faden.organisations.vocabulary import Permission


@reads(Sees.NOTHING, may=Permission.SIGN_IN)
def show(request: DeskRequest) -> HttpResponse:
    """Which keys do what; two are our own, and they need a modifier."""
    return page(request, "desk/keyboard.html", here="keyboard")


urlpatterns = [path("hilfe/tastatur/", show, name="keyboard")]
