"""Vermittlung: the wish, each sending to one recipient, and every answer."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.chains.models import ChainStep
from faden.consents.models import Release, Reply
from faden.consents.models.declaration import ToRecipient
from faden.consents.vocabulary import Channel
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.referrals.vocabulary import AnswerKind, AnswerWay, ChangeKind, DeclineReason, Helped, ReferralState


class Referral(ServiceOwned, Concerning):
    """From a need or a chain step to a place: one wish of exactly one person, sent once or several times."""

    case = SameServiceKey(Case)
    step = SameServiceKey(ChainStep, null=True, related_name="+")
    life_area = models.CharField(max_length=20, db_collation="C")
    wish = models.CharField(max_length=200)  # "Sprachkurs B1 mit Kinderbetreuung"
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.DRAFT)
    state_at = models.DateTimeField()
    accompanied = models.BooleanField(default=False)  # begleitete Überleitung: we go along the first time
    # The offer of the directory it is about, and how it was called then: no key, so nothing that happens there touches it.
    offer_id = models.UUIDField(null=True)
    offer_title = models.CharField(max_length=200, blank=True)
    second_choice = models.CharField(max_length=200, blank=True)  # where to go if this fails; a person decides
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    ended_on = models.DateField(null=True)
    helped = models.CharField(max_length=12, choices=Helped.choices, blank=True)
    helped_words = EncryptedTextField(null=True)
    helped_on = models.DateField(null=True)
    helped_noted_by = models.BigIntegerField(null=True)
    asked_on = models.DateField(null=True)  # the night made the task to ask the client whether it helped; once
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_referral_is_one_persons", condition=Q(persons__len=1)),
            models.CheckConstraint(
                name="what_helped_says_when_and_who",
                condition=Q(helped="", helped_on__isnull=True, helped_noted_by__isnull=True)
                | (~Q(helped="") & Q(helped_on__isnull=False, helped_noted_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "-begun_at"], name="referral_by_case"),
            models.Index(fields=["organisation", "state", "state_at"], name="referral_by_state"),
        ]

    def __str__(self) -> str:
        return self.wish


class Sending(ServiceOwned, ToRecipient):
    """One Vermittlung to one recipient, on one Weitergabe; an amended one is a new sending that names the earlier."""

    case = SameServiceKey(Case)
    referral = SameServiceKey(Referral, related_name="sendings")
    number = models.PositiveSmallIntegerField()
    amends = SameServiceKey("self", null=True, related_name="+")
    amended_because = models.CharField(max_length=300, blank=True)
    release = SameServiceKey(Release, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    answer_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *ToRecipient.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "referral", "number"], name="a_sending_has_a_number"),
            models.CheckConstraint(
                name="an_amended_sending_says_why", condition=Q(amends__isnull=True) | ~Q(amended_because="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], name="sending_by_case"),
            models.Index(fields=["organisation", "release"], name="sending_by_release"),
            models.Index(
                fields=["organisation", "answer_by"],
                condition=Q(ended_at__isnull=True),
                name="sending_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(ServiceOwned):
    """What a recipient said to one sending; came by itself, or was noted by us: who said it, when, how."""

    case = SameServiceKey(Case)
    referral = SameServiceKey(Referral, related_name="answers")
    sending = SameServiceKey(Sending, related_name="answers")
    kind = models.CharField(max_length=12, choices=AnswerKind.choices)
    said_on = models.DateField()
    from_on = models.DateField(null=True)  # accepted or free from this day
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    words = EncryptedTextField(null=True)
    way = models.CharField(max_length=12, choices=AnswerWay.choices)
    said_by = models.CharField(max_length=160, blank=True)  # function or name, as told on the phone
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField(null=True)  # null: it came by itself
    reply = SameServiceKey(Reply, null=True, related_name="+")  # how it came
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)  # null: the recipient corrected it

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_refusal_says_why", condition=~Q(kind="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="an_undone_answer_says_by_whom",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | (Q(undone_at__isnull=False) & (Q(undone_by__isnull=False) | Q(noted_by__isnull=True))),
            ),
            models.CheckConstraint(
                name="what_we_noted_says_by_whom",
                condition=Q(way__in=["inbox", "link"], noted_by__isnull=True)
                | (~Q(way__in=["inbox", "link"]) & Q(noted_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "referral"], name="answer_by_referral"),
            models.Index(fields=["organisation", "case"], name="answer_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.said_on}"


class ReferralChange(ServiceOwned):
    """A line of the log of a Vermittlung: what was changed, how it was before, or why it goes on."""

    case = SameServiceKey(Case)
    referral = SameServiceKey(Referral, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    words = EncryptedTextField(null=True)  # of a change: how it was; of a reopening: why
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)  # null: the night

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_taken_up_again_says_why", condition=~Q(kind="reopened") | Q(words__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "referral"], name="change_by_referral")]

    def __str__(self) -> str:
        return self.kind
