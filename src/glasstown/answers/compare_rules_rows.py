"""Rulebooks side by side, as rows: the same act, grade, gate or question, and what each rulebook says to it.

Each part of a comparison is one function from rulebooks to rows; a further key of the language is a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from glasstown.answers import brief
from glasstown.archive.extent import keeps_score
from glasstown.archive.library import Held, known_acts, replies
from glasstown.language.days import covers
from glasstown.render import law_words as words
from glasstown.render.case_words import named_lists
from glasstown.render.clause_words import clause_effects
from glasstown.render.law_words import list_rule

if TYPE_CHECKING:
    from glasstown.archive.library import Replied
    from glasstown.language.model import Cite, Measure, Rulebook, When

NOTHING, UNREAD, APART = "nothing", "unknown: not read", "–"
NO_GATE = "no gate named"
Differs: TypeAlias = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a rulebook says: its own id of it, the words, the source."""

    mark: str | None
    text: str
    cite: Cite | None
    denies: bool = False
    """whether it says that there is no such thing"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rulebook says in a row, or why there is nothing."""

    statements: tuple[Statement, ...]
    absent: str | None

    def essence(self) -> tuple[str, ...]:
        """Return what is compared: the words without ids and sources."""
        return tuple(each.text for each in self.statements) or (self.absent or "",)


@dataclass(frozen=True, slots=True)
class Row:
    """The same thing in every rulebook.  A row that `stands_alone` is one rulebook's own, with nothing beside it."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    stands_alone: bool = False

    @property
    def differs(self) -> Differs:
        """Whether two rulebooks say different things; unknown where all that were read say the same, and one was not."""
        read = {cell.essence() for cell in self.cells if cell.absent != UNREAD}
        if self.stands_alone:
            return "unknown"
        if len(read) > 1:
            return "yes"
        return "unknown" if any(cell.absent == UNREAD for cell in self.cells) else "no"


Rows: TypeAlias = Callable[[Sequence[Held], "date | None"], Iterable[Row]]
Said: TypeAlias = dict[str, list[Statement]]


def _cell(held: Held, statements: Iterable[Statement], section: str | None) -> Cell:
    said = tuple(statements)
    if said:
        return Cell(said, None)
    is_unread = section is not None and getattr(held.book.sections, section).read == "unread"
    return Cell((), UNREAD if is_unread else NOTHING)


def _keyed(books: Sequence[Held], said: Sequence[Said], section: str, labels: dict[str, str]) -> Iterator[Row]:
    """Yield one row for each label that any rulebook has something under, in the order of the labels."""
    for key, label in labels.items():
        if any(each.get(key) for each in said):
            cells = (_cell(held, each.get(key, ()), section) for held, each in zip(books, said, strict=True))
            yield Row(key, label, tuple(cells))


def scheme_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield what each scheme is: place, subjects, score, whether taking part is a choice; an unusual order of one day."""
    questions: dict[str, Callable[[Any], list[Statement]]] = {
        "place": lambda book: [Statement(None, f"{book.place.name} ({book.place.level})", None)],
        "scores": lambda book: [Statement(None, each.label, each.cite) for each in book.subjects],
        "base": lambda book: [_figure(book, "base")],
        "lowest": lambda book: [_figure(book, "lowest")],
        "highest": lambda book: [_figure(book, "highest")],
        "taking part": lambda book: [Statement(None, book.takes_part, None)],
        "text": lambda book: [Statement(None, f"{book.status}; {book.documented}", None)],
    }
    for key, ask in questions.items():
        yield Row(key, key, tuple(_cell(held, ask(held.book), None) for held in books))
    if any(held.book.same_day != "by-clause" for held in books):
        told = ([Statement(None, words.SAME_DAY_WORDS[held.book.same_day], None)] for held in books)
        cells = (_cell(held, said, None) for held, said in zip(books, told, strict=True))
        yield Row("records of one day", "records of one day", tuple(cells))


def _figure(book: Any, name: str) -> Statement:
    figure = getattr(book.score, name)
    if not keeps_score(book):
        return Statement(None, "keeps no number", figure.cite)
    return Statement(None, words.figure(figure.value, book.score.unit), figure.cite)


def clause_rows(books: Sequence[Held], day: date | None) -> Iterator[Row]:
    """Yield one row for each act that a clause of any rulebook names, by class of conduct."""
    known = known_acts(books)
    named = {clause.act for held in books for clause in held.book.clauses if clause.act is not None}
    order = {name: place for place, name in enumerate(known)}
    classes = list(dict.fromkeys(each.id for held in books for each in held.acts.classes))
    for name in sorted(named, key=lambda each: (classes.index(known[each][0].class_), order[each])):
        act, acts = known[name]
        cells = (_cell(held, _replied(held, replies(held, name, acts), name, day), "catalogue") for held in books)
        yield Row(name, act.label, tuple(cells))


def _replied(held: Held, found: Iterable[Replied], act: str, day: date | None) -> Iterator[Statement]:
    for each in found:
        clause = each.clause
        said = list(clause_effects(clause, held.book))
        if each.through != act:
            said.append(f"as {each.through}")
        if clause.agency:
            said.append(f"recorded by {clause.agency}")
        if not covers(clause.in_force, day):
            said.append("not in force that day")
        yield Statement(clause.id, "; ".join(said), clause.cite)


def other_clause_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield the clauses that name no act: each stands alone."""
    for place, held in enumerate(books):
        for clause in held.book.clauses:
            if clause.act is None:
                own = Statement(clause.id, "; ".join(clause_effects(clause, held.book)), clause.cite)
                cells = [Cell((own,), None) if n == place else Cell((), APART) for n in range(len(books))]
                yield Row(clause.id, clause.label, tuple(cells), stands_alone=True)


def grade_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield one row for each name of a grade, in the order in which the rulebooks rank them."""
    said: list[Said] = []
    for held in books:
        own: Said = {}
        for each in held.book.grades:
            of = " (of the household)" if each.of == "household" else ""
            text = f"{each.label}{of}: {'; '.join(words.grade(each, held.book.score.unit))}"
            own.setdefault(each.id, []).append(Statement(None, text, each.cite))
        said.append(own)
    return _keyed(books, said, "grades", {key: f"grade {key}" for key in _merged([list(each) for each in said])})


def _merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """Return all names in one order that keeps each rulebook's own where they agree."""
    merged: list[str] = []
    for names in orders:
        at = 0
        for name in names:
            if name in merged:
                at = max(at, merged.index(name) + 1)
            else:
                merged.insert(at, name)
                at += 1
    return merged


def list_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield black, red and grey lists."""
    said: list[Said] = []
    for held in books:
        own: Said = {}
        for each in held.book.lists:
            text = f"{each.label}: {'; '.join(list_rule(each, held.book)[1:])}"
            own.setdefault(each.colour, []).append(Statement(each.id, text, each.cite))
        said.append(own)
    labels = {"black": "black: burdens", "red": "red: honours", "grey": "grey: neither"}
    return _keyed(books, said, "measures", labels)


def measure_rows(books: Sequence[Held], day: date | None) -> Iterator[Row]:
    """Yield one row for each gate, those without a named one last."""
    said = [_by_key(held, day, lambda each: (each.gate or NO_GATE,)) for held in books]
    gates = sorted({key for each in said for key in each}, key=lambda key: (key == NO_GATE, key))
    return _keyed(books, said, "measures", {gate: gate for gate in gates})


def reach_rows(books: Sequence[Held], day: date | None) -> Iterator[Row]:
    """Yield who else is reached: by measures that spill over, and by clauses whose records follow from another's."""
    said = [_by_key(held, day, lambda each: each.spills_to, _reaching) for held in books]
    for held, own in zip(books, said, strict=True):
        for clause in held.book.clauses:
            if clause.reached_by is not None:
                text = f"a record follows from that of {clause.reached_by.clause}: {clause.label}"
                own.setdefault(clause.reached_by.through, []).append(Statement(clause.id, text, clause.cite))
    ties = sorted({key for each in said for key in each}, key=_tie_order)
    return _keyed(books, said, "measures", {tie: tie.replace("-", " ") for tie in ties})


TIES: Final = (
    "legal-representative",
    "principal",
    "actual-controller",
    "directly-responsible",
    "director",
    "supervisor",
    "senior-manager",
    "key-staff",
    "staff",
    "partner-firm",
)
"""Who is caught with a company, in the order of the record; members of a family and others come after."""


def _tie_order(tie: str) -> tuple[int, str]:
    return (TIES.index(tie) if tie in TIES else len(TIES), tie)


def _by_key(
    held: Held,
    day: date | None,
    keys: Callable[[Measure], Sequence[str]],
    text: Callable[[Measure, Rulebook, date | None], str] | None = None,
) -> Said:
    said: Said = {}
    for each in held.book.measures:
        for key in keys(each):
            statement = Statement(each.id, (text or measure_text)(each, held.book, day), each.cite)
            said.setdefault(key, []).append(statement)
    return said


def measure_text(measure: Measure, book: Rulebook, day: date | None) -> str:
    """Return a measure in one line: what, burden or advantage, what puts it in force, and what else is known of it."""
    kind = {"restrict": "burden", "reward": "advantage", "note": "remark"}[measure.kind]
    said = [kind, _when(measure.when, book)]
    if measure.force is not None:
        said.append({"manage": "closer control", "reference": "to be weighed"}.get(measure.force, measure.force))
    if measure.severity is not None:
        said.append(f"severity {measure.severity} of 5")
    if measure.spills_to:
        said.append(f"reaches {', '.join(each.replace('-', ' ') for each in measure.spills_to)}")
    if measure.enforcer is not None:
        said.append(f"by {measure.enforcer}")
    if measure.basis is not None:
        said.append(f"on the basis of {measure.basis}")
    return f"{measure.label} ({'; '.join([*said, *_out_of_force(measure, day)])})"


def _reaching(measure: Measure, book: Rulebook, day: date | None) -> str:
    """Return a measure that reaches others, short: whom it reaches is the row that it stands in."""
    said = [f"gate: {measure.gate}"] if measure.gate is not None else []
    return f"{measure.label} ({'; '.join([*said, _when(measure.when, book), *_out_of_force(measure, day)])})"


def _out_of_force(measure: Measure, day: date | None) -> list[str]:
    return [] if covers(measure.in_force, day) else ["not in force that day"]


def _when(when: When | str, book: Rulebook) -> str:
    if isinstance(when, str):
        return "what puts it in force is unknown"
    said = [f"grade {'/'.join(when.grades)}"] if when.grades else []
    said += [f"list {named_lists(when.lists, book)}"] if when.lists else []
    said += [f"with {', '.join(when.clauses)}"] if when.clauses else []
    return ", ".join(said)


def publicity_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield what is made public, of whom, where, how often and for how long."""
    said = [_published(held) for held in books]
    labels = {"what": "what of them", "where": "where", "every": "how often", "lasts": "how long", "text": "in words"}
    return _keyed(books, said, "publicity", labels)


def _published(held: Held) -> Said:
    own: Said = {}
    for each in held.book.publicity:
        facts = {
            "what": ", ".join(each.what),
            "where": ", ".join(each.where),
            "every": each.every or "",
            "lasts": brief.length(each.lasts) if each.lasts is not None else "",
            "text": each.text,
        }
        of = f" ({_when(each.when, held.book)})" if each.when is not None else ""
        for key, text in facts.items():
            if text:
                own.setdefault(key, []).append(Statement(each.id, text if key == "text" else f"{text}{of}", each.cite))
    return own


def redress_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield the ways out: objection with its clocks, procedures, what ends a listing, and the text."""
    said = [_ways_out(held) for held in books]
    labels = {"objection": "objection", "procedures": "procedures", "lapse": "points lapse", "text": "in words"}
    return _keyed(books, said, "redress", labels)


def _ways_out(held: Held) -> Said:
    book = held.book
    owners: list[tuple[str | None, Any]] = [(None, book.objection), *((each.id, each.objection) for each in book.lists)]
    lapses = {brief.lapse(clause): clause.cite for clause in reversed(book.clauses) if clause.lapse is not None}
    return {
        "objection": [Statement(owner, _objection(each), each.cite) for owner, each in owners if each is not None],
        "procedures": [
            Statement(each.id, "; ".join((each.label, *words.procedure(each, held.book))), each.cite)
            for each in book.procedures
        ],
        "lapse": [
            Statement(None, f"after {term}" if term != "unknown" else "after an unknown time", cite)
            for term, cite in sorted(lapses.items())
        ],
        "text": [Statement(each.id, each.text, each.cite) for each in book.redress if not each.found_nothing],
    }


def _objection(rule: Any) -> str:
    clocks = {
        "within": rule.within,
        "answered within": rule.answered_within,
        "corrected within": rule.corrected_within,
        "review asked for within": rule.review_within,
        "review answered within": rule.review_answered_within,
    }
    said = [f"{name} {brief.length(term)}" for name, term in clocks.items() if term is not None]
    said += [f"reviewed by {rule.reviewer}"] if rule.reviewer else []
    stays = {True: "lifted meanwhile", False: "stands meanwhile"}.get(
        rule.stays, "whether it stands meanwhile is unknown"
    )
    return "; ".join([*said, stays])


@dataclass(frozen=True, slots=True)
class Theme:
    """A part of a comparison: its title, and the function that lays the rulebooks side by side."""

    title: str
    rows: Rows


THEMES: Final[dict[str, Theme]] = {
    "scheme": Theme("What it is", scheme_rows),
    "clauses": Theme("Clauses, by act", clause_rows),
    "others": Theme("Clauses that name no act, and so have nothing beside them", other_clause_rows),
    "grades": Theme("Grades", grade_rows),
    "lists": Theme("Lists", list_rows),
    "measures": Theme("Measures, by gate", measure_rows),
    "reach": Theme("Who else is reached", reach_rows),
    "publicity": Theme("What is made public", publicity_rows),
    "redress": Theme("Redress", redress_rows),
}
