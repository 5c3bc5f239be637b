"""Papers: what one is called, how long it is fresh, what it may be assigned to."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from faden.documents.vocabulary import FORM_SIGN, FRESH, PaperKind

_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{8,32}")


def proposed_title(kind: str, issuer: str) -> str:
    """ "Bescheid, Jobcenter Ahaus": in German, as the file is, whatever language the page has."""
    with override("de"):
        label = str(PaperKind(kind).label).partition(" (")[0].removesuffix(" einer Stelle")
    label = label[:1].upper() + label[1:]
    return f"{label}, {issuer}"[:200] if issuer else label


def is_fresh(noted_at: datetime, now: datetime) -> bool:
    """Just put there: a page photographed twice or the wrong case can still be mended."""
    return now - noted_at < FRESH


def runs_out(kind: str, valid_until: date, *, noted_on: date) -> bool:
    """A passport or identity card whose last day matters; of one that was over already, who noted it knew."""
    return kind == PaperKind.IDENTITY and valid_until >= noted_on


def fits(of_paper: tuple[Collection[UUID], bool], of_other: tuple[Collection[UUID], bool]) -> str:
    """Why a paper cannot be for this step or this Frist; (persons, confidential) of both. Empty: it can."""
    (persons, confidential), (others, other_confidential) = of_paper, of_other
    if other_confidential and not (confidential and set(persons) == set(others)):
        return _("Das gehört zu einem vertraulichen Faden. Das Dokument muss dann auch dort stehen.")
    if persons and others and not set(persons) & set(others):
        return _("Das betrifft eine andere Person als das Dokument.")
    return ""


def in_order(present: list[UUID], wanted: Mapping[UUID, int]) -> list[UUID]:
    """Sorted by the numbers somebody typed; what has the same number, or none, stays as it stood."""
    return sorted(present, key=lambda key: (wanted.get(key, present.index(key) + 1), present.index(key)))


def form_key_in(codes: Iterable[str]) -> str:
    """The key of the first of our printed forms among the QR codes of a file; other people's codes say nothing."""
    for code in codes:
        key = code.removeprefix(FORM_SIGN)
        if key != code and _FORM_KEY.fullmatch(key):
            return key
    return ""
