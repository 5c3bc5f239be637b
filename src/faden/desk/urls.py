"""All addresses of the desk; each screen file brings its own."""

from django.urls import path
from django.views.i18n import set_language

from faden.desk import (
    account_routes,
    appointments,
    case,
    case_opening,
    caseload,
    codeword,
    contact_notes,
    day,
    deeds,
    drafts,
    files,
    inquiries,
    looks,
    matters,
    matters_to_confirm,
    open_pages,
    overview,
    phases,
    search,
    tasks,
    team_cases,
    working_notes,
)
from faden.look import theme

urlpatterns = [
    *open_pages.urlpatterns,
    path("sprache/", set_language, name="set_language"),
    path("anzeige/", theme.switch, name="theme"),
    *day.urlpatterns,
    *inquiries.urlpatterns,
    *codeword.urlpatterns,
    *search.urlpatterns,
    # Before the case itself: "neu" is no case.
    *case_opening.urlpatterns,
    *caseload.urlpatterns,
    *case.urlpatterns,
    *contact_notes.urlpatterns,
    *working_notes.urlpatterns,
    *tasks.urlpatterns,
    *appointments.urlpatterns,
    *phases.urlpatterns,
    *team_cases.urlpatterns,
    *overview.urlpatterns,
    *drafts.urlpatterns,
    *files.urlpatterns,
    *looks.urlpatterns,
    *deeds.urlpatterns,
    # Before the matter itself: "bestaetigen" is no matter.
    *matters_to_confirm.urlpatterns,
    *matters.urlpatterns,
    *account_routes.urlpatterns,
]
