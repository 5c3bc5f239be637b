"""What a public body does not need to know, so that its forms do not ask for it (§ 87 AufenthG, Art. 5 DSGVO)."""

from collections.abc import Iterable

from faden.persons.vocabulary import FactKind, ResidencePaper

# A case is worked on without them; written down by an authority they could become a report.
ABSENT: dict[FactKind, frozenset[str]] = {
    FactKind.RESIDENCE: frozenset({"derived_from", "residence_rule"}),
    FactKind.LIMIT: frozenset({"words"}),
}
# "No paper" is what § 87 Abs. 2 Nr. 1 is about: there "not known or not asked" says enough.
ABSENT_PAPERS = frozenset({ResidencePaper.NONE})
# What is read before it is written down: residence, and benefits (§ 87 Abs. 2 Nr. 2a).
STATUS = frozenset({FactKind.RESIDENCE, FactKind.BENEFIT})


def absent(kind: FactKind, *, is_public: bool) -> frozenset[str]:
    """The columns of this kind that this service's forms do not have."""
    return ABSENT.get(kind, frozenset()) if is_public else frozenset()


def papers(codes: Iterable[str], *, is_public: bool) -> list[str]:
    """The papers that this service's forms offer."""
    return [code for code in codes if not (is_public and code in ABSENT_PAPERS)]
