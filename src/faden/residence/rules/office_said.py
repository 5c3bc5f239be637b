"""What an office answers to a request of a client, on its way between the two sides. Pure.

None of it is a decision: papers that are missing, a day, that it is looked at, that somebody else is competent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faden.law import words
from faden.residence.vocabulary import OfficeAnswerKind

REPLY = "office_answer"
LONGEST_LINE, LONGEST_WORDS = 200, 2000
GROUPS = {
    "who": ("passport", "identity_papers", "birth_certificate", "efforts"),
    "stay": ("papers", "arrival", "stamps", "asylum_decision", "application"),
    "family": ("registration", "marriage", "custody", "housing"),
    "german": ("language", "civics", "declaration", "course"),
    "school": ("school_report", "certificate", "contract", "recognition"),
    "work": ("work", "income", "benefits", "pension"),
    "exceptions": ("doctor", "engagement"),
}
# What is only looked at in the conversation, and what the office itself says: nobody is sent to fetch it.
NOT_ASKED_FOR = frozenset({"judgment", "office"})


@dataclass(frozen=True)
class OfficeSaid:
    """One answer; `documents` are proofs as `faden.law` names them."""

    kind: OfficeAnswerKind
    documents: tuple[str, ...] = ()
    appointment_on: date | None = None
    appointment_words: str = ""
    competent: str = ""
    words: str = ""

    @property
    def bare(self) -> "OfficeSaid":
        """Only what belongs to its kind."""
        kind = self.kind
        return OfficeSaid(
            kind,
            self.documents if kind == OfficeAnswerKind.DOCUMENTS else (),
            self.appointment_on if kind == OfficeAnswerKind.APPOINTMENT else None,
            self.appointment_words if kind == OfficeAnswerKind.APPOINTMENT else "",
            self.competent if kind == OfficeAnswerKind.NOT_COMPETENT else "",
            self.words,
        )


def as_reply(said: OfficeSaid) -> dict[str, str]:
    """As it crosses."""
    return {
        "what": REPLY, "kind": str(said.kind), "documents": ",".join(said.documents),
        "appointment_on": said.appointment_on.isoformat() if said.appointment_on else "",
        "appointment_words": said.appointment_words, "competent": said.competent, "words": said.words,
    }  # fmt: skip


def from_reply(told: Mapping[str, str]) -> OfficeSaid | None:
    """What arrived, cut to what there can be; None if it is no answer of an office."""
    if told.get("what") != REPLY or told.get("kind") not in OfficeAnswerKind.values:
        return None
    documents = tuple(key for key in dict.fromkeys(told.get("documents", "").split(",")) if key in words.told("proofs"))
    line = slice(LONGEST_LINE)
    return OfficeSaid(
        OfficeAnswerKind(told["kind"]), documents, _day(told.get("appointment_on", "")), told.get("appointment_words", "")[line],
        told.get("competent", "")[line], told.get("words", "")[:LONGEST_WORDS],
    ).bare  # fmt: skip


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def lacking(said: OfficeSaid, *, today: date) -> str:
    """The field without which the answer says nothing; "" if nothing lacks."""
    if said.kind == OfficeAnswerKind.DOCUMENTS and not (said.documents or said.words):
        return "documents"
    if said.kind == OfficeAnswerKind.APPOINTMENT and (said.appointment_on is None or said.appointment_on < today):
        return "appointment_on"
    if said.kind == OfficeAnswerKind.APPOINTMENT and not said.appointment_words:
        return "appointment_words"
    return "competent" if said.kind == OfficeAnswerKind.NOT_COMPETENT and not (said.competent or said.words) else ""


def proof_names(keys: tuple[str, ...] | list[str], language: str = "de") -> tuple[str, ...]:
    """In words; what the rules have meanwhile forgotten stays away."""
    return tuple(words.of("proofs", key, language) for key in keys if key in words.told("proofs"))


def proofs_by_group(language: str = "de") -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked for, by what it proves."""
    return [(group, [(key, words.of("proofs", key, language)) for key in keys]) for group, keys in GROUPS.items()]
