"""Records without the proof that a clause asks for, and those that a circumstance excludes for a time."""

from __future__ import annotations

from typing import Any

import pytest

from glasstown.compiler.columns import ASKS_PROOF, HAS_EXCLUSIONS
from glasstown.compiler.rulebook_rows import Exclusion
from glasstown.rows import make_rows
from offices import GOOD_DEED, OFFENCE, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
voids, entries, words = plain("person.voids"), plain("kernel.entries"), plain("kernel.ledger_words")


def law_with(asks: int, first: int = 10, beyond: int = 20) -> Any:
    """Return a law whose offence asks for something, and is excluded on the office's days from `first` to before `beyond`."""
    law = make_office().law
    exclusions = make_rows(Exclusion, 1)
    row, zero = exclusions[0], int(law.cal.origin.ordinal)
    row.clause, row.from_, row.until = OFFENCE, zero + first, zero + beyond
    law.rules.clauses[OFFENCE].asks = asks
    return law._replace(rules=law.rules._replace(exclusions=exclusions))


@pytest.mark.parametrize(
    ("asks", "lack", "day", "is_void"),
    [
        (ASKS_PROOF, voids.LACKS_PROOF, 0, True),
        (ASKS_PROOF, voids.IS_EXCLUDED, 10, False),
        (0, voids.LACKS_PROOF, 0, False),
        (HAS_EXCLUSIONS, voids.IS_EXCLUDED, 9, False),
        (HAS_EXCLUSIONS, voids.IS_EXCLUDED, 10, True),
        (HAS_EXCLUSIONS, voids.IS_EXCLUDED, 19, True),
        (HAS_EXCLUSIONS, voids.IS_EXCLUDED, 20, False),
        (HAS_EXCLUSIONS, voids.LACKS_PROOF, 10, False),
        (0, voids.IS_EXCLUDED, 10, False),
        (ASKS_PROOF | HAS_EXCLUSIONS, voids.LACKS_PROOF | voids.IS_EXCLUDED, 30, True),
    ],
)
def test_record__is_void_as_its_clause_asks_and_the_days_say(asks: int, lack: int, day: int, is_void: bool) -> None:
    assert voids.is_void_as(law_with(asks), OFFENCE, day, lack) is is_void
    assert not voids.is_void_as(law_with(asks), GOOD_DEED, day, lack)


def test_voids_of_a_record__are_taken_away_with_it_and_no_others() -> None:
    mine = make_office().desk.mine
    kept = [(OFFENCE, 8, entries.VOID), (OFFENCE, 7, entries.RECORD)]
    for place, (clause, event, kind) in enumerate([(OFFENCE, 7, entries.VOID), *kept, (GOOD_DEED, 7, entries.VOID)]):
        mine.keys[place] = words.pack_key(0, entries.PHASE_PASSIVE, clause, event, kind)
    mine.me.n_entries = 4
    assert voids.take_voids(mine, OFFENCE, 7)
    left = [int(key) for key in mine.keys[: int(mine.me.n_entries)]]
    assert sorted((int(words.clause_of(k)), int(words.event_of(k)), int(words.kind_of(k))) for k in left) == sorted(
        kept
    )
    assert not voids.take_voids(mine, OFFENCE, 7)
