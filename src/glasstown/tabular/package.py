"""datapackage.json: the tables described for programs, as Frictionless data packages have it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from glasstown.letters import shown_in_json
from glasstown.tabular import about
from glasstown.tabular.column import Column, Table
from glasstown.version import __version__

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


def as_package(tables: Sequence[Table], files: Mapping[str, bytes], digest: str) -> bytes:
    """Return datapackage.json; `files` are the bytes of the tables by path."""
    resources: list[Json] = [_resource(table, files[csv_path(table)]) for table in tables]
    resources += [_typed_file(table, files[parquet_path(table)]) for table in tables]
    package: dict[str, Json] = {
        "profile": "data-package",
        "name": about.NAME,
        "title": about.TITLE,
        "version": __version__,
        "glasstown_dataset": about.FORMAT,
        "digest": digest,
        "description": about.DESCRIPTION,
        "licenses": [{"name": about.LICENCE, "title": about.LICENCE_TITLE, "path": about.LICENCE_PATH}],
        "contributors": [{"title": about.CONTRIBUTORS, "role": "author"}],
        "keywords": list(about.KEYWORDS),
        "resources": resources,
    }
    return (shown_in_json(json.dumps(package, ensure_ascii=False, indent=1)) + "\n").encode()


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return one hash of every table in CSV: the same wherever the same record is written."""
    whole = hashlib.sha256()
    for path in sorted(each for each in files if each.endswith(".csv")):
        whole.update(f"{path}\0{len(files[path])}\0".encode() + files[path])
    return whole.hexdigest()


def csv_path(table: Table) -> str:
    """Return where a table lies as CSV, from the dataset's folder."""
    return f"csv/{table.name}.csv"


def parquet_path(table: Table) -> str:
    """Return where a table lies as Parquet."""
    return f"parquet/{table.name}.parquet"


def _resource(table: Table, content: bytes) -> Json:
    return {
        "name": table.name,
        "type": "table",
        "path": csv_path(table),
        "description": table.meaning,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"csv": {"lineTerminator": "\n"}},
        **_sealed(content),
        "schema": _schema(table),
    }


def _typed_file(table: Table, content: bytes) -> Json:
    """Return the same table as Parquet, which the package names as a file."""
    return {
        "name": f"{table.name}-parquet",
        "type": "file",
        "path": parquet_path(table),
        "description": f"the table {table.name} as Parquet",
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_sealed(content),
    }


def _sealed(content: bytes) -> dict[str, Json]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _schema(table: Table) -> Json:
    keys: list[Json] = [
        {"fields": [each.name], "reference": {"resource": "" if each.target == table.name else each.target, "fields": ["id"]}}
        for each in table.columns
        if each.target is not None
    ]  # fmt: skip
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": keys,
    }


def _field(column: Column) -> Json:
    said: dict[str, Json] = {"name": column.name, "type": column.kind, "description": column.meaning}
    if column.kind == "date":
        said["format"] = "%Y-%m-%d"
    if column.unit is not None:
        said["unit"] = column.unit
    if column.empty is not None:
        said["empty"] = {"means": column.empty[0], "because": column.empty[1]}
    rules: dict[str, Json] = {"required": column.empty is None}
    if column.values:
        rules["enum"] = list(column.values)
    return {**said, "constraints": rules}
