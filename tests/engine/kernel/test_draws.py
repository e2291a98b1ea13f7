"""Numbers of draws in kernels come from the register of chance."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from glasstown import engine
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


def test_numbers__cover_the_words_that_are_reserved() -> None:
    assert DRAWS["filing"].n_words == draws.BLOCKS_OF_AN_ACT * draws.MOST_NUMBERS * 16 * 4
    assert DRAWS["lacks"].n_words == draws.MOST_NUMBERS * 16 * 4
    assert DRAWS["found-further"].n_words == draws.BLOCKS_OF_A_CLASS * 16 * 4
    assert [draws.ACTS, draws.LIFE] == [0, 0]  # `philox.fill` begins there


DRAWING = {"words": 4, "life_words": 4}
"""functions that draw a block, and which of their arguments says which"""


def written_out(text: str) -> list[str]:
    """Return the calls that draw a block by a number written out, in a module's text."""
    calls = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    drawing = [call for call in calls if call.func.id in DRAWING]  # type: ignore[attr-defined]
    return [ast.unparse(call) for call in drawing if isinstance(call.args[DRAWING[call.func.id]], ast.Constant)]  # type: ignore[attr-defined]


def test_kernels__write_no_block_out() -> None:
    paths = [path for path in Path(engine.__file__).parent.rglob("*.py") if path.stem != "warm"]
    assert [each for path in paths for each in written_out(path.read_text(encoding="utf-8"))] == []


def test_block_written_out__would_be_found() -> None:
    assert written_out("lot = life_words(chance, shard, position, month, 6)") != []
    assert written_out("lot = life_words(chance, shard, position, month, draws.GATES + 1)") == []
