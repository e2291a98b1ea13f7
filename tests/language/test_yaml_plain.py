"""What the quick reader reads is what the whole parser reads: values, kinds of values, and places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glasstown.language.tree import Document, UnreadableError
from glasstown.language.yaml_plain import read_quickly
from glasstown.language.yaml_whole import read_events
from glasstown.paths import data_folder, rulebook_folder

HERE = Path(__file__).resolve().parents[1]
SHIPPED = sorted([*data_folder().rglob("*.yaml"), *rulebook_folder().rglob("*.yaml")])
BAD = sorted((HERE / "rulebooks").rglob("*.yaml"))


def with_kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, with_kinds(inner)) for key, inner in value.items()]
    return [with_kinds(inner) for inner in value] if isinstance(value, list) else (type(value), value)


def whole(text: str) -> Document | None:
    try:
        return read_events(text, "x.yaml")
    except UnreadableError:
        return None


def assert_agreement(text: str) -> bool:
    """Return whether the quick reader took the text; where it did, the whole parser must agree."""
    quick = read_quickly(text, "x.yaml")
    if quick is None:
        return False
    slow = whole(text)
    assert slow is not None
    assert with_kinds(quick.data) == with_kinds(slow.data)
    assert quick.values == slow.values
    assert quick.keys == slow.keys
    assert quick.faults == slow.faults == []
    return True


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_file__is_read_quickly_and_alike(path: Path) -> None:
    assert assert_agreement(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_other_rulebook__is_read_alike_or_left_to_the_whole_parser(path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    assert_agreement(text)


# Pieces of lines, put together at random: most texts are nearly the plain kind, with one thing that is not.
INDENT = st.sampled_from(["", "", "", "  ", "  ", "    ", " ", "      "])
DASHES = st.sampled_from(["", "", "", "- ", "-  ", "- - ", "-"])
KEY = st.sampled_from(["a: ", "b: ", "key-1: ", "c:", "d:  ", '"q": ', "a b: ", "", "e :", "1: ", "? ", "<<: "])
FLOW = st.recursive(
    st.sampled_from(
        [
            "1",
            "x y",
            "-2.5",
            "'a, b'",
            '"c: d"',
            "2010-01-31",
            "",
            "x: y",
            "-",
            "a#b",
            "a #b",
            "~",
            "&x",
            "0.50",
            "=",
            "1:",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
        st.lists(inner, max_size=3).map(lambda each: f"[ {' ,'.join(each)} ]"),
        st.lists(st.tuples(st.sampled_from("abc"), inner), max_size=3).map(
            lambda each: "{" + ", ".join(f"{key}: {value}" for key, value in each) + "}"
        ),
    ),
    max_leaves=5,
)
SCALARS = """1|-1|x|some words|it's|a, b|[|x: y|x:|x:y|- 1|-|# c|'it''s'|"a\\n"|"open|>-|>|>+|> # c|true|null|~|.5|1e3
---|...|a - b|!x|*a|2010-02-30|0o17|=|%a|@a|a{b}|}|'x' y|"x" # c|x # c|x#c|#|\xa0|é|x\u2028y"""
SCALAR = st.sampled_from(["", "|", "|-", "|2", *SCALARS.replace("\n", "|").split("|")])
LINE = st.builds(
    "{}{}{}{}{}".format,
    INDENT,
    DASHES,
    KEY,
    st.one_of(SCALAR, SCALAR, FLOW),
    st.sampled_from(["", "", "", "", " ", " # c", "#", "  "]),
)
TEXT = st.builds(
    "{}{}".format,
    st.lists(st.one_of(LINE, LINE, LINE, st.sampled_from(["", "  ", "# c", "  # c"])), max_size=7).map("\n".join),
    st.sampled_from(["\n", "\n", "", "\n\n"]),
)


@given(text=TEXT)
@settings(max_examples=1500, deadline=None)
@example("a: >-\n  x\n  y\n\nb: 1\n")
@example("a: >-\n  x\n # c\nb: 1\n")
@example("a: |\n  x\n  # y\nb: 1\n")
@example("a: |\n  x")
@example("a:\n- >-\n  x\n- y\n")
@example("- a: 1\n  b: 2\n")
@example("a:\n  - b: >\n      x\n    c: 1\n")
@example("a: 'x\n  y'\n")
@example("a: x\n  y\n")
@example("a:\n  b: 1\n c: 2\n")
@example("a: [1, 2] 3\n")
@example("a: {b: 1,}\n")
def test_any_text__is_read_alike_or_left_to_the_whole_parser(text: str) -> None:
    assert_agreement(text)


def test_reading_forty_kilobytes__is_a_small_part_of_a_second() -> None:
    """Counted in work, not in time: the whole parser, which is slow, is never called for a shipped file."""
    assert all(read_quickly(path.read_text(encoding="utf-8"), "x") is not None for path in SHIPPED)
