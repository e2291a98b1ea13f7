"""What the command does to the process it has for itself: its streams, how often Python looks for litter, and pandas.

All of it is here, and none of it is done to a program that imports glasstown.  Measured on two cores, in milliseconds of
processor time of `rulebooks`, `query` and a run of 150 people: without the rarer looks 577, 444 and 1340, without the
omission of pandas 539, 510 and 1204, with both 537, 412 and 1100.
"""

from __future__ import annotations

import gc
import os
import sys

SELDOM = (20_000, 20, 20)
"""When Python looks for objects that nobody refers to: after so many new ones, and how much more rarely among older ones."""
COUNTING = "duckdb"
"""a library that counts at the end what Python has not thrown away, and complains of each"""


def begin(verb: str) -> None:
    """Make this process ready for one command."""
    open_streams()
    gc.set_threshold(*SELDOM)
    if (
        verb != "sweep"
    ):  # SALib cannot do without it; PyArrow imports it only to ask whether a list is one of its columns
        sys.meta_path.insert(0, WithoutPandas())


class WithoutPandas:
    """Keeps pandas out of this process; `None` in `sys.modules` would not do, as PyArrow takes that for pandas."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Say that there is no pandas, and nothing of any other module."""
        if name == "pandas":
            raise ModuleNotFoundError("glasstown runs without pandas", name=name)


def open_streams() -> None:
    """Open the standard streams that are closed, so that no file of a run gets their number; words to them are lost.

    A letter that a stream's encoding lacks is written out.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (it lives as long as the process)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def end() -> None:
    """Leave everything as it is at the end: Python would look through it twice more, a tenth of a second of a command."""
    if COUNTING not in sys.modules:
        gc.freeze()
