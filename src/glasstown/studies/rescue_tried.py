"""Changes that are tried of one life, each with the life or the rulebook that it makes, and how a changed life ends.

A life ends badly on a black list; under a rulebook that keeps none of these for it, in a worse grade than everybody starts in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from glasstown.compiler import compile_rulebook
from glasstown.engine.agreeing import must_agree
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_entries import UntoldError
from glasstown.engine.tables.model import JUDGMENTS
from glasstown.errors import CompileError
from glasstown.interpreter.life import live
from glasstown.interpreter.reading import read
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, Lapse, ListRule, Rulebook, Span
from glasstown.ledger import Account, Decision, Life, Record
from glasstown.runs.befallen import CHANGES
from glasstown.runs.one_life import Told
from glasstown.types import WRONG

Kind: TypeAlias = Literal["own act", "procedure", "record error", "rule"]
LivedBy: TypeAlias = Literal["both readings", "interpreter alone"]
OWN: Final = ("own act", "procedure")
"""kinds of change that are within the person's power"""
MOST_TOGETHER: Final = 3
"""own acts that are tried together"""
MOST_ACTS: Final = 24
"""own acts of which sets are tried; of more, the latest"""
PROCEDURES: Final = {
    "perform": "what is owed is paid, or done, in full",
    "repair": "the record is repaired",
    "apply": "an application is made",
    "pass-test": "a test is passed",
    "correct": "the record is corrected",
}
"""procedures in words, as in `an application is made on ...`"""
YEAR: Final = Span(years=1)
RULES: Final = (
    "a clause is not there",
    "points of a clause return after a year",
    "a list is left after a year",
)
"""changes of a rule that are tried"""


@dataclass(frozen=True, slots=True)
class Change:
    """One change after which the life does not end on a list, with its parts in words; no smaller part of it is enough.

    `lived_by` names the readings that lived the changed life; both of them agree wherever both did.
    `beyond_means` is set where it means to pay at a time when, as the run lived it, what was owed could not be paid.
    """

    kind: Kind
    words: tuple[str, ...]
    records: tuple[str, ...] = ()
    decision: Decision | None = None
    lived_by: LivedBy = "both readings"
    beyond_means: bool = False
    way: str = ""
    """of a procedure, what the rulebook says of it"""

    @property
    def is_own(self) -> bool:
        """Return whether it is within the person's power."""
        return self.kind in OWN and not self.beyond_means


@dataclass(frozen=True)
class Ground:
    """A life, its rulebook, and what is known of its records."""

    book: Rulebook
    acts: ActCatalogue
    told: Told
    befell: Sequence[Mapping[str, Any]] = ()
    """what befell the person month by month, as the run lived it"""
    by_grade: bool = False

    def could_not_pay(self, day: date) -> bool:
        """Return whether, as the run lived it, what was owed by judgment could not be paid in the month of this day."""
        unable, able = CHANGES["unable"]
        told = [
            each["what"] for each in self.befell if each["what"] in (unable, able) and str(each["month"]) <= str(day)
        ]
        return bool(told) and told[-1] == unable

    @cached_property
    def black(self) -> dict[str, ListRule]:
        """Black lists of the rulebook by id."""
        return {rule.id: rule for rule in self.book.lists if rule.colour == "black"}

    @cached_property
    def start_grade(self) -> str | None:
        """The grade that everybody starts in; None where there is none."""
        life = self.told.life
        return live(self.book, self.acts, Life(life.start, life.start)).grade

    def is_worse(self, grade: str | None) -> bool:
        """Return whether a grade is worse than the one that everybody starts in."""
        places = read(self.book, self.acts).grade_place
        if grade is None or self.start_grade is None:
            return False
        return places[grade] > places[self.start_grade]

    def is_bad(self, state: Account | Mapping[str, Any]) -> bool:
        """Return whether a life that ends so ends badly: on a black list or, where it is asked by grade, in a worse grade."""
        lists, grade = (state.lists, state.grade) if isinstance(state, Account) else (state["lists"], state["grade"])
        return self.is_worse(grade) if self.by_grade else any(name in self.black for name in lists)

    def ends_badly(self, life: Life, book: Rulebook | None = None) -> tuple[bool, LivedBy]:
        """Return whether a life ends badly, and who lived it: the engine too where it can, and then both must agree.

        Errors   AgreementError where the two readings differ.
        """
        chosen = book or self.book
        account = live(chosen, self.acts, life)
        is_bad = self.is_bad(account)
        try:
            compiled = compile_rulebook(chosen, self.acts)
            lived = live_in_engine(compiled, self.acts, life)
        except (CompileError, UntoldError):  # a town cannot live under this rule, or an entry cannot hold this record
            return is_bad, "interpreter alone"
        must_agree(lived, account, compiled)
        return is_bad, "both readings"


def singles(ground: Ground, lists: Sequence[str]) -> Iterator[tuple[Change, Life, Rulebook | None]]:
    """Yield every single change of the declared set, with the changed life and, where a rule is changed, the rulebook."""
    life = ground.told.life
    for record in own_records(ground):
        is_beyond = _is_unpaid(ground, record) and ground.could_not_pay(record.act_day)
        change = Change("own act", (undone(ground, record),), (record.id,), beyond_means=is_beyond)
        yield change, without(life, [record]), None
    for record in life.records:
        if ground.told.truths.get(record.id) in WRONG:
            yield Change("record error", (_never(ground, record),), (record.id,)), without(life, [record]), None
    for decision in _procedures(ground, lists):
        brought = (f"{PROCEDURES.get(decision.procedure, decision.procedure)} on {decision.day}",)
        changed = replace(life, decisions=(*life.decisions, decision))
        is_beyond = decision.procedure == "perform" and ground.could_not_pay(decision.day)
        way = next(each.label for each in ground.book.procedures if each.id == decision.procedure)
        yield Change("procedure", brought, decision=decision, beyond_means=is_beyond, way=way), changed, None
    for words, book in _rules(ground, lists):
        yield Change("rule", (words,)), life, book


def own_records(ground: Ground) -> list[Record]:
    """Return records of what the person really did and could have left, once each: a copy is an error, and so is a misjudged debt."""
    not_own = ("wrong person", "duplicate", "misjudged", "false report", "inferred")
    return [r for r in ground.told.life.records if ground.told.truths.get(r.id) not in not_own]


def _is_unpaid(ground: Ground, record: Record) -> bool:
    """Return whether a record is about a judgment that was not paid."""
    classes = {act.id: act.class_ for act in ground.acts.acts}
    clause = next((each.act for each in ground.book.clauses if each.id == record.clause), None)
    return classes.get(record.act or clause or "") == JUDGMENTS


def without(life: Life, records: Sequence[Record]) -> Life:
    """Return a life in which some records were never made, nor any decision about them."""
    gone = {record.id for record in records}
    return replace(
        life,
        records=tuple(record for record in life.records if record.id not in gone),
        decisions=tuple(each for each in life.decisions if each.of not in gone),
    )


def undone(ground: Ground, record: Record) -> str:
    return f"not done: {_name(ground, record)} on {record.act_day}"


def _never(ground: Ground, record: Record) -> str:
    return f"never written down ({ground.told.truths[record.id]}): {_name(ground, record)} on {record.record_day}"


def _name(ground: Ground, record: Record) -> str:
    clause = next((each.label for each in ground.book.clauses if each.id == record.clause), None)
    act = next((each.label for each in ground.acts.acts if each.id == record.act), None)
    return f"{clause or act or record.act} ({record.clause or record.act})"


def _procedures(ground: Ground, lists: Sequence[str]) -> Iterator[Decision]:
    """Yield each way out of these lists on the first day of each month on which the life stood on one, the earliest first."""
    life = ground.told.life
    order = max([0, *(r.order for r in life.records), *(d.order for d in life.decisions)]) + 1
    ways = dict.fromkeys(name for each in lists for name in ground.black[each].leaves.on)
    known = {procedure.id for procedure in ground.book.procedures}
    if ground.by_grade:
        ways = dict.fromkeys(procedure.id for procedure in ground.book.procedures if procedure.resets_score)
    for way in ways:
        if way not in known:
            continue
        for day in _months_bad(ground, lists):
            yield Decision("rescue", order, day, way)


def _months_bad(ground: Ground, lists: Sequence[str]) -> Iterator[date]:
    """Yield the day after the entry on one of the lists, or into a worse grade, then the first days of the months that follow."""
    entered = None
    for line in ground.told.lines:
        if ground.is_bad(line) if ground.by_grade else set(lists) & set(line["lists"]):
            entered = entered or date.fromisoformat(str(line["date"])) + timedelta(days=1)
        elif entered is not None:
            entered = None
    if entered is None:
        return
    day, last = entered, ground.told.life.until
    while day <= last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _rules(ground: Ground, lists: Sequence[str]) -> Iterator[tuple[str, Rulebook]]:
    """Yield every change of a rule from RULES that touches this life, in words and as a rulebook."""
    fired = {line["clause"] for line in ground.told.lines if line["clause"]}
    for clause in ground.book.clauses:
        if clause.id in fired and clause.direction == "deduct":
            yield f"clause {clause.id} is not there ({clause.label})", _with_clause(ground.book, clause, None)
            if clause.points is not None and clause.lapse is None:
                lapsing = clause.model_copy(update={"lapse": Lapse(after=YEAR)})
                yield f"points of {clause.id} return after a year", _with_clause(ground.book, clause, lapsing)
    for name in lists:
        rule = ground.black[name]
        if not rule.leaves.when_condition_ends and not rule.entry.assessed:
            leaves = rule.leaves.model_copy(update={"after": YEAR})
            shorter = rule.model_copy(update={"leaves": leaves})
            yield (
                f"the list '{rule.label}' is left after a year",
                ground.book.model_copy(
                    update={"lists": tuple(shorter if each.id == name else each for each in ground.book.lists)}
                ),
            )


def _with_clause(book: Rulebook, clause: Clause, changed: Clause | None) -> Rulebook:
    """Return the rulebook with a clause changed; without one it does nothing and stays where it is, so that all else holds."""
    nothing = {
        "points": None,
        "enters": None,
        "override": None,
        "lock": None,
        "fine": None,
        "effect": "taken out",
        "repeats": None,
    }
    put = changed if changed is not None else clause.model_copy(update=nothing)
    return book.model_copy(update={"clauses": tuple(put if each.id == clause.id else each for each in book.clauses)})
