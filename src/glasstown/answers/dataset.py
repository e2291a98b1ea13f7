"""The record as a folder of tables: what `dataset` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Grid, Paragraph
from glasstown.tabular.codebook import MAIN
from glasstown.version import __version__
from glasstown.wording import count, counted

if TYPE_CHECKING:
    from glasstown.tabular.column import Table


@dataclass(frozen=True)
class Dataset(Answer):
    """A dataset that was written: its folder, its tables, and one hash of all of them."""

    folder: Path
    tables: tuple[Table, ...]
    digest: str

    def as_json(self) -> dict[str, Any]:
        """Return folder, version and digest, and one object for each table."""
        tables = [
            {"name": each.name, "rows": len(each.rows), "columns": len(each.columns), "meaning": each.meaning}
            for each in self.tables
        ]
        return {"dataset": str(self.folder), "version": __version__, "digest": self.digest, "tables": tables}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each table: name, rows, columns, meaning."""
        tables = self.as_json()["tables"]
        return {name: [each[name] for each in tables] for name in ("name", "rows", "columns", "meaning")}

    def blocks(self) -> list[Block]:
        """Return the tables to begin with, and where all of them lie."""
        by_name = {each.name: each for each in self.tables}
        rows = tuple((name, count(len(by_name[name].rows)), by_name[name].meaning) for name in MAIN if name in by_name)
        return [
            Grid(("table", "rows", "what"), rows, frozenset({1})),
            Paragraph(
                f"{counted(len(self.tables), 'table')} as CSV and Parquet lie in {self.folder}. Begin with README.md; CODEBOOK.md "
                f"says what every column means. Digest {self.digest[:16]}."
            ),
        ]


def written(folder: Path) -> Dataset:
    """Write the record into a folder and return what lies there.

    Errors   UsageError where the folder holds something else, RecordError where it cannot be written
    """
    from glasstown.storage.dataset_folder import check_dataset_folder, write_dataset
    from glasstown.tabular.whole import whole_dataset

    check_dataset_folder(folder)
    whole = whole_dataset()
    write_dataset(folder, whole.files)
    return Dataset(folder, whole.tables, whole.digest)
