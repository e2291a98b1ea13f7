"""What would have saved a person of a run, and who stands on a list at its end: what `rescue` answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.render import words
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.render.life_told import DAY, day_of
from glasstown.runs.subjects import NOUNS
from glasstown.studies.rescue import ListedAtEnd, Rescue, listed_at_end, rescue_of
from glasstown.studies.rescue_tried import MOST_TOGETHER, RULES, Change
from glasstown.types import SYNTHETIC_WORDS, EntityKind
from glasstown.wording import as_typed, counted, noun

MOST_SHOWN = 20
KIND_WORDS: Final = {
    "own act": "Had they left something undone",
    "procedure": "Had a way out been taken",
    "record error": "Had a wrong record never been made",
    "rule": "Had the rule been another",
}
HELD_FIXED = (
    "The lives of all others are held fixed: what others would have done or suffered under the change is not asked. "
    "Whether they could have paid is told where the run knows it; no other means are asked about."
)
NO_MEANS: Final = "but not by them: as the run lived it, they could not pay what they owed then"
NEVER: Final = re.compile(r"^never written down \(([^)]*)\): ")
ALONE = "lived again by the interpreter alone: the engine cannot live this change"


@dataclass(frozen=True)
class Rescued(Answer):
    """One person and the changes after which the life does not end on a black list."""

    folder: Path
    rescue: Rescue

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return the changes by kind, and whether any was within the person's power."""
        rescue = self.rescue
        return {
            "population": SYNTHETIC_WORDS,
            "run": str(self.folder),
            rescue.kind: rescue.person,
            "rulebook": rescue.rulebook,
            "lists": list(rescue.lists),
            "grade": rescue.grades[0] if rescue.grades else None,
            "start_grade": rescue.grades[1] if rescue.grades else None,
            "tried": rescue.n_tried,
            "tried_by_the_interpreter_alone": rescue.n_alone,
            "nothing_within_their_power": bool(rescue.lists or rescue.grades) and rescue.is_beyond_them,
            "changes": [
                {
                    "kind": change.kind,
                    "within_their_power": change.is_own,
                    "parts": list(change.words),
                    "lived_by": change.lived_by,
                }
                for change in rescue.changes
            ],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each change."""
        changes = self.rescue.changes
        return {
            "kind": [change.kind for change in changes],
            "within_their_power": [change.is_own for change in changes],
            "change": ["; ".join(change.words) for change in changes],
            "lived_by": [change.lived_by for change in changes],
        }

    def blocks(self) -> list[Block]:
        """Return the changes by kind, smallest first, and what was searched."""
        rescue, ends_badly = self.rescue, bool(self.rescue.lists or self.rescue.grades)
        under = f", under {rescue.rulebook}" if ends_badly or len(rescue.asked) < 2 else ""
        shown: list[Block] = [Heading(f"{rescue.kind.capitalize()} {rescue.person} of {self.folder}{under}", 1)]
        shown.append(Paragraph(f"{SYNTHETIC_WORDS.capitalize()}: nobody like that exists outside this run."))
        if not ends_badly:
            many = (
                "" if under else f", under none of this run's {len(rescue.asked)} rulebooks about {NOUNS[rescue.kind]}"
            )
            return [*shown, Paragraph(f"This life does not end on a black list{many}.")]
        kept, way_out = (
            (f"in grade {rescue.grades[1]}", "that resets the score") if rescue.grades else ("off", "of the list")
        )
        each_of = f"Each of these changes alone would have kept it {kept}." if len(rescue.changes) > 1 else ""
        shown.append(Paragraph(f"{_end_of(rescue)} {each_of}".rstrip()))
        if rescue.is_beyond_them:
            shown.append(Paragraph(_beyond(rescue)))
        for kind, head in KIND_WORDS.items():
            chosen = [change for change in rescue.changes if change.kind == kind]
            if chosen:
                shown.append(Heading(head))
                shown += [_item(change) for change in chosen]
        searched = (
            f"{counted(rescue.n_tried, 'change was', 'changes were')} tried: every own act, and up to {MOST_TOGETHER} together "
            f"where no single one is enough; every way out {way_out} on every month's first day; every wrong record; "
            f"and as rules: {', '.join(RULES)}."
        )
        return [*shown, Paragraph(searched, quiet=True), Paragraph(f"{HELD_FIXED} {_readings(rescue)}", quiet=True)]


def _end_of(rescue: Rescue) -> str:
    """Return how the life ends: on which black lists, or in which grade."""
    if rescue.grades:
        return f"This life ends in grade {rescue.grades[0]}, and everybody starts in grade {rescue.grades[1]}."
    names = [f"'{rescue.labels.get(each, each)}'" for each in rescue.lists]
    return f"This life ends on the black {noun(len(names), 'list')} {words.listed(names)}."


def _item(change: Change) -> Item:
    """Return one change, that they could not have paid, what the rules say of it, and that the interpreter alone lived it."""
    told = "; and ".join(_plain(each) for each in change.words)
    lines = (
        *((NO_MEANS,) if change.beyond_means else ()),
        *((f"The rules say of it: {change.way}.",) if change.way else ()),
    )
    return Item("-", told, lines, quiet=(ALONE,) if change.lived_by == "interpreter alone" else ())


def _plain(part: str) -> str:
    """Return a part of a change with days in words, and of a wrong record what is wrong with it."""
    wrong = NEVER.match(part)
    if wrong:
        part = f"a record {words.TRUTH_WORDS.get(wrong[1], wrong[1])} is never written down: {part[wrong.end() :]}"
    return DAY.sub(lambda found: words.full_date(day_of(found[0])), part)


def _beyond(rescue: Rescue) -> str:
    """Return that nothing was within their power, whatever they might have paid."""
    if any(change.beyond_means for change in rescue.changes):
        return "NOTHING WITHIN THEIR POWER: paying would have been enough, and they could not pay."
    return "NOTHING WITHIN THEIR POWER: no act left undone and no procedure would have been enough."


def _readings(rescue: Rescue) -> str:
    """Return which reading lived the changes that were tried."""
    n_both = rescue.n_tried - rescue.n_alone
    if not rescue.n_alone:
        return "The interpreter and the engine both lived each change, and they agree."
    if not n_both:
        return "The interpreter alone lived these changes: the engine cannot."
    return (
        f"The interpreter and the engine both lived {counted(n_both, 'change')}, and they agree; "
        f"{rescue.n_alone} the interpreter alone, since the engine cannot."
    )


@dataclass(frozen=True)
class Listed(Answer):
    """Everybody who ends a run on a black list: people, or firms; and how many of the others do."""

    folder: Path
    listed: ListedAtEnd

    population_words = SYNTHETIC_WORDS

    @property
    def _names(self) -> tuple[str, str, str]:
        return self.listed.kind, "rulebook", "grade" if self.listed.start_grade else "lists"

    def as_json(self) -> dict[str, Any]:
        """Return one object for each person, or firm, and rulebook."""
        return {
            "population": SYNTHETIC_WORDS,
            "run": str(self.folder),
            "listed": [dict(zip(self._names, row, strict=True)) for row in self.listed.rows],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each person, or firm, and rulebook."""
        return {name: [row[n] for row in self.listed.rows] for n, name in enumerate(self._names)}

    def blocks(self) -> list[Block]:
        """Return the first of them, and how to ask what would have saved one."""
        others = [Paragraph(self._others())] if self.listed.n_others else []
        if not self.listed.rows:
            nobody = "Nobody ends" if self.listed.kind == "person" else "No firm ends"
            return [Paragraph(f"{nobody} this run on a black list."), *others]
        rows = tuple(
            (str(number), book, "; ".join(self.listed.labels.get((book, each), each) for each in lists.split()))
            for number, book, lists in self.listed.rows[:MOST_SHOWN]
        )
        more = f" The first {MOST_SHOWN} are shown, --json gives all." if len(self.listed.rows) > MOST_SHOWN else ""
        firm = " --firm" if self.listed.kind == "firm" else ""
        under = f" --under {as_typed(self.listed.rows[0][1])}" if self.listed.start_grade else ""
        ask = (
            f"What would have saved one: glasstown rescue {as_typed(self.folder)} {self.listed.rows[0][0]}{firm}{under}"
        )
        many = _counted(len({number for number, _, _ in self.listed.rows}), self.listed.kind)
        where, start = "on a black list at the end", self.listed.start_grade
        where = (
            f"in a worse grade at the end than {start}, in which everybody starts; none on a black list"
            if start
            else where
        )
        said = f"{many} {where}. {SYNTHETIC_WORDS.capitalize()}.{more}"
        return [Grid(self._names, rows, frozenset({0})), Paragraph(said), Paragraph(ask), *others]

    def _others(self) -> str:
        firm, kind = ("", "person") if self.listed.kind == "firm" else (" --firm", "firm")
        verb = noun(self.listed.n_others, "ends", "end")
        return f"{_counted(self.listed.n_others, kind)} {verb} it on one too: glasstown rescue {as_typed(self.folder)}{firm}"


def _counted(number: int, kind: str) -> str:
    return counted(number, "person", "people") if kind == "person" else counted(number, "firm")


def rescued(folder: Path, person: int | None, under: str | None, kind: EntityKind | None) -> Rescued | Listed:
    """Return what would have saved a person of a run, or a firm; without a number, who ends it on a black list.

    Without a kind a person is meant, and a firm where the run's rulebooks are about firms alone.
    """
    if person is not None:
        return Rescued(folder, rescue_of(folder, person, under, kind))
    return Listed(folder, listed_at_end(folder, under, kind))
