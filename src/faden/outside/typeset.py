"""PDF/UA-1 by typst: a source file and plain data in, bytes out; nothing is read but the source's folder and our fonts."""

import json
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"


class NotTypeset(Exception):
    """The source is wrong, or the data has a letter that none of the fonts has; typst's own words."""


def pdf(source: Path, data: dict[str, object]) -> bytes:
    """Set a document; the source reads the data with `json(bytes(sys.inputs.data))`.

    Always PDF/UA-1: then a missing letter, title or alternative text is an error and not a blank.
    """
    try:
        made = typst.compile(
            str(source),
            root=str(source.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as problem:
        raise NotTypeset(str(problem)) from problem
    return bytes(made)
