"""Templates of a service, and what its own finished steps teach about durations."""

from django.db import models
from django.db.models import Q

from faden.organisations.models import ServiceOwned


class ChainTemplate(ServiceOwned):
    """A version a service has published; never changed. What the software ships are files, not rows."""

    code = models.CharField(max_length=40, db_collation="C")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    source = models.TextField()  # the YAML as it was published
    news = models.CharField(max_length=300, blank=True)  # what changed, in words
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="a_template_version_is_published_once"
            ),
            models.CheckConstraint(
                name="a_withdrawn_template_says_by_whom",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class MeasuredDuration(ServiceOwned):
    """How long a step of a template took in this service: from ready to done, the median of the finished ones."""

    template_code = models.CharField(max_length=40, db_collation="C")
    step_code = models.CharField(max_length=40, db_collation="C")
    finished = models.PositiveIntegerField()
    median_days = models.PositiveIntegerField()
    measured_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "template_code", "step_code"], name="a_step_is_measured_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_code}/{self.step_code}"
