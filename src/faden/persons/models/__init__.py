from faden.persons.models.person import NameKey, Person, PersonName

__all__ = ["NameKey", "Person", "PersonName"]
