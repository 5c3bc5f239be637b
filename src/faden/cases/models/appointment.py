"""Termine: who came, who interprets, who is reminded, and the private calendar feed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.cases.models.case import Case
from faden.cases.models.concerning import Concerning
from faden.cases.vocabulary.appointment import (
    AppointmentAnswer,
    AppointmentKind,
    Attendance,
    InterpreterState,
    InterpreterWay,
    ReminderState,
    ReminderWay,
)
from faden.cases.vocabulary.task import DropReason
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import Membership, ServiceOwned
from faden.persons.models import Person


class Appointment(ServiceOwned, Concerning):
    """A meeting with a person or an agency, with the interpreter it needs."""

    case = SameServiceKey(Case, null=True)
    host = SameServiceKey(Membership)
    kind = models.CharField(max_length=12, choices=AppointmentKind.choices, default=AppointmentKind.OFFICE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200)
    others = models.CharField(max_length=300, blank=True)  # who else takes part: agencies, volunteers
    interpreter_language = models.CharField(max_length=3, blank=True)
    # What she answered when she was asked or reminded.
    answer = models.CharField(max_length=12, choices=AppointmentAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    # Called off, when the case was closed before its day: why.
    dropped_because = models.CharField(max_length=20, choices=DropReason.choices, blank=True)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="an_appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="an_answer_has_its_time",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "host", "starts_at"], name="appointments"),
            models.Index(fields=["organisation", "case", "starts_at"], name="appointment_by_case"),
            models.Index(
                fields=["organisation", "starts_at"],
                condition=Q(dropped_because=""),
                name="appointment_by_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attended(ServiceOwned):
    """Whether one person came to one appointment; the newest word counts and replaces the one before."""

    appointment = SameServiceKey(Appointment, related_name="attended")
    person = SameServiceKey(Person, related_name="+")
    state = models.CharField(max_length=8, choices=Attendance.choices)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "appointment", "person"], name="attendance_is_noted_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.state}"


class InterpreterSource(ServiceOwned):
    """Where interpreters are asked for: a pool, an agency, a phone service; with lead time and price."""

    name = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=3), default=list)  # none named: any
    ways = ArrayField(models.CharField(max_length=8, choices=InterpreterWay.choices), default=list)
    lead_working_days = models.PositiveSmallIntegerField(default=0)
    cents_an_hour = models.PositiveIntegerField(null=True)
    contact = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="an_interpreter_source_has_one_name"),
        ]

    def __str__(self) -> str:
        return self.name


class InterpreterRequest(ServiceOwned):
    """One request for one appointment; asked for anew when it moves."""

    appointment = SameServiceKey(Appointment, related_name="interpreter_requests")
    source = SameServiceKey(InterpreterSource, null=True, related_name="+")
    language = models.CharField(max_length=3)
    way = models.CharField(max_length=8, choices=InterpreterWay.choices)
    state = models.CharField(max_length=10, choices=InterpreterState.choices)
    asked_for = models.DateTimeField()  # the start it was asked for: another one asks again
    asked_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    interpreter = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    cents = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "appointment"], name="interpreter_by_appointment"),
            models.Index(fields=["organisation", "state", "asked_for"], name="interpreter_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.state}"


class ReminderWish(ServiceOwned):
    """How a person wants to be reminded; without a row by mail, where her address is known (she can opt out)."""

    person = SameServiceKey(Person, related_name="+")
    way = models.CharField(max_length=8, choices=ReminderWay.choices)
    language = models.CharField(max_length=3, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="a_reminder_wish_stands_once"),
        ]

    def __str__(self) -> str:
        return str(self.way)


class Reminder(ServiceOwned):
    """One reminder of one appointment at one time: sent, to print, or why it was not sent."""

    appointment = SameServiceKey(Appointment, related_name="reminders")
    person = SameServiceKey(Person, related_name="+")
    starts_at = models.DateTimeField()  # for a moved appointment she is reminded anew
    way = models.CharField(max_length=8, choices=ReminderWay.choices)
    language = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=10, choices=ReminderState.choices)
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "appointment", "person", "starts_at"], name="she_is_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.state}"


class CalendarFeed(ServiceOwned):
    """A private calendar address; only the hash of its token is kept. A new one ends the old one."""

    membership = SameServiceKey(Membership, related_name="+")
    token_hash = models.BinaryField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "membership"],
                condition=Q(revoked_at__isnull=True),
                name="a_calendar_has_one_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
