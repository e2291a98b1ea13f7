"""The towns that ship as not ruled out by the record, and what they come to: what `ensemble` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.errors import Fault, UsageError
from glasstown.outcomes.intervals import middle
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph, Sentences
from glasstown.storage.ensemble_file import SET
from glasstown.studies.members import shipped_ensemble
from glasstown.types import SYNTHETIC_WORDS, Progress
from glasstown.wording import counted, noun

if TYPE_CHECKING:
    from glasstown.calibration.verified import LivedAnew, Unseen
    from glasstown.language.target_file import Target
    from glasstown.storage.ensemble_file import Ensemble

NONE = "Make one with `make calibrate`; until then `compare --draws` draws from the parameters' ranges."


@dataclass(frozen=True)
class Members(Answer):
    """An ensemble, with members that were lived anew and hold-outs where they were asked for.

    aside   targets that no setting of the first wave came near
    """

    ensemble: Ensemble | None
    lived: tuple[LivedAnew, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    aside: tuple[Target, ...] = ()

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where a member misses too much, or hold-outs are covered too seldom, too often or missed without a cause."""
        return int(bool(self._faults()))

    def _faults(self) -> list[str]:
        from glasstown.calibration.verified import NEAR, faults_of_coverage

        far = [each for each in self.lived if not each.is_near]
        said = [
            f"Member {each.member} comes near {each.n_near} of {each.n_all} targets, fewer than {NEAR:.0%}."
            for each in far
        ]
        return [*said, *(faults_of_coverage(self.unseen) if self.unseen else [])]

    def as_json(self) -> dict[str, Any]:
        """Return the manifest, the range of every free unknown, what no setting reaches, and what was verified."""
        return {
            "population": SYNTHETIC_WORDS,
            "manifest": dict(self.ensemble.manifest) if self.ensemble else None,
            "unknowns": [dict(zip(("path", "low", "high", "from", "to"), row, strict=True)) for row in self._ranges()],
            "out_of_reach": [{"id": each.id, "miss": each.miss} for each in self.aside],
            "verified": [
                {"member": each.member, "near": each.n_near, "of": each.n_all,
                 "misses": {name: _finite(size) for name, size in each.misses.items()}}
                for each in self.lived
            ],
            "hold_outs": [
                {"id": each.target.id, "published": each.target.value.value, "low": _finite(each.low),
                 "middle": _finite(each.middle), "high": _finite(each.high), "covered": each.is_covered, "miss": each.target.miss}
                for each in self.unseen
            ],
            "faults": self._faults(),
        }  # fmt: skip

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each free unknown: its range, and where the middle nine tenths of the members lie."""
        rows = list(self._ranges())
        names = ("path", "low", "high", "from", "to")
        return {name: [row[n] for row in rows] for n, name in enumerate(names)}

    def _ranges(self) -> Iterator[tuple[str, float, float, float, float]]:
        if self.ensemble is None:
            return
        for path, low, high, _ in self.ensemble.manifest["free"]:
            least, most = middle([float(each) for each in self.ensemble.columns[f"{SET}{path}"]])
            yield path, float(low), float(high), least, most

    def blocks(self) -> list[Block]:
        """Return what it was made from, the ranges, then what was lived anew and what was not seen."""
        if self.ensemble is None:
            return [Heading("The ensemble", 1), Paragraph(f"There is none in this installation. {NONE}")]
        made = self.ensemble.manifest
        waves = "; ".join(
            f"{each['points']} points, {100 * each['left']:.2g} % of the room left" for each in made["waves"]
        )
        aside = ", ".join(made["out_of_reach"]) or "none"
        n, stands_for = counted(len(self.ensemble), "member"), f"{made['effective']:g} points"
        whole = (
            f"{n}, {made['distinct']} of them distinct, of weights that stand for {stands_for}. "
            f"Held to {counted(len(made['train']), 'target')}; {counted(len(made['hold_out']), 'hold-out')} unseen. "
            f"Waves: {waves}. Out of reach, and set aside: {aside}. {SYNTHETIC_WORDS.capitalize()}."
        )
        ranges = tuple((row[0], *(f"{each:.4g}" for each in row[1:])) for row in self._ranges())
        grid = Grid(("unknown", "low", "high", "5 %", "95 %"), ranges, frozenset({1, 2, 3, 4}))
        head: list[Block] = [Heading("The ensemble", 1), Paragraph(whole), *map(_missed, self.aside), grid]
        return [*head, *self._verified(), *self._unseen(), *self._said()]

    def _verified(self) -> Iterator[Block]:
        if not self.lived:
            return
        yield Heading("Members lived anew")
        rows = tuple((str(each.member), f"{each.n_near} of {each.n_all}", _far(each.misses)) for each in self.lived)
        yield Grid(("member", "near", "misses, in standard deviations"), rows, frozenset({0}))

    def _unseen(self) -> Iterator[Block]:
        from glasstown.calibration.verified import coverage

        if not self.unseen:
            return
        yield Heading("What the calibration has not seen")
        rows = tuple(
            (each.target.id, f"{each.target.value.value:.4g}", *map(_shown, (each.low, each.middle, each.high)),
             "covered" if each.is_covered else "missed")
            for each in self.unseen
        )  # fmt: skip
        yield Grid(("hold-out", "published", "10 %", "middle", "90 %", ""), rows, frozenset({1, 2, 3, 4}))
        yield from (_missed(each.target) for each in self.unseen if not each.is_covered)
        n = sum(each.is_covered for each in self.unseen)
        share = f"{100 * coverage(self.unseen):.0f} %"
        yield Paragraph(
            f"{n} of {counted(len(self.unseen), 'hold-out')} ({share}) {noun(n, 'lies', 'lie')} in intervals of 80 %."
        )

    def _said(self) -> Iterator[Block]:
        if faults := self._faults():
            yield Sentences(tuple(faults))


def _far(misses: Mapping[str, float]) -> str:
    return ", ".join(
        f"{name} ({size:g})" if isfinite(size) else f"{name} (nothing to divide by)" for name, size in misses.items()
    )


def _missed(target: Target) -> Item:
    """Return a target that is missed, with its cause."""
    return Item(target.id, target.label, (target.miss or "no cause is written",))


def _finite(number: float) -> float | None:
    """Return a number that JSON has; None of one that could not be counted."""
    return number if isfinite(number) else None


def _shown(number: float) -> str:
    return f"{number:.4g}" if isfinite(number) else "unknown"


def members(verify: int | None, seed: int, progress: Progress | None, *, holdout: bool) -> Members:
    """Return the shipped ensemble, some members lived anew, and the hold-outs; UsageError where there is none that fits."""
    path = shipped_ensemble()
    if not path.is_file() and verify is None and not holdout:
        return Members(None)
    if not path.is_file():
        fault = Fault(
            "the ensemble", None, "none in this installation", "data/ensemble/2019.parquet with its manifest", NONE
        )
        raise UsageError("The ensemble", [fault])
    from glasstown.calibration.targets import load_targets
    from glasstown.calibration.verified import lived_anew, open_ensemble, unseen

    targets = load_targets()
    ensemble = open_ensemble(path, targets)
    lived = lived_anew(ensemble, targets, verify, seed, progress) if verify is not None else ()
    aside = tuple(each for each in targets.targets if each.id in ensemble.manifest["out_of_reach"])
    return Members(ensemble, lived, unseen(ensemble, targets) if holdout else (), aside)
