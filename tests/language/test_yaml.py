"""Plain words are resolved by the core schema of YAML 1.2, numbers exactly; every value has a place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.errors import Fault, Place
from glasstown.language.tree import Document, UnreadableError, resolve_plain
from glasstown.language.yaml import parse_tree, read_tree
from glasstown.paths import rulebook_folder


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_tree(path, "x.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("y", "y"),
        ("12", 12), ("-12", -12), ("+3", 3), ("0777", 777), ("0o17", 15),
        ("0x1F", 31), ("1.50", Decimal("1.50")), (".5", Decimal("0.5")), ("-1.", Decimal(-1)), ("1e3", Decimal(1000)),
        ("2010-01-31", date(2010, 1, 31)), ("12-31", "12-31"), ("1:30", "1:30"), ("1_000", "1_000"), ("-", "-"),
        ("0b11", "0b11"), ("2010-1-1", "2010-1-1"), ("v1", "v1"), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_plain_word__has_the_value_of_the_core_schema(text: str, value: object) -> None:
    found = resolve_plain(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["2010-02-29", "0000-01-01", ".inf", "-.INF", ".nan", "1e31", "1" * 31, "1e-999999999999"]
)
def test_number_or_date_without_meaning__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        resolve_plain(text)


def test_quoted_scalar__is_text(tmp_path: Path) -> None:
    assert read(tmp_path, "a: '1'\nb: \"true\"\nc: |\n  2\nd: >-\n  x\n  y\n").data == {
        "a": "1",
        "b": "true",
        "c": "2\n",
        "d": "x y",
    }


def test_places__count_from_one_and_tell_keys_from_values(tmp_path: Path) -> None:
    document = read(tmp_path, "a: 1\nb:\n  - {c: 2}\n  - d: 3\n")
    assert document.at("b", 0, "c") == Place("x.yaml", 3, 9)
    assert document.key("b", 0, "c") == Place("x.yaml", 3, 6)
    assert document.at("b", 1, "d") == Place("x.yaml", 4, 8)
    assert document.at("b", 1, "left out", "e") == Place("x.yaml", 4, 5)


def test_byte_order_mark_and_windows_line_ends__are_read(tmp_path: Path) -> None:
    document = read(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert document.data == {"a": 1, "b": 2}
    assert document.at("b").line == 2


def test_duplicate_key_inside_a_duplicate__is_told_once_and_the_first_is_kept(tmp_path: Path) -> None:
    document = read(tmp_path, "a: {b: 1}\na: {b: 2, b: 3}\nc: 4\n")
    assert document.data == {"a": {"b": 1}, "c": 4}
    assert len(document.faults) == 2


def test_forty_levels__are_read_and_one_more_is_not(tmp_path: Path) -> None:
    read(tmp_path, "[" * 40 + "]" * 40)
    with pytest.raises(UnreadableError):
        read(tmp_path, "[" * 41 + "]" * 41)


@given(raw=st.one_of(st.binary(max_size=60), st.text(alphabet="ab:-?[]{},\n\t '\"#&*!|>%@`~0.\\", max_size=60)))
@settings(max_examples=300, deadline=None)
def test_any_bytes__are_read_or_refused_with_one_fault(
    raw: bytes | str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    said = ""
    try:
        read(folder, raw)
    except UnreadableError as problem:
        said = str(problem.fault)
    assert "\n" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
@pytest.mark.parametrize("name", ["rules.yaml", "sources.yaml"])
def test_a_pipe_that_nobody_writes_into__is_refused_at_once(tmp_path: Path, name: str) -> None:
    shutil.copytree(rulebook_folder() / "suining-2010", tmp_path / "mine")
    (tmp_path / "mine" / name).unlink()
    os.mkfifo(tmp_path / "mine" / name)
    done = subprocess.run(
        [sys.executable, "-m", "glasstown", "check", str(tmp_path / "mine")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode in (1, 2)
    assert f"{name}: file: found a pipe" in done.stderr + done.stdout


def test_document_that_a_caller_changes__is_given_whole_to_the_next() -> None:
    text = "a: [1, {b: 2}]\nc: three\n"
    first = parse_tree(text, "a file")
    first.data["a"][1]["b"] = 9  # type: ignore[index, call-overload]
    first.values.clear()
    first.keys.clear()
    first.faults.append(Fault("file", None, "one", "none", "None."))
    again = parse_tree(text, "a file")
    assert again.data == {"a": [1, {"b": 2}], "c": "three"}
    assert (again.at("c").line, again.key("c").line, again.faults) == (2, 2, [])


def test_same_text_under_another_name__has_its_faults_there() -> None:
    for name in ("one file", "another file"):
        assert parse_tree("a: 1\n", name).at("a").file == name
