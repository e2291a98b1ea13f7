"""Random rulebooks use every key that a town runs: a shape that is added to the language is held to both readings too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from pydantic import BaseModel

from agreement import books
from agreement.books import rulebook
from agreement.both import corpus
from agreement.choices import N_BYTES, Choices
from agreement.engine_faults import CATALOGUE as ENGINE_FAULTS
from agreement.faults import CATALOGUE as FAULTS
from agreement.planting import PlantedFault
from compiler.test_limits import RUN

N_BOOKS = 400
OF_NO_LIFE = {"applies_to", "if_unknown", "kept", "unit"}
"""whom a clause is about, the bounds that `--unknown` asks for, and words: one life under one rulebook is the same without them"""


def keys_set(value: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield model and key of everything in a value that is not left at its default."""
    if isinstance(value, tuple):
        for item in value:
            yield from keys_set(item)
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            held = getattr(value, name)
            if field.is_required() or held != field.get_default(call_default_factory=True):
                yield type(value), name
                yield from keys_set(held)


@cache
def drawn() -> frozenset[tuple[type[BaseModel], str]]:
    luck = Random(14)
    books = (rulebook(Choices(luck.randbytes(N_BYTES))) for _ in range(N_BOOKS))
    return frozenset(each for book in books for each in keys_set(book))


def lacking(part: type[BaseModel], keys: str) -> list[str]:
    """Return those of some keys that no random rulebook sets."""
    return [key for key in keys.split() if (part, key) not in drawn() and key not in OF_NO_LIFE]


@pytest.mark.parametrize(("part", "keys"), RUN.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_every_key_that_is_run__comes_up_in_random_rulebooks(part: type[BaseModel], keys: str) -> None:
    assert lacking(part, keys) == []


def test_key_that_no_rulebook_sets__is_found() -> None:
    assert lacking(next(iter(RUN)), "points needs_score") == ["needs_score"]


def test_shape_that_is_added__changes_no_example_of_other_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    abouts = ("carry ladder bounds", "held once bounds lapse", "law")
    before = [repr(corpus(about, 5)) for about in abouts]
    everything = repr(rulebook(Choices(Random(14).randbytes(N_BYTES))))
    corpus.cache_clear()
    monkeypatch.setattr(books, "FOCUS", ("a-new-shape", *books.FOCUS))
    assert [repr(corpus(about, 5)) for about in abouts] == before
    assert repr(rulebook(Choices(Random(14).randbytes(N_BYTES)))) != everything  # what is drawn of all shapes moves


@pytest.mark.parametrize("fault", [*FAULTS, *ENGINE_FAULTS], ids=lambda fault: fault.name)
def test_planted_fault__names_shapes_that_there_are(fault: PlantedFault) -> None:
    assert set(fault.about.split()) <= set(books.FOCUS)
