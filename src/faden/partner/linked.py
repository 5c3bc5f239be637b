"""A Weitergabe opened by its link: who gets it has no account, and a code by telephone."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.consents.actions import links, replies
from faden.consents.queries import links as queries
from faden.consents.vocabulary import DeliveryKind
from faden.doors import linked
from faden.doors.answering import AnswerForm
from faden.doors.linked import LinkedRequest
from faden.look.typed import PlainForm


class CodeForm(PlainForm):
    """Eight digits, typed as they are said: with spaces or without."""

    code = forms.CharField(
        label=gettext_lazy("Achtstelliger Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "f-short"}),
        help_text=gettext_lazy("Die Beratungsstelle hat ihn am Telefon genannt oder nennt ihn, wenn Sie dort anrufen."),
    )

    def clean_code(self) -> str:
        """What cannot be a code is a slip of the finger, no try."""
        code = "".join(one for one in str(self.cleaned_data["code"]) if one.isdigit())
        if len(code) != links.CODE_DIGITS:
            raise forms.ValidationError(_("Der Code hat acht Ziffern."))
        return code


def gone(request: HttpRequest) -> HttpResponse:
    """Never there, used up, run out, withdrawn, replaced, closed: one page that tells neither which nor whom."""
    return render(request, "partner/link_gone.html", status=404)


@linked.edits(gone=gone)
def show(request: LinkedRequest) -> HttpResponse:
    """Before the code nothing of anybody; behind it what was told, and the answer."""
    what = request.POST.get("what", "") if request.method == "POST" else ""
    if what == "end":
        return _end(request)
    if what == "code":
        return _code(request)
    if not request.may_look:
        return _ask(request, CodeForm(), status=422 if what else 200)
    # Minutes of a Fallkonferenz ask for no answer, and nobody would take one up.
    answers = what == "answer" and request.link.kind == DeliveryKind.REFERRAL
    return _answer(request) if answers else _told(request, AnswerForm())


def _code(request: LinkedRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    said = links.try_code(request.link.id, form.cleaned_data["code"], sender=request.link.organisation_id)
    if said == "wrong":
        form.add_error("code", _wrong(request.link.id))
        return _ask(request, form, status=422)
    if said != "open":
        return gone(request)
    # What was typed while the half hour ran out is not lost.
    left = AnswerForm(initial=_typed(request))
    response = _told(request, left) if _typed(request) else HttpResponseRedirect(request.path)
    linked.let_in(request, response)
    return response


def _wrong(link_id: UUID) -> str:
    found = queries.opened(link_id)
    left = found.tries_left if found else 0
    words = ngettext(
        "Der Code stimmt nicht. Sie haben noch einen Versuch.", "Der Code stimmt nicht. Sie haben noch %(left)d Versuche.", left
    )
    return words % {"left": left}


def _answer(request: LinkedRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _told(request, form, status=422)
    replies.reply_by_link(form.said(), link_id=request.link.id, key=request.POST.get("form_key", ""))
    messages.success(request, _("Danke. Ihre Antwort ist bei der Beratungsstelle."))
    return HttpResponseRedirect(request.path)


def _end(request: LinkedRequest) -> HttpResponse:
    response = HttpResponseRedirect(request.path)
    linked.let_out(request, response)
    return response


def _ask(request: LinkedRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "link": request.link, "typed": _typed(request)}
    return render(request, "partner/link_code.html", context, status=status)


def _told(request: LinkedRequest, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    purpose, content = queries.told_by(request.link.id)
    answers = form if request.link.kind == DeliveryKind.REFERRAL else None
    context = {"link": request.link, "purpose": purpose, "content": content, "form": answers, "form_key": uuid4()}
    return render(request, "partner/link.html", context, status=status)


def _typed(request: LinkedRequest) -> dict[str, str]:
    """The answer that was sent without a code, or came along with it."""
    return {name: request.POST[name] for name in AnswerForm.base_fields if request.POST.get(name)}


urlpatterns = [path("<str:token>/", show, name="link")]
