"""S6, S11, S13 to S15 in towns: false reports, closed gates and what they do, ties and support; and each step switched off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from glasstown.engine.society.gates import closing, gates_closed_by
from glasstown.engine.tables import lives as col
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import AIR, BLACK, JOB, POSTS, RAIL, SEATS
from glasstown.engine.tables.model import numbers_of
from glasstown.engine.tables.publicity import shown_table
from glasstown.engine.town import Town
from glasstown.language.load import load_parameters
from glasstown.rows import as_array, as_table, make_rows, total_of
from verification.towns import Plan, build, compiled, layer_of

COURT = "cn-court-list-2017"
MONTHS = 30
BUSY = {
    "hazard.c11": Decimal("0.01"),
    "recording.dishonesty.default": Decimal(1),
    "work.lose_per_month": Decimal("0.02"),
    "inform.false_share": Decimal("0.5"),
    "hazard.c10": Decimal("0.03"),
    "inform.believed_false": Decimal("0.2"),
}


def town_of(people: int = 6000, rulebook: str = COURT, **changes: str) -> Town:
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    return build(Plan(rulebook, people, MONTHS, date(2018, 1, 1), {**BUSY, **named}))


def lived(town: Town) -> Lived:
    """Live the months and return the accounts of lives over all of them."""
    total = make_rows(Lived, 1)
    for _ in range(MONTHS):
        town.advance()
        table = as_table(total)
        table += as_table(town.sides[0].lived).sum(axis=0)
    return total[0]


def test_gates_that_a_rulebook_closes__are_those_of_which_it_closes_a_part_too() -> None:
    """The courts' list closes better seats of fast trains, and their refusals count as of rail tickets."""
    assert "rail-ticket" in gates_closed_by(compiled(COURT))
    assert gates_closed_by(compiled("suining-2010")).count("rail-ticket") == 0


def state(town: Town, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.concatenate([getattr(shard.lives, name) for shard in town.sides[0].shards]).astype(np.int64)


def test_courts_list__closes_flights_and_the_better_seats_of_trains() -> None:
    by_list, by_grade = closing(compiled(COURT), date(2018, 1, 1), 12)
    names = [rule.id for rule in compiled(COURT).rulebook.lists]
    for name in ("spc_dishonest", "spc_spending"):
        bits = int(by_list[names.index(name)])
        assert bits & (AIR | RAIL | SEATS | BLACK) == AIR | SEATS | BLACK, name
    assert int(by_list[names.index("spc_dishonest")]) & JOB == 0
    assert not by_grade.any()


def test_list__is_seen_by_employers_where_its_rulebook_publishes_it_alone() -> None:
    numbers = numbers_of(load_parameters())
    seen = {
        (book, rule.id): bool(chance)
        for book in (
            COURT,
            "cn-rail-list-2018",
            "cn-finance-list-2017",
            "cn-shanghai-credit-2017",
            "cn-zhejiang-credit-2018",
        )
        for chance, rule in zip(
            as_array(shown_table(compiled(book), numbers))["looking"], compiled(book).rulebook.lists, strict=False
        )
        if rule.colour == "black"
    }
    assert {each for each, is_seen in seen.items() if is_seen} == {
        (COURT, "spc_dishonest"), ("cn-rail-list-2018", "rail_notrain"), ("cn-zhejiang-credit-2018", "grave"),
    }  # fmt: skip
    assert len(seen) == 7
    bits = int(closing(compiled(COURT), date(2018, 1, 1), 12)[0][0])
    assert bits & POSTS
    assert not int(closing(compiled(COURT), date(2018, 1, 1), 3)[0][0]) & POSTS


def test_closed__is_what_the_lists_of_the_last_month_close() -> None:
    town = town_of()
    for _ in range(12):
        before = np.concatenate([lists_of_all(status.lists) for status in layer_of(town).statuses])
        town.advance()
        assert ((state(town, "closed") & BLACK > 0) == (before > 0)).all()
    assert before.any()


def test_trips__are_refused_to_those_alone_to_whom_the_gate_is_closed() -> None:
    total = lived(town_of())
    assert total.refused_trips[0] > 0
    assert total.refused_trips[1] > 0
    assert total.substituted > total.forgone > 0
    nobody = lived(town_of(hazard__c11="0", hazard__c4="0", hazard__c6="0"))
    assert nobody.refused_trips[0] == nobody.refused_trips[1] == nobody.ties == 0
    assert nobody.stated > total.stated


def test_trips_wanted__are_as_many_as_the_parameters_say() -> None:
    """Every person-month with a closed gate wants an air trip as often as the fifths do on average, asked for four times."""
    town = town_of(20_000, hazard__c11="0.05", gate__elasticity_air="0.3")
    exposed = refused = 0
    for _ in range(MONTHS):
        town.advance()
        exposed += int((state(town, "closed") & AIR > 0).sum())
        refused += int(total_of(town.sides[0].lived).refused_trips[0])
    expected = exposed * 4 * 0.52 / 12
    assert abs(refused - expected) < 5 * (expected * 4) ** 0.5 + 0.1 * expected


def test_ties__are_lost_by_those_on_a_black_list_alone() -> None:
    town = town_of()
    total = lived(town)
    ties, usual = state(town, "ties"), 20
    assert int((usual - ties).sum()) == total.ties > 0
    never = np.concatenate([status.n_records for status in layer_of(town).statuses]) == 0
    assert (ties[never] == usual).all()


def test_support__is_what_is_usual_where_nobody_is_listed() -> None:
    town = town_of(20_000, hazard__c11="0")
    town.advance()
    adults = int((state(town, "work") != col.CHILD).sum())
    lived_by_all = total_of(town.sides[0].lived)
    stated, private = int(lived_by_all.stated), int(lived_by_all.private)
    assert abs(stated / adults - 0.80) < 0.02
    assert abs(private / adults - 0.55) < 0.02


def test_false_reports__become_records_of_what_nobody_did() -> None:
    flows = []
    for switch in ("0.5", "0"):
        town, total = (
            town_of(12_000, rulebook="rongcheng-2013", inform__false_share=switch),
            np.zeros(8, dtype=np.int64),
        )
        layer = layer_of(town)
        for _ in range(MONTHS):
            town.advance()
            total += layer.flow[:, layer.slots.truth : layer.slots.truth + 8].sum(axis=0)
        flows.append(total.tolist())
    assert flows[0][7] > 5
    assert flows[1][7] == 0


def test_true_reports__find_out_more_and_move_no_act_of_the_first_month() -> None:
    with_them, without = town_of(inform__believed_true="0.9"), town_of(inform__believed_true="0")
    for town in (with_them, without):
        town.advance()
    assert (with_them.sides[0].tally.acts == without.sides[0].tally.acts).all()
    assert with_them.sides[0].tally.found.sum() > without.sides[0].tally.found.sum()
    assert total_of(with_them.sides[0].lived).reported > 0
    assert total_of(without.sides[0].lived).reported == 0


@pytest.mark.parametrize(
    ("name", "off", "column"),
    [
        ("work__flagged", "0", "found"),
        ("debt__refused", "0", "missed"),
        ("gate__work_loss", "0", "missed"),
        ("procedure__bite", "0", "paid"),
        ("ties__cut", "0", "ties"),
        ("support__listed", "0", "stated"),
        ("support__neighbours", "0", "stated"),
        ("inform__false_share", "0", "false"),
    ],
)
def test_step_switched_off__is_seen_in_its_account(name: str, off: str, column: str) -> None:
    changes = {"hazard__c11": "0.05"}
    if name == "debt__refused":  # the courts' list closes no loan by force of law, so a scheme that does is asked
        changes["rulebook"] = "rongcheng-2013"
    if name == "gate__work_loss":
        changes["gate__work_loss"] = "0.1"
    usual, without = lived(town_of(**changes)), lived(town_of(**{**changes, name: off}))  # type: ignore[arg-type]
    assert np.any(getattr(usual, column) != getattr(without, column))
