"""`show` tells everything that a rulebook sets: no key that is set can be left out without the answer changing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from glasstown.answers.show import Scheme
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model import Clause, Grade, ListRule, Measure, Rulebook, Score

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
BOOKS = [*shipped(), *(str(GOOD / name) for name in ("harbour", "ferry", "lighthouse", "pier"))]
NOT_TOLD = {
    ("Rulebook", "glasstown"),  # the language's version
    ("Rulebook", "variant"),  # in the reference
    ("Rulebook", "default_variant"),  # beside the reading
    ("Rulebook", "inherited"),  # beside each statement
    ("Rulebook", "self_limits"),  # a promise that `check` holds the rulebook to
    ("Rulebook", "sources"),  # told under their own heading
}
"""keys without words of their own, and why"""


def changes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str, str, Any]]:
    """Yield path, model, key and the value with its default in place of one key that is set."""
    for name, field in type(value).model_fields.items():
        held = getattr(value, name)
        if not field.is_required():
            default = field.get_default(call_default_factory=True)
            if held != default:
                yield path, type(value).__name__, name, value.model_copy(update={name: default})
        if isinstance(held, BaseModel) and type(held).__name__ != "Cite":
            for inner, model, key, changed in changes(held, (*path, name)):
                yield inner, model, key, value.model_copy(update={name: changed})
        if isinstance(held, tuple):
            for number, item in enumerate(held):
                if isinstance(item, BaseModel) and type(item).__name__ not in ("Cite", "Source"):
                    for inner, model, key, changed in changes(item, (*path, name, number)):
                        items = (*held[:number], changed, *held[number + 1 :])
                        yield inner, model, key, value.model_copy(update={name: items})


UNUSED = {("Measure", "enforcer"), ("Measure", "label_zh")}
"""keys that no rulebook sets yet"""


def unused(part: type[BaseModel], books: Sequence[Rulebook]) -> set[tuple[str, str]]:
    """Return the keys of a part of the language that none of some rulebooks sets."""
    seen = {(model, key) for book in books for _, model, key, _ in changes(book)}
    optional = {name for name, field in part.model_fields.items() if not field.is_required()}
    return {(part.__name__, name) for name in optional} - seen


def test_every_key__is_set_by_a_rulebook_that_is_told() -> None:
    books = [load_rulebook(each) for each in BOOKS]
    assert {each for part in (Clause, ListRule, Score, Grade, Measure) for each in unused(part, books)} == UNUSED


@pytest.mark.parametrize(("model", "key"), sorted(UNUSED))
def test_key_that_none_sets_yet__is_told_too(model: str, key: str) -> None:
    book = next(book for book in map(load_rulebook, BOOKS) if book.grades and book.measures)
    name = {"Measure": "measures"}[model]
    first, *others = getattr(book, name)
    changed = book.model_copy(update={name: (first.model_copy(update={key: "an odd word"}), *others)})
    assert "an odd word" in told(changed)


def told(book: Rulebook) -> str:
    return str(Scheme(book).blocks())


@pytest.mark.parametrize("reference", BOOKS, ids=lambda ref: Path(ref).name)
def test_key_that_is_set__is_told(reference: str) -> None:
    book = load_rulebook(reference)
    whole = told(book)
    silent = set()
    seen: set[tuple[str, str]] = set()
    for path, model, key, changed in changes(book):
        if (model, key) in NOT_TOLD or (model, key) in seen:
            continue
        seen.add((model, key))  # one of each kind: words are made by the model, not by the entry
        try:
            same = told(changed) == whole
        except Exception:  # a value that no check would pass: whoever reads it saw that the key is gone
            same = False
        if same and key != "cite":
            silent.add((model, key, path))
    assert silent == set()


def test_as_at__marks_what_is_not_law_and_tells_the_value_that_holds() -> None:
    ferry = load_rulebook(str(GOOD / "ferry"))
    before, after = (
        {entry["id"]: entry["says"] for entry in Scheme(ferry, as_at=day).as_json()["clauses"]}
        for day in (date(2020, 2, 29), date(2020, 3, 1))
    )
    assert before["f-spit"][-1] == "on 2020-02-29: takes 1 point"
    assert after["f-spit"][-1] == "on 2020-03-01: takes 3 points"
    measures = Scheme(ferry, as_at=date(2020, 1, 31)).as_json()["measures"]
    assert measures[0]["says"][-1] == "NOT LAW on 2020-01-31"
    assert "NOT LAW" not in str(Scheme(ferry, as_at=date(2020, 2, 1)).as_json()["measures"])


def test_score__a_list_that_keeps_none_has_no_bounds() -> None:
    told = Scheme(load_rulebook("cn-court-list-2017")).parts()["score"]
    assert [(each.id, each.says) for each in told] == [("base", ("no number is kept: lists and grades alone",))]
    assert len(Scheme(load_rulebook("suining-2010")).parts()["score"]) > 2
