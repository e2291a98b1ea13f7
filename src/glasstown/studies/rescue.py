"""What would have saved this person: the smallest changes after which a life does not end on a black list.

Changes are tried from a declared set, one at a time, and own acts also two and three together; each is lived again,
by the interpreter and, where it can, by the engine, and each answer says which of them lived it.  The lives of all others
are held fixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from glasstown.compiler import compile_rulebook
from glasstown.engine.agreeing import must_agree
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_entries import UntoldError
from glasstown.engine.tables.model import JUDGMENTS
from glasstown.errors import CompileError, Fault, UsageError
from glasstown.interpreter.life import live
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, Lapse, ListRule, Rulebook, Span
from glasstown.ledger import Decision, Life, Record
from glasstown.outcomes.measures import WRONG
from glasstown.runs.befallen import CHANGES
from glasstown.runs.one_life import Told, kind_told, replay_life
from glasstown.runs.plan import plan_of
from glasstown.runs.request import inputs_of
from glasstown.runs.subjects import checked_under
from glasstown.runs.texts import say_what_differs
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind

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
class Rescue:
    """One person or firm of a run under one of its rulebooks: the lists that the life ends on, and what would have kept it off.

    `person` is its number; `kind` says whose; `asked` are the rulebooks that were looked at, and `labels` its lists in words.
    Of `n_tried` changes `n_alone` were lived by the interpreter alone: the engine cannot live them.
    """

    person: int
    rulebook: str
    lists: tuple[str, ...]
    changes: tuple[Change, ...]
    n_tried: int
    n_alone: int = 0
    kind: EntityKind = "person"
    asked: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_beyond_them(self) -> bool:
        """Return whether no change within the person's power was found."""
        return not any(change.is_own for change in self.changes)


@dataclass(frozen=True)
class Ground:
    """A life, its rulebook, and what is known of its records."""

    book: Rulebook
    acts: ActCatalogue
    told: Told
    befell: Sequence[Mapping[str, Any]] = ()
    """what befell the person month by month, as the run lived it"""

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

    def ends_listed(self, life: Life, book: Rulebook | None = None) -> tuple[bool, LivedBy]:
        """Return whether a life ends on a black list, and who lived it: the engine too where it can, and then both must agree.

        Errors   AgreementError where the two readings differ.
        """
        chosen = book or self.book
        account = live(chosen, self.acts, life)
        is_listed = any(name in self.black for name in account.lists)
        try:
            compiled = compile_rulebook(chosen, self.acts)
            lived = live_in_engine(compiled, self.acts, life)
        except (CompileError, UntoldError):  # a town cannot live under this rule, or an entry cannot hold this record
            return is_listed, "interpreter alone"
        must_agree(lived, account, compiled)
        return is_listed, "both readings"


def rescue_of(path: Path, person: int, under: str | None = None, kind: EntityKind | None = None) -> Rescue:
    """Return what would have kept a person of a run off the black lists at its end, under one rulebook: the first that lists them.

    `kind` says whose number it is; without it a person's, and a firm's under rulebooks that score only firms.

    Errors   UsageError where the run has no such person, firm or rulebook, or where the rulebook is about the other of the two.
    """
    folder = RunFolder.open(path)
    plan = plan_of(folder)
    under = checked_under("The rescue", plan.books, kind or kind_told(plan), under)
    result = replay_life(path, person, kind=kind)
    asked = [each for each in result.under if under in (None, each.rulebook)]
    listed = (
        each
        for each in asked
        if set(each.lists) & Ground(plan.books[each.rulebook], plan.inputs.acts, each).black.keys()
    )
    told = next(listed, asked[0] if asked else None)
    if told is None:
        fault = Fault(
            "the run", None, f"no rulebook about a {result.kind}", "one that scores this person", "Name another."
        )
        raise UsageError("The rescue", [fault])
    ground = Ground(plan.books[told.rulebook], plan.inputs.acts, told, result.befell)
    lists = tuple(name for name in told.lists if name in ground.black)
    search = Search(ground)
    if lists:
        search.singles(lists)
        search.own_sets()
    return Rescue(
        person, told.rulebook, lists, tuple(search.found), search.n_tried, search.n_alone, result.kind,
        tuple(each.rulebook for each in asked), {name: ground.black[name].label for name in lists},
    )  # fmt: skip


@dataclass
class Search:
    """What was tried of the declared set so far, and what was found to keep the life off the lists."""

    ground: Ground
    found: list[Change] = field(default_factory=list)
    n_tried: int = 0
    n_alone: int = 0

    def singles(self, lists: Sequence[str]) -> None:
        """Try every single change of the declared set."""
        for change, life, book in _singles(self.ground, lists):
            self._try(change, life, book)

    def own_sets(self) -> None:
        """Try own acts two and three together, the smallest sets first, where no single one is enough."""
        own = _own_records(self.ground)[-MOST_ACTS:]
        for size in range(2, MOST_TOGETHER + 1):
            if any(change.kind == "own act" for change in self.found):
                return
            for chosen in combinations(own, size):
                words = tuple(_undone(self.ground, record) for record in chosen)
                change = Change("own act", words, tuple(record.id for record in chosen))
                self._try(change, _without(self.ground.told.life, chosen))

    def _try(self, change: Change, life: Life, book: Rulebook | None = None) -> None:
        is_listed, lived_by = self.ground.ends_listed(life, book)
        self.n_tried += 1
        self.n_alone += lived_by == "interpreter alone"
        if is_listed or _is_later_than_one_found(change, self.found):
            return
        self.found = [each for each in self.found if not _is_of_one_way(change, each)]
        self.found.append(replace(change, lived_by=lived_by))


def _singles(ground: Ground, lists: Sequence[str]) -> Iterator[tuple[Change, Life, Rulebook | None]]:
    """Yield every single change of the declared set, with the changed life and, where a rule is changed, the rulebook."""
    life = ground.told.life
    for record in _own_records(ground):
        is_beyond = _is_unpaid(ground, record) and ground.could_not_pay(record.act_day)
        change = Change("own act", (_undone(ground, record),), (record.id,), beyond_means=is_beyond)
        yield change, _without(life, [record]), None
    for record in life.records:
        if ground.told.truths.get(record.id) in WRONG:
            yield Change("record error", (_never(ground, record),), (record.id,)), _without(life, [record]), None
    for decision in _procedures(ground, lists):
        brought = (f"{PROCEDURES.get(decision.procedure, decision.procedure)} on {decision.day}",)
        changed = replace(life, decisions=(*life.decisions, decision))
        is_beyond = decision.procedure == "perform" and ground.could_not_pay(decision.day)
        way = next(each.label for each in ground.book.procedures if each.id == decision.procedure)
        yield Change("procedure", brought, decision=decision, beyond_means=is_beyond, way=way), changed, None
    for words, book in _rules(ground, lists):
        yield Change("rule", (words,)), life, book


def _own_records(ground: Ground) -> list[Record]:
    """Return records of what the person really did and could have left, once each: a copy is an error, and so is a misjudged debt."""
    not_own = ("wrong person", "duplicate", "misjudged", "false report", "inferred")
    return [r for r in ground.told.life.records if ground.told.truths.get(r.id) not in not_own]


def _is_unpaid(ground: Ground, record: Record) -> bool:
    """Return whether a record is about a judgment that was not paid."""
    classes = {act.id: act.class_ for act in ground.acts.acts}
    clause = next((each.act for each in ground.book.clauses if each.id == record.clause), None)
    return classes.get(record.act or clause or "") == JUDGMENTS


def _without(life: Life, records: Sequence[Record]) -> Life:
    """Return a life in which some records were never made, nor any decision about them."""
    gone = {record.id for record in records}
    return replace(
        life,
        records=tuple(record for record in life.records if record.id not in gone),
        decisions=tuple(each for each in life.decisions if each.of not in gone),
    )


def _undone(ground: Ground, record: Record) -> str:
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
    for way in ways:
        if way not in known:
            continue
        for day in _months_on(ground, lists):
            yield Decision("rescue", order, day, way)


def _months_on(ground: Ground, lists: Sequence[str]) -> Iterator[date]:
    """Yield the day after each entry on one of the lists, then the first days of the months that follow."""
    entered = None
    for line in ground.told.lines:
        if set(lists) & set(line["lists"]):
            entered = entered or date.fromisoformat(str(line["date"])) + timedelta(days=1)
        elif entered is not None:
            entered = None
    if entered is None:
        return
    day, last = entered, ground.told.life.until
    while day <= last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _is_later_than_one_found(change: Change, found: Sequence[Change]) -> bool:
    """Return whether a procedure was found on an earlier day already: the first day on which it helps is told.

    A day on which it could be paid counts more than an earlier one on which it could not.
    """
    return any(_is_of_one_way(change, each) and each.beyond_means <= change.beyond_means for each in found)


def _is_of_one_way(one: Change, other: Change) -> bool:
    """Return whether two changes are the same procedure on two days."""
    if one.decision is None or other.decision is None:
        return False
    return one.decision.procedure == other.decision.procedure


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


@dataclass(frozen=True, slots=True)
class ListedAtEnd:
    """Who ends a run on a black list, people or firms: number, rulebook and lists, by number; and how many of the others do."""

    kind: EntityKind
    rows: tuple[tuple[int, str, str], ...]
    n_others: int
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """lists in words, by rulebook and id"""


def listed_at_end(path: Path, under: str | None = None, kind: EntityKind | None = None) -> ListedAtEnd:
    """Return who ends a run on a black list of one of its rulebooks, or of any; people, or firms where only firms are scored.

    Errors   UsageError where the run has no such rulebook, or where it is about the other of the two
    """
    folder = RunFolder.open(path)
    say_what_differs(path, folder.manifest)
    inputs = inputs_of(folder)
    books = dict(zip(inputs.names, inputs.books, strict=True))
    chosen: EntityKind = kind or ("firm" if inputs.scores("firm") and not inputs.scores("person") else "person")
    under = checked_under("The rescue", books, chosen, under)
    black = {name: {rule.id for rule in book.lists if rule.colour == "black"} for name, book in books.items()}
    table = folder.final_rows().select(["kind", "id", "rulebook", "lists"]).to_pydict()
    rows: dict[str, list[tuple[int, str, str]]] = {"person": [], "firm": []}
    for whose, number, name, lists in zip(*(table[each] for each in ("kind", "id", "rulebook", "lists")), strict=True):
        on = black.get(name, set()) & set((lists or "").split())
        if on and under in (None, name):
            rows[whose].append((number, name, " ".join(sorted(on))))
    others = rows["person" if chosen == "firm" else "firm"]
    labels = {(name, rule.id): rule.label for name, book in books.items() for rule in book.lists}
    return ListedAtEnd(chosen, tuple(rows[chosen]), len({number for number, _, _ in others}), labels)


def listed_people(path: Path) -> list[tuple[int, str, str]]:
    """Return person, rulebook and lists of everybody who ends a run on a black list, by number."""
    return list(listed_at_end(path, kind="person").rows)
