"""Abschluss: reason, what the client says, what made it hard, and nothing left open; and taking it up again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.policies import may_reopen
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of
from faden.cases.vocabulary.course import ClosingReason, Satisfaction
from faden.cases.vocabulary.task import DropReason
from faden.casework.actions.closing import DONE, Ending, close, reopen
from faden.casework.queries.closing import closings_of, coming_appointments, open_tasks
from faden.casework.queries.outside import outside, seal_of
from faden.chains.queries.rating import achieved, goals_to_rate
from faden.chains.vocabulary import GoalRating
from faden.consents.queries.agreements import agreed
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.findings import FindingForm
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft, left_in, long_text
from faden.desk.shell import case_page
from faden.documents.queries.decisions import SETTLED_AT_THE_END, OpenDecision, open_decisions
from faden.findings.actions import note as note_finding
from faden.kernel.clock import BERLIN
from faden.kernel.drafts import Kept
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList
from faden.organisations.vocabulary import Permission
from faden.retention.policy import policy

HINTS = 2
_YES_NO = [("", gettext_lazy("keine Angabe")), ("yes", gettext_lazy("ja")), ("no", gettext_lazy("nein"))]


class ClosingForm(DeskForm):
    """The questions at the end; some belong to one reason only."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Warum endet das Case Management?"),
        choices=ClosingReason.choices,
        widget=forms.RadioSelect,
    )
    handed_over = forms.ChoiceField(
        label=gettext_lazy("Ist der Fall am neuen Ort übergeben?"),
        choices=_YES_NO,
        required=False,
        help_text=gettext_lazy("Nur bei „weggezogen“; dort wird es gebraucht."),
    )
    contact_attempts = forms.IntegerField(
        label=gettext_lazy("Wie oft haben Sie es versucht?"),
        help_text=gettext_lazy("Nur bei „kein Kontakt mehr“; dort wird es gebraucht."),
        min_value=1,
        max_value=99,
        required=False,
    )
    summary = long_text(
        gettext_lazy("Zusammenfassung"),
        rows=6,
        hint=gettext_lazy("Verlauf, was geschafft ist, was offen bleibt und wer es weiterführt."),
    )
    client_view = forms.ChoiceField(
        label=gettext_lazy("Was sagt die Person: Hat es geholfen?"),
        choices=Satisfaction.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Gefragt wird immer. Antworten muss niemand."),
    )
    client_words = long_text(gettext_lazy("In ihren eigenen Worten"), rows=3)
    hinted = forms.ChoiceField(
        label=gettext_lazy("Was hat das System hier erschwert?"),
        choices=[
            ("none", gettext_lazy("nichts Besonderes")),
            ("some", gettext_lazy("Strukturhinweis notieren")),
        ],
        widget=forms.RadioSelect,
    )
    drop_all = forms.ChoiceField(
        label=gettext_lazy("Was geschieht mit allem, was noch offen ist?"),
        choices=[("", gettext_lazy("bitte wählen")), *DropReason.choices],
    )
    rate_all = forms.ChoiceField(
        label=gettext_lazy("Was ist aus den offenen Zielen geworden?"),
        choices=[("", gettext_lazy("bitte wählen")), *GoalRating.choices],
        help_text=gettext_lazy("Am besten gemeinsam mit der Person. Unten können Sie jedes Ziel einzeln bewerten."),
    )
    settle_all = forms.ChoiceField(
        label=gettext_lazy("Was wird aus den offenen Bescheiden?"),
        choices=[("", gettext_lazy("bitte wählen")), *SETTLED_AT_THE_END],
        help_text=gettext_lazy("Ist ein Rechtsbehelf eingelegt, halten Sie das zuerst beim Bescheid fest."),
    )
    withdrawn_by = forms.MultipleChoiceField(
        label=gettext_lazy("Wer hat die Einwilligung in Beratung und Dokumentation widerrufen?"),
        required=False,
        widget=CheckboxList,
        help_text=gettext_lazy("Nur bei „Einwilligung widerrufen“. Sie endet mit dem Abschluss."),
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        case = request.access.case
        tasks, appointments = open_tasks(case), coming_appointments(case, now=request.at)
        self.open_fields: list[str] = []
        for task in tasks:
            title = _("vertrauliche Aufgabe") if task.confidential else task.title
            self._ask(task.id, f"{title} ({task.assignee.name})", [(DONE, _("ist schon erledigt"))])
        for one in appointments:
            subject = _("vertraulicher Termin") if one.confidential else one.subject
            self._ask(one.id, f"{subject} ({one.starts_at.astimezone(BERLIN):%d.%m.%Y})", [])
        if not self.open_fields:
            del self.fields["drop_all"]
        self.goal_fields: list[str] = []
        for goal in goals_to_rate(case):
            self._ask_rating(goal.id, goal.words)
        if not self.goal_fields:
            del self.fields["rate_all"]
        self.decision_fields = [self._ask_outcome(decision) for decision in open_decisions(case)]
        if not self.decision_fields:
            del self.fields["settle_all"]
        self._ask_who_withdrew(members_of(case))

    def _ask(self, row_id: UUID, label: str, more: list[tuple[str, str]]) -> None:
        name = f"open_{row_id}"
        same = ("", _("wie oben gewählt"))
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[same, *more, *DropReason.choices], required=False
        )
        self.open_fields.append(name)

    def _ask_rating(self, goal_id: UUID, label: str) -> None:
        name = f"goal_{goal_id}"
        same = ("", _("wie oben gewählt"))
        self.fields[name] = forms.ChoiceField(label=label, choices=[same, *GoalRating.choices], required=False)
        self.goal_fields.append(name)

    def _ask_outcome(self, decision: OpenDecision) -> str:
        name = f"decision_{decision.id}"
        title = _("vertraulicher Bescheid") if decision.confidential else decision.title
        until = _("letzter Tag: %(day)s") if decision.is_confirmed else _("vorgeschlagener letzter Tag: %(day)s")
        until = until % {"day": f"{decision.due_on:%d.%m.%Y}"}
        same = ("", _("wie oben gewählt"))
        self.fields[name] = forms.ChoiceField(label=f"{title}, {until}", choices=[same, *SETTLED_AT_THE_END], required=False)
        return name

    def _ask_who_withdrew(self, members: list[Member]) -> None:
        standing = agreed(member.person_id for member in members)
        choices = [(str(m.person_id), m.card.name) for m in members if m.person_id in standing]
        if choices:
            self.fields["withdrawn_by"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["withdrawn_by"]

    def clean(self) -> dict[str, Any]:
        """Somebody withdrew only where that is the reason; an open goal is rated, for itself or with the others."""
        values = super().clean() or {}
        if values.get("withdrawn_by") and values.get("reason") != ClosingReason.WITHDRAWN:
            self.add_error("withdrawn_by", _("Das passt nicht zum Grund des Abschlusses."))
        if "rate_all" in self.errors and all(values.get(name) for name in self.goal_fields):
            del self.errors["rate_all"]
        if "settle_all" in self.errors and all(values.get(name) for name in self.decision_fields):
            del self.errors["settle_all"]
        return values

    @property
    def goals_to_rate(self) -> list[forms.BoundField]:
        """One question for each open goal."""
        return [self[name] for name in self.goal_fields]

    @property
    def decisions_to_settle(self) -> list[forms.BoundField]:
        """One question for each open Bescheid."""
        return [self[name] for name in self.decision_fields]

    @property
    def what_is_open(self) -> list[forms.BoundField]:
        """One question for each open task and coming appointment."""
        return [self[name] for name in self.open_fields]

    def ending(self, request: DeskRequest, *, hints: int) -> Ending:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Ending(
            reason=values["reason"],
            handed_over={"yes": True, "no": False}.get(values["handed_over"]),
            contact_attempts=values["contact_attempts"],
            summary=values["summary"],
            client_view=values["client_view"],
            client_words=values["client_words"],
            findings_noted=hints,
            drop_all=values.get("drop_all", ""),
            drop_one={UUID(name.removeprefix("open_")): values[name] for name in self.open_fields if values[name]},
            rate_all=values.get("rate_all", ""),
            rate_one={UUID(name.removeprefix("goal_")): values[name] for name in self.goal_fields if values[name]},
            settle_all=values.get("settle_all", ""),
            settle_one={
                UUID(name.removeprefix("decision_")): values[name] for name in self.decision_fields if values[name]
            },
            seen_outside=request.POST.get("seen_outside", ""),
            withdrawn_by=tuple(UUID(key) for key in values.get("withdrawn_by", ())),
            keep_until=policy().last_day("fallakte", since=request.today),
        )


class ReopeningForm(DeskForm):
    """Why."""

    because = Text(
        label=gettext_lazy("Warum wird der Fall wieder aufgenommen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Close the case; of a closed one, how it was closed."""
    if request.access.is_closed:
        return _closed(request)
    kept = kept_draft(request)
    reason = request.GET.get("grund", "")
    preset = {"reason": reason} if reason in ClosingReason.values else {}
    form = ClosingForm(
        request.POST or None,
        request=request,
        initial={**preset, **_rest_of(kept, request), **initial_of(ClosingForm, kept, request)},
    )
    hints = [_hint_form(request, f"hint{number}", kept) for number in range(1, HINTS + 1)]
    # Before anything ends: a page that comes back shows how it stands, not how far a refused closing came.
    running = outside(request.access.case, now=request.at)
    if request.method == "POST" and form.is_valid() and _hints_are_valid(form, hints):
        wanted = [hint for hint in hints if hint.has_changed()] if form.cleaned_data["hinted"] == "some" else []
        if _take(request, form, wanted):
            messages.success(request, _("Der Fall ist abgeschlossen."))
            return HttpResponseRedirect(reverse("closing", args=[case_id]), status=303)
    wrong = bool(form.errors) or any(hint.is_bound and hint.errors for hint in hints)
    context = {
        "form": form,
        "hints": hints,
        "kept": kept,
        "running": running,
        "seen_outside": seal_of(running),
        "earlier": closings_of(request.access.case),
        "achieved": achieved(request.access.case),
        "keep_until": policy().last_day("fallakte", since=request.today),
    }
    return case_page(
        request,
        "desk/closing_form.html",
        context,
        head=head_of(request.access),
        title=_("Fall abschließen"),
        status=422 if wrong else 200,
    )


def _hint_form(request: DeskRequest, prefix: str, kept: Kept | None) -> FindingForm:
    drafted = _rest_of(kept, request)
    return FindingForm(
        request.POST or None,
        request=request,
        prefix=prefix,
        initial={name: drafted.get(f"{prefix}-{name}", "") for name in FindingForm.base_fields},
        empty_permitted=True,
        use_required_attribute=False,
    )


def _rest_of(kept: Kept | None, request: DeskRequest) -> dict[str, object]:
    """The draft's answers to questions that only this case has."""
    if kept is None or request.GET.get("entwurf") != "weiter":
        return {}
    return {name: values[-1] for name, values in kept.values.items() if values}


def _hints_are_valid(form: ClosingForm, hints: list[FindingForm]) -> bool:
    if form.cleaned_data["hinted"] == "none":
        return True
    if not any(hint.has_changed() for hint in hints):
        form.add_error("hinted", _("Bitte füllen Sie einen Strukturhinweis aus oder wählen Sie „nichts Besonderes“."))
        return False
    return all(hint.is_valid() for hint in hints)


def _take(request: DeskRequest, form: ClosingForm, hints: list[FindingForm]) -> bool:
    """Note the hints and close; one transaction, the door rolls back what came before a refusal."""
    case, by, at = request.access.case, request.actor, request.at
    for hint in hints:
        try:
            note_finding(hint.hint(), out_of=case, by=by, on=request.today, at=at)
        except Invalid as error:
            hint.take_error(error)
            return False
    try:
        close(case, form.ending(request, hints=len(hints)), by=by, at=at)
    except Invalid as error:
        form.take_error(error)
        return False
    return True


def _closed(request: DeskRequest) -> HttpResponse:
    return case_page(
        request,
        "desk/closing.html",
        {"closings": closings_of(request.access.case), "achieved": achieved(request.access.case)},
        head=head_of(request.access),
        title=_("Abschluss"),
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES, when=may_reopen)
def take_up(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Take it up again; nothing of its history goes."""
    case = request.access.case
    form = ReopeningForm(request.POST or None, initial=left_in(ReopeningForm, request))
    if request.method == "POST" and form.is_valid():
        reopen(case, because=form.cleaned_data["because"], by=request.actor, at=request.at)
        messages.success(request, _("Der Fall ist wieder offen."))
        return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
    context = {"form": form, "agreed": bool(agreed([case.person_id])), "closings": closings_of(case)}
    return case_page(
        request,
        "desk/reopening_form.html",
        context,
        head=head_of(request.access),
        title=_("Fall wieder aufnehmen"),
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("faelle/<uuid:case_id>/abschluss/", end, name="closing"),
    path("faelle/<uuid:case_id>/wiederaufnahme/", take_up, name="reopening"),
]
