"""What a person signs: the texts with their review, Vollmacht, releases from secrecy, consent to a Weitergabe."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.consents.vocabulary import (
    DataClass,
    DeclarationEnd,
    FormKind,
    GivenHow,
    PowerScope,
    SpecialCategory,
)
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Agency, Organisation, ServiceOwned
from faden.persons.models import Person


class FormText(ServiceOwned):
    """A text to be signed, in one language and version. Entwurf until reviewed; never changed once reviewed."""

    kind = models.CharField(max_length=12, choices=FormKind.choices)
    language = models.CharField(max_length=3)
    version = models.PositiveSmallIntegerField()
    # Which German version it translates (of a German one: its own); another German wording asks for another one.
    of_version = models.PositiveSmallIntegerField()
    shipped_version = models.PositiveSmallIntegerField(null=True)  # null: the service's own wording
    title = models.CharField(max_length=160)
    body = models.TextField()  # one paragraph a line, as `rules.form_texts` reads it
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.CharField(max_length=120, blank=True)  # name and office of who reviewed it
    review_noted_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "version"], name="a_form_text_stands_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "shipped_version"],
                condition=Q(shipped_version__isnull=False),
                name="a_shipped_text_is_taken_over_once",
            ),
            models.CheckConstraint(
                name="a_reviewed_text_says_by_whom",
                condition=Q(reviewed_on__isnull=True, reviewed_by="", review_noted_by__isnull=True)
                | (Q(reviewed_on__isnull=False, review_noted_by__isnull=False) & ~Q(reviewed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"


class Declaration(ServiceOwned):
    """Prepared, then signed by the person; what was said about language and interpreter stands with it."""

    kind: ClassVar[FormKind]
    person = SameServiceKey(Person)
    text = SameServiceKey(FormText, related_name="+")  # what is signed
    # Printed beside the signed text for reading; signed only if it is `text` itself.
    shown_language = models.CharField(max_length=3, blank=True)
    read_aloud = models.BooleanField(default=False)
    interpreter_name = models.CharField(max_length=120, blank=True)
    interpreter_language = models.CharField(max_length=3, blank=True)
    interpreter_obliged_on = models.DateField(null=True)  # Verpflichtung zur Verschwiegenheit
    represented_by = ArrayField(models.UUIDField(), default=list)
    own_agreement = models.BooleanField(default=True)
    valid_until = models.DateField(null=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.BigIntegerField()
    signed_on = models.DateField(null=True)
    noted_by = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=12, choices=DeclarationEnd.choices, blank=True)
    ended_noted_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_signed_says_who_noted_it",
                condition=Q(signed_on__isnull=True, noted_by__isnull=True)
                | Q(signed_on__isnull=False, noted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_ended_says_why",
                condition=Q(ended_on__isnull=True, ended_because="") | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
            ),
            models.CheckConstraint(
                name="%(class)s_ends_after_it_was_signed",
                condition=Q(valid_until__isnull=True) | Q(signed_on__isnull=True) | Q(valid_until__gte=F("signed_on")),
            ),
            models.CheckConstraint(
                name="%(class)s_is_somebodys", condition=Q(own_agreement=True) | Q(represented_by__len__gt=0)
            ),
            models.CheckConstraint(
                name="%(class)s_interpreter_is_obliged",
                condition=Q(interpreter_name="") | Q(signed_on__isnull=True) | Q(interpreter_obliged_on__isnull=False),
            ),
        ]


def data_classes() -> ArrayField:
    """What may be told, or was."""
    return ArrayField(models.CharField(max_length=20, choices=DataClass.choices), default=list)


def special_categories() -> ArrayField:
    """Special categories, one by one."""
    return ArrayField(models.CharField(max_length=30, choices=SpecialCategory.choices), default=list)


def named_one_by_one(name: str) -> models.CheckConstraint:
    """Who names the special class says which of them, and the other way round."""
    return models.CheckConstraint(
        name=name,
        condition=Q(data_classes__contains=[DataClass.SPECIAL], special_categories__len__gt=0)
        | (~Q(data_classes__contains=[DataClass.SPECIAL]) & Q(special_categories__len=0)),
    )


class ToRecipient(models.Model):
    """Exactly one recipient: a service or agency with an account here, or one of the own address book.

    `recipient_name` is the name it had then: the register does not change when an agency does.
    """

    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    agency = SameServiceKey(Agency, null=True, related_name="+")
    recipient_name = models.CharField(max_length=200)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_one_recipient",
                condition=Q(recipient__isnull=False, agency__isnull=True)
                | Q(recipient__isnull=True, agency__isnull=False),
            ),
        ]

    @property
    def recipient_key(self) -> str:
        """As `organisations.queries.recipients` spells it."""
        return f"s{self.recipient_id}" if self.recipient_id else f"a{self.agency_id}"


class PowerOfAttorney(Declaration):
    """Vollmacht (§ 13 SGB X, § 14 VwVfG): who may act, towards which office, in which procedure, how far."""

    kind = FormKind.POWER
    authority = models.CharField(max_length=160)
    procedure = models.CharField(max_length=200)
    deputies = models.CharField(max_length=200)  # the workers or the service, as printed
    scope = ArrayField(models.CharField(max_length=16, choices=PowerScope.choices), default=list)

    class Meta(Declaration.Meta):
        abstract = False
        indexes = [models.Index(fields=["organisation", "person"], name="power_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class SecrecyRelease(Declaration):
    """Entbindung von der Schweigepflicht towards the service: who may tell us what, for which purpose."""

    kind = FormKind.SECRECY
    discloser = models.CharField(max_length=160)  # exact body or person
    purpose = models.CharField(max_length=200)
    data_classes = data_classes()
    special_categories = special_categories()
    information = EncryptedTextField()  # which information, in words
    mutual = models.BooleanField(default=False)

    class Meta(Declaration.Meta):
        abstract = False
        constraints = [
            *Declaration.Meta.constraints,
            models.CheckConstraint(
                name="a_signed_secrecy_release_has_an_end",
                condition=Q(signed_on__isnull=True) | Q(valid_until__isnull=False),
            ),
            named_one_by_one("special_categories_are_named_one_by_one"),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="secrecy_release_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class Consent(Declaration, ToRecipient):
    """One person allows one recipient to be told named data for one purpose, until a day; `mutual`: and to tell us.

    It counts once it is signed. What somebody else reported of her is kept apart and never counts.
    """

    kind = FormKind.CONSENT
    purpose = models.CharField(max_length=200)
    information = EncryptedTextField(null=True)  # which information, in words; null: from before it was asked
    data_classes = data_classes()
    special_categories = special_categories()
    mutual = models.BooleanField(default=False)
    given_how = models.CharField(max_length=20, choices=GivenHow.choices, blank=True)
    reported_on = models.DateField(null=True)
    reported_by = models.CharField(max_length=160, blank=True)

    class Meta(Declaration.Meta):
        abstract = False
        constraints = [
            *Declaration.Meta.constraints,
            *ToRecipient.Meta.constraints,
            models.CheckConstraint(
                name="a_signed_consent_has_an_end_and_a_way",
                condition=Q(signed_on__isnull=True, given_how="")
                | (Q(signed_on__isnull=False, valid_until__isnull=False) & ~Q(given_how="")),
            ),
            models.CheckConstraint(
                name="a_reported_consent_says_by_whom",
                condition=Q(reported_on__isnull=True, reported_by="") | (Q(reported_on__isnull=False) & ~Q(reported_by="")),
            ),
            named_one_by_one("a_consent_names_special_categories"),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="consent_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class OwnSecrecyRelease(Declaration):
    """Entbindung of our own staff (§ 203 StGB) towards a consent's recipient: a signature of its own, revoked on its own."""

    kind = FormKind.OWN_SECRECY
    consent = SameServiceKey(Consent, related_name="secrecy_releases")

    class Meta(Declaration.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["organisation", "person"], name="own_secrecy_by_person"),
            models.Index(fields=["organisation", "consent"], name="own_secrecy_by_consent"),
        ]

    def __str__(self) -> str:
        return str(self.id)


Declared = PowerOfAttorney | SecrecyRelease | Consent | OwnSecrecyRelease
DECLARED: tuple[type[Declared], ...] = (PowerOfAttorney, SecrecyRelease, Consent, OwnSecrecyRelease)
