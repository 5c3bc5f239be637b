"""One audience that keeps a directory: how it draws a page, lets its people in, and shows a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from faden.doors.drafts import is_going_on
from faden.kernel.drafts import Kept
from faden.look.typed import PlainForm

Draw = Callable[..., HttpResponse]
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Side:
    """One audience: how it draws a page, and what its addresses are called."""

    draw: Draw  # (request, template, context, title=, status=, above=)
    prefix: str  # of the names: "directory" or "own-offers"
    is_provider: bool = False  # whoever is here offers something itself

    def to(self, what: str = "", *ids: UUID) -> str:
        """Where one of its pages is; nothing said: the list."""
        return reverse(f"{self.prefix}-{what}" if what else self.prefix, args=ids)

    def of(self, offer_id: UUID) -> dict[str, str]:
        """All addresses of one offer, for the templates."""
        verbs = ("change", "confirm", "phone", "places", "ask", "hint", "end", "back")
        return {"one": self.to("offer", offer_id), "list": self.to(), **{verb: self.to(verb, offer_id) for verb in verbs}}


@dataclass(frozen=True)
class Doors:
    """How an audience lets its people in: to look, to fill in a form, to press a button."""

    reads: Callable[[View], View]
    edits: Callable[[View], View]
    writes: Callable[[View], View]


def answered(
    request: Any, side: Side, template: str, context: dict[str, Any], title: str, *, above: tuple[str, str] | None = None
) -> HttpResponse:
    """The page of a form; with errors 422."""
    form: PlainForm = context["form"]
    return side.draw(request, template, {**context, "title": title}, title=title, status=422 if form.errors else 200, above=above)


def version_of(present: int, kept: Kept | None, request: Any) -> int:
    """The version the form was begun on: a draft goes on from its own, so that a change since is a 409."""
    if request.method == "POST":
        return whole(request.POST.get("version", ""))
    if kept is None or not is_going_on(request):
        return present
    return whole((kept.values.get("version") or [""])[-1])


def whole(typed: str) -> int:
    """A version as it came back; 0 is none."""
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0


def page_number(typed: str) -> int:
    """What cannot be meant is the first page."""
    return max(int(typed), 1) if len(typed) < 6 and typed.isascii() and typed.isdecimal() else 1
