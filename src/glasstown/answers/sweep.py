"""Which parameters move the measures of one side, or the difference between two: what `sweep` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.outcomes.counted import MEASURES, NOT_THERE, harm_of
from glasstown.render.blocks import Block, Grid, Heading, Paragraph
from glasstown.studies.ranges import told
from glasstown.studies.sensitivity import INDICES, Effect
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import count, counted, grouped

if TYPE_CHECKING:
    import altair


SHOWN: Final = 12
STRONGEST: Final = 3
WORDS: Final = {"morris": "Morris", "sobol": "Sobol'"}
SAID: Final = {
    "morris": "mu* is the mean size of what a parameter does when it goes through its whole range, sigma how much that depends on "
    "the others or bends, mu the mean with its sign; ± is SALib's confidence of mu* at 95 per cent. "
    "A mu* no larger than its ± is not told apart from nothing.",
    "sobol": "ST is the share of the measure's variance that a parameter has a part in, alone or with others; S1 its own share; "
    "± is SALib's confidence at 95 per cent. An index no larger than its ± is not told apart from nothing.",
}
LUCK: Final = (
    "Every setting lives the same people with the same luck (one seed), so an effect is the parameter's; another seed moves it a "
    "little, most where few people are met."
)


@dataclass(frozen=True)
class Swept(Answer):
    """What each parameter does to each measure, for each head and over the whole run.

    plan     what the sweep was asked for, as its folder holds it
    values   by measure, one value for each setting: a level, or second less first
    effects  by measure, strongest first; a measure that some side does not keep has neither values nor effects
    why      why no range comes from an ensemble, where none does and that was not asked for
    """

    folder: Path
    plan: Mapping[str, Any]
    values: Mapping[str, tuple[float, ...]]
    effects: Mapping[str, tuple[Effect, ...]]
    measure: str
    why: str = ""

    population_words = SYNTHETIC_WORDS

    @property
    def is_contrast(self) -> bool:
        """Return whether two sides were lived."""
        return len(self.plan["sides"]) == 2

    @property
    def method(self) -> str:
        """Return morris or sobol."""
        return str(self.plan["method"])

    def as_json(self) -> dict[str, Any]:
        """Return every index of every parameter for every measure."""
        plan = self.plan
        sides = [side["name"] for side in plan["sides"]]
        asked = ("people", "months", "seed", "place", "start", "unknown", "method", "trajectories", "levels", "samples")
        return {
            "population": SYNTHETIC_WORDS,
            "first": sides[0],
            "second": sides[1] if self.is_contrast else None,
            **{name: plan[name] for name in asked},
            "settings": len(plan["design"]),
            "sweep": str(self.folder),
            "measure": self.measure,
            "parameters": list(plan["parameters"]),
            "held": list(plan["held"]),
            **self._ranges_json(),
            "measures": [self._measure_json(name) for name in self.effects],
            "not_kept": dict(plan["not_kept"]),
        }

    def _ranges_json(self) -> dict[str, Any]:
        kept = self.plan.get("ranges")
        pairs = kept["together"] if kept else []
        return {
            "ranges_of": "ensemble" if kept else "prior",
            "ranges_said": " ".join(self._ranges()),
            "narrowed": list(kept["narrowed"]) if kept else [],
            "together": [{"first": one, "second": other, "correlation": rho} for one, other, rho in pairs],
        }

    def _ranges(self) -> list[str]:
        return told(self.plan.get("ranges"), len(self.plan["parameters"]), self.why)

    def _measure_json(self, name: str) -> dict[str, Any]:
        values = self.values[name]
        return {
            "measure": name,
            "words": MEASURES[name],
            "least": min(values),
            "most": max(values),
            "strongest": [effect.parameter for effect in self._strongest(name)],
            "effects": [{"parameter": each.parameter, **each.indices} for each in self.effects[name]],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each measure and parameter."""
        names = ("measure", "parameter", *INDICES[self.method])
        rows = [(name, each.parameter, *each.indices.values()) for name in self.effects for each in self.effects[name]]
        return {column: [row[place] for row in rows] for place, column in enumerate(names)}

    def blocks(self) -> list[Block]:
        """Return the parameters that move the measure most, and for every measure the three that matter most."""
        return [
            Heading(f"What moves {self._what()}", 1),
            *(Paragraph(words) for words in (*self._asked(), *self._ranges())),
            Paragraph(f"Every setting and what it came to: {self.folder}", quiet=True),
            Heading(f"{MEASURES[self.measure]}: {self._unit()}"),
            *self._table(),
            Paragraph(SAID[self.method], quiet=True),
            Paragraph(LUCK, quiet=True),
            Heading("The three that matter most, measure by measure"),
            self._overview(),
            *(Paragraph(words, quiet=True) for words in self._not_kept()),
            Heading("Held"),
            Paragraph(f"Parameters that were not swept: {', '.join(self.plan['held']) or 'none'}.", quiet=True),
        ]

    def _what(self) -> str:
        first, *second = (side["name"] for side in self.plan["sides"])
        return f"the difference between {first} and {second[0]}" if second else str(first)

    def _unit(self) -> str:
        levels = "for each 1,000 people over the whole run"
        return f"second less first, {levels}" if self.is_contrast else levels

    def _asked(self) -> Iterator[str]:
        plan = self.plan
        many = f"{counted(plan['trajectories'], 'trajectory', 'trajectories')} over {counted(plan['levels'], 'level')}"
        if self.method == "sobol":
            many = f"{counted(plan['samples'], 'point')} of Sobol's sequence"
        yield (
            f"{counted(len(plan['parameters']), 'parameter')}, each from the low to the high end of its range; "
            f"{WORDS[self.method]}, {many}: {counted(len(plan['design']), 'setting')}. "
            f"{counted(plan['people'], 'person', 'people')}, {counted(plan['months'], 'month')}, seed {plan['seed']}. "
            f"{SYNTHETIC_WORDS.capitalize()}."
        )
        if self.is_contrast:
            first, second = (side["name"] for side in plan["sides"])
            yield f"First: {first}. Second: {second}. Both live every setting on the same people with the same luck."

    def _table(self) -> Iterator[Block]:
        from glasstown.language.load import load_parameters

        shown = [effect for effect in self.effects[self.measure] if effect.strength > 0][:SHOWN]
        if not shown:
            yield Paragraph(f"{self._nothing(self.measure).capitalize()}.")
            return
        known = {each.id: each for each in load_parameters().parameters}
        ends = {each["id"]: f"{each['low']} to {each['high']}" for each in self.plan["parameters"]}
        scale = 1000.0 if self.method == "morris" else 1.0
        rows = []
        for effect in shown:
            parameter = known.get(effect.parameter)
            words = f"{parameter.label} ({ends[effect.parameter]})" if parameter else ends[effect.parameter]
            rows.append((effect.parameter, *(_number(value, scale) for value in effect.indices.values()), words))
        heads = {"morris": ("mu*", "±", "mu", "sigma"), "sobol": ("ST", "±", "S1", "±")}[self.method]
        yield Grid(("parameter", *heads, "what it is, and its range"), tuple(rows), frozenset({1, 2, 3, 4}))

    def _strongest(self, name: str) -> list[Effect]:
        return [effect for effect in self.effects[name][:STRONGEST] if effect.strength > 0]

    def _nothing(self, name: str) -> str:
        """Return why no parameter is told of a measure."""
        values = self.values[name]
        return "none moves it" if min(values) == max(values) else "too few points to tell: more samples would"

    def _overview(self) -> Grid:
        rows = []
        for name in self.effects:
            values = self.values[name]
            width = f"{_number(min(values), 1000)} to {_number(max(values), 1000)}"
            words = ", ".join(effect.parameter for effect in self._strongest(name)) or self._nothing(name)
            rows.append((MEASURES[name], width, words))
        return Grid((self._unit(), "least to most", "strongest first"), tuple(rows), frozenset({1}))

    def _not_kept(self) -> Iterator[str]:
        """Yield what some side does not keep, and why; firms are not missed where none live."""
        by_reason: dict[str, list[str]] = {}
        for name, reason in self.plan["not_kept"].items():
            if NOT_THERE not in reason:
                by_reason.setdefault(reason, []).append(name)
        for reason, names in by_reason.items():
            yield f"Not kept, so neither zero nor told: {', '.join(names)} ({reason})."

    def chart(self) -> altair.TopLevelMixin:
        """Return the parameters that move the measure most as bars, with SALib's confidence as a line."""
        from glasstown.render.drawn import bars

        unit = f"; {self._unit()}" if self.method == "morris" else ""
        shown = [effect for effect in self.effects[self.measure] if effect.strength > 0][:SHOWN]
        below = [f"what moves {self._what()}", f"{SYNTHETIC_WORDS}{unit}"]
        return bars(self.method, shown, MEASURES[self.measure], below, harm_of(self.measure))


NOTHING: Final = 1e-9
"""a number below which only rounding of machine numbers tells it from nothing"""


def _number(value: float | None, scale: float = 1.0) -> str:
    """Return a number with three digits that count, thousands parted and without an exponent."""
    if value is None:
        return "unknown"
    scaled = value * scale if abs(value * scale) >= NOTHING else 0.0
    return count(round(scaled)) if abs(scaled) >= 1000 else grouped(Decimal(f"{scaled:.3g}"))
