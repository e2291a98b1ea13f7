"""The ODD page against the interpreter: lives told by what was written from the page alone, and by ours, day by day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from glasstown.interpreter.life import live
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Rulebook
from glasstown.ledger import Decision, Life, Record
from verification import from_odd
from verification.table import Check, same

START, UNTIL = date(2019, 6, 1), date(2024, 6, 30)
COURT, SUINING = load_rulebook("cn-court-list-2017"), load_rulebook("suining-2010")
SHORT = COURT.model_copy(
    update={"in_force": COURT.in_force.model_copy(update={"from_": date(2019, 9, 16), "until": date(2020, 11, 11)})}
)
"""the courts' list as if it began and ended inside the lives"""
ACTS = load_acts()


def rules_of(book: Rulebook) -> from_odd.Rules:
    """Return what the page's section needs to know, copied from the rulebook's own keys."""

    def bound(value: object) -> int | None:
        return int(value) if isinstance(value, Decimal) else None

    enters = {clause.id: clause.enters for clause in book.clauses if clause.enters is not None}
    return from_odd.Rules(
        base=bound(book.score.base.value) or 0,
        lowest=bound(book.score.lowest.value),
        highest=bound(book.score.highest.value),
        grades=[(grade.id, bound(grade.from_), bound(grade.below)) for grade in book.grades],
        points={clause.id: bound(clause.points) for clause in book.clauses},
        order=[clause.id for clause in book.clauses],
        enters={name: entry.list for name, entry in enters.items()},
        terms={name: getattr(entry.term, "months", None) for name, entry in enters.items()},
        decided={rule.id: _length(rule.decided_within, "days") for rule in book.lists},
        grace_from={
            rule.id: rule.grace.in_force.from_ or date.min
            for rule in book.lists
            if rule.grace is not None and rule.grace.in_force is not None
        },
        removed={rule.id: _length(rule.leaves.removed_within, "working_days") for rule in book.lists},
        ways={rule.id: set(rule.leaves.on) for rule in book.lists},
        first=book.in_force.from_,
        end=book.in_force.until if isinstance(book.in_force.until, date) else None,
    )


def _length(span: object, unit: str) -> int:
    """Return a length of time in a unit; 0 where there is none."""
    return getattr(span, unit, None) or 0


def drawn(draw: random.Random, book: Rulebook) -> tuple[Life, list[from_odd.Record], list[from_odd.Decision]]:
    """Return a random life twice: as the interpreter takes it, and as the page's reader does."""
    span = (UNTIL - START).days
    records: list[Record] = []
    mine: list[from_odd.Record] = []
    decisions: list[Decision] = []
    brought: list[from_odd.Decision] = []
    rules = rules_of(book)
    for number in range(draw.randint(1, 4)):
        clause = draw.choice(book.clauses)
        day = START + timedelta(days=draw.randint(0, span // 2))
        enters = clause.enters
        listed = next((rule for rule in book.lists if enters and rule.id == enters.list), None)
        grace = draw.choice((0, 0, 1, 2, 3)) if listed and listed.grace else 0
        extension = draw.choice((0, 0, 12, 24, 36)) if enters and enters.extension else 0
        records.append(
            Record(f"e{number}", number, day, day, clause.id, grace=grace or None, extension=extension or None)
        )
        mine.append(from_odd.Record(number, clause.id, day, grace, extension))
    around = [record.day + timedelta(days=n) for record in mine for n in (0, 1, 14, 15, 16, 30, 31, 46, 400, 730, 745)]
    names = ["correct", *(procedure.id for procedure in book.procedures)]
    for number in range(10, 10 + draw.randint(0, 4)):
        name, day = draw.choice(names), draw.choice([*around, START + timedelta(days=draw.randint(0, span))])
        of = draw.choice(mine)
        if name == "correct" and (day < of.day or any(each.of == of.number for each in brought)):
            continue
        day = min(day, UNTIL)
        decisions.append(Decision(f"d{number}", number, day, name, f"e{of.number}" if name == "correct" else None))  # type: ignore[arg-type]
        brought.append(from_odd.Decision(number, day, name, of.number if name == "correct" else None))
    assert rules.order
    return Life(START, UNTIL, tuple(records), tuple(decisions)), mine, brought


def closing(book: Rulebook, life: Life) -> dict[date, tuple[int, str | None, frozenset[str]]]:
    """Return score, grade and lists at the end of every day on which the interpreter writes a line."""
    return {line.day: (line.after, line.grade, frozenset(line.lists)) for line in live(book, ACTS, life).ledger}


def differences(book: Rulebook, seed: int, n_lives: int) -> list[str]:
    """Return the first day on which the page's reader and the interpreter differ, of every life on which they do."""
    draw, rules, found = random.Random(seed), rules_of(book), []
    for number in range(n_lives):
        life, records, decisions = drawn(draw, book)
        theirs, ours = from_odd.live(rules, records, decisions, START, UNTIL), closing(book, life)
        state = (rules.base, from_odd.State(rules, rules.base).grade(), frozenset[str]())
        for day in sorted(theirs):
            state = ours.get(day, state)
            if theirs[day] != state:
                found.append(f"life {number}, {day}: page {theirs[day]}, interpreter {state}: {records} {decisions}")
                break
    return found


def checks(n_lives: int) -> Iterator[Check]:
    """Yield: lives under the courts' list, and under Suining's points, that differ on any day."""
    source = "an implementation written from docs/odd.md, section 7, against the interpreter"
    for book, name in ((COURT, COURT.id), (SUINING, SUINING.id), (SHORT, f"{COURT.id}, cut short")):
        n = n_lives if book is COURT else n_lives // 10
        yield same(
            f"{name}: of {n} random lives, those that differ on any day", source, 0, len(differences(book, 11, n))
        )
