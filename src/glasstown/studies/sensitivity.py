"""Which parameters move a measure: designs and indices of SALib, over the places of parameters in their ranges.

A place is 0 at the low end of a range and 1 at the high end (`plausible.value_at`), so that an effect is told for the whole range
and parameters of different units stand beside each other.

Source   Morris 1991, Campolongo et al. 2007 (mu*); Saltelli 2002 and 2010, Sobol' 2001 (S1, ST); docs/decisions/0007-sensitivity.md.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glasstown.errors import Fault, UsageError
from glasstown.language.parameters import Parameter
from glasstown.studies.plausible import value_at

INDICES: Final = {"morris": ("mu_star", "mu_star_conf", "mu", "sigma"), "sobol": ("ST", "ST_conf", "S1", "S1_conf")}
"""what each method tells of a parameter; by the first one parameters are put in order, the second is its 95 % confidence"""
Design = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one parameter does to one measure; an index that the settings do not determine is None."""

    parameter: str
    indices: Mapping[str, float | None]

    @property
    def strength(self) -> float:
        """Return the index that parameters are put in order by."""
        return next(iter(self.indices.values())) or 0.0

    @property
    def confidence(self) -> float:
        """Return half the width of its 95 % confidence."""
        return list(self.indices.values())[1] or 0.0


def check_there() -> str:
    """Return SALib's version, or say how to get it."""
    try:
        from importlib.metadata import version

        import SALib  # noqa: F401

        return version("SALib")
    except ImportError:
        fault = Fault(
            "sweep", None, "no SALib in this environment", "the library SALib, which makes and reads the designs",
            "Install it with: pip install glasstown[sweep]",
        )  # fmt: skip
        raise UsageError("the request", [fault]) from None


def free(parameters: Sequence[Parameter], held: Collection[str]) -> tuple[Parameter, ...]:
    """Return the parameters that can move: those with a range that nobody has set."""
    return tuple(each for each in parameters if each.id not in held and each.low < each.high)


def settings_of(places: Sequence[float], parameters: Sequence[Parameter]) -> dict[str, str]:
    """Return a row of a design as `--set` takes it."""
    return {each.id: value_at(each, place) for each, place in zip(parameters, places, strict=True)}


def design_of(method: str, names: Sequence[str], *, n: int, levels: int, seed: int) -> list[list[float]]:
    """Return a row of places for each setting: n trajectories of Morris, or Saltelli's scheme over n points of Sobol'.

    Random   SALib's generators, seeded; a design of one seed and size is always the same.
    """
    if method == "morris":
        from SALib.sample import morris

        rows: Any = morris.sample(_problem(names), n, num_levels=levels, seed=_seed(seed))
    else:
        from SALib.sample import sobol

        rows = sobol.sample(_problem(names), n, calc_second_order=False, seed=_seed(seed))
    return [[float(place) for place in row] for row in rows]


def effects_of(
    method: str, names: Sequence[str], design: Design, values: Sequence[float], *, levels: int, seed: int
) -> tuple[Effect, ...]:
    """Return what each parameter does to a measure that took these values in the settings of a design, strongest first.

    Where the measure never moves every index is 0, which is exact; where it moves, and is the same at all points of Sobol's
    sequence themselves, there is no variance to part, and every index is None.
    """
    import numpy as np

    measured = np.array(values, dtype=np.float64)
    if (measured == measured[0]).all():
        return tuple(Effect(name, dict.fromkeys(INDICES[method], 0.0)) for name in names)
    if method == "sobol" and _is_flat(values, len(names)):
        return tuple(Effect(name, dict.fromkeys(INDICES[method], None)) for name in names)
    with warnings.catch_warnings():  # a resample in which nothing moves has no variance, of which SALib warns
        warnings.simplefilter("ignore")
        if method == "morris":
            from SALib.analyze import morris

            found: Any = morris.analyze(
                _problem(names), np.array(design), measured, num_levels=levels, seed=_seed(seed)
            )
        else:
            from SALib.analyze import sobol

            found = sobol.analyze(_problem(names), measured, calc_second_order=False, seed=_seed(seed))
    told = [
        Effect(name, {index: _finite(found[index][place]) for index in INDICES[method]})
        for place, name in enumerate(names)
    ]
    return tuple(sorted(told, key=lambda effect: -effect.strength))


def _is_flat(values: Sequence[float], n_parameters: int) -> bool:
    """Return whether a measure is the same at the points themselves, which stand first and last in each of Saltelli's rows."""
    step = n_parameters + 2
    return len({*values[::step], *values[step - 1 :: step]}) == 1


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _seed(seed: int) -> int:
    """Return the seed for SALib, which takes 0 for none."""
    return seed + 1


def _finite(value: Any) -> float | None:
    number = float(value)
    return number + 0.0 if math.isfinite(number) else None  # + 0.0 makes a zero of a minus zero
