"""The words by which somebody could tell whose case it is: names, bodies, places, numbers; for looking, never for showing."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Case, CaseMember
from faden.cases.models.assessment import NetworkTie
from faden.cases.vocabulary.assessment import TieKind
from faden.chains.models import ChainStep
from faden.documents.models import Decision, Letter
from faden.organisations.models import Agency, Municipality
from faden.persons.models import Address, ContactPerson, Kinship, Occupation, Person, PersonName
from faden.referrals.rules.presentations import MONTHS
from faden.referrals.rules.traces import Known, TraceKind, without_titles


def case_words(case: Case) -> list[Known]:
    """Of everybody in the case and around it, past members too; thirteen statements however large the family."""
    people = _people(case)
    return [
        *_names(people),
        *_numbers(case, people),
        *_places(people),
        *_bodies(case, people),
    ]


def other_peoples_names(case: Case, *, but: Iterable[UUID]) -> list[Known]:
    """Names that may not stand in what is told about these persons; a family name they share is theirs too."""
    theirs = set(but)
    own = {word.casefold() for row in _spellings(theirs) for word in (row.family, row.given, row.native) if word}
    others = {person.id for person in _people(case)} - theirs
    return [
        Known(TraceKind.NAME, word)
        for row in _spellings(others)
        for word in (row.family, row.given, row.native)
        if word and word.casefold() not in own
    ]


def _people(case: Case) -> list[Person]:
    """Members of all times, their relatives, and other entries of the same human being."""
    members = set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True)) | {case.person_id}
    ties = Kinship.objects.filter(Q(person__in=members) | Q(relative__in=members)).values_list("person_id", "relative_id")
    near = members | {one for tie in ties for one in tie}
    return list(Person.objects.filter(Q(id__in=near) | Q(identity__in=near)).order_by("id"))


def _spellings(ids: Iterable[UUID]) -> list[PersonName]:
    return list(PersonName.objects.filter(person__in=list(ids)).order_by("id"))


def _names(people: list[Person]) -> Iterable[Known]:
    for row in _spellings(person.id for person in people):
        yield from (Known(TraceKind.NAME, word) for word in (row.family, row.given, row.native) if word)
    contacts = ContactPerson.objects.filter(person__in=people).order_by("id")
    yield from (Known(TraceKind.NAME, without_titles(row.name)) for row in contacts if row.name)


def _numbers(case: Case, people: list[Person]) -> Iterable[Known]:
    yield Known(TraceKind.NUMBER, case.number)
    for person in people:
        yield from (Known(TraceKind.CONTACT, word) for word in (person.phone, person.email) if word)
        yield from _births(person)
    for phone, email in ContactPerson.objects.filter(person__in=people).values_list("phone", "email"):
        yield from (Known(TraceKind.CONTACT, word) for word in (phone, email) if word)
    for model in (Letter, Decision):
        found = model.objects.filter(case=case).exclude(reference="")
        yield from (Known(TraceKind.NUMBER, word) for word in found.values_list("reference", flat=True))


def _births(person: Person) -> Iterable[Known]:
    """A month is not a day, but the month of a birth is too near."""
    day, latest = person.birth_earliest, person.birth_latest
    if day and latest and (day.year, day.month) == (latest.year, latest.month):
        yield Known(TraceKind.DAY, f"{MONTHS[day.month - 1]} {day.year}")


def _places(people: list[Person]) -> Iterable[Known]:
    yield from (Known(TraceKind.PLACE, name) for name in Municipality.objects.order_by("ags").values_list("name", flat=True))
    for street, place, care_of in Address.objects.filter(person__in=people).values_list("street", "place", "care_of"):
        yield from (Known(kind, word) for kind, word in ((TraceKind.ADDRESS, street), (TraceKind.PLACE, place)) if word)
        if care_of:
            yield Known(TraceKind.NAME, care_of)


def _bodies(case: Case, people: list[Person]) -> Iterable[Known]:
    sources = (
        ChainStep.objects.filter(case=case).exclude(agency="").values_list("agency", flat=True),
        Agency.objects.values_list("name", flat=True),
        Occupation.objects.filter(person__in=people).exclude(where="").values_list("where", flat=True),
    )
    yield from (Known(TraceKind.BODY, word) for found in sources for word in found)
    # Who stands on her network map may be somebody; each part of it is looked for.
    ties = NetworkTie.objects.filter(case=case).exclude(kind=TieKind.RESOURCE).values_list("kind", "name")
    for kind, name in ties:
        yield Known(TraceKind.NAME, without_titles(name)) if kind == TieKind.PERSON else Known(TraceKind.BODY, name)
