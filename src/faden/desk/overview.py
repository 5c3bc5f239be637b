"""The coordinator's page: which offices are competent where; figures come when services release them."""

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page
from faden.organisations.queries.services import competences
from faden.organisations.vocabulary import Kind, Permission


@reads(Sees.NOTHING, may=Permission.SEE_DEMAND)
def show(request: DeskRequest) -> HttpResponse:
    """Towns of the county with the offices competent today."""
    rows = competences(request.actor.organisation_id, on=request.today)
    kinds = [Kind.MIGRATION_SERVICE, Kind.IMMIGRATION_OFFICE, Kind.JOBCENTRE]
    context = {"rows": rows, "kinds": [kind.label for kind in kinds], "today": request.today}
    return page(request, "desk/overview.html", context, here="overview")


urlpatterns = [path("ueberblick/", show, name="overview")]
