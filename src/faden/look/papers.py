"""Papers to print: `typ/<name>.typ` set with plain data; only the provider's name stands on them."""

from pathlib import Path

from faden.outside import typeset

FOLDER = Path(__file__).parent / "typ"


def as_pdf(name: str, data: dict[str, object]) -> bytes:
    """A paper as PDF/UA-1; the data must be JSON."""
    return typeset.pdf(FOLDER / f"{name}.typ", data)
