"""Lives of a run found by what befell them: who fits is looked up in the final table, or learned from living it again.

Neighbourhoods are lived again in the order of their numbers, only those with somebody who may fit, and no more than are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.errors import Fault, RunError, UsageError
from glasstown.outcomes.befell import Befell, befell
from glasstown.outcomes.wanted import QUESTIONS, Asked, Ground, Value, checked, fifth_of, possible
from glasstown.population import BLOCK
from glasstown.runs.live_again import live_again
from glasstown.runs.one_life import hash_differences, other_fault
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import Plan, plan_of
from glasstown.runs.subjects import NOUNS, named_under
from glasstown.runs.texts import say_what_differs
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind, Progress

MOST: Final = 10
"""lives that are shown where nobody says how many"""
WHO: Final = ("id", "age", "sex", "town", "group", "work", "owes", "roles", "health")
"""columns of the final table that say who it is"""
STANDS: Final = ("rulebook", "score", "grade", "lists", "n_records")
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Somebody who was found: who it is, where they stand at the end under each rulebook, and what befell them."""

    who: Row
    ends: tuple[Row, ...]
    befell: Befell

    @property
    def number(self) -> int:
        """Number of the person or firm."""
        return int(self.who["id"])


@dataclass(frozen=True, slots=True)
class Found:
    """Who fits what was asked of a run.

    fitting   those found, by number, no more than were asked for
    in_all    how many fit; None where the search ended before it was known
    searched  how many may have fitted by the final table and were looked at, of `eligible`
    """

    kind: EntityKind
    under: tuple[str, ...]
    asked: Asked
    labels: Mapping[str, str]
    fitting: tuple[Fitting, ...]
    in_all: int | None
    searched: int
    eligible: int
    can_ask: tuple[str, ...] = ()
    """the questions that this run can answer, by their names"""


def find(
    path: Path,
    asked: Asked,
    *,
    under: str | None = None,
    kind: EntityKind = "person",
    most: int = MOST,
    progress: Progress | None = None,
) -> Found:
    """Return the first lives of a run that fit all that is asked, by number.

    progress   is told neighbourhoods lived again, and how many there may be

    Errors   RecordError for a run that is not finished or not whole, UsageError for what this run cannot answer, RunError where
             this code lives it otherwise than it was lived
    """
    folder = RunFolder.open(path)
    final = folder.final_rows()
    say_what_differs(path, folder.manifest)
    plan = plan_of(folder)
    ground = Ground(plan, _living(plan, kind), _under(plan, under))
    if most < 1:
        raise UsageError("The lives", [Fault("--most", None, str(most), "1 or more", "Give how many lives to show.")])
    wanted = checked(ground, asked)
    rows = _eligible(final, ground, wanted)
    fitting: list[Fitting] = []
    searched, blocks = 0, sorted({number // BLOCK for number in rows})
    outside = outside_of(folder, plan)
    for turn, block in enumerate(blocks):
        lived = live_again(plan, ground.kind, block, outside)
        if differences := hash_differences(folder, lived, ground.kind, block):
            raise RunError("The lives", [other_fault(folder, differences)])
        for number in sorted(number for number in rows if number // BLOCK == block):
            searched += 1
            what = befell(plan, lived, number % BLOCK, ground.under)
            if all(_fits(name, value, what, ground) for name, value in wanted.items() if QUESTIONS[name].of_life):
                fitting.append(Fitting(*_told(rows[number]), what))
            if len(fitting) == most:
                break
        if progress is not None:
            progress(turn + 1, len(blocks))
        if len(fitting) == most:
            break
    is_of_life = any(QUESTIONS[name].of_life for name in wanted)
    in_all = len(rows) if not is_of_life else len(fitting) if searched == len(rows) else None
    return Found(
        ground.kind, ground.under, wanted, ground.lists(), tuple(fitting), in_all, searched, len(rows), possible(ground)
    )


def _living(plan: Plan, kind: EntityKind) -> EntityKind:
    if kind in plan.kinds:
        return kind
    way_out = "Leave --firm out, or run with --firms."
    raise UsageError("The lives", [Fault("--firm", None, f"a run without {NOUNS[kind]}", "one that has some", way_out)])


def _under(plan: Plan, under: str | None) -> tuple[str, ...]:
    names = tuple(plan.compiled)
    return names if under is None else (named_under("The lives", names, under),)


def _eligible(final: pa.Table, ground: Ground, wanted: Asked) -> dict[int, list[Row]]:
    """Return the final rows of those who fit as far as the final table says, by number."""
    own = final.filter(pc.equal(final["kind"], ground.kind))
    rows: dict[int, list[Row]] = {}
    tests = [test for name, value in wanted.items() if (test := _test_of(name, value)) is not None]
    for row in own.select([*WHO, *STANDS]).to_pylist():
        if all(test(row) for test in tests):
            rows.setdefault(row["id"], []).append(row)
    if "grade" in wanted:
        graded = {n for n, each in rows.items() if any(_is_graded(row, wanted["grade"], ground) for row in each)}
        rows = {n: each for n, each in rows.items() if n in graded}
    return rows


def _is_graded(row: Row, grade: Value, ground: Ground) -> bool:
    return row["rulebook"] in ground.under and row["grade"] == grade


def _test_of(name: str, value: Value) -> Callable[[Row], bool] | None:
    """Return how the final table answers a question about who somebody is; None where it does not."""
    if name == "fifth":
        return lambda row: bool(row["group"] == fifth_of(value))
    if name == "age":
        least, _, last = str(value).partition("-")
        return lambda row: int(least) <= row["age"] <= int(last or least)
    if name in ("went_under", "in_distress"):
        return lambda row: bool(row["health"] == ("gone" if name == "went_under" else "in distress"))
    column = {"size": "group"}.get(name, name)
    return (lambda row: bool(row[column] == value)) if column in ("sex", "town", "work", "group") else None


def _fits(name: str, value: Value, what: Befell, ground: Ground) -> bool:
    """Return whether a life answers a question about it with yes."""
    black = ground.lists("black")
    if name == "refused":
        return bool(what.refused.get(str(value)))
    if name == "list":
        return any(each.list == value for each in what.listings)
    if name == "listed":
        return any(each.list in black for each in what.listings)
    if name == "wrongly_listed":
        return any(each.list in black and each.was_wrong for each in what.listings)
    if name == "wrong_record":
        return bool(what.wrong)
    return bool(getattr(what, name))


def _told(rows: list[Row]) -> tuple[Row, tuple[Row, ...]]:
    """Return who somebody is, and where they stand under each rulebook that scores them."""
    who = {name: rows[0][name] for name in WHO}
    return who, tuple({name: row[name] for name in STANDS} for row in rows if row["rulebook"] is not None)


def questions_in(asked: Mapping[str, Value | None]) -> Iterator[tuple[str, Value]]:
    """Yield what is really asked: not what was left out, and not what is asked with no."""
    yield from ((name, value) for name, value in asked.items() if value is not None and value is not False)
