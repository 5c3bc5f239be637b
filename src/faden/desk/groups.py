"""Households, Bedarfsgemeinschaften and kinship of a case's people: every change is from a day on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of, person_here
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import Day, DeskForm
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.actions import families as actions
from faden.persons.queries import families
from faden.persons.vocabulary import GroupKind, LeavingReason, Relation, TieEnd

Names = list[tuple[str, str]]


class FromDayForm(DeskForm):
    """Everything here holds from a day on."""

    members = forms.MultipleChoiceField(label=gettext_lazy("Wer?"), widget=forms.CheckboxSelectMultiple)
    on = Day(label=gettext_lazy("Ab wann?"), help_text=gettext_lazy("Der erste Tag, an dem es so ist"))

    def __init__(self, *args: Any, names: Names, request: DeskRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        if "members" in self.fields:
            self.fields["members"].choices = names  # type: ignore[attr-defined]
        self.fields["on"].initial = request.today

    def chosen(self) -> list[UUID]:
        """The people, by id."""
        return [UUID(key) for key in self.cleaned_data["members"]]


class NewGroupForm(FromDayForm):
    """A household, or a Bedarfsgemeinschaft."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Was?"),
        choices=GroupKind.choices,
        initial=GroupKind.HOUSEHOLD,
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "members", "on")


class JoinForm(FromDayForm):
    """Who comes into it."""


class LeaveForm(FromDayForm):
    """Who goes, and why."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum?"),
        choices=[(code, label) for code, label in LeavingReason.choices if code not in ("split", "merged")],
        initial=LeavingReason.MOVED_OUT,
        widget=forms.RadioSelect,
    )


class SplitForm(FromDayForm):
    """Who is a group of their own from then on."""


class MergeForm(FromDayForm):
    """Into which other group all of this one go."""

    into = forms.ChoiceField(label=gettext_lazy("Mit welcher Gruppe?"), widget=forms.RadioSelect)
    members = None  # type: ignore[assignment]
    field_order = ("into", "on")

    def __init__(self, *args: Any, others: Names, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = others  # type: ignore[attr-defined]


class KinshipForm(DeskForm):
    """One is the … of the other."""

    one = forms.ChoiceField(label=gettext_lazy("Wer"))
    relation = forms.ChoiceField(label=gettext_lazy("ist"), choices=Relation.choices)
    other = forms.ChoiceField(label=gettext_lazy("wem"))
    represents = forms.BooleanField(
        label=gettext_lazy("Gesetzliche Vertretung: Der ältere Teil vertritt den jüngeren."), required=False
    )
    from_on = Day(
        label=gettext_lazy("Seit"),
        required=False,
        help_text=gettext_lazy("Leer: von Geburt an oder nicht bekannt"),
    )

    def __init__(self, *args: Any, names: Names, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("Bitte wählen")), *names]  # type: ignore[attr-defined]


class KinshipEndForm(DeskForm):
    """It ended on a day, or never was."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum?"), choices=TieEnd.choices, initial=TieEnd.ENDED, widget=forms.RadioSelect
    )
    on = Day(label=gettext_lazy("Letzter Tag"))


def _names(members: list[Member]) -> Names:
    return [(str(member.person_id), member.card.name) for member in members]


def _step(
    request: DeskRequest,
    form: DeskForm,
    deed: Callable[[], object],
    *,
    title: str,
    done: str = "",
    lead: str = "",
    nothing: str = "",
) -> HttpResponse:
    """Show the form, or do the deed and go back to the family; `nothing`: why there is nothing to choose."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
            messages.success(request, done or _("Gespeichert."))
            address = reverse("family", args=[request.access.case.id])
            return HttpResponseRedirect(address, status=303)
        except Invalid as error:
            form.take_error(error)
    return case_page(
        request,
        "desk/family_step.html",
        {"form": form, "lead": lead, "nothing": nothing},
        head=head_of(request.access),
        title=title,
        status=422 if form.errors else 200,
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Form a household or Bedarfsgemeinschaft."""
    names = _names(members_of(request.access.case))
    form = NewGroupForm(request.POST or None, names=names, request=request)

    def deed() -> None:
        values = form.cleaned_data
        actions.form(
            GroupKind(values["kind"]), form.chosen(), by=request.actor, on=values["on"], at=request.at
        )

    return _step(request, form, deed, title=_("Haushalt oder Bedarfsgemeinschaft bilden"))


class _At:
    """A group of this case, who of the case belongs to it today, and who does not."""

    def __init__(self, request: DeskRequest, group_id: UUID) -> None:
        self.members = members_of(request.access.case)
        self.ids = [member.person_id for member in self.members]
        self.group = families.group_of(group_id, of=self.ids)
        self.all = families.groups_on(request.today, of=self.ids)
        here = next((group.people for group in self.all if group.id == group_id), [])
        self.inside = _names([member for member in self.members if member.person_id in here])
        self.outside = _names([member for member in self.members if member.person_id not in here])

    @property
    def label(self) -> str:
        """Household or Bedarfsgemeinschaft, with who belongs."""
        return f"{self.group.get_kind_display()}: {', '.join(name for _id, name in self.inside) or '–'}"

    @property
    def nobody(self) -> str:
        """Why nobody can be chosen, if so."""
        return "" if self.inside else _("Heute gehört niemand aus diesem Fall dazu.")

    def others(self) -> Names:
        """The other groups of this kind, by who belongs."""
        names = dict(_names(self.members))
        return [
            (str(group.id), ", ".join(names[str(person_id)] for person_id in group.people))
            for group in self.all
            if group.kind == self.group.kind and group.id != self.group.id
        ]


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def join(request: DeskRequest, case_id: UUID, group_id: UUID) -> HttpResponse:
    """Somebody comes into it."""
    at = _At(request, group_id)
    form = JoinForm(request.POST or None, names=at.outside, request=request)

    def deed() -> None:
        actions.join(at.group, form.chosen(), by=request.actor, on=form.cleaned_data["on"], at=request.at)

    nothing = "" if at.outside else _("Alle Personen des Falls gehören schon dazu.")
    return _step(request, form, deed, title=_("Jemand kommt dazu"), lead=at.label, nothing=nothing)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def leave(request: DeskRequest, case_id: UUID, group_id: UUID) -> HttpResponse:
    """Somebody goes."""
    at = _At(request, group_id)
    form = LeaveForm(request.POST or None, names=at.inside, request=request)

    def deed() -> None:
        values = form.cleaned_data
        because = LeavingReason(values["because"])
        actions.leave(at.group, form.chosen(), because, by=request.actor, on=values["on"], at=request.at)

    return _step(request, form, deed, title=_("Jemand geht"), lead=at.label, nothing=at.nobody)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def split(request: DeskRequest, case_id: UUID, group_id: UUID) -> HttpResponse:
    """Some are a group of their own from a day on."""
    at = _At(request, group_id)
    form = SplitForm(request.POST or None, names=at.inside, request=request)

    def deed() -> None:
        actions.split(at.group, form.chosen(), by=request.actor, on=form.cleaned_data["on"], at=request.at)

    title, done = (
        _("Aufteilen: Wer bildet eine eigene Gruppe?"),
        _("Aufgeteilt. Was vorher war, bleibt sichtbar."),
    )
    return _step(request, form, deed, title=title, done=done, lead=at.label, nothing=at.nobody)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def merge(request: DeskRequest, case_id: UUID, group_id: UUID) -> HttpResponse:
    """Two become one."""
    at = _At(request, group_id)
    others = at.others()
    form = MergeForm(request.POST or None, names=at.inside, others=others, request=request)

    def deed() -> None:
        into = families.group_of(UUID(form.cleaned_data["into"]), of=at.ids)
        actions.merge(
            at.group, into, among=at.ids, by=request.actor, on=form.cleaned_data["on"], at=request.at
        )

    done = _("Zusammengelegt. Was vorher war, bleibt sichtbar.")
    title = _("Mit einer anderen Gruppe zusammenlegen")
    nothing = "" if others else _("Es gibt keine andere Gruppe dieser Art.")
    return _step(request, form, deed, title=title, done=done, lead=at.label, nothing=nothing)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def kinship(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Note how two belong together."""
    form = KinshipForm(request.POST or None, names=_names(members_of(request.access.case)))

    def deed() -> None:
        values, case = form.cleaned_data, request.access.case
        one, other = (person_here(case, UUID(values[name])) for name in ("one", "other"))
        actions.note_kinship(
            one,
            Relation(values["relation"]),
            other,
            represents=values["represents"],
            from_on=values["from_on"],
            by=request.actor,
            at=request.at,
        )

    return _step(
        request,
        form,
        deed,
        title=_("Verwandtschaft eintragen"),
        done=_("Die Verwandtschaft ist eingetragen."),
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def kinship_end(request: DeskRequest, case_id: UUID, tie_id: UUID) -> HttpResponse:
    """It ended, or was noted by mistake."""
    tie = families.tie_of(tie_id, of=[member.person_id for member in members_of(request.access.case)])
    form = KinshipEndForm(request.POST or None, initial={"on": request.today})

    def deed() -> None:
        because = TieEnd(form.cleaned_data["because"])
        actions.end_kinship(tie, because, by=request.actor, on=form.cleaned_data["on"], at=request.at)

    return _step(request, form, deed, title=_("Verwandtschaft beenden"))


_BELOW = "faelle/<uuid:case_id>/familie/"
urlpatterns = [
    path(f"{_BELOW}gruppen/neu/", new, name="group-new"),
    path(f"{_BELOW}gruppen/<uuid:group_id>/dazu/", join, name="group-join"),
    path(f"{_BELOW}gruppen/<uuid:group_id>/heraus/", leave, name="group-leave"),
    path(f"{_BELOW}gruppen/<uuid:group_id>/aufteilen/", split, name="group-split"),
    path(f"{_BELOW}gruppen/<uuid:group_id>/zusammenlegen/", merge, name="group-merge"),
    path(f"{_BELOW}verwandtschaft/neu/", kinship, name="kinship-new"),
    path(f"{_BELOW}verwandtschaft/<uuid:tie_id>/", kinship_end, name="kinship-end"),
]
