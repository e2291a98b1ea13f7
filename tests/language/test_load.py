"""References, variants, exact numbers, own acts: what the loader does with files that are right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.errors import GlasstownError, RulebookError, UsageError
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import (
    faults_of,
    load_acts,
    load_parameters,
    load_place,
    load_rulebook,
    read_document,
    shipped,
)
from glasstown.language.model import PointsRate, Rulebook

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
HARBOUR = str(GOOD / "harbour")


@pytest.mark.parametrize("reference", [*shipped(), HARBOUR, str(GOOD / "small")])
def test_good_rulebook__has_no_fault_in_any_reading(reference: str) -> None:
    assert faults_of(reference) == []
    assert load_rulebook(reference).sources


def test_folder_and_file__mean_the_same_rulebook() -> None:
    assert load_rulebook(HARBOUR) == load_rulebook(f"{HARBOUR}/rules.yaml")


def test_reference_without_variant__takes_the_default_one() -> None:
    assert load_rulebook(HARBOUR).variant == "plain"
    assert load_rulebook(str(GOOD / "small")).variant is None


def test_variant__changes_what_it_names_and_nothing_else() -> None:
    plain, strict = load_rulebook(f"{HARBOUR}@plain"), load_rulebook(f"{HARBOUR}/rules.yaml@strict")
    assert (plain.grades[1].from_, strict.grades[1].from_) == (120, 130)
    assert (plain.score.beyond_bounds, strict.score.beyond_bounds) == ("latent", "saturate")
    rescue = next(clause for clause in strict.clauses if clause.id == "h-rescue")
    assert rescue.override is not None
    assert rescue.override.on_application is False
    assert strict.variant == "strict"
    assert strict.measures == plain.measures


def test_unknown_variant__names_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'strict'"):
        load_rulebook(f"{HARBOUR}@strickt")


def test_numbers__are_exact_and_never_floats() -> None:
    book = load_rulebook(HARBOUR)
    assert book.score.quantum == Decimal("0.5")
    assert book.score.parts[1].value == Decimal("39.5")
    cleaning = next(clause for clause in book.clauses if clause.id == "h-clean")
    assert isinstance(cleaning.points, PointsRate)
    assert isinstance(cleaning.points.each, Decimal)
    assert isinstance(cleaning.points.per, int)

    def walk(value: object) -> None:
        assert not isinstance(value, float)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ():
            walk(inner)

    walk(book.model_dump())


def test_own_acts__extend_the_shipped_ones() -> None:
    extended = load_acts(GOOD / "harbour" / "acts.yaml")
    assert extended.acts[: len(load_acts().acts)] == load_acts().acts
    assert extended.lineage("harbour-music") == ("harbour-music", "harbour-noise", "harbour-offence")


def test_fault_in_one_variant_only__is_found_by_a_check_of_the_rulebook(tmp_path: Path) -> None:
    for name in ("rules.yaml", "sources.yaml", "acts.yaml"):
        text = (GOOD / "harbour" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace("{path: grades/B/below, value: 130}", "{path: grades/B/below, value: 125}")
        )
    assert load_rulebook(str(tmp_path)).variant == "plain"
    faults = faults_of(str(tmp_path))
    assert ["'B' and 'A'" in str(fault) or "between 'B' and 'A'" in fault.found for fault in faults] == [True]
    assert faults[0].place is not None
    with pytest.raises(RulebookError, match="variant 'strict'"):
        load_rulebook(f"{tmp_path}@strict")


def test_parameters_and_places__load() -> None:
    assert load_parameters().number("hazard.c0") > 0
    assert load_place("china-2020").id == "china-2020"
    with pytest.raises(UsageError, match="Did you mean 'china-2020'"):
        load_place("china-2002")


@pytest.mark.parametrize("text", ["glasstown_acts: 2", "glasstown_acts: 1\nacts: [5]", "", "roles: [", "acts: 5"])
def test_other_files__go_through_the_same_reader(tmp_path: Path, text: str) -> None:
    path = tmp_path / "acts.yaml"
    path.write_text(text)
    with pytest.raises(GlasstownError, match=r"acts\.yaml.*found"):
        read_document(path, ActCatalogue)


def test_rulebook__is_frozen() -> None:
    book: Rulebook = load_rulebook(HARBOUR)
    with pytest.raises(ValueError, match="frozen"):
        book.title = "other"  # type: ignore[misc]
