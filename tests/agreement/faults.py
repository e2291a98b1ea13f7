"""Planted faults: each changes one line of the interpreter, in a way that somebody could really get wrong.

The patched interpreter is imported anew beside the real one; the engine and its compiled kernels stay as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from glasstown.interpreter.account import Account, Life
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.model import Rulebook

PACKAGE = "glasstown.interpreter"
SHARED = f"{PACKAGE}.account"
"""Lives and accounts keep their types, so that they can be compared."""

Live = Callable[[Rulebook, ActCatalogue, Life], Account]


@dataclass(frozen=True)
class PlantedFault:
    """In `module` of the interpreter, `right` stands once and becomes `wrong`."""

    name: str
    module: str
    right: str
    wrong: str


CATALOGUE = (
    # windows and periods
    PlantedFault("a window keeps the day a whole span before", "calendar",
                 "return add_days(add_span(day, per, working, sign=-1), 1), day", "return add_span(day, per, working, sign=-1), day"),
    PlantedFault("a window leaves out its own last day", "calendar",
                 "return add_days(add_span(day, per, working, sign=-1), 1), day",
                 "return add_days(add_span(day, per, working, sign=-1), 1), add_days(day, -1)"),
    PlantedFault("weeks start on Sunday", "calendar", "timedelta(days=day.weekday())",
                 "timedelta(days=(day.weekday() + 1) % 7)"),
    PlantedFault("a year's cap rolls", "calendar", "return date(day.year, 1, 1), date(day.year, 12, 31)",
                 "return add_days(add_months(day, -12), 1), day"),
    PlantedFault("months clamp to the 28th", "calendar", "min(day.day, last)", "min(day.day, 28)"),
    PlantedFault("an instalment on the end's own day", "effect", "day >= filing.until", "day > filing.until"),
    PlantedFault("instalments are counted from a clamped day", "calendar",
                 "n_months += 1\n        day = add_months(start, n_months)",
                 "n_months += 1\n        day = add_months(day, 1)"),
    PlantedFault("a clean window is a day longer", "requirement", "*course.reading.period(clause.requires.clean, counting_day)",
                 "course.reading.period(clause.requires.clean, counting_day)[0] - date.resolution, counting_day"),
    # the order of a day
    PlantedFault("lapses come after records", "points", "key(lapses_on, Stage.LAPSE_OR_END", "key(lapses_on, Stage.RECORD"),
    PlantedFault("decisions come before lapses", "agenda", "DECISION = 4", "DECISION = 0"),
    PlantedFault("records come in order of events, not of clauses", "agenda",
                 "return (day, stage, clause_order, event, kind, 0)", "return (day, stage, event, clause_order, kind, 0)"),
    # points and caps
    PlantedFault("a lapse returns what was granted, not what was taken", "points",
                 "portion = Portion(taken)", "portion = Portion(granted)"),
    PlantedFault("a lapse that is over at once still takes", "points", "taken = 0 if is_over else course", "taken = course"),
    PlantedFault("a lapse ignores the delay before the effect", "points",
                 "lapses_on = _lapse_day(course, clause, counting_day)",
                 "lapses_on = _lapse_day(course, clause, min(counting_day, filing.record.record_day))"),
    PlantedFault("a cap counts nominal points", "points", "counting_day, abs(taken))", "counting_day, abs(nominal.quanta))"),
    PlantedFault("a cap counts corrected and wiped records", "points",
                 "filing.mark(course.cap_tallies[each.name], ", "course.cap_tallies[each.name].add("),
    PlantedFault("a cap of times lets one more through", "points", ">= each.cap.times", "> each.cap.times"),
    PlantedFault("a cap of points drops what it should cut", "points",
                 "granted, biting = left if nominal > 0 else -left, each", "return under, 0, each, True"),
    PlantedFault("the hidden sum is held within the bounds", "standing",
                 'if self.reading.book.score.beyond_bounds == "saturate":', "if True:"),
    PlantedFault("a remainder is dropped", "nominal", "course.remainders[filing.place] = rest",
                 "course.remainders[filing.place] = Decimal(0)"),
    PlantedFault("a remainder is always carried", "nominal", 'if points.remainder == "carry":', "if True:"),
    PlantedFault("an unknown value is not counted", "nominal", "course.n_unknown.get(clause.id, 0) + 1",
                 "course.n_unknown.get(clause.id, 0)"),
    # records
    PlantedFault("windows run from the record, never from the act", "effect",
                 'record.act_day if clause.counts_from == "act" else record.record_day', "record.record_day"),
    PlantedFault("a ladder begins anew after its last step", "effect",
                 "min(n_earlier, len(ladder.steps) - 1)", "n_earlier % len(ladder.steps)"),
    PlantedFault("a ladder counts corrected and wiped records", "effect",
                 "filing.mark(course.ladder_tallies[ladder_place], filing.counting_day)",
                 "course.ladder_tallies[ladder_place].add(filing.counting_day)"),
    PlantedFault("a withdrawn record takes effect", "effect", 'if filing.fate == "withdrawn":', "if False:"),
    PlantedFault("an override's term runs from the effect", "effect",
                 "begin_override(course, filing, clause, filing.counting_day, day)",
                 "begin_override(course, filing, clause, day, day)"),
    # decisions
    PlantedFault("a correction returns what has lapsed as well", "corrections", "standing = filing.standing()",
                 "standing = sum(portion.taken for portion in filing.portions)"),
    PlantedFault("a correction leaves the override", "corrections", "end_all(filing)", "pass"),
    PlantedFault("a correction leaves the list entry", "corrections",
                 "[hold for hold in holds if hold.filing is filing]", "[]"),
    PlantedFault("a reset lets records count on", "cycles",
                 "filing.let_go()\n            filing.count_nowhere()", "filing.let_go()"),
    PlantedFault("a reset keeps the carried remainder", "cycles", "course.remainders.clear()", "pass"),
    PlantedFault("a list ended by a decision comes straight back", "course", " and not is_closed", ""),
    # grades and lists
    PlantedFault("a grade's threshold lies above it", "standing", "score >= first", "score > first"),
    PlantedFault("the best of several overrides holds", "standing", "return max((places", "return min((places"),
    PlantedFault("an exact grade is only a ceiling", "standing", "            grade = exactly\n",
                 "            grade = exactly if grade is None else max(grade, exactly)\n"),
    PlantedFault("a list's term ends a day late", "listing", "hold.term_end = extended(day, hold.term,",
                 "hold.term_end = date.resolution + extended(day, hold.term,"),
    PlantedFault("a score at the limit is not on the list", "standing",
                 "self.score * quantum <= entry.score_at_most", "self.score * quantum < entry.score_at_most"),
    PlantedFault("a household exactly at the average is above it", "standing", "mean > entry", "mean >= entry"),
    PlantedFault("a list is assessed on the day itself", "assessments", "key(add_days(day, 1), Stage", "key(day, Stage"),
    # waits, terms, removal, days on which something is law
    PlantedFault("a wait's listing comes a day late", "listing", "course.agenda.add(when, partial(_list, course, place, hold))",
                 "course.agenda.add((listed_on + date.resolution, *when[1:]), partial(_list, course, place, hold))"),
    PlantedFault("grace is given on any day", "listing", "rule.grace is not None and holds_on(rule.grace.in_force, decided_on)",
                 "rule.grace is not None"),
    PlantedFault("a list's term stands before the clause's own", "listing",
                 'rule.leaves.after if enters is None or enters.term == "as-list" else enters.term', "rule.leaves.after"),
    PlantedFault("extension is forgotten", "listing", "return (hold.filing.record.extension or 0) if hold.filing else 0", "return 0"),
    PlantedFault("a procedure ends a listing a day too early", "listing",
                 "if open_from > day:", "if open_from > day + date.resolution:"),
    PlantedFault("removal is at once", "listing", "hold.removed_on = course.reading.after(day, rule.leaves.removed_within)",
                 "hold.removed_on = day"),
    PlantedFault("a hold that waits stays when a procedure ends the list", "listing", "if hold.listed_on is None:",
                 "if hold.listed_on is None:\n            continue\n        if hold.listed_on is None:"),
    PlantedFault("a clause is law on its last day's morrow", "calendar",
                 "(period.until is None or day < period.until)", "(period.until is None or day <= period.until)"),
    PlantedFault("working days count holidays", "calendar", "and day not in working.holidays", ""),
    PlantedFault("parts of a quantum round up in a campaign", "nominal", "to_integral_value(ROUND_DOWN)", "to_integral_value()"),
    PlantedFault("an open range takes its far end", "ranges",
                 'end = points.most if clause.direction == "deduct" else points.least\n    return',
                 'end = points.least if clause.direction == "deduct" else points.most\n    return'),
    PlantedFault("a black box grades by score", "reading",
                 "not score.black_box and _is_reached_by_score(g)", "_is_reached_by_score(g)"),
    # locks, parts, cycles, quotas, consent, points as money, bands of amounts, status
    PlantedFault("a lock freezes rewards alone", "standing", 'in freezing), None)', 'in freezing and nominal > 0), None)'),
    PlantedFault("a lock's ceiling stops points", "standing",
                 "before, self.sum = self.sum, self.sum + granted",
                 "before, self.sum = self.sum, min(self.sum, self.score) + granted"),
    PlantedFault("a corrected record's lock stays", "locks", "[*filing.overrides, *filing.locks]", "[*filing.overrides]"),
    PlantedFault("a lock is counted from the effect day", "locks",
                 "lock.until, filing.counting_day, day)", "lock.until, day, day)"),
    PlantedFault("what holds to the cycle's end ends with the cycle that begins today", "locks",
                 "next_start(cycle.starts, day)", "next_start(cycle.starts, day - date.resolution)"),
    PlantedFault("what lasts with a state lasts on", "locks", "        return filing.until\n", "        return None\n"),
    PlantedFault("a part has no bounds", "standing",
                 "self.reading.parts[part].shown(self.parts[part] + granted) - self.parts[part]", "granted"),
    PlantedFault("a point returns to no part", "points", "move(-portion.taken, clause.part)", "move(-portion.taken)"),
    PlantedFault("a correction returns to no part", "corrections", "move(-standing, clause.part)", "move(-standing)"),
    PlantedFault("a cycle keeps the parts", "standing",
                 "{name: part.base for name, part in self.reading.parts.items()}\n\n    def frozen",
                 "self.parts\n\n    def frozen"),
    PlantedFault("a cycle begins on the life's first day too", "cycles",
                 "add_days(course.life.start, 1)", "course.life.start"),
    PlantedFault("what is carried over lapses once more", "cycles", "filing.carried = True", "pass"),
    PlantedFault("what is rectified is carried over", "cycles", "and not filing.rectified", ""),
    PlantedFault("a state that is over by the cycle's first day is carried over", "cycles",
                 "day < filing.until", "day <= filing.until"),
    PlantedFault("what is carried over counts for its windows", "cycles",
                 "    filing.count_nowhere()\n    filing.carried", "    filing.carried"),
    PlantedFault("what is carried over comes in order of events", "cycles",
                 "(filing.place, filing.record.order)", "(filing.record.order, filing.place)"),
    PlantedFault("a quota grade begins above its cut-off", "standing", "(first is None or score >= first)",
                 "(first is None or score > first or (score == first and not band.has_quota))"),
    PlantedFault("an old cut-off stays where none is given", "cutoffs", "{**dict.fromkeys(places), **_in", "{**_in"),
    PlantedFault("cut-offs come before the cycle", "agenda", "Kind.CYCLE, Kind.CUT_OFF,", "Kind.CUT_OFF, Kind.CYCLE,"),
    PlantedFault("who has not agreed has a grade", "standing", "if self.consent is False:", "if False:"),
    PlantedFault("who has not agreed is scored", "points",
                 'return "consent" if course.standing.consent is False else None', "return None"),
    PlantedFault("consent taken back leaves the records", "consent", "        wipe(course)\n", "        pass\n"),
    PlantedFault("what lapses leaves the balance", "points", "    moved = course.standing.move(-portion",
                 "    balance.take_back(course, portion.taken)\n    moved = course.standing.move(-portion"),
    PlantedFault("the last point cannot be spent", "balance", "if held >= amount:", "if held > amount:"),
    PlantedFault("proof that just suffices does not", "requirement",
                 "there.get(proof.kind, 0) < proof.at_least", "there.get(proof.kind, 0) <= proof.at_least"),
    PlantedFault("what the rulebook asks for is no one's", "requirement",
                 "(*clause.proof, *course.reading.book.proof)", "clause.proof"),
    PlantedFault("an exclusion holds for ever", "requirement",
                 "exclusion.id in record.unless and holds_on(exclusion.in_force, counting_day)", "exclusion.id in record.unless"),
    PlantedFault("a status is a record like others", "effect",
                 "clause.status and filing.effect_day == course.life.start", "False"),
    # days of the scheme, and lists that are entered once
    PlantedFault("records come before the scheme", "reading",
                 "return self.book.in_force.from_ <= day < self.end", "return day < self.end"),
    PlantedFault("a record counts on the morrow of the scheme's last day", "reading", "<= day < self.end", "<= day <= self.end"),
    PlantedFault("a record takes effect after the scheme's end", "effect",
                 "(record.act_day, record.record_day, filing.effect_day)", "(record.act_day, record.record_day)"),
    PlantedFault("an act before the scheme is recorded under it", "effect",
                 "(record.act_day, record.record_day, filing.effect_day)", "(record.record_day, filing.effect_day)"),
    PlantedFault("instalments outlast the scheme", "effect", " or not course.reading.is_law(step[1])", ""),
    PlantedFault("cycles outlast the scheme", "cycles", "if course.reading.is_law(day):", "if True:"),
    PlantedFault("cut-offs outlast the scheme", "cutoffs", "if course.reading.is_law(add_days(day, 1)):", "if True:"),
    PlantedFault("assessments outlast the scheme", "assessments", " and course.reading.is_law(add_days(day, 1))", ""),
    PlantedFault("measures outlast the scheme", "standing", "if is_law and holds_on", "if holds_on"),
    PlantedFault("publicity outlasts the scheme", "standing", "if not self.reading.is_law(day):", "if False:"),
    PlantedFault("a life starts before the scheme", "life", "max(life.start, book.in_force.from_)", "life.start"),
    PlantedFault("a list that is entered once begins again", "course", "standing.met[place] = holds", "standing.met[place] = False"),
    PlantedFault("a list that is entered once is never entered again", "course",
                 "standing.met[place] = holds", "standing.met[place] = holds or standing.met[place]"),
    PlantedFault("a condition that is met anew adds nothing on the list", "course",
                 "begins = holds and not standing.met[place]",
                 "begins = holds and not (standing.met[place] or standing.on_list[place])"),
)  # fmt: skip


@contextmanager
def planted(fault: PlantedFault) -> Iterator[Live]:
    """Give the `live` of an interpreter that has this fault, and put the real one back afterwards."""
    taken_out = {name: sys.modules.pop(name) for name in _modules() if name != SHARED}
    parent, real = import_module("glasstown"), taken_out[PACKAGE]
    finder = _Finder(fault)
    sys.meta_path.insert(0, finder)
    try:
        yield import_module(f"{PACKAGE}.life").live
    finally:
        sys.meta_path.remove(finder)
        for name in _modules():
            if name != SHARED:
                del sys.modules[name]
        sys.modules.update(taken_out)
        parent.interpreter = real  # type: ignore[attr-defined]


def _modules() -> list[str]:
    return [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]


def patched_source(fault: PlantedFault, path: Path) -> str:
    """Return the module's text with the fault in it."""
    text = path.read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, f"'{fault.right}' stands {text.count(fault.right)} times in {path.name}"
    return text.replace(fault.right, fault.wrong)


class _Finder:
    """Finds the one module that has the fault."""

    def __init__(self, fault: PlantedFault) -> None:
        self.name, self.fault = f"{PACKAGE}.{fault.module}", fault

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        try:
            real = find_spec(name)
        finally:
            sys.meta_path.insert(0, self)  # type: ignore[arg-type]
        assert real is not None
        assert real.origin is not None
        return spec_from_file_location(name, real.origin, loader=_Loader(name, real.origin, self.fault))


class _Loader(SourceFileLoader):
    """Compiles the text with the fault, and caches nothing."""

    def __init__(self, name: str, path: str, fault: PlantedFault) -> None:
        super().__init__(name, path)
        self.fault = fault

    def get_code(self, fullname: str) -> Any:
        return compile(patched_source(self.fault, Path(self.path)), self.path, "exec")
