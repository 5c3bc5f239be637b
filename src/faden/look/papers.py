"""Papers to print: `typ/<name>.typ` set with plain data; only the provider's name stands on them."""

from pathlib import Path

from django.utils.translation import gettext as _

from faden.kernel.errors import Invalid
from faden.outside import typeset

FOLDER = Path(__file__).parent / "typ"


def as_pdf(name: str, data: dict[str, object], *, unset: str = "") -> bytes:
    """A paper as PDF/UA-1; the data must be JSON. `unset`: what to do about a letter that our fonts have not."""
    try:
        return typeset.pdf(FOLDER / f"{name}.typ", data)
    except typeset.NotTypeset as problem:
        raise Invalid(unset or _("Im Text steht ein Schriftzeichen, das unsere Schriften nicht haben.")) from problem
