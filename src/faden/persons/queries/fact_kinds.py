"""The kinds of dated facts: which table, which columns say something, what holds once at a time, how it reads.

One row here is all that a kind needs; recording, correcting, showing and its history are the same for all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.persons.codes import NATIONALITIES
from faden.persons.models import (
    Address,
    Benefit,
    DatedFact,
    German,
    Limit,
    Occupation,
    Qualification,
    Residence,
    Speaking,
)
from faden.persons.queries.addresses import address_text
from faden.persons.vocabulary import FactKind, GermanSkill, LanguageUse, language_name

Names = Mapping[UUID, str]
Said = tuple[str, Iterable[object]]


@dataclass(frozen=True)
class Kind:
    """`slot`: the columns within which one row holds at a time; None where rows run side by side."""

    code: FactKind
    model: type[DatedFact]
    fields: tuple[str, ...]
    say: Callable[[Any, Names], Said]
    slot: tuple[str, ...] | None = None
    related: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row says, as the database has it: keys by their ids."""
        fields: Any = self.model._meta
        return tuple(fields.get_field(name).attname for name in self.fields)


def _residence(row: Residence, names: Names) -> Said:
    derived = (
        _("abgeleitet von %(name)s") % {"name": names.get(row.derived_from_id, "–")}
        if row.derived_from_id
        else ""
    )
    rule = _("Wohnsitzregelung") if row.residence_rule else ""
    return row.get_paper_display(), (row.office, row.get_work_allowed_display(), rule, derived)


def _benefit(row: Benefit, _names: Names) -> Said:
    return row.get_regime_display(), (row.office,)


def _german(row: German, _names: Names) -> Said:
    level = row.get_level_display()
    text = level if row.skill == GermanSkill.ALL else f"{row.get_skill_display()}: {level}"
    certificate = " ".join(
        filter(None, (row.certificate, f"({row.certified_on:%d.%m.%Y})" if row.certified_on else ""))
    )
    literacy = _("liest und schreibt: %(how)s") % {"how": row.get_literacy_display()} if row.literacy else ""
    return text, (certificate, literacy)


def _address(row: Address, _names: Names) -> Said:
    return address_text(row), ()


def _occupation(row: Occupation, _names: Names) -> Said:
    hours = _("%(hours)s Stunden in der Woche") % {"hours": row.hours_a_week} if row.hours_a_week else ""
    return f"{row.get_kind_display()}: {row.what}", (row.where, hours)


def _qualification(row: Qualification, _names: Names) -> Said:
    country = NATIONALITIES[row.country].name if row.country in NATIONALITIES else ""
    reference = (
        _("Referenzberuf: %(name)s") % {"name": row.reference_occupation} if row.reference_occupation else ""
    )
    recognition = _("Anerkennung: %(state)s") % {"state": row.get_recognition_display()}
    return row.what, (country, recognition, reference)


def _speaking(row: Speaking, _names: Names) -> Said:
    uses = ", ".join(str(LanguageUse(code).label) for code in row.uses)
    return language_name(row.language), (uses, _("Sprachmittlung nötig") if row.needs_interpreter else "")


def _limit(row: Limit, _names: Names) -> Said:
    return row.get_kind_display(), (row.words,)


KINDS: dict[FactKind, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            FactKind.RESIDENCE,
            Residence,
            ("paper", "office", "derived_from", "work_allowed", "residence_rule"),
            _residence,
            slot=(),
            related=("office",),
        ),
        Kind(FactKind.BENEFIT, Benefit, ("regime", "office"), _benefit, slot=(), related=("office",)),
        Kind(
            FactKind.ADDRESS,
            Address,
            ("street", "postcode", "place", "country", "municipality", "care_of"),
            _address,
            slot=(),
            related=("municipality",),
        ),
        Kind(
            FactKind.SPEAKING,
            Speaking,
            ("language", "uses", "needs_interpreter"),
            _speaking,
            slot=("language",),
        ),
        Kind(
            FactKind.GERMAN,
            German,
            ("skill", "level", "literacy", "certificate", "certified_on"),
            _german,
            slot=("skill",),
        ),
        Kind(FactKind.OCCUPATION, Occupation, ("kind", "what", "where", "hours_a_week"), _occupation),
        Kind(
            FactKind.QUALIFICATION,
            Qualification,
            ("what", "country", "recognition", "reference_occupation"),
            _qualification,
        ),
        Kind(FactKind.LIMIT, Limit, ("kind", "words"), _limit),
    )
}


def kind_of(row: DatedFact) -> Kind:
    """The kind whose table this row stands in."""
    return next(kind for kind in KINDS.values() if isinstance(row, kind.model))
