"""S7, S11, S12: offices that hear late and keep old copies, gates that do not join in, households, names, shame."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from glasstown.engine.beginning import names_of, shares_of_names
from glasstown.engine.society.gates import closing
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import AIR, ALL_GATES, BLACK, GATES, SEATS, SHARED
from glasstown.engine.tables.pressing import shames
from glasstown.engine.tables.profiles import households_of
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from glasstown.rows import as_table, make_rows, total_of
from verification.towns import Plan, build, compiled, layer_of

COURT, MONTHS, START = "cn-court-list-2017", 24, date(2018, 1, 1)
BUSY = {
    "hazard.c11": Decimal("0.02"),
    "recording.dishonesty.default": Decimal(1),
    "recording.court.default": Decimal(1),
    "procedure.perform_per_month": Decimal("0.1"),
    "trait_loading": Decimal("0.5"),
    "filing.copy_corrected_per_month": Decimal(1),
}


def town_of(people: int = 6000, rulebook: str = COURT, **changes: str) -> Town:
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    return build(Plan(rulebook, people, MONTHS, START, {**BUSY, **named}))


def closed(town: Town) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.concatenate([shard.lives.closed for shard in town.sides[0].shards]).astype(np.int64)


def on_list(town: Town) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.concatenate([lists_of_all(status.lists) for status in layer_of(town).statuses]) != 0


def lived(town: Town) -> Lived:
    """Live the months and return the accounts of lives over all of them."""
    total = make_rows(Lived, 1)
    for _ in range(MONTHS):
        town.advance()
        table = as_table(total)
        table += as_table(town.sides[0].lived).sum(axis=0)
    return total[0]


def test_gates__join_in_one_after_the_other() -> None:
    some, all_of_them = set(), closing(compiled(COURT), START, 12)[0]
    for joined in range(13):
        by_list, _ = closing(compiled(COURT), START, joined)
        assert (by_list & ALL_GATES & ~((1 << joined) - 1) == 0).all()
        assert joined > 1 or (by_list & SEATS == 0).all()
        assert (by_list & BLACK == all_of_them & BLACK).all()
        some.add(tuple(by_list.tolist()))
    assert len(some) > 6
    assert len(GATES) == 12


def test_gates_that_do_not_join_in__refuse_nothing_and_more_gates_refuse_more_kinds() -> None:
    none, two, all_of_them = (lived(town_of(gate__joined=n)) for n in ("0", "2", "12"))
    assert [sum(none.refused_trips), sum(none.refused_others), sum(two.refused_others)] == [0, 0, 0]
    assert min(two.refused_trips) > 0
    assert sum(n > 0 for n in (*all_of_them.refused_trips, *all_of_them.refused_others)) >= 7


def test_old_copy__keeps_gates_closed_as_long_as_offices_take_to_hear() -> None:
    """Of those who left the list, each gate opens with the monthly chance; who is on the list is known at once."""
    town = town_of(filing__copy_corrected_per_month="0.25")
    before = closed(town)
    opened = stayed = 0
    for _ in range(MONTHS):
        is_on = on_list(town)
        town.advance()
        now = closed(town)
        assert ((now & BLACK > 0) == is_on).all()
        free = ~is_on & (before & AIR > 0)
        opened += int((now[free] & AIR == 0).sum())
        stayed += int((now[free] & AIR > 0).sum())
        assert int(total_of(town.sides[0].lived).copies) >= int((free & (now & AIR > 0)).sum())
        before = now
    n = opened + stayed
    assert n > 200
    assert abs(opened / n - 0.25) < 4 * (0.25 * 0.75 / n) ** 0.5


def test_copies_corrected_at_once__close_nothing_to_anybody_who_is_not_listed() -> None:
    total, town = lived(town_of()), town_of()
    assert total.copies == 0
    for _ in range(6):
        is_on = on_list(town)
        town.advance()
    assert (closed(town)[~is_on] & ALL_GATES == 0).all()


def test_office_that_hears_late__closes_its_gate_later() -> None:
    town = town_of(platform__heard_per_month="0.25")
    first: list[float] = []
    for _ in range(MONTHS):
        was_on, before = on_list(town), closed(town)
        town.advance()
        fresh = was_on & (before & BLACK == 0)
        if fresh.sum() > 5:
            first.append(float((closed(town)[fresh] & SEATS > 0).mean()))
    assert abs(float(np.mean(first)) - 0.25) < 0.1


def test_household__shares_what_is_closed_to_a_listed_member_and_nothing_else() -> None:
    town = town_of(household__inherits="1")
    for _ in range(12):
        is_on = on_list(town)
        town.advance()
    shards = town.sides[0].shards
    home = np.concatenate([households_of(shard.profile) for shard in shards]).astype(np.int64)
    home += np.arange(len(home)) // BLOCK * 256
    struck = np.isin(home, home[is_on & (closed(town) & SHARED > 0)])
    bits = closed(town)
    assert (bits[struck] & SHARED > 0).all()
    assert (bits[~struck] & SHARED == 0).all()
    assert (bits[struck & ~is_on] & ALL_GATES & ~SHARED == 0).all()
    assert int(total_of(town.sides[0].lived).inherited) == int((struck & ~is_on).sum()) > 0
    assert lived(town_of()).inherited == 0


def test_name__bars_its_other_holders_where_gates_go_by_name_and_nobody_else() -> None:
    town = town_of(12_000, linkage__by_number="0")
    for _ in range(12):
        is_on = on_list(town)
        town.advance()
    names = names_of(1, 0, len(is_on))
    of_listed = np.isin(names, names[is_on])
    bits = closed(town)
    assert (bits[~is_on & ~of_listed] & ALL_GATES == 0).all()
    assert (bits[~is_on & of_listed] & AIR > 0).any()
    assert int(total_of(town.sides[0].lived).namesakes) == int((~is_on & of_listed & (bits & ALL_GATES > 0)).sum()) > 0
    assert lived(town_of()).namesakes == 0


def test_names__are_drawn_once_a_life_and_are_as_common_as_their_shares() -> None:
    names = names_of(3, 0, 300_000)
    assert (names_of(3, 1000, 50) == names[1000:1050]).all()
    shares, counts = shares_of_names(), np.bincount(names, minlength=1 << 18)
    assert abs(float(shares.sum()) - 1) < 1e-9
    for first, last in ((0, 100), (100, 10_000), (10_000, 1 << 18)):
        expected = float(shares[first:last].sum()) * 300_000
        assert abs(int(counts[first:last].sum()) - expected) < 4 * expected**0.5


def test_shame__works_on_the_little_indebted_and_fades_as_more_are_listed() -> None:
    table = shames(Decimal("0.5"), Decimal(2))
    assert (table[32] == 256).all()
    assert (np.diff(table, axis=0) <= 0).all()
    assert (np.diff(table[0]) > 0).all()
    assert abs(int(table[0].mean()) - 256 * 2**0.5) < 15
    assert (shames(Decimal(0), Decimal(2)) == 256).all()
    assert (shames(Decimal("0.5"), Decimal(0)) == table[0]).all()


def test_being_shown__makes_people_perform_sooner_and_switched_off_does_not() -> None:
    stocks = []
    for neighbours, optional in (("1", "1"), ("0", "1"), ("1", "0")):
        town = town_of(public__neighbours=neighbours, public__readers="0", public__optional=optional, shame__response="1.3",
                       public__searchers="0", ties__cut="0", shame__feared="0")  # fmt: skip
        layer, left = layer_of(town), 0
        for _ in range(MONTHS):
            town.advance()
            left += int(layer.flow[:, layer.slots.list_out].sum())
        stocks.append(left)
    assert stocks[0] > stocks[1]
    assert stocks[1] == stocks[2]


def test_court__has_a_share_of_recording_of_its_own_and_every_agency_a_factor() -> None:
    def shares(**changes: str) -> dict[str, set[int]]:
        town = town_of(people=150, **changes)
        table = layer_of(town).practice.act_table
        acts = town.sides[0].conduct.acts
        found: dict[str, set[int]] = {}
        for act, row in zip(acts, table, strict=True):
            found.setdefault(act.detected.by, set()).add(int(row.recorded) >> 22)
        return found

    usual = shares(recording__court__default="0.75")
    assert usual["court"] == {768}
    assert usual["camera"] == {1024}
    moved = shares(recording__court__default="0.25", recording__agency__camera="0.5")
    assert (moved["court"], moved["camera"], moved["patrol"]) == ({256}, {512}, usual["patrol"])
