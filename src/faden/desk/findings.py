"""Strukturhinweise: what single cases show about the system, noted without saying whose case it was."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases import policies as case_policies
from faden.cases.queries.access import CaseAccess
from faden.cases.queries.life_areas import every_area
from faden.chains.vocabulary import Breakpoint
from faden.desk import choices
from faden.desk.door import DeskRequest, NotAllowed, Sees, edits, reads, writes
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft
from faden.desk.match_forms import UnmetForm
from faden.desk.shell import page, page_number
from faden.findings.actions import Hint, note_unmet
from faden.findings.actions import note as note_finding
from faden.findings.queries import findings, unmet_needs
from faden.kernel.drafts import Kept
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import AgencyKind, Permission


class FindingForm(DeskForm):
    """Where the system breaks, in which area and town."""

    category = forms.ChoiceField(label=gettext_lazy("Was hat gestockt?"))
    life_area = forms.ChoiceField(label=gettext_lazy("Lebensbereich"))
    municipality = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Ort"), required=False)
    agency = Text(
        label=gettext_lazy("Stelle"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Die Stelle, nicht die Person, die dort arbeitet."),
    )
    words = Text(
        label=gettext_lazy("Was ist passiert?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Ohne Namen, Daten und Nummern. Schreiben Sie, woran es lag, nicht, wen es traf."
        ),
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        for name, values in {
            "category": [("", _("bitte wählen")), *Breakpoint.choices],
            "life_area": [("", _("bitte wählen")), *choices.life_areas(request.today)],
            "municipality": choices.municipalities(request.actor.organisation_id),
        }.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def hint(self) -> Hint:
        """The values as the verb takes them."""
        return Hint(**self.cleaned_data)


@reads(Sees.NOTHING, may=Permission.NOTE_FINDINGS)
def index(request: DeskRequest) -> HttpResponse:
    """The service's own hints, the newest first."""
    areas = [(area.code, area.label) for area in every_area()]
    category, area = request.GET.get("art", ""), request.GET.get("bereich", "")
    category = category if category in Breakpoint.values else ""
    area = area if area in dict(areas) else ""
    shown = findings(category=category, life_area=area, page=page_number(request))
    context = {
        "page": shown,
        "unmet": unmet_needs(life_area=area),
        "categories": Breakpoint.choices,
        "areas": areas,
        "category": category,
        "area": area,
    }
    return page(request, "desk/findings.html", context, here="findings")


@edits(Sees.NOTHING, may=Permission.NOTE_FINDINGS)
def new(request: DeskRequest) -> HttpResponse:
    """Note one; from a case (?fall=) its people are kept out of the text, and the case is stored nowhere."""
    kept = kept_draft(request)
    access = _out_of(request, kept)
    form = FindingForm(request.POST or None, request=request, initial={**_preset(request), **initial_of(FindingForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            case = access.case if access else None
            note_finding(form.hint(), out_of=case, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Strukturhinweis ist notiert."))
            back = reverse("case", args=[case.id]) if case else reverse("findings")
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Strukturhinweise"), reverse("findings")), (_("Neuer Hinweis"), ""))
    context = {
        "form": form,
        "kept": kept,
        "out_of": access.case.id if access else "",
        "back": reverse("case", args=[access.case.id]) if access else reverse("findings"),
    }
    return page(
        request,
        "desk/finding_form.html",
        context,
        here="findings",
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


@writes(Sees.NOTHING, may=Permission.NOTE_FINDINGS)
def unmet(request: DeskRequest) -> HttpResponse:
    """Nichts passt: no case comes with it, so the way back is the browser's."""
    form = UnmetForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Bitte wählen Sie, woran es liegt."), "condition")
    note_unmet(form.unmet(), by=request.actor, on=request.today)
    messages.success(request, _("Der Bedarf ist gemeldet, ohne Fall und ohne Person. Zurück zum Fall geht es mit „Zurück“ im Browser."))
    # Where a Strukturhinweis leads too: the kept form keys do not tell which of the two somebody sent.
    return HttpResponseRedirect(reverse("findings"), status=303)


def _preset(request: DeskRequest) -> dict[str, object]:
    """From a step of a chain: what stalled, the life area, the kind of agency; nothing about anybody."""
    kind = request.GET.get("stelle", "")
    agency = str(AgencyKind(kind).label) if kind in AgencyKind.values else ""
    return {"category": request.GET.get("art", ""), "life_area": request.GET.get("bereich", ""), "agency": agency}


def _out_of(request: DeskRequest, kept: Kept | None) -> CaseAccess | None:
    """The case the hint comes from, if this person may see it: the check of the text would tell its names.

    A draft knows it too, so that going on with it does not lose the check.
    """
    drafted = (kept.values.get("fall") or [""])[-1] if kept and request.GET.get("entwurf") == "weiter" else ""
    try:
        case_id = UUID(request.POST.get("fall") or request.GET.get("fall") or drafted)
    except ValueError:
        return None
    try:
        return case_policies.access(request.actor, case_id, on=request.today, at=request.at)
    except case_policies.NeedsReason as error:
        raise NotAllowed(str(error)) from None


urlpatterns = [
    path("strukturhinweise/", index, name="findings"),
    path("strukturhinweise/neu/", new, name="finding-new"),
    path("strukturhinweise/bedarf/", unmet, name="unmet-new"),
]
