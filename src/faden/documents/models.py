"""Files as encrypted bytes in a tenant table: backup, row security and deletion hold for them too."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.documents.vocabulary import MAX_BYTES, FileState
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned


class StoredFile(ServiceOwned, Concerning):
    """One file; `content` is sealed and bound to this row."""

    case = SameServiceKey(Case)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    state = models.CharField(max_length=12, choices=FileState.choices)
    stored_at = models.DateTimeField()
    stored_by = models.BigIntegerField()

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="a_file_has_at_most_20_megabytes", condition=Q(size__lte=MAX_BYTES)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="file_by_case")]

    def __str__(self) -> str:
        return str(self.id)
