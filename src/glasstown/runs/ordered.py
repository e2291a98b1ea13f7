"""Orders held against the town that they are for: whom and which act they mean, or why they cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from glasstown.engine.kernel import events
from glasstown.engine.kernel.ledger_words import Bits
from glasstown.engine.tables.found_words import ASK_MEANS, COURT, RECORD, SPARE
from glasstown.engine.town import Ordered
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.acts import Act as Conduct
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.orders import MOST_ORDERS, Desk, Order
from glasstown.population import BLOCK
from glasstown.runs.subjects import scored_kinds
from glasstown.types import EntityKind
from glasstown.wording import counted

Refusal: TypeAlias = tuple[str, str, str]
"""What is found, expected, and the way out."""
Act: TypeAlias = tuple[int, str, EntityKind, int, int, int]
"""What an order decides about: month, rulebook, who did it, class and number among those of the class and month."""
DEEDS: Final = {"record": RECORD, "spare": SPARE, "ask-means": ASK_MEANS}


@dataclass(frozen=True, slots=True)
class Board:
    """The desks on which acts of a class of conduct lie, and whether any of these acts has to do with somebody's means."""

    desks: frozenset[Desk]
    asks_means: bool


@dataclass(frozen=True, slots=True)
class Side:
    """People, or firms: how many, for how many months, who decides about each class of conduct, and the rulebooks that score them."""

    n: int
    months: int
    boards: tuple[Board, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """What of a town orders are held against."""

    names: tuple[str, ...]
    books: tuple[Rulebook, ...]
    acts: ActCatalogue
    people: int
    firms: int
    months: int

    def side(self, kind: EntityKind) -> Side:
        """Return what orders about people, or about firms, are held against."""
        classes = [each.id for each in self.acts.classes if each.kind == kind]
        return Side(
            n=self.people if kind == "person" else self.firms,
            months=self.months,
            boards=tuple(_board(each, self.acts) for each in classes),
            names=tuple(name for name, book in zip(self.names, self.books, strict=True) if kind in scored_kinds(book)),
        )


def _board(conduct: str, acts: ActCatalogue) -> Board:
    mine = [act for act in acts.acts if act.class_ == conduct]
    return Board(frozenset(desk_of(act) for act in mine), any(act.needs_means for act in mine))


def desk_of(act: Conduct) -> Desk:
    """Return the desk on which an act lies once it is found out."""
    return "court" if act.detected.by == "court" else "clerk"


@dataclass(frozen=True, slots=True)
class Aimed:
    """An order with what it decides about: the act of somebody, of a class, by its number among those of the month."""

    month: int
    rulebook: str
    kind: EntityKind
    entity: int
    conduct: int
    number: int
    order: Order

    @property
    def act(self) -> Act:
        """Return what it decides about: no two orders may be about the same."""
        return self.month, self.rulebook, self.kind, self.entity, self.conduct, self.number


def aimed_at(orders: Sequence[Order], whose: Whose) -> tuple[Aimed, ...]:
    """Return orders in the order of what they decide, whatever the order in which they were given.

    Errors   UsageError with all that is wrong: orders about nobody, of another month or desk, twice about one act
    """
    if len(orders) > MOST_ORDERS:
        fault = Fault("orders", None, counted(len(orders), "order"), f"at most {MOST_ORDERS:,}", "Give fewer.")
        raise UsageError("The orders", [fault])
    found: dict[Act, Aimed] = {}
    faults: list[Fault] = []
    sides: dict[EntityKind, Side] = {"person": whose.side("person"), "firm": whose.side("firm")}
    for place, order in enumerate(orders):
        subject = f"order {place + 1} ({order.desk}, {order.about}, {order.of})"
        aimed = _aimed(order, sides)
        if isinstance(aimed, tuple):
            faults.append(Fault(subject, None, *aimed))
        elif aimed.act in found:
            what = f"a second order about this act, after '{found[aimed.act].order.do}'"
            faults.append(Fault(subject, None, what, "one order about an act", "Leave one of the two out."))
        else:
            found[aimed.act] = aimed
    if faults:
        raise UsageError("The orders", faults)
    return tuple(sorted(found.values(), key=lambda each: each.act))


def _aimed(order: Order, sides: Mapping[EntityKind, Side]) -> Aimed | Refusal:
    """Return what an order decides about, or why it can decide nothing."""
    kind: EntityKind = "person" if order.about.startswith("person/") else "firm"
    side = sides[kind]
    refusal = (
        _nobody(order, side.n)
        or _no_month(order, side.months)
        or _no_desk(order, side.boards)
        or _no_rulebook(order, side.names)
    )
    if refusal is not None:
        return refusal
    conduct, number = (_part(order.event, bits) for bits in (events.CLASS, events.NUMBER))
    return Aimed(
        order.month, order.under or side.names[0], kind, _doer(order.number, order.event), conduct, number, order
    )


def _doer(about: int, event: int) -> int:
    """Return whose act a record is of: of the one whom it is about, or of another in the same neighbourhood."""
    origin = _part(event, events.ORIGIN)
    return about // BLOCK * BLOCK + origin - 1 if origin else about


def act_of(rulebook: str, kind: EntityKind, about: int, event: int) -> Act | None:
    """Return the act that a record under a rulebook is of; None where it follows from another record, or is a second one of it."""
    month, conduct, number = (_part(event, bits) for bits in (events.MONTH, events.CLASS, events.NUMBER))
    if conduct >= events.BY_MAIL or _part(event, events.TWICE):
        return None
    return month, rulebook, kind, _doer(about, event), conduct, number


def _nobody(order: Order, n: int) -> Refusal | None:
    """Return why an order about nobody of the town is none."""
    first = order.number // BLOCK * BLOCK
    if order.number < n and first <= _doer(order.number, order.event) < min(n, first + BLOCK):
        return None
    is_person = order.about.startswith("person/")
    who = counted(n, "person", "people") if is_person else counted(n, "firm")
    return "nobody", f"somebody of the town's {who}", "Take the number from `glasstown life`."


def _no_month(order: Order, months: int) -> Refusal | None:
    """Return why an order of another month than its act's is none."""
    if order.month >= months:
        expected = f"one of the {counted(months, 'month')} of the run, from 0"
        return f"month {order.month}", expected, "Ask for more months."
    done = _part(order.event, events.MONTH)
    if done != order.month:
        expected = f"month {done}, in which it was done and found out"
        return f"month {order.month}", expected, "Decide in that month; none reaches back."
    return None


def _no_desk(order: Order, boards: Sequence[Board]) -> Refusal | None:
    """Return why an order of a desk about what never lies there is none."""
    conduct = _part(order.event, events.CLASS)
    if conduct >= len(boards) or not boards[conduct].desks or _part(order.event, events.TWICE):
        way_out = "What follows from other records is no desk's to decide."
        return order.of, "the first record of an act that was found out", way_out
    if order.desk not in boards[conduct].desks:
        other = "court" if order.desk == "clerk" else "clerk"
        return f"the {order.desk}'s desk", f"the {other}'s, where such acts are decided", f"Write desk: {other}."
    if order.do == "ask-means" and not (order.desk == "court" and boards[conduct].asks_means):
        way_out = "Only a court asks after somebody's means, of a judgment that is not performed."
        return "'ask-means'", "record or spare", way_out
    return None


def _no_rulebook(order: Order, names: Sequence[str]) -> Refusal | None:
    """Return why an order under no rulebook, or under one that is not about such subjects, is none."""
    if order.under is None and len(names) != 1:
        expected = f"under: one of {', '.join(names) or 'none that scores such subjects'}"
        return "no rulebook", expected, "Say under which it is decided."
    if order.under is not None and order.under not in names:
        expected = "a rulebook of the run that is about such subjects"
        return f"under: '{order.under}'", expected, did_you_mean(order.under, names)
    return None


def _part(event: int, bits: Bits) -> int:
    return (event >> bits.at) & bits.mask


def canonical(aimed: Sequence[Aimed]) -> tuple[Order, ...]:
    """Return orders as a manifest keeps them: in order, each with its rulebook."""
    return tuple(each.order.model_copy(update={"under": each.rulebook}) for each in aimed)


def rows_of_orders(aimed: Sequence[Aimed]) -> Ordered:
    """Return orders as the engine takes them, by kind, rulebook and month, none of them heeded yet."""
    rows: dict[tuple[EntityKind, str, int], list[list[int]]] = {}
    for each in aimed:
        deed = DEEDS[each.order.do] | (COURT if each.order.desk == "court" else 0)
        row = [each.entity, each.conduct, each.number, deed, 0]
        rows.setdefault((each.kind, each.rulebook, each.month), []).append(row)
    return {key: np.array(mine, dtype=np.int64) for key, mine in rows.items()}


def moot_in(month: int, aimed: Sequence[Aimed], rows: Ordered) -> Iterator[int]:
    """Yield the orders, by their places, that found nothing to decide in a month that was just lived with these rows."""
    heeded = {(*key, *row[:3]) for key, mine in rows.items() if key[2] == month for row in mine.tolist() if row[-1]}
    for place, each in enumerate(aimed):
        if each.month != month:
            continue
        if (each.kind, each.rulebook, each.month, each.entity, each.conduct, each.number) not in heeded:
            yield place


def carried_out(aimed: Sequence[Aimed], moot: Sequence[int]) -> dict[str, Any]:
    """Return what became of orders, as a run's result says it: how many were given, and those that found nothing to decide."""
    orders = canonical(aimed)
    return {"given": len(orders), "moot": [orders[place].model_dump(exclude_none=True) for place in sorted(moot)]}
