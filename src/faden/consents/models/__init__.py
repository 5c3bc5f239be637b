from faden.consents.models.agreement import CounsellingAgreement, InformationHandedOut
from faden.consents.models.declaration import FormText, PowerOfAttorney, SecrecyRelease
from faden.consents.models.release import Consent, ConsentWithdrawal, Delivery, Release

__all__ = [
    "Consent",
    "ConsentWithdrawal",
    "CounsellingAgreement",
    "Delivery",
    "FormText",
    "InformationHandedOut",
    "PowerOfAttorney",
    "Release",
    "SecrecyRelease",
]
