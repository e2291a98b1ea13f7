"""Run folders with invented accounts, written by the records stage's own writers, for the tests of outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from glasstown.language.load import load_rulebook
from glasstown.language.model import Rulebook
from glasstown.paths import data_folder
from glasstown.runs.texts import documents_of
from glasstown.storage import Document, Manifest, RunFolder, installed_versions, table_of

PARAMETERS = """
glasstown_parameters: 1
parameters:
  - {id: hazard.c0, label: traffic acts, unit: acts per driver-month, value: 0.6, low: 0.1, high: 3, step: S5,
     basis: {source: invented for a test, evidence: fitted}}
  - {id: filing.lost, label: share of findings lost, unit: share, value: 0.02, low: 0, high: 0.1, step: S7,
     basis: {source: invented for a test, evidence: assumed}}
"""

Cell = tuple[str, str, str, str, Callable[[int], int]]
"""Kind, group, account, item, and the value in each month."""


def make_town(
    folder: Path,
    ref: str,
    cells: list[Cell],
    *,
    months: int = 60,
    people: int = 100_000,
    firms: int = 0,
    final: dict[str, list[object]] | None = None,
    finished: bool = True,
) -> Path:
    """Write a run of a shipped rulebook with these cells."""
    run = RunFolder.create(folder, manifest(ref, months, people, firms))
    run.write_part("months", 0, table_of("months", columns(cells, months, ref)))
    if final is not None:
        run.write_single("final", table_of("final", final))
    run.update(parts=1)
    if finished:
        run.finish(digest="0f" * 32, timings={"months": 1.5}, result={})
    return folder


def manifest(ref: str, months: int, people: int, firms: int) -> Manifest:
    """Return the manifest of a run of a shipped rulebook."""
    place = next((data_folder() / "places").glob("*.yaml"), None)
    return Manifest(
        command=f"glasstown run {ref}",
        versions=installed_versions(),
        rulebooks=(documents_of(ref, load_rulebook(ref)),),
        acts=(Document.from_file(data_folder() / "acts.yaml"),),
        parameters=Document.of("few-parameters.yaml", PARAMETERS),
        place=Document.from_file(place) if place else Document.of("place.yaml", "{}"),
        seed=1,
        people=people,
        firms=firms,
        months=months,
        start=date(2013, 1, 1),
    )


OF_NONE = ("acts", "detections")
"""Accounts that belong to no rulebook."""


def columns(cells: list[Cell], months: int, ref: str = "suining-2010") -> dict[str, list[object]]:
    """Return the months table's columns; a value of 0 leaves its row out, as a run does."""
    rows: list[tuple[object, ...]] = []
    for kind, group, account, item, value in cells:
        for n in range(months):
            if number := value(n):
                day, of = date(2013 + n // 12, n % 12 + 1, 1), None if account in OF_NONE else ref
                rows.append((n, day, kind, group, of, account, item, number))
    names = ("month", "date", "kind", "group", "rulebook", "account", "item", "value")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def plausible_cells(ref: str, scored: int = 80_000, slide: float = 0.01) -> list[Cell]:
    """Return cells that look like a run of this rulebook: a slide through grades, some clauses and wrong records."""
    book = load_rulebook(ref)
    kind = "person" if any(clause.applies_to.kind == "person" for clause in book.clauses) else "firm"
    group = "fifth-1" if kind == "person" else "small"
    cells: list[Cell] = [
        (kind, group, "people", "all", lambda n: scored + 20_000),
        (kind, group, "people", "scored", lambda n: scored),
        (kind, group, "score_sum", "score", lambda n: scored * 1000 - 900 * n),
        (kind, group, "acts", "c7", lambda n: 31),
        (kind, group, "detections", "c7", lambda n: n % 3),
        (kind, group, "truth", "right", lambda n: 1900),
        (kind, group, "truth", "wrong person", lambda n: 40),
        (kind, group, "truth", "wrong content", lambda n: 25),
        (kind, group, "truth", "duplicate", lambda n: 12),
        (kind, group, "truth", "lost", lambda n: 33),
        (kind, group, "truth", "not recorded", lambda n: 210),
        (kind, group, "corrections", "granted", lambda n: 5),
    ]
    return cells + grade_cells(book, kind, group, scored, slide) + clause_cells(book, kind, group)


def grade_cells(book: Rulebook, kind: str, group: str, scored: int, slide: float) -> list[Cell]:
    """Return a slide from one grade to the next worse one, from the grade that holds the base on."""
    ids = [grade.id for grade in book.grades if grade.of == "subject"]
    if not ids:
        return [(kind, group, "grades", "none", lambda n: scored)]
    best = ids.index("A") if "A" in ids else 0
    left = [lambda n: round(scored * (1 - slide) ** n)]
    cells: list[Cell] = [(kind, group, "grades", ids[best], left[0])]
    if best + 1 < len(ids):
        cells.append((kind, group, "grades", ids[best + 1], lambda n: scored - left[0](n)))
    return cells


def clause_cells(book: Rulebook, kind: str, group: str) -> list[Cell]:
    """Return records and points for a part of the clauses, and firings for all of unknown value."""
    cells: list[Cell] = []
    for position, clause in enumerate(book.clauses):
        each = 200 // (position + 1) + 1
        if clause.points == "unknown":
            cells.append((kind, group, "unknown_fired", clause.id, lambda n, each=each: each))
        elif position % 3 != 2:
            sign = -1 if clause.direction == "deduct" else 1
            cells.append((kind, group, "records", clause.id, lambda n, each=each: each))
            cells.append((kind, group, "points", clause.id, lambda n, each=each, sign=sign: 5 * sign * each))
            cells.append((kind, group, "points_wrong", clause.id, lambda n, each=each, sign=sign: sign * (each // 10)))
    return cells


@dataclass(frozen=True, slots=True)
class ToldLife:
    """One invented life, in the shape that a replay has."""

    person: dict[str, object]
    done: list[dict[str, object]]
    lines: list[dict[str, object]]


def told_life(ref: str = "suining-2010") -> ToldLife:
    """Return a life with every kind of line: right, wrong, lapsed, corrected, without change."""
    book = load_rulebook(ref)
    deducting = [c for c in book.clauses if c.direction == "deduct" and c.applies_to.kind == "person"][:4]
    best, worse = ("A", "B") if book.grades else (None, None)
    score, lines = 1000, []
    truths = ("right", "wrong person", "duplicate", "wrong content")
    for n, (clause, truth) in enumerate(zip(deducting, truths, strict=False)):
        after = score - 20
        lines.append(
            {
                "date": f"2013-0{n + 2}-11",
                "clause": clause.id,
                "before": str(score),
                "after": str(after),
                "grade": best if after >= 970 else worse,
                "cap": None,
                "lists": [],
                "measures": [],
                "why": f"Recorded: {clause.label}; 20 points are taken.",
                "source": clause.cite.source,
                "event": f"e{n}",
                "act": clause.act,
                "act_date": f"2013-0{n + 2}-03",
                "truth": truth,
            }
        )
        score = after
    last = {**lines[-1], "date": "2014-01-05", "clause": None, "before": str(score), "after": str(score + 20)}
    lines.append({**last, "why": "The correction was granted; 20 points return.", "truth": None, "act_date": None})
    person = {"name": "Loma Terrik", "age": 41, "sex": "female", "urban": True, "income_fifth": 2, "roles": ["driver"]}
    return ToldLife(person, [{"month": 0, "class": "c0", "acts": 31}, {"month": 4, "class": "c1", "acts": 9}], lines)


def final_rows(n_people: int = 40, ref: str = "suining-2010") -> dict[str, list[object]]:
    """Return a final table of a few people, one of them with eight records."""
    ids = list(range(n_people))
    return {
        "kind": ["person"] * n_people,
        "id": list(ids),
        "age": [20 + n for n in ids],
        "rulebook": [None if n % 5 == 0 else ref for n in ids],
        "score": [None if n % 5 == 0 else 1000 - 10 * n for n in ids],
        "grade": [None if n % 5 == 0 else "A" if n < 4 else "B" for n in ids],
        "n_records": [8 if n == 17 else n % 4 for n in ids],
    }
