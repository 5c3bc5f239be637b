"""What an amended Vermittlung says otherwise than the one before. Pure."""

from dataclasses import dataclass

from faden.consents.rules.contents import Content


@dataclass(frozen=True)
class Differences:
    """Between two copies of one Vermittlung; labels of facts, and whether the sender's words are others."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[tuple[str, str, str], ...] = ()  # label, before, now
    other_words: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed or self.other_words)


def differences(before: Content, now: Content) -> Differences:
    """Facts by their labels; several of one label are one."""
    old, new = _told(before), _told(now)
    return Differences(
        tuple(label for label in new if label not in old),
        tuple(label for label in old if label not in new),
        tuple((label, old[label], new[label]) for label in new if label in old and old[label] != new[label]),
        (before.title, before.message) != (now.title, now.message),
    )


def _told(content: Content) -> dict[str, str]:
    told: dict[str, list[str]] = {}
    for fact in content.facts:
        told.setdefault(fact.label, []).append(fact.value)
    return {label: "; ".join(values) for label, values in told.items()}
