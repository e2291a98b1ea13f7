"""Why a month stopped, and how far it is lived: words that kernels and their callers share."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
# for want of room in what the name says
POOL_FULL: Final = 1
FILED_FULL: Final = 2
ENTRIES_FULL: Final = 3
FOUND_FULL: Final = 4
POST_FULL: Final = 5

# how far a neighbourhood's month of conduct is lived: all of it, but for who measures its steps
LIVES: Final = 1
DRAWN: Final = 2
ACTED: Final = 3
DETECTED: Final = 4
ALL: Final = 5
