"""Auswertungen: occasion, case and words; open for seven days once a second person has agreed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import DeskForm, Text, left_in
from faden.desk.looks import with_screens
from faden.desk.shell import page, page_number
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.oversight import actions, policies
from faden.oversight.queries import logs
from faden.oversight.queries import matters as queries
from faden.oversight.vocabulary import MatterState, Occasion

BADGES = {MatterState.ASKED: "info", MatterState.OPEN: "warning", MatterState.REFUSED: "danger"}


class MatterForm(DeskForm):
    """Why, and which case."""

    occasion = forms.ChoiceField(
        label=gettext_lazy("Anlass"), choices=Occasion.choices, widget=forms.RadioSelect
    )
    number = Text(label=gettext_lazy("Fallnummer"), max_length=30)
    words = Text(
        label=gettext_lazy("Begründung"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Die zweite Person liest das mit. Schreiben Sie keine Inhalte aus dem Fall hinein."
        ),
    )


@reads(Sees.LOOKS, may=Permission.SEE_LOOKS)
def index(request: DeskRequest) -> HttpResponse:
    """All evaluations of this service."""
    shown = queries.matters(page=page_number(request), on=request.today)
    rows = [(line, BADGES.get(line.state, "neutral")) for line in shown.rows]
    return page(request, "desk/matters.html", {"page": shown, "rows": rows}, here="matters")


@edits(Sees.NOTHING, may=Permission.SEE_LOOKS)
def new(request: DeskRequest) -> HttpResponse:
    """Ask for one."""
    form = MatterForm(request.POST or None, initial=left_in(MatterForm, request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            matter = actions.ask(
                number=values["number"],
                occasion=Occasion(values["occasion"]),
                words=values["words"],
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(
                request, _("Die Auswertung ist beantragt. Jetzt muss eine zweite Person sie bestätigen.")
            )
            return HttpResponseRedirect(reverse("oversight-matter", args=[matter.id]), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Auswertungen"), reverse("matters")), (_("Neue Auswertung"), ""))
    status = 422 if form.errors else 200
    return page(
        request, "desk/matter_form.html", {"form": form}, here="matters", crumbs=crumbs, status=status
    )


@reads(Sees.LOOKS, may=Permission.SEE_LOOKS)
def show(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """Where it stands; while it is open, the looks at this case with names."""
    matter = queries.matter(matter_id)
    line = queries.line_of(matter, on=request.today)
    names = policies.may_see_names(request.actor, matter, on=request.today)
    context: dict[str, object] = {
        "matter": line,
        "badge": BADGES.get(line.state, "neutral"),
        "refusal": names.reason,
        "may_end": bool(policies.may_end(request.actor, matter, on=request.today)),
    }
    if names:
        shown = logs.looks_with_names(logs.Asked(case_id=matter.case_id, before=request.GET.get("vor", "")))
        request.shown = [matter.case_id]
        context |= {
            "lines": with_screens(shown.lines),
            "older": shown.older,
            "before": request.GET.get("vor", ""),
        }
    crumbs = ((_("Auswertungen"), reverse("matters")), (line.number, ""))
    return page(request, "desk/oversight_matter.html", context, here="matters", crumbs=crumbs)


@writes(Sees.NOTHING, may=Permission.SEE_LOOKS)
def end(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """Stop before the time is over."""
    actions.end(queries.matter(matter_id), by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Die Auswertung ist beendet. Namen und Fall sind wieder geschlossen."))
    return HttpResponseRedirect(reverse("oversight-matter", args=[matter_id]), status=303)


urlpatterns = [
    path("auswertungen/", index, name="matters"),
    path("auswertungen/neu/", new, name="matter-new"),
    path("auswertungen/<uuid:matter_id>/", show, name="oversight-matter"),
    path("auswertungen/<uuid:matter_id>/ende/", end, name="oversight-matter-end"),
]
