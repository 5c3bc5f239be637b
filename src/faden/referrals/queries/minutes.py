"""The minutes of a Fallkonferenz for one reader: only what she may know, and no trace of what she may not."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.queries.protection import masked_people
from faden.consents.rules.contents import Content, Fact
from faden.kernel.clock import BERLIN
from faden.organisations.queries.letterheads import letterhead_of
from faden.referrals.queries.conferences import ConferencePage, Point, Row
from faden.referrals.vocabulary import ParticipantKind


@translation.override("de")  # others read it as it is written, whatever the worker's pages speak
def minutes_content(page: ConferencePage, row: Row, person: UUID | None, *, service: str, contact: str) -> Content:
    """What this reader gets about one person (None: only what is about nobody)."""
    shown = page.points_for(row)
    facts = tuple(
        Fact(one.data_class, one.title, _said(one)) for one in shown if person and one.person_id == person and _said(one)
    )
    of_nobody = tuple(f"{one.title}: {_said(one)}" for one in shown if one.person_id is None and _said(one))
    parts = [(_("Wer dabei war"), tuple(there(page, about=person)))]
    if of_nobody:
        parts.append((_("Ablauf und Absprachen"), of_nobody))
    return Content(title_of(page), facts=facts, parts=tuple(parts), sender=service, sender_contact=contact)


def title_of(page: ConferencePage) -> str:
    """Without what the conference is called: that may be a name."""
    return _("Protokoll der Fallkonferenz vom %(day)s") % {"day": f"{page.day:%d.%m.%Y}"}


def there(page: ConferencePage, *, about: UUID | None) -> Iterable[str]:
    """Who came: bodies and staff by name, whoever came for the family only by her part."""
    for row in page.rows:
        if not row.came:
            continue
        if row.kind in (ParticipantKind.STAFF, ParticipantKind.RECIPIENT):
            yield row.name
        elif row.kind == ParticipantKind.CLIENT:
            yield _("die Person selbst") if row.person_id == about else _("jemand aus der Familie")
        else:
            yield str(row.kind.label)


def _said(one: Point) -> str:
    agreed = " · ".join(filter(None, [one.agreed, one.who, _("bis %(day)s") % {"day": f"{one.until_on:%d.%m.%Y}"} if one.until_on else ""]))
    return "\n".join(filter(None, [one.said, _("Vereinbart: %(words)s") % {"words": agreed} if one.agreed else ""]))


@translation.override("de")
def minutes_sheet(page: ConferencePage, row: Row | None, *, organisation_id: int) -> dict[str, object]:
    """The print: of our own file (nobody named) or as this one at the table gets it. Two statements."""
    head = letterhead_of(organisation_id)
    points = list(page.points) if row is None else page.points_for(row)
    hers = {person for person, hears in row.hears.items() if hears.classes} if row else {key for key, _name in page.persons}
    # No paper that leaves carries the name of somebody with a Schutzvermerk.
    hidden = masked_people(hers) if row else set()
    named = [name for key, name in page.persons if key in hers and (row is None or "contact" in row.hears[key].classes)]
    if hidden:
        named = []
    only = next(iter(hers)) if len(hers) == 1 else None
    starts = page.appointment.starts_at.astimezone(BERLIN)
    return {
        "language": "de",
        "title": title_of(page),
        "sender": head.provider,
        "below": [head.service, *head.address.split(", "), head.contact],
        "when": f"{starts:%d.%m.%Y, %H:%M}",
        "place": page.appointment.place,
        "name": page.title if row is None else "",
        "question": page.question if row is None else "",
        "about": ", ".join(named),
        "there": [one.name for one in page.rows if one.came] if row is None else list(there(page, about=only)),
        "points": [_printed(one, number, page, row, named=not hidden) for number, one in enumerate(points, 1)],
        "reader": row.name if row else "",
        "internal": row is None,
    }


def _printed(one: Point, number: int, page: ConferencePage, row: Row | None, *, named: bool) -> dict[str, str]:
    """A name stands with the point only where several are spoken of, and for a reader who may know it."""
    may_name = row is None or (named and one.person_id in row.hears and "contact" in row.hears[one.person_id].classes)
    return {
        "number": str(number),
        "title": one.title,
        "person": one.person if len(page.persons) > 1 and one.person_id and may_name else "",
        "class": one.class_words if row is None else "",
        "said": one.said,
        "agreed": one.agreed,
        "who": one.who,
        "until": f"{one.until_on:%d.%m.%Y}" if one.until_on else "",
    }
