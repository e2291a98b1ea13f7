"""A drive laid over the tables of a run, and what of it no run can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from glasstown.chance import CERTAIN, threshold
from glasstown.compiler.columns import KIND_HELD, MONTHS, NO_SPAN
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.sides import InForce
from glasstown.engine.stock import Stock, ages_of
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.pace import UNMOVED
from glasstown.engine.tables.pace_rows import Pace
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.days import month_first
from glasstown.language.drive import Drive
from glasstown.language.model import Rulebook
from glasstown.language.parameters import PlaceFile
from glasstown.rows import Rows, make_rows
from glasstown.runs.subjects import scored_kinds
from glasstown.storage.manifest import Manifest


def driven(
    drive: Drive, manifest: Manifest, conduct: Conduct, in_force: Sequence[InForce]
) -> tuple[Conduct, tuple[InForce, ...]]:
    """Return the tables of people with a drive laid over them: pace by month, and the stock of its list."""
    pace = pace_of(drive, manifest.start, manifest.months)
    society = conduct.model.society._replace(pace=pace)
    moved = replace(conduct, model=conduct.model._replace(society=society))
    return moved, tuple(
        replace(each, practice=each.practice._replace(pace=pace), stock=stock_of(drive, each.compiled))
        if each.compiled.rulebook.id == drive.rulebook
        else each
        for each in in_force
    )


def pace_of(drive: Drive, start: date, months: int) -> Rows[Pace]:
    """Return (months,) what moves a list in each month of a run."""
    rows = make_rows(Pace, months)
    for month in range(months):
        day = month_first(start.replace(day=1), month)
        rows[month].recording, rows[month].performing = (
            int((next((each.times for each in periods if each.covers(day)), Decimal(1)) * UNMOVED).to_integral_value())
            for periods in (drive.recording, drive.performing)
        )
        deleted = next((each.per_month for each in drive.deletion if each.covers(day)), Decimal(0))
        rows[month].deletion = threshold(deleted)
    return rows


def stock_of(drive: Drive, compiled: CompiledRules) -> Stock | None:
    """Return the stock of a drive in the numbers of its rulebook; None where it has none."""
    if drive.stock is None:
        return None
    months, up_to = ages_of(drive.stock.ages)
    share = int((drive.stock.per_1000 / 1000 * CERTAIN).to_integral_value())
    clause, rule = compiled.clause_ids().index(drive.stock.clause), compiled.list_ids().index(drive.list)
    return Stock(clause, rule, share, months, up_to)


def check_drive(drive: Drive, books: Sequence[Rulebook], place: PlaceFile) -> None:
    """Refuse a drive that this run cannot have: another rulebook's, of no list of it, or with a stock that cannot stand there.

    Errors   UsageError with all that is wrong.
    """
    mine = [book for book in books if book.id == drive.rulebook]
    if not mine:
        names = [book.id for book in books]
        fault = Fault(f"drive '{drive.id}'", None, f"a list of '{drive.rulebook}'", f"one of {', '.join(names)}",
                      f"Run {drive.rulebook}, or give another drive.")  # fmt: skip
        raise UsageError("The run", [fault])
    faults = list(dict.fromkeys(fault for book in mine for fault in _faults(drive, book, place)))
    if faults:
        raise UsageError("The run", faults)


def _faults(drive: Drive, book: Rulebook, place: PlaceFile) -> Iterator[Fault]:
    names = [rule.id for rule in book.lists]
    if drive.list not in names:
        yield Fault(f"drive '{drive.id}'", None, f"the list '{drive.list}'", f"a list of '{book.id}'",
                    did_you_mean(drive.list, names, called="rulebook's ones"))  # fmt: skip
    elif "person" not in scored_kinds(book):
        yield Fault(f"drive '{drive.id}'", None, f"'{book.id}', which scores no people", "a rulebook over people",
                    "Give a drive of a list that people stand on.")  # fmt: skip
    elif drive.stock is not None:
        yield from _stock_faults(drive, book, place)


def _stock_faults(drive: Drive, book: Rulebook, place: PlaceFile) -> Iterator[Fault]:
    stock = drive.stock
    assert stock is not None
    subject = f"drive '{drive.id}', stock"
    clauses = [clause.id for clause in book.clauses if clause.enters is not None and clause.enters.list == drive.list]
    if stock.clause not in clauses:
        yield Fault(subject, None, f"the clause '{stock.clause}'", f"a clause that enters '{drive.list}'",
                    did_you_mean(stock.clause, clauses, called="list's ones"))  # fmt: skip
        return
    adults = 1000 * _share_from(place, min((s.min_age or 0 for s in book.subjects if s.kind == "person"), default=0))
    if stock.per_1000 > adults:
        yield Fault(subject, None, f"{stock.per_1000} people per 1,000",
                    f"at most {adults:.0f}, since no more of the town can stand there", "Give fewer.")  # fmt: skip


def _share_from(place: PlaceFile, age: int) -> Decimal:
    """Return the share of a place's people of an age and more."""
    parts = ((cell, max(cell.to - max(cell.from_, age) + 1, 0)) for cell in place.age.cells)
    return sum((cell.share * years / (cell.to - cell.from_ + 1) for cell, years in parts), Decimal(0))


def check_terms(drive: Drive, tables: Iterable[CompiledRules]) -> None:
    """Refuse a stock whose list or ages cannot be lived.  Errors   UsageError with all that is wrong."""
    mine = [each for each in tables if each.rulebook.id == drive.rulebook]
    if faults := list(dict.fromkeys(fault for each in mine for fault in _term_faults(drive, each))):
        raise UsageError("The run", faults)


def _term_faults(drive: Drive, compiled: CompiledRules) -> Iterator[Fault]:
    """Yield why nobody can have stood on the list for as long as a stock says, or why that cannot be lived."""
    stock = drive.stock
    if stock is None:
        return
    subject = f"drive '{drive.id}', stock"
    clause = compiled.clauses[compiled.clause_ids().index(stock.clause)]
    rule = compiled.lists[compiled.list_ids().index(drive.list)]
    if int(rule.kind) != KIND_HELD or int(rule.not_before) > 0 or int(clause.entry_unit) not in (NO_SPAN, MONTHS):
        yield Fault(subject, None, f"the list '{drive.list}', entered by '{stock.clause}'",
                    "a list that is entered for a term in months, or for none, and may be left at any time",
                    "Begin with an empty list: leave the stock out.")  # fmt: skip
    elif int(clause.entry_unit) == MONTHS and stock.ages[-1].to >= int(clause.entry):
        yield Fault(subject, None, f"entries of {stock.ages[-1].to} months",
                    f"less than the term of {int(clause.entry)} months", "Leave out whoever has left by then.")  # fmt: skip
