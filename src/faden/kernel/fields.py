"""Field types that carry a promise: encrypted text, and keys that stay inside one service."""

from typing import Any

from django.db import models

from faden.kernel.keys import keyring


class Sealed(bytes):
    """A ciphertext as it came from the database, opened only when somebody reads it."""


class _OpensOnRead:
    """Opens the value with the row's own id: `from_db_value` would not know the row."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = keyring().open(value, bound_to=self.field.bound_to(instance)).decode()
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """Text sealed with AES-GCM, bound to table, column and row id; not searchable."""

    description = "encrypted text"

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def bound_to(self, instance: models.Model) -> str:
        """What the ciphertext is tied to: moving it to another row makes it unreadable."""
        return f"{self.model._meta.db_table}/{self.column}/{instance.pk}"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _OpensOnRead(self))

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> Any:
        return None if value is None else Sealed(value)

    def pre_save(self, instance: models.Model, add: bool) -> bytes | None:
        value = getattr(instance, self.attname)
        if value is None:
            return None
        return keyring().seal(str(value).encode(), bound_to=self.bound_to(instance))

    def get_prep_value(self, value: Any) -> Any:
        """Only what `pre_save` sealed, or nothing: QuerySet.update would write the plain text."""
        if isinstance(value, str):
            raise TypeError(f"{self.name} is encrypted: set it on the object and save it")
        return value


class SameServiceKey(models.ForeignKey):
    """A foreign key that the database checks together with organisation_id.

    A plain key bypasses row security: it would accept another service's row and tell that it exists.
    The composite constraint is made by `GuardTable`.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("db_index", False)
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        if options.get("db_index") is False:
            options.pop("db_index")
        return name, path, args, options


class RowId(models.UUIDField):
    """The id of a row: the key in the database is (organisation_id, id), see `GuardTable`."""

    def __init__(self, **options: Any) -> None:
        from faden.kernel.identifiers import uuid7  # noqa: PLC0415 -- migrations import this class

        options.update(primary_key=True, default=uuid7, editable=False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, _ = super().deconstruct()
        return name, path, args, {}
