"""Printed forms: the key on the paper by which a scan finds the right person again."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case, Task
from faden.cases.models.concerning import Concerning
from faden.consents.vocabulary import FormKind
from faden.documents.models.paper import Paper
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned


class PrintedForm(ServiceOwned, Concerning):
    """One print of a text to be signed. `key` says nothing about anybody; `about` is the declaration's row."""

    case = SameServiceKey(Case)
    key = models.CharField(max_length=32, db_collation="C")
    form_for = models.CharField(max_length=20, choices=FormKind.choices)
    about = models.UUIDField()
    is_draft = models.BooleanField(default=False)  # printed with "ENTWURF": it can never be signed
    task = SameServiceKey(Task, null=True, related_name="+")  # to get it signed
    printed_at = models.DateTimeField()
    printed_by = models.BigIntegerField()
    paper = SameServiceKey(Paper, null=True, related_name="+")  # the signed one, scanned back
    returned_at = models.DateTimeField(null=True)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "key"], name="a_form_has_one_key"),
            models.CheckConstraint(
                name="a_returned_form_is_a_paper",
                condition=Q(paper__isnull=True, returned_at__isnull=True) | Q(paper__isnull=False, returned_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "about"], name="printed_form_by_about")]

    def __str__(self) -> str:
        return str(self.id)
