"""What is published and a town can be held to: what `targets` answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.calibration.targets import load_targets
from glasstown.errors import did_you_mean
from glasstown.language.target_file import USES
from glasstown.render.blocks import Block, Grid, Item, Paragraph
from glasstown.render.law_words import standing
from glasstown.runs.usage import refuse
from glasstown.wording import counted, noun

if TYPE_CHECKING:
    from glasstown.language.target_file import Target

MEANING = (
    "train: a town is calibrated to it.  hold-out: never seen while calibrating; groups and years are held out whole.  context: "
    "told, and held to nothing.  Widths are standard deviations on the natural logarithm: of the figure itself, and of what a "
    "right model of this structure may still miss."
)


@dataclass(frozen=True)
class Held(Answer):
    """Targets in the order of their file."""

    targets: tuple[Target, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for each target, and how many there are of each use."""
        return {
            "uses": dict(Counter(each.use for each in self.targets)),
            "targets": [_told(each) for each in self.targets],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each target."""
        names = (
            "id",
            "use",
            "group",
            "year",
            "label",
            "value",
            "unit",
            "sd_obs",
            "sd_disc",
            "source",
            "evidence",
            "town",
        )
        rows = [_told(each) for each in self.targets]
        return {name: [row[name] for row in rows] for name in names}

    def blocks(self) -> list[Block]:
        """Return a table, the reasons of every width, and the sum."""
        rows = tuple(
            (
                each.id,
                each.use,
                each.year,
                f"{each.value.value:,.4g}",
                each.unit,
                _width(each.sd_obs),
                _width(each.sd_disc),
            )
            for each in self.targets
        )
        heads = ("target", "use", "year", "published", "unit", "figure ±", "model ±")
        items = [Item(each.id, each.label, _reasons(each), (_cited(each),)) for each in self.targets]
        sums = Counter(str(each.use) for each in self.targets)
        said = ", ".join(f"{sums[use]} {use}" for use in USES if sums[use])
        n_sources = len({each.cite.source for each in self.targets if each.cite})
        whole = f"{counted(len(rows), 'target')} ({said or 'none of this use'}) from {n_sources} {noun(n_sources, 'source')}."
        return [Grid(heads, rows, frozenset({3, 5, 6})), *items, Paragraph(whole), Paragraph(MEANING, quiet=True)]


def held(use: str | None) -> Held:
    """Return the shipped targets: all, or those of one use."""
    if use is not None and use not in USES:
        refuse("--use", f"'{use}'", f"one of {', '.join(USES)}", did_you_mean(use, USES))
    return Held(tuple(each for each in load_targets().targets if use in (None, each.use)))


def _told(target: Target) -> dict[str, Any]:
    """Return a target as plain values."""
    measure = target.measure
    return {
        "id": target.id, "label": target.label, "group": target.group, "year": target.year, "use": target.use,
        "population": target.population, "value": target.value.value, "unit": target.unit,
        "published": float(target.value.number), "worked_on": target.value.why,
        "sd_obs": None if target.sd_obs is None else float(target.sd_obs),
        "sd_disc": None if target.sd_disc is None else float(target.sd_disc),
        "why": target.why, "lacking": target.lacking, "miss": target.miss,
        "town": measure.town if measure else None,
        "measure": measure.model_dump(mode="json") if measure else None,
        "source": target.cite.source if target.cite else None, "at": target.cite.at if target.cite else None,
        "evidence": target.cite.evidence if target.cite else None, "seen": target.cite.seen if target.cite else None,
    }  # fmt: skip


def _reasons(target: Target) -> tuple[str, ...]:
    """Return of whom it is told, why a town may miss it and why members do, or what a town lacks to count it."""
    lacking = f"lacking: {target.lacking}" if target.lacking else None
    missed = f"missed by the ensemble: {target.miss}" if target.miss else None
    return tuple(each for each in (target.population, target.why, lacking, missed) if each)


def _width(width: Any) -> str:
    return "" if width is None else f"{float(width):.2f}"


def _cited(target: Target) -> str:
    return f"[{standing(target.cite)}] {target.cite.source}, {target.cite.at}" if target.cite else ""
