from faden.persons.models.arrival import ContactPerson
from faden.persons.models.facts import (
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
from faden.persons.models.family import Group, GroupMember, Kinship
from faden.persons.models.likeness import LikePair
from faden.persons.models.person import NameKey, Person, PersonName
from faden.persons.models.protection import ProtectionMark

__all__ = [
    "Address",
    "Benefit",
    "ContactPerson",
    "DatedFact",
    "German",
    "Group",
    "GroupMember",
    "Kinship",
    "LikePair",
    "Limit",
    "NameKey",
    "Occupation",
    "Person",
    "PersonName",
    "ProtectionMark",
    "Qualification",
    "Residence",
    "Speaking",
]
