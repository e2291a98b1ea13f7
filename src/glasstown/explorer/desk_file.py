"""A file on a desk in words: what it says, what it does not say, what the desk may do about it, and what would follow, each cited.

All of it follows from what the desk sees of the file (desks/docket.py) and from the rulebook: nothing else comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from glasstown.desks.docket import Case
from glasstown.engine.tables.lived_rows import OTHER_GATES, TRIP_GATES
from glasstown.explorer.seats import Seat
from glasstown.language.days import covers
from glasstown.language.model import Clause, Measure, Rulebook
from glasstown.language.model_base import Cite
from glasstown.language.notes import gates
from glasstown.language.orders import Because, Deed, Desk
from glasstown.render import law_words, words
from glasstown.render.clause_words import clause_effects, points, proof_words
from glasstown.wording import counted, grouped

TITLES: Final[Mapping[Desk, str]] = {"court": "The enforcing court’s desk", "clerk": "The agency clerk’s desk"}
SHORT: Final[Mapping[Desk, str]] = {"court": "court", "clerk": "clerk"}
DONE: Final[Mapping[Deed, str]] = {"record": "written down", "spare": "left out", "ask-means": "asked"}
"""what became of a file, in the pile"""
REASONS: Final[Mapping[Because, str]] = {
    "not-shown-able": "nothing in the file shows that they are able",
    "could-pay": "they could pay, as the file has it",
    "no-proof": "the file has no proof",
    "wrong-person": "it may be about somebody else",
    "wrong-act": "it may have been another act",
    "too-small": "it is too small",
    "twice-filed": "it may be filed twice",
    "no-notice": "nobody was told before",
    "practice": "this office always decides so",
    "shown": "what the file says is enough",
}
"""why somebody decided so, as a page offers it"""
OF_MEANS: Final = ("not-shown-able", "could-pay")
FOUND_BY: Final[Mapping[str, str]] = {
    "camera": "a camera", "patrol": "a patrol", "inspection": "an inspection", "office": "an office", "court": "the court",
    "report": "a report", "own claim": "their own claim",
}  # fmt: skip
LIVED: Final = (*TRIP_GATES, "loan", *OTHER_GATES)
"""gates before which people of a town stand: they are named first"""
MOST_GATES: Final = 14
"""closed gates that are named one by one"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with how well it is documented and where it stands; `evidence` is None where no text says it."""

    words: str
    evidence: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a desk may do about a file: what it is, what it means, and what allows it."""

    do: Deed
    title: str
    means: str
    by: Cited


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as a page shows it."""

    case: Case
    who: str
    says: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    reasons: tuple[tuple[Because, str], ...]
    rule: Cited
    unless: tuple[Cited, ...]
    follows: tuple[str, ...]
    closes: tuple[str, ...]
    further: int


def opened_file(seat: Seat, case: Case) -> Opened:
    """Return a file in words."""
    book = seat.books[case.under]
    clause = next(each for each in book.clauses if each.id == case.clause)
    closed = closed_by(book, clause, case.about.partition("/")[0], seat.day)
    return Opened(
        case=case,
        who=_who(case),
        says=tuple(_says(seat, case, book)),
        options=tuple(_option(case, book, clause, do, seat.day) for do in case.options),
        reasons=tuple(
            (each, said) for each, said in REASONS.items() if "ask-means" in case.options or each not in OF_MEANS
        ),
        rule=_cited(clause.label, clause.cite),
        unless=tuple(_unless(clause, seat.day)),
        follows=tuple(_follows(book, clause)),
        closes=closed[:MOST_GATES],
        further=max(len(closed) - MOST_GATES, 0),
    )


def _who(case: Case) -> str:
    who = case.who
    parts = [who.sex, f"lives {who.lives}" if who.lives else None, f"a {who.size} firm" if who.size else None]
    return ", ".join(each for each in parts if each)


def _says(seat: Seat, case: Case, book: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield what a file says, by what it says it of."""
    act = next(each for each in seat.acts.acts if each.id == case.act)
    yield "the act", case.says
    yield "done, it says", words.full_date(date.fromisoformat(case.day))
    if act.amount is not None:
        yield (
            "how much",
            counted(case.amount, act.amount.unit) if act.amount.unit != "yuan" else f"{grouped(case.amount)} yuan",
        )
    yield "found out by", FOUND_BY[act.detected.by]
    yield "filed under", f"{case.clause}: {case.clause_says}"
    yield "stands at", ", ".join(_standing(case, book)) or "nothing so far under this rulebook"


def _standing(case: Case, book: Rulebook) -> Iterator[str]:
    points_now, grade, lists = (case.standing[name] for name in ("points", "grade", "lists"))
    if points_now is not None:
        yield f"{grouped(points_now)} {book.score.unit}s"
    if grade is not None:
        yield f"grade {grade}"
    labels = {each.id: each.label for each in book.lists}
    yield from (f"on the list of {labels.get(each, each)}" for each in lists)


def _option(case: Case, book: Rulebook, clause: Clause, do: Deed, day: date) -> Option:
    if do == "record":
        entered = [f"puts them on the list of {_list_label(book, clause)}"] if clause.enters is not None else []
        moves = [points(clause, book.score.unit)] if clause.points is not None or not entered else []
        return Option(do, "Write it down", f"It {' and '.join([*moves, *entered])}.", _cited("", clause.cite))
    if do == "ask-means":
        means = "Of who could not pay it is not written that they refuse; the more general act may be, or nothing."
        return Option(do, "Ask after their means first", means, _cited("", clause.cite))
    allowed = next(_unless(clause, day), None) or next(_proofs(clause), None)
    means = "Nothing is written down, and nothing follows."
    by = allowed or Cited("", None, "no article says when: offices can, and do")
    return Option(do, "Leave it out", means, by)


def _list_label(book: Rulebook, clause: Clause) -> str:
    wanted = clause.enters.list if clause.enters is not None else ""
    return next((each.label for each in book.lists if each.id == wanted), wanted)


def _unless(clause: Clause, day: date) -> Iterator[Cited]:
    """Yield where a clause does not apply on a day."""
    for each in clause.unless:
        if covers(each.in_force, day):
            yield _cited(f"not where {each.label}", each.cite)


def _proofs(clause: Clause) -> Iterator[Cited]:
    for each in clause.proof:
        yield _cited(proof_words(each), each.cite or clause.cite)


def _follows(book: Rulebook, clause: Clause) -> Iterator[str]:
    """Yield what a clause does, without where it does not apply, which stands beside it."""
    nothing = points(clause, book.score.unit)
    for line in clause_effects(clause, book):
        if not line.startswith("not where ") and not (clause.enters and clause.points is None and line == nothing):
            label = _list_label(book, clause)
            yield line.replace(f"the list '{clause.enters.list}'", f"the list of {label}") if clause.enters else line


def closed_by(book: Rulebook, clause: Clause, kind: str, day: date) -> tuple[str, ...]:
    """Return which gates a clause closes to somebody of a kind, by its list or by itself, in words."""
    found = dict.fromkeys(each.gate for each in book.measures if each.gate and _closes(each, clause, kind, day))
    order = sorted(found, key=lambda gate: LIVED.index(gate) if gate in LIVED else len(LIVED))
    names = gates()
    return tuple(names.get(gate, gate).partition(":")[0] for gate in order)


def _closes(measure: Measure, clause: Clause, kind: str, day: date) -> bool:
    if measure.kind != "restrict" or isinstance(measure.when, str) or not covers(measure.in_force, day):
        return False
    if measure.subjects and kind not in measure.subjects:
        return False
    enters = clause.enters.list if clause.enters is not None else None
    return enters in measure.when.lists or clause.id in measure.when.clauses


def _cited(said: str, cite: Cite) -> Cited:
    return Cited(said, cite.evidence, f"{law_words.standing(cite)} · {cite.source}, {cite.at}")
