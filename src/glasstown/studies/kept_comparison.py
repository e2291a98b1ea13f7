"""A comparison in its folder, whole: kept when it is finished, told again from it, and lived again by its runs' own texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.errors import Fault, Place, UsageError
from glasstown.outcomes.twins import pair_of
from glasstown.storage.checkout import maker
from glasstown.storage.comparison_file import FIRST_OF_EACH, Comparison, open_comparison, write_comparison
from glasstown.storage.folder import RunFolder
from glasstown.storage.lock import sole_writer
from glasstown.storage.names import fit_name
from glasstown.studies.pair_runs import folders_in
from glasstown.studies.pairs import Drawn, How, Paired, lived, requested, same_town, traits_of
from glasstown.wording import counted

if TYPE_CHECKING:
    import pyarrow

    from glasstown.types import Progress


@dataclass(frozen=True, slots=True)
class LivedAgain:
    """How a comparison that was lived again stands to the earlier one: runs of another digest, and whether the table is the same."""

    folder: Path
    n_runs: int
    others: tuple[str, ...]
    has_same_table: bool

    @property
    def is_same(self) -> bool:
        """Return whether every run has its digest, and the table its numbers."""
        return not self.others and self.has_same_table

    @property
    def words(self) -> str:
        """Return what came of it, in a sentence."""
        if self.is_same:
            return f"Reproduced: {counted(self.n_runs, 'run')} with the digests of {self.folder}, and the same table."
        runs = f"{counted(len(self.others), 'run')} of {self.n_runs} with another digest ({', '.join(self.others[:4])})"
        table = "the same table" if self.has_same_table else "another table"
        return f"NOT reproduced: against {self.folder} {runs if self.others else 'no run with another digest'}, and {table}."

    def as_json(self) -> dict[str, Any]:
        """Return the earlier folder, and whether runs and table are the same."""
        return {
            "comparison": str(self.folder),
            "same": self.is_same,
            "other_runs": list(self.others),
            "same_table": self.has_same_table,
        }


def keep(found: Paired, by: Sequence[str], table: pyarrow.Table) -> None:
    """Write what a comparison is, and the table of its numbers, beside its runs."""
    if found.folder is None:
        return
    drawn, made = found.drawn, maker()
    asked = {
        "first": fit_name(found.names[0]), "second": fit_name(found.names[1]), "by": tuple(by),
        "is_one_town": found.is_one_town, "draws": found.how.draws, "prior": found.how.prior, "drawn": len(drawn),
        "tried": drawn.tried, "near": drawn.near, "held": drawn.held, "said": drawn.said, "is_ensemble": drawn.is_ensemble,
        "runs": [path.name for both in found.folders for path in both],
        "versions": made["versions"], "checkout": made["checkout"],
    }  # fmt: skip
    with sole_writer(found.folder, f"glasstown compare ({found.names[0]}, {found.names[1]})"):
        write_comparison(found.folder, asked, table)


def told(folder: Path, counts: Sequence[Mapping[str, tuple[int | None, ...]]], progress: Progress | None) -> Paired:
    """Return the comparison in a folder without living its towns; `counts` of its draws are those in its table.

    Errors   RecordError for one that is not finished or not whole
    """
    comparison = open_comparison(folder)
    file, traits = comparison.file, traits_of(comparison.file.by)
    folders = folders_in(folder, file.n_pairs)
    pairs = tuple(pair_of(*both, by=traits, progress=progress if n == 0 else None) for n, both in enumerate(folders))
    drawn = Drawn(tuple(counts), file.tried, file.near, file.held, file.said, file.is_ensemble)
    return Paired((file.first, file.second), pairs, folders, drawn, file.is_one_town)


def live_again(
    folder: Path, comparison: Comparison, out: Path, threads: int | None, progress: Progress | None
) -> Paired:
    """Return a comparison lived again into another folder, each side by the texts that its first run has kept."""
    file = comparison.file
    if out.resolve() == folder.resolve():
        fault = Fault("--out", Place(str(out)), "the comparison's own folder", "another folder", "Name a new one.")
        raise UsageError("the request", [fault])
    sides = [requested(str(folder / name), {"threads": threads}, is_one_town=True) for name in FIRST_OF_EACH]
    how = How(file.n_pairs, file.draws, file.prior, traits_of(file.by))
    return lived((file.first, file.second), same_town(*sides), how, out, progress, is_one_town=file.is_one_town)


def against(folder: Path, comparison: Comparison, found: Paired, *, has_same_table: bool) -> LivedAgain:
    """Return how what was lived again stands to the comparison that it was lived by."""
    digests = {path.name: RunFolder.open(path).manifest.digest for both in found.folders for path in both}
    others = tuple(name for name, digest in comparison.file.runs.items() if digests.get(name) != digest)
    return LivedAgain(folder, len(comparison.file.runs), others, has_same_table)
