"""Fristen: all of one's cases in one list, those of a case, and ending one by hand."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import deadlines as actions
from faden.cases.queries import deadlines as queries
from faden.cases.queries.case_page import head_of
from faden.cases.queries.deadlines import DeadlineRow, Wanted
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.cases.rules.deadline_law import LAW_READ_ON
from faden.cases.vocabulary.deadline import DeadlineBand, DeadlineEnd, DeadlineKind
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import DeskForm, Text, left_in
from faden.desk.shell import case_page, page, page_number
from faden.documents.queries.papers import papers_for
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission

# In the address: bands by their days.
BANDS = {"verstrichen": DeadlineBand.PASSED, "30": DeadlineBand.MONTH, "90": DeadlineBand.QUARTER, "180": DeadlineBand.HALF_YEAR, "spaeter": DeadlineBand.LATER}  # fmt: skip
_IN_ADDRESS = {"kind": "art", "whose": "wessen"}
# Where the row stands that a Frist comes from: (screen, kind of fact), both below the person.
_FACTS = {
    DeadlineKind.TITLE: "residence",
    DeadlineKind.BRIDGE_104C: "residence",
    DeadlineKind.COURSE_CLAIM: "residence",
    DeadlineKind.SGB2_74: "benefit",
    DeadlineKind.BENEFIT: "benefit",
    DeadlineKind.OCCUPATION: "occupation",
}
_STEPS = (DeadlineKind.STEP_CLOCK, DeadlineKind.STEP_DUE, DeadlineKind.EXEMPTION)
_PLANS = (DeadlineKind.PLAN_REVIEW, DeadlineKind.GOAL)


class FilterForm(DeskForm):
    """Which kind, and whose; sent by GET, so that the address can be kept."""

    mark_optional = False
    kind = forms.ChoiceField(label=gettext_lazy("Art"), required=False, widget=LongSelect)
    whose = forms.ChoiceField(label=gettext_lazy("Wessen Fälle"), required=False, widget=LongSelect)

    def __init__(self, *args: object, whose: queries.Whose, **options: object) -> None:
        super().__init__(*args, **options)
        every = ("", _("alle"))
        self.fields["kind"].choices = [every, *DeadlineKind.choices]  # type: ignore[attr-defined]
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            every,
            (str(whose.own), _("meine")),
            *((str(lead), _("in Vertretung für %(name)s") % {"name": name}) for lead, name in whose.absent),
        ]

    def add_prefix(self, field_name: str) -> str:
        """Addresses are German."""
        return _IN_ADDRESS.get(field_name, field_name)

    def wanted(self) -> Wanted:
        """What of it can be chosen today; the rest is left out."""
        self.is_valid()
        lead = self.cleaned_data.get("whose", "")
        return Wanted(kind=self.cleaned_data.get("kind", ""), whose=UUID(lead) if lead else None)


class EndForm(DeskForm):
    """Why it no longer counts."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum zählt diese Frist nicht mehr?"),
        choices=[(end.value, end.label) for end in queries.BY_HAND],
        widget=forms.RadioSelect,
    )
    words = Text(
        label=gettext_lazy("In einem Satz"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Bei „trifft hier nicht zu“ und „verstrichen“ nötig: Wer den Fall später liest, fragt danach."),
    )


@reads(Sees.LIST, may=Permission.SEE_DAY)
def index(request: DeskRequest) -> HttpResponse:
    """Everything with a last day, in one's own cases and those one stands in for."""
    whose = queries.whose_of(UUID(request.actor.membership_id), today=request.today)
    form = FilterForm(request.GET, whose=whose)
    wanted = replace(form.wanted(), band=BANDS.get(request.GET.get("bis", "")))
    shown = queries.deadlines_of(whose, today=request.today, wanted=wanted, page=page_number(request))
    request.shown = list(dict.fromkeys(row.case_id for row in shown.rows))
    context = {
        "page": shown,
        "form": form,
        "bands": _chips(request, shown, wanted),
        "narrowed": wanted != Wanted(),
        "rows": [(row, source_of(row)) for row in shown.rows],
    }
    return page(request, "desk/deadlines.html", context, here="deadlines")


def _chips(
    request: DeskRequest, shown: queries.DeadlinePage, wanted: Wanted
) -> list[tuple[object, str, bool, int | None]]:
    """The bands with how many there are, keeping the rest of the filter."""
    every = (_("Alle"), _link(request, ""), wanted.band is None, sum(shown.numbers.values()))
    return [
        every,
        *(
            (band.label, _link(request, name), wanted.band == band, shown.numbers.get(band, 0))
            for name, band in BANDS.items()
        ),
    ]


def _link(request: DeskRequest, band: str) -> str:
    kept = QueryDict(mutable=True)
    kept.update({name: request.GET[name] for name in _IN_ADDRESS.values() if request.GET.get(name)})
    kept.update({"bis": band} if band else {})
    return f"?{kept.urlencode()}"


def source_of(row: DeadlineRow) -> str:
    """The address of what it comes from; empty where a list does not tell."""
    if not row.kind:
        return ""
    kind = DeadlineKind(row.kind)
    if kind in _STEPS:
        return reverse("chain-step", args=[row.case_id, row.reference])
    if kind == DeadlineKind.PASSPORT:
        return reverse("paper", args=[row.case_id, row.reference])
    if kind == DeadlineKind.REMEDY:
        return reverse("decision", args=[row.case_id, row.reference])
    if kind == DeadlineKind.ANSWER_DUE:
        return reverse("referral", args=[row.case_id, row.reference])
    if kind == DeadlineKind.TAKEN_OVER:
        return reverse("taken-over", args=[row.case_id])
    person = row.persons[0] if row.persons else None
    if person is None:
        return ""
    if kind in (DeadlineKind.POWER_ENDS, DeadlineKind.CONSENT_ENDS):
        return reverse("declaration", args=[row.case_id, person, row.reference])
    if kind in _PLANS:
        return reverse("plan-confidential" if row.confidential else "plan", args=[row.case_id, person])
    if kind in _FACTS:
        return reverse("fact-history", args=[row.case_id, person, _FACTS[kind]])
    return reverse("facts", args=[row.case_id, person])


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What has a last day in this case, and what somebody ended."""
    return _of_case(request, Of(), title=_("Fristen"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The same for one person of the case."""
    person_in(request.access.case, person_id)
    return _of_case(request, Of(person_id), title=_("Fristen"))


def _of_case(request: DeskRequest, of: Of, *, title: str) -> HttpResponse:
    case = request.access.case
    rows, ended = queries.of_case(case, of=of, today=request.today)
    names = {member.person_id: member.card.name for member in members_of(case)}
    if of.person:
        title = _("Fristen: %(name)s") % {"name": names[of.person]}
    if len(names) > 1 and not of.person:
        rows, ended = _with_whom(rows, names), _with_whom(ended, names)
    context = {"rows": rows, "ended": ended}
    return case_page(request, "desk/case_deadlines.html", context, head=head_of(request.access), title=title)


def _with_whom(rows: list[DeadlineRow], names: dict[UUID, str]) -> list[DeadlineRow]:
    return [replace(row, who=_whom(row, names)) for row in rows]


def _whom(row: DeadlineRow, names: dict[UUID, str]) -> str:
    return ", ".join(names[person] for person in row.persons if person in names)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, deadline_id: UUID) -> HttpResponse:
    """One Frist: what it is, where it comes from; POST ends it."""
    deadline = actions.deadline_of(request.access.case, deadline_id)
    if request.method == "POST" and deadline.ended_at:
        messages.info(request, _("Diese Frist ist schon beendet."))
        return HttpResponseRedirect(reverse("deadline", args=[case_id, deadline_id]), status=303)
    form = EndForm(request.POST or None, initial=left_in(EndForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            because = DeadlineEnd(form.cleaned_data["because"])
            actions.end(deadline, because, form.cleaned_data["words"], by=request.actor, at=request.at)
            messages.success(request, _("Die Frist ist beendet. Sie können sie hier wieder aufnehmen."))
            return HttpResponseRedirect(reverse("deadline", args=[case_id, deadline_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    row = queries.one(deadline, today=request.today)
    names = {member.person_id: member.card.name for member in members_of(request.access.case)}
    of = Of(deadline.persons[0], confidential=True) if deadline.confidential else Of()
    context = {
        "row": row,
        "papers": papers_for(request.access.case, of=of, deadline=deadline.id),
        "form": form,
        "source": source_of(row),
        "whom": _whom(row, names) if len(names) > 1 else "",
        "law_read_on": LAW_READ_ON,
    }
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/deadline.html", context, head=head_of(request.access), title=_("Frist"), status=status
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, deadline_id: UUID) -> HttpResponse:
    """It counts after all."""
    actions.reopen(
        actions.deadline_of(request.access.case, deadline_id), by=request.actor, at=request.at
    )
    messages.success(request, _("Die Frist zählt wieder."))
    return HttpResponseRedirect(reverse("deadline", args=[case_id, deadline_id]), status=303)


urlpatterns = [
    path("fristen/", index, name="deadlines"),
    path("faelle/<uuid:case_id>/fristen/", of_case, name="case-deadlines"),
    path("faelle/<uuid:case_id>/personen/<uuid:person_id>/fristen/", of_person, name="person-deadlines"),
    path("faelle/<uuid:case_id>/fristen/<uuid:deadline_id>/", show, name="deadline"),
    path("faelle/<uuid:case_id>/fristen/<uuid:deadline_id>/offen/", reopen, name="deadline-reopen"),
]
