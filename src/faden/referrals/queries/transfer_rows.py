"""Who goes over on which ground, and each open part with where it goes: the pieces of a Fallübergabe's pages."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from faden.consents.queries.declarations import StandingConsent
from faden.consents.vocabulary import DataClass, SpecialCategory
from faden.referrals.rules.transfers import Hers, OpenPart, Placed
from faden.referrals.vocabulary import GoesTo

# What is missing about a part, by the code of the rule.
GAPS = {
    "nowhere": gettext_lazy("Noch nicht gesagt, wohin."),
    "not_there": gettext_lazy("Dorthin kann es so nicht gehen."),
    "no_reason": gettext_lazy("Es fehlt, warum es endet."),
    "no_class": gettext_lazy("Es fehlt, zu welchen Angaben der Einwilligung es gehört."),
    "class_not_named": gettext_lazy("Die Einwilligung nennt diese Angaben nicht."),
    "names_others": gettext_lazy("Es nennt jemand anderen aus dem Fall. Bitte schreiben Sie, wie es dort heißen soll."),
}


@dataclass(frozen=True)
class Goer:
    """One person who is to go over. Without a ground, or with one that does not name who she is, she cannot."""

    person_id: UUID
    name: str
    grounds: tuple[StandingConsent, ...]  # those that stand today and name this service
    ground: StandingConsent | None
    hers: Hers

    @property
    def classes(self) -> frozenset[str]:
        """What may be told of her; health only where health is named."""
        if self.ground is None:
            return frozenset()
        named = set(self.ground.data_classes)
        if SpecialCategory.HEALTH not in self.ground.special_categories:
            named.discard(DataClass.SPECIAL)
        return frozenset(named)

    @property
    def may_go(self) -> bool:
        """She has agreed, at least to being named."""
        return self.ground is not None and DataClass.CONTACT in self.ground.data_classes


@dataclass(frozen=True)
class PartRow:
    """An open part with where it goes; what is confidential is not named."""

    part: OpenPart
    placed: Placed
    allowed: tuple[str, ...]
    gap: str
    who: str
    title: str
    kind: str

    @property
    def key(self) -> str:
        """As the form names it."""
        return f"{self.part.kind}-{self.part.reference}"

    @property
    def missing(self) -> str:
        """In words; empty where nothing is."""
        return str(GAPS[self.gap]) if self.gap else ""

    @property
    def told_as(self) -> str:
        """Under which data class it would be told, where that is decided; of something confidential not even that."""
        said = "" if self.part.confidential else self.part.data_class
        return str(DataClass(said).label) if said else ""

    @property
    def goes_to(self) -> str:
        """In words."""
        return str(GoesTo(self.placed.goes_to).label) if self.placed.goes_to else ""

    @property
    def asks_class(self) -> bool:
        """The program does not say under which data class it would be told."""
        return not self.part.data_class and GoesTo.THEM in self.allowed
