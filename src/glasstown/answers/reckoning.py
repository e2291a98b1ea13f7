"""A town beside its twin without orders: what `town.reckon()` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.desks.fared import FARED
from glasstown.desks.habits import habits_of
from glasstown.desks.reckoning import AS_USUAL, MOOT, OTHERWISE, SPARED, WRITTEN, Decided, Entry, Reckoned
from glasstown.outcomes.counted import MEASURES
from glasstown.render.blocks import Block, Grid, Paragraph
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import count, counted

NO_BEST: Final = (
    "There is no score here and no best answer: rightly means as the rulebook's own words ask. "
    "Whether such a rule should be is no question that a desk decides."
)
WORDS: Final[Mapping[tuple[str, bool], str]] = {
    (SPARED, True): "spared, rightly: the claim was wrong",
    (SPARED, False): "spared, against the rule: the claim was right",
    (OTHERWISE, True): "written down otherwise, rightly: the claim was wrong",
    (OTHERWISE, False): "written down otherwise, against the rule: the claim was right",
    (WRITTEN, True): "written down, as the rule asks",
    (WRITTEN, False): "written down, wrongly",
}
"""What a decision did, by fate and whether it was right."""
ROW: Final = (
    "month", "desk", "about", "name", "of", "do", "because", "under", "says", "fate", "rightly", "claim", "clause", "clause_without",
    "listed", "listed_without", *(f"{name}{side}" for name in FARED for side in ("", "_without")),
)  # fmt: skip


@dataclass(frozen=True)
class Reckoning(Answer):
    """What came of the decisions of desks in a town."""

    reckoned: Reckoned

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return every decision with what came of it, and what else moved in the whole town."""
        found = self.reckoned
        return {
            "population": SYNTHETIC_WORDS,
            "months": found.months,
            "digest": found.digests[0],
            "digest_without": found.digests[1],
            "turned": dict(found.turned),
            "furthest": [asdict(each) for each in found.furthest],
            "decided": [_row(each) for each in found.decided],
            "habits": [asdict(each) for each in habits_of(found.decided)],
            "moved": {name: {"with": ours, "without": theirs} for name, ours, theirs in self._moved()},
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each decision."""
        rows = [_row(each) for each in self.reckoned.decided]
        return {name: [row[name] for row in rows] for name in ROW}

    def blocks(self) -> list[Block]:
        """Return what came of it, decision by decision, then what else moved."""
        found = self.reckoned
        if not found.decided:
            return [Paragraph("No desk has decided anything in the months that were lived.")]
        lives = [f"{counted(n, kind, 'people' if kind == 'person' else 'firms')}" for kind, n in found.turned.items()]
        head = (
            f"Desks gave {counted(len(found.decided), 'order')} in {counted(found.months, 'month')}. "
            f"The lives of {' and '.join(lives)} took another turn. {SYNTHETIC_WORDS.capitalize()}."
        )
        return [
            Paragraph(head),
            _fates(found.decided),
            _by_decision(found.decided),
            *self._else_moved(),
            Paragraph(NO_BEST),
        ]

    def _else_moved(self) -> Iterator[Block]:
        rows = tuple(
            (MEASURES[name], count(ours), count(theirs), f"{ours - theirs:+,}") for name, ours, theirs in self._moved()
        )
        if rows:
            yield Grid(("in the whole town", "with the desk", "without", "difference"), rows, frozenset({1, 2, 3}))

    def _moved(self) -> Iterator[tuple[str, int, int]]:
        """Yield the measures that are not the same in both towns."""
        for name, (ours, theirs) in self.reckoned.counts.items():
            if ours is not None and theirs is not None and ours != theirs:
                yield name, ours, theirs


def _fates(decided: Sequence[Decided]) -> Grid:
    """Return how many decisions did what."""
    counts: dict[str, int] = {}
    for each in decided:
        words = _words_of(each)
        counts[words] = counts.get(words, 0) + 1
    rows = tuple((words, count(n)) for words, n in sorted(counts.items()))
    return Grid(("what the desk did", "decisions"), rows, frozenset({1}))


def _words_of(decided: Decided) -> str:
    if decided.is_right is not None:
        return WORDS[decided.fate, decided.is_right]
    return "moot: there was nothing to decide" if decided.fate == MOOT else f"{AS_USUAL}: it would have come so"


def _by_decision(decided: Sequence[Decided]) -> Grid:
    heads = ("month", "name", "file", "decision", "what came of it", "the claim", "months listed", "without")
    rows = tuple(
        (
            str(each.order.month), each.name, each.says or "none", each.order.do, _words_of(each), each.claim or "not known",
            str(each.listed[0]), str(each.listed[1]),
        )
        for each in decided
    )  # fmt: skip
    return Grid(heads, rows, frozenset({0, 6, 7}), roomy=True)


def _row(decided: Decided) -> dict[str, Any]:
    order = decided.order
    return {
        **{name: getattr(order, name) for name in ("month", "desk", "about", "of", "do", "because", "under")},
        "name": decided.name,
        "says": decided.says,
        "fate": decided.fate,
        "rightly": decided.is_right,
        "claim": decided.claim,
        "clause": _clause(decided.written[0]),
        "clause_without": _clause(decided.written[1]),
        "listed": decided.listed[0],
        "listed_without": decided.listed[1],
        **{
            f"{name}{side}": getattr(decided.fared[n], name)
            for name in FARED
            for n, side in enumerate(("", "_without"))
        },
    }


def _clause(entry: Entry | None) -> str | None:
    return None if entry is None else entry.clause
