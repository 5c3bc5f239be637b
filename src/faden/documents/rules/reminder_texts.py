"""What a reminder says: day, time, our own office, who we are. Never why, with whom or where else."""

from dataclasses import dataclass
from datetime import datetime

from faden.documents.rules.words import Words
from faden.kernel.clock import BERLIN

_USED = ("subject", "greeting", "text", "day", "time", "place", "cannot", "stop", "no_reply", "closing")
CODES = tuple(f"reminder.{name}" for name in _USED)


@dataclass(frozen=True)
class Reminding:
    """When, where if it is our own office, and who writes."""

    starts_at: datetime
    office: str
    sender: str
    contact: str


def mail_of(words: Words, german: Words, said: Reminding) -> tuple[str, str]:
    """Subject and text, in her language and below it in German."""
    languages = list({one.language.code: one for one in (words, german)}.values())
    subject = " / ".join(one("reminder.subject") for one in languages)
    return subject, "\n\n--\n\n".join(_letter(one, said) for one in languages)


def _letter(words: Words, said: Reminding) -> str:
    return "\n\n".join(
        [
            words("reminder.greeting"),
            "\n".join([words("reminder.text"), *(f"{label}: {value}" for label, value in _facts(words, said))]),
            _sentence(words("reminder.cannot"), said.contact),
            f"{words('reminder.stop')} {words('reminder.no_reply')}",
            f"{words('reminder.closing')}\n{said.sender}",
            *filter(None, [_drafted(words)]),
        ]
    )


def slip_of(words: Words, german: Words, said: Reminding, *, mark: str) -> dict[str, object]:
    """The data of a slip; `mark` tells the worker whose it is and nobody else anything."""
    languages = {one.language.code: one for one in (words, german)}.values()
    return {
        "mark": mark,
        "parts": [
            {
                "language": one.language.code,
                "rtl": one.language.rtl,
                "title": one("reminder.subject"),
                "facts": [list(pair) for pair in _facts(one, said)],
                "cannot": _sentence(one("reminder.cannot"), said.contact),
                "drafted": _drafted(one),
            }
            for one in languages
        ],
    }


def _drafted(words: Words) -> str:
    return "" if words.all_reviewed(CODES) else words("note.machine")


def _facts(words: Words, said: Reminding) -> list[tuple[str, str]]:
    day = words.day(said.starts_at.astimezone(BERLIN).date())
    found = [(words("reminder.day"), day), (words("reminder.time"), words.time(said.starts_at))]
    return [*found, *([(words("reminder.place"), said.office)] if said.office else [])]


def _sentence(words: str, contact: str) -> str:
    return f"{words} {contact}".strip()
