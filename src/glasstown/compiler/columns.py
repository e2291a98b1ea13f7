"""Column numbers and codes of the compiled tables: the words that compiler and engine share.

Every table of a compiled rulebook is an array of 64-bit integers; a row is a clause, a cap, a ladder, a grade, a list or
a measure, and a column is one of the numbers below.  Kernels read these names as constants.
"""

from __future__ import annotations

from typing import Final

NEVER: Final = 32767
"""The day number that stands for 'not within any run'."""

# clauses
C_LEAST: Final = 0  # quanta: the smallest points, or the points of one portion
C_MOST: Final = 1  # quanta: the largest points; equal to C_LEAST where there is no choice
C_PER: Final = 2  # amount of a portion; 0 where the clause is no rate
C_CARRY: Final = 3  # 1: the rest of an amount is carried
C_SIGN: Final = 4  # -1 deducts, +1 rewards
C_UNKNOWN: Final = 5  # 1: the value is unknown
C_START_UNIT: Final = 6
C_START: Final = 7
C_FROM_ACT: Final = 8  # 1: counts from the act
C_LAPSE_UNIT: Final = 9
C_LAPSE: Final = 10
C_REPEATS: Final = 11
C_LADDER: Final = 12  # ladder that counts it, or -1
C_GRADE: Final = 13  # grade it sets, or -1
C_HOLDS: Final = 14
C_ON_APPLICATION: Final = 15
C_TERM_UNIT: Final = 16  # of the override
C_TERM: Final = 17
C_LIST: Final = 18  # list it enters, or -1
C_FINE_LEAST: Final = 19  # yuan
C_FINE_MOST: Final = 20
C_CLEAN_UNIT: Final = 21
C_CLEAN: Final = 22
C_KEPT: Final = 23  # 1: the record is kept for windows
C_ENTRY_UNIT: Final = 24  # of the term on the list that it enters
C_ENTRY: Final = 25
C_STATES: Final = 26  # 1: a record's choice states months of extension and of grace
C_FROM: Final = 27  # first day on which the clause is law, as an ordinal of the calendar
C_UNTIL: Final = 28  # first day on which it is none any more
C_DATED: Final = 29  # 1: its points stand in the table of dated values
C_ONE_SIDED: Final = 30  # a range with one unknown end; C_LEAST is the nearer end, or zero where that is unknown
C_CAMPAIGNS: Final = 31  # 1: some campaign is about it
C_LOCK: Final = 32  # 1: it brings a hold on the score
C_LOCK_UNIT: Final = 33
C_LOCK_SPAN: Final = 34
C_AT_MOST: Final = 35  # quanta that the score shown is held to; UNBOUNDED where the lock has no ceiling
C_FREEZES: Final = 36
C_PART: Final = 37  # part of the score that it moves, or -1
C_CARRIES: Final = 38  # 1: taken again when a cycle begins
C_STATUS: Final = 39  # 1: recorded on the first day for whoever has its role
C_REACHES: Final = 40  # 1: records of others follow from its own
C_ASKS: Final = 41  # bits: what a record may lack or name, so that it is void
C_N_CAPS: Final = 42
C_CAP: Final = 43  # first of MOST_CAPS columns
MOST_CAPS: Final = 8
N_CLAUSE_COLUMNS: Final = C_CAP + MOST_CAPS

# units of a length of time
NO_SPAN: Final = 0
DAYS: Final = 1
MONTHS: Final = 2
WORKING: Final = 3  # working days of the rulebook
CYCLE_END: Final = 4  # until the next cycle begins
STATE_ENDS: Final = 5  # until the record's state ends

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

# dated values and campaigns: clause, first day and first day beyond as ordinals, then their own
D_CLAUSE: Final = 0
D_FROM: Final = 1
D_UNTIL: Final = 2
D_VALUE: Final = 3  # quanta
D_UNKNOWN: Final = 4
D_TIMES: Final = 3  # numerator and denominator of what a campaign multiplies by
D_PART: Final = 4
N_DATED_COLUMNS: Final = 5

# records that follow from another's: the first subject's clause, the others' clause, the tie
R_FIRST: Final = 0
R_OTHER: Final = 1
R_THROUGH: Final = 2
N_REACH_COLUMNS: Final = 3
HOUSEHOLD: Final = 0
GROUP: Final = 1
REPRESENTATIVE: Final = 2
FIRM: Final = 3

# circumstances that keep a clause from applying: clause, first day and first day beyond as ordinals
U_CLAUSE: Final = 0
U_FROM: Final = 1
U_UNTIL: Final = 2
N_EXCLUSION_COLUMNS: Final = 3

# answers: act, first amount and first amount beyond, clause, 1 where that clause stands for its ladder
W_ACT: Final = 0
W_FROM: Final = 1
W_BELOW: Final = 2
W_CLAUSE: Final = 3
W_LADDER: Final = 4
N_ANSWER_COLUMNS: Final = 5

# how an override holds
EXACTLY: Final = 0
NO_WORSE: Final = 1
NO_BETTER: Final = 2

# caps
K_TIMES: Final = 0  # -1: no limit on times
K_POINTS: Final = 1  # quanta; -1: no limit on points
K_PERIOD: Final = 2
K_SPAN: Final = 3
N_CAP_COLUMNS: Final = 4
PER_DAY: Final = 0
PER_WEEK: Final = 1
PER_MONTH: Final = 2
PER_YEAR: Final = 3
PER_LIFE: Final = 4
ROLLING_DAYS: Final = 5
ROLLING_MONTHS: Final = 6
ROLLING_WORKING: Final = 7

# ladders: window, number of steps, then the steps
L_UNIT: Final = 0
L_WINDOW: Final = 1
L_N_STEPS: Final = 2
L_STEP: Final = 3

# grades: quanta from, quanta below; a grade that no score reaches is empty
G_FROM: Final = 0
G_BELOW: Final = 1
G_NEXT: Final = 2  # quanta from, once the month's cut-offs are published; else as G_FROM
N_GRADE_COLUMNS: Final = 3
NO_GRADE: Final = 31
"""The grade of a subject that has none: worse than every grade, so that a minimum over grades ignores it."""

# lists
I_CONDITION: Final = 0
I_VALUE: Final = 1  # quanta, or grades as bits
I_KIND: Final = 2
I_TERM_UNIT: Final = 3
I_TERM: Final = 4
I_PROCEDURES: Final = 5  # bits of the procedures that end it
I_ASSESSED: Final = 6  # bits of the calendar months on whose last day it is assessed
I_SCALE: Final = 7  # a household average is I_VALUE / I_SCALE quanta
I_DECIDED_UNIT: Final = 8  # from the effect day to the decision to list
I_DECIDED: Final = 9
I_GRACE_FROM: Final = 10  # first day of decision on which grace can be given, as an ordinal of the calendar
I_GRACE_UNTIL: Final = 11  # first day on which it cannot any more
I_NOT_BEFORE_UNIT: Final = 12  # from the listing to the first day on which a procedure can end it
I_NOT_BEFORE: Final = 13
I_REMOVED_UNIT: Final = 14  # from the end to the removal
I_REMOVED: Final = 15
I_ONCE: Final = 16  # 1: the condition enters it when it begins to hold, and not again while it goes on
N_LIST_COLUMNS: Final = 17
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
P_EXISTS: Final = 0
P_NEEDS_LIST: Final = 1  # list, or -1
P_RESETS: Final = 2
N_PROCEDURES: Final = 4
"""Procedures that end lists; those after them stand in no row."""

# parts of the score: quanta
A_BASE: Final = 0
A_LOWEST: Final = 1
A_HIGHEST: Final = 2
N_PART_COLUMNS: Final = 3

# first days of cycles: calendar month, day of the month
T_MONTH: Final = 0
T_DAY: Final = 1
N_TURN_COLUMNS: Final = 2

# measures: grades as bits, lists as bits, and days
M_GRADES: Final = 0
M_LISTS: Final = 1
M_FROM: Final = 2  # first day on which it is law, its own days and the scheme's together, as an ordinal of the calendar
M_UNTIL: Final = 3  # first day on which it is none any more
N_MEASURE_COLUMNS: Final = 4

# rulebook as a whole
B_BASE: Final = 0
B_LOWEST: Final = 1
B_HIGHEST: Final = 2
B_LATENT: Final = 3
B_N_GRADES: Final = 4
B_N_LISTS: Final = 5
B_N_CLAUSES: Final = 6
B_N_MEASURES: Final = 7
B_CLEAN_KEEP_DAYS: Final = 8  # longest time that a deducting record can matter to a `clean` requirement; 0: none does
B_KEEP_ALWAYS: Final = 9  # 1: some clause counts from the act, so no window can be closed early
B_CEILING: Final = 10  # column of further state that holds the lowest ceiling of a lock, or -1
B_BALANCE: Final = 11  # column that holds points as money, or -1
B_CONSENT: Final = 12  # column that holds 1 where somebody has agreed to be scored, or -1
B_PARTS: Final = 13  # column of the first part, or -1
B_N_MORE: Final = 14  # number of these columns
B_CUT_MONTHS: Final = 15  # bits of the calendar months on whose last day quota grades are assessed
B_HAS_LOCKS: Final = 16
B_HAS_STATUS: Final = 17
B_POSTS: Final = 18  # 1: records of one kind of subject follow from those of the other, by mail
B_ASKS: Final = 19  # 1: some record may be void
B_FROM: Final = 20  # first day on which the scheme is in force, as an ordinal of the calendar
B_UNTIL: Final = 21  # first day on which it is none any more
B_MET: Final = 22  # column that holds the lists, as bits, whose condition held when they were last looked at, or -1
B_AS_RECORDED: Final = 23  # 1: records of one day come in order of their events, not of their clauses
N_BOOK_COLUMNS: Final = 24
MOST_PARTS: Final = 12

ALWAYS: Final = 1 << 24
"""An ordinal of the calendar beyond every date: stands for an end that is left open."""
EXTENSION_BITS: Final = 7
"""Bits of a record's choice that state the months of extension, where the clause's C_STATES is 1; grace stands above them."""
UNBOUNDED: Final = 1 << 40
"""Quanta that no score reaches: stands for a bound that is unknown or open."""
