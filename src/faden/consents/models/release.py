"""Weitergabe (the sender's side), the delivered copy (the recipient's side), and the way back.

No table has two parties: a row both could see was a row the recipient could delete.
"""

from django.db import models
from django.db.models import F, Q

from faden.consents.models.declaration import Consent, ToRecipient, data_classes
from faden.consents.vocabulary import (
    Channel,
    DeliveryKind,
    Erasure,
    Ground,
    LawNorm,
    NotInformed,
    Outcome,
    ReleaseEnd,
)
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned
from faden.persons.models import Person


class LawfulRelease(ServiceOwned, ToRecipient):
    """Gesetzliche Befugnis or Pflicht: norm and facts by one person, confirmed or refused by another.

    Towards an office that decides about somebody's stay the second person has checked §§ 87 and 88 AufenthG.
    """

    person = SameServiceKey(Person)
    norm = models.CharField(max_length=20, choices=LawNorm.choices)
    norm_words = models.CharField(max_length=200, blank=True)
    facts = EncryptedTextField()
    purpose = models.CharField(max_length=200)
    data_classes = data_classes()
    informed_on = models.DateField(null=True)
    not_informed = models.CharField(max_length=20, choices=NotInformed.choices, blank=True)
    not_informed_words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    confirmed = models.BooleanField(null=True)
    decided_words = models.CharField(max_length=300, blank=True)
    checked_87 = models.BooleanField(default=False)
    checked_88 = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *ToRecipient.Meta.constraints,
            models.CheckConstraint(
                name="the_second_person_of_a_lawful_release_is_another_one",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="a_decided_lawful_release_says_by_whom",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, confirmed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, confirmed__isnull=False),
            ),
            models.CheckConstraint(
                name="a_client_is_informed_or_there_is_a_reason",
                condition=Q(informed_on__isnull=False) | ~Q(not_informed=""),
            ),
            models.CheckConstraint(
                name="another_norm_is_named", condition=~Q(norm="other") | ~Q(norm_words="")
            ),
            models.CheckConstraint(
                name="a_confirmed_notice_to_the_immigration_office_was_checked",
                condition=~Q(norm__in=["aufenthg_87_1", "aufenthg_87_2", "stag_32"])
                | ~Q(confirmed=True)
                | Q(checked_87=True, checked_88=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="lawful_release_by_time"),
            models.Index(fields=["organisation", "person"], name="lawful_release_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Release(ServiceOwned, ToRecipient):
    """Weitergabe: named data of one person, to one recipient, for one purpose, on one ground; never changed.

    `content` is what was told, as the recipient got it: the sender answers for it.
    """

    person = SameServiceKey(Person, null=True)
    kind = models.CharField(max_length=12, choices=DeliveryKind.choices)
    ground = models.CharField(max_length=30, choices=Ground.choices)
    consent = SameServiceKey(Consent, null=True)
    lawful = SameServiceKey(LawfulRelease, null=True, related_name="releases")
    purpose = models.CharField(max_length=200)
    data_classes = data_classes()
    content = EncryptedTextField(null=True)  # null: from before it was kept
    channel = models.CharField(max_length=12, choices=Channel.choices)
    valid_until = models.DateField()
    number = models.PositiveIntegerField(default=1)  # of a running Weitergabe: which copy
    supersedes = SameServiceKey("self", null=True, related_name="+")
    delivery_id = models.UUIDField(null=True)  # null: on paper or by word
    released_at = models.DateTimeField()
    released_by = models.BigIntegerField()

    class Meta:
        constraints = [
            *ToRecipient.Meta.constraints,
            models.CheckConstraint(
                name="a_release_by_consent_names_it",
                condition=~Q(ground="einwilligung") | Q(consent__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="a_release_by_law_names_it",
                condition=~Q(ground="gesetzliche_befugnis") | Q(lawful__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="a_release_without_a_person_names_nobody",
                condition=~Q(ground="ohne_personenbezug") | Q(person__isnull=True),
            ),
            models.CheckConstraint(
                name="what_is_delivered_by_us_is_a_copy",
                condition=Q(channel__in=["inbox", "link"], delivery_id__isnull=False)
                | (~Q(channel__in=["inbox", "link"]) & Q(delivery_id__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_inbox_is_an_account_and_a_link_is_not",
                condition=(~Q(channel="inbox") | Q(recipient__isnull=False)) & (~Q(channel="link") | Q(agency__isnull=False)),
            ),
            models.CheckConstraint(
                name="no_special_categories_by_fax",
                condition=~Q(channel="fax") | ~Q(data_classes__contains=["special"]),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-released_at"], name="release_register"),
            models.Index(fields=["organisation", "consent"], name="release_by_consent"),
            models.Index(fields=["organisation", "lawful"], condition=Q(lawful__isnull=False), name="release_by_law"),
            models.Index(fields=["organisation", "person"], name="release_by_person"),
            models.Index(
                fields=["organisation", "released_by"], condition=Q(person__isnull=True), name="release_of_nobody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReleaseEnding(ServiceOwned):
    """A Weitergabe is over: when, why, and what became of the copy."""

    release = SameServiceKey(Release, related_name="endings")
    because = models.CharField(max_length=12, choices=ReleaseEnd.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    ended_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)  # null: the night

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "release"], name="a_release_ends_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Delivery(ServiceOwned):
    """The copy in the recipient's own rows, self-contained; its row policy tests both dates."""

    release_id = models.UUIDField()
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DeliveryKind.choices)
    ground = models.CharField(max_length=30, choices=Ground.choices)
    purpose = models.CharField(max_length=200)
    data_classes = data_classes()
    content = EncryptedTextField(null=True)  # null: ended and not filed, or erased by the recipient's decision
    number = models.PositiveIntegerField(default=1)
    series_id = models.UUIDField()  # all copies of one Weitergabe: the first one's id
    supersedes_id = models.UUIDField(null=True)  # the recipient's earlier copy of the same running Weitergabe
    valid_until = models.DateField()
    delivered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=ReleaseEnd.choices, blank=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.BigIntegerField(null=True)
    erasure = models.CharField(max_length=8, choices=Erasure.choices, blank=True)
    erasure_words = models.CharField(max_length=300, blank=True)
    erasure_at = models.DateTimeField(null=True)
    erasure_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "release_id"], name="a_release_is_delivered_once"
            ),
            models.CheckConstraint(
                name="a_filed_delivery_says_by_whom",
                condition=Q(filed_at__isnull=True, filed_by__isnull=True)
                | Q(filed_at__isnull=False, filed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_was_filed_and_ended_is_decided_about",
                condition=Q(erasure="", erasure_at__isnull=True, erasure_by__isnull=True)
                | (
                    ~Q(erasure="")
                    & Q(
                        filed_at__isnull=False, ended_at__isnull=False, erasure_at__isnull=False, erasure_by__isnull=False
                    )
                ),
            ),
            models.CheckConstraint(
                name="what_is_kept_has_a_reason", condition=~Q(erasure__in=["kept", "partly"]) | ~Q(erasure_words="")
            ),
            models.CheckConstraint(
                name="content_goes_only_by_a_decision",
                condition=Q(content__isnull=False) | Q(erasure="erased") | Q(ended_at__isnull=False, filed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-delivered_at"], name="delivery_inbox"),
            models.Index(fields=["organisation", "series_id", "-number"], name="delivery_by_series"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LinkDelivery(ServiceOwned):
    """The copy for an agency without an account: in the sender's rows, read through its link alone.

    The link's token and the eight-digit code are kept as hashes; five wrong codes and it is closed.
    """

    release = SameServiceKey(Release, related_name="links")
    kind = models.CharField(max_length=12, choices=DeliveryKind.choices)  # which answers fit
    token_hash = models.BinaryField()
    code_hash = models.BinaryField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    content = EncryptedTextField()
    purpose = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # with the right code, the first time
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "release"], name="a_release_has_one_link"),
            models.CheckConstraint(name="five_wrong_codes_are_the_most", condition=Q(wrong_codes__lte=5)),
        ]
        # Looked up before a service is known, by everybody who has an address to try.
        indexes = [models.Index(fields=["token_hash"], name="link_by_token")]

    def __str__(self) -> str:
        return str(self.id)


class Reply(ServiceOwned):
    """What a recipient answered, in the sender's rows; the module that made the Weitergabe takes it up."""

    release = SameServiceKey(Release, related_name="replies")
    content = EncryptedTextField()
    replied_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "release"], name="reply_by_release"),
            models.Index(fields=["organisation", "replied_at"], condition=Q(taken_at__isnull=True), name="reply_to_take"),
        ]

    def __str__(self) -> str:
        return str(self.id)
