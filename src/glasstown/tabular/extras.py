"""Columns that are derived: how far a statement can be executed, and days and names that are written as one text."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeAlias, get_args

from glasstown.archive.claims import Shown
from glasstown.archive.extent import ClauseExtent, Extent, clause_extent, extent_of
from glasstown.archive.history import Batch, Event
from glasstown.language.model import Clause, Rulebook
from glasstown.language.model_base import Value
from glasstown.tabular.column import NOT_APPLICABLE, Column, Empty

Extra: TypeAlias = tuple[Column, Callable[[object], object]]

NO_RULE: Final[tuple[Empty, str]] = (NOT_APPLICABLE, "it is shown by something else than a rule")
NO_STATEMENT: Final[tuple[Empty, str]] = (NOT_APPLICABLE, "it is no rule, or a rulebook as a whole")
PRECISIONS: Final = ("year", "month", "day")


def extras_of(model: type[Value]) -> tuple[Extra, ...]:
    """Return the derived columns of a value, with what fills them."""
    return EXTRAS.get(model, ())


def _extent(item: object) -> object:
    return extent_of(item).extent if isinstance(item, Rulebook) else None


def _clause_extent(item: object) -> object:
    return clause_extent(item) if isinstance(item, Clause) else None


def _dated(item: object) -> str:
    return item.date if isinstance(item, Event | Batch) else ""


def _precision(item: object) -> str:
    return PRECISIONS[_dated(item).count("-")]


def _day(text: str, *, is_last: bool) -> date:
    """Return the first or last day that a year, a month or a day can mean."""
    parts = [int(each) for each in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if is_last else 1)
    day = parts[2] if len(parts) > 2 else (monthrange(year, month)[1] if is_last else 1)
    return date(year, month, day)


def _rulebook(item: object) -> str | None:
    return _rule(item, 0)


def _statement(item: object) -> str | None:
    return _rule(item, 2)


def _rule(item: object, at: int) -> str | None:
    rule = item.rule if isinstance(item, Shown) else None
    return (rule.partition("#")[at] or None) if rule else None


def _first_day(item: object) -> date:
    return _day(_dated(item), is_last=False)


def _last_day(item: object) -> date:
    return _day(_dated(item), is_last=True)


_EXTENT: Final = "how far it can be executed, derived from its clauses; a record card is shown and cited, not run"
_DOES: Final = "whether it does something by rule, what it does is declared unknown, or its effect is words alone"
_DAYS: Final[tuple[Extra, ...]] = (
    (Column("date_precision", "string", "how exact `date` is", None, None, PRECISIONS), _precision),
    (Column("first_day", "date", "first day that `date` can mean"), _first_day),
    (Column("last_day", "date", "last day that `date` can mean"), _last_day),
)
EXTRAS: Final[Mapping[type[Value], tuple[Extra, ...]]] = {
    Rulebook: ((Column("extent", "string", _EXTENT, None, None, get_args(Extent)), _extent),),
    Clause: ((Column("extent", "string", _DOES, None, None, get_args(ClauseExtent)), _clause_extent),),
    Event: _DAYS,
    Batch: _DAYS,
    Shown: (
        (Column("rule_rulebook", "string", "the rulebook of `rule`", None, NO_RULE, (), "rulebooks"), _rulebook),
        (Column("rule_statement", "string", "`local_id` of the statement of `rule`", None, NO_STATEMENT), _statement),
    ),
}
