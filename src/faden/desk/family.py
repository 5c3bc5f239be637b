"""The people of a case: who belongs, who agreed, who is whose relative; taking in and taking out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import members as member_actions
from faden.cases.actions.families import note_agreement_of, take_in
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of, person_in
from faden.cases.queries.protection import require_findable
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import chains_of
from faden.consents.queries.agreements import agreed, texts_for
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import asked_day, personal_head
from faden.desk.forms import Day, DeskForm, left_in
from faden.desk.member_forms import AgreementForm, MemberForm
from faden.desk.search import candidates_typed
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.queries import families
from faden.persons.queries.families import GroupOn, TieShown
from faden.persons.rules.core_family import CoreMember

_CORE = {
    "partner": gettext_lazy("Partner/in"),
    "child": gettext_lazy("Kind"),
    "parent": gettext_lazy("Elternteil"),
    "sibling": gettext_lazy("Geschwister"),
}


class LeavingForm(DeskForm):
    """The last day on which she belonged."""

    last_day = Day(label=gettext_lazy("Gehörte zum Fall bis"))


@dataclass(frozen=True)
class Row:
    """One member with all that the page says about her."""

    member: Member
    age: str
    has_agreed: bool
    core: list[tuple[str, str, bool]]
    core_elsewhere: int


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Members, kinship, households and Bedarfsgemeinschaften as of a day."""
    day = asked_day(request)
    members = members_of(request.access.case)
    ids = [member.person_id for member in members]
    names = {member.person_id: member.card.name for member in members}
    groups = families.groups_on(day, of=ids)
    core, have_agreed = families.core_families(ids, on=day), agreed(ids)
    context = {
        "rows": [_row(member, core[member.person_id], names, have_agreed, day) for member in members],
        "ties": [_tie(tie, names) for tie in families.ties_between(ids, on=day)],
        "groups": [_group(group, groups, names) for group in groups],
        "day": day,
        "is_today": day == request.today,
        "chains": chains_of(request.access.case, of=Of(), today=request.today),
        "chains_url": reverse("chains", args=[request.access.case.id]),
        "several": len([member for member in members if member.is_here]) > 1,
    }
    head = head_of(request.access)
    return case_page(request, "desk/family.html", context, head=head, title=_("Familie und Haushalt"))


def _row(
    member: Member, core: tuple[CoreMember, ...], names: dict[UUID, str], have_agreed: set[UUID], day: Any
) -> Row:
    shown = [
        (names[one.person_id], str(_CORE[one.role]), one.is_sure) for one in core if one.person_id in names
    ]
    return Row(member, member.age_on(day), member.person_id in have_agreed, shown, len(core) - len(shown))


def _tie(tie: TieShown, names: dict[UUID, str]) -> tuple[TieShown, str, str]:
    return tie, names[tie.person_id], names[tie.relative_id]


def _group(
    group: GroupOn, groups: list[GroupOn], names: dict[UUID, str]
) -> tuple[GroupOn, list[tuple[str, Any]], bool, bool]:
    """A group, who belongs since when, whether it can be split, whether there is another to merge it with."""
    people = [(names[person_id], since) for person_id, since in group.members]
    of_its_kind = [other for other in groups if other.kind == group.kind]
    return group, people, len(people) + group.others > 1, len(of_its_kind) > 1


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def take(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Take somebody in: search first, then a known person or a new one."""
    here = [member for member in members_of(request.access.case) if member.is_here]
    form = MemberForm(request.POST or None, request=request, members=here, initial=left_in(MemberForm, request))
    posted = request.method == "POST"
    known = _known(request)
    if known:
        require_findable(known, by=request.actor, on=request.today)
    found = candidates_typed(request) if posted and not known else []
    if posted and form.is_valid() and not known:
        if not form.is_named:
            form.add_error("family", _("Bitte geben Sie einen Namen an."))
        elif not form.cleaned_data["other_person"] and any(hit.likely for hit in found):
            form.add_error(
                "other_person", _("Diese Person könnte schon bekannt sein. Bitte vergleichen Sie.")
            )
    if posted and form.is_valid():
        try:
            take_in(
                request.access.case, form.newcomer(known), by=request.actor, on=request.today, at=request.at
            )
            request.shown = []  # the candidates are not in the answer
            messages.success(request, _("Die Person gehört jetzt zum Fall."))
            return _back(case_id)
        except Invalid as error:
            form.take_error(error)
            found = found or candidates_typed(request)
    context = {
        "form": form,
        "found": found,
        "texts": texts_for(request.actor.organisation_id, on=request.today),
    }
    status = 422 if form.errors else 200
    return case_page(
        request,
        "desk/member_form.html",
        context,
        head=head_of(request.access),
        title=_("Person aufnehmen"),
        status=status,
    )


def _known(request: DeskRequest) -> UUID | None:
    """The candidate whose button was pressed."""
    try:
        return UUID(request.POST.get("known_person", ""))
    except ValueError:
        return None


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def agreement(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """She agrees, some time after she was taken in."""
    person = person_in(request.access.case, person_id)
    others = [one for one in members_of(request.access.case) if one.person_id != person_id]
    form = AgreementForm(request.POST or None, request=request, others=others, initial=left_in(AgreementForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            note_agreement_of(
                request.access.case,
                person,
                form.agreement(),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(request, _("Die Einwilligung ist notiert."))
            return _back(case_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "texts": texts_for(request.actor.organisation_id, on=request.today)}
    return case_page(
        request,
        "desk/agreement_form.html",
        context,
        head=personal_head(request, person),
        title=_("Einwilligung notieren"),
        status=422 if form.errors else 200,
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def leaving(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """She does not belong to the work any more; what was written stays."""
    person = person_in(request.access.case, person_id)
    form = LeavingForm(request.POST or None, initial={"last_day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            last_day = form.cleaned_data["last_day"]
            member_actions.leave(request.access.case, person_id, by=request.actor, on=last_day, at=request.at)
            messages.success(request, _("Die Person gehört nicht mehr zum Fall. Was notiert ist, bleibt."))
            return _back(case_id)
        except Invalid as error:
            form.take_error(error)
    return case_page(
        request,
        "desk/family_step.html",
        {"form": form},
        head=personal_head(request, person),
        title=_("Aus dem Fall nehmen"),
        status=422 if form.errors else 200,
    )


def _back(case_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("family", args=[case_id]), status=303)


urlpatterns = [
    path("faelle/<uuid:case_id>/familie/", show, name="family"),
    path("faelle/<uuid:case_id>/familie/aufnehmen/", take, name="member-new"),
    path("faelle/<uuid:case_id>/familie/<uuid:person_id>/einwilligung/", agreement, name="member-agreement"),
    path("faelle/<uuid:case_id>/familie/<uuid:person_id>/herausnehmen/", leaving, name="member-leaving"),
]
