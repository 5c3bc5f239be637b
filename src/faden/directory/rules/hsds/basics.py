"""What every HSDS entry is made of: ids that stay, values that are left out when unknown, moments in UTC, pages."""

import re
from datetime import datetime, timezone
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

VERSION = "3.1"
Json = dict[str, Any]
OURS = uuid5(NAMESPACE_URL, "urn:faden:hsds")
_URI = re.compile(r"https?://[^\s<>\"{}|\\^`]+$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+$")


def id_of(of: UUID, *parts: object) -> str:
    """The same thing has the same id each time it is told."""
    return str(uuid5(of, ":".join(str(part) for part in parts)))


def said(**values: Any) -> Json:
    """HSDS knows no null: what is not known is left out; so is what a schema would refuse."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def uri(text: str) -> str:
    return text if _URI.match(text or "") else ""


def email(text: str) -> str:
    return text if _EMAIL.match(text or "") else ""


def moment(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")  # noqa: UP017 -- as the examples write it


def page(contents: list[Json], *, total: int, number: int, per_page: int) -> Json:
    """The Page object of the API."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip
