"""Publicity as a channel: how surely a month shows those whom a rulebook names to those around, and to whoever looks.

Reach, rhythm and how long something stands come from the items of a rulebook (`language/published.py`); what share of an audience
takes notice is a parameter for each audience.  An item that a text only allows counts with the share of offices that use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules, subject_grades
from glasstown.engine.tables.burdens import is_bad
from glasstown.engine.tables.practice_rows import N_LISTS, Shown
from glasstown.language.model import Publicity
from glasstown.language.published import Audience, audiences, is_of_models, rhythm, standing, tells_of, tells_who
from glasstown.rows import Rows, make_rows

Numbers = Mapping[str, Decimal]

AROUND: Final[tuple[Audience, ...]] = ("neighbours", "readers")
"""audiences that may know whom they hear of"""
LOOKING: Final[tuple[Audience, ...]] = ("searchers", "asked")
"""audiences that look when they decide about somebody"""


def shown_table(rules: CompiledRules, numbers: Numbers) -> Rows[Shown]:
    """Return how surely a month shows somebody on each black list, and in each bad grade; of others nothing follows."""
    table = make_rows(Shown, N_LISTS + col.N_STANDINGS)
    items = {place: on_list(rules, place) for place, rule in enumerate(rules.rulebook.lists) if rule.colour == "black"}
    grades = range(len(subject_grades(rules.rulebook)))
    items |= {N_LISTS + grade: in_grade(rules, grade) for grade in grades if is_bad(rules, grade)}
    for place, shown in items.items():
        table[place].around = threshold(around(shown, numbers))
        table[place].looking = threshold(looking(shown, numbers))
    return table


def around(items: Iterable[Publicity], numbers: Numbers) -> Decimal:
    """Return the chance that a month's items show somebody to those around: reach times rhythm, summed, at most certain."""
    shown = (_used(item, numbers) * _reach_around(item, numbers) * _number(rhythm(item)) for item in items)
    return min(sum(shown, Decimal(0)), Decimal(1))


def looking(items: Iterable[Publicity], numbers: Numbers) -> Decimal:
    """Return the chance that whoever decides about somebody looks, and finds one of these items: of each audience once."""
    shown = [(audiences(item), _used(item, numbers) * _number(standing(item))) for item in items]
    found = (
        numbers[f"public.{name}"] * max((share for reached, share in shown if name in reached), default=Decimal(0))
        for name in LOOKING
    )
    return min(sum(found, Decimal(0)), Decimal(1))


def _used(item: Publicity, numbers: Numbers) -> Decimal:
    return numbers["public.optional"] if item.optional else Decimal(1)


def _reach_around(item: Publicity, numbers: Numbers) -> Decimal:
    """Return which share of those around learns of somebody in a month in which an item shows: nobody where it tells of nobody."""
    reached = audiences(item) if tells_who(item) else frozenset()
    return sum((numbers[f"public.{name}"] for name in AROUND if name in reached), Decimal(0))


def _number(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / share.denominator


def on_list(rules: CompiledRules, place: int) -> list[Publicity]:
    """Return the items that name those on a list."""
    name = rules.rulebook.lists[place].id
    return [item for item in rules.rulebook.publicity if item.when is not None and name in item.when.lists]


def in_grade(rules: CompiledRules, grade: int) -> list[Publicity]:
    """Return the items that tell who is in a grade: those that name it, and those about everybody that show the grade."""
    name = subject_grades(rules.rulebook)[grade].id
    return [
        item
        for item in rules.rulebook.publicity
        if (name in item.when.grades if item.when is not None else "grade" in item.what)
    ]


def of_record(rules: CompiledRules, place: int) -> list[Publicity]:
    """Return the items that a record of a clause brings somebody into: by itself, by its list, and by the grade it sets."""
    clause, row = rules.rulebook.clauses[place], rules.clauses[place]
    brought = on_list(rules, int(row.list)) if row.list >= 0 else []
    if row.grade >= 0 and is_bad(rules, int(row.grade)):
        brought += in_grade(rules, int(row.grade))
    return [
        item
        for item in rules.rulebook.publicity
        if item in brought or (tells_of(item, clause) and not is_of_models(item))
    ]


def models(rules: CompiledRules, numbers: Numbers) -> Decimal:
    """Return how surely a month shows models to those around: honour boards, red lists, and the best grade."""
    book = rules.rulebook
    best = {grade.id for grade in subject_grades(book)[:1]}
    red = {rule.id for rule in book.lists if rule.colour == "red"}
    items = (
        item
        for item in book.publicity
        if is_of_models(item)
        or (item.when is not None and (best & set(item.when.grades) or red & set(item.when.lists)))
    )
    return around(items, numbers)
