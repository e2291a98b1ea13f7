"""Numbers of draws in kernels come from the register of chance."""

from __future__ import annotations

import pytest

from glasstown.chance import DRAWS
from glasstown.engine.kernel import draws
from glasstown.engine.office import filing

FIRMS_TOO = ("acts", "found-further", "filing", "lacks", "procedures", "procedure-days", "performance", "standing", "ability",
             "cases", "fine")  # fmt: skip


@pytest.mark.parametrize("name", FIRMS_TOO)
def test_firms_draws__stand_where_peoples_do(name: str) -> None:
    person, firm = DRAWS[name], DRAWS[f"firm-{name}"]
    assert (firm.word, firm.n_words) == (person.word, person.n_words)
    assert firm.stream != person.stream


def test_draw_in_the_middle_of_a_block__is_refused() -> None:
    with pytest.raises(ValueError, match="'procedure-days' begins in the middle of a block, at word 2"):
        draws.block_of("procedure-days")


def test_numbers__are_those_that_kernels_have_written_out() -> None:
    assert (draws.LACKS, draws.ABILITY) == (filing.LACK_BLOCK, filing.ABILITY_BLOCK)
    assert DRAWS["filing"].n_words == draws.BLOCKS_OF_AN_ACT * draws.MOST_NUMBERS * 16 * 4
