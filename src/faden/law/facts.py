"""What is known of a person: typed, dated, and each of it may be unknown (None). `facts.yaml` says what each means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Answer = bool | None  # yes, no, or nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    birth_date: date | None = None
    nationality: str | None = None  # ISO 3166-1 alpha-3; XXA stateless, XXX unclear
    works_as_employee: Answer = None
    born_in_germany: Answer = None
    gives_up_nationality: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """Something that lasts from day to day, both ends counted; no end: it goes on."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """It lasts on this day."""
        return self.start <= day and (self.end is None or self.end >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Lasting):
    """One paper and the days it covers."""

    kind: str
    valid_until: date | None = None  # printed on the paper, where that is not its end here


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: date
    end: date
    permitted: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asylum:
    applied: date | None = None
    state: str | None = None
    decided: date | None = None
    manifestly_unfounded: Answer = None  # on the grounds § 10 (3) S. 2 AufenthG names
    revocation_notified: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    state: str | None = None
    since: date | None = None
    efforts_since: date | None = None
    passport: Answer = None
    deception: Answer = None  # own false statements or deception that hold up removal today
    no_cooperation: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A German level, told or proved."""

    level: str
    skill: str = "all"
    proof: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spouse:
    title: str | None = None
    german: Answer = None
    living_together: Answer = None
    married_since: date | None = None
    entry_date: date | None = None
    identity: str | None = None
    identity_since: date | None = None
    hours_per_week: float | None = None
    pension_months: int | None = None
    language: tuple[Proof, ...] | None = None
    convictions_clear: Answer = None
    naturalised_with: Answer = None  # he or she meets § 10 (1) StAG and applies with
    full_time_20_of_24: Answer = None  # in full-time work, and so for 20 of the last 24 months


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    birth_date: date | None = None
    attends_school: Answer = None
    living_with: Answer = None
    unmarried: Answer = None
    title: str | None = None
    german: Answer = None
    custody: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    title: str | None = None
    living_with: Answer = None
    lawful_since: date | None = None
    unlimited_right: Answer = None
    german: Answer = None
    naturalised_with: Answer = None  # he or she meets § 10 (1) StAG and applies with


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    minor_child_living_with: Answer = None
    single_parent: Answer = None
    care_of_relative: Answer = None
    housing_sufficient: Answer = None
    spouse: Spouse | None = None
    has_spouse: Answer = None
    german_marriage_ended: date | None = None  # by the German spouse's death or a final divorce
    children: tuple[Child, ...] | None = None
    parents: tuple[Parent, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Civics:
    test_passed: date | None = None
    commitment: Answer = None
    commitment_history: Answer = None  # § 10 (1) Nr. 1a StAG
    school_certificate: Answer = None
    doubts: Answer = None  # concrete indications against the free democratic order


@dataclass(frozen=True, slots=True, kw_only=True)
class School(Lasting):
    kind: str
    successful: Answer = None
    certificate: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    kind: str
    start: date | None = None
    end: date | None = None
    contract_registered: Answer = None
    completed: date | None = None
    failed: Answer = None
    applied: date | None = None
    begun_as_asylum_seeker: Answer = None
    shortage: Answer = None
    follow_up_promised: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Lasting):
    hours_per_week: float | None = None
    insured: Answer = None
    qualified: Answer = None
    matches: Answer = None  # fits the qualification
    permitted: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    kind: str | None = None
    german: Answer = None
    recognised: Answer = None
    completed: date | None = None
    new_graduate: Answer = None
    highly_qualified: Answer = None  # § 18c (3) S. 3 AufenthG
    experience_years_in_7: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOffer:
    exists: Answer = None
    salary: float | None = None  # euro a year, before tax
    qualified: Answer = None
    matches: Answer = None
    months: int | None = None
    occupation: str | None = None  # ISCO-08, first two or three digits
    agency_consent: Answer = None
    licence: Answer = None
    pension_adequate: Answer = None
    posted: Answer = None  # § 19f (2) Nr. 4, 5 AufenthG


@dataclass(frozen=True, slots=True, kw_only=True)
class Livelihood:
    share_by_work: float | None = None
    benefits: tuple[str, ...] | None = None
    secured: Answer = None
    secured_by_work: Answer = None
    secured_last_12_months: Answer = None
    forecast: Answer = None
    not_at_fault: Answer = None
    retired: Answer = None
    health_insurance: Answer = None
    training_needs_met: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """What is claimed, never why: the diagnosis stays with the doctor."""

    illness_or_age: Answer = None
    special_achievement: Answer = None
    hardship: Answer = None
    low_learning_need: Answer = None
    measures_taken: Answer = None
    public_interest: Answer = None  # § 18 (2) S. 2 AufenthG
    guest_worker: Answer = None  # § 10 (1) S. 1 Nr. 3 a StAG, or the spouse of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Conviction:
    kind: str
    daily_rates: int | None = None
    months: float | None = None
    suspended: Answer = None
    remitted: Answer = None  # after the end of probation
    foreigners_only: Answer = None
    intentional: Answer = None
    racist_motive: Answer = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the offices hold and nobody need say of himself; unknown is the rule."""

    expulsion_interest: Answer = None
    security_ground: Answer = None
    entry_ban: Answer = None
    proceedings: Answer = None
    extremism: Answer = None
    expulsion_order: Answer = None
    removal_measures: Answer = None
    benefit_motivated_entry: Answer = None
    self_caused_obstacle: Answer = None
    safe_country: Answer = None
    abuse: Answer = None
    several_spouses: Answer = None  # § 11 S. 1 Nr. 3 a StAG
    naturalisation_bar_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The integration course."""

    claim_since: date | None = None
    obliged: Answer = None
    possible: Answer = None
    passed: Answer = None
    dropped_blameless: Answer = None
    begun: date | None = None
    first_title_months: int | None = None
    special_need: Answer = None
    attends_school: Answer = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    path: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    person: Person = Person()
    entry_date: date | None = None
    stays: tuple[Stay, ...] | None = None
    absences: tuple[Span, ...] | None = None
    asylum: Asylum = Asylum()
    identity: Identity = Identity()
    household: Household = Household()
    language: tuple[Proof, ...] | None = None
    civics: Civics = Civics()
    school: tuple[School, ...] | None = None
    training: tuple[Training, ...] | None = None
    qualification: Qualification = Qualification()
    work: tuple[Work, ...] | None = None
    job_offer: JobOffer = JobOffer()
    livelihood: Livelihood = Livelihood()
    pension_months: int | None = None
    exceptions: Exceptions = Exceptions()
    convictions: tuple[Conviction, ...] | None = None
    held: Held = Held()
    course: Course = Course()
    applications: tuple[Application, ...] | None = None
    asked: frozenset[str] = field(default=frozenset())  # answered in the conversation: used, never written
    denied: frozenset[str] = field(default=frozenset())  # proofs said not to exist
    doubted: frozenset[str] = field(default=frozenset())  # said to be unknown, where leaving it out means the usual
    sources: Mapping[str, str] = field(default_factory=dict)  # fact › where it comes from, which proof was seen
