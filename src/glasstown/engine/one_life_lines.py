"""Log rows of the kernels to ledger lines in words, and what differs between the two readings of one life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from glasstown.compiler import columns as col
from glasstown.compiler.rows import parts_kept
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.kernel import entries, ledger_words
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.tables.log_rows import LINE, LogLine
from glasstown.language.model import When
from glasstown.ledger import Account, Line, Phase
from glasstown.rows import Ints, each

PHASES: Mapping[int, Phase] = {
    entries.LAPSE: "lapse",
    entries.OVERRIDE: "override-end",
    entries.HOLD: "list-end",
    entries.REPEAT: "repeat",
    entries.CORRECTION: "correction",
    entries.PROCEDURE: "procedure",
    entries.RECORD: "record",
    entries.LISTING: "listing",
    entries.LOCK: "lock-end",
}
TURNS: Mapping[int, Phase] = {
    entries.TURN_CYCLE: "cycle",
    entries.TURN_CUT_OFF: "cut-off",
    entries.TURN_PUBLISHED: "publication",
}
list_of_turn, list_of_condition = as_python(entries.list_of_turn), as_python(entries.list_of_condition)
OF_A_CLAUSE = frozenset(
    (entries.LAPSE, entries.OVERRIDE, entries.HOLD, entries.REPEAT, entries.RECORD, entries.LISTING, entries.LOCK)
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers of a log stand for.

    origin   first day of month 0
    records  id of the record behind an event number
    targets  id of what a decision is about, or the decision's own id, by event number
    """

    compiled: CompiledRules
    origin: date
    records: Mapping[int, str]
    targets: Mapping[int, str]


def lines_from(rows: Iterable[LogLine], person: int, names: Names) -> tuple[Line, ...]:
    """Return the ledger of one person of a block, in the order in which it was lived."""
    return tuple(_line(row, names) for row in rows if row.kind == LINE and row.person == person)


def _line(row: LogLine, names: Names) -> Line:
    compiled, on = names.compiled, names.origin + timedelta(days=row.day)
    grade_id = None if row.grade == col.NO_GRADE else compiled.grade_ids()[row.grade]
    on_lists = tuple(name for rule, name in enumerate(compiled.list_ids()) if (row.lists >> rule) & 1)
    further = further_of(compiled, row.more)
    return Line(
        day=on,
        phase=_phase(row.entry, row.clause),
        clause=compiled.clause_ids()[row.clause] if _has_clause(row.entry, row.clause) else None,
        record=_about(row.entry, row.event, names),
        before=row.before,
        after=row.after,
        grade=grade_id,
        lists=on_lists,
        measures=measures_in_force(compiled, row.grade, row.lists, on),
        cap={1: "dropped", 2: "cut"}.get(row.detail & 3),
        list_id=_list_of(compiled, row.entry, row.clause),
        fine=row.fine or None,
        unknown=bool(row.detail & 4),
        parts=further.parts,
        balance=further.balance,
        published=publicity_of(compiled, grade_id, on_lists, on),
        consent=further.consent,
        running=further.running,
    )


def _phase(kind: int, clause: int) -> Phase:
    """Return the phase of a line; what turns, and which procedure it was, stand in the place of the clause."""
    if kind == entries.TURN:
        return TURNS.get(clause, "assessment")
    if kind == entries.PROCEDURE and clause >= col.N_PROCEDURES:
        return "spend" if clause == col.SPEND else "consent"
    return PHASES[kind]


def _has_clause(kind: int, clause: int) -> bool:
    return kind in OF_A_CLAUSE and list_of_condition(clause) < 0


def _list_of(compiled: CompiledRules, kind: int, clause: int) -> str | None:
    """Return the list that a line is about, where it is about one."""
    if kind == entries.TURN:
        rule = list_of_turn(clause)
        return compiled.list_ids()[rule] if rule >= 0 else None
    if kind not in (entries.HOLD, entries.LISTING):
        return None
    rule = list_of_condition(clause)
    return compiled.list_ids()[rule if rule >= 0 else int(compiled.clauses[clause].list)]


def _about(kind: int, event: int, names: Names) -> str | None:
    if kind == entries.TURN or event == ledger_words.NO_EVENT:
        return None
    if kind in (entries.CORRECTION, entries.PROCEDURE):
        return names.targets.get(event)
    return names.records.get(event)


@dataclass(frozen=True, slots=True)
class Further:
    """What a rulebook keeps beside the score."""

    parts: Mapping[str, int]
    balance: int | None
    consent: bool | None
    running: str | None


def further_of(compiled: CompiledRules, values: Ints) -> Further:
    """Return what stands beside the score, from numbers in the order of `Status.more`."""
    book = compiled.book
    balance, consent, running, first = int(book.balance), int(book.consent), int(book.running), int(book.parts)
    parts = parts_kept(compiled.rulebook)
    return Further(
        parts={part.id: values[first + place] for place, part in enumerate(parts)},
        balance=values[balance] if balance >= 0 else None,
        consent=values[consent] == 1 if consent >= 0 else None,
        running=compiled.grade_ids()[values[running]] if running >= 0 and values[running] != col.NO_GRADE else None,
    )


def measures_in_force(compiled: CompiledRules, grade: int, lists: int, day: date) -> tuple[str, ...]:
    """Return the measures in force in a grade and on these lists on a day."""
    return tuple(
        name
        for name, row, is_law in zip(
            compiled.measure_ids(), each(compiled.measures), compiled.law_of_measures(day), strict=True
        )
        if is_law and ((row.grades >> grade) & 1 or row.lists & lists)
    )


def lasting_measures(compiled: CompiledRules, grade: str | None, lists: Sequence[str], day: date) -> tuple[str, ...]:
    """Return the measures in force in a grade and on lists by their ids."""
    number = compiled.grade_ids().index(grade) if grade else col.NO_GRADE
    return measures_in_force(compiled, number, sum(1 << compiled.list_ids().index(name) for name in lists), day)


def publicity_of(compiled: CompiledRules, grade: str | None, lists: Sequence[str], day: date) -> tuple[str, ...]:
    """Return the items of publicity about somebody in a grade and on lists on a day; none outside the scheme's days."""
    if not compiled.is_law(day):
        return ()
    return tuple(
        item.id
        for item in compiled.rulebook.publicity
        if item.when is not None and (grade in item.when.grades or any(name in lists for name in item.when.lists))
    )


def differences(engine: Sequence[Line], account: Account, compiled: CompiledRules) -> list[str]:
    """Return what the two readings tell differently, line by line; none where they agree to the day and the quantum.

    Words are the interpreter's alone: reasons, sources, which cap it was, the clause of a record that a decision is about.
    A measure that comes with a clause is shown by
    the interpreter on the record's line and lasts for nobody.
    """
    told = [_comparable(line, compiled) for line in account.ledger]
    lived = [_comparable(line, compiled) for line in engine]
    found = [
        f"line {number + 1}: the engine has {ours}, the interpreter {theirs}"
        for number, (ours, theirs) in enumerate(zip(lived, told, strict=False))
        if ours != theirs
    ]
    if len(lived) != len(told):
        longer, name = (lived, "engine") if len(lived) > len(told) else (told, "interpreter")
        found += [f"only the {name} has {line}" for line in longer[min(len(lived), len(told)) :]]
    return found


def _comparable(line: Line, compiled: CompiledRules) -> Line:
    book = compiled.rulebook
    lasting = {
        *lasting_measures(compiled, line.grade, line.lists, line.day),
        *publicity_of(compiled, line.grade, line.lists, line.day),
    }
    triggers = [*((m.id, m.when) for m in book.measures), *((p.id, p.when) for p in book.publicity)]
    comes_along = {
        name
        for name, when in triggers
        if isinstance(when, When) and line.clause in when.clauses and name not in lasting
    }
    return replace(
        line,
        why="",
        source=None,
        clause=None if line.phase in ("correction", "procedure") else line.clause,
        cap="capped" if line.cap else None,
        fine=line.fine or None,
        lists=tuple(sorted(line.lists)),
        measures=tuple(sorted(name for name in line.measures if name not in comes_along)),
        published=tuple(sorted(name for name in line.published if name not in comes_along)),
    )
