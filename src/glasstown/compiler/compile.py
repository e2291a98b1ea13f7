"""Rulebook to integer tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from glasstown.compiler import columns as col
from glasstown.compiler.further import answer_rows, exclusion_rows, part_rows, reach_rows, share_rows, turn_rows
from glasstown.compiler.limits import caps_over, limits_of
from glasstown.compiler.rows import (
    campaign_rows,
    cap_row,
    clause_row,
    dated_rows,
    grade_row,
    ladder_row,
    list_row,
    measure_row,
    ordinals,
    parts_kept,
    procedure_rows,
    quanta,
    span,
    states_wait,
)
from glasstown.compiler.rulebook_rows import TABLES, Book, Cap, Ladder
from glasstown.compiler.tables import CompiledRules, subject_grades
from glasstown.errors import CompileError
from glasstown.exact import exactly
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, Rulebook
from glasstown.ledger import in_points
from glasstown.rows import Row, frozen, make_row, stack
from glasstown.wording import counted, noun


@exactly
def compile_rulebook(book: Rulebook, acts: ActCatalogue) -> CompiledRules:
    """Return the tables that the engine runs.

    Errors   CompileError for a shape that the tables have no room for, naming clause and way out.
    Source   docs/the-day.md; the meaning of every column stands in rulebook_rows.py.
    """
    if faults := limits_of(book, acts):
        raise CompileError(f"Rulebook '{book.id}' cannot be run by the engine", faults)
    caps, caps_of = _caps(book)
    clause_ids = [clause.id for clause in book.clauses]
    ladder_of = {step: number for number, ladder in enumerate(book.ladders) for step in ladder.steps}
    has_clean = any(clause.requires for clause in book.clauses)
    clause_rows = [
        clause_row(book, clause, cap_rows=caps_of[clause.id], ladder=ladder_of.get(clause.id, -1), has_clean=has_clean)
        for clause in book.clauses
    ]
    grades, is_reached = subject_grades(book), book.score.black_box is None
    tables: dict[str, Sequence[Row]] = {
        "clauses": clause_rows,
        "caps": caps,
        "ladders": _ladders(book),
        "grades": [grade_row(grade, book.score.quantum, is_reached=is_reached) for grade in grades],
        "lists": [list_row(book, rule) for rule in book.lists],
        "procedures": procedure_rows(book),
        "measures": [measure_row(book, measure) for measure in book.measures],
        "dated": dated_rows(book),
        "shares": share_rows(book),
        "campaigns": campaign_rows(book),
        "parts": part_rows(book),
        "turns": turn_rows(book),
        "reaches": reach_rows(book),
        "exclusions": exclusion_rows(book),
        "answers": answer_rows(book, acts),
    }
    stacked: dict[str, Any] = {name: frozen(stack(TABLES[name], rows)) for name, rows in tables.items()}
    return CompiledRules(
        rulebook=book,
        **stacked,
        steps=tuple(clause_ids.index(step) for ladder in book.ladders for step in ladder.steps),
        book=_book_row(book),
        flags=_flags(book),
    )


def _ladders(book: Rulebook) -> list[Ladder]:
    """Return one row a ladder; the steps of all stand one after the other."""
    firsts = accumulate((len(ladder.steps) for ladder in book.ladders), initial=0)
    return [ladder_row(ladder, first) for ladder, first in zip(book.ladders, firsts, strict=False)]


def _caps(book: Rulebook) -> tuple[list[Cap], dict[str, list[int]]]:
    """Return one row a cap, and the rows that each clause is under.

    Caps are told apart by owner and place, not by value: two equal caps of two clauses are two caps.
    """
    rows: list[Cap] = []
    row_of: dict[int, int] = {}
    caps_of: dict[str, list[int]] = {}
    for clause in book.clauses:
        caps_of[clause.id] = []
        for cap in caps_over(book, clause):
            if id(cap) not in row_of:
                row_of[id(cap)] = len(rows)
                rows.append(cap_row(cap, book.score.quantum))
            caps_of[clause.id].append(row_of[id(cap)])
    return rows, caps_of


def _book_row(book: Rulebook) -> Book:
    """Return base, bounds and counts; an unknown base counts from 0, held to the bounds; an unknown bound does not bind."""
    quantum = book.score.quantum
    base, lowest, highest = (figure.value for figure in (book.score.base, book.score.lowest, book.score.highest))
    row = make_row(Book)
    row.lowest = -col.UNBOUNDED if isinstance(lowest, str) else quanta(lowest, quantum)
    row.highest = col.UNBOUNDED if isinstance(highest, str) else quanta(highest, quantum)
    row.base_score = _base(row.lowest, row.highest) if isinstance(base, str) else quanta(base, quantum)
    row.latent = int(book.score.beyond_bounds == "latent")
    row.n_grades = len(subject_grades(book))
    row.n_lists = len(book.lists)
    row.n_clauses = len(book.clauses)
    row.n_measures = len(book.measures)
    row.clean_keep_days = max((_at_most_days(clause) for clause in book.clauses if clause.requires), default=0)
    working = any(span(clause.requires.clean)[0] == col.WORKING for clause in book.clauses if clause.requires)
    lasting = working or any(clause.counts_from == "act" or clause.carries_over for clause in book.clauses)
    row.keep_always = int(lasting or bool(parts_kept(book)))
    row.ceiling, row.balance, row.consent, row.met, row.running, row.assessed, row.parts, row.n_more = _further(book)
    if book.grades_published is not None:
        row.found_month = int(book.grades_published.assessed[:2])
        row.from_month, row.from_day = (int(part) for part in book.grades_published.from_.split("-"))
    row.mends = int(any(clause.rectified for clause in book.clauses))
    row.lots = int(any(grade.quota is not None and grade.quota.ties == "lot" for grade in book.grades))
    assessed = {day for grade in book.grades if grade.quota is not None for day in grade.quota.assessed}
    row.cut_months = sum(1 << month for month in {int(day[:2]) for day in assessed})
    row.has_locks = int(any(clause.lock is not None for clause in book.clauses))
    row.has_status = int(any(clause.status for clause in book.clauses))
    ties = {clause.reached_by.through for clause in book.clauses if clause.reached_by is not None}
    row.posts = int(bool(ties & {"representative", "firm"}))
    row.asks = int(bool(book.proof) or any(clause.proof or clause.unless for clause in book.clauses))
    row.as_recorded = int(book.same_day == "as-recorded")
    row.from_, row.until = ordinals(book.in_force)
    return row


def _base(lowest: int, highest: int) -> int:
    """Return where scores count from when the base is unknown: 0, or the bound nearest to it where the bounds leave 0 out."""
    return min(max(0, lowest), highest)


def _further(book: Rulebook) -> list[int]:
    """Return the columns of further state: ceiling, balance, consent, met, the grade of the day, the one found, first part,
    and how many there are in all.
    """
    is_published = book.grades_published is not None
    wanted = (
        any(clause.lock is not None and clause.lock.at_most is not None for clause in book.clauses),
        book.balance is not None,
        book.consent is not None,
        any(rule.entry.once for rule in book.lists),
        is_published,
        is_published,
    )
    places, n = [], 0
    for is_kept in wanted:
        places.append(n if is_kept else -1)
        n += int(is_kept)
    n_parts = len(parts_kept(book))
    return [*places, n if n_parts else -1, n + n_parts]


def _at_most_days(clause: Clause) -> int:
    """Return a number of days that is no less than the clause's `clean` window."""
    unit, number = span(clause.requires.clean if clause.requires else None)
    return number if unit == col.DAYS else 31 * number


def _flags(book: Rulebook) -> tuple[str, ...]:
    """Return what a reader of any result must be told."""
    flags = []
    if isinstance(book.score.base.value, str):
        first = in_points(int(_book_row(book).base_score), book.score.quantum)
        flags.append(f"the base is unknown: scores count from {first}")
    unknown = [clause.id for clause in book.clauses if clause.points == "unknown"]
    if unknown:
        n = len(unknown)
        flags.append(
            f"{counted(n, 'clause')} of unknown value {noun(n, 'changes', 'change')} no score: {', '.join(unknown)}"
        )
    lasting = [c.id for c in book.clauses if c.override and c.override.until == "unknown"]
    if lasting:
        flags.append(f"overrides of unknown term last to the end: {', '.join(lasting)}")
    if book.score.black_box is not None:
        flags.append(
            f"an unpublished function makes the rating ({book.score.black_box.label}): nobody is graded by score"
        )
    if not book.score.kept:
        flags.append("the scheme keeps no number: scores stay at 0")
    waits = [clause.id for clause in book.clauses if states_wait(book, clause)]
    if waits:
        flags.append(f"in a town no court gives grace and none extends a term: {', '.join(waits)}")
    undecided = [rule.id for rule in book.lists if rule.decided_within == "unknown"]
    if undecided:
        flags.append(f"how long the decision to list takes is unknown; it is taken at once: {', '.join(undecided)}")
    mended = [clause.id for clause in book.clauses if clause.rectified]
    if mended:
        flags.append(f"in a town nobody puts a single record right, so no point comes back early: {', '.join(mended)}")
    if book.proof or any(clause.proof or clause.unless for clause in book.clauses):
        flags.append("every record in a town has its proof, and no circumstance keeps a clause from applying")
    return tuple(flags)
