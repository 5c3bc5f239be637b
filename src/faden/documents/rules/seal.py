"""What the sealed content of a file is bound to."""

from uuid import UUID


def place_of(file_id: UUID) -> str:
    """Table, column and row: moved to another row the content cannot be opened."""
    return f"documents_storedfile/content/{file_id}"
