"""What a record under one rulebook is feared for: how surely it is written, and what it means from where somebody stands.

S / S_c = 1 + R_c X: the sum, over the acts of a class, of the chance that one found out is written down against somebody, times what
that record is worth there, in ordinary sanctions.  Where nothing is written down nothing is feared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np

from glasstown.compiler import columns as col
from glasstown.compiler.rulebook_rows import Answer, Clause, List
from glasstown.compiler.tables import CompiledRules, subject_grades
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.tables import publicity
from glasstown.engine.tables.burdens import burdens_of, burdens_on, is_bad
from glasstown.engine.tables.recording import recorded_share
from glasstown.engine.tables.shapes import I64
from glasstown.language.acts import Act, ActCatalogue, ActClass
from glasstown.language.model import Publicity
from glasstown.rows import Ints, in_python

Numbers = Mapping[str, Decimal]

N_DISTANCES: Final = 24
"""Steps of the way to a border, two to an octave."""


@dataclass(frozen=True, slots=True)
class Border:
    """A score below which somebody falls into a lower grade or onto a list.

    least  the lowest score above it, in quanta
    worth  what falling below it is worth, in ordinary sanctions
    """

    least: int
    worth: Decimal


@entry
def standing_of(borders: Ints, score: int) -> int:
    """Return where a score stands: a column of `Practice.felt`, by the next border below and the way to it.

    Below the last border what counts is the way back up to it.
    """
    if len(borders) == 0:
        return 0
    row = 0
    while row < len(borders) and borders[row] <= score:
        row += 1
    away = borders[0] - score if row == 0 else score - borders[row - 1] + 1
    return row * N_DISTANCES + step_of(away)


@kernel
def step_of(away: int) -> int:
    """Return the step of a way of so many quanta: 1, 2, 3, 4-5, 6-7, 8-11, and so on."""
    octave, left = 0, away
    while left > 1:
        octave, left = octave + 1, left >> 1
    if octave == 0:
        return 0
    return min(2 * octave - 1 + ((away >> (octave - 1)) & 1), N_DISTANCES - 1)


def way_of(step: int) -> Decimal:
    """Return the middle of a step of the way, in quanta."""
    if step == 0:
        return Decimal(1)
    octave, half = (step + 1) // 2, (step + 1) % 2
    width = 1 << (octave - 1)
    return Decimal(2 * ((2 + half) * width) + width - 1) / 2


def answered(rules: CompiledRules, catalogue: ActCatalogue, acts: tuple[Act, ...], *, sign: int) -> dict[str, Answer]:
    """Return the first answer to each act that is done, where it takes something (-1) or gives something (1)."""
    ids = catalogue.ids()
    first: dict[str, Answer] = {}
    for answer in in_python(rules.answers):
        if rules.clauses[answer.clause].sign == sign:
            first.setdefault(ids[answer.act], answer)
    return {act.id: first[act.id] for act in acts if act.share > 0 and act.id in first}


def found_weight(act: Act) -> Decimal:
    """Return how much of what is found out in a class is this act: its share times the chance of being found out."""
    return act.share * (act.detected.urban + act.detected.rural)


def believed(
    rules: CompiledRules, catalogue: ActCatalogue, acts: tuple[Act, ...], class_id: str, numbers: Numbers
) -> Decimal:
    """Return R_c, the chance that what is found out in a class is written down against somebody (or for them: good deeds).

    It is believed to be what it is: of the acts found out those that a clause answers to, each times its share of recording.
    """
    good = next(c.tone for c in catalogue.classes if c.id == class_id) == "good deed"
    mine = [act for act in acts if act.class_ == class_id]
    every = sum((found_weight(act) for act in mine), Decimal(0))
    named = answered(rules, catalogue, tuple(mine), sign=1 if good else -1)
    written = sum(
        (
            found_weight(act) * recorded_share(act, rules.rulebook.id, numbers, good=good)
            for act in mine
            if act.id in named
        ),
        Decimal(0),
    )
    return written / every if every else Decimal(0)


def taken_seriously(chance: Decimal, numbers: Numbers) -> Decimal:
    """Return how far what merely announces a scheme works: 0 where nothing is written down, 1 where everything is.

    r (1 + h) / (r + h), h the chance at which about half of it is reached.
    """
    half = numbers["enforcement.half"]
    return chance * (1 + half) / (chance + half) if chance > 0 else Decimal(0)


def borders_of(rules: CompiledRules, numbers: Numbers) -> tuple[Border, ...]:
    """Return the borders of a rulebook in ascending order: lower ends of grades, and scores from which a black list begins.

    Falling into a grade is worth `points_shadow_price`, each burden that the grade below has and the one above has not, and being
    shown to others there, where the one above is not.
    """
    worth = dict.fromkeys(lower_ends(rules, numbers), numbers["points_shadow_price"])
    for least in worth:
        below, above = (grade_at(rules, score) for score in (least - 1, least))
        worth[least] += numbers["gate_price"] * len(burdens_of(rules, below) - burdens_of(rules, above))
        worth[least] += max(
            grade_shown_worth(rules, below, numbers) - grade_shown_worth(rules, above, numbers), Decimal(0)
        )
    for place, (row, rule) in enumerate(zip(in_python(rules.lists), rules.rulebook.lists, strict=True)):
        begins = list_border(rules, row) if rule.colour == "black" else None
        if begins is not None:
            listed = listing_worth(rules, place, numbers) + shown_worth(publicity.on_list(rules, place), numbers)
            worth[begins] = worth.get(begins, Decimal(0)) + listed
    return tuple(Border(least, worth[least]) for least in sorted(worth))


def list_border(rules: CompiledRules, row: List) -> int | None:
    """Return the lowest score that keeps somebody off a list that a score or a grade puts them on; None for other lists."""
    if row.condition == col.SCORE_AT_MOST:
        return int(row.value) + 1
    if row.condition == col.IN_GRADES:
        grades = in_python(rules.grades)
        tops = [int(g.below) for place, g in enumerate(grades) if (row.value >> place) & 1 and g.below > g.from_]
        return max((top for top in tops if abs(top) < col.UNBOUNDED), default=None)
    return None


def grade_at(rules: CompiledRules, score: int) -> int:
    """Return the first grade that a score is in, -1 for none."""
    return next((n for n, row in enumerate(in_python(rules.grades)) if row.from_ <= score < row.below), -1)


def lower_ends(rules: CompiledRules, numbers: Numbers) -> set[int]:
    """Return the lower ends of grades that a score can be in.

    A grade with an unknown lower end is taken to be as wide as `points_unknown_width` says, of the scale; `lowest` is no border.
    """
    grades = list(zip(in_python(rules.grades), subject_grades(rules.rulebook), strict=True))
    known = [int(end) for row, _ in grades for end in (row.from_, row.below) if abs(end) < col.UNBOUNDED]
    if not known:
        return set()
    base = int(rules.book.base_score)
    scale = max([*known, base]) - min([*known, base, 0])
    width = max(int(numbers["points_unknown_width"] * scale), 1)
    ends = {int(row.from_) for row, _ in grades if abs(row.from_) < col.UNBOUNDED}
    ends |= {
        int(row.below) - width
        for row, grade in grades
        if grade.from_ == "unknown" and row.from_ == -col.UNBOUNDED and row.below < col.UNBOUNDED
    }
    return ends


def listing_worth(rules: CompiledRules, place: int, numbers: Numbers) -> Decimal:
    """Return what standing on a list is worth: the list itself, and each measure that it brings."""
    return numbers["listing_price"] + numbers["gate_price"] * len(burdens_on(rules, place))


def shown_worth(items: Iterable[Publicity], numbers: Numbers) -> Decimal:
    """Return what being shown by items of publicity is worth: as surely as those around take notice."""
    return numbers["shame.feared"] * publicity.around(items, numbers)


def grade_shown_worth(rules: CompiledRules, grade: int, numbers: Numbers) -> Decimal:
    """Return what being shown in a grade is worth, 0 where nobody is the worse for it."""
    return shown_worth(publicity.in_grade(rules, grade), numbers) if is_bad(rules, grade) else Decimal(0)


def felt_table(
    rules: CompiledRules,
    catalogue: ActCatalogue,
    classes: tuple[ActClass, ...],
    acts: tuple[Act, ...],
    numbers: Numbers,
) -> I64:
    """Return (K, standings) Q8.8: what a rulebook adds to each class, by where somebody stands under it.

    Offences and expression: -eps_s lg(1 + R X).  Good deeds: what rewards do, as far as they are taken seriously.
    """
    borders = borders_of(rules, numbers)
    felt = np.zeros((len(classes), max((len(borders) + 1) * N_DISTANCES, 1)), dtype=np.int64)
    for k, act_class in enumerate(classes):
        if act_class.tone == "good deed":
            response = numbers["reward_response"] - numbers["crowding_out"]
            chance = believed(rules, catalogue, acts, act_class.id, numbers)
            felt[k, :] = _q8(response * taken_seriously(chance, numbers))
            continue
        records = records_of(rules, catalogue, tuple(act for act in acts if act.class_ == act_class.id), numbers)
        for column in range(felt.shape[1] if records else 0):
            row, step = divmod(column, N_DISTANCES)
            worth = borders[max(row - 1, 0)].worth if borders else Decimal(0)
            feared = sum((each.feared(worth, way_of(step)) for each in records), Decimal(0))
            felt[k, column] = -_q8(numbers["eps_s"] * _lg(1 + feared))
    return felt


@dataclass(frozen=True, slots=True)
class Feared:
    """A record that an act of a class can bring.

    chance  that what is found out in the class is this act and is written down
    points  what it takes, in quanta; None where it sets the grade, whatever the score
    other   what else it means, in ordinary sanctions: a list, and being shown to others
    """

    chance: Decimal
    points: Decimal | None
    other: Decimal

    def feared(self, worth: Decimal, way: Decimal) -> Decimal:
        """Return R X of this record: points against the way to the border, times what falling is worth, and the rest."""
        fall = Decimal(1) if self.points is None else min(self.points / way, Decimal(1))
        return self.chance * (worth * fall + self.other)


def records_of(
    rules: CompiledRules, catalogue: ActCatalogue, mine: tuple[Act, ...], numbers: Numbers
) -> tuple[Feared, ...]:
    """Return the records that the acts of one class can bring, where any is written down."""
    every = sum((found_weight(act) for act in mine), Decimal(0))
    named = answered(rules, catalogue, mine, sign=-1)
    if not every:
        return ()
    found = []
    for act in mine:
        share = recorded_share(act, rules.rulebook.id, numbers, good=False) if act.id in named else Decimal(0)
        if share:
            place = named[act.id].clause
            chance = share * found_weight(act) / every
            found.append(Feared(chance, points_of(rules, place), other_worth(rules, place, numbers)))
    return tuple(found)


def points_of(rules: CompiledRules, place: int) -> Decimal | None:
    """Return the points that a clause takes, in quanta, None where it sets a grade; an unknown value is the mean of the known."""
    clause = rules.clauses[place]
    if clause.grade >= 0:
        return None
    if clause.unknown == 0:
        return _middle(clause)
    known = [_middle(c) for c in in_python(rules.clauses) if c.sign < 0 and c.unknown == 0 and c.least != 0]
    return sum(known, Decimal(0)) / max(len(known), 1)


def _middle(clause: Clause) -> Decimal:
    return abs(Decimal(int(clause.least) + int(clause.most)) / 2)


def other_worth(rules: CompiledRules, place: int, numbers: Numbers) -> Decimal:
    """Return what a record of a clause means beside points: the list that it leads onto, and being shown to others."""
    on = int(rules.clauses[place].list)
    listed = listing_worth(rules, on, numbers) if on >= 0 else Decimal(0)
    return listed + shown_worth(publicity.of_record(rules, place), numbers)


def _lg(value: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 20
        return value.ln() / Decimal(2).ln()


def _q8(value: Decimal) -> int:
    return int((value * 256).to_integral_value())
