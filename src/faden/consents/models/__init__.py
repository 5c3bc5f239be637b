from faden.consents.models.agreement import CounsellingAgreement, InformationHandedOut
from faden.consents.models.declaration import (
    DECLARED,
    Consent,
    Declared,
    FormText,
    OwnSecrecyRelease,
    PowerOfAttorney,
    SecrecyRelease,
)
from faden.consents.models.release import (
    Delivery,
    LawfulRelease,
    LinkDelivery,
    Release,
    ReleaseEnding,
    Reply,
)

__all__ = [
    "DECLARED",
    "Consent",
    "CounsellingAgreement",
    "Declared",
    "Delivery",
    "FormText",
    "InformationHandedOut",
    "LawfulRelease",
    "LinkDelivery",
    "OwnSecrecyRelease",
    "PowerOfAttorney",
    "Release",
    "ReleaseEnding",
    "Reply",
    "SecrecyRelease",
]
