"""The log of a replay: lines one after the other, and a count of those for which there was no room."""

from __future__ import annotations

from plain_kernels import plain

logbook, state, rows = plain("kernel.logbook"), plain("tables.state"), plain("tables.log_rows")


def test_lines__are_given_one_after_the_other() -> None:
    log = state.make_log(3)
    for day in (4, 5):
        log.rows[logbook.next_line(log, rows.LINE, 9)].day = day
    assert [(line.kind, line.person, line.day) for line in logbook.lines_of(log)] == [
        (rows.LINE, 9, 4),
        (rows.LINE, 9, 5),
    ]


def test_lines_past_the_end__are_counted_and_lie_on_the_last() -> None:
    log = state.make_log(2)
    assert [logbook.next_line(log, rows.ACTED, person) for person in range(4)] == [0, 1, 1, 1]
    assert log.written[0] == 4
    assert [line.person for line in logbook.lines_of(log)] == [0, 3]


def test_log_without_room__keeps_nothing() -> None:
    assert not logbook.is_kept(state.make_log(0))
    assert logbook.is_kept(state.make_log(1))
