"""Mein Plan: the goals of a person with steps and chains, agreed in versions, compared, printed; and the family's."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.policies import may_document
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of, person_in
from faden.chains.actions import plans as actions
from faden.chains.queries import plans as queries
from faden.chains.queries.plan_versions import compared
from faden.chains.vocabulary import HolderKind, PlanConfirmed
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import personal_head
from faden.desk.forms import (
    Day,
    DeskForm,
    Text,
    initial_of,
    kept_draft,
    number_from,
    version_sent,
    version_shown,
)
from faden.desk.goals import plan_address
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import masked_card
from faden.persons.queries.protection import protected
from faden.persons.rules.age import OF_AGE

_REVIEW = gettext_lazy("Gemeinsam wieder ansehen am")


class FrameForm(DeskForm):
    """What stands beside the goals."""

    important = Text(
        label=gettext_lazy("Was ist noch wichtig?"),
        help_text=gettext_lazy("Was so bleiben soll, was auf keinen Fall passieren soll, wer helfen kann. In eigenen Worten."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_on = Day(label=_REVIEW, required=False, help_text=gettext_lazy("Der Tag erscheint rechtzeitig in „Mein Tag“."))


class AgreeForm(DeskForm):
    """How the plan was agreed; a minor's with those who represent her."""

    agreed_on = Day(label=gettext_lazy("Vereinbart am"))
    language = forms.ChoiceField(label=gettext_lazy("Sprache des Gesprächs"), widget=LongSelect)
    interpreted_by = Text(label=gettext_lazy("Mündlich übersetzt von"), max_length=120, required=False)
    confirmed = forms.ChoiceField(
        label=gettext_lazy("Wie bestätigt?"),
        choices=PlanConfirmed.choices,
        initial=PlanConfirmed.SPOKEN,
        widget=forms.RadioSelect,
    )
    giver = forms.ChoiceField(
        label=gettext_lazy("Wer hat zugestimmt?"),
        choices=[
            ("own", gettext_lazy("die Person selbst")),
            ("both", gettext_lazy("die Person selbst und ihre gesetzliche Vertretung")),
            ("represented", gettext_lazy("nur die gesetzliche Vertretung")),
        ],
        initial="own",
        widget=forms.RadioSelect,
    )
    represented_by = forms.MultipleChoiceField(
        label=gettext_lazy("Gesetzliche Vertretung"), required=False, widget=forms.CheckboxSelectMultiple
    )
    review_on = Day(label=_REVIEW, required=False)

    def __init__(
        self, *args: Any, others: list[Member], is_childs: bool, confidential: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.is_childs = is_childs
        if is_childs:
            self.initial.setdefault("giver", "both")
        self.fields["language"].choices = choices.languages()[1:]  # type: ignore[attr-defined]
        if others:
            names = [(str(member.person_id), member.card.name) for member in others]
            self.fields["represented_by"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["giver"], self.fields["represented_by"]
        if confidential:
            del self.fields["review_on"]

    def clean(self) -> dict[str, Any]:
        """Who represents her is named."""
        values = super().clean() or {}
        if values.get("giver") in ("both", "represented") and not values.get("represented_by"):
            self.add_error("represented_by", _("Bitte wählen Sie, wer dem Plan zugestimmt hat."))
        return values

    def agreement(self, seen: str) -> actions.Agreement:
        """The values as the verb takes them."""
        values = self.cleaned_data
        giver = values.get("giver", "own")
        given = values.get("represented_by", ()) if giver != "own" else ()
        return actions.Agreement(
            agreed_on=values["agreed_on"],
            language=values["language"],
            confirmed=values["confirmed"],
            interpreted_by=values["interpreted_by"],
            represented_by=tuple(UUID(key) for key in given),
            herself=giver != "represented",
            review_on=values.get("review_on"),
            seen=seen,
        )


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Goals in their order; under each who does what until when."""
    return _show(request, person_id, confidential=False)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """What she wants for herself alone."""
    return _show(request, person_id, confidential=True)


def _show(request: DeskRequest, person_id: UUID, *, confidential: bool) -> HttpResponse:
    person = person_in(request.access.case, person_id)
    head = personal_head(request, person)
    context = {
        "person": person,
        "plan": queries.plan_of(request.access.case, person_id, today=request.today, confidential=confidential),
        "documented": may_document(person_id),
        "confidential": confidential,
    }
    title = _("Vertraulicher Plan: %(name)s") if confidential else _("Mein Plan: %(name)s")
    return case_page(request, "desk/plan.html", context, head=head, title=title % {"name": head.card.name})


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def frame(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """What else matters, and when to look at it together."""
    person = person_in(request.access.case, person_id)
    plan, kept = queries.plan_of(request.access.case, person_id, today=request.today), kept_draft(request)
    said = {"important": plan.important, "review_on": plan.review_on}
    form = FrameForm(request.POST or None, initial={**said, **initial_of(FrameForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.frame(
                request.access.case,
                person_id,
                actions.Frame(form.cleaned_data["review_on"], form.cleaned_data["important"]),
                seen_version=version_sent(request),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(request, _("Der Plan ist geändert."))
            return HttpResponseRedirect(plan_address(case_id, person_id, False), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "person": person,
        "version": version_shown(plan.version, kept, request),
        "back": plan_address(case_id, person_id, False),
    }
    head, status = personal_head(request, person), 422 if form.errors else 200
    return case_page(request, "desk/plan_frame.html", context, head=head, title=_("Plan ändern"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def agree(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Keep what was agreed; what has changed since the last time stands first."""
    return _agree(request, person_id, confidential=False)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def agree_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The same in her vertraulicher Faden."""
    return _agree(request, person_id, confidential=True)


def _agree(request: DeskRequest, person_id: UUID, *, confidential: bool) -> HttpResponse:
    case, person = request.access.case, person_in(request.access.case, person_id)
    plan, kept = queries.plan_of(case, person_id, today=request.today, confidential=confidential), kept_draft(request)
    members = members_of(case)
    others = [one for one in members if one.person_id != person_id and not _is_child(one, request.today)]
    preset = {
        "agreed_on": request.today,
        "language": person.interpreter_language or next(iter(person.languages), "de"),
        "review_on": plan.review_on,
    }
    form = AgreeForm(
        request.POST or None,
        others=others,
        is_childs=any(one.person_id == person_id and _is_child(one, request.today) for one in members),
        confidential=confidential,
        initial={**preset, **initial_of(AgreeForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.agree(
                case,
                person_id,
                form.agreement(request.POST.get("seen", "")),
                confidential=confidential,
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(request, _("Fassung %(number)d ist vereinbart und steht im Verlauf.") % {"number": version.number})
            return HttpResponseRedirect(plan_address(case.id, person_id, confidential), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "person": person,
        "plan": plan,
        "back": plan_address(case.id, person_id, confidential),
    }
    head, status = personal_head(request, person), 422 if form.errors else 200
    return case_page(request, "desk/plan_agree.html", context, head=head, title=_("Plan vereinbaren"), status=status)


def _is_child(member: Member, today: date) -> bool:
    """Certainly under 18; who may be of age can speak for herself and for others."""
    return member.birth is not None and member.birth.age_on(today)[1] < OF_AGE


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def history(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """All versions, and what lies between any two (?ab=1&bis=3; bis=0: the plan as it is now)."""
    return _history(request, person_id, confidential=False)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def history_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The same in her vertraulicher Faden."""
    return _history(request, person_id, confidential=True)


def _history(request: DeskRequest, person_id: UUID, *, confidential: bool) -> HttpResponse:
    person = person_in(request.access.case, person_id)
    old, new = number_from(request.GET.get("ab", "")), number_from(request.GET.get("bis", ""))
    context = {
        "person": person,
        "compared": compared(request.access.case, person_id, old=old, new=new, confidential=confidential),
        "back": plan_address(request.access.case.id, person_id, confidential),
    }
    head = personal_head(request, person)
    return case_page(request, "desk/plan_versions.html", context, head=head, title=_("Fassungen des Plans"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def paper(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """To take home: six boxes in her own words; nothing confidential, nothing of others."""
    case, person = request.access.case, person_in(request.access.case, person_id)
    head, discreet = personal_head(request, person), bool(protected([person_id]))
    plan = queries.plan_of(case, person_id, today=request.today)
    steps = [(goal, step) for goal in plan.open_goals for step in goal.open_steps]
    context = {
        "person": person,
        "discreet": discreet,
        "card": masked_card(person_id) if discreet else head.card,
        "plan": plan,
        "mine": [pair for pair in steps if pair[1].who_code == HolderKind.CLIENT],
        "ours": [pair for pair in steps if pair[1].who_code == HolderKind.CASE_MANAGER],
        "others": [pair for pair in steps if pair[1].who_code in (HolderKind.FAMILY, HolderKind.AGENCY)],
        "done": [step for goal in plan.open_goals for step in goal.steps if not step.is_open],
        "service": request.actor.organisation_name,
    }
    return case_page(request, "desk/plan_paper.html", context, head=head, title=_("Mein Plan"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def family(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """All members' goals side by side; nothing confidential."""
    context = {"plans": queries.plans_of_family(request.access.case, today=request.today)}
    head = head_of(request.access)
    title = _("Plan der Familie") if head.is_family else _("Mein Plan")
    return case_page(request, "desk/family_plan.html", context, head=head, title=title)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/plan/"
urlpatterns = [
    path("faelle/<uuid:case_id>/plan/", family, name="family-plan"),
    path(_PERSON, show, name="plan"),
    path(f"{_PERSON}ueberpruefung/", frame, name="plan-frame"),
    path(f"{_PERSON}vereinbaren/", agree, name="plan-agree"),
    path(f"{_PERSON}fassungen/", history, name="plan-versions"),
    path(f"{_PERSON}druck/", paper, name="plan-paper"),
    path(f"{_PERSON}vertraulich/", confidential, name="plan-confidential"),
    path(f"{_PERSON}vertraulich/vereinbaren/", agree_confidential, name="plan-agree-confidential"),
    path(f"{_PERSON}vertraulich/fassungen/", history_confidential, name="plan-versions-confidential"),
]
