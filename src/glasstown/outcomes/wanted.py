"""Whom one looks for in a run: a register of what can be asked, and why a run cannot answer some of it.

Each question is about people, firms or both, and is answered from the run's final table or from the life.  What a run's rulebooks
do not have, such as a grade of another scheme, is refused with what they have: nobody would be found, and that would be no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from glasstown.engine.society.gates import gates_closed_by
from glasstown.engine.tables.lived_rows import OTHER_GATES, TRIP_GATES
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.population.tables import FIRM_SIZES, INCOME_FIFTHS, WORK
from glasstown.runs.plan import Plan
from glasstown.runs.subjects import NOUNS, is_off, scored_kinds
from glasstown.types import EntityKind

Value: TypeAlias = str | int | bool
Asked: TypeAlias = Mapping[str, Value]
"""what is asked, by the name of the question; a question that is not asked is left out"""
ASKED_GATES: Final = (*TRIP_GATES, *OTHER_GATES)
"""gates at which people ask for something and are refused"""
AGES: Final = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")
SEXES: Final = ("female", "male")
TOWNS: Final = ("urban", "rural")


@dataclass(frozen=True, slots=True)
class Ground:
    """The run that is looked at: its plan, who is looked for, and under which of its rulebooks."""

    plan: Plan
    kind: EntityKind
    under: tuple[str, ...]

    def is_off(self, switch: str) -> bool:
        """Return whether a parameter is 0 in the run."""
        return is_off(switch, {each.id: str(each.value) for each in self.plan.inputs.parameters.parameters})

    @property
    def scoring(self) -> tuple[str, ...]:
        """Rulebooks looked at with clauses about such subjects."""
        return tuple(name for name in self.under if self.kind in scored_kinds(self.plan.books[name]))

    def lists(self, colour: str | None = None) -> dict[str, str]:
        """Return the lists of those rulebooks, of one colour or of all, each with its label."""
        rules = (rule for name in self.scoring for rule in self.plan.books[name].lists)
        return {rule.id: rule.label for rule in rules if colour in (None, rule.colour)}

    @property
    def grades(self) -> tuple[str, ...]:
        """Grades of those rulebooks."""
        return tuple(dict.fromkeys(grade for name in self.scoring for grade in self.plan.compiled[name].grade_ids()))

    @property
    def gates(self) -> tuple[str, ...]:
        """Gates at which people are refused something under any rulebook of the run: conduct answers to all of them together."""
        closed = {gate for compiled in self.plan.compiled.values() for gate in gates_closed_by(compiled)}
        return tuple(gate for gate in ASKED_GATES if gate in closed)


Values: TypeAlias = Callable[[Ground], Collection[str]]
WhyNot: TypeAlias = Callable[[Ground], str | None]


def _never(_: Ground) -> str | None:
    return None


def _no_lives(ground: Ground) -> str | None:
    return "a run in which people's lives are not lived (living.lived is 0)" if ground.is_off("living.lived") else None


def _no_trade(ground: Ground) -> str | None:
    return "a run in which firms do not trade (firm.traded is 0)" if ground.is_off("firm.traded") else None


def _no_records(ground: Ground) -> str | None:
    return None if ground.scoring else f"no rulebook about {NOUNS[ground.kind]} in {' and '.join(ground.under)}"


def _no_grades(ground: Ground) -> str | None:
    return _no_records(ground) or (None if ground.grades else f"no grades in {' and '.join(ground.scoring)}")


def _no_list(ground: Ground) -> str | None:
    return _no_records(ground) or (None if ground.lists() else f"no list in {' and '.join(ground.scoring)}")


def _no_black_list(ground: Ground) -> str | None:
    return None if ground.lists("black") else f"no black list for {NOUNS[ground.kind]} in {' and '.join(ground.under)}"


def _no_gates(ground: Ground) -> str | None:
    return _no_lives(ground) or (None if ground.gates else "no rulebook that closes a gate to people")


@dataclass(frozen=True, slots=True)
class Question:
    """Something that can be asked of whom one looks for.

    words    what is asked, as in "somebody who ..."
    kind     whom it is about; None for people and firms
    values   the values that there are in a run, for what takes one; None for what is asked or not
    why_not  why a run cannot answer it; None where it can
    of_life  whether the answer is in the life, which is lived again for it
    """

    words: str
    kind: EntityKind | None = None
    values: Values | None = None
    why_not: WhyNot = _never
    of_life: bool = False


def _fixed(*values: str) -> Values:
    return lambda _: values


QUESTIONS: Final[Mapping[str, Question]] = {
    "fifth": Question("is in this fifth by income, 1 the poorest", "person", _fixed("1", "2", "3", "4", "5")),
    "age": Question("is of this age at the end, or between two, such as 30-44", "person"),
    "sex": Question("is of this sex", "person", _fixed(*SEXES)),
    "town": Question("lives in town or in the countryside", "person", _fixed(*TOWNS)),
    "work": Question("has this work, as it was drawn for that age", "person", _fixed(*WORK)),
    "size": Question("is of this size", "firm", _fixed(*FIRM_SIZES)),
    "grade": Question("ends the run in this grade", None, lambda ground: ground.grades, _no_grades),
    "list": Question("stood on this list", None, lambda ground: tuple(ground.lists()), _no_list, of_life=True),
    "listed": Question("stood on a black list", None, None, _no_black_list, of_life=True),
    "wrongly_listed": Question("came on a black list through nothing but wrong records", None, None, _no_black_list, of_life=True),
    "wrong_record": Question("has a record that is wrong", None, None, _no_records, of_life=True),
    "corrected": Question("had a record taken back", None, None, _no_records, of_life=True),
    "refused": Question("was refused something at this gate", "person", lambda ground: ground.gates, _no_gates, of_life=True),
    "could_not_pay": Question("owed by judgment what could not be paid", "person", None, _no_lives, of_life=True),
    "in_arrears": Question("was so late with payments that creditors could go to court", "person", None, _no_lives, of_life=True),
    "guarantor": Question("was sued for the debt of somebody else", "person", None, _no_lives, of_life=True),
    "bankrupt": Question("was declared bankrupt", "person", None, _no_lives, of_life=True),
    "out_of_work": Question("was out of work", "person", None, _no_lives, of_life=True),
    "went_under": Question("went under", "firm", None, _no_trade),
    "in_distress": Question("ends the run in distress", "firm", None, _no_trade),
}  # fmt: skip
"""what can be asked, by the name of its option with `_` for `-`, in the order in which help lists it"""


def option(name: str) -> str:
    """Return a question as the command spells it."""
    return f"--{name.replace('_', '-')}"


def possible(ground: Ground) -> tuple[str, ...]:
    """Return the questions that a run can answer."""
    return tuple(
        name for name, each in QUESTIONS.items() if each.kind in (None, ground.kind) and each.why_not(ground) is None
    )


def checked(ground: Ground, asked: Asked) -> Asked:
    """Return what is asked with each value spelt as the run has it.

    Errors   UsageError with all that this run cannot answer, each with what there is
    """
    faults: list[Fault] = []
    settled: dict[str, Value] = {}
    for name, value in asked.items():
        fault = _unanswerable(ground, name)
        if fault is None:
            spelt = _spelt(ground, name, value)
            fault = spelt if isinstance(spelt, Fault) else None
            settled[name] = value if isinstance(spelt, Fault) else spelt
        if fault is not None:
            faults.append(fault)
    if faults:
        raise UsageError("The lives", faults)
    return settled


def _unanswerable(ground: Ground, name: str) -> Fault | None:
    """Return why a run cannot answer a question; None where it can."""
    question = QUESTIONS[name]
    can = f"Of this run one can ask: {', '.join(option(each) for each in possible(ground))}."
    if question.kind not in (None, ground.kind):
        about = NOUNS["firm" if ground.kind == "person" else "person"]
        change = "Leave --firm out." if ground.kind == "firm" else "Add --firm."
        return Fault(
            option(name), None, f"a question about {about}", f"one about {NOUNS[ground.kind]}", f"{change} {can}"
        )
    if why := question.why_not(ground):
        return Fault(option(name), None, why, "a run that has it", can)
    return None


def _spelt(ground: Ground, name: str, value: Value) -> Value | Fault:
    """Return a value as the run spells it, or what is wrong with it."""
    if name == "age":
        return _ages(str(value))
    values = QUESTIONS[name].values
    if values is None or isinstance(value, bool):
        return value
    known, text = tuple(values(ground)), str(value)
    short = [each for each in known if each.partition("-")[0] == text]
    if text in known or len(short) == 1:
        return text if text in known else short[0]
    return Fault(option(name), None, f"'{text}'", "what this run has", did_you_mean(text, known))


def _ages(text: str) -> str | Fault:
    match = AGES.fullmatch(text)
    if match is None or (match[2] and int(match[2]) < int(match[1])):
        return Fault("--age", None, f"'{text}'", "an age, or the least and the most", "Write it like 43 or 30-44.")
    return text


def fifth_of(value: Value) -> str:
    """Return the group of a fifth by its number."""
    return INCOME_FIFTHS[int(value) - 1]
