"""One life through both readings, and the strategy that draws a rulebook with a life under it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from random import Random

from hypothesis import strategies as st
from pydantic import BaseModel

from agreement.books import rulebook
from agreement.choices import N_BYTES, Choices, choices
from agreement.conduct import catalogue
from agreement.lives import life_under
from glasstown.compiler import compile_rulebook
from glasstown.engine.agreeing import apart
from glasstown.engine.one_life import live_in_engine
from glasstown.interpreter.life import live
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.ledger import Decision, Life, Record


@dataclass(frozen=True, repr=False)
class Example:
    """A rulebook and a life under it."""

    book: Rulebook
    acts: ActCatalogue
    life: Life

    def __repr__(self) -> str:
        """Return the telling parts: what a book or a life leaves at its default is left out."""
        parts = {name: _telling(getattr(self.book, name)) for name in BOOK_PARTS if getattr(self.book, name)}
        events = sorted([*self.life.records, *self.life.decisions], key=lambda event: event.order)
        told = [f"  {type(event).__name__} {_set_fields(event)}" for event in events]
        life = f"{self.life.start} to {self.life.until}, given {self.life.given.household_score}"
        return "\n".join(["", *(f"{name}: {part}" for name, part in parts.items()), life, *told])


BOOK_PARTS = ("score", "grades", "groups", "clauses", "ladders", "lists", "measures", "procedures")


def _telling(value: object) -> object:
    """Return a part of a rulebook as plain values, without labels, citations and defaults."""
    if isinstance(value, tuple):
        return [_telling(item) for item in value]
    if not isinstance(value, BaseModel):
        return str(value) if isinstance(value, Decimal) else value
    names = [n for n in type(value).model_fields if n not in ("label", "cite", "note", "applies_to", "colour", "kind")]
    return {n: _telling(getattr(value, n)) for n in names if getattr(value, n) != type(value).model_fields[n].default}


def _set_fields(event: Record | Decision) -> str:
    told = {f.name: getattr(event, f.name) for f in fields(event) if f.name != "order"}
    return ", ".join(f"{name} {value}" for name, value in told.items() if value is not None)


def examples() -> st.SearchStrategy[Example]:
    """Return the strategy: a random rulebook and a random life under it."""
    return choices().map(_example)


def _example(draw: Choices, about: str | None = None) -> Example:
    book = rulebook(draw, about)
    return Example(book, catalogue(), life_under(draw, book, catalogue()))


def disagreements(book: Rulebook, acts: ActCatalogue, life: Life) -> list[str]:
    """Return what engine and interpreter tell differently of a life; none where they agree."""
    compiled = compile_rulebook(book, acts)
    return apart(live_in_engine(compiled, acts, life), live(book, acts, life), compiled)


@cache
def corpus(about: str, n_examples: int) -> tuple[Example, ...]:
    """Return examples whose rulebooks have some shapes and no others; the same ones every time.

    A shape that is added to the language draws nothing in them, so that they stay as they are.
    """
    luck = Random(about)
    return tuple(_example(Choices(luck.randbytes(N_BYTES)), about) for _ in range(n_examples))
