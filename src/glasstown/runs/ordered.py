"""Orders held against the town that they are for: whom and which act they mean, or why they cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from glasstown.engine.kernel import events
from glasstown.engine.kernel.ledger_words import Bits
from glasstown.engine.tables.found_words import ASK_MEANS, RECORD, SPARE
from glasstown.engine.town import Ordered
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.orders import MOST_ORDERS, Order
from glasstown.population import BLOCK
from glasstown.runs.subjects import scored_kinds
from glasstown.types import EntityKind
from glasstown.wording import counted

DEEDS: Final = {"record": RECORD, "spare": SPARE, "ask-means": ASK_MEANS}


@dataclass(frozen=True, slots=True)
class Whose:
    """What of a town orders are held against."""

    names: tuple[str, ...]
    books: tuple[Rulebook, ...]
    acts: ActCatalogue
    people: int
    firms: int
    months: int

    def under(self, kind: EntityKind) -> list[str]:
        """Return the rulebooks that score people, or firms."""
        return [name for name, book in zip(self.names, self.books, strict=True) if kind in scored_kinds(book)]

    def of_courts(self, kind: EntityKind) -> dict[int, bool]:
        """Return by place whether a class of conduct is what courts record."""
        classes = [each.id for each in self.acts.classes if each.kind == kind]
        by_court = {act.class_ for act in self.acts.acts if act.detected.by == "court"}
        return {place: name in by_court for place, name in enumerate(classes)}


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
    def act(self) -> tuple[int, str, EntityKind, int, int, int]:
        """Return what it decides about: no two orders may be about the same."""
        return self.month, self.rulebook, self.kind, self.entity, self.conduct, self.number


def aimed_at(orders: Sequence[Order], whose: Whose) -> tuple[Aimed, ...]:
    """Return orders in the order of what they decide, whatever the order in which they were given.

    Errors   UsageError with all that is wrong: orders about nobody, of another month or desk, twice about one act
    """
    if len(orders) > MOST_ORDERS:
        fault = Fault("orders", None, counted(len(orders), "order"), f"at most {MOST_ORDERS:,}", "Give fewer.")
        raise UsageError("The orders", [fault])
    found: dict[tuple[int, str, EntityKind, int, int, int], Aimed] = {}
    faults: list[Fault] = []
    for place, order in enumerate(orders):
        subject = f"order {place + 1} ({order.desk}, {order.about}, {order.of})"
        aimed = _aimed(order, whose)
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


def _aimed(order: Order, whose: Whose) -> Aimed | tuple[str, str, str]:
    """Return what an order decides about, or what is found, expected and the way out."""
    kind: EntityKind = "person" if order.about.startswith("person/") else "firm"
    n, event = whose.people if kind == "person" else whose.firms, order.event
    month, conduct, number = (_part(event, bits) for bits in (events.MONTH, events.CLASS, events.NUMBER))
    origin, block = _part(event, events.ORIGIN), order.number // BLOCK
    entity = block * BLOCK + origin - 1 if origin else order.number
    if order.number >= n or not block * BLOCK <= entity < min(n, (block + 1) * BLOCK):
        return (
            "nobody",
            f"somebody of the town's {counted(n, kind, 'people' if kind == 'person' else 'firms')}",
            "Take the number from `glasstown life`.",
        )
    if order.month >= whose.months:
        return (
            f"month {order.month}",
            f"one of the {counted(whose.months, 'month')} of the run, from 0",
            "Ask for more months.",
        )
    if month != order.month:
        return (
            f"month {order.month}",
            f"month {month}, in which it was done and found out",
            "Decide in that month; none reaches back.",
        )
    courts = whose.of_courts(kind)
    if conduct not in courts or _part(event, events.TWICE):
        return (
            order.of,
            "the first record of an act that was found out",
            "What follows from other records is no desk's to decide.",
        )
    desk = "court" if courts[conduct] else "clerk"
    if order.desk != desk:
        return f"the {order.desk}'s desk", f"the {desk}'s, where such acts are decided", f"Write desk: {desk}."
    if order.do == "ask-means" and desk != "court":
        return "'ask-means'", "record or spare", "Only a court looks at somebody's means."
    names = whose.under(kind)
    if order.under is None and len(names) != 1:
        return (
            "no rulebook",
            f"under: one of {', '.join(names) or 'none that scores such subjects'}",
            "Say under which it is decided.",
        )
    if order.under is not None and order.under not in names:
        return (
            f"under: '{order.under}'",
            "a rulebook of the run that is about such subjects",
            did_you_mean(order.under, names),
        )
    return Aimed(month, order.under or names[0], kind, entity, conduct, number, order)


def _part(event: int, bits: Bits) -> int:
    return (event >> bits.at) & bits.mask


def canonical(aimed: Sequence[Aimed]) -> tuple[Order, ...]:
    """Return orders as a manifest keeps them: in order, each with its rulebook."""
    return tuple(each.order.model_copy(update={"under": each.rulebook}) for each in aimed)


def rows_of_orders(aimed: Sequence[Aimed]) -> Ordered:
    """Return orders as the engine takes them, by kind, rulebook and month, none of them heeded yet."""
    rows: dict[tuple[EntityKind, str, int], list[list[int]]] = {}
    for each in aimed:
        row = [each.entity, each.conduct, each.number, DEEDS[each.order.do], 0]
        rows.setdefault((each.kind, each.rulebook, each.month), []).append(row)
    return {key: np.array(mine, dtype=np.int64) for key, mine in rows.items()}


def moot_in(month: int, aimed: Sequence[Aimed], rows: Ordered) -> Iterator[int]:
    """Yield the orders, by their places, that found nothing to decide in a month that was just lived with these rows."""
    heeded = {(*key, *row[:3]) for key, mine in rows.items() if key[2] == month for row in mine.tolist() if row[-1]}
    for place, each in enumerate(aimed):
        mine = (each.kind, each.rulebook, each.month, each.entity, each.conduct, each.number)
        if each.month == month and mine not in heeded:
            yield place


def carried_out(aimed: Sequence[Aimed], moot: Sequence[int]) -> dict[str, Any]:
    """Return what became of orders, as a run's result says it: how many were given, and those that found nothing to decide."""
    orders = canonical(aimed)
    return {"given": len(orders), "moot": [orders[place].model_dump(exclude_none=True) for place in sorted(moot)]}
