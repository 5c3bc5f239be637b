"""An integration chain of one person: its steps, what waits for what, and what happened to each."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.cases.models import Case, Concerning
from faden.chains.models.template import ChainTemplate
from faden.chains.vocabulary import (
    BendReason,
    Breakpoint,
    ChainEnd,
    ChangeKind,
    HolderKind,
    Join,
    StepKind,
    StepState,
    TimeUnit,
)
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.organisations.vocabulary import AgencyKind
from faden.persons.models import Person


class Chain(ServiceOwned, Concerning):
    """Copied from a version of a template (or free), for exactly one person; it stays on that version."""

    case = SameServiceKey(Case)
    title = models.CharField(max_length=120)
    life_area = models.CharField(max_length=20, db_collation="C")
    # Empty and null: a free chain. A shipped template has a version and no row.
    template_code = models.CharField(max_length=40, db_collation="C", blank=True)
    template_version = models.PositiveIntegerField(null=True)
    own_template = SameServiceKey(ChainTemplate, null=True)
    started_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)  # null: an answer of an office began it
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_because = models.CharField(max_length=20, choices=ChainEnd.choices, blank=True)
    ended_line = models.UUIDField(null=True)  # the end's own line in the timeline; the beginning has the row's id
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_chain_is_one_persons", condition=Q(persons__len=1)),
            models.CheckConstraint(
                name="an_ended_chain_says_by_whom_and_why",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], name="chain_by_case"),
            models.Index(
                fields=["organisation", "ended_line"],
                condition=Q(ended_line__isnull=False),
                name="chain_by_ended_line",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> UUID:
        """Whose chain it is."""
        return self.persons[0]


class ChainStep(ServiceOwned):
    """One step: what the template says about it, and where it stands, since when, at whom.

    `case` repeats the chain's: a case page reads all steps of a case by one index.
    """

    case = SameServiceKey(Case)
    chain = SameServiceKey(Chain)
    code = models.CharField(max_length=40, db_collation="C")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    life_area = models.CharField(max_length=20, db_collation="C")
    join = models.CharField(max_length=3, choices=Join.choices, default=Join.ALL)
    usual_days = models.PositiveSmallIntegerField(null=True)
    usual_source = models.CharField(max_length=300, blank=True)  # empty: estimated
    hint = models.CharField(max_length=500, blank=True)
    documents = ArrayField(models.CharField(max_length=160), default=list)
    block_reasons = ArrayField(models.CharField(max_length=20, choices=Breakpoint.choices), default=list)
    law = models.CharField(max_length=160, blank=True)
    # A law clock: so long after a step of this chain is done, or after the chain's start ("").
    clock_amount = models.PositiveSmallIntegerField(null=True)
    clock_unit = models.CharField(max_length=10, choices=TimeUnit.choices, blank=True)
    clock_from = models.CharField(max_length=40, db_collation="C", blank=True)
    clock_due_on = models.DateField(null=True)
    holder = models.CharField(max_length=14, choices=HolderKind.choices)
    # A member of the family who holds it.
    holder_person = SameServiceKey(Person, null=True, related_name="+")
    agency_kind = models.CharField(max_length=24, choices=AgencyKind.choices, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=16, choices=StepState.choices)
    since_on = models.DateField()
    block_reason = models.CharField(max_length=20, choices=Breakpoint.choices, blank=True)
    words = EncryptedTextField(null=True)  # to the present state: what is missing, what was asked
    # Agreed with the client; null: nobody agreed on a day. A window of one day or a week.
    due_from = models.DateField(null=True)
    due_on = models.DateField(null=True)
    # The participant of a Laufende Freigabe that holds it, and may report on it.
    held_by_share = SameServiceKey("chains.ChainShare", null=True, related_name="+")
    suspended_until = models.DateField(null=True)
    exempt_until = models.DateField(null=True)
    bent = models.CharField(max_length=20, choices=BendReason.choices, blank=True)
    bent_because = models.CharField(max_length=300, blank=True)
    is_added = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "chain", "code"], name="a_step_code_once_in_a_chain"
            ),
            models.CheckConstraint(
                name="a_blocked_step_says_why",
                condition=Q(state="blocked") & ~Q(block_reason="") | ~Q(state="blocked") & Q(block_reason=""),
            ),
            models.CheckConstraint(
                name="a_dropped_step_says_why", condition=~Q(state="dropped") | ~Q(bent="")
            ),
            models.CheckConstraint(
                name="only_a_dropped_step_is_exempt",
                condition=Q(exempt_until__isnull=True) | Q(state="dropped"),
            ),
            models.CheckConstraint(
                name="a_step_at_an_agency_says_which_kind", condition=~Q(holder="agency") | ~Q(agency_kind="")
            ),
            models.CheckConstraint(
                name="a_clock_has_a_unit",
                condition=Q(clock_amount__isnull=True, clock_unit="")
                | (Q(clock_amount__isnull=False) & ~Q(clock_unit="") & ~Q(law="")),
            ),
            models.CheckConstraint(
                name="a_window_ends_after_it_began",
                condition=Q(due_from__isnull=True) | Q(due_on__isnull=False, due_on__gte=F("due_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], name="step_by_case"),
            models.Index(
                fields=["organisation", "exempt_until"],
                condition=Q(exempt_until__isnull=False),
                name="step_exempt",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepLink(ServiceOwned):
    """`step` waits for `before`, in the same case: another chain's or another member's step too."""

    case = SameServiceKey(Case)
    step = SameServiceKey(ChainStep, related_name="+")
    before = SameServiceKey(ChainStep, related_name="+")
    because = models.CharField(
        max_length=300, blank=True
    )  # why it was joined by hand; empty: from the template

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "step", "before"], name="a_step_waits_once_for_another"
            ),
            models.CheckConstraint(name="no_step_waits_for_itself", condition=~Q(step=F("before"))),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="link_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class StepChange(ServiceOwned):
    """A line of a step's history: structured, so that waiting times and breakpoints are counted without names."""

    case = SameServiceKey(Case)
    step = SameServiceKey(ChainStep)
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    state = models.CharField(max_length=16, choices=StepState.choices)
    holder = models.CharField(max_length=14, choices=HolderKind.choices)
    agency_kind = models.CharField(max_length=24, choices=AgencyKind.choices, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    holder_person = SameServiceKey(Person, null=True, related_name="+")
    block_reason = models.CharField(max_length=20, choices=Breakpoint.choices, blank=True)
    words = EncryptedTextField(null=True)
    bent = models.CharField(max_length=20, choices=BendReason.choices, blank=True)
    because = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()  # the day from which on it holds
    until_on = models.DateField(null=True)  # of a suspension or an exemption
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)  # null: the night
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_undone_change_says_by_whom",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "-changed_at"], name="step_change_by_case"),
            models.Index(fields=["organisation", "step"], name="step_change_by_step"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.from_on}"
