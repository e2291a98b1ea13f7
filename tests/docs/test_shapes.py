"""docs/shapes.md: all 25 shapes, each with a rulebook that uses its key and cases that both readings tell alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

from agreement.both import disagreements
from agreement.test_real_rulebooks import is_for_the_engine
from glasstown.cases.case import load_case, run_case
from glasstown.language.load import acts_beside, load_rulebook, locate
from glasstown.language.model import Rulebook
from glasstown.paths import rulebook_folder

ROOT = Path(__file__).resolve().parents[2]
INVENTED = ROOT / "tests" / "rulebooks" / "good"


class Row(NamedTuple):
    """One row of the table."""

    number: int
    keys: tuple[str, ...]
    folder: Path
    cases: tuple[str, ...]


def rows() -> list[Row]:
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, flags=re.MULTILINE)
    return [
        Row(
            int(number),
            tuple(re.findall(r"`([^`]+)`", keys)),
            INVENTED / book.split(",")[0] if "*invented*" in book else rulebook_folder() / book,
            tuple(cases.split(", ")),
        )
        for number, keys, book, cases in found
    ]


ROWS = rows()


def values(value: Any, steps: list[str]) -> Iterator[Any]:
    """Yield what stands at a path such as clauses.points.least, in every entry of each list on the way."""
    if isinstance(value, tuple):
        for each in value:
            yield from values(each, steps)
    elif not steps:
        yield value
    elif isinstance(value, BaseModel):
        names = {field.alias or name: name for name, field in type(value).model_fields.items()}
        if steps[0] in names:
            yield from values(getattr(value, names[steps[0]]), steps[1:])


def uses(book: Rulebook, key: str) -> bool:
    return any(each not in (None, (), False) for each in values(book, key.split(".")))


def test_page__has_all_25_shapes() -> None:
    assert sorted({row.number for row in ROWS}) == list(range(1, 26))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number}-{row.folder.name}")
def test_rulebook__uses_the_key_and_is_marked_invented_where_it_is(row: Row) -> None:
    book = load_rulebook(str(row.folder))
    assert [key for key in row.keys if not uses(book, key)] == []
    assert (book.status == "invented") == (row.folder.parent == INVENTED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number}-{row.folder.name}")
def test_cases__are_told_alike_by_both_readings(row: Row) -> None:
    for name in row.cases:
        path = row.folder / "cases" / f"{name}.yaml"
        reading = re.search(r"^rulebook: \S+@(\S+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        book = load_rulebook(f"{row.folder}@{reading[1]}" if reading else str(row.folder))
        acts = acts_beside(locate(str(row.folder))[0])
        case = load_case(path, book, acts)
        assert case.expect is not None, name
        assert run_case(book, acts, case).differences == (), name
        assert is_for_the_engine(case.life), name
        assert disagreements(book, acts, case.life) == [], name


def test_key__that_no_rulebook_uses_is_seen() -> None:
    assert not uses(load_rulebook("suining-2010"), "clauses.lock")
    assert uses(load_rulebook("jinan-dogs-2017"), "ladders")
