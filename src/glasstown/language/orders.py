"""An order of a desk: one decision about one act that was found out, as plain data.

An order acts where somebody at that desk could.  None writes a score, a grade, a list or what follows from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, StringConstraints, ValidationError

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.language.model_base import Text, Value
from glasstown.letters import shown

Desk: TypeAlias = Literal["court", "clerk"]
Deed: TypeAlias = Literal["record", "spare", "ask-means"]
Because: TypeAlias = Literal[
    "not-shown-able", "could-pay", "no-proof", "wrong-person", "wrong-act", "too-small", "twice-filed", "no-notice", "practice",
    "shown",
]  # fmt: skip
"""why somebody decided so: a closed list, so that no order has room for a name"""
WRITES: Final = frozenset(
    {"score", "scores", "points", "grade", "grades", "list", "lists", "listed", "measure", "measures", "gate", "gates"}
)
"""what follows from a rulebook and no order may write"""
MOST_ORDERS: Final = 100_000


class Order(Value):
    """What a desk decides about one act."""

    month: int = Field(ge=0, description="number of the month, from 0, as the run's tables have it")
    desk: Desk = Field(description="who decides")
    about: Annotated[str, StringConstraints(pattern=r"^(person|firm)/(0|[1-9][0-9]{0,11})$")] = Field(
        description="whom the record is about, or would be: person/N or firm/N"
    )
    of: Annotated[str, StringConstraints(pattern=r"^e(0|[1-9][0-9]{0,11})$")] = Field(
        description="the act: id of its record, as `life` tells it"
    )
    do: Deed = Field(description="write it down, leave it out, or look at the means first")
    under: Text | None = Field(None, description="the rulebook; may be left out where only one can be meant")
    because: Because | None = Field(None, description="why, of a closed list")

    @property
    def number(self) -> int:
        """Return the number of whom it is about."""
        return int(self.about.split("/")[1])

    @property
    def event(self) -> int:
        """Return the number of the act's record."""
        return int(self.of[1:])


def written_by(order: Any) -> str | None:
    """Return what an order, as it was read from a file, tries to write and may not; None where it tries nothing of the kind."""
    if not isinstance(order, dict):
        return None
    keys = {str(key) for key in order} | {str(order.get("do"))}
    parts = (part for key in sorted(keys) for part in re.split(r"[^a-z]+", key.lower()))
    return next((part for part in parts if part in WRITES), None)


def fault_of_writing(what: str, subject: str, place: Place | None) -> Fault:
    """Return that an order writes what follows from a rulebook."""
    expected = "what somebody at a desk could do: record, spare or ask-means, of one act"
    way_out = "Scores, grades, lists and measures follow from the rulebook: change it, or decide about an act."
    return Fault(subject, place, f"an order that writes a {what.removesuffix('s')}", expected, way_out)


def order_of(values: Mapping[str, object]) -> Order:
    """Return an order as it is given in Python.  Errors   UsageError with every fault of it."""
    what = written_by(dict(values))
    if what is not None:
        raise UsageError("The order", [fault_of_writing(what, "the order", None)])
    try:
        return Order.model_validate(values)
    except ValidationError as error:
        faults = [
            Fault(
                str(each["loc"][0]), None, shown(repr(each["input"])), each["msg"], "Write it as docs/commands.md says."
            )
            for each in error.errors()
        ]
        raise UsageError("The order", faults) from None


def orders_text(orders: Iterable[Order]) -> str:
    """Return orders as JSON, one a line, as a manifest keeps them."""
    lines = (order.model_dump(exclude_none=True) for order in orders)
    return "".join(json.dumps(line, sort_keys=True, separators=(",", ":")) + "\n" for line in lines)


def read_orders(text: str, name: str) -> tuple[Order, ...]:
    """Return the orders that a manifest keeps.  Errors   RecordError with the first line that is none."""
    return tuple(_order_in(line, Place(name, number)) for number, line in enumerate(text.splitlines(), 1))


def _order_in(line: str, place: Place) -> Order:
    """Return the order that a line says."""
    what, said = None, "another form"
    try:
        what = written_by(json.loads(line))
        if what is None:
            return Order.model_validate_json(line)
    except ValidationError as error:
        said = shown(error.errors()[0]["msg"])
    except (ValueError, RecursionError) as error:
        said = shown(str(error))
    fault = Fault("an order", place, said, "an order as a run writes it", "Take the file from a copy.")
    raise RecordError("The orders of a run", [fault if what is None else fault_of_writing(what, "an order", place)])
