"""Nothing that the record has is missing from a rulebook, and no value differs.

`tests/data/record_counts.json` holds what the record has for each of the six schemes: ids, values, standing, counts.
Labels and texts are the rulebooks' own words and are not compared.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Cite, Clause, Grade, Observation, PointsRange, PointsRate, Rulebook, Span

RECORD: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "record_counts.json").read_text(encoding="utf-8")
)
NO_THRESHOLD = (None, "unknown", "lowest", "top")


@pytest.fixture(scope="module", params=sorted(RECORD))
def book(request: pytest.FixtureRequest) -> Rulebook:
    """One shipped rulebook, in its default reading."""
    return load_rulebook(request.param)


def standing(cite: Cite) -> tuple[str, str, str]:
    """Return what of a citation the record fixes."""
    return cite.source, cite.evidence, cite.seen


def recorded_standing(entry: dict[str, Any]) -> tuple[str, str, str]:
    """Return the same of an entry of the record."""
    return entry["source"], entry["evidence"], entry["seen"]


def test_clauses__are_those_of_the_record_in_its_order(book: Rulebook) -> None:
    assert [clause.id for clause in book.clauses] == list(RECORD[book.id]["clauses"])


def test_clauses__have_the_values_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]["clauses"]
    wrong = [clause.id for clause in book.clauses if not points_agree(clause, recorded[clause.id])]
    assert not wrong


def points_agree(clause: Clause, entry: dict[str, Any]) -> bool:
    """Say whether a clause's points are the record's; what the record does not tell is unknown or no number at all."""
    if "range" in entry:
        least, most = (Decimal(text) for text in entry["range"])
        return clause.points == PointsRange(least=least, most=most)
    if entry["points"] is None:
        return clause.points == "unknown" or (clause.points is None and "effect" in entry)
    number = clause.points.each if isinstance(clause.points, PointsRate) else clause.points
    return number == Decimal(entry["points"])


def test_clauses__stand_where_the_record_says(book: Rulebook) -> None:
    recorded = RECORD[book.id]["clauses"]
    told = {clause.id: standing(clause.cite) for clause in book.clauses}
    assert told == {clause_id: recorded_standing(entry) for clause_id, entry in recorded.items()}


def test_clauses__have_the_lapse_and_the_fine_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]["clauses"]
    for clause in book.clauses:
        entry = recorded[clause.id]
        assert (clause.fine is not None) or "fine" not in entry, clause.id
        if "lapse_months" in entry:
            after = clause.lapse.after if clause.lapse is not None else None
            assert isinstance(after, Span), clause.id
            assert (after.months or 0) + 12 * (after.years or 0) == entry["lapse_months"], clause.id


def test_clauses__have_the_caps_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]["clauses"]
    for clause in book.clauses:
        entry = recorded[clause.id].get("cap")
        if entry is not None:
            assert (entry["times"], entry["per"]) in [(cap.times, cap.per) for cap in clause.caps], clause.id


def test_clauses__name_acts_of_the_catalogue(book: Rulebook) -> None:
    known = set(load_acts().ids())
    assert [clause.id for clause in book.clauses if clause.act not in known] == []


def test_grades__have_the_thresholds_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]["grades"]
    told = [grade for grade in book.grades if grade.of == "subject"]
    assert len(book.grades) >= len(recorded)
    for name, entry in recorded.items():
        grade = next((grade for grade in told if grade.id == name), None)
        if grade is None:
            assert (entry["from"], entry["to"]) == (None, None), name
            continue
        assert threshold_agrees(book, grade, entry), name


def threshold_agrees(book: Rulebook, grade: Grade, entry: dict[str, Any]) -> bool:
    """Say whether a grade begins where the record says; a variant may set what the record leaves open."""
    if entry["from"] is None:
        return grade.from_ in NO_THRESHOLD or book.variant is not None
    return grade.from_ == Decimal(entry["from"]) and standing(grade.cite) == recorded_standing(entry)


def test_score__has_the_base_and_bounds_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]
    for name, figure in (("base", book.score.base), ("lowest", book.score.lowest), ("highest", book.score.highest)):
        expected = "unknown" if recorded[name] is None else Decimal(recorded[name])
        assert figure.value == expected, name


def test_score__has_the_parts_of_the_record(book: Rulebook) -> None:
    recorded = sorted(Decimal(text) for text in RECORD[book.id]["parts"])
    assert sorted(part.value for part in book.score.parts) == recorded
    if recorded:
        assert sum(recorded) == book.score.base.value


def test_sections__have_at_least_what_the_record_counts(book: Rulebook) -> None:
    counts = RECORD[book.id]["counts"]
    assert len(book.subjects) >= RECORD[book.id]["subjects"]
    assert len(book.lists) + len(book.publicity) >= counts["lists"] + counts["publicity"]
    assert len(book.publicity) >= counts["publicity"]
    assert len(book.measures) >= counts["sanctions"] + counts["rewards"]
    assert len(book.redress) >= counts["redress"]
    assert len(book.process) >= counts["process"]
    assert len(book.open_questions) >= counts["open_questions"]


def test_observations__are_the_figures_of_the_record(book: Rulebook) -> None:
    recorded = RECORD[book.id]["observations"]
    expected = Counter((figure(entry["value"]), entry["year"], recorded_standing(entry)) for entry in recorded)
    assert Counter((told_figure(told), told.year, standing(told.cite)) for told in book.observations) == expected


def figure(value: str | list[str] | None) -> object:
    """Return a recorded figure as the rulebook holds it."""
    if value is None:
        return "unknown"
    return tuple(Decimal(text) for text in value) if isinstance(value, list) else Decimal(value)


def told_figure(observation: Observation) -> object:
    """Return an observation's figure."""
    return observation.value


def test_sources__are_those_of_the_record(book: Rulebook) -> None:
    assert set(RECORD[book.id]["sources"]) <= {source.key for source in book.sources}
