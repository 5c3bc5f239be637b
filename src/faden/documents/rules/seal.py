"""What sealed bytes are bound to: table, column and row; moved to another row they cannot be opened."""

from uuid import UUID


def place_of(file_id: UUID) -> str:
    """The content of a file."""
    return f"documents_storedfile/content/{file_id}"


def place_of_page(page_id: UUID) -> str:
    """A page as we drew it."""
    return f"documents_pageimage/content/{page_id}"
