"""What an address asks for: a town, its numbers and levers, a month.  The address holds the view, so that it can be shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.explorer.decisions import LONGEST_DECISIONS, decisions_text, read_decisions
from glasstown.incoming import fault_of_text
from glasstown.letters import shown

FEWEST_PEOPLE, MOST_PEOPLE, MOST_MONTHS, MOST_SETTINGS = 150, 100_000, 120, 8
LARGEST_SEED: Final = 2**64 - 1
LONGEST: Final = 160
"""letters of one value of an address"""
COLOURS: Final[Mapping[str, str]] = {
    "lists": "Lists, and whether rightly",
    "grade": "Grade in the points scheme",
    "pay": "Could not pay a judgment",
    "fifth": "Income fifth",
}
"""by what people are coloured on the map"""
TOWN_KEYS: Final = ("town", "people", "months", "seed", "set", "m", "colour", "h", "o")
LEVER: Final = re.compile(r"[A-Za-z0-9._/@-]{1,120}")
VALUE: Final = re.compile(r"[A-Za-z0-9.+-]{1,24}")
HASH: Final = re.compile(r"[0-9a-f]{8}")
DIGITS: Final = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class View:
    """A town, as an address asks for it.

    settings  levers and their values, in the order of the address
    month     months lived that are looked at, from 1; None for the last
    texts     the hash of all texts that the address was made with; None where it says none
    orders    what was decided at desks (decisions.py); nothing where nobody sat at one
    """

    town: str = "cn-2019"
    people: int = 2_000
    months: int = 60
    seed: int = 1
    settings: tuple[tuple[str, str], ...] = ()
    month: int | None = None
    colour: str = "lists"
    texts: str | None = None
    orders: str = ""

    @property
    def at(self) -> int:
        """Return how many months have been lived in what is looked at."""
        return self.months if self.month is None else min(self.month, self.months)

    @property
    def made_of(self) -> View:
        """Return what the town follows from, without how it is looked at."""
        return replace(self, month=None, colour="lists", texts=None)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the view as an address has it: what is usual is left out, the town is not."""
        usual = View()
        said = [("town", self.town)]
        said += [
            (name, str(getattr(self, name)))
            for name in ("people", "months", "seed")
            if getattr(self, name) != getattr(usual, name)
        ]
        said += [("set", ",".join(f"{path}:{value}" for path, value in self.settings))] if self.settings else []
        said += [("o", self.orders)] if self.orders else []
        said += [("m", str(self.month))] if self.month is not None else []
        said += [("colour", self.colour)] if self.colour != usual.colour else []
        return said + ([("h", self.texts)] if self.texts else [])

    def query(self, **more: object) -> str:
        """Return the view as the query of an address, with further keys; those that are None are left out."""
        return urlencode([*self.pairs(), *((name, str(value)) for name, value in more.items() if value is not None)])


def refuse(key: str, found: str, expected: str, way_out: str) -> UsageError:
    """Return the error of one key of an address."""
    return UsageError("The address", [Fault(key, None, shown(found), expected, way_out)])


def read(pairs: Iterable[tuple[str, str]], keys: Sequence[str]) -> dict[str, str]:
    """Return the keys of an address with their values.  Errors   UsageError for an unknown key, one given twice, or an odd value."""
    found: dict[str, str] = {}
    for key, value in pairs:
        if key not in keys:
            raise refuse("its keys", f"'{key[:40]}'", "a key of this page", did_you_mean(key[:40], list(keys)))
        if key in found:
            raise refuse(key, "it twice", "it once", "Leave one of them out.")
        most = LONGEST_DECISIONS if key == "o" else LONGEST * MOST_SETTINGS
        if len(value) > most:
            raise refuse(key, f"{len(value)} letters", f"{most} at most", "Make it shorter.")
        if key != "o" and (fault := fault_of_text(value, key, None)):  # what was decided is read letter by letter
            raise UsageError("The address", [fault])
        found[key] = value
    return found


def whole(found: Mapping[str, str], key: str, usual: int, least: int, most: int) -> int:
    """Return a whole number of an address between two others."""
    text = found.get(key)
    if text is None or text == "":
        return usual
    if not DIGITS.fullmatch(text) or not least <= int(text) <= most:
        raise refuse(key, f"'{text[:40]}'", f"a whole number from {least} to {most}", f"Leave it out for {usual}.")
    return int(text)


def chosen(found: Mapping[str, str], key: str, known: Sequence[str], usual: str) -> str:
    """Return one of the values that a key can have."""
    text = found.get(key, usual) or usual
    if text not in known:
        raise refuse(key, f"'{text[:40]}'", "one that the page offers", did_you_mean(text[:40], list(known)))
    return text


def view_of(found: Mapping[str, str], towns: Sequence[str], usual: View | None = None) -> View:
    """Return the view of an address.  Errors   UsageError with the key that is wrong."""
    first = usual or View()
    texts = found.get("h")
    if texts is not None and not HASH.fullmatch(texts):
        raise refuse("h", f"'{texts[:40]}'", "eight digits from 0 to f", "Leave it out.")
    months = whole(found, "months", first.months, 1, MOST_MONTHS)
    return View(
        town=chosen(found, "town", towns, first.town),
        people=whole(found, "people", first.people, FEWEST_PEOPLE, MOST_PEOPLE),
        months=months,
        seed=whole(found, "seed", first.seed, 0, LARGEST_SEED),
        settings=settings_of(found.get("set", "")),
        month=whole(found, "m", months, 1, months) if found.get("m") else None,
        colour=chosen(found, "colour", tuple(COLOURS), first.colour),
        texts=texts,
        orders=decisions_text(read_decisions(found.get("o", ""))),
    )


def settings_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the levers of an address: PATH:VALUE with commas between them."""
    pairs = []
    for part in text.split(",") if text else ():
        path, colon, value = part.rpartition(":")
        if not colon or not LEVER.fullmatch(path) or not VALUE.fullmatch(value):
            raise refuse("set", f"'{part[:80]}'", "PATH:VALUE, with commas between several", "Example: filing.lost:0.")
        pairs.append((path, value))
    if len(dict(pairs)) < len(pairs):
        raise refuse("set", "a lever twice", "each once", "Leave one of them out.")
    if len(pairs) > MOST_SETTINGS:
        raise refuse("set", f"{len(pairs)} levers", f"{MOST_SETTINGS} at most", "Use `glasstown run` for more.")
    return tuple(pairs)
