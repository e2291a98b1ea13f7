"""How far two runs of the same people lie apart: the same person, the same luck, another reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.errors import Fault, Place, RecordError
from glasstown.outcomes.tracked import scored_people
from glasstown.storage.folder import RunFolder


@dataclass(frozen=True, slots=True)
class Apart:
    """People scored in both runs, and those of them whose grade at the end is not the same."""

    people: int
    in_another_grade: int
    with_another_score: int


def twins_apart(one: Path, other: Path) -> Apart:
    """Return how many people end in another grade, or with another score, than their twins in the other run."""
    joined = _people(one).join(_people(other), keys="id", join_type="inner", right_suffix="_other")
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


def _people(path: Path) -> pa.Table:
    RunFolder.open(path).final_rows()  # raises where the run has not got to its end
    people = scored_people(path)
    assert people is not None
    return people
