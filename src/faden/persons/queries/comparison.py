"""Two entries side by side: what each says, and in words whether it is the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from faden.persons.codes import NATIONALITIES
from faden.persons.models import Person, PersonName
from faden.persons.queries.search import birth_of
from faden.persons.rules.duplicates import Says, said_of
from faden.persons.rules.likeness import WORDS, Reason, birth_reason, same_phone
from faden.persons.vocabulary import language_name

_WORDS = {
    Says.SAME: gettext_noop("gleich"),
    Says.PARTLY: gettext_noop("zum Teil gleich"),
    Says.DIFFERS: gettext_noop("verschieden"),
    Says.ONE: gettext_noop("nur bei einem Eintrag bekannt"),
    Says.NONE: gettext_noop("nicht bekannt"),
}


@dataclass(frozen=True)
class Compared:
    """One line: both values and the word.

    `found_by`: name and birth date, which every search tells. `guessable`: few values are possible, so that
    the word alone would tell a colleague's entry to who changes her own often enough.
    """

    label: str
    first: str
    second: str
    word: str
    differs: bool
    found_by: bool = False
    guessable: bool = False


def reason_words(codes: Iterable[str]) -> str:
    """Why the machine noted them, as a search says it."""
    noted = set(codes)
    return ", ".join(_(WORDS[reason]) for reason in WORDS if reason in noted)


def compared(first: Person, second: Person) -> list[Compared]:
    """Names, birth, languages, nationalities, town, phone, e-mail; one statement for the names."""
    names: dict[object, list[str]] = {first.id: [], second.id: []}
    for name in PersonName.objects.filter(person__in=[first.id, second.id]).order_by("-is_main", "id"):
        names[name.person_id] += dict.fromkeys(filter(None, (name.full, name.native)))
    one, two = names[first.id], names[second.id]
    same_number = same_phone(first.phone, second.phone)
    return [
        _line(_("Name"), " · ".join(one), " · ".join(two), said_of(one, two), found_by=True),
        _birth(first, second),
        _line(
            _("Sprachen"),
            ", ".join(map(language_name, first.languages)),
            ", ".join(map(language_name, second.languages)),
            said_of(first.languages, second.languages),
            guessable=True,
        ),
        _line(
            _("Staatsangehörigkeit"),
            _states(first),
            _states(second),
            said_of(first.nationalities, second.nationalities),
            guessable=True,
        ),
        _line(
            _("Wohnort"), _town(first), _town(second), said_of([_town(first)], [_town(second)]), guessable=True
        ),
        _line(
            _("Telefon"),
            first.phone,
            second.phone,
            Says.SAME if same_number else said_of([first.phone], [second.phone]),
        ),
        _line(
            _("E-Mail"),
            first.email,
            second.email,
            said_of([first.email.casefold()], [second.email.casefold()]),
        ),
    ]


def _line(label: str, first: str, second: str, says: Says, **how: bool) -> Compared:
    return Compared(label, first, second, _(_WORDS[says]), says is Says.DIFFERS, **how)


def _birth(first: Person, second: Person) -> Compared:
    one, two = birth_of(first), birth_of(second)
    reason = birth_reason(one, two)
    if reason is None:
        says = Says.ONE if one or two else Says.NONE
        return _line(_("Geboren"), str(one or ""), str(two or ""), says, found_by=True)
    word, differs = _(WORDS[reason]), reason in (Reason.BIRTH_DIFFERS, Reason.BIRTH_MISTYPED)
    return Compared(_("Geboren"), str(one), str(two), word, differs, found_by=True)


def _states(person: Person) -> str:
    return ", ".join(NATIONALITIES[code].name for code in person.nationalities if code in NATIONALITIES)


def _town(person: Person) -> str:
    return person.municipality.name if person.municipality else ""
