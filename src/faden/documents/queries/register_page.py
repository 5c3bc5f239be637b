"""A page of a register: of letters, or of Weitergaben."""

from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE = 50

Line = TypeVar("Line")


@dataclass(frozen=True)
class RegisterPage(Generic[Line]):
    """Fifty lines; `names_workers`, `opens`: what this reader may see and follow."""

    rows: list[Line]
    number: int
    has_more: bool
    names_workers: bool
    opens: bool
