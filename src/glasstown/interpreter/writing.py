"""A note: what one entry has to tell, before grade, lists and measures are found anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from glasstown.language.model import Cite, Clause
from glasstown.ledger import Phase
from glasstown.types import Quanta


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry has to tell, before grade, lists and measures are found anew."""

    day: date
    phase: Phase
    before: Quanta
    why: str
    cite: Cite | None
    clause: Clause | None = None
    record: str | None = None
    cap: str | None = None
    list_id: str | None = None
    fine: int | None = None
    unknown: bool = False
    takes_effect: bool = False
    """whether the measures that come with the clause are shown"""
