"""An ensemble held to the record: members lived anew against what they were calibrated to, all against what they have not seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Final

import numpy as np

from glasstown.calibration.ensemble import file_hash
from glasstown.calibration.implausible import CUT
from glasstown.calibration.lived import COUNT, PER
from glasstown.calibration.targets import TARGETS, Targets, load_targets
from glasstown.calibration.towns import Bench, bench_of, logarithm
from glasstown.calibration.unknowns import UNKNOWNS
from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.language.target_file import Measure, SmallTown, Target
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.runs.usage import refuse
from glasstown.storage.ensemble_file import AGAIN, Ensemble, manifest_path, read_ensemble
from glasstown.studies.members import misfits
from glasstown.types import Progress

NEAR: Final = 0.9
"""share of the train targets that each member must come near"""
NEEDED: Final = ("free", "waves", "effective", "distinct", "train", "hold_out", "out_of_reach", "share", "lucks")
"""keys of a manifest without which its members cannot be told and lived anew"""
MIDDLE: Final = 0.8
COVERED: Final = (0.60, 0.95)
"""share of the hold-outs that middle intervals must cover"""


@dataclass(frozen=True, slots=True)
class LivedAnew:
    """A member that was lived once more: which train targets it comes near, and those that it misses, in standard deviations."""

    member: int
    n_near: int
    n_all: int
    misses: Mapping[str, float]

    @property
    def is_near(self) -> bool:
        """Return whether it comes near enough of them."""
        return self.n_near >= NEAR * self.n_all


@dataclass(frozen=True, slots=True)
class Unseen:
    """A hold-out beside the interval that the members give it, in the target's unit."""

    target: Target
    low: float
    middle: float
    high: float

    @property
    def is_covered(self) -> bool:
        """Return whether the published value lies in the interval."""
        return self.low <= self.target.value.value <= self.high


def open_ensemble(path: Path, targets: Targets | None = None) -> Ensemble:
    """Return an ensemble that was made from what is here now.

    Errors   RecordError where it is not whole; UsageError with each text, version or use of a target that is another today
    """
    ensemble = read_ensemble(path)
    if missing := [key for key in NEEDED if key not in ensemble.manifest]:
        fault = Fault(
            "the ensemble",
            Place(str(manifest_path(path))),
            f"no '{missing[0]}'",
            "the manifest of a calibration",
            AGAIN,
        )
        raise RecordError(f"cannot use the ensemble {path}", [fault])
    held = targets or load_targets()
    faults = [*_of_texts(ensemble, held.towns), *_of_files(ensemble), *_of_uses(ensemble, held)]
    if faults:
        raise UsageError(f"The ensemble {path.name}", faults)
    return ensemble


def _of_texts(ensemble: Ensemble, towns: Sequence[SmallTown]) -> list[Fault]:
    """Return what its towns were made from that is another today, where they live otherwise too."""
    requests = [
        RunRequest(",".join(town.rulebooks), people=150, months=1, start=town.start, references=town.rulebooks)
        for town in towns
    ]
    return misfits(ensemble, [manifest_of(request)[0] for request in requests])


def _of_files(ensemble: Ensemble) -> Iterator[Fault]:
    for key, name in (("targets", TARGETS), ("unknowns", UNKNOWNS)):
        was, now = str(ensemble.manifest.get(key)), file_hash(name)
        if was != now:
            yield Fault(name, None, f"{was[:12]}, made with another", f"{now[:12]}, what is here now", AGAIN)


def _of_uses(ensemble: Ensemble, targets: Targets) -> Iterator[Fault]:
    """Yield hold-outs of today that a wave has seen."""
    unseen = {each.id for each in targets.of("hold-out")}
    for name in ensemble.manifest.get("train", ()):
        if name in unseen:
            yield Fault(
                f"target '{name}'", None, "a hold-out that a wave has seen", "hold-outs that no wave has seen", AGAIN
            )


def lived_anew(
    ensemble: Ensemble, targets: Targets, n: int, seed: int, progress: Progress | None = None
) -> tuple[LivedAnew, ...]:
    """Return so many random members, each lived with people and luck that it never had, against all targets that train."""
    if not 1 <= n <= len(ensemble):
        refuse("--verify", str(n), f"1 to {len(ensemble)} members", "Twenty are usual.")
    if seed < 0:
        refuse("--seed", str(seed), "0 or more", "Give a whole number without a sign.")
    chance = np.random.default_rng([seed])
    chosen = chance.permutation(len(ensemble))[:n].tolist()
    train = targets.of("train")
    bench = bench_of(targets, train, share=float(ensemble.manifest["share"]))
    found = []
    for number, member in enumerate(chosen):
        if progress:
            progress(number, n)
        luck = int(chance.integers(1 << 62))
        found.append(_held(bench, ensemble, member, luck, train))
    if progress:
        progress(n, n)
    return tuple(found)


def _held(bench: Bench, ensemble: Ensemble, member: int, luck: int, train: Sequence[Target]) -> LivedAnew:
    counts = bench.live(ensemble.settings(member), luck)
    lucks = _lucks(ensemble, train)
    missed = {}
    for target in train:
        value = logarithm(target, counts[target.id])
        whole = math.sqrt(lucks.get(target.measure, 0.0) + target.variance)
        missed[target.id] = math.inf if value is None else abs(target.log - value) / whole
    far = {name: round(size, 2) for name, size in missed.items() if size >= CUT}
    return LivedAnew(member, len(train) - len(far), len(train), far)


def _lucks(ensemble: Ensemble, train: Sequence[Target]) -> dict[Measure | None, float]:
    """Return the variance that luck gives each measure, on the logarithm; kept by the first target that counts so."""
    kept = ensemble.manifest["lucks"]
    return {target.measure: float(kept[target.id]) for target in train if target.id in kept}


def unseen(ensemble: Ensemble, targets: Targets) -> tuple[Unseen, ...]:
    """Return every hold-out with the interval that the members give it, figure and discrepancy in its width.

    Errors   RecordError where the members did not count it
    """
    return tuple(_interval(ensemble, target) for target in targets.of("hold-out"))


def _interval(ensemble: Ensemble, target: Target) -> Unseen:
    columns = ensemble.columns
    if f"{COUNT}.{target.id}" not in columns:
        fault = Fault(
            f"target '{target.id}'", None, "no count of it by the members", "a column for each hold-out", AGAIN
        )
        raise RecordError("The ensemble", [fault])
    pairs = zip(columns[f"{COUNT}.{target.id}"], columns[f"{PER}.{target.id}"], strict=True)
    logs = [value for both in pairs if (value := logarithm(target, both)) is not None]
    if not logs:
        return Unseen(target, math.nan, math.nan, math.nan)
    low, middle, high = (
        math.exp(_quantile(logs, math.sqrt(target.variance), share))
        for share in ((1 - MIDDLE) / 2, 0.5, (1 + MIDDLE) / 2)
    )
    return Unseen(target, low, middle, high)


def _quantile(logs: Sequence[float], width: float, share: float) -> float:
    """Return the value below which a share of the members lies, each spread by a normal width."""
    low, high = min(logs) - 8 * width, max(logs) + 8 * width
    for _ in range(60):
        between = (low + high) / 2
        below = sum(NormalDist(each, width).cdf(between) for each in logs) / len(logs)
        low, high = (between, high) if below < share else (low, between)
    return (low + high) / 2


def coverage(rows: Sequence[Unseen]) -> float:
    """Return the share of the hold-outs that their intervals cover."""
    return sum(each.is_covered for each in rows) / len(rows) if rows else 0.0


def faults_of_coverage(rows: Sequence[Unseen]) -> list[str]:
    """Return what is wrong with the hold-outs, in sentences: too few or too many covered, a miss without its cause."""
    share, (least, most) = coverage(rows), COVERED
    found = []
    if not least <= share <= most:
        found.append(
            f"{100 * share:.0f} % of the hold-outs are covered, where {100 * least:.0f} to {100 * most:.0f} % should be."
        )
    found += [f"'{each.target.id}' is missed, and no cause stands in its `miss` in data/targets.yaml." for each in rows
              if not each.is_covered and each.target.miss is None]  # fmt: skip
    return found
