from faden.consents.models.agreement import CounsellingAgreement, InformationHandedOut
from faden.consents.models.declaration import DECLARED, Declared, FormText, PowerOfAttorney, SecrecyRelease
from faden.consents.models.release import Consent, ConsentWithdrawal, Delivery, Release

__all__ = [
    "DECLARED",
    "Consent",
    "ConsentWithdrawal",
    "CounsellingAgreement",
    "Declared",
    "Delivery",
    "FormText",
    "InformationHandedOut",
    "PowerOfAttorney",
    "Release",
    "SecrecyRelease",
]
