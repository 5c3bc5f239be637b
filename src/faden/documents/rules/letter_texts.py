"""The texts that the software brings for common letters, read from their file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from faden.documents.rules.letter_fields import FIELDS, marks_in

PERSON, SERVICE = "person", "service"
_KEYS = {"title", "for", "hint", "voice", "scope", "no_mail", "subject", "body"}


@dataclass(frozen=True)
class LetterText:
    """One of them. `voice`: who speaks; `scope`: what a Vollmacht has to cover; `no_mail`: never by e-mail."""

    code: str
    title: str
    fits: str
    hint: str
    voice: str
    subject: str
    body: str
    scope: str = ""
    no_mail: bool = False

    @property
    def is_hers(self) -> bool:
        """The person writes it herself, with her name where the service's would stand."""
        return self.voice == PERSON


def read(source: str) -> dict[str, LetterText]:
    """All texts by code; raises ValueError where the file says something that is not known."""
    return {code: _read(code, said) for code, said in yaml.safe_load(source).items()}


def _read(code: str, said: Mapping[str, Any]) -> LetterText:
    if unknown := set(said) - _KEYS:
        raise ValueError(f"{code}: unknown {', '.join(sorted(unknown))}")
    if said["voice"] not in (PERSON, SERVICE):
        raise ValueError(f"{code}: voice is {said['voice']}")
    if unknown := marks_in(said["subject"] + said["body"]) - FIELDS:
        raise ValueError(f"{code}: unknown fields {', '.join(sorted(unknown))}")
    return LetterText(
        code, said["title"], said["for"], said["hint"], said["voice"], said["subject"], said["body"].strip(),
        said.get("scope", ""), said.get("no_mail", False),
    )  # fmt: skip
