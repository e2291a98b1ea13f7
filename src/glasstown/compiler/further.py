"""Tables beside the clauses: which clause answers to an act and an amount, parts of the score, first days of cycles."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from glasstown.compiler import columns as col
from glasstown.compiler import rulebook_rows as rows
from glasstown.compiler.rows import ordinals, parts_kept, quanta, span
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.resolve import LadderEntry, answering, entry_for_act
from glasstown.rows import make_row

TIES = {"household": col.HOUSEHOLD, "group": col.GROUP, "representative": col.REPRESENTATIVE, "firm": col.FIRM}


def answer_rows(book: Rulebook, acts: ActCatalogue) -> list[rows.Answer]:
    """Return for each act, in the catalogue's order, a row for each stretch of amounts that a clause answers to (rule 3.1).

    An act whose amount decides nothing has one row at most.
    """
    stretches = _stretches(book)
    by_stretch = [(first, beyond, answering(book, amount)) for first, beyond, amount in stretches]
    found: list[rows.Answer] = []
    for number, act in enumerate(acts.ids()):
        last = None
        for first, beyond, standing in by_stretch:
            entry = entry_for_act(standing, acts, act)
            if entry is None:
                continue
            is_ladder = int(isinstance(entry, LadderEntry))
            if last is not None and (last.below, last.clause, last.ladder) == (first, entry.order, is_ladder):
                last.below = beyond
                continue
            last = make_row(rows.Answer)
            last.act, last.from_, last.below, last.clause, last.ladder = number, first, beyond, entry.order, is_ladder
            found.append(last)
    return found


def _stretches(book: Rulebook) -> list[tuple[int, int, Decimal | None]]:
    """Return the stretches of whole amounts inside which no band begins or ends, each with an amount of it."""
    bands = [clause.amount for clause in book.clauses if clause.amount is not None]
    ends = {0} | {band.from_ for band in bands} | {band.below for band in bands if band.below is not None}
    firsts = sorted(ends)
    beyond = [*firsts[1:], col.UNBOUNDED]
    return [(first, end, Decimal(first) if bands else None) for first, end in zip(firsts, beyond, strict=True)]


ENDS_OF_YEARS = {"year-end": col.YEAR_END, "next-year-end": col.NEXT_YEAR_END}


def share_rows(book: Rulebook) -> list[rows.Share]:
    """Return a row for each share of a clause's points that comes back, in their order."""
    found = []
    for place, clause in enumerate(book.clauses):
        for step in clause.rectified:
            row, share = make_row(rows.Share), Fraction(step.returns)
            row.clause, row.share, row.of = place, share.numerator, share.denominator
            row.unit, row.span = span(step.within) if step.until is None else (ENDS_OF_YEARS[step.until], 0)
            found.append(row)
    return found


def part_rows(book: Rulebook) -> list[rows.Part]:
    """Return base and bounds of the parts that the score keeps; a bound that is not given does not bind."""
    quantum, found = book.score.quantum, []
    for part in parts_kept(book):
        row = make_row(rows.Part)
        row.base_score = quanta(part.value, quantum)
        row.lowest = -col.UNBOUNDED if part.lowest is None else quanta(part.lowest, quantum)
        row.highest = col.UNBOUNDED if part.highest is None else quanta(part.highest, quantum)
        found.append(row)
    return found


def turn_rows(book: Rulebook) -> list[rows.Turn]:
    """Return calendar month and day of each first day of a cycle, in the order of the year."""
    starts = book.score.cycle.starts if book.score.cycle else ()
    found = []
    for month, day in sorted([int(number) for number in start.split("-")] for start in starts):
        row = make_row(rows.Turn)
        row.month, row.day = month, day
        found.append(row)
    return found


def reach_rows(book: Rulebook) -> list[rows.Reach]:
    """Return the clause of the first subject, that of the others, and the tie, for records that follow (rule 3.13)."""
    places, found = {clause.id: place for place, clause in enumerate(book.clauses)}, []
    for place, clause in enumerate(book.clauses):
        if clause.reached_by is not None:
            row = make_row(rows.Reach)
            row.first, row.other = places[clause.reached_by.clause], place
            row.through = TIES[clause.reached_by.through]
            found.append(row)
    return found


def exclusion_rows(book: Rulebook) -> list[rows.Exclusion]:
    """Return a row for each circumstance that keeps a clause from applying, with the days on which it is law (rule 3.3)."""
    found = []
    for place, clause in enumerate(book.clauses):
        for exclusion in clause.unless:
            row = make_row(rows.Exclusion)
            row.clause = place
            row.from_, row.until = ordinals(exclusion.in_force)
            found.append(row)
    return found
