"""Requests to pairs of runs: what `compare` does before it answers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.errors import UsageError, did_you_mean
from glasstown.incoming import path_of
from glasstown.outcomes.by_trait import BY
from glasstown.outcomes.twins import Pair, pair_of
from glasstown.runs.usage import refuse
from glasstown.studies.plausible import draws_of
from glasstown.types import Progress

if TYPE_CHECKING:
    from glasstown.runs.request import RunRequest
    from glasstown.studies.members import Way


@dataclass(frozen=True, slots=True)
class Drawn:
    """What both sides came to under draws of the parameters that were kept.

    counts   for each draw, every measure of MEASURES on each side; None where a side does not keep it
    tried    draws that were lived
    near     what those kept come near, in words
    held     the side that comes near it: the first of which anything is published
    said     which ways were taken, in a sentence; members of the ensemble where `is_ensemble`
    ways     those kept, in the order of their counts
    """

    counts: tuple[Mapping[str, tuple[int | None, ...]], ...]
    tried: int = 0
    near: tuple[str, ...] = ()
    held: int = 0
    said: str = ""
    is_ensemble: bool = False
    ways: tuple[Way, ...] = ()

    def __len__(self) -> int:
        """Return how many draws were kept."""
        return len(self.counts)


NO_DRAWS = Drawn(())


@dataclass(frozen=True, slots=True)
class How:
    """How often two requests are lived: seeds, draws and whether these are from the ranges; and the traits that are counted by."""

    seeds: int
    draws: int
    prior: bool = False
    traits: tuple[str, ...] = ()


HOW_OF_TWO = How(1, 0)


@dataclass(frozen=True, slots=True)
class Paired:
    """What two requests came to on the same people: their names, one pair of runs for each seed, and the draws.

    is_one_town   whether desks have orders on a side, so that no other seed or draw can be asked
    folder        where they lie; None of two runs that were there, which are no comparison's
    how           what was asked for
    """

    names: tuple[str, str]
    pairs: tuple[Pair, ...]
    folders: tuple[tuple[Path, Path], ...]
    drawn: Drawn = NO_DRAWS
    is_one_town: bool = False
    folder: Path | None = None
    how: How = HOW_OF_TWO


INCOME = "income"
"""what a comparison is told by where nobody asks"""
PEOPLE, MONTHS, SEEDS, DRAWS = 20_000, 60, 6, 10
MOST_SEEDS = 1000


def compared(
    one: str,
    other: str,
    options: Mapping[str, Any],
    seeds: int | None,
    draws: int | None,
    out: Path | None,
    progress: Progress | None,
    *,
    prior: bool = False,
    by: Sequence[str] = (INCOME,),
    without_orders: bool = False,
) -> Paired:
    """Return how two finished runs differ, or two requests that are run for it, each with so many seeds.

    by               what everything is told by too, names of `outcomes.by_trait.BY`; for all but income every run is lived again
    without_orders   leaves out, on the second side, what desks decide in it
    """
    traits = traits_of(by)
    are_lived = is_run(one) and is_run(other) and not without_orders
    if are_lived and seeds is None and not draws and not any(options.values()):
        return _two_runs(one, other, traits, progress)
    sides = requested(one, options, is_one_town=True), requested(other, options, is_one_town=True)
    if without_orders:
        sides = _and_its_twin(*sides)
    is_one_town = any(request.orders for request in sides)
    if is_one_town:
        seeds, draws = _for_one_town(seeds, draws)
    how = How(*_numbers(seeds, draws), prior, traits)
    names = names_of(one, other)
    names = (names[0], f"{names[1]} without orders") if without_orders else names
    return lived(names, same_town(*sides), how, out, progress, is_one_town=is_one_town)


def lived(
    names: tuple[str, str],
    requests: Sequence[RunRequest],
    how: How,
    out: Path | None,
    progress: Progress | None,
    *,
    is_one_town: bool,
) -> Paired:
    """Return two requests of one town lived so often, in their folder, with the draws in memory."""
    from glasstown.storage.free import taken_folder
    from glasstown.storage.lock import sole_writer
    from glasstown.studies.pair_runs import check_same, lived_pairs, stopped

    n, months = how.seeds, requests[0].months
    if out is not None:
        check_same(out, requests, n)
    folder = out if out is not None else taken_folder("compare", "the comparison")
    by_trait = 2 * n * months if how.traits else 0
    whole = 2 * (n + how.draws) * months + by_trait
    try:
        with sole_writer(folder, f"glasstown compare ({names[0]}, {names[1]})"):
            folders_of = lived_pairs(requests, folder, n, _further(progress, 0, whole))
            pairs = tuple(
                pair_of(*both, by=how.traits, progress=_share(progress, 2 * months * (n + number), 2 * months, whole))
                for number, both in enumerate(folders_of)
            )
        further = _further(progress, 2 * n * months + by_trait, whole)
        drawn = drawn_pairs(requests, how.draws, further, prior=how.prior) if how.draws else NO_DRAWS
    except KeyboardInterrupt:
        raise stopped(folder, n) from None
    return Paired(names, pairs, folders_of, drawn, is_one_town, folder, how)


def _and_its_twin(one: RunRequest, other: RunRequest) -> tuple[RunRequest, RunRequest]:
    """Return both requests, the second without its orders; refuse where neither side has any."""
    if not one.orders and not other.orders:
        refuse("--without-orders", "no orders on either side", "a scenario or run with orders", "Leave it out.")
    return one, replace(other, orders=())


def _for_one_town(seeds: int | None, draws: int | None) -> tuple[int, int]:
    """Return one seed and no draws: orders are about the acts of one town; refuse where more are asked for."""
    for option, number, only in (("--seeds", seeds, 1), ("--draws", draws, 0)):
        if number not in (None, only):
            way_out = f"Give {option} {only}, or leave it out; other towns have other acts to decide about."
            refuse(option, f"{number}, where desks have orders", str(only), way_out)
    return 1, 0


def traits_of(by: Sequence[str]) -> tuple[str, ...]:
    """Return the traits beside income that a comparison is asked by; refuse what is none."""
    for name in by:
        if "," in name and all(each.strip() in BY for each in name.split(",")):
            refuse(
                "--by",
                f"'{name}'",
                "one at a time",
                f"Ask for {' '.join(f'--by {each.strip()}' for each in name.split(','))}.",
            )
        if name not in BY:
            refuse("--by", f"'{name}'", ", ".join(BY), did_you_mean(name, tuple(BY)))
    return tuple(trait for name, trait in BY.items() if name in by and name != INCOME)


def _two_runs(one: str, other: str, by: Sequence[str], progress: Progress | None) -> Paired:
    """Return how two finished runs differ, each told by the texts that it kept."""
    from glasstown.runs.texts import say_what_differs
    from glasstown.storage.folder import RunFolder

    folders = (path_of(one), path_of(other))
    manifests = [RunFolder.open(folder).manifest for folder in folders]
    for folder, manifest in zip(folders, manifests, strict=True):
        say_what_differs(folder, manifest)
    months, is_one_town = 2 * manifests[0].months, any(each.orders is not None for each in manifests)
    pair = pair_of(*folders, by=by, progress=_share(progress, 0, months, months))
    return Paired(names_of(one, other), (pair,), (folders,), is_one_town=is_one_town)


def _numbers(seeds: int | None, draws: int | None) -> tuple[int, int]:
    """Return how many seeds and draws are asked for; refuse numbers that show nothing."""
    n = SEEDS if seeds is None else seeds
    if not 1 <= n <= MOST_SEEDS:
        refuse("--seeds", str(n), f"1 to {MOST_SEEDS}", "Six seeds or more show how far luck moves a difference.")
    n_draws = DRAWS if draws is None else draws
    if not 0 <= n_draws <= MOST_SEEDS:
        refuse("--draws", str(n_draws), f"0 to {MOST_SEEDS}", "Ten draws or more show what is not known.")
    return n, n_draws


def drawn_pairs(
    requests: Sequence[RunRequest], n: int, progress: Progress | None = None, *, prior: bool = False
) -> Drawn:
    """Return the counts of both sides (or more) under so many ways in which things may be; what a request sets stays.

    They are the first members of the shipped ensemble, each with its own people and luck, where it fits; else, and with `prior`,
    draws from the parameters' ranges with the first seed's luck.
    """
    from glasstown.studies.members import ways_for

    if prior:
        return replace(_prior_pairs(requests, n, progress), said=PRIOR)
    found = ways_for(requests, n)
    if isinstance(found, str):
        return replace(_prior_pairs(requests, n, progress), said=f"{found}. {PRIOR}")
    return _member_pairs(requests, found, progress)


PRIOR = "The draws are from the parameters' ranges, most of which nobody has held against the record."
MEMBERS = (
    "The draws are members of the ensemble: towns that the record does not rule out, each with its own people and luck."
)


def _member_pairs(requests: Sequence[RunRequest], ways: Sequence[Way], progress: Progress | None) -> Drawn:
    """Return the counts of all sides under members of the ensemble."""
    from glasstown.language.act_numbers import fitted
    from glasstown.runs.memory import plan_in_memory, with_seed
    from glasstown.studies.summed import counts_of

    plans = [plan_in_memory(request, towns=len(requests)) for request in requests]

    def lived(way: Way) -> tuple[Mapping[str, int | None], ...]:
        return tuple(counts_of(with_seed(plan, way.seed), fitted(way.settings, plan.inputs.acts)) for plan in plans)

    counts = []
    with ThreadPoolExecutor(max_workers=max(os.cpu_count() or 1, 1)) as pool:
        for sides in pool.map(lived, ways):
            counts.append({name: tuple(each[name] for each in sides) for name in sides[0]})
            if progress:
                progress(2 * requests[0].months * len(counts), 0)
    return Drawn(tuple(counts), len(ways), said=MEMBERS, is_ensemble=True, ways=tuple(ways))


def _prior_pairs(requests: Sequence[RunRequest], n: int, progress: Progress | None) -> Drawn:
    """Return the counts of all sides under so many plausible draws of the parameters, the first seed's luck held.

    A draw is kept where the first side of which anything is published comes near that.
    """
    from glasstown.runs.memory import live_in_memory, plan_in_memory
    from glasstown.studies.members import Way
    from glasstown.studies.plausible import MOST_TRIES, is_plausible, targets_of
    from glasstown.studies.summed import counts_from, counts_of

    plans = [plan_in_memory(request, towns=len(requests)) for request in requests]
    held = {path for request in requests for path in request.settings}
    counts: list[tuple[Mapping[str, int | None], ...]] = []
    kept: list[Way] = []
    at = next((n for n, plan in enumerate(plans) if targets_of(plan)), 0)
    first, others = plans[at], [plan for n, plan in enumerate(plans) if n != at]
    targets, tried = targets_of(first), 0
    with ThreadPoolExecutor(max_workers=max(os.cpu_count() or 1, 1)) as pool:
        for turn in range(MOST_TRIES if targets else 1):
            ways = draws_of(first.inputs.parameters, n, seed=requests[0].seed + turn, held=held)
            lived = zip(ways, pool.map(lambda way: live_in_memory(first, way), ways), strict=True)
            kept_ways: list[tuple[dict[str, str], Mapping[str, int | None]]] = []
            for way, sums in lived:
                if len(counts) + len(kept_ways) == n:
                    break
                tried += 1
                if is_plausible(first, sums, targets):
                    kept_ways.append((way, counts_from(first, sums)))
            rest = pool.map(lambda each: [counts_of(plan, each[0]) for plan in others], kept_ways)  # one past a way
            kept += [Way(each[0], requests[0].seed) for each in kept_ways]
            counts += [(*told[:at], each[1], *told[at:]) for each, told in zip(kept_ways, rest, strict=True)]
            if progress:
                progress(2 * requests[0].months * len(counts), 0)
            if len(counts) == n:
                break
    told = tuple({name: tuple(each[name] for each in sides) for name in sides[0]} for sides in counts)
    return Drawn(told, tried, tuple(target.words for target in targets.values()), at, ways=tuple(kept))


def _further(progress: Progress | None, done: int, whole: int) -> Progress | None:
    if progress is None:
        return None
    return lambda months, _of: progress(done + months, whole)


def _share(progress: Progress | None, done: int, months: int, whole: int) -> Progress | None:
    """Return progress of a part that stands for so many months, told in whatever the part counts."""
    if progress is None:
        return None
    return lambda parts, of: progress(done + months * parts // max(of, 1), whole)


def is_run(reference: str) -> bool:
    """Return whether a reference is the folder of a run."""
    return (path_of(reference) / "manifest.json").is_file()


def requested(
    reference: str,
    options: Mapping[str, Any],
    *,
    people: int = PEOPLE,
    verb: str = "compare",
    is_one_town: bool = False,
) -> RunRequest:
    """Return a request with the options of its scenario, over which those of the command count.

    Errors   UsageError where desks have orders in it and it is to be lived otherwise, unless it `is_one_town`
    """
    from glasstown.runs.scenario import request_of

    request = request_of(reference, options, usual={"people": people, "months": MONTHS})
    if request.orders and not is_one_town:
        way_out = "Leave the orders out of the scenario: other towns have other acts to decide about."
        refuse(f"'{reference}'", "orders of desks, which are for one town", "a request without orders", way_out)
    return replace(request, command=f"glasstown {verb} ({reference})")


def same_town(one: RunRequest, other: RunRequest) -> tuple[RunRequest, RunRequest]:
    """Return both requests for one town: the same first month, the same firms; refuse two towns of different people."""
    from glasstown.runs.request import manifest_of

    for name in ("people", "months", "seed"):
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours != theirs:
            refuse(f"the {name} of the two", f"{ours} and {theirs}", "the same", f"Give --{name} on the command line.")
    first, second = (manifest_of(request)[0] for request in (one, other))
    if first.place.sha256 != second.place.sha256:
        found = f"{one.place_name} and {other.place_name}"
        if one.place_name == other.place_name:
            found = f"two texts of {one.place_name}, a run's own among them"
        refuse("the place of the two", found, "the same", "Give --place on the command line.")
    later, firms = max(first.start, second.start), max(first.firms, second.firms)
    both = [
        replace(
            request, start=request.start or f"{later:%Y-%m}", firms=firms if request.firms is None else request.firms
        )
        for request in (one, other)
    ]
    for request, manifest in zip(both, (first, second), strict=True):
        try:
            manifest_of(request)
        except UsageError:
            refuse(
                "the two", f"'{request.rulebook}', over before {later:%Y-%m}, when the other begins",
                "two that are in force in one month",
                f"Compare a scenario with `set: {{{manifest.rulebooks[0].id}/in_force/until: unknown}}`.",
            )  # fmt: skip
    return both[0], both[1]


def names_of(one: str, other: str) -> tuple[str, str]:
    """Return short names of both sides, told apart where they are alike."""
    names = [(Path(each).name or each).removesuffix(".yaml") for each in (one, other)]
    return (names[0], names[1]) if names[0] != names[1] else (f"{names[0]} (first)", f"{names[1]} (second)")
