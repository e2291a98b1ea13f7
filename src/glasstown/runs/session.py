"""A run from request to result: months lived and written, interrupted and gone on with."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from glasstown.engine.town import Town
from glasstown.errors import Fault, Place, RunError, RunWarning, Stopped
from glasstown.rows import as_table
from glasstown.runs import snapshot
from glasstown.runs.accounts import MonthRows, in_unit, step_of
from glasstown.runs.final import final_tables
from glasstown.runs.laid_back import misfit_of
from glasstown.runs.one_life import LifeResult, replay_life, tracked_events
from glasstown.runs.ordered import carried_out, moot_in
from glasstown.runs.outside import CUT_OFF, MOOT, RANK, mail_columns, moot_of, news_rows, outside_of
from glasstown.runs.plan import Plan, make_plan, make_town
from glasstown.runs.request import RunRequest, check_memory, inputs_of, manifest_of
from glasstown.runs.result import RunResult, result_of
from glasstown.runs.texts import refuse_trust, say_what_differs
from glasstown.runs.trusted import trust_hash
from glasstown.storage.checkout import made_with
from glasstown.storage.checkpoint import Checkpoint, Checkpoints
from glasstown.storage.folder import RunFolder
from glasstown.storage.identity import code_hash
from glasstown.storage.lock import sole_writer
from glasstown.storage.parts import table_of
from glasstown.types import EntityKind, Progress
from glasstown.wording import as_typed, counted

__all__ = ["LifeResult", "RunRequest", "RunResult", "replay_life", "resume_town", "run_town"]

MONTHS_A_PART = 12
BYTES_EACH_ON_DISK = 160
"""Two checkpoints and the final table, for one person; the rest of a run does not grow with people."""
BYTES_EACH_IN_MEMORY = 140
BYTES_EACH_FURTHER = 60
"""What each further rulebook adds, in memory and on disk."""
BYTES_BESIDE = 64 << 20


@dataclass(slots=True)
class Journey:
    """A run on its way: where it is, and what has been counted since it began.

    moot     month and place of the orders since the last part that found nothing to decide
    totals   sums over months and groups: of tally (2, K) and lives by kind, of a flow by kind and rulebook's number
    """

    folder: RunFolder
    plan: Plan
    town: Town
    threads: int
    part: int = 0
    years: list[dict[EntityKind, np.ndarray[Any, Any]]] = field(default_factory=list)
    totals: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    moot: list[tuple[int, int]] = field(default_factory=list)
    loop_seconds: float = 0.0


def run_town(
    request: RunRequest, progress: Progress | None = None, *, seconds_between: float | None = None
) -> RunResult:
    """Run what was asked for and return its result; without `out`, in the first folder runs/NAME-N that is free.

    progress         told months done and months in all
    seconds_between  shortest time between checkpoints; the default is the folder's own

    Errors   GlasstownError, before anything is written where the request is wrong; Stopped where the user stops it.
    """
    manifest, inputs = manifest_of(request)
    further = len(manifest.rulebooks) - 1
    check_memory(manifest.people, manifest.firms, BYTES_EACH_IN_MEMORY + further * BYTES_EACH_FURTHER)
    need = (manifest.people + manifest.firms) * (BYTES_EACH_ON_DISK + further * BYTES_EACH_FURTHER) + BYTES_BESIDE
    plan = make_plan(manifest, inputs)
    if request.out is not None:
        folder = RunFolder.create(request.out, manifest, need_bytes=need)
    else:
        folder = RunFolder.create_named(request.name or request.rulebook, manifest, need_bytes=need)
    with _stoppable(folder.path), sole_writer(folder.path, manifest.command):
        _set_clock(folder, seconds_between)
        return _finish(_open_journey(folder, plan, request.threads), progress)


@contextmanager
def _stoppable(path: Path) -> Iterator[None]:
    """Let whoever stops a run know what lies in its folder, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        words = f"Stopped. What was written to {path} is safe. Go on to the same result with: glasstown resume {as_typed(path)}"
        raise Stopped(path, words) from None


def _set_clock(folder: RunFolder, seconds_between: float | None) -> None:
    if seconds_between is not None:
        folder.checkpoints = Checkpoints(folder.path / "checkpoint", seconds_between=seconds_between)


def trust_in(path: Path, sha256: str | None) -> None:
    """Trust the mechanism of a run, where the user names its hash.

    Errors   UsageError where the run has none, RunError where its mechanism is another one
    """
    if sha256 is None:
        return
    document = RunFolder.open(path).manifest.mechanism
    if document is None:
        refuse_trust(sha256)
    else:
        trust_hash(document, sha256)


def resume_town(
    path: Path, progress: Progress | None = None, *, threads: int | None = None, seconds_between: float | None = None
) -> RunResult:
    """Go on with an interrupted run, from its newest whole checkpoint or from the start; a finished one is only read.

    A finished run of which something is gone or changed is lived again, where the code is still the one that lived it.

    Errors   RunError where another process is at work in the folder, or where a finished run cannot be made again.
    """
    folder = RunFolder.open(path)
    say_what_differs(path, folder.manifest)
    result = _result_of(folder)
    if result is not None and not (path / "checkpoint").exists():
        return result
    with _stoppable(path), sole_writer(path, f"glasstown resume {as_typed(path)}"):
        folder = RunFolder.open(path)  # again: another process may have ended it in between
        result = _result_of(folder)
        if result is not None:
            folder.checkpoints.remove()
            return result
        _set_clock(folder, seconds_between)
        return _finish(_journey_on(folder, threads), progress)


def _result_of(folder: RunFolder) -> RunResult | None:
    """Return the result of a finished run that is whole; None where there are months to live."""
    manifest = folder.manifest
    if manifest.status != "done" or manifest.result is None or folder.faults():
        return None
    folder.check_whole()  # has the word on a run without a seal
    return RunResult(manifest.result, folder.path)


def _journey_on(folder: RunFolder, threads: int | None) -> Journey:
    """Return the run where its months are to be gone on with, and drop what lies after that."""
    manifest = folder.manifest
    if manifest.status == "done":
        _check_can_be_made_again(folder)
    journey = _open_journey(folder, make_plan(manifest, inputs_of(folder)), threads or manifest.threads)
    is_running = manifest.status == "running"
    checkpoint = folder.newest_checkpoint(lambda found: _misfit(journey, found)) if is_running else None
    month = checkpoint.month if checkpoint else 0
    if manifest.newest is not None and month < manifest.newest.month:
        where = f"after month {month}" if month else "at the beginning"
        text = f"{folder.path}: no whole checkpoint of month {manifest.newest.month} is there; the run goes on {where}."
        warnings.warn(text, RunWarning, stacklevel=3)
    folder.go_on_from(checkpoint)
    if checkpoint:
        _lay_back(journey, checkpoint)
    return journey


def _misfit(journey: Journey, checkpoint: Checkpoint) -> str | None:
    """Return why a checkpoint cannot be laid back into a run; None where it can."""
    months = journey.plan.manifest.months
    if not checkpoint.month < months or checkpoint.part > checkpoint.month:
        return f"it stands after month {checkpoint.month} and part {checkpoint.part} of a run of {counted(months, 'month')}"
    years = checkpoint.month // MONTHS_A_PART
    return misfit_of(journey.town, journey.totals, years, checkpoint.arrays)


def _check_can_be_made_again(folder: RunFolder) -> None:
    """Say what of a finished run is gone or changed; refuse where other code than this lived it."""
    faults = folder.faults()
    if folder.manifest.code == code_hash():
        what = "; ".join(f"{fault.place}: found {fault.found}" for fault in faults)
        text = f"{folder.path}: the finished run is not whole, so that it is lived again ({what})."
        warnings.warn(text, RunWarning, stacklevel=4)
        return
    way_out = f"Take the files from a copy of the run, or begin anew in another folder: {folder.manifest.command}"
    again = Fault("the finished run", Place(str(folder.path)), f"one lived by other code ({made_with(folder.manifest)})",
                  "this code, to make again what is gone", way_out)  # fmt: skip
    raise RunError(f"cannot make {folder.path} whole again", [again, *faults])


def _lay_back(journey: Journey, checkpoint: Checkpoint) -> None:
    """Put a run where a checkpoint stands."""
    arrays = checkpoint.arrays
    snapshot.put(journey.town, arrays, checkpoint.month)
    journey.part = checkpoint.part
    for name in journey.totals:
        journey.totals[name] = arrays[f"{name}.totals"]
    for year in range(int(arrays["years"][0])):
        journey.years.append({side.kind: arrays[f"{side.kind}.year{year}"] for side in journey.town.sides})


def _open_journey(folder: RunFolder, plan: Plan, threads: int | None) -> Journey:
    n_threads = threads or os.cpu_count() or 1
    town = make_town(plan, threads=n_threads)
    totals = {name: np.zeros_like(counts) for name, counts in _flows(town)}
    return Journey(folder, plan, town, n_threads, totals=totals)


def _flows(town: Town) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Yield what happened in the last month, over all groups: conduct of each side, then each rulebook's flow."""
    for side in town.sides:
        yield side.kind, np.sum(side.tally, axis=1)
        yield f"{side.kind}.lives", as_table(side.lived).sum(axis=0)
        for number, layer in enumerate(side.layers):
            yield f"{side.kind}.{number}", layer.flow.sum(axis=0)


def _finish(journey: Journey, progress: Progress | None) -> RunResult:
    """Live the months that are left, write what stands at the end, and return the result."""
    began = time.perf_counter()
    first_month = journey.town.month
    try:
        _live_months(journey, progress)
    finally:
        journey.town.close()
    journey.loop_seconds = time.perf_counter() - began
    folder, plan = journey.folder, journey.plan
    folder.write_single("hashes", _hash_table(journey))
    folder.write_single("final", final_tables(plan, journey.town, threads=journey.threads))
    if plan.manifest.track:
        folder.write_part("events", 0, tracked_events(plan, plan.manifest.track, outside_of(folder, plan)))
    values = result_of(
        plan, journey.town, journey.totals, folder=folder.path, seconds=journey.loop_seconds,
        months_lived=plan.manifest.months - first_month,
    )  # fmt: skip
    if plan.inputs.orders:
        values["orders"] = carried_out(plan.inputs.orders, moot_of(folder))
    _check_digest(folder, str(values["digest"]))
    timings = {"months": journey.loop_seconds, "whole": time.perf_counter() - began}
    folder.finish(digest=str(values["digest"]), timings=timings, result=values)
    return RunResult(values, folder.path)


def _check_digest(folder: RunFolder, digest: str) -> None:
    """Refuse to end a run that was made again as another one than it was."""
    before = folder.manifest.digest
    if before not in (None, digest):
        way_out = "Take the files from a copy of the run, or run its command in another folder."
        fault = Fault("the run made again", Place(str(folder.path)), f"digest {digest}", f"digest {before}", way_out)
        raise RunError(f"cannot make {folder.path} whole again", [fault])


def _live_months(journey: Journey, progress: Progress | None) -> None:
    """Live month after month; write a part each year, and a checkpoint where one is due."""
    town, folder, plan = journey.town, journey.folder, journey.plan
    months = plan.manifest.months
    people = {side.kind: snapshot.people_by_group(side) for side in town.sides}
    rows = MonthRows(plan.manifest.start)
    while town.month < months:
        town.advance()
        journey.moot += [(town.month - 1, place) for place in moot_in(town.month - 1, plan.inputs.orders, town.orders)]
        for side in town.sides:
            if side.turning is not None:
                people[side.kind] |= snapshot.scored_by_group(side)
            rows.add(town.month - 1, side, plan.compiled, people[side.kind])
        for name, counts in _flows(town):
            journey.totals[name] += counts
        is_year = town.month % MONTHS_A_PART == 0 or town.month == months
        if is_year:
            journey.years.append({side.kind: town.block_hashes(side.kind) for side in town.sides})
        is_due = town.month < months and folder.checkpoints.due()
        if is_year or is_due:
            _write_part(journey, rows)
            rows = MonthRows(plan.manifest.start)
        if is_due:
            _write_checkpoint(journey)
        if progress:
            progress(town.month, months)


def _write_part(journey: Journey, rows: MonthRows) -> None:
    """Write the months since the last part, and what neighbourhoods learnt from outside themselves."""
    columns = rows.columns
    published = [index for index, account in enumerate(columns["account"]) if account in ("grades", "lists")]
    journey.folder.write_part("months", journey.part, table_of("months", columns, scale=journey.plan.scale))
    names = ("month", "rulebook", "account", "item", "value")
    inbox = {name: [columns[name][index] for index in published] for name in names}
    for cutoff in journey.town.cutoffs:
        if cutoff.quanta is not None:
            compiled = journey.plan.compiled[cutoff.rulebook]
            item = f"{cutoff.kind}/{compiled.grade_ids()[cutoff.grade]}"
            is_rank = compiled.grades[cutoff.grade].by_lot == 1
            value = cutoff.quanta if is_rank else in_unit(CUT_OFF, cutoff.quanta, step_of(compiled.quantum))
            row = (cutoff.month, cutoff.rulebook, RANK if is_rank else CUT_OFF, item, value)
            for name, told in zip(names, row, strict=True):
                inbox[name].append(told)
    journey.town.cutoffs.clear()
    for month, account, item, number in news_rows(journey.town):
        for name, part in zip(names, (month, None, account, item, number), strict=True):
            inbox[name].append(part)
    for month, place in journey.moot:
        moot = (month, journey.plan.inputs.orders[place].rulebook, MOOT, str(place), 1)
        for name, each in zip(names, moot, strict=True):
            inbox[name].append(each)
    journey.moot.clear()
    by_month = sorted(range(len(inbox["month"])), key=inbox["month"].__getitem__)
    in_order = {name: [column[place] for place in by_month] for name, column in inbox.items()}
    journey.folder.write_part("inbox", journey.part, table_of("inbox", in_order, scale=journey.plan.scale))
    journey.folder.write_part("mail", journey.part, table_of("mail", mail_columns(journey.town, journey.plan)))
    journey.part += 1


def _write_checkpoint(journey: Journey) -> None:
    """Write the state and say in the manifest where it stands."""
    arrays = snapshot.take(journey.town)
    for name, totals in journey.totals.items():
        arrays[f"{name}.totals"] = totals
    arrays["years"] = np.array([len(journey.years)], dtype=np.int64)
    for year, hashes in enumerate(journey.years):
        for kind, values in hashes.items():
            arrays[f"{kind}.year{year}"] = values
    journey.folder.write_checkpoint(arrays, month=journey.town.month, part=journey.part)


def _hash_table(journey: Journey) -> Any:
    """Return the blocks' hashes by year: what `life --verify` checks a replay against."""
    months = journey.plan.manifest.months
    columns: dict[str, list[Any]] = {"kind": [], "block": [], "year": [], "hash": []}
    for year, hashes in enumerate(journey.years):
        done = min((year + 1) * MONTHS_A_PART, months)
        for kind, values in hashes.items():
            n = len(values)
            columns["kind"].append(np.full(n, kind))
            columns["block"].append(np.arange(n, dtype=np.int32))
            columns["year"].append(np.full(n, done, dtype=np.int32))
            columns["hash"].append(values)
    return table_of("hashes", {name: np.concatenate(parts) for name, parts in columns.items()})
