"""The dataset as files: a data package that validates, foreign keys included, and the same bytes each time."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from frictionless import validate

from glasstown.letters import HARMFUL
from glasstown.storage.dataset_folder import write_dataset
from glasstown.tabular import about
from glasstown.tabular.whole import Whole, whole_dataset
from glasstown.version import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def whole() -> Whole:
    return whole_dataset()


@pytest.fixture(scope="module")
def folder(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset") / "record"
    write_dataset(folder, whole.files)
    return folder


def faults(package: Path) -> list[tuple[str, str]]:
    """Return what the frictionless library finds, as kind and words."""
    report = validate(str(package))
    return [(str(kind), str(words)) for kind, words in report.flatten(["type", "message"])]


@pytest.mark.long
def test_package__validates_with_every_foreign_key(folder: Path) -> None:
    assert faults(folder / "datapackage.json") == []


PLANTED = {
    "csv/grades.csv": ("\nrongcheng-2013/", "\nrongcheng-2014/", "foreign-key"),  # of what names it
    "csv/ladder_steps.csv": ("/", "/x", "foreign-key"),
    "csv/rulebooks.csv": ("\nanqing-covid-2020,", "\nbaoji-2020,", "primary-key"),
    "csv/lists.csv": (",black,", ",mauve,", "constraint-error"),
    "csv/parameters.csv": (",true,", ",perhaps,", "type-error"),
    "csv/timeline.csv": ("date_precision", "precision", "incorrect-label"),
}

NAMED_WITH_THEM = ("measure_when_grades", "ladders", "areas")
"""what names grades, what a step of a ladder names, and the table whose Parquet file is cut short"""


def test_package__a_planted_fault_is_found(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    keep_alone(copy / "datapackage.json", {*(Path(file).stem for file in PLANTED), *NAMED_WITH_THEM})
    assert faults(copy / "datapackage.json") == []
    for file, (old, new, _) in PLANTED.items():
        content = (copy / file).read_text(encoding="utf-8")
        assert old in content, file
        (copy / file).write_text(content.replace(old, new, 1), encoding="utf-8")
    (copy / "parquet" / "areas.parquet").write_bytes(b"PAR1")
    sealed = {kind for kind, _ in faults(copy / "datapackage.json")}
    assert "byte-count" in sealed
    unsealed(copy / "datapackage.json")
    assert {kind for kind, _ in faults(copy / "datapackage.json")} >= {kind for _, _, kind in PLANTED.values()}


def keep_alone(package: Path, names: set[str]) -> None:
    """Leave these tables in a package, and of their foreign keys those among them."""
    read = json.loads(package.read_text(encoding="utf-8"))
    read["resources"] = [each for each in read["resources"] if Path(each["path"]).stem in names]
    for resource in read["resources"]:
        schema = resource.get("schema", {})
        keys = schema.pop("foreignKeys", [])
        if kept := [each for each in keys if each["reference"]["resource"] in {*names, ""}]:
            schema["foreignKeys"] = kept
    package.write_text(json.dumps(read), encoding="utf-8")


def unsealed(package: Path) -> None:
    """Take sizes and hashes out of a package, so that what stands in its tables is what is at fault."""
    read = json.loads(package.read_text(encoding="utf-8"))
    for resource in read["resources"]:
        del resource["bytes"], resource["hash"]
    package.write_text(json.dumps(read), encoding="utf-8")


def test_dataset__is_the_same_when_made_twice(whole: Whole) -> None:
    again = whole_dataset()
    assert [name for name, content in again.files.items() if whole.files[name] != content] == []
    assert again.files.keys() == whole.files.keys()
    assert again.digest == whole.digest


def test_csv__is_plain(whole: Whole) -> None:
    for name, text in texts(whole.files, ".csv").items():
        rows = list(csv.reader(text.splitlines(keepends=True)))
        assert {len(row) for row in rows} == {len(rows[0])}, name
        assert len(set(rows[0])) == len(rows[0])
        assert all(re.fullmatch(r"[a-z][a-z_]*", head) for head in rows[0])
        assert "\r" not in text
        assert HARMFUL.search(text) is None


def texts(files: Mapping[str, bytes], ending: str) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(ending)}


def test_parquet__holds_what_csv_holds_and_says_what_it_means(folder: Path, whole: Whole) -> None:
    for table in whole.tables:
        read = pq.read_table(folder / "parquet" / f"{table.name}.parquet")
        assert read.num_rows == len(table.rows)
        assert read.column_names == [column.name for column in table.columns]
        assert all(field.metadata[b"meaning"] for field in read.schema)
        assert read.schema.metadata[b"licence"] == about.LICENCE.encode()
    titles = pq.read_table(folder / "parquet" / "rulebooks.parquet").column("title_zh").to_pylist()
    assert any(title and re.search(r"[\u4e00-\u9fff]", title) for title in titles)


def test_codebook__tells_every_table_and_column(whole: Whole) -> None:
    text = whole.files["CODEBOOK.md"].decode()
    sections = {part.partition("\n")[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)}
    for table in whole.tables:
        told = re.findall(r"^\| `([a-z_]+)` \|", sections[table.name], flags=re.MULTILINE)
        assert told == [column.name for column in table.columns]


def test_package__says_who_made_it_and_under_which_licence(whole: Whole) -> None:
    package = json.loads(whole.files["datapackage.json"])
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"- name: {package['contributors'][0]['title']}\n" in citation
    assert f"version: {package['version']}\n" in citation
    assert set(re.findall(r"^  - (.*)$", citation.partition("keywords:")[2], flags=re.MULTILINE)) == set(
        package["keywords"]
    )
    assert package["licenses"][0]["path"] in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert package["version"] == __version__
    assert about.citation() in whole.files["README.md"].decode()
