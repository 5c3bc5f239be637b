"""A permission decision that can be spoken."""

from dataclasses import dataclass

from faden.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed; a refusal carries the sentence the person is shown."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason unless allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


def yes(reason: str = "") -> Verdict:
    """Allowed; the reason says why ("Sie führen diesen Fall")."""
    return Verdict(True, str(reason))


def no(reason: str) -> Verdict:
    """Refused, with the sentence that says why."""
    return Verdict(False, str(reason))
