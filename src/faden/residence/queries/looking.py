"""What the night finds for everybody who agreed that it looks: only those are decided anew for whom something can have changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from uuid import UUID

from faden.cases.models import CaseMember
from faden.cases.vocabulary.case import Phase
from faden.consents.queries.agreements import agreed
from faden.law.days import ONE_DAY
from faden.law.reading import BadFacts, facts_from
from faden.law.standing import decide_until
from faden.residence.models import Opening, Outlook
from faden.residence.queries.known import Known, known_of
from faden.residence.rules.outlook import Found, look_again, openings

_WRITTEN_DOWN = (".py", ".yaml")


@dataclass(frozen=True)
class Looked:
    """What was found for one Outlook: what is open or near, a mark of the facts it was found with, and until when it stands."""

    outlook_id: UUID
    found: tuple[Found, ...]
    mark: str
    look_on: date


def looked_at(*, today: date) -> list[Looked]:
    """Those with something to write: fourteen statements, for three people or five hundred; nobody else is decided anew."""
    rows = _looked_for()
    known = known_of([(row.case_id, row.person_id) for row in rows], on=today)
    again = [(row, mark) for row, mark in _marked(rows, known) if row.mark != mark or row.look_on <= today]
    before = standing_of([row.id for row, _mark in again])
    looked = (look(row.id, known[row.case_id, row.person_id], mark, today=today) for row, mark in again)
    return [one for (row, _mark), one in zip(again, looked, strict=True) if _is_news(row, one, before[row.id], today)]


def _looked_for() -> list[Outlook]:
    """All that run in open cases, of people who are still there and agree to counselling."""
    rows = list(Outlook.objects.filter(ended_at__isnull=True).exclude(case__phase=Phase.CLOSED).order_by("began_at", "id"))
    here = set(CaseMember.objects.filter(case__in={row.case_id for row in rows}, until_on__isnull=True).values_list("case_id", "person_id"))
    allowed = agreed({row.person_id for row in rows})
    return [row for row in rows if row.person_id in allowed and (row.case_id, row.person_id) in here]


def _marked(rows: Iterable[Outlook], known: Mapping[tuple[UUID, UUID], Known]) -> Iterable[tuple[Outlook, str]]:
    return ((row, mark_of(known[row.case_id, row.person_id].facts)) for row in rows if (row.case_id, row.person_id) in known)


def look(outlook_id: UUID, known: Known, mark: str, *, today: date) -> Looked:
    """One person; without a mark where what was told cannot be right: nothing is said with it, and the page says so."""
    try:
        facts = facts_from(known.facts)
    except BadFacts:
        return Looked(outlook_id, (), "", today)
    result, until = decide_until(facts, today)
    return Looked(outlook_id, openings(facts, result), mark, look_again(result, until))


def mark_of(facts: Mapping[str, Any]) -> str:
    """The same facts under the same rules have the same mark."""
    told = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
    return blake2b(told, digest_size=16, key=_rules()).hexdigest()


@cache
def _rules() -> bytes:
    """All that the rules say, corrected ones too: another wording looks at everybody again."""
    said = blake2b(digest_size=16)
    for file in _below(files("faden.law")):
        said.update(file.name.encode() + b"\0" + file.read_bytes())
    return said.digest()


def _below(folder: Traversable) -> Iterable[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        if one.is_dir():
            yield from _below(one)
        elif one.name.endswith(_WRITTEN_DOWN):
            yield one


def standing_of(outlook_ids: Collection[UUID]) -> Mapping[UUID, dict[str, Found]]:
    """What stands of each, by path; one statement."""
    found: defaultdict[UUID, dict[str, Found]] = defaultdict(dict)
    for row in Opening.objects.filter(outlook__in=list(outlook_ids), gone_on__isnull=True).order_by("found_on", "id"):
        found[row.outlook_id][row.path] = as_found(row)
    return found


def as_found(row: Opening) -> Found:
    """As the rules compare it."""
    return Found(row.path, row.state, row.opens_on, row.closes_on, row.set_by)


def _is_news(row: Outlook, looked: Looked, before: Mapping[str, Found], today: date) -> bool:
    """Who is looked at again tomorrow anyway needs no line that says so."""
    stands_longer = looked.look_on > today + ONE_DAY and looked.look_on != row.look_on
    return stands_longer or row.mark != looked.mark or {one.path: one for one in looked.found} != before
