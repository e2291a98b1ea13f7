"""The score and grade part of the small model in OpenFisca-core: counts of records go in, drawn with NumPy and not timed."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from model import Model, measure
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity("person", "persons", "somebody", is_person=True)


def system_of(model: Model) -> TaxBenefitSystem:
    """Return a system with a variable for each clause's records, the score and the grade."""
    system = TaxBenefitSystem([Person])
    month = periods.MONTH if hasattr(periods, "MONTH") else periods.DateUnit.MONTH
    for n in range(len(model.acts)):
        system.add_variable(
            type(
                f"found_{n}",
                (Variable,),
                {"value_type": int, "entity": Person, "definition_period": month, "label": "found"},
            )
        )

    def score(person: Any, period: Any) -> Any:
        before = person("score", period.last_month) if str(period) > "2010-01" else np.full(person.count, model.base)
        return before + sum(act.points * person(f"found_{n}", period) for n, act in enumerate(model.acts))

    def grade(person: Any, period: Any) -> Any:
        return 3 - np.searchsorted(np.array(model.from_[::-1]), person("score", period), side="right")

    for name, formula in (("score", score), ("grade", grade)):
        keys = {"value_type": int, "entity": Person, "definition_period": month, "label": name, "formula": formula}
        system.add_variable(type(name, (Variable,), keys))
    return system


def run(model: Model, people: int, months: int) -> tuple[float, dict[str, Any]]:
    """Set the counts of every month, then time the score and the grade month by month."""
    rng = np.random.default_rng(1)
    simulation = SimulationBuilder().build_default_simulation(system_of(model), count=people)
    names = [f"{2010 + n // 12}-{n % 12 + 1:02d}" for n in range(months)]
    seconds, mean, grades = 0.0, 0.0, [0] * 4
    for name in names:
        for n, act in enumerate(model.acts):
            simulation.set_input(f"found_{n}", name, rng.binomial(rng.poisson(act.rate, people), act.chance))
        began = time.perf_counter()
        grade = simulation.calculate("grade", name)
        seconds += time.perf_counter() - began
        mean, grades = float(simulation.calculate("score", name).mean()), np.bincount(grade, minlength=4).tolist()
    return seconds, {"mean": mean, "grades": grades}


if __name__ == "__main__":
    measure(run, repeats=2)
