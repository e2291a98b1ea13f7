"""Codes of the compiled tables: the words that compiler and engine share, and what the tables have room for.

The columns stand in rulebook_rows.py.
"""

from __future__ import annotations

from typing import Final

NEVER: Final = 32767
"""The day number that stands for 'not within any run'."""

CHOICE_BITS: Final = 13
"""Bits of an entry that hold an amount, or an official's choice in quanta above the least."""
TAKEN_BITS: Final = 16
"""Bits of an entry that hold the quanta which one record takes or gives, without their sign."""

# units of a length of time
NO_SPAN: Final = 0
DAYS: Final = 1
MONTHS: Final = 2
WORKING: Final = 3  # working days of the rulebook
CYCLE_END: Final = 4  # until the next cycle begins
STATE_ENDS: Final = 5  # until the record's state ends
YEAR_END: Final = 6  # until the end of the year
NEXT_YEAR_END: Final = 7  # until the end of the year after

# what may make a record void
ASKS_PROOF: Final = 1
HAS_EXCLUSIONS: Final = 2

# what a lock keeps out
FREEZES_NOTHING: Final = 0
FREEZES_REWARDS: Final = 1
FREEZES_ALL: Final = 2

# ranges with one unknown end
NEAR_KNOWN: Final = 1
NEAR_UNKNOWN: Final = 2

# ties through which records follow from another's
HOUSEHOLD: Final = 0
GROUP: Final = 1
REPRESENTATIVE: Final = 2
FIRM: Final = 3

# how an override holds
EXACTLY: Final = 0
NO_WORSE: Final = 1
NO_BETTER: Final = 2

# caps
PER_DAY: Final = 0
PER_WEEK: Final = 1
PER_MONTH: Final = 2
PER_YEAR: Final = 3
PER_LIFE: Final = 4
ROLLING_DAYS: Final = 5
ROLLING_MONTHS: Final = 6
ROLLING_WORKING: Final = 7

# grades
NO_GRADE: Final = 31
"""The grade of a subject that has none: worse than every grade, so that a minimum over grades ignores it."""
N_STANDINGS: Final = NO_GRADE + 1
"""Grades there can be, and none."""

# lists
NO_CONDITION: Final = 0
SCORE_AT_MOST: Final = 1
SCORE_AT_LEAST: Final = 2
IN_GRADES: Final = 3
HOUSEHOLD_ABOVE: Final = 4
KIND_HELD: Final = 0
KIND_WHILE: Final = 1
KIND_ASSESSED: Final = 2

# procedures, as bits
PASS_TEST: Final = 0
REPAIR: Final = 1
APPLY: Final = 2
PERFORM: Final = 3
CONSENT: Final = 4
WITHDRAW: Final = 5
SPEND: Final = 6
N_PROCEDURES: Final = 4
"""Procedures that end lists; those after them stand in no row."""

MOST_PARTS: Final = 12

ALWAYS: Final = 1 << 24
"""An ordinal of the calendar beyond every date: stands for an end that is left open."""
EXTENSION_BITS: Final = 7
"""Bits of a record's choice that state the months of extension, where the clause's `states` is 1; grace stands above them."""
LOT_BITS: Final = 22
"""Bits of the lot that stands below a score where ties are broken by lot: nobody of four million has another's."""
UNBOUNDED: Final = 1 << 40
"""Quanta that no score reaches: stands for a bound that is unknown or open."""
