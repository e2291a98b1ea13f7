"""S8, S9 and S16: every stock is what it was, plus what came in, less what went out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from glasstown.compiler.columns import N_STANDINGS
from glasstown.engine.sides import Layer
from glasstown.engine.tables.lives import UNEMPLOYED
from glasstown.engine.tables.practice_rows import N_RETURNS
from glasstown.engine.tables.shapes import I64, Lives
from glasstown.language.load import shipped
from glasstown.rows import total_of
from verification.table import Check, same
from verification.towns import Plan, build, compiled, is_scored, layer_of, scores

MONTHS = 24
SOURCE = "conservation, society model section 3"


def checks(people: int) -> Iterator[Check]:
    """Yield the identities of every shipped rulebook that scores people."""
    for rulebook in shipped():
        if any(subject.kind == "person" for subject in compiled(rulebook).rulebook.subjects):
            yield from _identities(rulebook, people)


def _identities(rulebook: str, people: int) -> Iterator[Check]:
    """Live two years and count the months and stocks in which an identity does not hold."""
    town = build(Plan(rulebook, people, MONTHS, date(2014, 1, 1), {}, shards=2))
    layer = layer_of(town)
    n_lists = len(compiled(rulebook).list_ids())
    broken_lists = broken_scores = broken_grades = broken_work = broken_owed = owed = 0
    out_of_work = sum(int((shard.lives.work == UNEMPLOYED).sum()) for shard in town.sides[0].shards)
    for _ in range(MONTHS):
        before = layer.level.sum(axis=0)
        town.advance()
        after, flow = layer.level.sum(axis=0), layer.flow.sum(axis=0)
        broken_lists += sum(1 for rule in range(n_lists) if _list_gap(layer, before, after, flow, rule) != 0)
        broken_scores += int(_score_gap(layer, before, after, flow, len(compiled(rulebook).clause_ids())) != 0)
        lived = total_of(town.sides[0].lived)
        broken_work += int(int(lived.unemployed) != out_of_work + int(lived.lost + lived.failed - lived.found))
        out_of_work = int(lived.unemployed)
        owed += int(lived.judged - lived.recovered - lived.written_off)
        broken_owed += int(owed != sum(_owed(shard.lives) for shard in town.sides[0].shards))
        grades = after[layer.slots.level_grades : layer.slots.level_grades + N_STANDINGS]
        broken_grades += int(int(grades.sum()) != layer.n_scored)
    yield same(f"{rulebook}: list-months where change ≠ in − out ({n_lists} lists)", SOURCE, 0, broken_lists)
    yield same(f"{rulebook}: months where change of score_sum ≠ points + returned", SOURCE, 0, broken_scores)
    yield same(
        f"{rulebook}: months where change of the unemployed ≠ jobs and businesses lost − found", SOURCE, 0, broken_work
    )
    yield same(
        f"{rulebook}: months where what is owed by judgment ≠ new − recovered − written off", SOURCE, 0, broken_owed
    )
    yield same(f"{rulebook}: months where grades do not add up to those scored", SOURCE, 0, broken_grades)
    ours = int(scores(town)[is_scored(town)].sum())
    yield same(f"{rulebook}: sum of scores, person by person", "score_sum", int(after[layer.slots.level_score]), ours)


def _owed(lives: Lives) -> int:
    """Return what is owed by judgment in a shard, a claim that two people owe counted once."""
    return int(lives.owed.sum(dtype="i8") - lives.joint.sum(dtype="i8"))


def _list_gap(layer: Layer, before: I64, after: I64, flow: I64, rule: int) -> int:
    """Return what a list's stock changed by beyond in and out."""
    slots = layer.slots
    change = int(after[slots.level_lists + rule] - before[slots.level_lists + rule])
    return change - int(flow[slots.list_in + rule] - flow[slots.list_out + rule])


def _score_gap(layer: Layer, before: I64, after: I64, flow: I64, n_clauses: int) -> int:
    """Return what the sum of scores changed by beyond points and what lapses, corrections and resets returned."""
    slots = layer.slots
    change = int(after[slots.level_score] - before[slots.level_score])
    points = int(np.sum(flow[slots.points : slots.points + n_clauses]))
    return change - points - int(np.sum(flow[slots.returned : slots.returned + N_RETURNS]))
