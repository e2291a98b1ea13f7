"""Runs of the explorer on disk, in a folder that goes with the process: what lives are told from, and comparisons made of."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glasstown.answers.compare import Twinned
from glasstown.answers.life import Lived as Life
from glasstown.answers.life import lived as one_life
from glasstown.answers.run import command_line
from glasstown.explorer.asked import View
from glasstown.explorer.seats import request_with_orders
from glasstown.explorer.towns import Lived, live
from glasstown.outcomes.twins import pair_of
from glasstown.runs.session import run_town
from glasstown.types import EntityKind, Progress

MOST_RUNS = 8
"""runs that are kept at a time; the one that was asked for longest ago goes first"""
SIDES = ("the rule as it is", "the rule changed")


@dataclass(frozen=True, slots=True)
class Compared:
    """A town under the rule as it is and under the rule changed, the same people with the same luck."""

    first: Lived
    second: Lived
    twinned: Twinned

    @property
    def nbytes(self) -> int:
        """Return how much memory both towns hold."""
        return self.first.nbytes + self.second.nbytes


class Runs:
    """Runs of towns, each written once; used from the thread of the jobs alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: OrderedDict[View, Path] = OrderedDict()
        self._n = 0

    def run(self, view: View, tell: Progress) -> Path:
        """Return the folder of the run of a view.  Errors   GlasstownError where the request is wrong."""
        view = view.made_of
        if view in self._made:
            self._made.move_to_end(view)
            return self._made[view]
        self._n += 1
        folder = self._folder / f"town-{self._n}"
        request = replace(request_with_orders(view), out=folder)
        run_town(replace(request, command=command_line(request)), tell)
        self._made[view] = folder
        while len(self._made) > MOST_RUNS:
            shutil.rmtree(self._made.popitem(last=False)[1], ignore_errors=True)
        return folder

    def life(self, view: View, number: int, kind: EntityKind, tell: Progress) -> Life:
        """Return one life of a view's town, told in both readings."""
        return one_life(self.run(view, tell), number, "firm" if kind == "firm" else None, None, verify=True)

    def compared(self, first: View, second: View, tell: Progress) -> Compared:
        """Return two views of one town, lived and laid side by side; the second differs in its levers alone."""
        whole = 4 * first.months
        lived = [live(view, _share(tell, turn * first.months, whole)) for turn, view in enumerate((first, second))]
        folders = [
            self.run(view, _share(tell, (turn + 2) * first.months, whole)) for turn, view in enumerate((first, second))
        ]
        pair = pair_of(folders[0], folders[1])
        return Compared(lived[0], lived[1], Twinned(SIDES, (pair,), ((folders[0], folders[1]),)))


def _share(tell: Progress, before: int, whole: int) -> Progress:
    def report(done: int, _: int) -> None:
        tell(before + done, whole)

    return report


def twins_of(twinned: Twinned) -> Sequence[int]:
    """Return the numbers of the people whose lives ended furthest from their twins'."""
    return [twin.id for twin in twinned.pairs[0].furthest]
