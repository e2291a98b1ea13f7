"""What a town in memory counts of people by their heads, beside its accounts: who is on a list, who has a record, grades by role."""

from __future__ import annotations

from typing import Final

STANDING: Final = "standing"
"""the account: heads at a month's end"""
RECORDED: Final = "with a record"
TRAITS: Final = ("men", "40 to 49")
"""of those on a list: `LIST men`, `LIST 40 to 49`; `LIST` alone is everybody on it"""
OF: Final = " of "
"""between a grade and the role of those who are counted in it: `red of polluter`"""
FORTIES: Final = (40, 49)
