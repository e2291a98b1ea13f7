"""What takes time is a job: one after another on one thread, each asked for once and kept a while, so that no page computes.

The engine uses all cores for one town; a second town beside it would only make both late.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeAlias

from glasstown.errors import GlasstownError
from glasstown.types import Progress

MOST_WAITING = 50
MOST_KEPT = 24
MOST_BYTES = 256 << 20
"""what may be kept of what was made, in all: things, and bytes of those that say how many they have (`nbytes`)"""
Make: TypeAlias = Callable[[Progress], Any]


class BusyError(GlasstownError):
    """More is asked for than may wait; it is asked again later."""

    def __init__(self) -> None:
        super().__init__("So much is being made, or waits for it, that no more may. Ask again in a few seconds.")


class Job:
    """Something that is being made, or was.

    done, of   how far it is, as its maker says; 0 of 0 before it says anything
    """

    def __init__(self, key: Hashable) -> None:
        self.key = key
        self.future: Future[Any] = Future()
        self.is_begun = False
        self.done, self.of = 0, 0

    def tell(self, done: int, of: int) -> None:
        """Take how far it is."""
        self.done, self.of = done, of

    async def wait(self, seconds: float) -> bool:
        """Return whether it is made, after so many seconds at most; nobody who goes away stops what others wait for."""
        if not self.future.done():
            waited = asyncio.wrap_future(self.future)
            waited.add_done_callback(lambda made: made.cancelled() or made.exception())  # heard here, told by who asks
            await asyncio.wait({waited}, timeout=seconds)
        return self.future.done()


class Jobs:
    """Everything that is made, waits, or was made of late."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, most_kept: int = MOST_KEPT) -> None:
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="explorer")
        self._most_waiting, self._most_kept = most_waiting, most_kept

    def ask(self, key: Hashable, make: Make) -> Job:
        """Return the job of this key, begun if there is none.  Errors   BusyError where too many wait."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                if job.future.done():
                    self._jobs.move_to_end(key)
                    if job.future.exception() is not None:
                        del self._jobs[key]  # it is told once, and made anew when asked again
                return job
            if len(self._waiting()) >= self._most_waiting:
                raise BusyError
            job = self._jobs[key] = Job(key)
            self._forget()
        self._thread.submit(self._make, job, make)
        return job

    def before(self, job: Job) -> int:
        """Return how many are made before a job that waits, the one that is being made included."""
        with self._lock:
            waiting = self._waiting()
        return waiting.index(job) if job in waiting else 0

    def close(self) -> None:
        """Let no further job begin."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _make(self, job: Job, make: Make) -> None:
        job.is_begun = True
        try:
            made = make(job.tell)
        except BaseException as problem:  # whoever asked is told; the thread goes on
            job.future.set_exception(problem)
        else:
            job.future.set_result(made)

    def _waiting(self) -> list[Job]:
        return [job for job in self._jobs.values() if not job.future.done()]

    def _forget(self) -> None:
        made = [key for key, job in self._jobs.items() if job.future.done()]
        held = sum(_bytes(self._jobs[key]) for key in made)
        n = len(made)
        for key in made:
            if n <= self._most_kept and held <= MOST_BYTES:
                return
            held, n = held - _bytes(self._jobs.pop(key)), n - 1


def _bytes(job: Job) -> int:
    """Return how much memory a job's result holds, where it says so."""
    made = None if job.future.exception() is not None else job.future.result()
    return len(made) if isinstance(made, bytes) else int(getattr(made, "nbytes", 0))
