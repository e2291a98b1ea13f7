"""What a run says, in sentences and rows: shared by the printed summary and the page, so that both say the same.

Levels rest on assumed rates; only contrasts between rules are findings about rules.  No sentence here turns a simulated
share into a statement about China.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from glasstown.language.model import Clause, Rulebook
from glasstown.language.parameters import Parameter
from glasstown.outcomes import measures
from glasstown.outcomes.measures import NO_GRADE, Accounts, ClauseTally
from glasstown.outcomes.opened import TownRun
from glasstown.render import words
from glasstown.render.redress_words import redress_findings
from glasstown.runs.subjects import is_control
from glasstown.types import UNKNOWN, WRONG, EntityKind, Evidence
from glasstown.wording import as_typed

KIND_WORDS: dict[EntityKind, str] = {"person": "people", "firm": "firms"}
NOTHING_APPLIED = (
    "No clause of this rulebook was applied: nothing that was done and found out here answers to one{scores}. "
    "That says something about the acts and roles of this town, nothing about the scheme."
)


def nothing_applied(book: Rulebook) -> str:
    """Return that no clause was applied, and of a rulebook that keeps scores that none moved."""
    return NOTHING_APPLIED.format(scores=", and no score moved" if book.score.kept else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence or a few about a run."""

    text: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause with what it did."""

    label: str
    tally: ClauseTally
    is_expression: bool

    def cells(self, quantum: Decimal) -> list[str]:
        """Return label, points, records and the part of the points that wrong records took."""
        wrong = words.percent(self.tally.wrong_points, self.tally.points) if self.tally.points else "-"
        return [
            f"{self.label} ({self.tally.clause})",
            words.points(self.tally.points, quantum),
            words.count(self.tally.records),
            wrong,
        ]


def of_kind(number: int, kind: EntityKind) -> str:
    """Return a number of people, or of firms."""
    return words.counted(number, "person", "people") if kind == "person" else words.counted(number, "firm")


def size(people: int, firms: int) -> str:
    """Return how many people and firms there are, firms only where there are any."""
    return of_kind(people, "person") + (f" and {of_kind(firms, 'firm')}" if firms else "")


def moments(accounts: Accounts) -> tuple[int, ...]:
    """Return the positions of the first, the middle and the last month, each once."""
    last = len(accounts.dates) - 1
    return tuple(sorted({0, last // 2, last}))


def grade_ids(book: Rulebook) -> tuple[str, ...]:
    """Return the grades that a subject can have, best first."""
    return tuple(grade.id for grade in book.grades if grade.of == "subject")


def grade_name(book: Rulebook, grade_id: str) -> str:
    """Return a grade with its meaning."""
    if grade_id == NO_GRADE:
        return "no grade"
    grade = next((grade for grade in book.grades if grade.id == grade_id), None)
    if grade is None:
        return grade_id
    label = f"{grade_id}  {grade.label}" if grade.label != grade_id else grade_id
    return f"{label} (where it begins is unknown)" if grade.from_ == grade.below == UNKNOWN else label


def expression_classes(run: TownRun) -> frozenset[str]:
    """Return the classes of lawful expression."""
    return frozenset(c.id for c in run.acts.classes if c.tone == "lawful expression")


def is_expression(run: TownRun, clause: Clause) -> bool:
    """Return whether a clause answers to lawful expression."""
    classes = {act.id: act.class_ for act in run.acts.acts}
    return clause.act is not None and classes.get(clause.act) in expression_classes(run)


def clause_rows(run: TownRun, accounts: Accounts) -> tuple[ClauseRow, ...]:
    """Return every clause that was applied, in words; most points taken first."""
    rows = []
    for tally in measures.clause_tallies(accounts):
        clause = run.clause(tally.clause)
        label = clause.label if clause else tally.clause
        rows.append(ClauseRow(label, tally, clause is not None and is_expression(run, clause)))
    return tuple(rows)


def unscored_findings(run: TownRun, accounts: Accounts) -> tuple[Finding, ...]:
    """Return why nobody of a kind is scored."""
    noun = KIND_WORDS[accounts.kind]
    if why := accounts.why_not("records"):
        return (Finding(f"Nothing is recorded of {noun} here, since {why}."),)
    if is_control(run.book):
        none = f"There is no scheme over these {noun}: the rulebook is empty, for others to be compared with."
        return (Finding(none),)
    return (Finding(f"None of the {noun} here is scored by this rulebook."),)


def silent_clauses(run: TownRun, accounts: Accounts) -> tuple[Clause, ...]:
    """Return the clauses about this kind of subject that no record ever answered to."""
    fired = measures.fired_clauses(accounts) | set(accounts.totals("unknown_fired"))
    mine = (clause for clause in run.book.clauses if clause.applies_to.kind == accounts.kind)
    return tuple(clause for clause in mine if clause.id not in fired)


def truth_findings(run: TownRun, accounts: Accounts) -> tuple[Finding, ...]:
    """Return how many records were right, how the others were wrong, what they cost and what was put right."""
    found = measures.truth(accounts)
    if not found.written:
        return (Finding("Nothing was recorded."),)
    wrong = {name: accounts.total("truth", name) for name in WRONG}
    ways = [(n, words.TRUTH_WORDS[name]) for name, n in wrong.items() if n]
    share = words.percent(found.right, found.written)
    first = f"Of {words.counted(found.written, 'record')}, {share} are right."
    if not found.right:
        first = (
            "The one record is wrong."
            if found.written == 1
            else f"None of {words.count(found.written)} records is right."
        )
    elif found.right == found.written:
        first = (
            "The one record is right." if found.written == 1 else f"All {words.count(found.written)} records are right."
        )
    granted = accounts.total("corrections", "granted")
    corrected = f"{words.counted(granted, 'correction was', 'corrections were')} granted." if granted else ""
    told = (first, _ways(ways), _never(found), _wrongly_lost(run, accounts), corrected or "No correction was granted.")
    return tuple(Finding(text) for text in told if text)


def _ways(ways: Sequence[tuple[int, str]]) -> str:
    """Return how wrong records are wrong; nothing where none is."""
    if not ways:
        return ""
    if len(ways) == 1:
        number, how = ways[0]
        return f"The wrong one is {how}." if number == 1 else f"The {words.count(number)} wrong ones are all {how}."
    total = sum(number for number, _ in ways)
    return f"The {words.count(total)} wrong ones: {words.listed([f'{words.count(number)} {how}' for number, how in ways])}."


def _never(found: measures.Truth) -> str:
    """Return what was found out and never came into a file; nothing where everything did."""
    told = [
        f"{words.counted(found.not_recorded, 'further act was', 'further acts were')} found out and not written down"
        if found.not_recorded
        else "",
        f"{words.counted(found.lost, 'record')} got lost" if found.lost else "",
        f"{words.counted(found.too_late, 'act was', 'acts were')} found out too late: the scheme was over before a record "
        "could take effect"
        if found.too_late
        else "",
    ]
    return f"{words.listed([each for each in told if each])}." if any(told) else ""


def _wrongly_lost(run: TownRun, accounts: Accounts) -> str:
    lost, wrongly = measures.lost_points(accounts)
    if not lost or not wrongly:
        return ""
    quantum = run.book.score.quantum
    return (
        f"Of {words.points(lost, quantum)} points lost, {words.points(wrongly, quantum)} "
        f"({words.percent(wrongly, lost)}) went for records that were wrong."
    )


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """One clause of unknown value, and how often it would have been applied."""

    clause: str
    label: str
    times: int
    is_expression: bool


def unknown_rows(run: TownRun, accounts: Accounts) -> tuple[UnknownRow, ...]:
    """Return each clause of unknown value that would have been applied, most often first."""
    fired = sorted(accounts.totals("unknown_fired").items(), key=lambda pair: (-pair[1], pair[0]))
    rows = []
    for clause_id, times in fired:
        clause = run.clause(clause_id)
        label = clause.label if clause else clause_id
        rows.append(UnknownRow(clause_id, label, times, clause is not None and is_expression(run, clause)))
    return tuple(rows)


def unknown_effect(run: TownRun) -> str:
    """Return what the unknown clauses did to the scores of this run."""
    if run.manifest.unknown:
        return f"They took their {run.manifest.unknown} bound in this run, which is an assumption."
    return "They changed no score here. Unknown is not zero: run with --unknown low and --unknown high for bounds."


def expression_findings(run: TownRun, accounts: Accounts) -> tuple[Finding, ...]:
    """Return how much lawful expression there was, how much was recorded, and what it cost."""
    found = []
    for act_class in run.acts.classes:
        done, seen = accounts.total("acts", act_class.id), accounts.total("detections", act_class.id)
        if act_class.tone != "lawful expression" or act_class.kind != accounts.kind or not done:
            continue
        told = f"{words.counted(done, 'act')}, {words.count(seen) if seen else 'none'} of them seen"
        text = f"{words.first_up(act_class.label)}: {told}."
        found.append(Finding(f"{text} They are counted to measure their suppression, never as offences."))
    if accounts.why_not("records"):
        return tuple(found)
    for row in (row for row in clause_rows(run, accounts) if row.is_expression):
        n = row.tally.points
        cost = f", {words.points(n, run.book.score.quantum)} {words.noun(n, 'point')}" if n else ""
        times = words.counted(row.tally.records, "record")
        found.append(Finding(f"{words.first_up(row.label)} ({row.tally.clause}): {times}{cost}."))
    for unknown in (row for row in unknown_rows(run, accounts) if row.is_expression):
        times = words.times(unknown.times)
        found.append(Finding(f"{words.first_up(unknown.label)} ({unknown.clause}): would have been applied {times}."))
    if found and not any(_answers(run, accounts)):
        found.append(Finding("No record under this rulebook answers to them in this run."))
    return tuple(found)


def _answers(run: TownRun, accounts: Accounts) -> list[bool]:
    known = [row.is_expression for row in clause_rows(run, accounts)]
    return known + [row.is_expression for row in unknown_rows(run, accounts)]


def used_parameters(run: TownRun) -> tuple[Parameter, ...]:
    """Return the parameters that this run drew on: of those kept for each scheme, its own or the default."""
    ids = {parameter.id for parameter in run.parameters.parameters}
    used = []
    for parameter in run.parameters.parameters:
        stem, _, scheme = parameter.id.rpartition(".")
        own = f"{stem}.{run.book.id}"
        if stem.count(".") != 1 or parameter.id == own or (scheme == "default" and own not in ids):
            used.append(parameter)
    return tuple(used)


def basis_findings(runs: Sequence[TownRun], *, is_whole: bool) -> tuple[str, ...]:
    """Return what is fitted and assumed among the model's numbers, and how each rulebook is documented."""
    used = {each.id: each for run in runs for each in used_parameters(run)}
    kinds = Counter(parameter.basis.evidence for parameter in used.values())
    acts = runs[0].acts.acts
    shares = Counter(act.share_basis.evidence for act in acts)
    assumed = f"{kinds['assumed']} of {words.counted(len(used), 'parameter')} and"
    fitted = [f"{each.label} ({each.value})" for each in used.values() if each.basis.evidence == "fitted"]
    named = f": {'; '.join(fitted)}" if is_whole else ""
    fit = (
        f"{words.counted(len(fitted), 'is', 'are')} fitted to published figures{named}."
        if fitted
        else "No rate is fitted."
    )
    return (
        "Levels are illustrative; contrasts between runs of the same people are what counts.",
        f"Assumed: {assumed} {shares['assumed']} of {words.counted(len(acts), 'share')} of acts. {fit}",
        *_clauses(runs, is_whole=is_whole),
        *_on_redress(runs, is_whole=is_whole),
        "Nobody in this run exists. It compares rules under assumptions and does not estimate China.",
    )


def _on_redress(runs: Sequence[TownRun], *, is_whole: bool) -> tuple[str, ...]:
    """Return which parameters stand where rulebooks are silent on objections; of several, in a line, unless all is asked."""
    told = tuple(redress_findings(runs))
    if is_whole or len(runs) == 1 or len(told) < 2:
        return told
    in_vain = (each for each in told if " was set, but " in each)
    return ("Where rulebooks are silent on objections, parameters stand: --all tells which.", *in_vain)


def _clauses(runs: Sequence[TownRun], *, is_whole: bool) -> Iterator[str]:
    """Yield how the clauses of the rulebooks are documented, together or one by one, and that one has none."""
    told = []
    for run in runs:
        kinds = Counter(clause.cite.evidence for clause in run.book.clauses)
        if kinds:
            told.append((run.reference, kinds))
        else:
            yield f"{run.reference} has no clause that could be recorded: it can be shown and cited, and does nothing in a town."
    if is_whole and len(told) > 1:
        each = [f"{name} {_evidence(kinds)}" for name, kinds in told]
        yield f"Clauses by how they are documented: {'; '.join(each)}."
    elif told:
        of = told[0][0] if len(told) == 1 else f"these {words.counted(len(told), 'rulebook')}"
        yield f"Clauses of {of}: {_evidence(sum((kinds for _, kinds in told), Counter()))}."


def _evidence(kinds: Counter[Evidence]) -> str:
    return words.listed([f"{n} {name}" for name, n in kinds.most_common()])


def program() -> str:
    """Return how the command is typed from here: its name where the shell finds it, else its path."""
    if shutil.which("glasstown"):
        return "glasstown"
    beside = Path(sys.executable).parent / "glasstown"
    return as_typed(shown(beside)) if beside.exists() else "glasstown"


def shown(folder: Path) -> str:
    """Return a path as it is typed from here: relative where that is shorter, and where there is a way (drives have none)."""
    try:
        relative = os.path.relpath(folder)
    except ValueError:
        return str(folder)
    return relative if len(relative) <= len(str(folder)) else str(folder)
