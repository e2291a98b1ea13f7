"""What a finished run says of itself: the result that `run` and `resume` give, from a town at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from glasstown.engine.town import Town
from glasstown.language.days import month_first, partly_outside
from glasstown.machine import peak_bytes
from glasstown.runs.accounts import LIVED, TALLIES, Spans, flow_spans, level_spans
from glasstown.runs.plan import Plan
from glasstown.runs.subjects import is_off, why_no_records

Totals: TypeAlias = Mapping[str, "np.ndarray[Any, Any]"]
"""Sums over months and groups: of tally (2, K) and lives by kind, of a flow by kind and rulebook's number."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a finished run says of itself; `as_json` has the contract's keys."""

    values: Mapping[str, Any]
    folder: Path

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values; the folder is the one in which the run lies now."""
        return {**self.values, "run": str(self.folder)}


RESULTS: Final = ("grades", "lists", "records", "unknown_fired")
"""What a result says of each rulebook, by item."""


def result_of(
    plan: Plan, town: Town, totals: Totals, *, folder: Path, seconds: float, months_lived: int
) -> dict[str, Any]:
    """Return the contract's keys, and what a reader must be told beside them; `seconds` went into `months_lived` months."""
    manifest = plan.manifest
    by_rulebook = {name: _result_under(plan, town, totals, name) for name in plan.compiled}
    return {
        "run": str(folder),
        "rulebooks": list(by_rulebook),
        "people": manifest.people,
        "firms": manifest.firms,
        "months": manifest.months,
        "seed": manifest.seed,
        "digest": town.digest(),
        "seconds": round(seconds, 3),
        "person_months_per_second": round(manifest.people * months_lived / max(seconds, 1e-9)),
        "peak_bytes": peak_bytes(),
        "bytes_per_person": {name: round(value, 2) for name, value in town.bytes_per_person().items()},
        **{name: _together(by_rulebook, name) for name in ("grades", "lists")},
        "refusals": _refusals(plan, totals),
        **_conduct(town, totals),
        **{name: _together(by_rulebook, name) for name in ("records", "unknown_fired")},
        "nothing_fired": all(result["nothing_fired"] for result in by_rulebook.values()),
        "flags": [
            flag if len(by_rulebook) == 1 else f"{name}: {flag}"
            for name, result in by_rulebook.items()
            for flag in result["flags"]
        ],
        "by_rulebook": by_rulebook,
    }


def _conduct(town: Town, totals: Totals) -> dict[str, dict[str, int]]:
    """Return acts and detections of the whole run, by class of conduct."""
    counts: dict[str, dict[str, int]] = {account: {} for account in TALLIES}
    for side in town.sides:
        for account, values in zip(TALLIES, totals[side.kind].tolist(), strict=True):
            for act_class, value in zip(side.conduct.classes, values, strict=True):
                counts[account][act_class.id] = value
    return counts


def _refusals(plan: Plan, totals: Totals) -> dict[str, int | None]:
    """Return the wishes refused over the whole run, by gate; None where lives are not lived."""
    numbers = {each.id: str(each.value) for each in plan.inputs.parameters.parameters}
    if is_off("living.lived", numbers):
        return {item: None for account, item in LIVED if account == "refusals"}
    lived = totals["person.lives"].tolist()
    return {item: lived[column] for column, (account, item) in enumerate(LIVED) if account == "refusals"}


def _result_under(plan: Plan, town: Town, totals: Totals, name: str) -> dict[str, Any]:
    """Return what the run came to under one rulebook, people and firms together."""
    compiled, manifest = plan.compiled[name], plan.manifest
    counts: dict[str, dict[str, int]] = {account: {} for account in RESULTS}
    n_scored = 0
    for side in town.sides:
        for number, layer in enumerate(side.layers):
            if layer.name != name:
                continue
            n_scored += layer.n_scored
            flow, level = totals[f"{side.kind}.{number}"], layer.level.sum(axis=0)
            for spans, values in ((level_spans(layer, compiled), level), (flow_spans(layer, compiled), flow)):
                _count(counts, spans, values)
    if not counts["grades"].get("none"):
        counts["grades"].pop("none", None)
    return {
        "scored": n_scored,
        **counts,
        "not_kept": {kind: why for kind in plan.kinds if (why := why_no_records(plan.books[name], kind))},
        "nothing_fired": sum(counts["records"].values()) == 0,
        "flags": [
            *compiled.flags,
            *partly_outside(compiled.rulebook, manifest.start, month_first(manifest.start, manifest.months)),
        ],
    }


def _count(counts: dict[str, dict[str, int]], spans: Spans, values: np.ndarray[Any, Any]) -> None:
    """Add those accounts that a result speaks of."""
    for account, first, items in spans:
        if account in counts:
            for place, item in enumerate(items):
                counts[account][item] = counts[account].get(item, 0) + int(values[first + place])


def _together(by_rulebook: Mapping[str, Mapping[str, Any]], account: str) -> dict[str, int]:
    """Return one account of all rulebooks: by item, and where there are several rulebooks by RULEBOOK/ITEM."""
    if len(by_rulebook) == 1:
        return dict(next(iter(by_rulebook.values()))[account])
    return {f"{name}/{item}": n for name, result in by_rulebook.items() for item, n in result[account].items()}
