from faden.cases.models.appointment import (
    Appointment,
    Attended,
    CalendarFeed,
    InterpreterRequest,
    InterpreterSource,
    Reminder,
    ReminderWish,
)
from faden.cases.models.assessment import AreaView, Assessment, NetworkTie, OwnLifeArea
from faden.cases.models.case import Case, CaseOpening, EmergencyReview, PhaseChange, TimelineEntry
from faden.cases.models.concerning import Concerning
from faden.cases.models.contact_note import ContactNote, ContactNoteVersion, WorkingNote
from faden.cases.models.course import (
    Clarification,
    Closing,
    CriterionMark,
    LeadChange,
    Substitution,
)
from faden.cases.models.deadline import Deadline
from faden.cases.models.inquiry import AnonymousMatter, Inquiry
from faden.cases.models.member import CaseMember
from faden.cases.models.task import Task

__all__ = [
    "AnonymousMatter",
    "Appointment",
    "AreaView",
    "Assessment",
    "Attended",
    "CalendarFeed",
    "Case",
    "CaseMember",
    "CaseOpening",
    "EmergencyReview",
    "Clarification",
    "Closing",
    "Concerning",
    "ContactNote",
    "ContactNoteVersion",
    "CriterionMark",
    "Deadline",
    "Inquiry",
    "InterpreterRequest",
    "InterpreterSource",
    "LeadChange",
    "NetworkTie",
    "OwnLifeArea",
    "PhaseChange",
    "Reminder",
    "ReminderWish",
    "Substitution",
    "Task",
    "TimelineEntry",
    "WorkingNote",
]
