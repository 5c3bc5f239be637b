"""How long an Auskunftssperre lasts, and when to ask for the next one."""

from datetime import date, timedelta

from faden.persons.vocabulary import ProtectionKind

# § 51 Abs. 4 BMG. A letter that names another day is right: the form takes that day.
REGISTER_YEARS = 2
# Registry offices take the request for another term from three months before the end.
REMIND = timedelta(days=60)


def usual_end(kind: str, from_on: date) -> date | None:
    """The day an Auskunftssperre ends; the other reasons have none."""
    if kind != ProtectionKind.REGISTER:
        return None
    year = from_on.year + REGISTER_YEARS
    try:
        return from_on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)
