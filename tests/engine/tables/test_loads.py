"""Nobody acts before the age of a class; sex and age say who acts and leave the mean as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from glasstown.engine.tables import loads
from glasstown.engine.tables.model import numbers_of, of_kind
from glasstown.engine.tables.propensity import are_open
from glasstown.language.load import load_acts, load_parameters, load_place
from glasstown.population import BLOCK, Population
from glasstown.population.composition import Composition
from verification.towns import PLACE, Plan, build

PEOPLE = 6_000
CLASSES = of_kind(load_acts(), "person")[0]
NUMBERS, PLACE_SHARES = numbers_of(load_parameters()), Composition.of(load_place(PLACE))


def ages() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    population = Population(load_place(PLACE), load_acts(), PEOPLE, 0, 1)
    return population.people(0, population.n_blocks).age


def test_children__do_nothing_are_not_sued_and_are_no_heads() -> None:
    town, age = build(Plan("rongcheng-2013", PEOPLE, 12, date(2014, 1, 1), {})), ages()
    since = town.sides[0].conduct.from_age
    assert since.min() >= 14
    assert since[11] == 18
    for _ in range(12):
        town.advance()
    first = 0
    for shard in town.sides[0].shards:
        n = len(shard.roles)
        mine, place = age[first : first + n], np.arange(n)
        for k, years in enumerate(since.tolist()):
            is_open = are_open(shard.propensity[place // BLOCK, k, place % BLOCK])
            assert not is_open[mine < years].any()
            assert not shard.detections[k][mine < years].any()
            if k < shard.lives.heads.shape[1]:
                assert int(shard.lives.heads[:, k].sum()) == int(is_open.sum())
        first += n


@pytest.mark.parametrize("k", [1, 11])
def test_loads__leave_the_mean_number_of_acts_as_it_is(k: int) -> None:
    table = loads.make_loads(CLASSES, NUMBERS, PLACE_SHARES)[k]
    years = CLASSES[k].from_age.years if CLASSES[k].from_age else 0
    forties, women = float(PLACE_SHARES.among(40, 49, from_age=years)), float(PLACE_SHARES.women)
    mean = sum(
        by_sex * by_age * 2.0 ** (int(table[sex, age]) / 256)
        for sex, by_sex in enumerate((1 - women, women))
        for age, by_age in enumerate((1 - forties, forties))
    )
    assert table.any()
    assert mean == pytest.approx(1, abs=0.005)


def test_loads__are_those_of_the_record_and_none_where_it_is_silent() -> None:
    table = loads.make_loads(CLASSES, NUMBERS, PLACE_SHARES)
    assert [k for k in range(len(CLASSES)) if table[k].any()] == [1, 11]
    men = 2.0 ** (int(table[11, 0, 0] - table[11, 1, 0]) / 256)
    forties = 2.0 ** (int(table[11, 1, 1] - table[11, 1, 0]) / 256)
    assert men / (men + 1) == pytest.approx(0.75, abs=0.005)
    share = float(PLACE_SHARES.among(40, 49, from_age=18))
    assert share * forties / (share * forties + 1 - share) == pytest.approx(0.35, abs=0.015)
    assert not loads.make_loads(CLASSES, NUMBERS, None).any()


def test_records_lost__are_as_many_as_their_parameter_says() -> None:
    """Of a scheme that scores adults alone: what children do is no matter of it."""
    from glasstown.engine.tables.practice_rows import N_TRUTHS, TRUTH_LOST, TRUTH_NOT_RECORDED
    from verification.towns import layer_of, live

    changes = {"filing.wrong_person": Decimal("0.3")}
    town = build(Plan("rongcheng-2013", PEOPLE, 12, date(2014, 1, 1), changes))
    slots = layer_of(town).slots
    truth = live(town, 12).sum(axis=0)[slots.truth : slots.truth + N_TRUTHS]
    kept = int(truth.sum()) - int(truth[TRUTH_NOT_RECORDED])
    share = float(NUMBERS["filing.lost"])
    assert int(truth[TRUTH_LOST]) / kept == pytest.approx(share, abs=2.6 * (share / kept) ** 0.5)
