"""Anfragen: short, without a name; repeat contacts under a Kennwort."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.cases.vocabulary.case import Urgency
from faden.cases.vocabulary.contact_note import Interpreting
from faden.cases.vocabulary.inquiry import AskedBy, InquiryResult
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned


class AnonymousMatter(ServiceOwned):
    """Anonymous counselling under a Kennwort; no name, so no search by name either."""

    codeword = models.CharField(max_length=40)
    began_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "codeword"], name="a_codeword_is_given_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Inquiry(ServiceOwned):
    """One contact before a case; the text goes after 90 days, the count stays."""

    matter = SameServiceKey(AnonymousMatter, null=True, related_name="inquiries")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=20, choices=AskedBy.choices)
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(max_length=3, blank=True)
    interpreting = models.CharField(max_length=20, choices=Interpreting.choices)
    life_areas = ArrayField(models.CharField(max_length=20), default=list)
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    result = models.CharField(max_length=20, choices=InquiryResult.choices)
    text = EncryptedTextField(null=True)
    text_deleted_on = models.DateField(null=True)
    taken_by = models.BigIntegerField()

    # What it is about, in the words of its day; put there by `queries.life_areas.worded`.
    life_area_labels: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_deleted_text_is_gone",
                condition=Q(text_deleted_on__isnull=True) | Q(text__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="inquiry_by_time"),
            models.Index(fields=["organisation", "result", "-asked_at"], name="inquiry_by_result"),
            models.Index(fields=["organisation", "matter"], name="inquiry_by_matter"),
        ]

    def __str__(self) -> str:
        return str(self.id)
