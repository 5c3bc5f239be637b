"""Dokumente: a paper with its pages as encrypted bytes in tenant tables, so backup, row security and deletion hold."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case, Deadline
from faden.cases.models.concerning import Concerning
from faden.chains.models import ChainStep
from faden.documents.vocabulary import MAX_BYTES, SEEN_NOT_STORED, FileState, Original, PaperKind, ReceivedHow
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Membership, ServiceOwned
from faden.persons.vocabulary import FactKind


class Paper(ServiceOwned, Concerning):
    """One document of a case: what it is, how it came, where the original is; `seen_on`: looked at, not stored."""

    case = SameServiceKey(Case)
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=160, blank=True)
    dated_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    received_on = models.DateField(null=True)
    received_how = models.CharField(max_length=12, choices=ReceivedHow.choices, blank=True)
    original = models.CharField(max_length=12, choices=Original.choices, blank=True)
    original_where = models.CharField(max_length=120, blank=True)  # which paper file, which cupboard
    seen_on = models.DateField(null=True)
    stored_because = EncryptedTextField(null=True)  # why a paper was kept that is looked at only, as a rule
    # What it is a paper for: a kind of facts that it proves, a step of a chain, a Frist.
    proves = models.CharField(max_length=16, choices=FactKind.choices, blank=True, db_default="")
    step = SameServiceKey(ChainStep, null=True, related_name="papers")
    deadline = SameServiceKey(Deadline, null=True, related_name="papers")
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="a_paper_to_be_seen_only_says_why_it_was_stored",
                condition=~Q(kind__in=sorted(SEEN_NOT_STORED)) | Q(seen_on__isnull=False) | Q(stored_because__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "-noted_at"], name="paper_by_case"),
            models.Index(fields=["organisation", "deadline"], condition=Q(deadline__isnull=False), name="paper_by_deadline"),
            models.Index(fields=["organisation", "step"], condition=Q(step__isnull=False), name="paper_by_step"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StoredFile(ServiceOwned):
    """One file; `content` is sealed and bound to this row.

    It belongs to a paper, at a position; or it lies in the Scan-Eingang of who put it there (`lies_with`).
    """

    paper = SameServiceKey(Paper, null=True, related_name="files")
    position = models.PositiveSmallIntegerField(default=1)
    lies_with = SameServiceKey(Membership, null=True, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    state = models.CharField(max_length=12, choices=FileState.choices)
    # The key of the printed form on its pages, read after the scan.
    form_key = models.CharField(max_length=32, blank=True, db_collation="C")
    # When its pages were drawn, or it was found that they cannot be; and how many the file itself has.
    drawn_at = models.DateTimeField(null=True)
    pages_in_file = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField()
    stored_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_file_has_at_most_20_megabytes", condition=Q(size__lte=MAX_BYTES)
            ),
            models.CheckConstraint(
                name="a_file_is_a_papers_or_lies_with_somebody",
                condition=Q(paper__isnull=False, lies_with__isnull=True) | Q(paper__isnull=True, lies_with__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "paper", "position"], name="file_by_paper"),
            models.Index(
                fields=["organisation", "lies_with", "stored_at"],
                condition=Q(paper__isnull=True),
                name="file_in_the_inbox",
            ),
            models.Index(
                fields=["organisation", "stored_at"], condition=Q(drawn_at__isnull=True), name="file_not_drawn_yet"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PageImage(ServiceOwned):
    """A page of a file as we drew it ourselves, upright and without the camera's data; sealed like the file."""

    file = SameServiceKey(StoredFile, related_name="pages")
    number = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "file", "number"], name="a_page_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.number}"
