"""One offer with what it asks for, and the places where it happens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.models.provider import Provider, Source
from faden.directory.vocabulary import (
    CONFIRM_DAYS_BY_DEFAULT,
    Childcare,
    Condition,
    ConfirmedHow,
    Gender,
    OfferEnd,
)
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import Municipality, ServiceOwned
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper


class Offer(ServiceOwned):
    """What somebody may take part in or ask for. Everybody reads it, its service writes it; it is ended, never deleted.

    A condition that is empty asks for nothing, unless `silent` names it: then nobody said anything about it.
    """

    provider = SameServiceKey(Provider, related_name="offers")
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)  # one sentence, plain text
    description = models.TextField(blank=True)  # cleaned HTML: p, br, ul, ol, li, a, strong, em, h3, h4
    # The same in other languages: {"ar": {"title", "summary", "description", "reviewed": bool, "machine": True where the source says so}}
    texts = models.JSONField(default=dict)
    life_areas = ArrayField(models.CharField(max_length=20, choices=LifeArea.choices), default=list)
    category = models.CharField(max_length=120, blank=True)  # the source's own word
    target_group = models.CharField(max_length=300, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)  # in which people are spoken with
    online = models.BooleanField(default=False)  # by video or telephone: distance does not count
    # [{"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": "2026-09-01"|null, "until": …, "opens": "09:00"|null, "closes": …, "words": ""}]
    schedules = models.JSONField(default=list)
    cost_words = models.CharField(max_length=300, blank=True)
    is_free = models.BooleanField(null=True)
    documents = ArrayField(models.CharField(max_length=160), default=list)  # what to bring
    places_free = models.PositiveSmallIntegerField(null=True)
    places_on = models.DateField(null=True)  # the day on which that was so
    waiting_days = models.PositiveSmallIntegerField(null=True)
    next_start = models.DateField(null=True)
    ends_on = models.DateField(null=True)  # the last day of the offer, where it is known
    certifies = models.CharField(max_length=8, choices=Level.choices, blank=True)  # a test or course that proves this level
    contact_role = models.CharField(max_length=120, blank=True)  # a function, never a person's name
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=500, blank=True)

    # ---- conditions
    papers = ArrayField(models.CharField(max_length=24, choices=ResidencePaper.choices), default=list)
    german_from = models.CharField(max_length=8, choices=Level.choices, blank=True)
    german_to = models.CharField(max_length=8, choices=Level.choices, blank=True)
    german_proof = models.BooleanField(default=False)  # the level must be proved by a certificate
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)  # up to and including this age
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True)
    towns = ArrayField(models.CharField(max_length=8), default=list)  # only for people who live there, by AGS
    regimes = ArrayField(models.CharField(max_length=16, choices=BenefitRegime.choices), default=list)
    childcare = models.CharField(max_length=4, choices=Childcare.choices, blank=True)
    silent = ArrayField(models.CharField(max_length=12, choices=Condition.choices), default=list)
    condition_words = models.CharField(max_length=500, blank=True)

    # ---- who says so, since when
    keeper_email = models.EmailField(blank=True)  # an office's: the link to confirm goes there; shown nowhere in public
    confirmed_on = models.DateField()
    confirmed_how = models.CharField(max_length=12, choices=ConfirmedHow.choices)
    confirm_every_days = models.PositiveSmallIntegerField(default=CONFIRM_DAYS_BY_DEFAULT)
    asked_on = models.DateField(null=True)  # the owner was sent the link
    hint = models.CharField(max_length=1000, blank=True)  # what the owner asked us through the link to change
    hint_on = models.DateField(null=True)
    noted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=OfferEnd.choices, blank=True)
    source = SameServiceKey(Source, null=True, related_name="+")
    source_key = models.CharField(max_length=200, blank=True, db_collation="C")
    source_url = models.URLField(max_length=500, blank=True)
    source_hash = models.CharField(max_length=64, blank=True)  # of the record as it was read in: unchanged or changed
    from_source = models.JSONField(default=dict)  # {column: mark of what the source said in it the last time}; only what it filled
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "source_key"],
                condition=Q(source__isnull=False),
                name="an_offer_comes_once_from_a_source",
            ),
            models.CheckConstraint(
                name="an_ended_offer_says_why",
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
            ),
            models.CheckConstraint(
                name="free_places_have_a_day", condition=Q(places_free__isnull=True) | Q(places_on__isnull=False)
            ),
            models.CheckConstraint(
                name="a_hint_has_a_day", condition=Q(hint="", hint_on__isnull=True) | (~Q(hint="") & Q(hint_on__isnull=False))
            ),
            models.CheckConstraint(
                name="an_age_begins_before_it_ends",
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_at", "confirmed_on"], name="offer_to_confirm")]

    def __str__(self) -> str:
        return self.title


class Place(ServiceOwned):
    """Where an offer happens; the first one counts for distance when there are several equally near."""

    offer = SameServiceKey(Offer, related_name="places")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    barrier_free = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "offer", "position"], name="a_place_has_a_position"),
            models.CheckConstraint(
                name="a_place_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.town
