"""Requests to many settings of one town: what `sweep` does before it answers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.errors import Stopped, did_you_mean
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.measures import NotKeptError
from glasstown.runs.usage import refuse
from glasstown.studies.pairs import names_of, requested, same_town
from glasstown.studies.ranges import ranges_for
from glasstown.studies.sensitivity import INDICES, Effect, check_there, design_of, effects_of, free, settings_of
from glasstown.types import Progress
from glasstown.wording import as_typed, counted, noun

if TYPE_CHECKING:
    from glasstown.language.parameters import Parameter, Parameters
    from glasstown.runs.plan import Plan
    from glasstown.runs.request import RunRequest
    from glasstown.storage.manifest import Manifest
    from glasstown.storage.sweep_folder import SweepFolder

PEOPLE: Final = 5000
TRAJECTORIES, LEVELS, SAMPLES = 10, 4, 64
MOST_TRAJECTORIES, MOST_LEVELS, MOST_SAMPLES = 1000, 100, 1 << 16
TOP: Final = 12
"""parameters that a Sobol' sweep takes from an earlier one of Morris"""
OWN: Final = {"trajectories": "morris", "levels": "morris", "samples": "sobol", "from": "sobol"}
"""options that belong to one method"""
TOGETHER: Final = 2
"""settings that wait for each thread, so that none is idle and an interruption waits for few"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a town is swept: what `sweep` takes beside the options of a run."""

    method: str = "morris"
    measure: str | None = None
    parameters: tuple[str, ...] = ()
    earlier: Path | None = None
    trajectories: int | None = None
    samples: int | None = None
    levels: int | None = None
    prior: bool = False

    @property
    def n(self) -> int:
        """Return how many trajectories, or how many points."""
        return (self.trajectories or TRAJECTORIES) if self.method == "morris" else (self.samples or SAMPLES)


@dataclass(frozen=True, slots=True)
class Found:
    """What a finished sweep found: its plan, and by measure the value of each setting and the effects, strongest first.

    Measures that some side does not keep have neither; the plan's `not_kept` says why.
    `why` is the sentence that says why no range comes from an ensemble; empty where some does, or none was asked for.
    """

    folder: Path
    plan: Mapping[str, Any]
    values: Mapping[str, tuple[float, ...]]
    effects: Mapping[str, tuple[Effect, ...]]
    measure: str
    why: str = ""


def swept(
    reference: str,
    other: str | None,
    options: Mapping[str, Any],
    asked: Asked,
    out: Path | None,
    progress: Progress | None,
) -> Found:
    """Return what moves the measures of a rulebook or scenario, or the differences between two, over ranges."""
    _check_words(asked)
    _check_numbers(asked)
    version = check_there()
    from glasstown.runs.memory import plan_in_memory
    from glasstown.storage.free import taken_folder
    from glasstown.storage.lock import sole_writer
    from glasstown.storage.sweep_folder import SweepFolder, check_free

    requests = _requests(reference, other, options)
    ranges = ranges_for(requests, prior=asked.prior)
    free_ones = tuple(ranges.of(each) for each in _chosen(asked, requests))
    threads = requests[0].threads or os.cpu_count() or 1
    plans = [plan_in_memory(request, towns=threads) for request in requests]
    names = names_of(reference, other) if other is not None else (Path(reference).name or reference, None)
    not_kept = not_kept_by([name for name in names if name], plans)
    _check_kept({"not_kept": not_kept}, asked.measure)
    plan = _plan(asked, names, requests, [each.manifest for each in plans], free_ones, version, not_kept)
    plan["ranges"] = ranges.kept([each.id for each in free_ones])
    if out is not None:
        check_free(out)
    path = out if out is not None else taken_folder("sweep", "the sweep")
    try:
        with sole_writer(path, f"glasstown sweep ({reference})"):
            folder = SweepFolder.start(path, plan)
            _live(folder, plans, free_ones, threads, progress)
    except KeyboardInterrupt:
        words = f"Stopped. Every setting that was lived is safe. Go on with the same command and --out {as_typed(path)}"
        raise Stopped(path, words) from None
    return replace(swept_of(folder, asked.measure), why=ranges.why)


def _check_words(asked: Asked) -> None:
    """Refuse a method or a measure that there is not, and options of the other method."""
    if asked.method not in INDICES:
        refuse("--method", f"'{asked.method}'", "morris or sobol", did_you_mean(asked.method, list(INDICES)))
    if asked.measure is not None and asked.measure not in MEASURES:
        way_out = did_you_mean(asked.measure, list(MEASURES))
        refuse("--measure", f"'{asked.measure}'", "a measure that `compare` knows", way_out)
    given = {
        "trajectories": asked.trajectories,
        "levels": asked.levels,
        "samples": asked.samples,
        "from": asked.earlier,
    }
    for name, value in given.items():
        if value is not None and OWN[name] != asked.method:
            refuse(
                f"--{name}", f"--method {asked.method}", f"--method {OWN[name]} beside it", "Leave one of the two out."
            )
    if asked.method == "sobol" and not asked.parameters and asked.earlier is None:
        refuse(
            "--method sobol", "neither --parameters nor --from", "a few parameters to look at closely",
            "Name them with --parameters A,B,C, or give --from the folder of an earlier sweep with --method morris.",
        )  # fmt: skip
    if asked.parameters and asked.earlier is not None:
        refuse("--parameters", "--from beside it", "one of the two", "Leave one of the two out.")


def _check_numbers(asked: Asked) -> None:
    """Refuse sizes that no design has."""
    trajectories = TRAJECTORIES if asked.trajectories is None else asked.trajectories
    if not 2 <= trajectories <= MOST_TRAJECTORIES:
        refuse("--trajectories", str(trajectories), f"2 to {MOST_TRAJECTORIES}", "Ten show which parameters matter.")
    levels = LEVELS if asked.levels is None else asked.levels
    if not 2 <= levels <= MOST_LEVELS or levels % 2:
        refuse("--levels", str(levels), f"an even number from 2 to {MOST_LEVELS}", "Four is usual.")
    samples = SAMPLES if asked.samples is None else asked.samples
    if not 2 <= samples <= MOST_SAMPLES or samples & (samples - 1):
        expected = f"a power of two from 2 to {MOST_SAMPLES}"
        refuse("--samples", str(samples), expected, "Sobol's sequence is even only at powers of two, such as 64.")


def _requests(reference: str, other: str | None, options: Mapping[str, Any]) -> tuple[RunRequest, ...]:
    """Return what is asked of each side, of one town."""
    one = requested(reference, options, people=PEOPLE, verb="sweep")
    if other is None:
        return (one,)
    return same_town(one, requested(other, options, people=PEOPLE, verb="sweep"))


def _chosen(asked: Asked, requests: Sequence[RunRequest]) -> tuple[Parameter, ...]:
    """Return the parameters that are swept: all that are free, those named, or the top of an earlier sweep."""
    known = parameters_in(requests[0]).parameters
    free_ones = free(known, {path for request in requests for path in request.settings})
    ids = [each.id for each in free_ones]
    names = asked.parameters if asked.earlier is None else _top_of(asked.earlier, asked.measure, ids)
    for name in names:
        if name not in [each.id for each in known]:
            way_out = did_you_mean(name, [each.id for each in known], called="parameters")
            refuse("--parameters", f"'{name}'", "the id of a parameter of the model", way_out)
        if name not in ids:
            refuse(
                "--parameters", f"'{name}', which is held", "one with a range that no scenario sets",
                "Leave it out, or take it out of the scenario's `set:`.",
            )  # fmt: skip
    if names:
        return tuple(each for each in free_ones if each.id in names)
    return free_ones


def parameters_in(request: RunRequest) -> Parameters:
    """Return the model's parameters as a request means them: an earlier run's own, else those installed, with what lies over them."""
    from glasstown.runs.request import texts_of

    return texts_of(request).parameters


def _top_of(path: Path, measure: str | None, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the parameters that matter most in a finished sweep of Morris."""
    from glasstown.storage.sweep_folder import SweepFolder

    folder = SweepFolder.open(path)
    if folder.plan["method"] != "morris":
        refuse(
            "--from", f"'{path}', a sweep of {folder.plan['method']}", "one of --method morris", "Name another folder."
        )
    left = len(folder.missing())
    if left:
        found = f"'{path}', of which {left} of {counted(folder.n_settings, 'setting')} {noun(left, 'is', 'are')} left"
        refuse("--from", found, "a sweep that is finished", "Give its own command again, with the same --out.")
    earlier = swept_of(folder, measure)
    top = [effect.parameter for effect in earlier.effects[earlier.measure] if effect.strength > 0]
    top = [name for name in top if name in ids][:TOP]
    if not top:
        found = f"'{path}', in which no parameter moves '{earlier.measure}'"
        refuse("--from", found, "one in which some do", "Name another measure with --measure, or parameters.")
    return tuple(top)


def _plan(
    asked: Asked,
    names: tuple[str, str | None],
    requests: Sequence[RunRequest],
    manifests: Sequence[Manifest],
    parameters: Sequence[Parameter],
    version: str,
    not_kept: Mapping[str, str],
) -> dict[str, Any]:
    """Return everything that a sweep's numbers depend on, and its design."""
    from glasstown.version import __version__

    one = manifests[0]
    ids = [each.id for each in parameters]
    levels = (asked.levels or LEVELS) if asked.method == "morris" else None
    return {
        "method": asked.method,
        "sides": [
            {"name": name, "rulebooks": [each.reference for each in manifest.rulebooks], "set": dict(request.settings),
             "firms": manifest.firms}
            for name, request, manifest in zip(names, requests, manifests, strict=False)
        ],
        "people": one.people, "months": one.months, "seed": one.seed, "place": requests[0].place_name,
        "start": f"{one.start:%Y-%m}", "unknown": one.unknown,
        "trajectories": asked.n if asked.method == "morris" else None, "levels": levels,
        "samples": asked.n if asked.method == "sobol" else None,
        "parameters": [{"id": each.id, "low": str(each.low), "high": str(each.high)} for each in parameters],
        "not_kept": not_kept,
        "held": [each.id for each in parameters_in(requests[0]).parameters if each.id not in ids],
        "texts": [_texts(manifest) for manifest in manifests],
        "versions": {"glasstown": __version__, "SALib": version},
        "design": design_of(asked.method, ids, n=asked.n, levels=levels or LEVELS, seed=one.seed),
    }  # fmt: skip


def _texts(manifest: Manifest) -> str:
    """Return one hash over every text that a side rests on."""
    documents = [text for book in manifest.rulebooks for text in book.texts]
    documents += manifest.model_texts
    return hashlib.sha256(" ".join(each.sha256 for each in documents).encode()).hexdigest()


def _live(
    folder: SweepFolder,
    plans: Sequence[Plan],
    parameters: Sequence[Parameter],
    threads: int,
    progress: Progress | None,
) -> None:
    """Live the settings that have no result yet, several side by side, and write each as it ends."""
    from glasstown.studies.summed import counts_of

    sides = ("first", "second")[: len(plans)]

    def live(number: int) -> None:
        settings = settings_of(folder.plan["design"][number], parameters)
        folder.write(number, {side: counts_of(plan, settings) for side, plan in zip(sides, plans, strict=True)})

    missing, whole = folder.missing(), folder.n_settings
    done = whole - len(missing)
    if progress and missing:
        progress(done, whole)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        waiting: set[Future[None]] = set()
        try:
            while missing or waiting:
                while missing and len(waiting) < TOGETHER * threads:
                    waiting.add(pool.submit(live, missing.pop(0)))
                ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in ended:
                    each.result()
                    done += 1
                if progress:
                    progress(done, whole)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


USUAL: Final = ("wrongful listings", "listings", "wrong records", "records", "offences")
"""the measure that is told where none is named: the first of these that anything moves"""


def swept_of(folder: SweepFolder, measure: str | None) -> Found:
    """Return what a finished sweep found; without a measure the first usual one that anything moves."""
    plan = folder.plan
    results = [folder.read(number) for number in range(folder.n_settings)]
    people, names = plan["people"], [each["id"] for each in plan["parameters"]]
    values, effects = {}, {}
    for name in (each for each in MEASURES if each not in plan["not_kept"]):
        counts = [_kept(result["first"], name) for result in results]
        if len(plan["sides"]) == 2:
            seconds = [_kept(result["second"], name) for result in results]
            counts = [second - first for second, first in zip(seconds, counts, strict=True)]
        values[name] = tuple(count / people for count in counts)
        effects[name] = effects_of(
            plan["method"], names, plan["design"], values[name], levels=plan["levels"] or 0, seed=plan["seed"]
        )
    _check_kept(plan, measure)
    usual = [name for name in USUAL if name in effects]
    moved = [name for name in usual if effects[name][0].strength > 0]
    return Found(folder.path, plan, values, effects, measure or (moved or usual)[0])


def _kept(counts: Mapping[str, int | None], measure: str) -> int:
    """Return a count that the plan says is kept."""
    count = counts[measure]
    if count is None:
        raise NotKeptError(f"'{measure}' in a setting of a sweep whose plan says that it is kept")
    return count


def _check_kept(plan: Mapping[str, Any], measure: str | None) -> None:
    """Refuse a measure that a side of the sweep does not keep."""
    if measure is not None and measure in plan["not_kept"]:
        found = f"'{measure}', which is not kept: {plan['not_kept'][measure]}"
        refuse("--measure", found, "a measure that is kept", "Name another.")


def not_kept_by(names: Sequence[str], plans: Sequence[Plan]) -> dict[str, str]:
    """Return the measures that some side does not keep, each with the reason."""
    from glasstown.studies.summed import why_not_of

    found: dict[str, list[str]] = {}
    for name, plan in zip(names, plans, strict=True):
        for measure, reason in why_not_of(plan).items():
            found.setdefault(measure, []).append(f"{name}: {reason}" if len(plans) > 1 else reason)
    return {measure: "; ".join(reasons) for measure, reasons in found.items()}
