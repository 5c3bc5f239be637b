"""Translations: which fixed words somebody has reviewed, and what a worker translated for one person."""

from django.db import models

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned


class ReviewedWords(ServiceOwned):
    """A fixed text in one language that somebody who speaks it has reviewed, as shipped or corrected."""

    language = models.CharField(max_length=3)
    code = models.CharField(max_length=120, db_collation="C")
    german = models.TextField()  # what it translates: another German text asks for another review
    words = models.TextField()
    reviewed_by = models.CharField(max_length=120)
    reviewed_on = models.DateField()
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language", "code"], name="words_are_reviewed_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.code}"


class WorkerTranslation(ServiceOwned, Concerning):
    """A worker's translation of one free text of a case (a goal, a step, an appointment); `source` is its row."""

    case = SameServiceKey(Case)
    source = models.UUIDField()
    language = models.CharField(max_length=3)
    german = EncryptedTextField()  # what was translated: when the text changes, it counts no more
    words = EncryptedTextField()
    translated_at = models.DateTimeField()
    translated_by = models.BigIntegerField()

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "case", "source", "language"], name="a_text_is_translated_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
