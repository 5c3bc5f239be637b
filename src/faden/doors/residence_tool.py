"""The check as a tool that stores nothing: for the desk and for building block III at an office. All of it is in the form that is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.doors.drafts import AT_ONCE
from faden.doors.residence_forms import PathsForm, QuestionsForm, language
from faden.doors.residence_lines import lines
from faden.residence.queries.prechecks import Checked, checked
from faden.residence.rules.answers import Answers, Filed
from faden.residence.rules.lines import lines_of

Draw = Callable[..., HttpResponse]
PREFIX = AT_ONCE.removesuffix("-")
NOTHING = Filed()


@dataclass(frozen=True)
class Side:
    """How an audience draws the page in its frame, and where its form and its readings lead."""

    draw: Draw
    answer: str  # URL names
    reading: str


def show(request: Any, side: Side) -> HttpResponse:
    """Paths first; then the questions they need, each round those that are still open, and the result below."""
    chosen = PathsForm(request.POST or None, prefix=PREFIX, initial={"paths": []})
    if request.method != "POST" or not chosen.is_valid():
        return side.draw(request, "look/residence/tool.html", {"paths": chosen, "title": _title(), "action": reverse(side.answer)}, status=422 if chosen.errors else 200)
    paths = chosen.cleaned_data["paths"]
    answers, settled, day, form = _answered(request, paths)
    found = checked(paths, NOTHING, answers, on=day, settled=settled, language=language())
    data = found.as_data(language())
    following = _following(request, found, answers, settled, form)
    context = {
        "paths": chosen, "form": following, "found": found, "title": _title(), "action": reverse(side.answer), "reading_url": side.reading, "notice": data["notice"], "on": day,
        "contradictions": data["contradictions"], "lines": lines(data, found), "facts": [(line, "") for line in lines_of(found.told.facts, language())],
        "is_at_once": True, "began": "gefragt" in request.POST,
    }  # fmt: skip
    return side.draw(request, "look/residence/tool.html", context, status=422 if form and form.errors else 200)


def _title() -> str:
    return _("Vorprüfung ohne Speichern")


def _answered(request: Any, paths: list[str]) -> tuple[Answers, tuple[str, ...], Any, QuestionsForm | None]:
    """What was answered so far: the questions are asked in rounds, as an answer can open the next one."""
    settled: tuple[str, ...] = ()
    answers, day, form = Answers(), request.today, None
    for _round in range(_ROUNDS):
        found = checked(paths, NOTHING, answers, on=day, settled=settled, language=language())
        form = _form(request.POST, found, answers, settled)
        if not form.is_valid():
            return answers, settled, day, form
        said = form.answers()
        if (said, form.settled(), form.day(request.today)) == (answers, settled, day):
            break
        answers, settled, day = said, form.settled(), form.day(request.today)
    return answers, settled, day, form


_ROUNDS = 6


def _form(data: Any, found: Checked, answers: Answers, settled: tuple[str, ...]) -> QuestionsForm:
    return QuestionsForm(data, asked=found.asked, answers=answers, filed=NOTHING, at_once=True, settled=settled, prefix=PREFIX)


def _following(
    request: Any, found: Checked, answers: Answers, settled: tuple[str, ...], form: QuestionsForm | None
) -> QuestionsForm:
    """With what is asked next: filled with what was said, so that the next round sends it all again."""
    if form is not None and form.errors:
        return form
    following = _form(None, found, answers, settled)
    sent = {name.removeprefix(AT_ONCE): values for name, values in request.POST.lists() if name.startswith(AT_ONCE)}
    for name in following.fields:
        if name in sent:
            several = name in {one.key for one in found.asked if one.fact and one.fact.type == "codes"}
            following.initial[name] = sent[name] if several else sent[name][-1]
    return following
