"""What the offices of a rulebook go by (`Practice`): columns of its tables, and the words for what is true of a record."""

from __future__ import annotations

# columns of the act table
A_ROLE = 0  # bits of the role that opens it; 0 for everyone
A_SPELL = 1  # row of the table of lengths, or -1
A_LEAST = 2  # amount
A_MOST = 3
A_DELAY = 4  # row of the table of delays
A_GOOD = 5  # 1: a good deed
A_ANSWER = 6  # first row of the clauses that answer to it, by amount
A_N_ANSWERS = 7
A_WEIGHT_RURAL = 8  # share times chance of being found out, of 2**32
A_WEIGHT_URBAN = 9
A_SHARE = 10  # share alone, of 2**32
A_NEEDS_MEANS = 11  # 1: only somebody who could pay can do it
A_INSTEAD = 12  # act that is recorded of those who are found unable to pay, or -1
N_ACT_COLUMNS = 13

# single numbers of a practice
N_RECORDED_BAD = 0  # thresholds of 2**32
N_RECORDED_GOOD = 1
N_LOST = 2
N_WRONG_PERSON = 3
N_WRONG_CONTENT = 4
N_DUPLICATE = 5
N_OBJECTION = 6
N_GRANTED_WRONG = 7
N_GRANTED_RIGHT = 8
N_PASS_TEST = 9
N_REPAIR = 10
N_APPLY = 11
N_PERFORM = 12
N_CONSENT = 13
N_WITHDRAW = 14
N_SPEND = 15
N_LACKS_PROOF = 16
N_EXCLUDED = 17
N_PERFORM_UNABLE = 18
N_UNABLE = 19
N_SPARED = 20
N_NOTICE_DAYS = 21  # whole days
N_NOTICE_SKIPPED = 22  # of 2**16
N_STAYS = 23  # of 2**16
N_INFERRED = 24  # threshold: inferred, and wrongly
N_SHOWN = 25
N_SMALL = 26
N_NUMBERS = 27

# rows of the table of delays
DELAY_OFFICE = 0
DELAY_COURT = 1
DELAY_OBJECTION = 2
DELAY_APPLY = 3
DELAY_REPAIR = 4

RIGHT = 0
WRONG_PERSON = 1
WRONG_CONTENT = 2
DUPLICATE = 3
TRUTH_LOST = 4
TRUTH_NOT_RECORDED = 5
FALSE_REPORT = 7
INFERRED = 8
N_TRUTHS = 9  # with MISJUDGED
