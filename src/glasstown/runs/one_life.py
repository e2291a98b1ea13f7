"""One life of a run, without event logs: its neighbourhood lived again from the manifest, its records told by the interpreter.

A life is told under each rulebook of the run.  Both readings are laid side by side line by line, and the neighbourhood's state is
checked against the hashes that the run wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from glasstown.compiler import CompiledRules
from glasstown.compiler import columns as col
from glasstown.engine.one_life_lines import differences, further_of
from glasstown.engine.quotas import shown_scores
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.log_rows import DECIDED, FILED
from glasstown.engine.tables.practice_rows import TRUTHS
from glasstown.engine.tables.state import as_rules
from glasstown.errors import Fault, Place, RunError, UsageError
from glasstown.interpreter.life import live
from glasstown.language.days import month_first
from glasstown.language.model import Rulebook
from glasstown.ledger import Account, CutOff, Given, Life, Line, Record, in_points, line_json
from glasstown.population import BLOCK
from glasstown.runs.befallen import befallen_of
from glasstown.runs.heard import Heard
from glasstown.runs.life_facts import done_by, facts, first_age
from glasstown.runs.life_rows import (
    decision_of,
    engine_lines,
    household_scores,
    known_id,
    listed_before,
    money_of,
    points_kept,
    record_of,
    takes_part,
)
from glasstown.runs.live_again import Lived, LivedUnder, live_again
from glasstown.runs.outside import Outside, as_given, outside_of
from glasstown.runs.own_reading import own_differences
from glasstown.runs.plan import Plan, plan_of
from glasstown.runs.tenancies import Span, chosen, span_of, tenancies_of, turns_of
from glasstown.runs.texts import say_what_differs
from glasstown.storage.checkout import made_with
from glasstown.storage.folder import RunFolder
from glasstown.storage.identity import code_hash
from glasstown.types import EntityKind
from glasstown.wording import as_typed, counted


@dataclass(frozen=True, slots=True)
class Told:
    """One life under one rulebook: what was recorded and what followed.

    lines   dicts with the keys of a case's ledger, and act, act_date, truth
    life    what the interpreter was given; truths says of each record, by its id, whether it is right
    book    the rulebook as it stood, for its labels
    """

    rulebook: str
    is_scored: bool
    lines: tuple[Mapping[str, Any], ...]
    score: str
    grade: str | None
    lists: tuple[str, ...]
    measures: tuple[str, ...]
    flags: tuple[str, ...]
    life: Life
    truths: Mapping[str, str]
    book: Rulebook | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the life under this rulebook as plain values."""
        return {
            "score": self.score,
            "grade": self.grade,
            "lists": list(self.lists),
            "measures": list(self.measures),
            "ledger": [dict(line) for line in self.lines],
            "flags": list(self.flags),
        }


@dataclass(frozen=True, slots=True)
class LifeResult:
    """One life: who, what was done, what followed under each rulebook, and whether all readings agree.

    turns        how the life in this place began and ended, and coming of age; none where places keep their tenants
    tenants      how many have lived in the place, one after another; `tenant` is which of them this one is, from 0
    money        cases against the person and what was paid of them, month by month
    befell       what befell the person beside that, month by month: work, arrears, means, refusals, ties
    under        the life under each rulebook that is about such subjects, in the run's order
    classes      the class of each act
    differences  what the readings or the run's hashes disagree about; None where it was not asked
    lived_by     the other code that lived the run, where the run's hashes are all that differs
    """

    kind: EntityKind
    id: int
    person: Mapping[str, Any]
    turns: tuple[Mapping[str, Any], ...]
    tenants: int
    tenant: int
    done: tuple[Mapping[str, Any], ...]
    money: tuple[Mapping[str, Any], ...]
    under: tuple[Told, ...]
    differences: tuple[str, ...] | None
    befell: tuple[Mapping[str, Any], ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    lived_by: str | None = None

    @property
    def verified(self) -> bool | None:
        """Return whether everything agrees; None where it was not asked."""
        return None if self.differences is None else not self.differences

    @property
    def lines(self) -> tuple[Mapping[str, Any], ...]:
        """Return the ledger lines of all rulebooks by date, each with its rulebook; on one day, in the rulebooks' order."""
        named = ({**line, "rulebook": told.rulebook} for told in self.under for line in told.lines)
        return tuple(sorted(named, key=lambda line: str(line["date"])))

    def as_json(self) -> dict[str, Any]:
        """Return the life as plain values; of a sole rulebook its part stands at the top too."""
        sole = self.under[0].as_json() if len(self.under) == 1 else {}
        return {
            "kind": self.kind,
            "id": self.id,
            "person": dict(self.person),
            "tenant": self.tenant,
            "tenants": self.tenants,
            "turns": [dict(row) for row in self.turns],
            "done": [dict(row) for row in self.done],
            "money": [dict(row) for row in self.money],
            "befell": [dict(row) for row in self.befell],
            **sole,
            "rulebooks": [
                {"rulebook": told.rulebook, "scored": told.is_scored, **told.as_json()} for told in self.under
            ],
            "verified": self.verified,
            "differences": None if self.differences is None else list(self.differences),
        }


def replay_life(
    path: Path, person: int, verify: bool = False, kind: EntityKind | None = None, tenant: int | None = None
) -> LifeResult:
    """Return one life of a run; `verify` compares engine, interpreter and the run's own hashes.

    `kind` says whose number it is; without it a person's, and a firm's under rulebooks that score only firms.  `tenant` says which of
    those who lived in the place, 0 for the first; without it who lives there at the end.

    Errors   RecordError where there is no run or one that is not whole, UsageError for a number that nobody has,
             RunError before the run's end, and where the life told now would not be the one that the run lived.
    """
    folder = RunFolder.open(path)
    _check_finished(folder)
    say_what_differs(path, folder.manifest)
    plan = plan_of(folder)
    kind = kind or kind_told(plan)
    _check_number(folder, plan, kind, person)
    outside = outside_of(folder, plan)
    lived = live_again(plan, kind, person // BLOCK, outside)
    of_run = hash_differences(folder, lived, kind, person // BLOCK)
    life = told(plan, kind, person, lived, list(of_run), outside, tenant)
    if verify:
        is_other = folder.manifest.code != code_hash() and life.differences == tuple(of_run) != ()
        return replace(life, lived_by=made_with(folder.manifest) if is_other else None)
    if life.differences:
        raise RunError("The life", [other_fault(folder, life.differences)])
    return replace(life, differences=None)


def _check_finished(folder: RunFolder) -> None:
    """Refuse a run that is on its way: what its neighbourhoods heard from outside is not all written yet."""
    folder.check_whole()
    if folder.manifest.status != "done":
        expected, way_out = "a finished one", f"Finish it with `glasstown resume {as_typed(folder.path)}`."
        raise RunError(
            "The life", [Fault("the run", Place(str(folder.path)), "a run that is not finished", expected, way_out)]
        )


def other_fault(folder: RunFolder, differences: Sequence[str]) -> Fault:
    """Return that the life would be told otherwise than it was lived, and by which version it was."""
    is_same = folder.manifest.code == code_hash()
    by = "this very code" if is_same else f"other code ({made_with(folder.manifest)})"
    return Fault(
        subject="the life as this code lives it",
        place=Place(str(folder.path)),
        found=f"another one than the run's: {differences[0]}",
        expected=f"the life that the run lived, by {by}",
        way_out="`glasstown life --verify` shows all that differs; the version that made the run tells its lives.",
    )


def kind_told(plan: Plan) -> EntityKind:
    """Return whose lives a run tells by number: people's, or firms' where only firms are scored."""
    only_firms = plan.inputs.scores("firm") and not plan.inputs.scores("person")
    return "firm" if only_firms else "person"


def _check_number(folder: RunFolder, plan: Plan, kind: EntityKind, person: int) -> None:
    n = plan.manifest.people if kind == "person" else plan.manifest.firms
    if not 0 <= person < n:
        expected, way_out = f"0 to {n - 1}", "Give one of these."
        if n == 0:
            expected, way_out = "a run that has firms", "Leave --firm out, or run with --firms."
        fault = Fault(f"{kind} {person}", None, f"no {kind} of this number in {folder.path}", expected, way_out)
        raise UsageError("The life", [fault])


def told(
    plan: Plan, kind: EntityKind, number: int, lived: Lived, found: list[str] | None, outside: Outside,
    tenant: int | None = None,
) -> LifeResult:  # fmt: skip
    """Return a life as the interpreter tells its records, compared with the engine where `found` is given.

    tenant   of the place: 0 for the first; by default who lives there at the end
    """
    under, member, origin = [], number % BLOCK, plan.manifest.start.replace(day=1)
    tenancies = tenancies_of(lived, member, first_age(plan, kind, number))
    tenancy = chosen(tenancies, tenant, number)
    for place, each in enumerate(lived.under):
        cutoffs = as_given(outside.cutoffs, plan, kind, each.rulebook, number)
        span = span_of(lived, each, place, member, tenancy)
        life, differs = _told_under(
            plan, member, lived, each, cutoffs, act_ids=_act_ids(plan, kind), since=tenancy.since, span=span
        )
        under.append(life)
        if found is not None:
            found += [f"{each.rulebook}: {text}" if len(lived.under) > 1 else text for text in differs]
    if found is not None and kind == "person":
        found += own_differences(plan, lived, number, (member, tenancy.since))
    return LifeResult(
        kind=kind,
        id=number,
        person=facts(plan, kind, number, tenancy, is_turning=bool(lived.turns)),
        turns=tuple(turns_of(tenancy, number, origin, plan.manifest.months)) if lived.turns else (),
        tenants=len(tenancies),
        tenant=tenancy.number,
        done=tuple(done_by(plan, kind, lived, (member, tenancy.since), origin)),
        money=tuple(money_of(lived, (member, tenancy.since), origin)),
        under=tuple(under),
        differences=None if found is None else tuple(found),
        befell=tuple(befallen_of(lived, member, tenancy, origin)) if kind == "person" else (),
        classes={act.id: act.class_ for act in plan.inputs.acts.acts},
    )


def _act_ids(plan: Plan, kind: EntityKind) -> tuple[str, ...]:
    return tuple(act.id for act in plan.conduct[kind].acts)


def _told_under(
    plan: Plan,
    member: int,
    lived: Lived,
    under: LivedUnder,
    cutoffs: tuple[CutOff, ...],
    *,
    act_ids: Sequence[str],
    since: int,
    span: Span,
) -> tuple[Told, list[str]]:
    """Return a life under one rulebook, and where engine and interpreter tell it differently."""
    book, compiled = plan.books[under.rulebook], plan.compiled[under.rulebook]
    origin = plan.manifest.start.replace(day=1)
    first, after = (
        month_first(origin, month) for month in (span.begun, plan.manifest.months if span.end is None else span.end)
    )
    rows = under.rows.get((member, since), [])
    filed, decided = ([row for row in rows if row.kind == kind] for kind in (FILED, DECIDED))
    engine = tuple(line for line in engine_lines(compiled, under, member, rows, origin) if line.day >= first)
    fines = {line.record: line.fine for line in engine if line.fine and line.phase == "record"}
    records = tuple(record_of(compiled, act_ids, row, origin, fines) for row in filed)
    known = {record.order: record for record in records}
    decisions = tuple(decision_of(row, known, origin, compiled.quantum) for row in decided)
    last_day = after - timedelta(days=1)
    life = Life(
        start=first,
        until=last_day,
        records=tuple(record for record in records if first <= record.record_day and takes_part(record, last_day)),
        decisions=tuple(d for d in decisions if first <= d.day <= last_day),
        given=Given(
            household_score=household_scores(book, lived, under, member, origin),
            cutoffs=cutoffs,
            listed=listed_before(compiled, under, member, origin) if since == span.begun == 0 else (),
        ),
    )
    account = live(book, plan.inputs.acts, life)
    differs: list[str] = []
    if span.is_scored:
        differs = differences(engine, account, compiled) + _end_differences(compiled, span, account)
    truths = {known_id(row): TRUTHS[row.truth] for row in filed}
    quantum, by_id = book.score.quantum, {r.id: r for r in records}
    heard = {f"e{event}": each for (place, event), each in under.heard.items() if place == member}
    return Told(
        rulebook=under.rulebook,
        is_scored=span.is_scored,
        lines=tuple(_line_dict(quantum, line, truths, by_id, heard) for line in account.ledger),
        score=in_points(account.score, quantum) if span.is_scored else "not scored",
        grade=account.grade if span.is_scored else None,
        lists=account.lists if span.is_scored else (),
        measures=account.measures if span.is_scored else (),
        flags=account.flags,
        life=life,
        truths=truths,
        book=book,
    ), differs


def hash_differences(folder: RunFolder, lived: Lived, kind: EntityKind, block: int) -> list[str]:
    """Return the years in which the replayed neighbourhood's hash is not the one that the run wrote."""
    table = folder.read("hashes")
    chosen = np.flatnonzero(table["block"].to_numpy() == block).tolist()
    found = [row for place in chosen for row in table.slice(place, 1).to_pylist()]
    rows = [row for row in found if row["kind"] == kind]
    if not rows:
        return [f"the run has no hash of {kind} block {block}: it is not finished"]
    return [
        f"after {counted(row['year'], 'month')} the run's hash of {kind} block {block} is {row['hash']:016x}, "
        f"the replay's {lived.hashes[row['year'] - 1]:016x}"
        for row in rows
        if lived.hashes[row["year"] - 1] != row["hash"]
    ]


def _end_differences(compiled: CompiledRules, span: Span, account: Account) -> list[str]:
    """Return what of the closing state the engine and the interpreter hold differently."""
    status, row = span.status, span.row
    grade, lists = int(status.grade[row]), int(lists_of_all(status.lists)[row])
    further = further_of(compiled, [int(value) for value in status.more[row]])
    ours = (
        int(shown_scores(as_rules(compiled), status)[row]),
        None if grade == col.NO_GRADE else compiled.grade_ids()[grade],
        {name for rule, name in enumerate(compiled.list_ids()) if (lists >> rule) & 1},
        (dict(further.parts), further.balance, further.consent, further.running),
    )
    beside = (dict(account.parts), account.balance, account.consent, account.running)
    theirs = (account.score, account.grade, set(account.lists), beside)
    return [] if ours == theirs else [f"at the end the engine holds {ours}, the interpreter {theirs}"]


def _line_dict(
    quantum: Decimal, line: Line, truths: Mapping[str, str], records: Mapping[str, Record], heard: Mapping[str, Heard]
) -> dict[str, Any]:
    """Return a line with the keys of a case's ledger, then act, date of the act, truth, notice and objection."""
    record, before = records.get(line.record or ""), heard.get(line.record or "")
    return {
        **line_json(line, quantum),
        "act": record.act if record else None,
        "act_date": record.act_day.isoformat() if record else None,
        "truth": truths.get(line.record or ""),
        "noticed": before.noticed if before else None,
        "objected": before.objected if before else None,
    }


def tracked_events(plan: Plan, n_tracked: int, outside: Outside) -> Any:
    """Return the ledger lines of an even sample of people (or firms), lived again block by block, as one table."""
    from glasstown.storage.parts import table_of

    kind = kind_told(plan)
    n = plan.manifest.people if kind == "person" else plan.manifest.firms
    chosen = sorted({number * n // n_tracked for number in range(n_tracked)})
    names = ("phase", "event", "act", "act_date", "truth", "clause", "grade", "why", "source")
    columns: dict[str, list[Any]] = {
        name: [] for name in ("kind", "id", "rulebook", "date", "before", "after", *names, "lists", "measures")
    }
    block, lived = -1, None
    for number in chosen:
        if number // BLOCK != block or lived is None:
            block = number // BLOCK
            lived = live_again(plan, kind, block, outside)
        for under in told(plan, kind, number, lived, None, outside).under:
            for line in under.lines:
                columns["kind"].append(kind)
                columns["id"].append(number)
                columns["rulebook"].append(under.rulebook)
                columns["date"].append(date.fromisoformat(line["date"]))
                for name in names:
                    columns[name].append(line[name])
                for name in ("before", "after"):
                    columns[name].append(points_kept(line[name], plan.scale))
                for name in ("lists", "measures"):
                    columns[name].append(" ".join(line[name]))
    return table_of("events", columns, scale=plan.scale)
