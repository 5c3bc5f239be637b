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
from faden.referrals.models.watch import OfferWatch

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
    "OfferWatch",
    "Participant",
    "Referral",
    "ReferralChange",
    "Sending",
    "SentRequest",
    "TakenOver",
    "TransferRelease",
]
