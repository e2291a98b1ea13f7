"""How what stands against a firm is put right: until when, how, and what comes back, each with its clause and source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from glasstown.answers.firm_rows import Row
from glasstown.answers.firm_spells import Spell, spells
from glasstown.interpreter.calendar import add_span
from glasstown.language.days import covers
from glasstown.language.model import Span
from glasstown.render.clause_words import points

if TYPE_CHECKING:
    from glasstown.cases.firm import FirmTold, LifeTold
    from glasstown.cases.firm_file import Done
    from glasstown.cases.firm_words import Step
    from glasstown.language.model import Clause, ListRule

ON_REPAIR: Final = {"correction", "objection", "review", "term", "time-limits"}
"""rights that a statement on redress must speak of to be told here"""


def repair(told: FirmTold) -> Iterator[Row]:
    """Yield how each missed duty, each listing and each grade that was set is repaired, then what rulebooks say of redress."""
    for life in told.of("firm"):
        yield from _duties(told, life)
        yield from _listings(life)
        yield from _grades(life)
    for life in told.of("firm"):
        if any(line.phase == "record" for line in life.account.ledger):
            yield from _redress(life)


def _duties(told: FirmTold, life: LifeTold) -> Iterator[Row]:
    """Yield until when a missed duty could be made good under a rulebook, and what of its points comes back then."""
    recorded = {line.record for line in life.account.ledger if line.phase == "record"}
    for place, done in enumerate(told.firm.duties):
        duty = told.words.duties[done.duty]
        steps = next((each.steps for each in duty.repaired if each.book == life.held.reference), ())
        if not steps or told.firm.id_of("duties", place) not in recorded:
            continue
        for step in steps:
            clause = next(each for each in life.held.book.clauses if each.id == step.clause)
            if covers(clause.in_force, done.due) and _for_the_sum(step, done):
                yield _deadline(life, done, duty.label, step, clause)


def _for_the_sum(step: Step, done: Done) -> bool:
    return step.yuan is None or (done.yuan is not None and done.yuan <= step.yuan)


def _deadline(life: LifeTold, done: Done, label: str, step: Step, clause: Clause) -> Row:
    last = (
        done.due + timedelta(days=step.days) if step.days else date(done.due.year, 12, 31) if step.same_year else None
    )
    until = f"done by {last}" if last else "done later"
    back = points(clause, life.held.book.score.unit) if clause.points is not None else str(clause.effect)
    what = f"{label}, due {done.due}: {until}, {back}"
    return Row("repair", done.due, last, what, life.held.reference, clause.id, (clause.label,), clause.cite)


def _listings(life: LifeTold) -> Iterator[Row]:
    """Yield the ways off each black or grey list, with the first day of each."""
    book = life.held.book
    rules = {each.id: each for each in book.lists if each.colour != "red"}
    for spell in spells(life, lambda state: state.lists):
        rule = rules.get(spell.id)
        if rule is None:
            continue
        yield _by_itself(life, spell, rule)
        first = add_span(spell.since, rule.leaves.not_before, book.working_days)
        for procedure in (each for each in book.procedures if each.id in rule.leaves.on):
            what = f"off the list '{rule.label}' by {procedure.id}: {procedure.label}"
            says = (f"from {first} on",) if rule.leaves.not_before else ("at any time",)
            yield Row("repair", first, spell.till, what, life.held.reference, procedure.id, says, procedure.cite)


def _by_itself(life: LifeTold, spell: Spell, rule: ListRule) -> Row:
    """Return when a list ends without anything being done."""
    term = _term(life, spell, rule)
    last: date | None = None
    if spell.till is not None:
        what, last = f"off the list '{rule.label}' on {spell.till}", spell.till
    elif isinstance(term, Span):
        last = add_span(spell.since, term, life.held.book.working_days)
        what = f"off the list '{rule.label}' by itself on {last}"
    else:
        how = "no end by itself" if term in (None, "none") else "its term is unknown"
        what = f"off the list '{rule.label}': {how}"
    note = (rule.note,) if rule.note else ()
    return Row("repair", spell.since, last, what, life.held.reference, rule.id, note, rule.cite, kind=rule.colour)


def _term(life: LifeTold, spell: Spell, rule: ListRule) -> Span | str | None:
    """Return the term of a listing: its ground's own where that has one."""
    clauses = {each.id: each for each in life.held.book.clauses}
    clause = clauses.get(spell.line.clause or "") if spell.line is not None else None
    own: Span | str = clause.enters.term if clause is not None and clause.enters is not None else "as-list"
    return rule.leaves.after if own == "as-list" else own


def _grades(life: LifeTold) -> Iterator[Row]:
    """Yield until when a grade that a clause has set holds."""
    book = life.held.book
    clauses = {each.id: each for each in book.clauses}
    for line in life.account.ledger:
        clause = clauses.get(line.clause or "")
        if line.phase != "record" or clause is None or clause.override is None:
            continue
        until = clause.override.until
        last: date | None = None
        if isinstance(until, Span):
            last = add_span(line.day, until, book.working_days)
            how = f"until {last}"
        else:
            how = {"cycle-end": "until the rating year ends", "state-ends": "while it lasts"}.get(
                until, "its end is unknown"
            )
        what = f"no better than {clause.override.grade}, {how}: {clause.label}"
        note = (clause.note,) if clause.note else ()
        yield Row("repair", line.day, last, what, life.held.reference, clause.id, note, clause.cite)


def _redress(life: LifeTold) -> Iterator[Row]:
    for said in life.held.book.redress:
        if ON_REPAIR & set(said.rights) and not said.denies:
            yield Row("repair", None, None, said.text, life.held.reference, said.id, (), said.cite)
