"""Two runs of the same people with the same luck, side by side: what was done, recorded and suffered in each.

Everything here is a count over a run; differences are the second run's less the first's.

How far two runs of the same people lie apart: the same person, the same luck, another reading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.errors import Fault, Place, RecordError
from glasstown.outcomes.by_group import counted_by_group, months_lived
from glasstown.outcomes.by_trait import AGE_BANDS, AGES, NOTHING_ASKED, TRAITS, ByTrait, counted_by_trait
from glasstown.outcomes.counted import counted, is_of_a_scheme, measures_of, why_not
from glasstown.outcomes.opened import TownRun, open_all, scored_people
from glasstown.runs.subjects import is_control
from glasstown.storage.folder import RunFolder
from glasstown.types import Progress

Reasons: TypeAlias = tuple[Mapping[str, str], Mapping[str, str]]
"""by measure, why the first run and the second do not keep it"""
NOTHING_BESIDE: Final = "there is no scheme, and the other side counts none of it that this could stand beside"


@dataclass(frozen=True, slots=True)
class Apart:
    """People scored in both runs, and those of them whose grade at the end is not the same."""

    people: int
    in_another_grade: int
    with_another_score: int


def twins_apart(one: Path, other: Path) -> Apart:
    """Return how many people end in another grade, or with another score, than their twins in the other run."""
    joined = _people_of_run(one).join(_people_of_run(other), keys="id", join_type="inner", right_suffix="_other")
    return Apart(
        people=joined.num_rows,
        in_another_grade=_n_different(joined["grade"], joined["grade_other"]),
        with_another_score=_n_different(joined["score"], joined["score_other"]),
    )


def _n_different(ours: pa.ChunkedArray, theirs: pa.ChunkedArray) -> int:
    """Return the number of rows that differ; to have no value differs from any value, and equals itself."""
    both_null = pc.and_(pc.is_null(ours), pc.is_null(theirs))
    same = pc.or_(both_null, pc.fill_null(pc.equal(ours, theirs), False))
    return int(pc.sum(pc.invert(same)).as_py() or 0)


def same_people(one: Path, other: Path) -> None:
    """Refuse two runs that were not run on the same people with the same luck."""
    first, second = RunFolder.open(one).manifest, RunFolder.open(other).manifest
    for name in ("seed", "people", "months", "start"):
        ours, theirs = getattr(first, name), getattr(second, name)
        if ours != theirs:
            way_out = "Run both rulebooks with the same seed, people, months and start."
            fault = Fault(f"the {name} of the second run", Place(str(other)), str(theirs), str(ours), way_out)
            raise RecordError("two runs that cannot be laid side by side", [fault])
    if first.place.sha256 != second.place.sha256:
        fault = Fault(
            "the place", Place(str(other)), second.place.name, f"the same text as {first.place.name}", "Use one place."
        )
        raise RecordError("two runs that cannot be laid side by side", [fault])


def _people_of_run(path: Path) -> pa.Table:
    RunFolder.open(path).final_rows()  # raises where the run has not got to its end
    people = scored_people(path)
    assert people is not None
    return people


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one trait's value, with what the two runs recorded of them and how many stood on a black list at the end.

    None stands where a run keeps neither of people.
    """

    trait: str
    value: str
    people: int
    records: tuple[int | None, int | None]
    listed: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Twin:
    """A person whose two lives ended far apart."""

    id: int
    records: tuple[int, int]
    scores: tuple[str, str]
    grades: tuple[str, str]
    lists: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs of one town.

    counts     for each measure of those who live in either, the first run's and the second's; None where it is not kept
    why        the reasons, by measure, for the first run and for the second
    first      first month (from 0) in which conduct differs, and in which anything does; None where nothing ever does
    apart      people whose lives ended otherwise; None where nobody is scored in one of the two
    groups     the same of each group that accounts are kept by (income fifths, sizes of firms), and of people by the traits asked
    lived      of these groups and of all, person-months, or firm-months, in the first run and in the second
    not_told   by measure that no trait beside income tells, the reason
    """

    seed: int
    people: int
    months: int
    counts: Mapping[str, tuple[int | None, int | None]]
    why: Reasons
    first_conduct: int | None
    first_anything: int | None
    cells: tuple[Cell, ...]
    furthest: tuple[Twin, ...]
    apart: int | None
    groups: Mapping[str, Mapping[str, tuple[int | None, int | None]]] = field(default_factory=dict)
    lived: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    not_told: Mapping[str, str] = field(default_factory=dict)


def pair_of(
    one: Path, other: Path, *, most: int = 5, by: Collection[str] = (), progress: Progress | None = None
) -> Pair:  # fmt: skip
    """Return how two finished runs differ.

    by         traits by which everything is counted too, for which both runs are lived again
    progress   told how many neighbourhoods of both are, and how many there are

    Errors   RecordError where they are not of the same people with the same luck, and as of `counted_by_trait`
    """
    same_people(one, other)
    runs = open_all(one), open_all(other)
    manifest = runs[0][0].manifest
    ours, theirs = (counted(each, each[0].acts) for each in runs)
    names = measures_of({kind for each in runs for kind in each[0].kinds})
    why = _reasons(*runs)
    keeps = ("records" not in why[0], "records" not in why[1])
    are_scored = all(any(any(run.accounts["person"].scored) for run in each) for each in runs)
    months = tuple(each[0].months for each in runs)
    finals = tuple(_people(each) for each in runs)
    traits = _both_by_trait(one, other, by, progress)
    joined = finals[0].join(finals[1], keys="id", join_type="inner", right_suffix="_other").sort_by("id")
    return Pair(
        seed=manifest.seed,
        people=manifest.people,
        months=manifest.months,
        counts={name: _kept((ours[name], theirs[name]), name, why) for name in names},
        why=why,
        first_conduct=_first_difference(*(table.filter(pc.equal(table["account"], "acts")) for table in months)),
        first_anything=_first_difference(*months),
        cells=tuple(_cells(joined, keeps)),
        furthest=_furthest(joined, most) if are_scored else (),
        apart=int(pc.sum(_differs(joined)).as_py() or 0) if are_scored else None,
        groups={**_by_group(runs, why), **_by_trait(traits, why)},
        lived={**_in_both(*map(months_lived, months)), **_in_both(traits[0].lived, traits[1].lived)},
        not_told={**traits[0].why, **traits[1].why},
    )


def _both_by_trait(
    one: Path, other: Path, by: Collection[str], progress: Progress | None
) -> tuple[ByTrait, ByTrait]:  # fmt: skip
    """Return what was counted by these traits in both runs."""
    if not by:
        return NOTHING_ASKED, NOTHING_ASKED
    return (
        counted_by_trait(one, by, progress and (lambda done, of: progress(done, 2 * of))),
        counted_by_trait(other, by, progress and (lambda done, of: progress(of + done, 2 * of))),
    )


def _by_trait(traits: tuple[ByTrait, ByTrait], why: Reasons) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    """Return every measure of people of each group by trait in both runs; None where one of them does not tell it."""
    untold = {**traits[0].why, **traits[1].why}
    return {
        group: {
            name: (None, None) if name in untold else _kept((n, theirs[name]), name, why) for name, n in ours.items()
        }
        for group, (ours, theirs) in _in_both(traits[0].counts, traits[1].counts).items()
    }


T = TypeVar("T")


def _in_both(ours: Mapping[str, T], theirs: Mapping[str, T]) -> dict[str, tuple[T, T]]:
    """Return what two mappings have of the names that both have."""
    return {name: (each, theirs[name]) for name, each in ours.items() if name in theirs}


def _by_group(
    runs: tuple[tuple[TownRun, ...], tuple[TownRun, ...]], why: Reasons
) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    """Return every measure of each group that accounts are kept by in both runs; of one that a run does not have, nothing."""
    ours, theirs = (counted_by_group(each, each[0].acts) for each in runs)
    return {
        group: {name: _kept((n, there[name]), name, why) for name, n in here.items()}
        for group, (here, there) in _in_both(ours, theirs).items()
    }


def _reasons(one: Sequence[TownRun], other: Sequence[TownRun]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what each side does not keep, and why; an empty rulebook has zeros only beside what the other side counts."""
    why = (why_not(one), why_not(other))
    for runs, mine, beside in ((one, why[0], why[1]), (other, why[1], why[0])):
        if all(is_control(run.book) for run in runs):
            mine.update({name: NOTHING_BESIDE for name in beside if name not in mine and is_of_a_scheme(name)})
    return why


def _kept(counts: tuple[int | None, int | None], name: str, why: Reasons) -> tuple[int | None, int | None]:
    first, second = (None if name in side else number for number, side in zip(counts, why, strict=True))
    return first, second


def _people(runs: tuple[TownRun, ...]) -> pa.Table:
    """Return one row a person: traits, records under all rulebooks, and the first rulebook's score, grade and lists."""
    table = RunFolder.open(runs[0].folder).final_rows()
    table = table.filter(pc.equal(table["kind"], "person"))
    black = {run.reference: {rule.id for rule in run.book.lists if rule.colour == "black"} for run in runs}
    on_black = [
        any(name in black.get(book or "", ()) for name in (lists or "").split())
        for book, lists in zip(table["rulebook"].to_pylist(), table["lists"].to_pylist(), strict=True)
    ]
    table = table.append_column("on_black", pa.array(on_black))
    keep = [("n_records", "sum"), ("on_black", "any")]
    keep += [(name, "first") for name in (*TRAITS, "score", "grade", "lists")]
    plain = {
        name: _in_words(table[name])
        for name in ("group", "sex", "town", "registration", "work", "score", "grade", "lists")
    }
    for name, values in plain.items():
        table = table.set_column(table.column_names.index(name), name, values)
    summed = table.group_by("id", use_threads=False).aggregate(keep)
    return summed.rename_columns([name.removesuffix("_first") for name in summed.column_names])


def _in_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as strings; exact decimals without zeros at their end, so that two runs write one number alike."""
    words = pc.cast(column, pa.string())
    if not pa.types.is_decimal(column.type):
        return words
    return pc.replace_substring_regex(words, r"\.?0+$", "") if column.type.scale else words


def _first_difference(ours: pa.Table, theirs: pa.Table) -> int | None:
    """Return the first month in which two accounts differ; rulebooks are told apart by their place, not by their name."""
    booked = tuple(_by_month(table) for table in (ours, theirs))
    months = sorted({*booked[0], *booked[1]})
    return next((month for month in months if booked[0].get(month) != booked[1].get(month)), None)


def _by_month(table: pa.Table) -> dict[int, dict[tuple[Any, ...], int]]:
    order = {name: n for n, name in enumerate(dict.fromkeys(table["rulebook"].to_pylist()))}
    booked: dict[int, dict[tuple[Any, ...], int]] = {}
    names = ("month", "kind", "group", "rulebook", "account", "item", "value")
    for month, kind, group, book, account, item, value in zip(
        *(table[name].to_pylist() for name in names), strict=True
    ):
        if value:
            booked.setdefault(month, {})[(kind, group, order[book], account, item)] = value
    return booked


def _differs(joined: pa.Table) -> pa.ChunkedArray:
    """Return which people's twins ended otherwise: another score, grade, list or number of records."""
    names = ("score", "grade", "lists", "n_records_sum")
    same = None
    for name in names:
        ours, theirs = joined[name], joined[f"{name}_other"]
        equal = pc.or_(pc.and_(pc.is_null(ours), pc.is_null(theirs)), pc.fill_null(pc.equal(ours, theirs), False))
        same = equal if same is None else pc.and_(same, equal)
    return pc.invert(same)


def _cells(joined: pa.Table, keeps: tuple[bool, bool]) -> Iterator[Cell]:
    columns = {name: joined[name].to_pylist() for name in joined.column_names}
    columns["age"] = [_age_band(age) for age in columns["age"]]
    for trait in TRAITS:
        for value in sorted({each for each in columns[trait] if each is not None}):
            rows = [n for n, each in enumerate(columns[trait]) if each == value]

            def total(name: str, is_kept: bool, rows: list[int] = rows) -> int | None:
                return sum(columns[name][n] or 0 for n in rows) if is_kept else None

            yield Cell(
                trait, value, len(rows),
                (total("n_records_sum", keeps[0]), total("n_records_sum_other", keeps[1])),
                (total("on_black_any", keeps[0]), total("on_black_any_other", keeps[1])),
            )  # fmt: skip


def _age_band(age: int | None) -> str | None:
    bands = zip(AGES, AGE_BANDS, strict=True)
    return next((band for (low, high), band in bands if age is not None and low <= age <= high), None)


def _furthest(joined: pa.Table, most: int) -> tuple[Twin, ...]:
    """Return the people whose lives ended furthest apart: lists first, then records, then score."""
    rows = joined.filter(_differs(joined)).to_pylist()
    far: Callable[[dict[str, Any]], tuple[int, int, float]] = lambda row: (  # noqa: E731
        len(set((row["lists"] or "").split()) ^ set((row["lists_other"] or "").split())),
        abs((row["n_records_sum"] or 0) - (row["n_records_sum_other"] or 0)),
        abs(float(row["score"] or 0) - float(row["score_other"] or 0)),
    )
    chosen = sorted(rows, key=lambda row: (*(-each for each in far(row)), row["id"]))[:most]
    return tuple(
        Twin(
            row["id"],
            (row["n_records_sum"] or 0, row["n_records_sum_other"] or 0),
            (row["score"] or "none", row["score_other"] or "none"),
            (row["grade"] or "none", row["grade_other"] or "none"),
            (row["lists"] or "none", row["lists_other"] or "none"),
        )
        for row in chosen
    )
