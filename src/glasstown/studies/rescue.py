"""What would have saved this person: the smallest changes after which a life does not end on a black list.

Changes are tried from a declared set, one at a time, and own acts also two and three together; each is lived again,
by the interpreter and, where it can, by the engine, and each answer says which of them lived it.  The lives of all others
are held fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from glasstown.errors import Fault, UsageError
from glasstown.interpreter.life import live
from glasstown.interpreter.reading import read
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.ledger import Life
from glasstown.runs.one_life import kind_told, replay_life
from glasstown.runs.plan import plan_of
from glasstown.runs.request import inputs_of
from glasstown.runs.subjects import checked_under
from glasstown.runs.texts import say_what_differs
from glasstown.storage.folder import RunFolder
from glasstown.studies.rescue_tried import (
    MOST_ACTS,
    MOST_TOGETHER,
    Change,
    Ground,
    own_records,
    singles,
    undone,
    without,
)
from glasstown.types import EntityKind


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
    grades: tuple[str | None, str | None] | None = None
    """of a life on no black list: the grade that it ends in, where that is worse than the one that everybody starts in, the second"""

    @property
    def is_beyond_them(self) -> bool:
        """Return whether no change within the person's power was found."""
        return not any(change.is_own for change in self.changes)


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
    grades = (told.grade, ground.start_grade) if not lists and len(asked) == 1 and ground.is_worse(told.grade) else None
    search = Search(replace(ground, by_grade=grades is not None))
    if lists or grades:
        search.singles(lists)
        search.own_sets()
    return Rescue(
        person, told.rulebook, lists, tuple(search.found), search.n_tried, search.n_alone, result.kind,
        tuple(each.rulebook for each in asked), {name: ground.black[name].label for name in lists}, grades,
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
        for change, life, book in singles(self.ground, lists):
            self._try(change, life, book)

    def own_sets(self) -> None:
        """Try own acts two and three together, the smallest sets first, where no single one is enough."""
        own = own_records(self.ground)[-MOST_ACTS:]
        for size in range(2, MOST_TOGETHER + 1):
            if any(change.kind == "own act" for change in self.found):
                return
            for chosen in combinations(own, size):
                words = tuple(undone(self.ground, record) for record in chosen)
                change = Change("own act", words, tuple(record.id for record in chosen))
                self._try(change, without(self.ground.told.life, chosen))

    def _try(self, change: Change, life: Life, book: Rulebook | None = None) -> None:
        is_bad, lived_by = self.ground.ends_badly(life, book)
        self.n_tried += 1
        self.n_alone += lived_by == "interpreter alone"
        if is_bad or _is_later_than_one_found(change, self.found):
            return
        self.found = [each for each in self.found if not _is_of_one_way(change, each)]
        self.found.append(replace(change, lived_by=lived_by))


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


@dataclass(frozen=True, slots=True)
class ListedAtEnd:
    """Who ends a run on a black list, people or firms: number, rulebook and lists, by number; and how many of the others do."""

    kind: EntityKind
    rows: tuple[tuple[int, str, str], ...]
    n_others: int
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """lists in words, by rulebook and id"""
    start_grade: str | None = None
    """the grade that everybody starts in, where nobody is on a list and one rulebook is asked; rows then have worse grades"""


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
    asked = [under] if under else [name for name, book in books.items() if any(s.kind == chosen for s in book.subjects)]
    if not rows[chosen] and len(asked) == 1:
        life = Life(folder.manifest.start, folder.manifest.start)
        graded, start = _in_worse_grades(folder, books[asked[0]], inputs.acts, life, (chosen, asked[0]))
        if graded:
            return ListedAtEnd(chosen, graded, 0, start_grade=start)
    labels = {(name, rule.id): rule.label for name, book in books.items() for rule in book.lists}
    return ListedAtEnd(chosen, tuple(rows[chosen]), len({number for number, _, _ in others}), labels)


def _in_worse_grades(
    folder: RunFolder, book: Rulebook, acts: ActCatalogue, empty: Life, who: tuple[EntityKind, str]
) -> tuple[tuple[tuple[int, str, str], ...], str | None]:
    """Return who ends a run in a worse grade than everybody starts in, with it, and that grade."""
    start, places = live(book, acts, empty).grade, read(book, acts).grade_place
    if start is None:
        return (), None
    table = folder.final_rows().select(["kind", "id", "rulebook", "grade"]).to_pylist()
    rows = (
        (int(row["id"]), who[1], str(row["grade"]))
        for row in table
        if (row["kind"], row["rulebook"]) == who and places.get(row["grade"], -1) > places[start]
    )
    return tuple(rows), start


def listed_people(path: Path) -> list[tuple[int, str, str]]:
    """Return person, rulebook and lists of everybody who ends a run on a black list, by number."""
    return list(listed_at_end(path, kind="person").rows)
