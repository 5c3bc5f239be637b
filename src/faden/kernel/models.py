"""What is remembered: audit events, looks, their sealed blocks; form keys and drafts.

These tables carry organisation_id without a foreign key: the kernel stands below the organisations.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faden.kernel.fields import EncryptedTextField, RowId, SameServiceKey


class Xid8Field(models.Field):
    """The id of the transaction that wrote the row; the database fills it in."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class Remembered(models.Model):
    """Base of both logs: who, when, signed; `xid` and `epoch` are set by the database alone."""

    id = RowId()
    organisation_id = models.BigIntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40)
    mac = models.BinaryField()
    epoch = models.IntegerField()
    xid = Xid8Field()

    class Meta:
        abstract = True


class AuditEvent(Remembered):
    """One deed: an event code, the row it concerns and codes about it; never content."""

    event = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "xid", "id"], name="audit_by_xid"),
            models.Index(fields=["organisation_id", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["organisation_id", "-at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"


class Look(Remembered):
    """One look at content, noted before it happens: what, and for which purpose."""

    kind = models.CharField(max_length=20)
    page = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    shown = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "xid", "id"], name="look_by_xid"),
            models.Index(fields=["organisation_id", "subject_id", "at"], name="look_by_subject"),
            models.Index(fields=["organisation_id", "-at"], name="look_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AuditEpoch(models.Model):
    """A stretch of life on one server: transaction ids start anew after restore or move."""

    number = models.IntegerField(primary_key=True)
    began_at = models.DateTimeField()
    reason = models.CharField(max_length=60)

    def __str__(self) -> str:
        return str(self.number)


class AuditBlock(models.Model):
    """A sealed stretch of one log: all rows with from_xid ≤ xid < horizon, and the previous hash."""

    id = RowId()
    organisation_id = models.BigIntegerField()
    stream = models.CharField(max_length=10)
    number = models.IntegerField()
    epoch = models.IntegerField()
    from_xid = Xid8Field()
    horizon = Xid8Field()
    count = models.IntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    # Eight bytes of each row's signature in order: tells which row is missing, not what it said.
    marks = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    # Signs all of the above: it still holds when the rows have expired.
    mac = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "stream", "number"], name="a_block_has_one_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.number}"


class AuditExpiry(models.Model):
    """The rows of this block were deleted when their period ended; the hash stays."""

    id = RowId()
    organisation_id = models.BigIntegerField()
    block = SameServiceKey(AuditBlock)
    expired_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "block"], name="a_block_expires_once"),
        ]

    def __str__(self) -> str:
        return str(self.block_id)


class Submission(models.Model):
    """A form that was sent: the second press of the button gets the first result."""

    id = RowId()
    organisation_id = models.BigIntegerField()
    key = models.UUIDField()
    user_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    # What was sent, so that other words under the same key are not mistaken for a second press.
    digest = models.BinaryField()
    result = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "key"], name="a_form_counts_once"),
        ]
        indexes = [models.Index(fields=["organisation_id", "sent_at"], name="submission_by_age")]

    def __str__(self) -> str:
        return str(self.key)


class Draft(models.Model):
    """What somebody typed and has not sent; hers alone, encrypted, gone after 14 days."""

    id = RowId()
    organisation_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    form = models.CharField(max_length=200)
    payload = EncryptedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "user_id", "form"], name="one_draft_per_form"),
        ]
        indexes = [models.Index(fields=["organisation_id", "saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return self.form
