"""Letters: the office's own templates, and the register of what was sent to whom, how and on which ground."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.consents.models import Consent, LawfulRelease, PowerOfAttorney, Release, SecrecyRelease
from faden.documents.models.paper import Paper
from faden.documents.vocabulary import LetterGround, LetterState, LetterWay
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned


class LetterTemplate(ServiceOwned):
    """A Word file of the office; a new version is a new row, never a changed one."""

    code = models.CharField(max_length=40, db_collation="C")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    content = models.BinaryField()  # the .docx as it was uploaded and checked
    fields = models.JSONField(default=list)  # which fields of the catalogue it uses
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="a_letter_template_is_published_once"
            ),
            models.CheckConstraint(
                name="a_withdrawn_letter_template_says_by_whom",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Letter(ServiceOwned, Concerning):
    """One outgoing letter or print: a draft until it is sent; then a line of the register that never changes."""

    case = SameServiceKey(Case)
    template = SameServiceKey(LetterTemplate, null=True, related_name="+")  # null: a letter without a Word template
    shipped_code = models.CharField(max_length=40, blank=True)  # a text that the software brings
    recipient = models.CharField(max_length=160)
    address = models.TextField(blank=True)
    subject = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    body = EncryptedTextField(null=True)
    language = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    ground = models.CharField(max_length=24, choices=LetterGround.choices, blank=True)
    power = SameServiceKey(PowerOfAttorney, null=True, related_name="+")
    secrecy_release = SameServiceKey(SecrecyRelease, null=True, related_name="+")
    consent = SameServiceKey(Consent, null=True, related_name="+")
    lawful = SameServiceKey(LawfulRelease, null=True, related_name="+")
    release = SameServiceKey(Release, null=True, related_name="letters")  # its line in the register of Weitergaben
    ground_words = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=12, choices=LetterWay.choices, blank=True)
    sent_on = models.DateField(null=True)
    paper = SameServiceKey(Paper, null=True, related_name="letters")  # the letter as it went out
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    sent_by = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="a_sent_letter_says_why_and_how",
                condition=~Q(state="sent")
                | (Q(sent_on__isnull=False, sent_by__isnull=False) & ~Q(ground="") & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="a_letter_by_power_names_it", condition=~Q(ground="power") | Q(power__isnull=False)
            ),
            models.CheckConstraint(
                name="a_letter_by_consent_names_it_and_is_a_release",
                condition=~Q(ground="by_consent") | Q(consent__isnull=False, release__isnull=False),
            ),
            models.CheckConstraint(
                name="a_letter_by_law_names_it_and_is_a_release",
                condition=~Q(ground="by_law") | Q(lawful__isnull=False, release__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "-made_at"], name="letter_by_case"),
            models.Index(fields=["organisation", "-sent_on"], condition=Q(state="sent"), name="letter_register"),
        ]

    def __str__(self) -> str:
        return str(self.id)
