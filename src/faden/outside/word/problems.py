"""What can be wrong with a template, as codes: the sentences are written where the desk is."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`code` says what, `detail` where or which word, `near` the nearest known field."""

    code: str
    detail: str = ""
    near: str = ""


class NotTaken(Exception):
    """The file is not taken; all its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Known:
    """The words a template may use: fields, and lists that may be gone through with `for`."""

    fields: Collection[str]
    lists: Collection[str] = ()
