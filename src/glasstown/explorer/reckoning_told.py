"""A reckoning as a page tells it: cells of lives, what else moved, what somebody went by, the other side, and whom it mattered to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from glasstown.desks.fared import FARED
from glasstown.desks.habits import Habit, is_wrong, rules_of_thumb
from glasstown.desks.reckoning import AS_USUAL, MOOT, OTHERWISE, SPARED, Decided, Reckoned
from glasstown.explorer.asked import View
from glasstown.explorer.desk_file import DONE, REASONS
from glasstown.explorer.drawing import Pen, whole
from glasstown.outcomes.counted import MEASURES, harm_of
from glasstown.render import words
from glasstown.wording import count, counted, grouped, signed

ROWS: Final = ("You kept it out", "You wrote it down")
CELLS: Final[Mapping[tuple[str, bool], tuple[str, str]]] = {
    (ROWS[0], True): ("spared, rightly", "good"),
    (ROWS[0], False): ("spared, against the rule", ""),
    (ROWS[1], True): ("written down, wrongly", "hurt"),
    (ROWS[1], False): ("written down, as the rule asks", ""),
}
"""what a cell is called and how it looks, by its row and whether the claim was wrong"""
GROUPS: Final = (
    (1, "what it cost: of these, more is worse"),
    (-1, "what is good: of these, more is better"),
    (0, "neither"),
)
BY: Final[Mapping[str, str]] = {
    "income": "income of the household", "age": "age", "sex": "sex", "place": "where they live", "size": "size of the firm",
}  # fmt: skip
MOST_MONTHS_DRAWN, WIDE = 24, 190


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody whom a file was about: their name, the pages of both lives, the months of it drawn, and what was decided and why."""

    name: str
    with_you: str | None
    without: str | None
    drawn: str
    said: str
    tip: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of decision: what it is called, how it looks, and the lives in it; then those which would have come so without you.

    months   on a black list that the decisions brought, below zero those that did not happen
    """

    name: str
    css: str
    lives: tuple[Life, ...]
    as_usual: tuple[Life, ...]
    months: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What a page needs to tell a life: the town with what was decided, of whom it tells lives, and the reckoning."""

    view: View
    kind: str
    found: Reckoned

    def page_of(self, number: int, *, with_you: bool) -> str:
        """Return the address of a life, in this town or in its twin."""
        view = self.view.made_of
        return f"/lives/{number}?{(view if with_you else replace(view, orders='')).query()}"


def rows_of(telling: Telling) -> list[tuple[str, int, tuple[Cell, Cell]]]:
    """Return the rows of the page: what was done, to how many, and its cells where the claim was wrong and where it was right."""
    rows = []
    for row in ROWS:
        mine = [each for each in telling.found.decided if each.claim is not None and _row(each) == row]
        parted = [[each for each in mine if is_wrong(each) is wrong] for wrong in (True, False)]
        cells = _cell(telling, row, True, parted[0]), _cell(telling, row, False, parted[1])
        rows.append((row, sum(each.fate != AS_USUAL for each in mine), cells))
    return rows


def _row(each: Decided) -> str | None:
    """Return in which row a decision stands; None of one that was moot."""
    if each.fate == MOOT:
        return None
    kept_out = each.written[0] is None if each.fate == AS_USUAL else each.fate in (SPARED, OTHERWISE)
    return ROWS[0] if kept_out else ROWS[1]


def _cell(telling: Telling, row: str, wrong: bool, mine: Sequence[Decided]) -> Cell:
    name, css = CELLS[row, wrong]
    changed = [each for each in mine if each.fate != AS_USUAL]
    most = max([1, *(abs(_months(each)) for each in mine)])
    lives = [tuple(_life(telling, each, most, css) for each in _longest(some)) for some in
             (changed, [each for each in mine if each.fate == AS_USUAL])]  # fmt: skip
    return Cell(name, css if changed else "", lives[0], lives[1], sum(_months(each) for each in changed))


def _longest(some: Sequence[Decided]) -> list[Decided]:
    return sorted(some, key=lambda each: (-abs(_months(each)), each.order.month, each.order.about))


def _months(each: Decided) -> int:
    """Return the months on a black list that a decision brought, or that did not happen; of one as usual those that there were."""
    return each.listed[0] if each.fate == AS_USUAL else each.listed[0] - each.listed[1]


def _life(telling: Telling, each: Decided, most: int, css: str) -> Life:
    number, months, order = each.order.number, _months(each), each.order
    is_told = order.about.startswith(telling.kind)
    because = f"; because {REASONS[order.because]}" if order.because else ""
    when = words.month(telling.found.month_of(order))
    return Life(
        name=each.name.removesuffix(" (synthetic)"),
        with_you=telling.page_of(number, with_you=True) if is_told else None,
        without=telling.page_of(number, with_you=False) if is_told else None,
        drawn=_bar(months, most, css, f"{counted(abs(months), 'month')} on a black list"),
        said=f"{'−' if months < 0 else ''}{abs(months)}" if months else "",
        tip=f"{DONE[order.do]}, {when}: {each.says}{because}",
    )


def _bar(months: int, most: int, css: str, alt: str) -> str:
    """Return months as a bar: dashed where they did not happen, orange where they should not have."""
    if months == 0:
        return ""
    pen = Pen(for_file=False)
    role = "bar-spared" if months < 0 else "bar-hurt" if css == "hurt" else "bar-right"
    wide = max(round(abs(months) / most * WIDE), 3)
    return whole(pen.tag("rect", role, x=1, y=1.5, width=wide, height=9), WIDE + 2, 12, alt, css="months")


def left_over(found: Reckoned) -> list[str]:
    """Return, in sentences, the decisions that stand in no cell."""
    moot = sum(each.fate == MOOT for each in found.decided)
    unknown = sum(each.fate != MOOT and each.claim is None for each in found.decided)
    said = [f"{counted(moot, 'decision was', 'decisions were')} moot: nothing was there to decide."] if moot else []
    lost = f"{counted(unknown, 'file was', 'files were')} lost, or averted, whatever a desk decides; nothing more is known."
    return [*said, lost] if unknown else said


def moved(found: Reckoned) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """Return the measures of the whole town that are not the same in both, under what more of them means."""
    rows = [
        (harm_of(name), (words.first_up(MEASURES[name]), count(theirs), count(ours), signed(ours - theirs)))
        for name, (ours, theirs) in found.counts.items()
        if ours is not None and theirs is not None and ours != theirs
    ]
    parted = [(said, [row for harm, row in rows if harm == mine]) for mine, said in GROUPS]
    return [(said, mine) for said, mine in parted if mine]


def habit_tables(habits: Sequence[Habit]) -> list[tuple[str, list[tuple[str, Habit]]]]:
    """Return the groups that files were about, table by table."""
    found: dict[str, list[tuple[str, Habit]]] = {}
    for each in habits:
        found.setdefault(BY[each.what], []).append((group_words(each.group), each))
    return list(found.items())


def group_words(group: str) -> str:
    """Return a group in words."""
    return words.FIFTHS.get(group, group)


def thumbs(habits: Sequence[Habit]) -> Iterator[str]:
    """Yield in sentences what somebody went by, where all of a group were treated so and nobody else."""
    for each, did in rules_of_thumb(habits):
        others = [other for other in habits if other.what == each.what and other is not each]
        wrong, further = each.wrong, sum(other.wrong for other in others)
        yield (
            f"You {did} everybody of this group and nobody else: {group_words(each.group)}. Of these the claim was wrong "
            f"{words.times(wrong)}, of the others {words.times(further)}."
        )


def other_side(found: Reckoned) -> list[str]:
    """Return, in sentences, what those have of it who stand on the other side of the files."""
    kept = [each for each in found.decided if each.fate in (SPARED, OTHERWISE)]
    so = [each for each in kept if each.claim is not None and not is_wrong(each)]
    unpaid = [each for each in kept if each.fared[0].owed > each.fared[1].owed]
    paid = [each for each in found.decided if each.fared[0].owed < each.fared[1].owed]
    said = []
    if so:
        acts = words.listed(list(dict.fromkeys(str(each.says) for each in so))[:3])
        said.append(
            f"{counted(len(so), 'act')} that you kept out had happened ({acts}): whoever bore it finds it in no record."
        )
    for mine, more in ((unpaid, "more"), (paid, "less")):
        if mine:
            yuan = grouped(abs(sum(each.fared[0].owed - each.fared[1].owed for each in mine)))
            said.append(f"{counted(len(mine), 'debtor owes', 'debtors owe')} {more} than without you, {yuan} yuan together: so much "
                        f"{'has not reached' if more == 'more' else 'has reached'} their creditors.")  # fmt: skip
    return said or [
        "Nothing that a creditor, a neighbour or a victim would notice differs, as far as the model counts it."
    ]


def mattered_most(found: Reckoned) -> tuple[Decided, list[str]] | None:
    """Return the decision that moved whom it was about furthest, and what it moved; None where none moved anything that is told."""
    moving = [(sum(abs(ours - theirs) for _, ours, theirs in _moves(each)), each) for each in found.decided]
    best = max(moving, key=lambda each: each[0], default=None)
    if best is None or best[0] == 0:
        return None
    said = [
        f"{name}: {grouped(ours)} with you, {grouped(theirs)} without" for name, ours, theirs in _all_moves(best[1])
    ]
    return best[1], said


def _moves(each: Decided) -> Iterator[tuple[str, int, int]]:
    """Yield the months that a decision moved."""
    yield "months on a black list", each.listed[0], each.listed[1]
    for name in ("out_of_work", "closed"):
        yield FARED[name], getattr(each.fared[0], name), getattr(each.fared[1], name)


def _all_moves(each: Decided) -> Iterator[tuple[str, int, int]]:
    rows = [
        *_moves(each),
        *((FARED[name], getattr(each.fared[0], name), getattr(each.fared[1], name)) for name in ("owed", "ties")),
    ]
    yield from (row for row in rows if row[1] != row[2])


def columns_of(found: Reckoned) -> dict[str, list[Any]]:
    """Return, decision by decision, to which groups whom it was about belonged."""
    return {what: [each.groups.get(what) for each in found.decided] for what in BY}
