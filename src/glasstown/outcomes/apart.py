"""How far two runs of the same people lie apart: the same person, the same luck, another reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from glasstown.errors import Fault, Place, RecordError
from glasstown.records.folder import RunFolder


@dataclass(frozen=True, slots=True)
class Apart:
    """People scored in both runs, and those of them whose grade at the end is not the same."""

    people: int
    in_another_grade: int
    with_another_score: int


def twins_apart(one: Path, other: Path) -> Apart:
    """Return how many people end in another grade, or with another score, than their twins in the other run."""
    tables = [_people(path) for path in (one, other)]
    joined = tables[0].join(tables[1], keys="id", join_type="inner", right_suffix="_other")
    rows = joined.select(["score", "grade", "score_other", "grade_other"]).to_pylist()
    return Apart(
        people=len(rows),
        in_another_grade=sum(row["grade"] != row["grade_other"] for row in rows),
        with_another_score=sum(row["score"] != row["score_other"] for row in rows),
    )


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


def _people(path: Path) -> pa.Table:
    final = RunFolder.open(path).final_rows()
    rows = [
        row
        for row in final.select(["kind", "id", "score", "grade"]).to_pylist()
        if row["kind"] == "person" and row["score"] is not None
    ]
    columns = {name: pa.array([row[name] for row in rows]) for name in ("id", "score", "grade")}
    return pa.table(columns)
