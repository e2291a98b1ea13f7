"""What a town in memory counts of people by their heads, beside its accounts: who is on a list, and who has a record."""

from __future__ import annotations

from typing import Final

STANDING: Final = "standing"
"""the account: heads at a month's end"""
RECORDED: Final = "with a record"
TRAITS: Final = ("men", "40 to 49")
"""of those on a list: `LIST men`, `LIST 40 to 49`; `LIST` alone is everybody on it"""
FORTIES: Final = (40, 49)
