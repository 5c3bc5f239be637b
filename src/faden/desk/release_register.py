"""Weitergaberegister: what has left the service, to whom, why, how and on which ground; never what it said."""

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.vocabulary import Channel, DeliveryKind, Ground
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.forms import Day, DeskForm
from faden.desk.shell import page, page_number
from faden.documents.queries.release_register import Asked, register
from faden.organisations.vocabulary import Permission


class FilterForm(DeskForm):
    """Which part of the register."""

    mark_optional = False
    seit = Day(label=gettext_lazy("Von"), required=False)
    bis = Day(label=gettext_lazy("Bis"), required=False)
    grund = forms.ChoiceField(label=gettext_lazy("Grund"), required=False, choices=[("", gettext_lazy("alle")), *Ground.choices])
    art = forms.ChoiceField(label=gettext_lazy("Art"), required=False, choices=[("", gettext_lazy("alle")), *DeliveryKind.choices])
    weg = forms.ChoiceField(label=gettext_lazy("Weg"), required=False, choices=[("", gettext_lazy("alle")), *Channel.choices])
    offen = forms.BooleanField(label=gettext_lazy("nur was noch angesehen werden kann"), required=False)

    def asked(self) -> Asked:
        """The values as the query takes them."""
        said = self.cleaned_data
        return Asked(said["seit"], said["bis"], said["grund"], said["art"], said["weg"], said["offen"])


@reads(Sees.LIST, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Case workers see their own cases' lines, team lead and data protection the service's."""
    form = FilterForm({name: request.GET.get(name, "") for name in FilterForm.base_fields})
    context: dict[str, object] = {"form": form, "tabs": tabs("releases")}
    if form.is_valid():
        shown = register(form.asked(), by=request.actor, on=request.today, page=page_number(request))
        request.shown = list(dict.fromkeys(row.case_id for row in shown.rows if row.case_id))
        context["page"] = shown
    status = 200 if form.is_valid() else 422
    return page(request, "desk/release_register.html", context, here="release_register", status=status)


def tabs(here: str) -> list[tuple[str, str, bool, None]]:
    """What left as data, and what left as a letter, side by side."""
    return [
        (_("Weitergaben"), reverse("release-register"), here == "releases", None),
        (_("Briefe"), reverse("letter-register"), here == "letters", None),
    ]


urlpatterns = [path("weitergaberegister/", index, name="release-register")]
