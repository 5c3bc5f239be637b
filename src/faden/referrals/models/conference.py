"""Fallkonferenz with a ground for everybody at the table, and the anonymous Fallvorstellung."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.cases.models import Appointment, Case, Task
from faden.cases.models.concerning import Concerning
from faden.chains.models import ChainStep
from faden.consents.models import Consent, LawfulRelease, Release
from faden.consents.vocabulary import DataClass
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Agency, Membership, Organisation, ServiceOwned
from faden.persons.models import Person
from faden.referrals.vocabulary import (
    ConferenceState,
    HearsBy,
    InvitedBy,
    ParticipantKind,
    PresentationAnswer,
    PresentationState,
)


class Conference(ServiceOwned, Concerning):
    """What it is called, its day and place stand in the appointment; `persons`: about whom will be spoken."""

    case = SameServiceKey(Case)
    appointment = SameServiceKey(Appointment, related_name="+")
    question = EncryptedTextField()
    state = models.CharField(max_length=10, choices=ConferenceState.choices, default=ConferenceState.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.BigIntegerField()
    held_at = models.DateTimeField(null=True)  # when it was noted
    held_by = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_conference_is_about_somebody", condition=Q(persons__len__gt=0)),
            models.CheckConstraint(
                name="a_held_conference_says_who_noted_it",
                condition=Q(state="held", held_at__isnull=False, held_by__isnull=False)
                | (~Q(state="held") & Q(held_at__isnull=True, held_by__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case", "-planned_at"], name="conference_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class Participant(ServiceOwned):
    """One at the table; what she may hear of whom stands in her `hearings`."""

    conference = SameServiceKey(Conference, related_name="participants")
    kind = models.CharField(max_length=12, choices=ParticipantKind.choices)
    person = SameServiceKey(Person, null=True, related_name="+")
    member = SameServiceKey(Membership, null=True, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    agency = SameServiceKey(Agency, null=True, related_name="+")
    name = models.CharField(max_length=200)  # function and agency, as the minutes say
    came = models.BooleanField(null=True)
    invited_at = models.DateTimeField(null=True)
    invited_how = models.CharField(max_length=10, choices=InvitedBy.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_participant_is_one_of_a_kind",
                condition=Q(kind="client", person__isnull=False, member__isnull=True, recipient__isnull=True, agency__isnull=True)
                | Q(kind="staff", person__isnull=True, member__isnull=False, recipient__isnull=True, agency__isnull=True)
                | Q(kind="recipient", person__isnull=True, member__isnull=True, recipient__isnull=False, agency__isnull=True)
                | Q(kind="recipient", person__isnull=True, member__isnull=True, recipient__isnull=True, agency__isnull=False)
                | Q(
                    kind__in=["interpreter", "companion"], person__isnull=True, member__isnull=True, recipient__isnull=True,
                    agency__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="an_invitation_says_how_and_when",
                condition=Q(invited_at__isnull=True, invited_how="") | (Q(invited_at__isnull=False) & ~Q(invited_how="")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "conference"], name="participant_by_conference")]

    def __str__(self) -> str:
        return self.name


class Hearing(ServiceOwned):
    """By what one at the table may hear of one person; another body only by consent or by law.

    `spoken`: the line of the register for what was said there; `minutes`: the one for the newest minutes.
    """

    participant = SameServiceKey(Participant, on_delete=models.CASCADE, related_name="hearings")
    person = SameServiceKey(Person, related_name="+")
    ground = models.CharField(max_length=12, choices=HearsBy.choices, default=HearsBy.NO_NAMES)
    consent = SameServiceKey(Consent, null=True, related_name="+")
    lawful = SameServiceKey(LawfulRelease, null=True, related_name="+")
    spoken = SameServiceKey(Release, null=True, related_name="+")
    minutes = SameServiceKey(Release, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant", "person"], name="of_each_person_one_hears_by_one_ground"
            ),
            models.CheckConstraint(
                name="a_hearing_names_its_ground",
                condition=Q(ground="consent", consent__isnull=False, lawful__isnull=True)
                | Q(ground="law", consent__isnull=True, lawful__isnull=False)
                | (~Q(ground__in=["consent", "law"]) & Q(consent__isnull=True, lawful__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConferencePoint(ServiceOwned):
    """A point of the agenda: of one person and one class of data, or about nobody; what was said and agreed."""

    conference = SameServiceKey(Conference, related_name="points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    person = SameServiceKey(Person, null=True, related_name="+")
    data_class = models.CharField(max_length=20, choices=DataClass.choices, blank=True)
    said = EncryptedTextField(null=True)
    agreed = EncryptedTextField(null=True)
    who = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True)
    task = SameServiceKey(Task, null=True, related_name="+")
    step = SameServiceKey(ChainStep, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "conference", "position"], name="a_point_has_its_place"),
            models.CheckConstraint(
                name="a_point_about_somebody_says_what_of_her",
                condition=Q(person__isnull=True, data_class="") | (Q(person__isnull=False) & ~Q(data_class="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CasePresentation(ServiceOwned):
    """Anonyme Fallvorstellung: roles for names, months for dates; read through by the worker before it leaves."""

    case = SameServiceKey(Case)
    occasion = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    body = EncryptedTextField()
    tells = ArrayField(models.CharField(max_length=20), default=list)  # what was ticked because it matters here
    harmless = EncryptedTextField(null=True)  # finds a person looked at and left, one a line
    state = models.CharField(max_length=10, choices=PresentationState.choices, default=PresentationState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.BigIntegerField(null=True)
    checked = ArrayField(models.CharField(max_length=20), default=list)  # points of the check list that were ticked
    release = SameServiceKey(Release, null=True, related_name="+")
    answer = models.CharField(max_length=12, choices=PresentationAnswer.choices, blank=True)  # the coordination's newest
    answer_on = models.DateField(null=True)  # day of the Planungskonferenz
    answer_words = EncryptedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_presentation_was_told",
                condition=Q(answer="", answered_at__isnull=True, answer_on__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, release__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_presentation_is_read_before_it_leaves",
                condition=Q(state="draft", reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (~Q(state="draft") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_sent_presentation_is_a_release",
                condition=~Q(state__in=["sent", "withdrawn"]) | Q(release__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="presentation_by_case")]

    def __str__(self) -> str:
        return str(self.id)
