"""Clauses in their relations: to acts, to the clauses they are exceptions to, and to the ladders they are steps of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from glasstown.language.acts import Act, circles
from glasstown.language.check_clauses import is_nothing
from glasstown.language.check_ground import Ground
from glasstown.language.model import Clause, PointsRate
from glasstown.language.resolve import ClauseEntry, Entry, LadderEntry, entries_for_act
from glasstown.language.tree import Keys

MOST_NAMED = 6
"""acts that a way out names"""


def check_ladders(ground: Ground) -> None:
    """Note ladders that cannot be climbed, circles of exceptions, and acts that two clauses answer to."""
    _ladders(ground)
    steps = {step for ladder in ground.book.ladders for step in ladder.steps}
    if not _exceptions(ground) and steps <= set(ground.clause_ids):  # what an act leads to is not defined otherwise
        _answers(ground)
    for number, clause in enumerate(ground.book.clauses):
        _act_of(ground, number, clause)


def _ladders(ground: Ground) -> None:
    owner: dict[str, str] = {}
    by_id = {clause.id: clause for clause in ground.book.clauses}
    for number, ladder in enumerate(ground.book.ladders):
        subject = f"ladder '{ladder.id}'"
        for at, step in enumerate(ladder.steps):
            path: Keys = ("ladders", number, "steps", at)
            ground.refer(subject, path, step, ground.clause_ids, "a clause")
            if step in owner:
                found = f"the clause '{step}', already a step of ladder '{owner[step]}'"
                ground.add(subject, path, found, "each clause a step once", "Take it out of one of the two.")
            owner[step] = ladder.id
        kinds = {by_id[step].applies_to.kind for step in ladder.steps if step in by_id}
        if len(kinds) > 1:
            path = ("ladders", number, "steps")
            ground.add(subject, path, "steps about persons and about firms", "one kind", "Make two ladders.")
        if is_nothing(ladder.window):
            path = ("ladders", number, "window")
            ground.add(subject, path, "a window of no time", "at least a day", "Correct the window.")


def _exceptions(ground: Ground) -> bool:
    found = circles({clause.id: clause.exception_to for clause in ground.book.clauses})
    for circle in found:
        path = ("clauses", ground.clause_ids.index(circle[0]), "exception_to")
        way = " -> ".join((*circle, circle[0]))
        way_out = "Remove one 'exception_to': an exception points to the more general clause."
        ground.add(f"clause '{circle[0]}'", path, f"a circle of exceptions: {way}", "no circle", way_out)
    return bool(found)


def _answers(ground: Ground) -> None:
    """Rule 3.1: at most one clause or ladder is left for an act."""
    known = ground.acts.ids()
    for act in dict.fromkeys(clause.act for clause in ground.book.clauses if clause.act in known):
        assert act is not None
        entries = entries_for_act(ground.book, ground.acts, act)
        if len(entries) > 1 and not _bands_apart(ground, entries):
            names = [
                f"ladder '{ground.book.ladders[entry.ladder_index].id}'"
                if isinstance(entry, LadderEntry)
                else f"'{ground.clause_ids[entry.clause_index]}'"
                for entry in entries
            ]
            number = entries[1].order
            found = f"the act '{act}', to which {' and '.join(names)} answer alike"
            way_out = "Make one an 'exception_to' the other, or join them as steps of a ladder."
            subject = f"clause '{ground.clause_ids[number]}'"
            ground.add(subject, ("clauses", number, "act"), found, "one clause for an act", way_out)


def _act_of(ground: Ground, number: int, clause: Clause) -> None:
    act = next((act for act in ground.acts.acts if act.id == clause.act), None)
    if act is None:
        return
    subject, path = f"clause '{clause.id}'", ("clauses", number, "act")
    kind = next((each.kind for each in ground.acts.classes if each.id == act.class_), None)
    if kind is not None and kind != clause.applies_to.kind:
        expected = f"an act of a {clause.applies_to.kind}"
        way_out = "Correct the act, or 'applies_to'."
        ground.add(subject, path, f"'{act.id}', an act of a {kind}", expected, way_out)
    if clause.repeats is not None and act.spell is None:
        way_out = f"Name an act that lasts ({_some(a.id for a in ground.acts.acts if a.spell)}), or remove 'repeats'."
        ground.add(subject, path, f"'{act.id}', an act without duration", "an act with a spell", way_out)
    if isinstance(clause.points, PointsRate):
        _rate(ground, number, clause.points, act)


def _rate(ground: Ground, number: int, rate: PointsRate, act: Act) -> None:
    if act.amount is not None and act.amount.unit == rate.of:
        return
    subject, path = f"clause '{ground.clause_ids[number]}'", ("clauses", number, "points")
    measured = f"is measured in '{act.amount.unit}'" if act.amount else "has no amount"
    found = f"points for each {rate.per} of '{rate.of}', and the act '{act.id}' {measured}"
    with_it = [each.id for each in ground.acts.acts if each.amount is not None and each.amount.unit == rate.of]
    if with_it:
        way_out = f"Name an act with that amount ({_some(with_it)}), or correct 'of'."
    else:
        units = sorted({each.amount.unit for each in ground.acts.acts if each.amount is not None})
        way_out = f"Correct 'of': acts are measured in {' or '.join(units)}. What comes again while a state lasts is `repeats:`."
    ground.add(subject, path, found, f"an act with an amount in '{rate.of}'", way_out)


def _some(names: Iterable[str]) -> str:
    """Return the first few names and how many more there are."""
    known = list(names)
    more = len(known) - MOST_NAMED
    return ", ".join(known[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _bands_apart(ground: Ground, entries: Sequence[Entry]) -> bool:
    """Return whether every entry is a clause with a band of amounts and no two bands meet."""
    bands = [
        ground.book.clauses[entry.clause_index].amount if isinstance(entry, ClauseEntry) else None for entry in entries
    ]
    edges = sorted((band.from_, band.below) for band in bands if band is not None)
    apart = all(below is not None and below <= later for (_, below), (later, _) in pairwise(edges))
    return len(edges) == len(entries) and apart
