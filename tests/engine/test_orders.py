"""An order is laid over the one act that it is about: every other act is filed with the number, and so the luck, that it had."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.engine.orders import NO_ORDERS, laid_over, mark
from glasstown.engine.tables.found_words import ASK_MEANS, COURT, HEEDED, RECORD, SPARE
from glasstown.engine.tables.log_rows import CAME
from glasstown.engine.tables.shapes import Found, Shard
from glasstown.population import BLOCK
from offices import ALWAYS, Office, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
words, filing, bundles = plain("tables.found_words"), plain("office.filing"), plain("tables.bundles")
codes = plain("tables.practice_rows")


def shard(n: int = 2 * BLOCK, entity: int = 0) -> Shard:
    blocks = -(-n // BLOCK)
    return cast(
        "Shard", SimpleNamespace(roles=np.zeros(n), hashes=np.zeros(blocks), ident=SimpleNamespace(entity=entity))
    )


def found(*blocks: list[int]) -> Found:
    starts = np.cumsum([0, *(len(block) for block in blocks)]).astype(np.int64)
    return Found(starts, np.array([word for block in blocks for word in block] + [0] * 5, dtype=np.int64))


def orders(*rows: tuple[int, int, int, int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([[*row, 0] for row in rows], dtype=np.int64).reshape(-1, 5)


def acts_in(over: Found) -> list[tuple[int, int, int, int, int]]:
    """Return block, person, class, number and order of every act, as the office counts them."""
    acts = []
    for block in range(len(over.starts) - 1):
        for word in over.rows[over.starts[block] : over.starts[block + 1]].tolist():
            for each in range(min(words.found_out(word), filing.MOST_OF_A_CLASS)):
                number = 15 if words.is_false_report(word) else words.first_number(word) + each
                acts.append((block, words.found_person(word), words.found_class(word), number, words.order_of(word)))
    return acts


def test_no_order_of_this_shard__gives_the_same_array() -> None:
    there = found([words.pack_found(3, 1, 2, 2)], [])
    assert laid_over(there, shard(), NO_ORDERS) is there
    assert laid_over(there, shard(), orders((2 * BLOCK, 1, 0, SPARE))) is there
    assert laid_over(there, shard(entity=BLOCK), orders((BLOCK - 1, 1, 0, SPARE))) is there


def test_an_order__stands_on_its_act_alone() -> None:
    there = found([words.pack_found(3, 1, 4, 3), words.pack_found(3, 2, 1, 1)], [words.pack_found(3, 1, 1, 1)])
    over = laid_over(there, shard(), orders((3, 1, 1, SPARE), (BLOCK + 3, 1, 0, RECORD)))
    assert acts_in(over) == [
        (0, 3, 1, 0, 0),
        (0, 3, 1, 1, SPARE),
        (0, 3, 1, 2, 0),
        (0, 3, 2, 0, 0),
        (1, 3, 1, 0, RECORD),
    ]


def test_a_false_report__has_a_number_of_its_own() -> None:
    there = found([words.pack_found(3, 1, 1, 1), words.pack_false_report(3, 1)], [])
    assert [act[-1] for act in acts_in(laid_over(there, shard(), orders((3, 1, 15, SPARE))))] == [0, SPARE]
    assert [act[-1] for act in acts_in(laid_over(there, shard(), orders((3, 1, 0, SPARE))))] == [SPARE, 0]


def test_acts_that_are_named__keep_the_name_and_the_numbers_behind_the_first_ones() -> None:
    there = found([words.pack_found(3, 1, 5, 2), words.pack_named(words.pack_found(3, 1, 5, 3), 7, 2)], [])
    over = laid_over(there, shard(), orders((3, 1, 3, SPARE)))
    assert [act[3:] for act in acts_in(over)] == [(0, 0), (1, 0), (2, 0), (3, SPARE), (4, 0)]
    assert [words.named_act(word) for word in over.rows.tolist()] == [-1, 7, 7, 7]


WORD = st.tuples(st.integers(0, BLOCK - 1), st.integers(0, 11), st.integers(1, 40))
FOUND_WORDS = st.lists(WORD, max_size=6, unique_by=lambda word: word[:2])
ASKED = st.sets(st.tuples(st.integers(0, 2 * BLOCK), st.integers(0, 11), st.integers(0, 15)), max_size=8)


@given(FOUND_WORDS, FOUND_WORDS, ASKED)
def test_any_orders__leave_every_act_with_its_number(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]], asked: set[tuple[int, int, int]]
) -> None:
    there = found(*([words.pack_found(p, k, n, n) for p, k, n in sorted(block)] for block in (one, other)))
    mine = orders(*((entity, k, number, ASK_MEANS) for entity, k, number in sorted(asked)))
    before, after = acts_in(there), acts_in(laid_over(there, shard(), mine))
    assert [act[:4] for act in after] == [act[:4] for act in before]
    given_to = {(act[0] * BLOCK + act[1], *act[2:4]) for act in after if act[4]}
    assert given_to == {(a[0] * BLOCK + a[1], a[2], a[3]) for a in before} & asked


def test_mark__tells_which_orders_found_something() -> None:
    there = found([words.pack_found(3, 1, 2, 2)], [words.pack_false_report(4, 2)])
    mine = orders((3, 1, 1, SPARE), (3, 1, 9, SPARE), (BLOCK + 4, 2, 15, RECORD), (BLOCK + 4, 2, 0, RECORD))
    over = laid_over(there, shard(), mine)
    over.rows[[words.order_of(word) != 0 for word in over.rows.tolist()]] |= HEEDED
    mark(over, shard(), mine)
    assert mine[:, -1].tolist() == [1, 0, 1, 0]


def ordered(office: Office, order: int, person: int = 0, k: int = 0) -> Any:
    """Return what an office files of an act about which a desk decides."""
    rows = office.here.found.rows
    rows[0] = words.pack_found(person, k, 1, 1) | order << words.ORDER.at
    office.here.found.starts[:] = (0, 1)
    return filing.file_records(*office)


def never_recorded(office: Office) -> Office:
    for act in office.law.practice.act_table:
        act.recorded = 0
    return office


@pytest.fixture
def office() -> Office:
    return make_office()


def test_record__is_written_down_where_chance_would_not(office: Office) -> None:
    assert ordered(never_recorded(office), 0) == 0
    assert ordered(office, RECORD) == 1
    assert office.here.found.rows[0] & HEEDED


def test_spare__is_not_written_down_and_counted_as_not_recorded(office: Office) -> None:
    assert ordered(office, 0) == 1
    before = office.account("truth", codes.TRUTH_NOT_RECORDED)
    assert ordered(office, SPARE) == 0
    assert office.account("truth", codes.TRUTH_NOT_RECORDED) == before + 1


def test_an_order__goes_into_the_hash_of_the_neighbourhood_where_it_is_heeded(office: Office) -> None:
    hashes = office.here.shard.hashes
    ordered(office, 0)
    assert hashes[0] == 0
    ordered(office, ASK_MEANS)  # of an act that has to do with no means: moot
    assert (hashes[0], office.here.found.rows[0] & HEEDED) == (0, 0)
    ordered(office, SPARE)
    spared = int(hashes[0])
    hashes[0] = 0
    ordered(office, RECORD)
    assert 0 != int(hashes[0]) != spared != 0


def test_whoever_is_not_scored__leaves_an_order_moot(office: Office) -> None:
    office.here.status.is_scored[0] = 0
    assert ordered(office, RECORD) == 0
    assert (office.here.shard.hashes[0], office.here.found.rows[0] & HEEDED) == (0, 0)


def of_courts(office: Office, instead: int = -1) -> Office:
    """Return the office as a court that records acts which ask for means."""
    for act in office.law.practice.act_table:
        act.needs_means, act.instead, act.by_court = 1, instead, 1
    return office.set(spared=0, unable=ALWAYS)


def test_ask_means__spares_whoever_could_not_pay(office: Office) -> None:
    assert ordered(of_courts(office), 0) == 1
    assert office.account("truth", codes.MISJUDGED) == 1
    assert ordered(office, ASK_MEANS | COURT) == 0
    assert ordered(of_courts(office, instead=1), ASK_MEANS | COURT) == 1
    assert (office.account("truth", codes.MISJUDGED), office.account("truth", codes.RIGHT)) == (1, 1)
    assert ordered(office.set(unable=0), ASK_MEANS | COURT) == 1
    assert (office.account("truth", codes.RIGHT), office.account("spared")) == (2, 2)


@pytest.mark.parametrize("is_court", [False, True])
def test_only_the_desk_on_which_an_act_lies__decides_about_it(office: Office, is_court: bool) -> None:
    for act in office.law.practice.act_table:
        act.by_court = int(is_court)
    assert ordered(office, SPARE | (0 if is_court else COURT)) == 1
    assert not office.here.found.rows[0] & HEEDED
    assert ordered(office, SPARE | (COURT if is_court else 0)) == 0


def came(office: Office) -> list[tuple[int, ...]]:
    """Return what came before the desk: whom it is about, its event, which act, how much of it, its clause and its day."""
    lines = [line for line in office.log() if line.kind == CAME]
    office.desk.log.written[0] = 0
    return [(line.person, line.event, line.act, line.amount, line.clause, line.act_day) for line in lines]


@pytest.mark.parametrize(
    "unlike",
    [{"unable": ALWAYS}, {"unable": ALWAYS, "spared": ALWAYS}, {"lost": ALWAYS}, {"duplicate": ALWAYS}, {"lacks_proof": ALWAYS},
     {"excluded": ALWAYS}],
)  # fmt: skip
def test_what_lies_on_a_desk__is_the_same_whatever_is_true_of_it_and_becomes_of_it(
    unlike: dict[str, int], office: Office
) -> None:
    ordered(of_courts(office).set(unable=0), 0)
    seen = came(office)
    ordered(office.set(**unlike), 0)
    assert came(office) == seen
    ordered(never_recorded(office), 0)
    assert came(office) == seen != []


def test_a_file_about_somebody_else__names_whom_it_is_about(office: Office) -> None:
    ordered(office, 0)
    ((about, *_),) = came(office)
    ordered(office.set(wrong_person=ALWAYS), 0)
    ((other, event, *_),) = came(office)
    assert (about, other != about, event & 511) == (0, True, 1)


def test_what_no_clause_answers__comes_before_no_desk(office: Office) -> None:
    for answer in office.law.rules.answers:
        answer.from_ = 999
    assert ordered(office, RECORD) == 0
    assert (came(office), office.here.found.rows[0] & HEEDED) == ([], 0)
