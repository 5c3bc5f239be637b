"""The law's own words beside a condition: the paragraphs its citation names, as they stand in `text/`."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ACTS = {"AufenthG": "AufenthG", "StAG": "StAG", "AsylG": "AsylG", "SGB VIII": "SGB_VIII", "IntV": "IntV", "UkraineAufenthFGV": "UkraineAufenthFGV"}
_CITED = re.compile(rf"§§? (?P<section>\d+[a-z]?)(?: Abs\. (?P<part>\d+[a-z]?))?|(?P<act>{'|'.join(_ACTS)})")
_PART = re.compile(r"\((\d+[a-z]?)\) ")


@dataclass(frozen=True)
class Wording:
    """One subsection (or a whole section without any) with its heading; `lines` as the act has them."""

    act: str
    section: str
    heading: str
    lines: tuple[str, ...]


@cache
def wordings(citation: str) -> tuple[Wording, ...]:
    """What a citation like "§ 10 Abs. 1 Satz 1, § 12b StAG" names, each once; nothing for what is repealed."""
    named: list[tuple[str, str | None]] = []
    found: list[Wording] = []
    for match in _CITED.finditer(citation):
        if match["section"]:
            named.append((match["section"], match["part"]))
        else:
            found += [one for section, part in named if (one := _wording(match["act"], section, part))]
            named = []
    found += [one for section, part in named if (one := _wording("AufenthG", section, part))]
    return () if citation.endswith("a. F.") else tuple(dict.fromkeys(found))


def _wording(act: str, section: str, part: str | None) -> Wording | None:
    text = _sections(act).get(section)
    if text is None:
        return None
    heading, lines = text
    return Wording(act, section, heading, _subsection(lines, part) if part else lines)


def _subsection(lines: tuple[str, ...], part: str) -> tuple[str, ...]:
    """From "(1) " up to the next subsection."""
    taken: list[str] = []
    for line in lines:
        begins = _PART.match(line)
        if begins and begins[1] != part and taken:
            break
        if taken or (begins and begins[1] == part):
            taken.append(line)
    return tuple(taken) or lines


@cache
def _sections(act: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    text = files(__package__).joinpath("text", f"{_ACTS[act]}.md").read_text(encoding="utf-8")
    found = {}
    for block in text.split("\n# ")[0:]:
        head, *lines = [line for line in block.removeprefix("# ").splitlines() if line.strip()]
        section, _, heading = head.removeprefix("§ ").partition(" – ")
        found[section.strip()] = (heading, tuple(line.strip() for line in lines))
    return found
