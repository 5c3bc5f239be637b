"""Tasks."""

from django.db import models
from django.db.models import Q

from faden.cases.models.case import Case
from faden.cases.models.concerning import Concerning
from faden.cases.vocabulary.task import DropReason
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import Membership, ServiceOwned


class Task(ServiceOwned, Concerning):
    """One thing to do, by whom, until when; `version` finds two people editing at once."""

    case = SameServiceKey(Case, null=True)
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    assignee = SameServiceKey(Membership)
    made_at = models.DateTimeField()
    # Null: the night made it (someone comes of age, a protection ends).
    made_by = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    # Closed without being done, when the case was closed: why.
    dropped_because = models.CharField(max_length=20, choices=DropReason.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="a_done_task_says_by_whom",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "assignee", "due_on"],
                condition=Q(done_at__isnull=True),
                name="open_tasks",
            ),
            models.Index(fields=["organisation", "case", "due_on"], name="task_by_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)
