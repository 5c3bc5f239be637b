"""The case, its phases, and the reasons for which others opened it."""

from django.db import models
from django.db.models import Q

from faden.cases.models.concerning import Concerning
from faden.cases.models.inquiry import AnonymousMatter, Inquiry
from faden.cases.vocabulary.case import (
    CaseWeight,
    EmergencyVerdict,
    EntryKind,
    OpeningReason,
    Phase,
    Scope,
    SkipReason,
    Urgency,
)
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import Membership, ServiceOwned
from faden.persons.models import Person


class Case(ServiceOwned):
    """Work with one person or a family; `person` is whom the case is named after, `CaseMember` has all.

    `last_contact_at` is kept for the caseload list.
    """

    number = models.CharField(max_length=30, db_collation="C")
    person = SameServiceKey(Person)
    lead = SameServiceKey(Membership)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.PERSON)
    weight = models.PositiveSmallIntegerField(choices=CaseWeight.choices, default=CaseWeight.MIDDLE)
    opened_on = models.DateField()
    inquiry = SameServiceKey(Inquiry, null=True)
    matter = SameServiceKey(AnonymousMatter, null=True)
    last_contact_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_case_number_is_given_once"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "lead", "-last_contact_at"],
                condition=~Q(phase="closed"),
                name="caseload",
            ),
            models.Index(
                fields=["organisation", "lead", "-opened_on"], condition=Q(phase="closed"), name="closed_cases"
            ),
            models.Index(fields=["organisation", "person"], name="case_by_person"),
            models.Index(fields=["organisation", "matter"], name="case_by_matter"),
        ]

    def __str__(self) -> str:
        return self.number


class PhaseChange(ServiceOwned):
    """The case moved to another phase: who, when, and why a phase was skipped."""

    case = SameServiceKey(Case)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()
    skip_reason = models.CharField(max_length=20, choices=SkipReason.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "case"], name="phase_by_case")]

    def __str__(self) -> str:
        return self.phase


class CaseOpening(ServiceOwned):
    """A case that is not one's own was opened for a reason: by a team lead for the day, or in a Notzugriff for hours."""

    case = SameServiceKey(Case)
    opened_by = models.BigIntegerField()
    opened_at = models.DateTimeField()
    until = models.DateField()
    until_at = models.DateTimeField(null=True)  # of a Notzugriff: some hours, or until it is given back
    reason = models.CharField(max_length=20, choices=OpeningReason.choices)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_emergency_has_words_and_an_hour",
                condition=~Q(reason="emergency") | (Q(until_at__isnull=False) & ~Q(words="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "opened_by"], name="opening_by_case"),
            models.Index(
                fields=["organisation", "-opened_at"], condition=Q(reason="emergency"), name="emergency_by_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class EmergencyReview(ServiceOwned):
    """Team lead and data protection officer each say what they think of a Notzugriff; never by who opened it."""

    opening = SameServiceKey(CaseOpening, related_name="reviews")
    role = models.CharField(max_length=30)
    verdict = models.CharField(max_length=14, choices=EmergencyVerdict.choices)
    words = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "opening", "role"], name="a_role_reviews_an_emergency_once"),
            models.CheckConstraint(
                name="a_doubt_is_said_in_words", condition=Q(verdict="justified") | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return self.verdict


class TimelineEntry(Concerning):
    """One line of a case's history; its id is the id of the row it tells about.

    Its tags repeat that row's. No persons: the line is about the case itself (opened, phase).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )
    case = SameServiceKey(Case)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=EntryKind.choices)

    class Meta(Concerning.Meta):
        indexes = [models.Index(fields=["organisation", "case", "-at"], name="timeline")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
