"""The three rules of rulebooks/three-rules in OpenFisca-core.  Runs in an environment of its own and imports nothing of Glasstown.

    python openfisca_model.py COUNTS.npy RESULT.npz

COUNTS.npy   (months, 3, people) records of each clause: light, grave, deed
RESULT.npz   score, grade (0 to 3, best first) and listed, each (months, people)
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FIRST = "2014-01"
BASE, LOWEST, HIGHEST = 1000, 800, 1050
POINTS = {"light": -5, "grave": -50, "deed": 15}
FROM = (900, 950, 1000)
Person = build_entity("person", "persons", "somebody", is_person=True)


def system() -> TaxBenefitSystem:
    """Return a system with a variable for each kind of record, the score, the grade and the list."""
    made = TaxBenefitSystem([Person])
    for name in POINTS:
        made.add_variable(_variable(name, int))

    def score(person: Any, period: Any) -> Any:
        points = person("score", period.last_month) if str(period) > FIRST else np.full(person.count, BASE)
        for name, each in POINTS.items():
            points = np.clip(points + each * person(name, period), LOWEST, HIGHEST)
        return points

    def grade(person: Any, period: Any) -> Any:
        return 3 - np.searchsorted(np.array(FROM), person("score", period), side="right")

    def listed(person: Any, period: Any) -> Any:
        return person("grade", period) == 3

    made.add_variable(_variable("score", int, score))
    made.add_variable(_variable("grade", int, grade))
    made.add_variable(_variable("listed", bool, listed))
    return made


def _variable(name: str, value_type: type, formula: Any = None) -> Any:
    month = periods.MONTH if hasattr(periods, "MONTH") else periods.DateUnit.MONTH
    keys = {"value_type": value_type, "entity": Person, "definition_period": month, "label": name}
    return type(name, (Variable,), {**keys, "formula": formula} if formula else keys)


def main() -> None:
    """Read the counts, calculate month by month, and write what came out."""
    counts = np.load(sys.argv[1])
    months, _, people = counts.shape
    simulation = SimulationBuilder().build_default_simulation(system(), count=people)
    found: dict[str, list[Any]] = {"score": [], "grade": [], "listed": []}
    for month in range(months):
        name = f"{2014 + month // 12}-{month % 12 + 1:02d}"
        for row, clause in enumerate(POINTS):
            simulation.set_input(clause, name, counts[month, row])
        for variable, values in found.items():
            values.append(simulation.calculate(variable, name))
    score, grade, listed = (np.stack(values) for values in found.values())
    np.savez_compressed(sys.argv[2], score=score, grade=grade, listed=listed)


if __name__ == "__main__":
    main()
