"""Eingang: the pages of what was delivered to a service, the same for the desk and for the partner side.

Each audience opens them by its own door, in its own frame (`Side`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.vocabulary.inquiry import AskedBy
from faden.chains.vocabulary import ReportKind
from faden.consents.queries import deliveries
from faden.consents.rules.contents import Step
from faden.consents.vocabulary import DeliveryKind, Erasure, Ground
from faden.doors.drafts import left_in
from faden.doors.received_forms import AssignForm, ErasureForm, InboxAnswerForm, ReportForm, TalkForm
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.look.typed import PlainForm
from faden.referrals import policies
from faden.referrals.actions import received as actions
from faden.referrals.queries import received as queries
from faden.referrals.queries.received import PARTS, Answers, Filter, Page
from faden.referrals.rules.received import kinds_read_by
from faden.referrals.vocabulary import ENDED_FOR_THEM, AnswerKind, Standing
from faden.residence.policies import may_answer_clients
from faden.residence.queries import office_answers
from faden.residence.vocabulary import SETTLING, OfficeAnswerKind

PART_WORDS = {
    "": gettext_lazy("Alles"),
    "vermittlungen": gettext_lazy("Vermittlungen"),
    "informationen": gettext_lazy("Informationen"),
    "freigaben": gettext_lazy("Laufende Freigaben"),
    "uebergaben": gettext_lazy("Übergaben"),
    "gespraeche": gettext_lazy("Gespräche"),
}
WHOSE = (("", gettext_lazy("alle")), ("ich", gettext_lazy("mir zugeteilt")), ("niemand", gettext_lazy("niemandem zugeteilt")))
STANDINGS = (("offen", gettext_lazy("offen")), ("erledigt", gettext_lazy("erledigt")), ("alle", gettext_lazy("offen und erledigt")))
BADGES = {Standing.ERASURE: "danger", Standing.NEW: "info", Standing.OPEN: "neutral", Standing.DONE: "success"}
# What a recipient has to know of the ground.
GROUND_WORDS = {
    Ground.CONSENT: gettext_lazy(
        "Die Person hat eingewilligt, dass Ihre Stelle diese Angaben zu diesem Zweck bekommt."
        " Widerruft sie, endet Ihre Einsicht sofort."
    ),
    Ground.LAW: gettext_lazy("Der Absender stützt sich auf eine Vorschrift. Eine zweite Person hat das dort geprüft."),
    Ground.CARRIED: gettext_lazy("Die Person hat die Angaben selbst mitgenommen."),
    Ground.NO_PERSON: gettext_lazy("Es geht um niemanden, der benannt ist."),
}


class Request(Protocol):
    """What both doors hand to a view."""

    actor: Actor
    at: datetime
    today: date
    shown: list[UUID]
    method: str | None
    GET: QueryDict
    POST: QueryDict


Draw = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Side:
    """One audience: how it draws a page, and what its addresses are called."""

    draw: Draw  # (request, template, context, title=, status=, above=)
    list_name: str
    one_name: str
    prefix: str
    own: Callable[[Page], dict[str, str]]  # where this audience goes on with it: addresses by what they are

    def to(self, delivery_id: UUID, what: str = "", *more: str) -> str:
        """Where a page of one delivery is."""
        name = f"{self.prefix}-{what}" if what else self.one_name
        return reverse(name, args=[delivery_id, *more])

    def addresses(self, delivery_id: UUID) -> dict[str, str]:
        """All of them, for the templates."""
        kinds = ("answer", "correction", "assignment", "filing", "erasure")
        return {"one": self.to(delivery_id), "list": reverse(self.list_name), **{kind: self.to(delivery_id, kind) for kind in kinds}}


# ---------- the list ----------


def index(request: Any, side: Side, more: dict[str, Any]) -> HttpResponse:
    """What asks for somebody first; below, what has ended, without anything of anybody."""
    chosen = _chosen(request.GET)
    inbox = queries.inbox(
        chosen, by=request.actor, on=request.today, page=_number(request.GET.get("seite", "")), answers=_answers_kept(request.actor)
    )
    readable = kinds_read_by(request.actor.role)
    request.shown = [row.delivery.id for row in inbox.rows if row.may_open]
    base = reverse(side.list_name)
    context = {
        "tabs": [
            (word, f"{base}?teil={part}" if part else base, part == chosen.part, sum(inbox.waiting.values()) if not part else inbox.waiting[part])
            for part, word in PART_WORDS.items()
            if not part or PARTS[part] & readable
        ],
        "rows": [(row, BADGES[row.standing], side.to(row.delivery.id) if row.may_open else "") for row in inbox.rows],
        "page": inbox,
        "chosen": chosen,
        "whose": WHOSE,
        "standings": STANDINGS,
        "narrowed": chosen != Filter(),
        "to_list": base,
        "ended": [(one, ENDED_FOR_THEM[one.because]) for one in deliveries.ended_here(kinds=readable)],
        **more,
    }
    return side.draw(request, "look/received/index.html", context, title="")


def _answers_kept(actor: Actor) -> Answers | None:
    """What offices answer to clients stands in rows of its own."""
    if not may_answer_clients(actor):
        return None
    return Answers(office_answers.kinds_given(), OfficeAnswerKind, SETTLING)


def _chosen(asked: Mapping[str, str]) -> Filter:
    part, whose, standing = (asked.get(name, "") for name in ("teil", "wer", "stand"))
    return Filter(
        part if part in PARTS else "", whose if whose in dict(WHOSE) else "", standing if standing in dict(STANDINGS) else "offen"
    )


def _number(typed: str) -> int:
    return min(int(typed), 9999) if typed.isascii() and typed.isdecimal() and typed.strip("0") else 1


# ---------- one ----------


def show(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """What was told, from whom, on which ground, until when; what was done with it here."""
    page = page_of(request, delivery_id)
    told = page.content.steps if page.content else ()
    steps = [(step, side.to(page.delivery.id, "step" if step.is_yours else "talk", step.code)) for step in told]
    context = {
        **frame(side, page),
        "own_steps": [one for one in steps if one[0].is_yours],
        "other_steps": [one for one in steps if not one[0].is_yours],
        "assign": AssignForm(readers=queries.readers(page.delivery.kind, on=request.today), initial={"member": str(page.assigned or "")}),
        "others": [(copy, side.to(copy.id)) for copy in page.others],
        "ended_why": ENDED_FOR_THEM.get(page.delivery.because, ""),
        "erasure_word": Erasure(page.delivery.erasure).label if page.delivery.erasure else "",
        "own": side.own(page),
        "me": "" if str(page.assigned) == request.actor.membership_id else request.actor.membership_id,
    }
    return side.draw(request, "look/received/one.html", context, title=_("Zustellung"))


def page_of(request: Any, delivery_id: UUID) -> Page:
    """One delivery, if this colleague may read it."""
    page = queries.received(queries.standing_copy(delivery_id, by=request.actor))
    policies.may_read_delivery(request.actor, assigned=page.assigned, who=page.who, on=request.today).require()
    request.shown = [page.delivery.id]
    return page


def frame(side: Side, page: Page) -> dict[str, Any]:
    """What every page about one delivery shows."""
    return {
        "page": page,
        "delivery": page.delivery,
        "content": page.content,
        "ground_words": GROUND_WORDS[page.delivery.ground],
        "to": side.addresses(page.delivery.id),
        "office": _of_office(page),
    }


def _of_office(page: Page) -> dict[str, Any] | None:
    """What a client asked the office, and what it answered so far."""
    if page.delivery.kind != DeliveryKind.RESIDENCE:
        return None
    return {"is_preliminary": office_answers.is_preliminary(page.content), "answers": office_answers.given(page.delivery.series_id)}


def assignment(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """Who takes care of it; who gives it away may not read it any more, and lands on the list."""
    found = deliveries.delivery(queries.standing_copy(delivery_id, by=request.actor))
    form = AssignForm(request.POST, readers=queries.readers(found.kind, on=request.today))
    if not form.is_valid():
        raise Invalid(_("Bitte wählen Sie jemanden aus Ihrem Dienst."))
    member = UUID(form.cleaned_data["member"]) if form.cleaned_data["member"] else None
    actions.assign(found.id, member, by=request.actor, at=request.at, today=request.today)
    messages.success(request, _("Die Zuteilung ist geändert."))
    return _see_other(reverse(side.list_name) if member else side.to(delivery_id))


def as_inquiry(request: Any, delivery_id: UUID) -> dict[str, str]:
    """How the form of an Anfrage begins that comes from it: who asks; of the content only what is in our file."""
    page = page_of(request, delivery_id)
    text = page.content.title if page.content and page.delivery.filed_at else ""
    return {"asked_by": AskedBy.COUNSELLING, "text": text}


# ---------- answers ----------


def answer(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """The next answer."""
    return _answered(request, side, delivery_id, correcting=False)


def correction(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """The last answer was a mistake: another one in its place."""
    return _answered(request, side, delivery_id, correcting=True)


def _answered(request: Any, side: Side, delivery_id: UUID, *, correcting: bool) -> HttpResponse:
    page = page_of(request, delivery_id)
    if page.delivery.is_over:
        raise NotFound(_("Diese Zustellung ist beendet. Der Absender nimmt keine Antwort mehr an; bitte rufen Sie dort an."))
    if not page.may_be_answered or (correcting and not page.newest):
        raise NotFound(_("Hier ist nichts zu antworten."))
    asked = request.GET.get("art", "")
    seen = page.newest.id if page.newest else None
    initial = {"seen": seen, "kind": asked if asked in AnswerKind.values else None, **left_in(InboxAnswerForm, request)}
    form = InboxAnswerForm(request.POST or None, kinds=page.correctable if correcting else page.sayable, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.as_said(request.today)
            actions.answer(
                page.delivery.id, said, seen=form.cleaned_data["seen"], correcting=correcting,
                by=request.actor, at=request.at, today=request.today,
            )  # fmt: skip
            messages.success(request, _("Ihre Antwort ist beim Absender."))
            return _see_other(side.to(page.delivery.id))
        except Invalid as error:
            form.take_error(error)
    title = _("Antwort berichtigen") if correcting else _("Antworten")
    context = {**frame(side, page), "form": form, "correcting": correcting, "send": _("Antwort senden")}
    return form_page(request, side, "look/received/answer.html", context, title)


# ---------- a shared chain ----------


def step(request: Any, side: Side, delivery_id: UUID, step: str) -> HttpResponse:
    """One step: where it stands, what was said; POST reports where it stands now."""
    page, found = _step(request, delivery_id, step)
    initial = {**ReportForm.begun(found, request.today), **left_in(ReportForm, request)}
    form = ReportForm(request.POST or None, initial=initial) if found.is_yours else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.report(delivery_id, form.reported(step), by=request.actor, at=request.at, today=request.today)
            messages.success(request, _("Gemeldet. Der Absender sieht es sofort, bei Ihnen steht es in der nächsten Fassung."))
            return _see_other(side.to(page.delivery.id))
        except Invalid as error:
            form.take_error(error)
    return _step_page(request, side, page, found, form, "look/received/step.html")


def talk(request: Any, side: Side, delivery_id: UUID, step: str) -> HttpResponse:
    """What was asked and answered about one step; POST says more."""
    page, found = _step(request, delivery_id, step)
    form = TalkForm(request.POST or None, initial=left_in(TalkForm, request))
    if request.method == "POST" and form.is_valid():
        kind, words = ReportKind(form.cleaned_data["kind"]), form.cleaned_data["talk"]
        actions.say(delivery_id, step, words, kind=kind, by=request.actor, at=request.at, today=request.today)
        messages.success(request, _("Ihre Nachricht ist beim Absender."))
        return _see_other(side.to(page.delivery.id))
    return _step_page(request, side, page, found, form, "look/received/talk.html")


def _step(request: Any, delivery_id: UUID, code: str) -> tuple[Page, Step]:
    page = page_of(request, delivery_id)
    found = next((one for one in page.content.steps if one.code == code), None) if page.content else None
    if found is None:
        raise NotFound(_("Diesen Schritt gibt es hier nicht mehr."))
    return page, found


def _step_page(request: Any, side: Side, page: Page, found: Step, form: PlainForm | None, template: str) -> HttpResponse:
    delivery_id = page.delivery.id
    context = {
        **frame(side, page), "step": found, "form": form, "to_talk": side.to(delivery_id, "talk", found.code)
    }
    status = 422 if form and form.errors else 200
    return side.draw(request, template, context, title=_("Schritt"), status=status, above=side.to(delivery_id))


# ---------- file and erasure ----------


def filing(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """Zur Akte nehmen: the page says what it means; POST does it."""
    page = page_of(request, delivery_id)
    if not page.may_be_filed:
        return _see_other(side.to(page.delivery.id))
    if request.method == "POST":
        actions.take_to_file(page.delivery.id, by=request.actor, at=request.at, today=request.today)
        messages.success(request, _("Die Zustellung ist zur Akte genommen."))
        return _see_other(side.to(page.delivery.id))
    return form_page(request, side, "look/received/filing.html", {**frame(side, page), "form": PlainForm()}, _("Zur Akte nehmen"))


def erasure(request: Any, side: Side, delivery_id: UUID) -> HttpResponse:
    """The ground has ended: what became of our copy."""
    page = page_of(request, delivery_id)
    if not page.delivery.waits_for_erasure:
        raise NotFound(_("Hier ist nichts zu entscheiden."))
    form = ErasureForm(request.POST or None, initial=left_in(ErasureForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_erasure(
                page.delivery.id, Erasure(form.cleaned_data["decision"]), words=form.cleaned_data["words"],
                by=request.actor, at=request.at, today=request.today,
            )  # fmt: skip
            messages.success(request, _("Ihre Entscheidung ist festgehalten. Der Absender erfährt sie."))
            return _see_other(side.to(page.delivery.id))
        except Invalid as error:
            form.take_error(error)
    context = {**frame(side, page), "form": form, "ended_why": ENDED_FOR_THEM[page.delivery.because], "send": _("Entscheidung festhalten")}
    return form_page(request, side, "look/received/erasure.html", context, _("Über die Löschung entscheiden"))


def form_page(request: Any, side: Side, template: str, context: dict[str, Any], title: str) -> HttpResponse:
    """A form about one delivery; with errors 422."""
    status = 422 if context["form"].errors else 200
    return side.draw(request, template, context, title=title, status=status, above=context["to"]["one"])


def _see_other(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)
