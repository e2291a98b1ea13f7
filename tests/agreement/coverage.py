"""Which shapes of the language a life has really met, read from its ledger; counted per shape and per pair of shapes.

A shape that merely stands in the rulebook does not count: a cap counts when it has cut or dropped something, a lapse
when a line tells of it, an override when the grade differs from the score's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from agreement.both import Example
from agreement.further import further_shapes
from glasstown.interpreter.reading import to_quanta
from glasstown.language.model import Cap, Clause, PointsDated, PointsRange, PointsRate, Rulebook, Span
from glasstown.language.resolve import LadderEntry, entry_for_act
from glasstown.ledger import Account, Decision, Line, Record, in_points

SHAPES = (
    "flat", "range", "rate with a rest", "carried rest", "unknown value", "no points", "fine",
    "cap of times", "cap of points", "cap by day", "cap by week", "cap by month", "cap by year", "cap for life",
    "rolling cap", "clause's cap", "group's cap", "score's cap", "cap of any", "cap of rewards", "cap of deductions",
    "starts after days", "starts after months", "counts from the act", "lapse", "lapse in months", "lapse unknown",
    "instalment", "ladder climbed", "ladder's step named", "exactly", "no better", "no worse", "override's end",
    "override unknown", "application", "while list", "assessed list", "household list", "list by clause",
    "list by condition", "list's term", "list unknown", "list ended by procedure", "not clean", "exception",
    "kind of an act", "uncovered act", "correction", "second correction", "withdrawal", "procedure refused", "reset",
    "bound met", "hidden sum", "no grade", "quantum 0.5", "quantum 0.1", "one day, several lines", "leap day",
    "month's end", "dated value", "range with an open end", "campaign", "not law", "listing after a wait", "own term",
    "extension", "grace", "removal later", "too early", "working days", "black box",
    "lock's end", "lock's ceiling", "frozen", "part moved", "part bound", "cycle", "carried over", "cut-off", "quota grade",
    "agreed", "not agreed", "earned", "spent", "amount band", "status", "state's end",
    "cycle's end", "measure's own days", "published", "lacking proof", "excluded", "follows from another's",
    "outside the scheme", "entered once", "put right", "too late to put right", "published grade", "another running grade",
)  # fmt: skip
APART = (frozenset({"quantum 0.5", "quantum 0.1"}), frozenset({"bound met", "hidden sum"}))
"""pairs that no rulebook can show"""


@dataclass
class Coverage:
    """How many lives have met each shape and each pair of shapes."""

    n_lives: int = 0
    single: Counter[str] = field(default_factory=Counter)
    pairs: Counter[frozenset[str]] = field(default_factory=Counter)

    def note(self, example: Example, account: Account) -> None:
        """Count what one life has met."""
        met = set(shapes_met(example, account))
        assert met <= set(SHAPES), met - set(SHAPES)
        self.n_lives += 1
        self.single.update(met)
        self.pairs.update(frozenset(pair) for pair in combinations(sorted(met), 2))

    def missing(self) -> list[str]:
        """Return the shapes that no life has met."""
        return [shape for shape in SHAPES if not self.single[shape]]

    def missing_pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of shapes that no life has met together."""
        possible = (pair for pair in combinations(SHAPES, 2) if frozenset(pair) not in APART)
        return [pair for pair in possible if not self.pairs[frozenset(pair)]]

    def share_of_pairs(self) -> float:
        """Return the share of possible pairs that some life has met."""
        n_possible = len(SHAPES) * (len(SHAPES) - 1) // 2 - len(APART)
        return 1 - len(self.missing_pairs()) / n_possible

    def table(self) -> str:
        """Return the counts in lines: lives that met a shape, and with how many other shapes it was met."""
        partners = Counter(shape for pair in self.pairs for shape in pair)
        rows = [f"{self.single[shape]:>7} {partners[shape]:>7}  {shape}" for shape in SHAPES]
        head = f"{self.n_lives} lives, {self.share_of_pairs():.0%} of the pairs of shapes\n  lives   pairs  shape"
        return "\n".join([head, *rows])


def shapes_met(example: Example, account: Account) -> Iterator[str]:
    """Yield the shapes that a life has met, some of them more than once."""
    book = example.book
    clauses = {clause.id: clause for clause in book.clauses}
    records = {record.id: record for record in example.life.records}
    for before, line in pairwise([None, *account.ledger]):
        assert line is not None
        clause, record = clauses.get(line.clause or ""), records.get(line.record or "")
        yield from _of_the_day(before, line)
        yield from _of_lists(book, before, line)
        if line.cap:
            yield from _of_cap(book, line)
        if clause is not None and record is not None and line.phase == "record":
            yield from _of_record(example, line, clause, record)
        if clause is not None and line.phase == "lapse":
            yield "lapse"
            if clause.lapse and isinstance(clause.lapse.after, Span) and clause.lapse.after.days is None:
                yield "lapse in months"
        if line.phase in ("repeat", "override-end"):
            yield {"repeat": "instalment", "override-end": "override's end"}[line.phase]
        if book.grades and line.grade is None:
            yield "no grade"
    yield from further_shapes(example, account)
    yield from _of_decisions(example, account)
    if account.ledger and book.score.black_box is not None and book.grades:
        yield "black box"
    if account.ledger and book.working_days is not None:
        yield "working days"
    yield from _of_carried(example, account)
    if account.ledger and book.score.quantum != 1:
        yield f"quantum {book.score.quantum}"
    if any(entry_for_act(book, example.acts, r.act) is None for r in example.life.records if r.act):
        yield "uncovered act"


def _of_the_day(before: Line | None, line: Line) -> Iterator[str]:
    if before is not None and before.day == line.day:
        yield "one day, several lines"
    if (line.day.month, line.day.day) == (2, 29):
        yield "leap day"
    if (line.day + timedelta(days=1)).day == 1:
        yield "month's end"


def _of_cap(book: Rulebook, line: Line) -> Iterator[str]:
    """Yield the shapes of the cap that cut or dropped; its name is 'clause a, cap 1', 'group b, cap 2', 'score, cap 1'."""
    owner, _, number = (line.cap or "").rpartition(", cap ")
    kind, _, name = owner.partition(" ")
    caps: tuple[Cap, ...] = book.score.caps
    if kind != "score":
        holders: Iterable[object] = book.clauses if kind == "clause" else book.groups
        caps = next(getattr(h, "caps") for h in holders if getattr(h, "id") == name)  # noqa: B009
    cap = caps[int(number) - 1]
    yield f"{kind}'s cap"
    yield f"cap of {cap.of}"
    yield "cap of times" if cap.times is not None else "cap of points"
    yield "rolling cap" if isinstance(cap.per, Span) else "cap for life" if cap.per == "life" else f"cap by {cap.per}"


def _of_record(example: Example, line: Line, clause: Clause, record: Record) -> Iterator[str]:
    book, points = example.book, clause.points
    if "so it does not apply" in line.why:
        words = {"in force on": "not law", "calls for proof": "lacking proof", "this circumstance": "excluded"}
        yield next((shape for text, shape in words.items() if text in line.why), "not clean")
        return
    if clause.reached_by is not None:
        yield "follows from another's"
    if isinstance(points, PointsDated):
        yield "dated value"
    if isinstance(points, PointsRange) and "unknown" in (points.least, points.most):
        yield "range with an open end"
    if any(clause.id in campaign.clauses for campaign in book.campaigns) and line.after != line.before:
        yield "campaign"
    if clause.enters is not None and clause.enters.list in line.lists and isinstance(clause.enters.term, Span):
        yield "own term"
    if clause.enters is not None and record.extension:
        yield "extension"
    if clause.enters is not None and record.grace:
        yield "grace"
    kinds = {Decimal: "flat", PointsRange: "range", str: "unknown value", type(None): "no points"}
    if type(points) in kinds:
        yield kinds[type(points)]
    if isinstance(points, PointsRate) and points.remainder == "drop" and (record.amount or 0) % points.per:
        yield "rate with a rest"
    if line.fine:
        yield "fine"
    if clause.starts_after and line.day > record.record_day:
        yield "starts after days" if clause.starts_after.days is not None else "starts after months"
    if clause.counts_from == "act" and record.act_day != record.record_day:
        yield "counts from the act"
    if clause.lapse and clause.lapse.after == "unknown" and line.after != line.before:
        yield "lapse unknown"
    yield from _of_ladder(example, clause, record)
    yield from _of_override(book, line, clause)
    may_be_kept_out = book.consent is not None or any(c.lock for c in book.clauses)
    if isinstance(points, Decimal) and line.cap is None and not (clause.lapse or clause.part or may_be_kept_out):
        short = line.after - line.before != to_quanta(points, book.score.quantum)
        if short:
            yield "bound met" if book.score.beyond_bounds == "saturate" else "hidden sum"
    if clause.exception_to and record.act:
        yield "exception"


def _of_ladder(example: Example, clause: Clause, record: Record) -> Iterator[str]:
    steps = [ladder.steps for ladder in example.book.ladders if clause.id in ladder.steps]
    if steps and record.clause:
        yield "ladder's step named"
    if record.act:
        if isinstance(entry_for_act(example.book, example.acts, record.act), LadderEntry) and clause.id != steps[0][0]:
            yield "ladder climbed"
        if clause.act != record.act:
            yield "kind of an act"


def _of_override(book: Rulebook, line: Line, clause: Clause) -> Iterator[str]:
    override = clause.override
    if override is None or override.on_application or line.grade != override.grade:
        return
    if line.grade != score_grade(book, line.after):
        yield override.holds.replace("_", " ")
        if override.until == "unknown":
            yield "override unknown"


def score_grade(book: Rulebook, score: int) -> str | None:
    """Return the grade that a score alone has."""
    points = Decimal(in_points(score, book.score.quantum))
    for grade in book.grades:
        low, high = grade.from_, grade.below
        known = isinstance(low, Decimal) or isinstance(high, Decimal) or "unknown" not in (low, high)
        over = not isinstance(low, Decimal) or points >= low
        under = not isinstance(high, Decimal) or points < high
        if grade.of == "subject" and low != "quota" and known and over and under:
            return grade.id
    return None


def _of_lists(book: Rulebook, before: Line | None, line: Line) -> Iterator[str]:
    if before is None:
        return
    entered = {c.enters.list for c in book.clauses if c.id == line.clause and c.enters}
    for rule in book.lists:
        was, now = rule.id in before.lists, rule.id in line.lists
        if was == now:
            continue
        if rule.leaves.when_condition_ends:
            yield "while list"
        elif rule.entry.assessed:
            yield "assessed list" if rule.entry.household_average_above is None else "household list"
        elif now and line.phase == "listing":
            yield "listing after a wait"
        elif now:
            yield "list by clause" if line.phase == "record" and rule.id in entered else "list by condition"
            if rule.leaves.after == "unknown":
                yield "list unknown"
        elif line.phase == "procedure":
            yield "list ended by procedure"
        elif line.phase == "list-end":
            yield "list's term" if rule.leaves.removed_within is None else "removal later"


def _of_decisions(example: Example, account: Account) -> Iterator[str]:
    """Yield what decisions have done, from their lines and the record that each is about."""
    effects = {line.record for line in account.ledger if line.phase == "record"}
    seen: set[str] = set()
    procedures = {procedure.id: procedure for procedure in example.book.procedures}
    by_name: dict[str, Decision] = {
        d.of or d.id: d for d in example.life.decisions if d.procedure in ("apply", "repair")
    }
    by_name |= {d.id: d for d in example.life.decisions}
    for before, line in pairwise([None, *account.ledger]):
        assert line is not None
        if line.phase == "correction":
            name = line.record or ""
            yield "second correction" if name in seen else "correction" if name in effects else "withdrawal"
            seen.add(name)
        if line.phase == "procedure" and before is not None:
            decision = by_name[line.record or ""]
            procedure = procedures[decision.procedure]
            if procedure.needs_list and procedure.needs_list not in before.lists:
                yield "procedure refused"
            elif "can be ended from" in line.why:
                yield "too early"
            elif procedure.resets_score and line.after != line.before:
                yield "reset"
            if decision.procedure == "apply" and line.grade != before.grade:
                yield "application"


def _of_carried(example: Example, account: Account) -> Iterator[str]:
    """Yield the carried rest once a record's own amount does not explain its portions."""
    rates = {c.id: c.points for c in example.book.clauses if isinstance(c.points, PointsRate)}
    records = {record.id: record for record in example.life.records}
    for line in account.ledger:
        rate = rates.get(line.clause or "")
        if rate is None or rate.remainder != "carry" or line.phase != "record" or line.cap:
            continue
        alone = (records[line.record or ""].amount or Decimal(0)) // rate.per * rate.each
        moved = (line.after - line.before) * example.book.score.quantum
        if abs(moved) > abs(alone):
            yield "carried rest"
