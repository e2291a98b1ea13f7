"""What would have saved a person: every change that is told keeps the life off the list, and no part of it does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from glasstown.interpreter.life import live
from glasstown.ledger import Life
from glasstown.runs.one_life import replay_life
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.studies.rescue import listed_people, rescue_of
from glasstown.studies.rescue_tried import Change
from verification.table import Check, same

SOURCE = "every life lived again, with the change and with each part of it"
SETTINGS = {"hazard.c4": "0.1", "hazard.c11": "0.001", "filing.wrong_person": "0.02", "filing.duplicate": "0.05"}
"""a town with more debts and more errors than usual, so that there are listed people of every kind"""


def checks(n_listed: int) -> Iterator[Check]:
    """Yield: listed people asked about, changes that do not save, parts of changes that do."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "run"
        run_town(
            RunRequest(
                "cn-court-list-2017", people=300 * n_listed, months=36, settings=SETTINGS, out=path, command="verify"
            )
        )
        listed = listed_people(path)[:n_listed]
        n_failed, n_parts = 0, 0
        for person, _, _ in listed:
            failed, parts = _tried(path, person)
            n_failed, n_parts = n_failed + failed, n_parts + parts
    yield same("listed people whose rescue is searched", SOURCE, n_listed, len(listed))
    yield same("changes after which the life still ends on a list", SOURCE, 0, n_failed)
    yield same("parts of a change that would have been enough", SOURCE, 0, n_parts)


def _tried(path: Path, person: int) -> tuple[int, int]:
    """Return how many of a person's changes do not save, and how many proper parts of them do."""
    inputs = inputs_of(RunFolder.open(path))
    book, life = inputs.books[0], replay_life(path, person).under[0].life
    black = {rule.id for rule in book.lists if rule.colour == "black"}

    def is_listed(changed: Life) -> bool:
        return bool(black & set(live(book, inputs.acts, changed).lists))

    failed = parts = 0
    for change in rescue_of(path, person).changes:
        if change.kind == "rule":
            continue  # the search itself lives these under the changed rulebook, by both readings
        failed += is_listed(_with(life, change, change.records))
        smaller = (part for size in range(len(change.records)) for part in combinations(change.records, size))
        parts += sum(not is_listed(_with(life, replace(change, decision=None), part)) for part in smaller)
    return failed, parts


def _with(life: Life, change: Change, gone: tuple[str, ...]) -> Life:
    """Return a life without some records and with the decision that a change brings."""
    brought = [change.decision] if change.decision is not None else []
    return replace(
        life,
        records=tuple(record for record in life.records if record.id not in gone),
        decisions=(*(each for each in life.decisions if each.of not in gone), *brought),
    )
