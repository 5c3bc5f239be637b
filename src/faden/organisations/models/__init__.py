from faden.organisations.models.agency import Agency
from faden.organisations.models.organisation import (
    Competence,
    LegalBody,
    Municipality,
    Organisation,
)
from faden.organisations.models.people import Invitation, ListSetting, Membership, Site, Team
from faden.organisations.models.tenant import ServiceOwned
from faden.organisations.models.user import User

__all__ = [
    "Agency",
    "Competence",
    "Invitation",
    "LegalBody",
    "ListSetting",
    "Membership",
    "Municipality",
    "Organisation",
    "ServiceOwned",
    "Site",
    "Team",
    "User",
]
