"""Numbers of draws in kernels come from the register of chance."""

from __future__ import annotations

import pytest

from glasstown.chance import DRAWS
from glasstown.engine.kernel import draws

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


def test_classes_and_numbers__have_all_the_words_of_filing() -> None:
    assert DRAWS["filing"].n_words == draws.BLOCKS_OF_AN_ACT * draws.MOST_NUMBERS * 16 * 4
    assert DRAWS["lacks"].n_words == draws.MOST_NUMBERS * 16 * 4
