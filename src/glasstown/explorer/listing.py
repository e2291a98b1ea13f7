"""How somebody came on a list, out of their ledger: the record behind it, its day and clause, and what the laboratory knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from glasstown.language.model import Clause, ListRule
from glasstown.render.life_told import WRONG_WORDS, day_of
from glasstown.runs.one_life import Told


@dataclass(frozen=True, slots=True)
class Listing:
    """One time on a list, begun by a record.

    day       on which the entry began
    recorded  on which the record behind it was made
    noticed   whether there was notice before; None where the ledger does not say
    wrong     what is wrong with the record, in a sentence; nothing where it is right
    until     the day on which the entry ended; None while it lasts
    """

    rule: ListRule
    clause: Clause | None
    day: date
    recorded: date
    acted: date | None
    noticed: bool | None
    objected: bool
    wrong: str
    why: str
    until: date | None


def listings_of(under: Told, rule: ListRule) -> list[Listing]:
    """Return each time that a life under a rulebook stood on a list, in the order in which they began."""
    found: list[Listing] = []
    records = {str(line.get("event")): line for line in under.lines if line.get("phase", "record") == "record"}
    begun: Mapping[str, Any] | None = None
    for line in under.lines:
        is_on = rule.id in (line.get("lists") or ())
        if is_on and begun is None:
            begun = line
        elif not is_on and begun is not None:
            found.append(_listing(under, rule, begun, records, day_of(line["date"])))
            begun = None
    return [*found, *([_listing(under, rule, begun, records, None)] if begun is not None else [])]


def _listing(
    under: Told, rule: ListRule, line: Mapping[str, Any], records: Mapping[str, Mapping[str, Any]], until: date | None
) -> Listing:
    record = records.get(str(line.get("event")), line)
    clauses = under.book.clauses if under.book is not None else ()
    acted = record.get("act_date")
    return Listing(
        rule=rule,
        clause=next((each for each in clauses if each.id == record.get("clause")), None),
        day=day_of(line["date"]),
        recorded=day_of(record["date"]),
        acted=day_of(acted) if acted else None,
        noticed=record.get("noticed"),
        objected=bool(record.get("objected")),
        wrong=WRONG_WORDS.get(str(record.get("truth")), ""),
        why=str(line.get("why") or ""),
        until=until,
    )
