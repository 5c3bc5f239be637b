"""What becomes of what was told when its ground ends: foreseen before, true after. Pure."""

from faden.consents.vocabulary import Channel, Fate, Foreseen, Outcome

_ON_PAPER = frozenset({Channel.LETTER, Channel.FAX, Channel.CARRIED})


def foreseen(channel: Channel, *, opened: bool, is_over: bool) -> Foreseen:
    """What can be said beforehand; whether a recipient has taken its copy to its file nobody here can see."""
    if channel == Channel.LINK:
        return Foreseen.LINK_READ if opened else Foreseen.LINK_UNREAD
    if channel == Channel.INBOX:
        return Foreseen.OVER if is_over else Foreseen.INBOX
    return Foreseen.PAPER if channel in _ON_PAPER else Foreseen.SPOKEN


def fate(channel: Channel, outcome: Outcome, *, opened: bool) -> Fate:
    """What is true afterwards."""
    if channel == Channel.LINK:
        return Fate.LINK_READ if opened else Fate.LINK_UNREAD
    if channel == Channel.INBOX:
        return {Outcome.ENDED: Fate.VIEW_ENDED, Outcome.FILED: Fate.FILED}.get(outcome, Fate.OVER)
    return Fate.PAPER if channel in _ON_PAPER else Fate.SPOKEN
