"""The same three rules in OpenFisca-core, in the engine and in the interpreter: score, grade and list, month by month.

OpenFisca-core lives in an environment of its own in `.venv-peers/`, as in benchmarks/peers.  Where that cannot be made the
comparison is not run, and says so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.shapes import I64
from glasstown.interpreter.life import live
from glasstown.language.load import load_acts, load_rulebook
from glasstown.ledger import Life, Record
from verification.given import give, scores_of
from verification.table import Check, not_run, same
from verification.towns import Plan, build, compiled, layer_of

ROOT = Path(__file__).resolve().parents[1]
RULEBOOK = str(Path(__file__).parent / "rulebooks" / "three-rules")
SCRIPT = Path(__file__).with_name("openfisca_model.py")
PACKAGE = "OpenFisca-Core==46.0.1"
PYTHON = ROOT / ".venv-peers" / "openfisca-core" / "bin" / "python"
START = date(2014, 1, 1)
MONTHS = 12
DAY = 15
RATES = (0.6, 0.12, 0.15)
"""mean number of records a month under each clause"""
MOST = 15
"""records of a kind in a month, at most"""
CLAUSES = ("light", "grave", "deed")
SOURCE = f"the same three rules in {PACKAGE.replace('==', ' ')}, verification/openfisca_model.py"

Told = dict[str, NDArray[np.int64]]
"""score, grade (0 to 3, best first) and listed, each (months, people)"""


def checks(people: int) -> Iterator[Check]:
    """Yield how many people-months differ between OpenFisca-core and the engine, and how many lives between both readings."""
    counts = drawn(people)
    engine = in_engine(counts)
    n_listed = int(engine["listed"][-1].sum())
    figure = f"{people:,} people × {MONTHS} months ({n_listed:,} listed at the end): {{}} that differs, engine"
    try:
        theirs = in_openfisca(counts)
    except (OSError, subprocess.CalledProcessError) as error:
        yield not_run(
            f"{people:,} people × {MONTHS} months under three rules, engine", SOURCE, _why(error), "code identity"
        )
    else:
        for name, values in engine.items():
            yield same(figure.format(name), SOURCE, 0, int((values != theirs[name]).sum()))
    n_lives = min(people, max(people // 50, 200))
    yield same(f"{n_lives:,} of these lives: months in which score, grade or list differ, interpreter", "the engine", 0,
               differences(counts[:, :, :n_lives], engine))  # fmt: skip


def drawn(people: int) -> I64:
    """Return records by month, clause and person."""
    draw = np.random.default_rng(1)
    return np.stack([np.minimum(draw.poisson(rate, (MONTHS, people)), MOST) for rate in RATES], axis=1).astype(np.int64)


def in_engine(counts: I64) -> Told:
    """Let a town's kernels live these records: all of a month on one day, in the order of the clauses."""
    months, n_clauses, people = counts.shape
    town = build(Plan(RULEBOOK, people, months, START, {}, shards=1))
    layer, rows = layer_of(town), [compiled(RULEBOOK).clause_ids().index(name) for name in CLAUSES]
    told: dict[str, list[I64]] = {"score": [], "grade": [], "listed": []}
    for month in range(months):
        for n in range(int(counts[month].max())):
            for row in range(n_clauses):
                who = np.flatnonzero(counts[month, row] > n)
                give(town, who, np.full(len(who), rows[row]), day_of_month=DAY, number=n)
        town.advance()
        told["score"].append(scores_of(layer))
        told["grade"].append(np.concatenate([status.grade for status in layer.statuses]).astype(np.int64))
        told["listed"].append(
            np.concatenate([lists_of_all(status.lists) for status in layer.statuses]).astype(np.int64) & 1
        )
    return {name: np.stack(values) for name, values in told.items()}


def in_openfisca(counts: I64) -> Told:
    """Let OpenFisca-core calculate these records in its own environment, which is made where it is missing."""
    if not PYTHON.exists():
        print(f"Installing {PACKAGE} ...", file=sys.stderr)
        venv.create(PYTHON.parents[1], with_pip=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", PACKAGE], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as name:
        given, result = Path(name) / "counts.npy", Path(name) / "result.npz"
        np.save(given, counts)
        subprocess.run([PYTHON, SCRIPT, given, result], check=True, capture_output=True)
        with np.load(result) as told:
            return {key: told[key].astype(np.int64) for key in ("score", "grade", "listed")}


def differences(counts: I64, engine: Told) -> int:
    """Return in how many months of these lives the interpreter tells something else than the engine."""
    book, acts = load_rulebook(RULEBOOK), load_acts()
    names, n_wrong = [grade.id for grade in book.grades], 0
    for person in range(counts.shape[2]):
        ledger = live(book, acts, _life(counts[:, :, person])).ledger
        state = (1000, "A", False)
        for month in range(MONTHS):
            mine = [line for line in ledger if line.day == _day(month)]
            state = (int(mine[-1].after), str(mine[-1].grade), bool(mine[-1].lists)) if mine else state
            theirs = (
                engine["score"][month, person],
                names[engine["grade"][month, person]],
                engine["listed"][month, person] == 1,
            )
            n_wrong += int(state != theirs)
    return n_wrong


def _life(counts: I64) -> Life:
    """Return the life of these records by month and clause."""
    records: list[Record] = []
    for month, row in np.ndindex(counts.shape):
        for _ in range(int(counts[month, row])):
            number = len(records)
            records.append(Record(f"e{number}", number, _day(month), _day(month), clause=CLAUSES[row]))
    return Life(START, date(START.year, 12, 31), tuple(records))


def _day(month: int) -> date:
    return date(START.year, month + 1, DAY)


def _why(error: Exception) -> str:
    """Return in a few words why OpenFisca-core was not asked."""
    step = (
        "could not be installed"
        if not isinstance(error, subprocess.CalledProcessError) or "pip" in error.cmd
        else "failed"
    )
    return f"OpenFisca-core {step} here"
