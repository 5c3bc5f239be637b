"""The desk's forms: the base of all forms, and the drafts and versions they go on from."""

from datetime import date, datetime, time

from faden.desk.door import DeskRequest
from faden.doors.drafts import initial_of, is_going_on, kept_draft, left_in, left_made
from faden.kernel.clock import BERLIN
from faden.kernel.drafts import Kept
from faden.look.typed import LONGEST_TEXT, BareForm, Day, Text, long_text
from faden.look.typed import PlainForm as DeskForm

__all__ = ["LONGEST_TEXT", "BareForm", "Day", "DeskForm", "Text", "initial_of", "kept_draft", "left_in", "left_made", "long_text"]


def moment(day: date, at: time) -> datetime:
    """Day and time of day as people mean them: German time."""
    return datetime.combine(day, at, tzinfo=BERLIN)


def version_shown(present: int, kept: Kept | None, request: DeskRequest) -> int:
    """The version the form was begun on: a draft goes on from its own, so that a change since is a 409."""
    if kept is None or not is_going_on(request):
        return present
    return number_from((kept.values.get("version") or [""])[-1])


def version_left(present: int, request: DeskRequest) -> int:
    """The same for who reads the draft with `left_in`."""
    return version_shown(present, kept_draft(request) if is_going_on(request) else None, request)


def version_sent(request: DeskRequest) -> int:
    """The version the form was sent with."""
    return number_from(request.POST.get("version", ""))


def number_from(typed: str) -> int:
    """A version number from a hidden field; anything else is 0, which never matches."""
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0
