from faden.consents.models.agreement import CounsellingAgreement, InformationHandedOut
from faden.consents.models.release import Consent, ConsentWithdrawal, Delivery, Release

__all__ = [
    "Consent",
    "ConsentWithdrawal",
    "CounsellingAgreement",
    "Delivery",
    "InformationHandedOut",
    "Release",
]
