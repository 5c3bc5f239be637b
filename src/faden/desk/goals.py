"""Goals of a plan and their steps: written with a little help, changed in their place, settled, rated."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.assessments import area_line, assessment_page
from faden.cases.queries.members import person_in
from faden.cases.vocabulary.task import DropReason
from faden.chains.actions import goals as actions
from faden.chains.queries import goals as queries
from faden.chains.rules.wording import BEGINNINGS
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.facts import personal_head
from faden.desk.forms import initial_of, kept_draft, version_sent, version_shown
from faden.desk.goal_forms import DropForm, GoalForm, RatingForm, StepForm, days_of
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """A new goal; from an area of the assessment it begins with the need that stands there (?bereich=…)."""
    person = person_in(request.access.case, person_id)
    head, kept = personal_head(request, person), kept_draft(request)
    secret = "vertraulich" in request.GET
    form = GoalForm(
        request.POST or None,
        initial={**_preset(request, person_id), "confidential": secret, **initial_of(GoalForm, kept, request)},
        life_areas=choices.life_areas(request.today),
        chains=queries.chains_to_choose(request.access.case, person_id, confidential=secret),
        is_family=head.is_family,
    )
    if request.method == "POST" and form.is_valid():
        try:
            goal = actions.make(
                request.access.case, person_id, form.wanted(), by=request.actor, on=request.today, at=request.at
            )
            messages.success(request, _("Das Ziel steht im Plan. Was ist der erste Schritt?"))
            return _to(case_id, person_id, goal.confidential, f"#ziel-{goal.id}")
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "person": person,
        "kept": kept,
        "goal": None,
        "beginnings": _beginnings(request, form),
        "back": plan_address(case_id, person_id, secret),
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/goal_form.html", context, head=head, title=_("Neues Ziel"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Say a goal otherwise; with htmx it opens in its place on the page."""
    person = person_in(request.access.case, person_id)
    goal = queries.goal_in(request.access.case, person_id, goal_id)
    head, kept = personal_head(request, person), kept_draft(request)
    said = {
        "words": goal.words,
        "seen_by": goal.seen_by or "",
        "life_area": goal.life_area,
        "chain_id": str(goal.chain_id or ""),
        "confidential": goal.confidential,
        **days_of(goal.until_from, goal.until_on),
    }
    form = GoalForm(
        request.POST or None,
        auto_id=f"id_{goal_id}_%s",
        initial={**said, **initial_of(GoalForm, kept, request)},
        life_areas=choices.life_areas(request.today, also=[goal.life_area]),
        chains=queries.chains_to_choose(
            request.access.case, person_id, confidential=goal.confidential, also=goal.chain_id
        ),
        is_family=head.is_family,
    )
    if request.method == "POST" and form.is_valid():
        try:
            goal = actions.change(
                goal,
                form.wanted(),
                seen_version=version_sent(request),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "person": person,
        "kept": kept,
        "goal": goal,
        "version": version_shown(goal.version, kept, request),
        "back": plan_address(case_id, person_id, goal.confidential),
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/goal_form.html", context, head=head, title=_("Ziel ändern"), status=status)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def move(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """One place up or down."""
    goal = _goal(request, person_id, goal_id)
    actions.move(goal, up=request.POST.get("wohin") == "hoch", by=request.actor, at=request.at)
    return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def rating(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """What became of it, seen by both."""
    person = person_in(request.access.case, person_id)
    goal = queries.goal_in(request.access.case, person_id, goal_id)
    kept = kept_draft(request)
    said = {"rating": goal.rating, "client_rating": goal.client_rating, "words": goal.rating_words or ""}
    form = RatingForm(request.POST or None, initial={**said, **initial_of(RatingForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        actions.rate(goal, form.rated(), by=request.actor, on=request.today, at=request.at)
        messages.success(request, _("Das Ziel ist bewertet."))
        return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")
    context = {
        "form": form,
        "person": person,
        "kept": kept,
        "goal": goal,
        "back": plan_address(case_id, person_id, goal.confidential),
    }
    status = 422 if form.errors else 200
    head = personal_head(request, person)
    return case_page(request, "desk/goal_rating.html", context, head=head, title=_("Ziel bewerten"), status=status)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def take_up(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Work on it again."""
    goal = actions.take_up(_goal(request, person_id, goal_id), by=request.actor, at=request.at)
    messages.success(request, _("Das Ziel ist wieder offen."))
    return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")


# ---------- steps ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new_step(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """One more step."""
    goal, kept = _goal(request, person_id, goal_id), kept_draft(request)
    form = StepForm(request.POST or None, auto_id=f"id_{goal_id}_%s", initial=initial_of(StepForm, kept, request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_step(goal, form.wanted(), by=request.actor, at=request.at)
            return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")
        except Invalid as error:
            form.take_error(error)
    status = 422 if form.errors else 200
    return _step_page(request, goal, form, {"kept": kept}, title=_("Neuer Schritt"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def step(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Another what, who or when."""
    goal, kept = _goal(request, person_id, goal_id), kept_draft(request)
    row = queries.step_in(goal, step_id)
    said = {"what": row.what, "who": row.who, "who_name": row.who_name, **days_of(row.due_from, row.due_on)}
    form = StepForm(
        request.POST or None, auto_id=f"id_{goal_id}_%s", initial={**said, **initial_of(StepForm, kept, request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_step(
                row,
                form.wanted(),
                seen_version=version_sent(request),
                by=request.actor,
                at=request.at,
            )
            return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")
        except Invalid as error:
            form.take_error(error)
    context = {"kept": kept, "step": row, "version": version_shown(row.version, kept, request), "dropping": DropForm()}
    status = 422 if form.errors else 200
    return _step_page(request, goal, form, context, title=_("Schritt ändern"), status=status)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def step_done(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Done today."""
    goal = _goal(request, person_id, goal_id)
    actions.finish_step(queries.step_in(goal, step_id), on=request.today, by=request.actor, at=request.at)
    return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def step_open(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Still to do after all."""
    goal = _goal(request, person_id, goal_id)
    actions.reopen_step(queries.step_in(goal, step_id), by=request.actor, at=request.at)
    return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def step_drop(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Not done, and why."""
    goal = _goal(request, person_id, goal_id)
    row, dropping = queries.step_in(goal, step_id), DropForm(request.POST)
    if dropping.is_valid():
        actions.drop_step(row, DropReason(dropping.cleaned_data["because"]), by=request.actor, at=request.at)
        return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")
    said = {"what": row.what, "who": row.who, "who_name": row.who_name, **days_of(row.due_from, row.due_on)}
    form = StepForm(auto_id=f"id_{goal_id}_%s", initial=said)
    context = {"kept": None, "step": row, "version": row.version, "dropping": dropping}
    return _step_page(request, goal, form, context, title=_("Schritt ändern"), status=422)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def step_move(request: DeskRequest, case_id: UUID, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """One place up or down within its goal."""
    goal = _goal(request, person_id, goal_id)
    up = request.POST.get("wohin") == "hoch"
    actions.move_step(queries.step_in(goal, step_id), up=up, by=request.actor, at=request.at)
    return _to(case_id, person_id, goal.confidential, f"#ziel-{goal_id}")


# ---------- what they have in common ----------


def plan_address(case_id: UUID, person_id: UUID, confidential: bool) -> str:
    """Her plan, on the side the goal belongs to."""
    return reverse("plan-confidential" if confidential else "plan", args=[case_id, person_id])


def _to(case_id: UUID, person_id: UUID, confidential: bool, place: str) -> HttpResponse:
    return HttpResponseRedirect(plan_address(case_id, person_id, confidential) + place, status=303)


def _goal(request: DeskRequest, person_id: UUID, goal_id: UUID) -> queries.Goal:
    person_in(request.access.case, person_id)
    return queries.goal_in(request.access.case, person_id, goal_id)


def _preset(request: DeskRequest, person_id: UUID) -> dict[str, object]:
    """The area she comes from with the need noted there, or the beginning that was taken."""
    area, taken = request.GET.get("bereich", ""), request.GET.get("anfang", "")
    if taken.isascii() and taken.isdecimal() and int(taken[:2]) < len(BEGINNINGS.get(area, ())):
        return {"life_area": area, "words": BEGINNINGS[area][int(taken[:2])]}
    if not area:
        return {}
    try:
        line = area_line(assessment_page(request.access.case, person_id, on=request.today), area)
    except NotFound:
        return {}
    return {"life_area": area, "words": line.now.need[:500] if line.now else ""}


def _beginnings(request: DeskRequest, form: GoalForm) -> list[tuple[str, str, bool, list[str]]]:
    """(code, area, is the chosen one, sentences), the chosen area first."""
    chosen = form["life_area"].value()
    areas = [(code, str(label)) for code, label in form.fields["life_area"].choices if code in BEGINNINGS]  # type: ignore[attr-defined]
    ordered = sorted(areas, key=lambda area: area[0] != chosen)
    return [(code, label, code == chosen, [str(words) for words in BEGINNINGS[code]]) for code, label in ordered]


def _step_page(
    request: DeskRequest, goal: queries.Goal, form: StepForm, context: Mapping[str, object], *, title: str, status: int
) -> HttpResponse:
    person = person_in(request.access.case, goal.plan.person_id)
    shared = {
        "form": form,
        "goal": goal,
        "person": person,
        "step": None,
        "back": plan_address(request.access.case.id, person.id, goal.confidential),
    }
    head = personal_head(request, person)
    return case_page(request, "desk/goal_step_form.html", {**shared, **context}, head=head, title=title, status=status)


_GOALS = "faelle/<uuid:case_id>/personen/<uuid:person_id>/plan/ziele/"
_GOAL = f"{_GOALS}<uuid:goal_id>/"
_STEP = f"{_GOAL}schritte/<uuid:step_id>/"
urlpatterns = [
    path(f"{_GOALS}neu/", new, name="goal-new"),
    path(_GOAL, change, name="goal"),
    path(f"{_GOAL}reihenfolge/", move, name="goal-move"),
    path(f"{_GOAL}bewertung/", rating, name="goal-rating"),
    path(f"{_GOAL}offen/", take_up, name="goal-open"),
    path(f"{_GOAL}schritte/neu/", new_step, name="goal-step-new"),
    path(_STEP, step, name="goal-step"),
    path(f"{_STEP}erledigt/", step_done, name="goal-step-done"),
    path(f"{_STEP}offen/", step_open, name="goal-step-open"),
    path(f"{_STEP}entfaellt/", step_drop, name="goal-step-drop"),
    path(f"{_STEP}reihenfolge/", step_move, name="goal-step-move"),
]
