"""What may go wrong in a verb; the door turns each into an answer."""


class FadenError(Exception):
    """Base of all errors a person may be shown; the text is a German sentence."""


class NotFound(FadenError):
    """Not there, or not of this service: the same answer, so that nothing is told (404)."""


class NotAllowed(FadenError):
    """There and of this service, but not for this person now (403); the text says why."""


class Conflict(FadenError):
    """Somebody else changed it meanwhile (409); `changes` tells what: (label, theirs, yours)."""

    def __init__(self, sentence: str, changes: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(sentence)
        self.changes = changes


class Invalid(FadenError):
    """The values cannot be taken (422); `field` names the form field, "" the whole form."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
