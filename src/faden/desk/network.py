"""Network and resource map of one person: the list, the picture of it, what was, and then and now."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import network as actions
from faden.cases.policies import may_document
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_in
from faden.cases.queries.network import network_page
from faden.cases.vocabulary.assessment import Distance, TieKind, TieNews, TieQuality
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import (
    Day,
    DeskForm,
    Text,
    initial_of,
    kept_draft,
    long_text,
    version_sent,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of


class TieForm(DeskForm):
    """Who or what, how near, how good, what it gives."""

    name = Text(label=gettext_lazy("Wer oder was?"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"), choices=TieKind.choices, widget=forms.RadioSelect, initial=TieKind.PERSON
    )
    role = Text(
        label=gettext_lazy("Rolle"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: Schwester, Nachbar, Ansprechperson im Jobcenter"),
    )
    quality = forms.ChoiceField(
        label=gettext_lazy("Wie ist die Verbindung?"), choices=TieQuality.choices, widget=forms.RadioSelect
    )
    distance = forms.TypedChoiceField(
        label=gettext_lazy("Wie nah?"),
        choices=Distance.choices,
        coerce=int,
        initial=Distance.MIDDLE,
        widget=forms.RadioSelect,
    )
    gives = long_text(gettext_lazy("Was gibt sie?"), rows=3, hint=gettext_lazy("Wobei hilft es, was ist davon zu erwarten?"))

    def tie(self) -> actions.Tie:
        """The values as the verbs take them."""
        return actions.Tie(**{name: self.cleaned_data[name] for name in TieForm.base_fields})


class NewTieForm(TieForm):
    """With the day from which on it stands on the map."""

    day = Day(label=gettext_lazy("Seit"), help_text=gettext_lazy("Ungefähr genügt."))


class ChangeForm(TieForm):
    """What has happened to a tie, and since when: a change keeps how it was."""

    news = forms.ChoiceField(
        label=gettext_lazy("Was hat sich getan?"), choices=TieNews.choices, widget=forms.RadioSelect
    )
    day = Day(label=gettext_lazy("Tag"), required=False)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The list first, then the picture; ?vergleich=1 puts the map of the last assessment beside today's."""
    person = person_in(request.access.case, person_id)
    name = card_of(person).name
    compare = "vergleich" in request.GET
    context = {
        "person": person,
        "name": name,
        "page": network_page(request.access.case, person_id, name=name, on=request.today, compare=compare),
        "documented": may_document(person_id),
        "qualities": TieQuality.choices,
    }
    title = _("Netzwerk: %(name)s") % {"name": name}
    return case_page(request, "desk/network.html", context, head=head_of(request.access), title=title)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody or something more."""
    person_in(request.access.case, person_id)
    head, kept = head_of(request.access), kept_draft(request)
    initial = {"day": request.today, **initial_of(NewTieForm, kept, request)}
    form = NewTieForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            since = form.cleaned_data["day"]
            actions.add(request.access.case, person_id, form.tie(), since=since, by=request.actor, at=request.at)
            messages.success(request, _("Steht auf der Karte."))
            return _to(case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "kept": kept, "person_id": person_id}, 422 if form.errors else 200
    return case_page(request, "desk/tie_form.html", context, head=head, title=_("Auf die Karte"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, person_id: UUID, tie_id: UUID) -> HttpResponse:
    """Put right, changed since a day, or ended."""
    person_in(request.access.case, person_id)
    head, kept = head_of(request.access), kept_draft(request)
    tie = actions.tie_of(request.access.case, person_id, tie_id)
    values = {name: getattr(tie, name) for name in TieForm.base_fields}
    initial = {**values, "news": TieNews.CHANGED, "day": request.today, **initial_of(ChangeForm, kept, request)}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_news(
                tie,
                form.tie(),
                news=TieNews(form.cleaned_data["news"]),
                day=form.cleaned_data["day"],
                seen_version=version_sent(request),
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Die Karte ist geändert."))
            return _to(case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "person_id": person_id,
        "tie": tie,
        "version": version_shown(tie.version, kept, request),
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/tie_form.html", context, head=head, title=tie.name, status=status)


def _to(case_id: UUID, person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("network", args=[case_id, person_id]), status=303)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/netzwerk/"
urlpatterns = [
    path(_PERSON, show, name="network"),
    path(f"{_PERSON}neu/", new, name="network-tie-new"),
    path(f"{_PERSON}<uuid:tie_id>/", change, name="network-tie"),
]
