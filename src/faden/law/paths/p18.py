"""§§ 18a, 18b, 18g AufenthG: skilled workers and the Blue Card, with § 18 (2), § 10 (1) S. 2 and (3) S. 4 and 5, § 19f."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, skilled
from faden.law.case import Case
from faden.law.days import plus_years
from faden.law.livelihood import secured
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, unknown, weighed
from faden.law.rules import Path, Version

REFORM, BEFORE = date(2023, 11, 18), date(2023, 11, 17)  # G v. 16.8.2023 BGBl. 2023 I Nr. 217
NO_CHANGE, OPEN = date(2023, 12, 23), date(2023, 12, 22)  # § 10 (1) S. 2, (3) S. 4 and 5

VOCATIONAL = Path("18a", "§ 18a AufenthG", (Version(Claim.MAY, until=BEFORE), Version(Claim.CLAIM, since=REFORM)))
ACADEMIC = Path("18b", "§ 18b AufenthG", (Version(Claim.MAY, until=BEFORE), Version(Claim.CLAIM, since=REFORM)))
BLUE_CARD = Path("18g", "§ 18g AufenthG", (Version(Claim.CLAIM, since=REFORM),))

REFUGEES = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})  # § 19f (2) Nr. 2 leaves them out
IT = ("133", "25")  # § 18g (2)
SECTION_5_PATHS = ("25a", "25a_2", "25b", "25b_4", "25b_6", "104c", "24")


@VOCATIONAL.condition("18.3.nr1", "§ 18 Abs. 3 Nr. 1 AufenthG", Binding.MUST)
def skilled_by_training(case: Case, p: SimpleNamespace) -> Outcome:
    """Trained here for two years or more, or abroad with an equal result."""
    if skilled.trained_here(case, frozenset({"qualified"})) is not None:
        return met(code="trained_here")
    return _holds(case, frozenset({"vocational", "master_craftsman"}))


@ACADEMIC.condition("18.3.nr2", "§ 18 Abs. 3 Nr. 2 AufenthG", Binding.MUST)
def skilled_by_degree(case: Case, p: SimpleNamespace) -> Outcome:
    return _degree(case)


def _degree(case: Case) -> Outcome:
    if skilled.trained_here(case, frozenset({"university"})) is not None:
        return met(code="trained_here")
    return _holds(case, frozenset({"academic"}))


def _holds(case: Case, wanted: frozenset[str]) -> Outcome:
    held = case.facts.qualification
    if held.kind is None:
        return unknown("qualification.kind")
    if held.completed and held.completed > case.on:
        return not_met(held.completed, "not_completed")
    return met(held.kind) if held.kind in wanted else not_met(held.kind, "other_qualification")


def _recognised(case: Case, trainings: frozenset[str]) -> Outcome:
    """A German certificate needs no recognition; a foreign one must be equal, recognised or comparable."""
    held = case.facts.qualification
    if held.german or skilled.trained_here(case, trainings) is not None:
        return met(code="german")
    if held.recognised is None:
        return unknown("qualification.recognised") if held.german is False else unknown("qualification.german", "qualification.recognised")
    return met() if held.recognised else not_met(code="not_recognised")


@VOCATIONAL.condition("18.2.1.nr4", "§ 18 Abs. 2 Satz 1 Nr. 4 AufenthG", Binding.MUST)
def training_recognised(case: Case, p: SimpleNamespace) -> Outcome:
    return _recognised(case, frozenset({"qualified"}))


@ACADEMIC.condition("18.2.1.nr4", "§ 18 Abs. 2 Satz 1 Nr. 4 AufenthG", Binding.MUST)
def degree_recognised(case: Case, p: SimpleNamespace) -> Outcome:
    return _recognised(case, frozenset({"university"}))


@VOCATIONAL.condition("18.2.1.nr1", "§ 18a, § 18 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, until=BEFORE)
@ACADEMIC.condition("18.2.1.nr1", "§ 18b Abs. 1, § 18 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, until=BEFORE)
def fitting_job(case: Case, p: SimpleNamespace) -> Outcome:
    """Until 2023-11-17 a job the qualification enables for; skilled work said without more is taken to fit."""
    base = skilled.job(case)
    return base if base.state is State.NOT_MET else skilled.job(case, fitting=True)


@VOCATIONAL.condition("18.2.1.nr1", "§ 18a, § 18 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, since=REFORM)
@ACADEMIC.condition("18.2.1.nr1", "§ 18b, § 18 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, since=REFORM)
def skilled_job(case: Case, p: SimpleNamespace) -> Outcome:
    return skilled.job(case)


@VOCATIONAL.condition("18.2.1.nr5", "§ 18 Abs. 2 Satz 1 Nr. 5 und Satz 2 AufenthG", Binding.MUST)
@ACADEMIC.condition("18.2.1.nr5", "§ 18 Abs. 2 Satz 1 Nr. 5 und Satz 2 AufenthG", Binding.MUST)
def salary_over_45(case: Case, p: SimpleNamespace) -> Outcome:
    """Only for the first of these titles, after completing 45; a public interest may be set against it (S. 2)."""
    if case.has_held("ae_18a", "ae_18b"):
        return met(code="not_first")
    birthday = case.birthday(p.age_limit)
    if birthday is None:
        return unknown("person.birth_date")
    if birthday > case.on:
        return met(case.age, "younger")
    offer = case.facts.job_offer
    if offer.pension_adequate:
        return met(code="pension_adequate")
    enough = _enough(case, p, p.salary_share_45)
    if enough.state is State.MET or (enough.state is State.UNKNOWN and offer.pension_adequate is False):
        return enough
    if enough.state is State.UNKNOWN or offer.pension_adequate is None:
        return unknown(*enough.missing, "job_offer.pension_adequate", value=enough.value)
    return weighed(enough, case.facts.exceptions.public_interest, "exceptions.public_interest")


def _enough(case: Case, p: SimpleNamespace, share: float) -> Outcome:
    """A salary of this share of the ceiling for pension contributions; of a year nobody has published, nobody knows."""
    salary = case.facts.job_offer.salary
    if salary is None:
        return unknown("job_offer.salary")
    threshold = _threshold(p, share)
    if threshold is None:
        return unknown("parameter.bbg_rv")
    return met(salary) if salary >= threshold else not_met(salary, "salary")


def _threshold(p: SimpleNamespace, share: float) -> float | None:
    ceiling = p.bbg_rv or p.bbg_rv_before_2024
    return None if ceiling is None else round(ceiling * share, 2)


@BLUE_CARD.condition("18g.1.1", "§ 18g Abs. 1 Satz 1 und 5, Abs. 2, § 18 Abs. 3 Nr. 2 AufenthG", Binding.MUST)
def degree_or_it_experience(case: Case, p: SimpleNamespace) -> Outcome:
    """A degree; of equal rank a tertiary programme (S. 5); or in IT three years' experience in the last seven ((2))."""
    base = _degree(case)
    if base.state is State.MET:
        return base
    held = case.facts.qualification
    if held.kind == "master_craftsman":
        return decision("tertiary", held.kind)
    it = _it(case, p)
    if it.state is State.UNKNOWN and base.state is State.UNKNOWN:
        return base
    return it if it.state is not State.NOT_MET else base


def _it(case: Case, p: SimpleNamespace) -> Outcome:
    occupation = case.facts.job_offer.occupation
    if occupation is not None and not occupation.startswith(IT):
        return not_met(occupation, "no_it")
    years = case.facts.qualification.experience_years_in_7
    if years is not None and years < p.it_years:
        return not_met(years, "experience")
    if occupation is None or years is None:
        asked = (("job_offer.occupation", occupation), ("qualification.experience_years_in_7", years))
        return unknown(*(key for key, told in asked if told is None))
    return met(years, "it", assumes=("it_level",))


@BLUE_CARD.condition("18.2.1.nr4", "§ 18 Abs. 2 Satz 1 Nr. 4, § 18g Abs. 1 Satz 4, Abs. 2 AufenthG", Binding.MUST)
def degree_recognised_for_blue_card(case: Case, p: SimpleNamespace) -> Outcome:
    """Who holds § 18b has shown it already (S. 4); (2) asks for none."""
    if case.title == "ae_18b":
        return met(code="shown_for_18b")
    base = _recognised(case, frozenset({"university"}))
    if base.state is not State.MET and _degree(case).state is not State.MET and _it(case, p).state is State.MET:
        return met(code="it")
    return base


@BLUE_CARD.condition("18.2.1.nr1", "§ 18 Abs. 2 Satz 1 Nr. 1, § 18g Abs. 1 Satz 1 AufenthG", Binding.MUST)
def adequate_job(case: Case, p: SimpleNamespace) -> Outcome:
    return skilled.job(case, fitting=True)


@BLUE_CARD.condition("18g.1.salary", "§ 18g Abs. 1 Satz 1 und 2, Abs. 2 Nr. 1 AufenthG", Binding.MUST)
def salary(case: Case, p: SimpleNamespace) -> Outcome:
    """Half of the ceiling; 45.3 % in shortage occupations, within three years after the degree, and in IT without one."""
    full = _enough(case, p, p.salary_share)
    if full.state is not State.NOT_MET:
        return full
    low = _enough(case, p, p.salary_share_low)
    if low.state is State.NOT_MET:
        return low
    held, occupation = case.facts.qualification, case.facts.job_offer.occupation
    if occupation is not None and occupation.startswith(tuple(p.shortage)):
        return met(low.value, "shortage")
    applied = case.applied("18g") or case.on
    if held.new_graduate or (held.completed and applied <= plus_years(held.completed, p.graduate_years)):
        return met(low.value, "new_graduate")
    recent = held.new_graduate is None and held.completed is None
    if occupation is None or recent:
        return unknown(*(["job_offer.occupation"] if occupation is None else []), *(["qualification.completed"] if recent else []))
    return full


@BLUE_CARD.condition("18g.3", "§ 18g Abs. 3 AufenthG", Binding.HELD)
def six_months(case: Case, p: SimpleNamespace) -> Outcome:
    months = case.facts.job_offer.months
    return unknown("job_offer.months") if months is None else met(months) if months >= p.job_months else not_met(months)


@BLUE_CARD.condition("19f.1", "§ 19f Abs. 1 AufenthG", Binding.BAR)
def no_bar_of_19f_1(case: Case, p: SimpleNamespace) -> Outcome:
    """Nr. 1 temporary protection, Nr. 2 a removal suspended, Nr. 3 long-term residence, Nr. 4 free movement."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    code = _BARS.get(case.title or "")
    return not_met(case.title, code) if code else met(case.title)


_BARS = dict.fromkeys(kinds.TOLERATED, "tolerated") | {"ae_24": "temporary_protection", "daueraufenthalt_eu": "long_term", "ae_38a": "long_term",
                                                       "eu_right": "free_movement"}  # fmt: skip


@BLUE_CARD.condition("19f.2", "§ 19f Abs. 2 AufenthG", Binding.BAR)
def no_bar_of_19f_2(case: Case, p: SimpleNamespace) -> Outcome:
    """Nr. 1 asylum not decided yet, Nr. 2 a title of Section 5 but § 25 (1), (2), Nr. 3 one applied for, Nr. 4 and 5 posted from abroad."""
    if case.facts.asylum.state == "pending" or case.title == kinds.GESTATTUNG:
        return not_met(case.title, "asylum_pending")
    if case.facts.stays is None:
        return unknown("stays")
    if case.title in kinds.SECTION_5 and case.title not in REFUGEES:
        return not_met(case.title, "section_5")
    if case.facts.job_offer.posted:
        return not_met(code="posted")
    if any(case.applied(one) for one in SECTION_5_PATHS):
        return decision("applied_section_5")
    return met(case.title)


@VOCATIONAL.condition("10.3", "§ 10 Abs. 1, 3 Satz 1 AufenthG", Binding.BAR, until=BEFORE)
@ACADEMIC.condition("10.3", "§ 10 Abs. 1, 3 Satz 1 AufenthG", Binding.BAR, until=BEFORE)
def no_asylum_without_claim(case: Case, p: SimpleNamespace) -> Outcome:
    return _barred(case, {"rejected", "withdrawn"})


@VOCATIONAL.condition("10.3", "§ 10 Abs. 1 Satz 2, Abs. 3 Satz 4 und 5 AufenthG", Binding.BAR, since=NO_CHANGE)
@ACADEMIC.condition("10.3", "§ 10 Abs. 1 Satz 2, Abs. 3 Satz 4 und 5 AufenthG", Binding.BAR, since=NO_CHANGE)
def no_change_from_asylum(case: Case, p: SimpleNamespace) -> Outcome:
    """After a final refusal never before departure; after a withdrawal only for those who entered before 2023-03-29."""
    base = _barred(case, {"rejected"})
    if base.code == "departed" or case.facts.asylum.state != "withdrawn" or (base.state is not State.MET and "stays" not in base.missing):
        return base
    entered = case.facts.entry_date
    if entered is None:
        return unknown("entry_date")
    return met(entered, "withdrawn") if entered < p.entry_before else not_met(entered, "after_asylum", final=True)


def _barred(case: Case, states: set[str]) -> Outcome:
    """By an asylum procedure running or ended so; without a word of asylum the papers say whether there was one."""
    told = case.facts.asylum
    state = told.state
    if state is None:
        if case.title == kinds.GESTATTUNG:
            state = "pending"
        elif case.title in REFUGEES or case.title == "ae_25_3":
            return met(case.title)
        elif case.facts.stays is None or case.has_held(kinds.GESTATTUNG) or case.title in kinds.TOLERATED | kinds.SECTION_5 - {"ae_24"}:
            return unknown("asylum.state")
        else:
            return met(assumes=("no_asylum",))
    if state == "pending":
        return not_met(state, "asylum_pending")
    if state not in states and state != "withdrawn":
        return met(state)
    if state not in states:
        return _departed(case) or met(state)
    return _departed(case) or not_met(state, "after_asylum", final=True)


def _departed(case: Case) -> Outcome | None:
    """Left after the procedure and back with a visa: the bar has ended."""
    if case.facts.stays is None:
        return unknown("stays")
    visas = [one.start for one in case.stays if one.kind == kinds.VISUM]
    decided = case.facts.asylum.decided
    if not visas:
        return None
    if decided is None:
        return unknown("asylum.decided")
    return met(decided, "departed") if max(visas) > decided else None


def _visa(case: Case) -> Outcome:
    """Holders of a title apply here (§ 39 AufenthV); others may be spared the visa where there is a claim (§ 5 (2) S. 2)."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.title in kinds.TITLES or case.title == kinds.FIKTION:
        return met(case.title)
    return decision("without_visa", case.title)


@VOCATIONAL.condition("5.2", "§ 5 Abs. 2 AufenthG", Binding.USUAL, until=OPEN)
@ACADEMIC.condition("5.2", "§ 5 Abs. 2 AufenthG", Binding.USUAL, until=OPEN)
@BLUE_CARD.condition("5.2", "§ 5 Abs. 2 AufenthG", Binding.USUAL)
def visa(case: Case, p: SimpleNamespace) -> Outcome:
    return _visa(case)


@VOCATIONAL.condition("5.2", "§ 5 Abs. 2, 3 Satz 5 AufenthG", Binding.USUAL, since=NO_CHANGE)
@ACADEMIC.condition("5.2", "§ 5 Abs. 2, 3 Satz 5 AufenthG", Binding.USUAL, since=NO_CHANGE)
def visa_or_withdrawn(case: Case, p: SimpleNamespace) -> Outcome:
    """Who withdrew the asylum application and may change is spared the visa (§ 5 (3) S. 5)."""
    entered = case.facts.entry_date
    if case.facts.asylum.state == "withdrawn" and entered and entered < p.entry_before:
        return met(entered, "withdrawn")
    return _visa(case)


@VOCATIONAL.condition("5.1.nr1", "§ 5 Abs. 1 Nr. 1 AufenthG", Binding.USUAL)
@ACADEMIC.condition("5.1.nr1", "§ 5 Abs. 1 Nr. 1 AufenthG", Binding.USUAL)
def livelihood(case: Case, p: SimpleNamespace) -> Outcome:
    return _livelihood(case, p)


@BLUE_CARD.condition("5.1.nr1", "§ 5 Abs. 1 Nr. 1, § 18g Abs. 5 AufenthG", Binding.USUAL)
def livelihood_for_blue_card(case: Case, p: SimpleNamespace) -> Outcome:
    """Who holds § 18a or § 18b and keeps the job has it secured by law ((5))."""
    if case.title in {"ae_18a", "ae_18b"} and case.working and not case.facts.job_offer.exists:
        return met(code="deemed")
    return _livelihood(case, p)


def _livelihood(case: Case, p: SimpleNamespace) -> Outcome:
    """By the job this title is for: a salary like that of a Blue Card secures it; what is drawn today says nothing of then."""
    base = secured(case)
    pay = case.facts.job_offer.salary
    if base.state is State.MET or not pay:
        return base
    if base.state is State.NOT_MET:
        return decision("new_job", pay)
    threshold = _threshold(p, p.salary_share_low)
    return met(pay, "salary_secures", assumes=("salary_secures",)) if threshold and pay >= threshold else base


for _path in (VOCATIONAL, ACADEMIC, BLUE_CARD):
    skilled.job_conditions(_path)
    skilled.bars_104c(_path)
    _path.takes(*general.OF_A_TITLE)
