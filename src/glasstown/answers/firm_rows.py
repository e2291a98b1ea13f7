"""What several rulebooks say of one firm, row by row: ratings, inspections, gates, its head, its partners, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.case import Told, exact
from glasstown.answers.firm_spells import Spell, spells
from glasstown.interpreter.calendar import add_months
from glasstown.language.load import load_parameters
from glasstown.language.model import Cite, Measure, When
from glasstown.render import law_words
from glasstown.render.case_words import moved, named_lists

if TYPE_CHECKING:
    from glasstown.cases.firm import FirmTold, LifeTold
    from glasstown.language.model import Rulebook
    from glasstown.ledger import Line

INSPECTIONS: Final = ("inspection", "supervision-talk")
"""gates that are no gates: somebody comes, or calls"""
HEADS: Final = {
    "legal-representative", "principal", "actual-controller", "directly-responsible", "director", "supervisor",
    "senior-manager", "key-staff",
}  # fmt: skip
"""whom of those who lead a firm a measure can reach"""
ON_CUTTING: Final = ("partner.cut_per_month", "partner.credit_withdrawn")
ON_CUSTOMERS: Final = ("partner.contagion_per_year",)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement about the firm: days, what, by which clause of which rulebook, from which source."""

    part: str
    since: date | None
    till: date | None
    what: str
    under: str
    id: str
    says: tuple[str, ...] = ()
    cite: Cite | None = None
    source: str | None = None
    """where the citation is known in words alone"""
    gate: str | None = None
    kind: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row with its source; days as text."""
        cite = self.cite
        return {
            "since": self.since.isoformat() if self.since else None,
            "till": self.till.isoformat() if self.till else None,
            "what": self.what,
            "says": list(self.says),
            "under": self.under,
            "id": self.id,
            "gate": self.gate,
            "kind": self.kind,
            "evidence": cite.evidence if cite else None,
            "seen": cite.seen if cite else None,
            "source": cite.source if cite else self.source,
            "at": cite.at if cite else None,
        }


def ratings(told: FirmTold) -> Iterator[Row]:
    """Yield where each rating of the firm starts, and each change of score or grade."""
    for life in told.of("firm"):
        book = life.held.book
        if book.score.black_box is not None or not (book.score.kept or book.grades):
            continue
        if book.score.base.value == "unknown" and not life.account.ledger:
            continue
        yield _first(life)
        grade = life.opening.grade
        for line in life.account.ledger:
            if line.before != line.after or line.grade != grade:
                yield _rated(life, line)
            grade = line.grade


def _first(life: LifeTold) -> Row:
    book, opening = life.held.book, life.opening
    score = f"starts at {exact(opening.score, book)}" if book.score.kept else "begins"
    grade = f"grade {opening.grade}" if opening.grade else "no grade"
    start = max(life.case.life.start, book.in_force.from_)
    return Row("ratings", start, None, f"{score}   {grade}", life.held.reference, "base", (), book.score.base.cite)


def _rated(life: LifeTold, line: Line) -> Row:
    said = (Told(life.case, life.result).reason(line.why),)
    name, cite = behind(line, life.held.book)
    return Row(
        "ratings", line.day, None, moved(line, life.held.book), life.held.reference, name, said, cite, line.source
    )


def behind(line: Line, book: Rulebook) -> tuple[str, Cite | None]:
    """Return the clause or list behind a line, else the word for what it is, with its citation."""
    if line.clause is not None:
        return line.clause, next((each.cite for each in book.clauses if each.id == line.clause), None)
    if line.list_id is not None:
        return line.list_id, next((each.cite for each in book.lists if each.id == line.list_id), None)
    return line.phase, book.score.cycle.cite if line.phase == "cycle" and book.score.cycle else None


def lists(told: FirmTold) -> Iterator[Row]:
    """Yield the lists that the firm is on, and from when to when."""
    for life in told.of("firm"):
        yield from _lists(life, "lists", "")


def _lists(life: LifeTold, part: str, whose: str) -> Iterator[Row]:
    by_id = {each.id: each for each in life.held.book.lists}
    for spell in spells(life, lambda state: state.lists):
        rule = by_id[spell.id]
        what = f"{whose}on the {rule.colour} list '{rule.label}'"
        yield Row(
            part, spell.since, spell.till, what, life.held.reference, rule.id, _by(spell), rule.cite, kind=rule.colour
        )


def _by(spell: Spell) -> tuple[str, ...]:
    return (f"by clause {spell.line.clause}",) if spell.line is not None and spell.line.clause else ()


def _measures(life: LifeTold, kind_of_subject: str) -> Iterator[tuple[Spell, Measure]]:
    """Yield the measures in force in a life, as far as they are for such a subject."""
    by_id = {each.id: each for each in life.held.book.measures}
    for spell in spells(life, lambda state: state.measures):
        measure, when = by_id[spell.id], by_id[spell.id].when
        if measure.subjects and kind_of_subject not in measure.subjects:
            continue
        lasts = isinstance(when, str) or bool(when.grades or when.lists)
        yield spell if lasts else replace(spell, till=spell.since + timedelta(days=1)), measure


def _row(
    part: str, life: LifeTold, spell: Spell, measure: Measure, what: str = "", further: tuple[str, ...] = ()
) -> Row:
    says = (*_when(measure.when, life.held.book), *_by(spell), *further)
    return Row(
        part, spell.since, spell.till, what or measure.label, life.held.reference, measure.id, says, measure.cite,
        gate=measure.gate, kind=measure.kind,
    )  # fmt: skip


def _when(when: When | str, book: Rulebook) -> tuple[str, ...]:
    """Return in which grades or on which lists a measure is in force."""
    return () if isinstance(when, str) else tuple(law_words.standing_words(when, book))


def inspections(told: FirmTold) -> Iterator[Row]:
    """Yield when to expect more inspections, or fewer; where a class that nobody publishes decides, what each class brings."""
    for life in told.of("firm"):
        for spell, measure in _measures(life, "firm"):
            if measure.gate in INSPECTIONS:
                yield _row("inspections", life, spell, measure)
        book = life.held.book
        if book.score.black_box is not None:
            for measure in (each for each in book.measures if each.gate in INSPECTIONS):
                begins = max(life.case.life.start, book.in_force.from_)
                row = _row("inspections", life, Spell(measure.id, begins, None, None), measure)
                yield replace(row, says=_where_hidden(measure.when))


def _where_hidden(when: When | str) -> tuple[str, ...]:
    """Return for which class a measure is, where nobody outside the office knows the class."""
    grades = () if isinstance(when, str) else when.grades
    which = f"if its class is {' or '.join(grades)}" if grades else "if its class is one that brings it"
    return (f"{which}; which class it has is not public",)


def gates(told: FirmTold) -> Iterator[Row]:
    """Yield the gates that close to the firm, and those that open, each with its days."""
    for life in told.of("firm"):
        for spell, measure in _measures(life, "firm"):
            if measure.gate not in INSPECTIONS and measure.kind != "note":
                yield _row("gates", life, spell, measure)
    for life in told.of("representative"):
        weighing = told.words.words.from_head.get(life.held.reference, ())
        for spell, measure in _measures(life, "firm"):
            if measure.id in weighing:
                yield _row("gates", life, spell, measure, further=("its representative is listed",))


def representative(told: FirmTold) -> Iterator[Row]:
    """Yield what reaches those who lead the firm: measures that spill, clauses that follow, and the representative's own listing."""
    for life in told.of("firm"):
        for spell, measure in _measures(life, "firm"):
            reached = [each.replace("-", " ") for each in measure.spills_to if each in HEADS]
            if reached:
                yield _row("representative", life, spell, measure, further=(f"reaches: {', '.join(reached)}",))
        yield from _following(life)
    for life in told.of("representative"):
        yield from _lists(life, "representative", "the representative is ")
        for spell, measure in _measures(life, "person"):
            if measure.kind == "restrict":
                yield _row("representative", life, spell, measure)


def _following(life: LifeTold) -> Iterator[Row]:
    """Yield the clauses that are recorded of the person who represents the firm, on the first day of the month after."""
    for clause in life.held.book.clauses:
        tie = clause.reached_by
        if tie is None or tie.through != "firm":
            continue
        for line in life.account.ledger:
            if line.clause == tie.clause and line.phase == "record":
                day = add_months(line.day.replace(day=1), 1)
                entered = (
                    (f"comes on the list {named_lists([clause.enters.list], life.held.book)}",) if clause.enters else ()
                )
                yield Row(
                    "representative", day, None, clause.label, life.held.reference, clause.id, entered, clause.cite
                )


def partners(told: FirmTold) -> Iterator[Row]:
    """Yield what partners can see of the firm and how the model has them answer, then what befalls a customer who owes it."""
    shown: set[str] = set()
    for life in told.of("firm"):
        by_id = {each.id: each for each in life.held.book.publicity}
        for spell in spells(life, lambda state: state.published):
            item = by_id[spell.id]
            shown |= set(item.when.lists if item.when is not None else ())
            yield Row(
                "partners", spell.since, spell.till, item.text, life.held.reference, item.id,
                law_words.publicity(item, life.held.book), item.cite,
            )  # fmt: skip
    listed = [each for each in lists(told) if each.kind == "black" and each.id in shown]
    if listed:
        yield from _of_the_model(ON_CUTTING, min(each.since for each in listed if each.since))
    yield from _of_a_customer(told)


def _of_a_customer(told: FirmTold) -> Iterator[Row]:
    """Yield what befalls a customer who owes the firm, and how the model has distress travel once the customer is listed."""
    owing = [row for life in told.of("partner") for row in _lists(life, "partners", "the customer is ")]
    yield from owing
    for life in told.of("partner"):
        for spell, measure in _measures(life, "firm"):
            if measure.kind == "restrict":
                yield _row("partners", life, spell, measure, f"to the customer: {measure.label}")
    if owing:
        yield from _of_the_model(ON_CUSTOMERS, min(each.since for each in owing if each.since))


def _of_the_model(names: tuple[str, ...], since: date) -> Iterator[Row]:
    """Yield numbers of the society's model, which no rule gives, with their standing."""
    by_id = {each.id: each for each in load_parameters().parameters}
    for name in names:
        each = by_id[name]
        what = f"{each.label}: {each.value} ({each.low} to {each.high}), {each.unit}"
        says = ("a number of the model, which no rule gives",)
        cite = Cite(source="parameters.yaml", at=name, evidence=each.basis.evidence, note=each.basis.source)
        yield Row("partners", since, None, what, "the model", name, says, cite)
