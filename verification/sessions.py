"""Random sessions at desks: shuffled, on one and two threads, each is lived again to its digest, and every life named is told alike.

As an address of the explorer, by the numbers of files alone, each comes to the same orders.

.venv/bin/python verification/sessions.py [N]     N sessions, 1,000 where it is left out; ends with 1 at the first that differs
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import glasstown
from glasstown.answers.living import LivingTown
from glasstown.explorer.decisions import decisions_text
from glasstown.explorer.seats import request_with_orders
from glasstown.explorer.session_file import taken_up
from glasstown.language.orders import Order
from glasstown.runs.one_life import replay_life
from glasstown.runs.scenario import request_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind

BOOKS = ("rongcheng-2013", "suining-2010", "cn-court-list-2017", "cn-2019")
MONTHS = 10
PEOPLE = 300
N_LIVES = 12
"""lives of a session that are told; the first ones that orders name"""


def session(number: int) -> LivingTown:
    """Return a town of this number after months in which somebody decided at random about files of both desks."""
    luck, book = random.Random(number), BOOKS[number % len(BOOKS)]
    town: LivingTown = glasstown.town(book, people=PEOPLE, months=MONTHS, seed=number, threads=1)
    while town.month < MONTHS:
        for desk in ("court", "clerk") if luck.random() < 0.6 else ():
            for case in town.desk(desk).cases():
                if luck.random() < 0.5:
                    town.decide(case, luck.choice(case.options))
        town.step()
    return town


def differences(number: int, folder: Path) -> Iterator[str]:
    """Yield what of a session is not lived again as it was, in words."""
    town = session(number)
    request = request_of(str(town.save(folder / "desk.yaml")), {})
    for threads in (1, 2):
        shuffled = tuple(random.Random(threads).sample(request.orders, len(request.orders)))
        asked = replace(request, orders=shuffled, threads=threads, out=folder / f"on-{threads}", command="verify")
        if run_town(asked).values["digest"] != town.digest:
            yield f"session {number} on {threads} threads has another digest than the town"
    taken = taken_up((folder / "desk.yaml").read_text(encoding="utf-8"), lambda done, of: None)
    view = replace(taken.view, orders=decisions_text(taken.decisions))
    if taken.moot or request_with_orders(view).orders != request.orders:
        yield f"session {number} is another one as an address"
    run_town(replace(request, orders=(), threads=1, out=folder / "twin", command="verify"))
    first = min((order.month for order in request.orders), default=MONTHS)
    if _months(folder / "on-1", first) != _months(folder / "twin", first):
        yield f"session {number} differs from its twin before its first order, in month {first}"
    for kind, place in _named(request.orders)[:N_LIVES]:
        if replay_life(folder / "on-1", place, True, kind).differences:
            yield f"session {number}: {kind} {place} is told otherwise than lived"


def _months(run: Path, before: int) -> list[object]:
    return [row for row in RunFolder.open(run).read("months").to_pylist() if row["month"] < before]


def _named(orders: tuple[Order, ...]) -> list[tuple[EntityKind, int]]:
    kinds: dict[str, EntityKind] = {"person": "person", "firm": "firm"}
    return sorted({(kinds[order.about.split("/")[0]], order.number) for order in orders})


def main(n: int) -> int:
    """Live so many sessions, and return 1 at the first that is not lived again alike, else 0."""
    n_orders = 0
    for number in range(n):
        with tempfile.TemporaryDirectory() as name:
            for words in differences(number, Path(name)):
                print(words)
                return 1
            n_orders += len(request_of(str(Path(name) / "desk.yaml"), {}).orders)
    print(
        f"{n} sessions with {n_orders} orders: each one digest, twins alike before the first order, lives told alike."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
