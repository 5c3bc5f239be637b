"""Integrationsplan: what a person wants to reach, who does what until when, and what was agreed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.cases.models import Case, Concerning
from faden.cases.vocabulary.task import DropReason
from faden.chains.models.chain import Chain
from faden.chains.vocabulary import GoalRating, HolderKind, PlanConfirmed
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person


class Plan(ServiceOwned):
    """The plan of one person in one case; its goals are rows of their own."""

    case = SameServiceKey(Case)
    person = SameServiceKey(Person)
    review_on = models.DateField(null=True)
    important = EncryptedTextField(null=True)  # what else matters, in her words
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "person"], name="one_plan_for_a_person_in_a_case"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Goal(ServiceOwned, Concerning):
    """What one person wants to reach, in words both understand; rated at the end, never deleted."""

    plan = SameServiceKey(Plan)
    position = models.PositiveSmallIntegerField()
    life_area = models.CharField(max_length=20, db_collation="C")
    words = EncryptedTextField()
    # SMART: by what both will see that it is reached.
    seen_by = EncryptedTextField(null=True)
    until_from = models.DateField(null=True)
    until_on = models.DateField(null=True)
    # The integration chain that leads there, if one does.
    chain = SameServiceKey(Chain, null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    rating = models.CharField(max_length=12, choices=GoalRating.choices, blank=True)
    client_rating = models.CharField(max_length=12, choices=GoalRating.choices, blank=True)
    rating_words = EncryptedTextField(null=True)
    rated_on = models.DateField(null=True)
    rated_by = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_goal_is_one_persons", condition=Q(persons__len=1)),
            models.CheckConstraint(
                name="a_rated_goal_says_by_whom",
                condition=Q(rating="", rated_on__isnull=True, rated_by__isnull=True)
                | (~Q(rating="") & Q(rated_on__isnull=False, rated_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_goals_window_ends_after_it_began",
                condition=Q(until_from__isnull=True)
                | Q(until_on__isnull=False, until_on__gte=F("until_from")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "plan"], name="goal_by_plan")]

    def __str__(self) -> str:
        return str(self.id)


class GoalStep(ServiceOwned):
    """What one side does for a goal, by a day or within a week."""

    goal = SameServiceKey(Goal)
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=14, choices=HolderKind.choices)
    who_name = models.CharField(max_length=120, blank=True)
    due_from = models.DateField(null=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    dropped_because = models.CharField(max_length=20, choices=DropReason.choices, blank=True)
    settled_by = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_goal_step_is_done_or_dropped",
                condition=Q(done_on__isnull=True) | Q(dropped_because=""),
            ),
            models.CheckConstraint(
                name="a_goal_steps_window_ends_after_it_began",
                condition=Q(due_from__isnull=True) | Q(due_on__isnull=False, due_on__gte=F("due_from")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "goal"], name="goal_step_by_goal")]

    def __str__(self) -> str:
        return self.what


class PlanVersion(ServiceOwned):
    """What was agreed on a day, as it stood: goals and steps as JSON; never changed.

    `confidential`: what was agreed in her vertraulicher Faden, numbered and kept apart.
    """

    plan = SameServiceKey(Plan)
    confidential = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    language = models.CharField(max_length=3)
    confirmed = models.CharField(max_length=10, choices=PlanConfirmed.choices)
    interpreted_by = models.CharField(max_length=120, blank=True)
    # A minor's: agreed by her legal representatives, and by herself too where she can judge it.
    represented_by = ArrayField(models.UUIDField(), default=list)
    herself = models.BooleanField(default=True)
    content = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "plan", "confidential", "number"], name="a_plan_version_is_agreed_once"
            ),
            models.CheckConstraint(
                name="a_plan_is_somebodys", condition=Q(herself=True) | Q(represented_by__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
