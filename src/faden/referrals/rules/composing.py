"""What is told: chosen facts and words of the sender put together as the recipient will read them. Pure."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from faden.consents.rules.contents import Content, Fact, to_json
from faden.consents.vocabulary import DataClass
from faden.persons.vocabulary import FactKind

# Which class a consent has to name for a kind of fact.
CLASS_OF_FACT = {
    FactKind.ADDRESS: DataClass.CONTACT,
    FactKind.SPEAKING: DataClass.LANGUAGE,
    FactKind.GERMAN: DataClass.LANGUAGE,
    FactKind.OCCUPATION: DataClass.SCHOOL_WORK,
    FactKind.QUALIFICATION: DataClass.SCHOOL_WORK,
    FactKind.BENEFIT: DataClass.BENEFITS_HOUSING,
    FactKind.RESIDENCE: DataClass.RESIDENCE,
    FactKind.LIMIT: DataClass.SPECIAL,
}


@dataclass(frozen=True)
class Offer:
    """One thing that is known and could be told; `usual`: it is ticked where the ground names its class."""

    key: str
    data_class: DataClass
    label: str
    value: str
    usual: bool = False


@dataclass(frozen=True)
class Chosen:
    """What a person ticked and wrote. `own_words`: (class, label, words) for what no list of facts has."""

    title: str
    message: str = ""
    facts: tuple[str, ...] = ()
    own_words: tuple[tuple[DataClass, str, str], ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Sender:
    """Who tells it, and how she is reached."""

    name: str
    contact: str


def composed(chosen: Chosen, offers: Iterable[Offer], *, sender: Sender, codes: dict[str, str]) -> Content:
    """The copy; what was not offered cannot be told."""
    facts = [Fact(one.data_class, one.label, one.value) for one in offers if one.key in chosen.facts]
    facts += [Fact(data_class, label, words) for data_class, label, words in chosen.own_words if words]
    order = list(DataClass.values)
    facts.sort(key=lambda fact: order.index(fact.data_class))
    return Content(
        chosen.title, chosen.message, tuple(facts), parts=chosen.parts, sender=sender.name, sender_contact=sender.contact,
        extra=codes,
    )  # fmt: skip


def usual(offers: Iterable[Offer], data_classes: Collection[str]) -> list[str]:
    """What is ticked to begin with: only what the ground names."""
    return [one.key for one in offers if one.usual and one.data_class in data_classes]


def seal_of(content: Content, chosen: str) -> str:
    """What was shown before it is sent, and what was chosen with it: another wording, fact or recipient is another seal."""
    shown = replace(content, extra={})
    return hashlib.sha256(f"{chosen}\n{to_json(shown)}".encode()).hexdigest()


def by_class(offers: Iterable[Offer], *, named: Collection[str] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """As a form asks: by data class, each with what would be told; `named`: what may be told, said where it is not."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in offers:
        label = str(one.data_class.label)
        if named is not None and one.data_class not in named:
            label = _("%(data)s: nennt keine Einwilligung an diese Stelle") % {"data": label}
        found.setdefault(label, []).append((one.key, f"{one.label}: {one.value}"))
    return list(found.items())
