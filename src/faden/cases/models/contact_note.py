"""Contact notes, corrected with history; working notes, visible to their author."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faden.cases.models.case import Case
from faden.cases.models.concerning import Concerning
from faden.cases.vocabulary.contact_note import ContactType, Interpreting
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Membership, ServiceOwned


class ContactContent(ServiceOwned, Concerning):
    """What a contact note says."""

    happened_at = models.DateTimeField()
    type = models.CharField(max_length=20, choices=ContactType.choices)
    place = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=3, blank=True)
    interpreting = models.CharField(max_length=20, choices=Interpreting.choices)
    life_areas = ArrayField(models.CharField(max_length=20), default=list)
    text = models.TextField(blank=True)

    class Meta(Concerning.Meta):
        abstract = True


class ContactNote(ContactContent):
    """The note as it stands now."""

    case = SameServiceKey(Case)
    author = SameServiceKey(Membership)
    recorded_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.id)


class ContactNoteVersion(ContactContent):
    """The note as it stood before a correction."""

    note = SameServiceKey(ContactNote, related_name="versions")
    version = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField()
    replaced_by = models.BigIntegerField()

    class Meta(ContactContent.Meta):
        abstract = False
        constraints = [
            *Concerning.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "note", "version"], name="a_version_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} v{self.version}"


class WorkingNote(ServiceOwned, Concerning):
    """Arbeitsnotiz: for the author's eyes, part of a subject's Auskunft, gone by `destroy_on`."""

    case = SameServiceKey(Case)
    author = SameServiceKey(Membership)
    written_at = models.DateTimeField()
    destroy_on = models.DateField()
    text = EncryptedTextField()

    class Meta(Concerning.Meta):
        indexes = [
            models.Index(fields=["organisation", "case", "author"], name="working_note_by_case"),
            models.Index(fields=["organisation", "destroy_on"], name="working_note_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)
