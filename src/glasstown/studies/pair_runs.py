"""The runs of a comparison in its folder: first-1, second-1, first-2 and so on, lived, or gone on with after a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from glasstown.errors import Fault, Place, Stopped, UsageError
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.runs.session import resume_town, run_town
from glasstown.runs.usage import refuse
from glasstown.storage.atomic import TEMPORARY_ENDING
from glasstown.storage.checkout import made_with
from glasstown.storage.comparison_file import FILE, TABLE
from glasstown.storage.folder import MANIFEST, RunFolder
from glasstown.storage.identity import code_hash, identity_of
from glasstown.storage.inside import is_folder, kind_of
from glasstown.storage.lock import LOCK
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import ABOUT
from glasstown.storage.target import folder_target
from glasstown.types import Progress
from glasstown.wording import as_typed

SIDES: Final = ("first", "second")
OWN_NAME: Final = re.compile(r"(first|second)-[1-9][0-9]*")
BESIDE: Final = frozenset({LOCK, FILE, TABLE, *ABOUT})
"""what may lie beside the runs: what the comparison wrote, and what `unpack` did"""
NUMBERS: Final = ("people", "firms", "months", "seed", "start", "unknown", "track")
TEXTS: Final = (
    "rulebooks",
    "acts",
    "own_acts",
    "parameters",
    "own_parameters",
    "place",
    "drive",
    "mechanism",
    "settings",
    "orders",
)
"""what of a run's manifest a comparison asks for, beside its numbers"""


def folders_in(folder: Path, n: int) -> tuple[tuple[Path, Path], ...]:
    """Return the folders of so many pairs."""
    return tuple((folder / f"first-{number + 1}", folder / f"second-{number + 1}") for number in range(n))


def check_same(folder: Path, requests: Sequence[RunRequest], n: int) -> None:
    """Refuse a folder that holds something else than runs of this very comparison, before anything is written."""
    folder_target(folder, "the comparison")
    if kind_of(folder) is None:
        return
    others = [each for each in folder.iterdir() if each.name not in BESIDE and not OWN_NAME.fullmatch(each.name)]
    if others:
        found = f"'{folder}', which is there already and holds '{others[0].name}'"
        refuse("--out", found, "a folder that is new, empty, or this comparison's", "Name another.")
    plain = [manifest_of(request)[0] for request in requests]
    for number, both in enumerate(folders_in(folder, n)):
        for asked, path in zip(plain, both, strict=True):
            if is_folder(path) and not _is_begun(path):
                _check_run(path, asked.with_changes(seed=asked.seed + number))


def _is_begun(path: Path) -> bool:
    """Return whether a folder holds no more than a kill before its manifest was whole can leave."""
    return all(each.name == LOCK or each.name.endswith(TEMPORARY_ENDING) for each in path.iterdir())


def _check_run(path: Path, asked: Manifest) -> None:
    """Refuse a run of something else, and a finished one that other code lived."""
    found = RunFolder.open(path).manifest
    if identity_of(found) != identity_of(asked):
        what = f"a run with other {' and '.join(_differing(found, asked))}"
    elif found.status == "done" and found.code != code_hash():
        what = f"a run that other code lived ({made_with(found)})"
    else:
        return
    fault = Fault(
        "a run of the comparison", Place(str(path)), what, "a run of this comparison",
        "Give the command that the folder was made with, or another --out.",
    )  # fmt: skip
    raise UsageError(f"'{path.parent}' holds another comparison", [fault])


def _differing(found: Manifest, asked: Manifest) -> Iterator[str]:
    for name in (*NUMBERS, *TEXTS):
        if getattr(found, name) != getattr(asked, name):
            yield name


def lived_pairs(
    requests: Sequence[RunRequest], folder: Path, n: int, progress: Progress | None
) -> tuple[tuple[Path, Path], ...]:
    """Run both requests with so many seeds, and return the folders of each pair.

    What a stopped comparison finished is taken, and what it began is gone on with: the result is the same as without the stop.
    """
    months, folders = requests[0].months, folders_in(folder, n)
    for number, both in enumerate(folders):
        for side, (request, path) in enumerate(zip(requests, both, strict=True)):
            done = (2 * number + side) * months
            _live(replace(request, seed=request.seed + number, out=path), path, _from(progress, done))
            if progress is not None:
                progress(done + months, 0)
    return folders


def _live(request: RunRequest, path: Path, progress: Progress | None) -> None:
    """Live one run, or go on with it."""
    if (path / MANIFEST).is_file():
        resume_town(path, progress, threads=request.threads)
        return
    if is_folder(path) and _is_begun(path):
        for each in path.iterdir():
            each.unlink()
        path.rmdir()
    run_town(request, progress)


def _from(progress: Progress | None, done: int) -> Progress | None:
    if progress is None:
        return None
    return lambda months, _of: progress(done + months, 0)


def stopped(folder: Path, n: int) -> Stopped:
    """Return what lies in the folder of a comparison that was stopped, and how to go on."""
    runs = [path for both in folders_in(folder, n) for path in both if (path / MANIFEST).is_file()]
    done = sum(RunFolder.open(path).manifest.status == "done" for path in runs)
    begun = " and one that is begun" if len(runs) > done else ""
    words = (
        f"Stopped. {folder} holds {done} of {2 * n} runs{begun}; they are safe. "
        f"Go on to the same result with the same command and --out {as_typed(folder)}"
    )
    return Stopped(folder, words)
