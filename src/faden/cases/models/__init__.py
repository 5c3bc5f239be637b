from faden.cases.models.case import Case, CaseOpening, PhaseChange, TimelineEntry
from faden.cases.models.contact_note import ContactNote, ContactNoteVersion, WorkingNote
from faden.cases.models.inquiry import AnonymousMatter, Inquiry
from faden.cases.models.task import Appointment, Task

__all__ = [
    "AnonymousMatter",
    "Appointment",
    "Case",
    "CaseOpening",
    "ContactNote",
    "ContactNoteVersion",
    "Inquiry",
    "PhaseChange",
    "Task",
    "TimelineEntry",
    "WorkingNote",
]
