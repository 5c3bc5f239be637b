"""Declarations a person signs for the service: what counts on a day, and what stands against a signature. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from faden.consents.vocabulary import DeclarationEnd, DeclarationState, FormKind, GivenHow
from faden.persons.rules.age import comes_of_age_on, is_of_age

# Who is 15 may act for herself in procedures of social law (§ 36 SGB I, § 11 SGB X).
ACTS_HERSELF_FROM = 15


def state_of(
    *, signed_on: date | None, valid_until: date | None, ended_on: date | None, because: str, on: date
) -> DeclarationState:
    """What a declaration is on a day; on the day of its end it counts no more."""
    if ended_on and ended_on <= on:
        return DeclarationState.NOT_SIGNED if because == DeclarationEnd.NOT_SIGNED else DeclarationState.ENDED
    if signed_on is None:
        return DeclarationState.WAITING
    if valid_until and valid_until < on:
        return DeclarationState.EXPIRED
    return DeclarationState.STANDING


def last_day(valid_until: date | None, *, own: bool, born: date | None) -> date | None:
    """Until when it counts: what parents alone signed ends on the eve of her coming of age, whatever it says."""
    if own or born is None:
        return valid_until
    eve = comes_of_age_on(born) - timedelta(days=1)
    return min(valid_until or eve, eve)


@dataclass(frozen=True)
class Signing:
    """What somebody notes when a declaration comes back."""

    signed_on: date
    read_aloud: bool = False
    interpreter_name: str = ""
    interpreter_language: str = ""
    interpreter_obliged_on: date | None = None
    interpreter_is_adult: bool = False
    given_how: GivenHow = GivenHow.PAPER


@dataclass(frozen=True)
class Born:
    """First and last possible day of birth; both None where nothing is known."""

    earliest: date | None = None
    latest: date | None = None

    def is_minor(self, on: date) -> bool:
        """Surely not 18 yet: from her earliest possible birthday on she decides herself."""
        return self.earliest is not None and not is_of_age(self.earliest, on=on)

    def may_be_minor(self, on: date) -> bool:
        """Perhaps not 18 yet, or nobody knows."""
        return self.latest is None or not is_of_age(self.latest, on=on)

    def is_under(self, years: int, on: date) -> bool:
        """Surely younger than that."""
        return self.earliest is not None and (on.year - self.earliest.year) - (
            (on.month, on.day) < (self.earliest.month, self.earliest.day)
        ) < years


@dataclass(frozen=True)
class Reviewed:
    """What counts of a text and of the German one it translates."""

    language: str
    reviewed_on: date | None
    withdrawn_on: date | None = None
    german_reviewed_on: date | None = None  # of the German text: its own


@dataclass(frozen=True)
class Paper:
    """A declaration before it is signed."""

    kind: FormKind
    text: Reviewed
    shown_language: str
    prepared_on: date
    valid_until: date | None
    is_signed: bool
    is_ended: bool
    printed_as_draft: bool
    born: Born
    own: bool
    represented_by: tuple[UUID, ...]

    @property
    def needs_interpreter(self) -> bool:
        """As `needs_interpreter` says."""
        return needs_interpreter(self.text.language, self.shown_language)


def needs_interpreter(signed_language: str, shown_language: str) -> bool:
    """German is signed by somebody who was given another language to read."""
    return signed_language == "de" and shown_language not in ("", "de")


def against_signing(paper: Paper, signing: Signing, *, children: Iterable[str], today: date) -> str:
    """Why this cannot be noted as signed, as a code; "" when it can."""
    return (
        _standing(paper) or _text(paper, signing.signed_on) or _day(paper, signing.signed_on, today)
        or against_signers(paper.kind, paper.born, own=paper.own, represented_by=paper.represented_by, on=signing.signed_on)
        or _interpreted(paper, signing, children)
    )  # fmt: skip


def _standing(paper: Paper) -> str:
    if paper.is_ended:
        return "ended"
    return "signed_already" if paper.is_signed else ""


def _text(paper: Paper, signed_on: date) -> str:
    text = paper.text
    if text.german_reviewed_on is None:
        return "german_is_draft"
    if text.reviewed_on is None:
        return "translation_is_draft"
    if paper.printed_as_draft:
        return "printed_as_draft"
    if signed_on < max(text.reviewed_on, text.german_reviewed_on):
        return "signed_before_review"
    return "text_withdrawn" if text.withdrawn_on and text.withdrawn_on < signed_on else ""


def _day(paper: Paper, signed_on: date, today: date) -> str:
    if signed_on > today:
        return "in_the_future"
    if signed_on < paper.prepared_on:
        return "before_prepared"
    return "over_already" if paper.valid_until and paper.valid_until < signed_on else ""


def against_signers(
    kind: FormKind, born: Born, *, own: bool, represented_by: tuple[UUID, ...], on: date
) -> str:
    """Why these are not the ones who can sign, as a code; "" when they are."""
    if not own and not represented_by:
        return "nobody_signs"
    if born.is_minor(on):
        alone = kind == FormKind.POWER and born.is_under(ACTS_HERSELF_FROM, on) and not represented_by
        return "too_young_alone" if alone else ""
    return "" if own or born.may_be_minor(on) else "of_age_signs_herself"


def _interpreted(paper: Paper, signing: Signing, children: Iterable[str]) -> str:
    if not signing.interpreter_name:
        return "interpreter_missing" if paper.needs_interpreter else ""
    return against_interpreter(signing, children)


def against_interpreter(signing: Signing, children: Iterable[str]) -> str:
    """Why this person must not interpret, as a code; children do not."""
    if is_named_like_one_of(signing.interpreter_name, children):
        return "child_interprets"
    if not signing.interpreter_is_adult:
        return "adult_not_confirmed"
    return "" if signing.interpreter_obliged_on else "not_obliged"


def is_named_like_one_of(name: str, children: Iterable[str]) -> bool:
    """All words of one name stand in the other, in any order and spelling of accents."""
    asked = _words(name)
    return bool(asked) and any(known and (asked <= known or known <= asked) for known in map(_words, children))


def _words(name: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W\d_]+", plain))
