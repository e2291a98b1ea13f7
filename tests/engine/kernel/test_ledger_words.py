"""The parts of the ledger's words: none overlaps another, and what was packed is read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import pytest

from glasstown.engine.kernel import entries
from glasstown.engine.kernel import ledger_words as words
from glasstown.engine.kernel.cache import as_python as plain
from glasstown.engine.kernel.ledger_words import BIAS, LAYOUT, Bits


def overlap(parts: tuple[Bits, ...]) -> bool:
    """Return whether two parts share a bit, or one reaches the sign."""
    ordered = sorted(parts)
    ends = [part.at + part.mask.bit_length() for part in ordered]
    return ends[-1] > 63 or any(end > after.at for end, (_, after) in zip(ends, pairwise(ordered), strict=False))


@pytest.mark.parametrize("kind", LAYOUT)
def test_parts__stand_apart(kind: str) -> None:
    assert not overlap(LAYOUT[kind])


def test_parts_that_overlap__would_be_found() -> None:
    assert overlap((words.PERSON, words.LAPSING, words.EXTENSION))
    assert overlap((words.PERSON, Bits(60, 15)))


PACKED: dict[str, tuple[Callable[..., int], tuple[Callable[..., int], ...], tuple[tuple[int, int], ...]]] = {
    "key": (
        words.pack_key,
        (words.day_of, words.phase_of, words.clause_of, words.event_of, words.kind_of),
        ((0, 32767), (0, 7), (0, 1023), (0, (1 << 31) - 1), (1, 15)),
    ),
    "record": (
        words.pack_record,
        (
            words.person_of, words.first_day_of, words.second_day_of, words.choice_of_pay, words.wrong_of,
            words.step_of_pay,
        ),
        ((0, 149), (0, 32767), (0, 32767), (0, 8191), (0, 3), (0, 1023)),
    ),
    "lapse": (words.pack_lapse, (words.person_of, words.lapsing_of), ((0, 149), (-BIAS, BIAS - 1))),
    "carried": (
        words.pack_carried,
        (words.person_of, words.carried_standing_of, words.carried_until_of),
        ((0, 149), (-BIAS, BIAS - 1), (0, 32767)),
    ),
    "procedure": (
        words.pack_decision, (words.person_of, words.of_event, words.procedure_of),
        ((0, 149), (0, (1 << 31) - 1), (0, 7)),
    ),
    "hold": (
        words.pack_hold, (words.person_of, words.first_day_of, words.second_day_of, words.hold_flags_of),
        ((0, 149), (0, 32767), (0, 32767), (0, 7 << 38)),
    ),
    "listing": (
        words.pack_listing, (words.person_of, words.extension_of, words.hold_flags_of),
        ((0, 149), (0, 127), (0, 7 << 38)),
    ),
    "choice that states months": (
        words.pack_stated, (words.stated_extension, words.stated_grace), ((0, 127), (0, 63)),
    ),
    "carry": (words.pack_carry, (words.person_of, words.rest_of), ((0, 149), (0, (1 << 23) - 1))),
    "turn": (words.pack_turn, (words.person_of, words.holds_of), ((0, 149), (0, 1))),
}  # fmt: skip


@pytest.mark.parametrize("kind", PACKED)
def test_word__gives_back_what_was_packed(kind: str) -> None:
    pack, readers, ends = PACKED[kind]
    for parts in product(*ends):
        word = plain(pack)(*parts)
        assert 0 <= word < 1 << 63
        assert tuple(plain(read)(word) for read in readers) == parts


def test_kept_record__gives_back_what_was_packed() -> None:
    for person, day, taken, flags, until in product((0, 149), (0, 32767), (-BIAS, BIAS - 1), (0, 7 << 40), (0, 32767)):
        word = plain(words.pack_kept)(person, day, taken, flags, until)
        assert (
            plain(words.person_of)(word), plain(words.first_day_of)(word), plain(words.kept_taken_of)(word),
            word & (7 << 40), plain(words.kept_until_of)(word),
        ) == (person, day, taken, flags, until)  # fmt: skip


def test_standing_points__move_alone() -> None:
    correction = plain(words.pack_decision)(149, 77, 0)
    moved = plain(words.add_standing)(plain(words.add_standing)(correction, -5), 2)
    assert (plain(words.standing_of)(moved), plain(words.of_event)(moved)) == (-3, 77)
    assert plain(words.without_standing)(moved) == correction
    carried = plain(words.add_carried)(plain(words.pack_carried)(149, 3, 40), -8)
    assert carried == plain(words.pack_carried)(149, -5, 40)


def test_key_by_event__puts_the_event_first() -> None:
    keys = [plain(words.pack_key)(5, 6, clause, event, 7) for event in (3, 9) for clause in (1023, 0)]
    first = sorted(keys, key=plain(words.by_event))
    assert [(plain(words.event_of)(key), plain(words.clause_of)(key)) for key in first] == [
        (3, 0),
        (3, 1023),
        (9, 0),
        (9, 1023),
    ]


def test_standing_points__keep_their_sign() -> None:
    assert plain(words.standing_of)((-5 << words.STANDING_AT) | 149) == -5


def test_flags__fill_their_parts() -> None:
    assert words.KEPT_FLAGS.mask << words.KEPT_FLAGS.at == words.GRANTED | words.COUNTED | words.APPLICABLE
    assert words.HOLD_FLAGS.mask << words.HOLD_FLAGS.at == words.REMOVING | words.WRONGLY | words.NOT_OWED


def test_place_of_a_clause__says_what_is_no_clause() -> None:
    for rule in (0, 31):
        assert plain(entries.list_of_turn)(plain(entries.turn_of_list)(rule)) == rule
        assert plain(entries.list_of_condition)(plain(entries.clause_of_condition)(rule)) == rule
        assert plain(entries.clause_of_condition)(rule) <= words.CLAUSE.mask
    assert all(plain(entries.list_of_turn)(turn) < 0 for turn in (entries.TURN_CYCLE, entries.TURN_CUT_OFF))
    for clause in (0, 991):
        assert plain(entries.list_of_condition)(clause) < 0
        assert plain(entries.clause_of_listing)(plain(entries.place_of_listing)(clause)) == clause
