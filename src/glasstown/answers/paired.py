"""Requests to pairs of runs: what `compare` does before it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.request import refuse
from glasstown.answers.twinned import Twinned
from glasstown.errors import UsageError
from glasstown.outcomes.ignorance import draws_of
from glasstown.outcomes.twins import pair_of

if TYPE_CHECKING:
    from glasstown.records.request import RunRequest

PEOPLE, MONTHS, SEEDS, DRAWS = 20_000, 60, 6, 10
MOST_SEEDS = 1000


def compared(
    one: str,
    other: str,
    options: Mapping[str, Any],
    seeds: int | None,
    draws: int | None,
    out: Path | None,
    progress: Callable[[int, int], None] | None,
) -> Twinned:
    """Return how two finished runs differ, or two requests that are run for it, each with so many seeds."""
    if _is_run(one) and _is_run(other) and seeds is None and not draws and not any(options.values()):
        folders = (Path(one), Path(other))
        return Twinned(_names(one, other), (pair_of(*folders),), (folders,))
    n = SEEDS if seeds is None else seeds
    if not 1 <= n <= MOST_SEEDS:
        refuse("--seeds", str(n), f"1 to {MOST_SEEDS}", "Six seeds or more show how far luck moves a difference.")
    n_draws = DRAWS if draws is None else draws
    if not 0 <= n_draws <= MOST_SEEDS:
        refuse("--draws", str(n_draws), f"0 to {MOST_SEEDS}", "Ten draws or more show what is not known.")
    from glasstown.answers.town import free_folder
    from glasstown.records.session import run_town
    from glasstown.rulebook.load import load_parameters

    requests = _same_town(_request(one, options), _request(other, options))
    folder = out if out is not None else free_folder("compare")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse("--out", f"'{folder}', which is there already", "a folder that is new or empty", "Name another.")
    first = requests[0].seed
    held = {path for request in requests for path in request.settings}
    ways = draws_of(load_parameters(), n_draws, seed=first, held=held)
    asked: list[tuple[str, int, dict[str, str]]] = [(f"{k + 1}", first + k, {}) for k in range(n)] + [
        (f"drawn-{k + 1}", first, way) for k, way in enumerate(ways)
    ]
    pairs, folders_of = [], []
    for number, (name, seed, way) in enumerate(asked):
        both = (folder / f"first-{name}", folder / f"second-{name}")
        for side, (request, path) in enumerate(zip(requests, both, strict=True)):
            done, whole = (2 * number + side) * request.months, 2 * len(asked) * request.months
            settings = {**way, **request.settings}
            run_town(replace(request, seed=seed, settings=settings, out=path), _further(progress, done, whole))
        pairs.append(pair_of(*both))
        folders_of.append(both)
    return Twinned(_names(one, other), tuple(pairs[:n]), tuple(folders_of[:n]), tuple(pairs[n:]))


def _further(progress: Callable[[int, int], None] | None, done: int, whole: int) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda months, _of: progress(done + months, whole)


def _is_run(reference: str) -> bool:
    return (Path(reference) / "manifest.json").is_file()


def _request(reference: str, options: Mapping[str, Any]) -> RunRequest:
    """Return a request with the options of its scenario, over which those of the command count."""
    from glasstown.records.scenario import Scenario, scenario_of
    from glasstown.records.session import RunRequest

    scenario = scenario_of(reference) or Scenario(reference)
    given = {name: value for name, value in options.items() if value is not None}
    chosen = {"people": PEOPLE, "months": MONTHS, **scenario.options, **given}
    return RunRequest(
        scenario.rulebook, settings=dict(scenario.settings), command=f"glasstown compare ({reference})", **chosen
    )


def _same_town(one: RunRequest, other: RunRequest) -> tuple[RunRequest, RunRequest]:
    """Return both requests for one town: the same first month; refuse two towns of different people."""
    from glasstown.records.request import manifest_of

    for name in ("people", "months", "seed", "place"):
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours != theirs:
            refuse(f"the {name} of the two", f"{ours} and {theirs}", "the same", f"Give --{name} on the command line.")
    later = max(manifest_of(request)[0].start for request in (one, other))
    both = [replace(request, start=request.start or f"{later:%Y-%m}") for request in (one, other)]
    for request in both:
        try:
            manifest_of(request)
        except UsageError:
            refuse(
                "the two", f"'{request.rulebook}', over before {later:%Y-%m}, when the other begins",
                "two that are in force in one month",
                f"Compare a scenario with `set: {{{request.rulebook.partition('@')[0]}/in_force/until: unknown}}`.",
            )  # fmt: skip
    return both[0], both[1]


def _names(one: str, other: str) -> tuple[str, str]:
    """Return short names of both sides, told apart where they are alike."""
    names = [Path(each).name or each for each in (one, other)]
    return (names[0], names[1]) if names[0] != names[1] else (f"{names[0]} (first)", f"{names[1]} (second)")
