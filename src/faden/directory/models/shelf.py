"""One number that grows with every change of the directory."""

from django.db import models


class Shelf(models.Model):
    """The only row says which state of the directory is the newest: whoever keeps a copy asks it first.

    A trigger of the four tables counts in the writer's own transaction; a day or a sequence would let a reader
    keep, under the new number, what another writer had not committed yet.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_shelf", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.version)
