"""Tasks of a case."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import tasks as actions
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of
from faden.desk import choices
from faden.desk.about import AboutForm, back_to, initial_about, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import Day, Text, initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class TaskForm(AboutForm):
    """What, until when, who."""

    title = Text(label=gettext_lazy("Was ist zu tun?"), max_length=200)
    due_on = Day(label=gettext_lazy("Fällig am"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Wer?"))

    def __init__(
        self, *args: object, request: DeskRequest, members: list[Member], **options: object
    ) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["assignee"].choices = choices.workers(request.today)  # type: ignore[attr-defined]
        self.fields["assignee"].initial = request.actor.membership_id

    def wanted(self) -> actions.Wanted:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return actions.Wanted(values["title"], values["due_on"], UUID(values["assignee"]), self.about())


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Make a task."""
    head, kept = head_of(request.access), kept_draft(request)
    form = TaskForm(
        request.POST or None,
        request=request,
        members=members_for(request),
        initial={**preset_about(request), **initial_of(TaskForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.make(form.wanted(), case=request.access.case, by=request.actor, at=request.at)
            messages.success(request, _("Die Aufgabe ist angelegt."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "kept": kept}, 422 if form.errors else 200
    return case_page(
        request, "desk/drafted_form.html", context, head=head, title=_("Neue Aufgabe"), status=status
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Change a task; the second of two is shown what the first changed."""
    head, task = head_of(request.access), actions.task_of(request.access.case, task_id)
    values = {"title": task.title, "due_on": task.due_on, "assignee": str(task.assignee_id)}
    kept = kept_draft(request)
    form = TaskForm(
        request.POST or None,
        request=request,
        members=members_of(request.access.case),
        initial={**values, **initial_about(task), **initial_of(TaskForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.change(task, form.wanted(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Die Aufgabe ist geändert."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "version": version_shown(task.version, kept, request), "kept": kept}, 422 if form.errors else 200
    return case_page(request, "desk/drafted_form.html", context, head=head, title=_("Aufgabe"), status=status)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def finish(request: DeskRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Done."""
    actions.finish(actions.task_of(request.access.case, task_id), by=request.actor, at=request.at)
    messages.success(request, _("Erledigt."))
    return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Not done after all."""
    actions.reopen(actions.task_of(request.access.case, task_id), by=request.actor, at=request.at)
    messages.success(request, _("Die Aufgabe ist wieder offen."))
    return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)


urlpatterns = [
    path("faelle/<uuid:case_id>/aufgaben/neu/", new, name="task-new"),
    path("faelle/<uuid:case_id>/aufgaben/<uuid:task_id>/", change, name="task"),
    path("faelle/<uuid:case_id>/aufgaben/<uuid:task_id>/erledigt/", finish, name="task-done"),
    path("faelle/<uuid:case_id>/aufgaben/<uuid:task_id>/offen/", reopen, name="task-reopen"),
]
