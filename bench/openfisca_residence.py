"""Five conditions as a country package for OpenFisca-core, with the numbers of Faden's rules; a package that `make bench` alone installs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.residence_five import NUMBERS, Columns, after_months
from faden.law.parameters import parameters

PERSON = Entity("person", "persons", "A person", "Somebody whose stay is looked at")


class birth_date(Variable):
    value_type = date
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "Day of birth"


class tolerated_since(Variable):
    value_type = date
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "First day of a Duldung that goes on"


class lives_with_minor_child(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "In one household with a minor child"


class share_by_work(Variable):
    value_type = float
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "How much of the living is earned"


class pension_months(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "Months of contributions"


class hours_per_week(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "Hours of the insured job of today"


class works_since(Variable):
    value_type = date
    entity = PERSON
    definition_period = DateUnit.ETERNITY
    label = "First day of that job"


class long_enough(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY
    label = "§ 25b Abs. 1 Satz 2 Nr. 1 AufenthG"

    def formula_2022_12_31(person: Any, period: Any, parameters: Any) -> Any:
        p = parameters(period).of_25b
        years = np.where(person("lives_with_minor_child", period), p.stay_years_child, p.stay_years)
        return after_months(person("tolerated_since", period), 12 * years) <= np.datetime64(period.start.date)


class young_enough(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY
    label = "§ 25a Abs. 1 Satz 1 Nr. 3 AufenthG"

    def formula_2022_12_31(person: Any, period: Any, parameters: Any) -> Any:
        birthday = after_months(person("birth_date", period), 12 * parameters(period).of_25a.age_before)
        return birthday > np.datetime64(period.start.date)


class earns_mainly(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY
    label = "§ 25b Abs. 1 Satz 2 Nr. 3 AufenthG"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        return person("share_by_work", period) >= np.float32(parameters(period).of_25b.livelihood_share_min)


class has_paid_in(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY
    label = "§ 9 Abs. 2 Satz 1 Nr. 3 AufenthG"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        return person("pension_months", period) >= parameters(period).of_9.pension_months


class works_long_enough(Variable):
    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY
    label = "§ 60d Abs. 1 Nr. 3 AufenthG"

    def formula_2024_02_27(person: Any, period: Any, parameters: Any) -> Any:
        p = parameters(period).of_60d
        is_long = after_months(person("works_since", period), p.work_months) <= np.datetime64(period.start.date)
        return is_long & (person("hours_per_week", period) >= p.work_hours_week)


ASKED = (long_enough, young_enough, earns_mainly, has_paid_in, works_long_enough)
TOLD = (birth_date, tolerated_since, lives_with_minor_child, share_by_work, pension_months, hours_per_week, works_since)


def system() -> Any:
    """Entity, variables, and the parameters with their dates."""
    made = TaxBenefitSystem([PERSON])
    made.add_variables(*TOLD, *ASKED)
    data: dict[str, Any] = {"of_9": {"pension_months": {"values": {"1990-01-01": {"value": NUMBERS["pension_months"]}}}}}
    for one in parameters():
        if one.path in {"25a", "25b", "60d"} and one.name in NUMBERS:
            values = {max(value.since, date(1990, 1, 1)).isoformat(): {"value": value.value} for value in one.values}
            data.setdefault(f"of_{one.path}", {})[one.name] = {"values": values}
    made.parameters = ParameterNode("", data=data)
    return made


def of_one(made: Any, told: Mapping[str, Any]) -> Simulation:
    """One person as a document says."""
    return SimulationBuilder().build_from_dict(made, {"persons": {"one": {name: {"ETERNITY": value} for name, value in told.items()}}})


def of_many(made: Any, columns: Columns) -> Simulation:
    """Persons as columns."""
    simulation = SimulationBuilder().build_default_simulation(made, count=len(columns.birth_date))
    for name, values in columns._asdict().items():
        simulation.set_input(name, "ETERNITY", values)
    return simulation


def answers(simulation: Simulation, on: date) -> np.ndarray[Any, Any]:
    """A row for each condition."""
    return np.array([simulation.calculate(one.__name__, on.isoformat()) for one in ASKED])
