"""Log rows of the kernels to ledger lines in words, and what differs between the two readings of one life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine import entries
from glasstown.engine.logbook import LINE
from glasstown.interpreter.account import Account, Line, Phase
from glasstown.rulebook.model import When

PHASES: Mapping[int, Phase] = {
    entries.LAPSE: "lapse",
    entries.OVERRIDE: "override-end",
    entries.HOLD: "list-end",
    entries.REPEAT: "repeat",
    entries.CORRECTION: "correction",
    entries.PROCEDURE: "procedure",
    entries.RECORD: "record",
    entries.LISTING: "listing",
}


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


def lines_from(rows: Iterable[Sequence[int]], person: int, names: Names) -> tuple[Line, ...]:
    """Return the ledger of one person of a block, in the order in which it was lived."""
    return tuple(_line(row, names) for row in rows if row[0] == LINE and row[1] == person)


def _line(row: Sequence[int], names: Names) -> Line:
    _, _, day, phase, kind, clause, event, before, after, grade, lists, detail = (int(value) for value in row)
    compiled = names.compiled
    is_assessment = phase == entries.PHASE_ASSESSMENT
    list_id = None
    if kind == entries.LISTING:
        list_id = compiled.list_ids()[int(compiled.clauses[clause, col.C_LIST])]
    if is_assessment:
        list_id = compiled.list_ids()[clause]
    elif kind == entries.HOLD:
        hold = clause - entries.CONDITION_CLAUSE if clause >= entries.CONDITION_CLAUSE else -1
        list_id = compiled.list_ids()[hold if hold >= 0 else int(compiled.clauses[clause, col.C_LIST])]
    has_clause = not is_assessment and kind in (
        entries.LAPSE, entries.OVERRIDE, entries.HOLD, entries.REPEAT, entries.RECORD,
        entries.LISTING,
    ) and clause < entries.CONDITION_CLAUSE  # fmt: skip
    grade_ids = compiled.grade_ids()
    return Line(
        day=names.origin + timedelta(days=day),
        phase="assessment" if is_assessment else PHASES[kind],
        clause=compiled.clause_ids()[clause] if has_clause else None,
        record=_about(kind, event, is_assessment, names),
        before=before,
        after=after,
        grade=None if grade == col.NO_GRADE else grade_ids[grade],
        lists=tuple(name for rule, name in enumerate(compiled.list_ids()) if (lists >> rule) & 1),
        measures=measures_in_force(compiled, grade, lists),
        cap={1: "dropped", 2: "cut"}.get(detail & 3),
        list_id=list_id,
        fine=(detail >> 8) or None,
        unknown=bool(detail & 4),
    )


def _about(kind: int, event: int, is_assessment: bool, names: Names) -> str | None:
    if is_assessment or event == entries.CONDITION_EVENT:
        return None
    if kind in (entries.CORRECTION, entries.PROCEDURE):
        return names.targets.get(event)
    return names.records.get(event)


def measures_in_force(compiled: CompiledRules, grade: int, lists: int) -> tuple[str, ...]:
    """Return the measures in force in a grade and on these lists."""
    return tuple(
        name
        for name, (grades, of_lists) in zip(compiled.measure_ids(), compiled.measures.tolist(), strict=True)
        if (grades >> grade) & 1 or of_lists & lists
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
    comes_along = {
        measure.id
        for measure in compiled.rulebook.measures
        if isinstance(measure.when, When) and line.clause in measure.when.clauses
    }
    lasting = set(measures_in_force(compiled, _grade_number(line, compiled), _list_bits(line, compiled)))
    return replace(
        line,
        why="",
        source=None,
        clause=None if line.phase in ("correction", "procedure") else line.clause,
        cap="capped" if line.cap else None,
        fine=line.fine or None,
        lists=tuple(sorted(line.lists)),
        measures=tuple(sorted(name for name in line.measures if name not in comes_along or name in lasting)),
    )


def _grade_number(line: Line, compiled: CompiledRules) -> int:
    return compiled.grade_ids().index(line.grade) if line.grade else col.NO_GRADE


def _list_bits(line: Line, compiled: CompiledRules) -> int:
    return sum(1 << compiled.list_ids().index(name) for name in line.lists)
