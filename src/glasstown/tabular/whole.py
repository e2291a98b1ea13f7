"""The whole dataset as files, in memory: nothing is written before everything is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glasstown.tabular import about
from glasstown.tabular.codebook import codebook, readme
from glasstown.tabular.column import Table
from glasstown.tabular.files import as_csv, as_parquet
from glasstown.tabular.package import as_package, csv_path, digest_of, parquet_path
from glasstown.tabular.record import filled
from glasstown.version import __version__


@dataclass(frozen=True, slots=True)
class Whole:
    """Every table, every file by its path in the folder, and one hash of all tables."""

    tables: tuple[Table, ...]
    files: Mapping[str, bytes]
    digest: str


def whole_dataset() -> Whole:
    """Return the record as files; the same bytes whenever the same version makes them."""
    tables = filled()
    said = {"title": about.TITLE, "version": __version__, "licence": about.LICENCE}
    files = {csv_path(table): as_csv(table) for table in tables}
    digest = digest_of(files)
    files |= {parquet_path(table): as_parquet(table, said) for table in tables}
    files["datapackage.json"] = as_package(tables, files, digest)
    files["CODEBOOK.md"] = codebook(tables).encode()
    files["README.md"] = readme(tables, digest).encode()
    return Whole(tuple(tables), files, digest)
