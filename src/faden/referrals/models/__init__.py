from faden.referrals.models.conference import (
    CasePresentation,
    Conference,
    ConferencePoint,
    Hearing,
    Participant,
)
from faden.referrals.models.received import Assignment, GivenAnswer
from faden.referrals.models.referral import Answer, Referral, ReferralChange, Sending
from faden.referrals.models.request import IncomingRequest, SentRequest
from faden.referrals.models.transfer import CaseTransfer, LoosePart, TakenOver, TransferRelease

__all__ = [
    "Answer",
    "Assignment",
    "CasePresentation",
    "CaseTransfer",
    "Conference",
    "ConferencePoint",
    "GivenAnswer",
    "Hearing",
    "IncomingRequest",
    "LoosePart",
    "Participant",
    "Referral",
    "ReferralChange",
    "Sending",
    "SentRequest",
    "TakenOver",
    "TransferRelease",
]
