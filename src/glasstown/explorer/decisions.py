"""What was decided at desks, as an address says it: by the numbers of files, so that no address holds what a desk does not know.

A month and its desk, then file by file the number, the deed and the reason: `12c3sC5r.13k2s` is, in month 12, file 3 of the court's
desk spared for want of proof and file 5 written down, and in month 13 file 2 of the clerk's desk spared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from glasstown.errors import Fault, UsageError
from glasstown.language.orders import Because, Deed, Desk
from glasstown.letters import shown
from glasstown.storage.manifest import MOST_MONTHS
from glasstown.wording import grouped

LONGEST_DECISIONS: Final = 3_200
"""letters of all decisions of an address"""
DESKS: Final[Mapping[str, Desk]] = {"c": "court", "k": "clerk"}
DEEDS: Final[Mapping[str, Deed]] = {"r": "record", "s": "spare", "a": "ask-means"}
REASONS: Final[Mapping[str, Because]] = {
    "A": "not-shown-able", "B": "could-pay", "C": "no-proof", "D": "wrong-person", "E": "wrong-act", "F": "too-small",
    "G": "twice-filed", "H": "no-notice", "I": "practice", "J": "shown",
}  # fmt: skip
"""letters of an address; none may ever mean another thing than it does"""
GROUP: Final = re.compile(r"(0|[1-9][0-9]{0,2})([ck])((?:[1-9][0-9]{0,6}[rsa][A-J]?)+)")
ITEM: Final = re.compile(r"([0-9]+)([rsa])([A-J]?)")
EXAMPLE: Final = "Example: 12c3sC5r, month 12, the court's files 3 and 5."


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a file: its month from 0, its desk and number, what is done, and why."""

    month: int
    desk: Desk
    number: int
    do: Deed
    because: Because | None = None

    @property
    def file(self) -> tuple[int, str, int]:
        """Return which file it is about: no two decisions may be about the same."""
        return self.month, self.desk, self.number


def read_decisions(text: str) -> tuple[Decision, ...]:
    """Return the decisions of an address, in order.  Errors   UsageError with what is wrong: junk, twice about one file, too many."""
    if len(text) > LONGEST_DECISIONS:
        raise _too_many()
    found: dict[tuple[int, str, int], Decision] = {}
    for each in _decisions(text):
        if each.file in found:
            what = f"file {each.number} of the {each.desk}'s desk in month {each.month} twice"
            raise _refuse(what, "one decision about a file", "Leave one of the two out.")
        found[each.file] = each
    return in_order(found.values())


def _decisions(text: str) -> Iterator[Decision]:
    for part in text.split(".") if text else ():
        group = GROUP.fullmatch(part)
        if group is None:
            raise _refuse(f"'{part[:40]}'", "decisions as an address has them", EXAMPLE)
        month, desk = int(group[1]), DESKS[group[2]]
        if month >= MOST_MONTHS:
            raise _refuse(f"month {month}", f"a month below {MOST_MONTHS}", EXAMPLE)
        for number, deed, reason in ITEM.findall(group[3]):
            yield Decision(month, desk, int(number), DEEDS[deed], REASONS[reason] if reason else None)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the one order in which an address has them."""
    return tuple(sorted(decisions, key=lambda each: each.file))


def decisions_text(decisions: Sequence[Decision]) -> str:
    """Return decisions as an address has them; the same decisions are always the same letters."""
    letters = {value: letter for table in (DESKS, DEEDS, REASONS) for letter, value in table.items()}
    parts = []
    for (month, desk), mine in groupby(in_order(decisions), key=lambda each: (each.month, each.desk)):
        items = (f"{each.number}{letters[each.do]}{letters[each.because] if each.because else ''}" for each in mine)
        parts.append(f"{month}{letters[desk]}{''.join(items)}")
    return ".".join(parts)


def deciding(decisions: Sequence[Decision], more: Decision) -> tuple[Decision, ...]:
    """Return decisions with one more.  Errors   UsageError where its file is decided, or an address can hold no more."""
    if any(each.file == more.file for each in decisions):
        what = f"a second decision about file {more.number}"
        raise _refuse(what, "one decision about a file", "Take the first one back, then decide again.")
    found = in_order([*decisions, more])
    check_length(found)
    return found


def check_length(decisions: Sequence[Decision]) -> None:
    """Raise UsageError where decisions are more than an address can hold."""
    if len(decisions_text(decisions)) > LONGEST_DECISIONS:
        raise _too_many()


def _too_many() -> UsageError:
    expected = f"{grouped(LONGEST_DECISIONS)} letters of them at most, some 700 decisions"
    way_out = "Save the session as a file, and go on with it in Python."
    return _refuse("more decisions than an address can hold", expected, way_out)


def _refuse(found: str, expected: str, way_out: str) -> UsageError:
    return UsageError("The address", [Fault("o", None, shown(found), expected, way_out)])


def withdrawing(decisions: Sequence[Decision], file: tuple[int, str, int]) -> tuple[Decision, ...]:
    """Return decisions without the one about a file."""
    return tuple(each for each in decisions if each.file != file)
