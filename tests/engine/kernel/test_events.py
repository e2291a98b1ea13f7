"""Numbers of events: no part overlaps another, and events stand in the order of their parts."""

from __future__ import annotations

from itertools import pairwise

from plain_kernels import plain

events, words = plain("kernel.events"), plain("kernel.ledger_words")


def test_parts__fill_the_event_of_an_entry_without_overlapping() -> None:
    parts = sorted((events.ORIGIN, events.TWICE, events.NUMBER, events.CLASS, events.MONTH))
    assert [part.at + part.mask.bit_length() for part in parts] == [*(part.at for part in parts[1:]), 31]
    assert events.SERIAL.at + events.SERIAL.mask.bit_length() == events.CLASS.at
    assert events.MONTH.at + events.MONTH.mask.bit_length() == words.EVENT.mask.bit_length()


def test_events__stand_in_the_order_of_month_class_number_and_origin() -> None:
    ordered = [
        events.pack_event(0, 0, 0, 0, 0), events.pack_event(0, 0, 0, 0, 256), events.pack_event(0, 0, 0, 1, 0),
        events.pack_event(0, 0, 15, 0, 0), events.pack_event(0, 11, 0, 0, 0), events.pack_serial(0, events.BY_MAIL, 0),
        events.pack_serial(0, events.BY_MAIL, 1), events.pack_serial(0, events.REACHED, 0),
        events.pack_event(0, events.SOUGHT, 0, 0, 0), events.pack_event(1, 0, 0, 0, 0),
    ]  # fmt: skip
    assert all(first < second for first, second in pairwise(ordered))


def test_second_record_of_an_event__differs_in_one_bit() -> None:
    assert events.filed_twice(events.pack_event(7, 3, 2, 0, 9)) == events.pack_event(7, 3, 2, 1, 9)
