"""The small model in Mesa: an agent for each person, a step for each agent and month."""

from __future__ import annotations

from typing import Any

import mesa
from model import Model, measure, timed


class Person(mesa.Agent):
    """Somebody with a score and a grade."""

    def __init__(self, town: Town, base: int) -> None:
        """Begin at the base."""
        super().__init__(town)
        self.score, self.grade = base, 0

    def step(self) -> None:
        """Act, be found out, lose or gain points, get a grade."""
        rng = self.model.rng
        for act in self.model.acts:
            n = rng.poisson(act.rate)
            if n:
                self.score += act.points * int(rng.binomial(n, act.chance))
        first, second, third = self.model.borders
        self.grade = 0 if self.score >= first else 1 if self.score >= second else 2 if self.score >= third else 3


class Town(mesa.Model):
    """People who live the same month."""

    def __init__(self, model: Model, people: int) -> None:
        """Make the people."""
        super().__init__(seed=1)
        self.acts, self.borders = model.acts, model.from_
        Person.create_agents(self, people, model.base)

    def step(self) -> None:
        """Live one month."""
        self.agents.do("step")


def run(model: Model, people: int, months: int) -> tuple[float, dict[str, Any]]:
    """Live the months and return their seconds with what was found."""
    town = Town(model, people)
    seconds = timed(town.step, months)
    scores = [person.score for person in town.agents]
    grades = [sum(person.grade == n for person in town.agents) for n in range(4)]
    return seconds, {"mean": sum(scores) / people, "grades": grades}


if __name__ == "__main__":
    measure(run, repeats=1)
