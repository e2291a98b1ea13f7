"""What takes time: once for equal requests, one after another, told how far it is; too many are sent away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from glasstown.explorer.jobs import BusyError, Jobs
from glasstown.types import Progress


def made(job: object) -> object:
    """Return what a job made."""
    return job.future.result(timeout=20)  # type: ignore[attr-defined]


def test_ask__equal_requests_share_what_is_made() -> None:
    jobs, n = Jobs(), [0]

    def make(_: Progress) -> int:
        n[0] += 1
        return n[0]

    assert made(jobs.ask("a", make)) == made(jobs.ask("a", make)) == 1
    jobs.close()


def test_ask__too_many_are_sent_away_and_nothing_is_lost() -> None:
    jobs, gate = Jobs(most_waiting=3), threading.Event()
    waiting = [jobs.ask(n, lambda _: gate.wait(20)) for n in range(3)]
    with pytest.raises(BusyError):
        jobs.ask(3, lambda _: None)
    assert [jobs.before(job) for job in waiting] == [0, 1, 2]
    gate.set()
    assert [made(job) for job in waiting] == [True] * 3
    assert made(jobs.ask(3, lambda _: "now")) == "now"
    jobs.close()


def test_ask__a_failure_is_told_once_and_the_next_request_tries_anew() -> None:
    jobs, turns = Jobs(), iter([True, False])

    def make(_: Progress) -> str:
        if next(turns):
            raise ValueError("once")
        return "well"

    first = jobs.ask("a", make)
    with pytest.raises(ValueError, match="once"):
        made(first)
    assert jobs.ask("a", make) is first
    assert made(jobs.ask("a", make)) == "well"
    jobs.close()


def test_ask__what_was_asked_for_longest_ago_is_forgotten() -> None:
    jobs, n = Jobs(most_kept=2), [0]

    def counting(_: Progress) -> int:
        n[0] += 1
        return n[0]

    for key in ("a", "b", "c", "d"):
        made(jobs.ask(key, counting))
    assert made(jobs.ask("d", counting)) == 4
    assert made(jobs.ask("a", counting)) == 5
    jobs.close()


def test_wait__whoever_goes_away_stops_nobody_elses_job() -> None:
    jobs, gate = Jobs(), threading.Event()
    job = jobs.ask("a", lambda _: gate.wait(20))

    async def give_up(seconds: float) -> bool:
        return await job.wait(seconds)

    async def cancelled() -> None:
        task = asyncio.create_task(job.wait(20))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert asyncio.run(give_up(0.05)) is False
    asyncio.run(cancelled())
    gate.set()
    assert made(job) is True
    jobs.close()


def test_tell__says_how_far_it_is() -> None:
    jobs = Jobs()

    def make(tell: Callable[[int, int], None]) -> None:
        tell(3, 6)

    job = jobs.ask("a", make)
    made(job)
    assert (job.done, job.of) == (3, 6)
    jobs.close()


def test_ask__large_things_are_forgotten_before_small_ones_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glasstown.explorer.jobs.MOST_BYTES", 100)
    jobs, n = Jobs(), [0]

    def large(_: Progress) -> bytes:
        n[0] += 1
        return b"x" * 60

    for key in ("a", "b", "c"):
        made(jobs.ask(key, large))
    made(jobs.ask("c", large))
    assert n == [3]
    made(jobs.ask("a", large))
    assert n == [4]
    jobs.close()
