"""The number of an event, by which events of a day stand in order: where each part of it stands, once.

EVENT  month 13 (at 18) | class 4 | number among the class 4 | filed twice 1 | who did it 9
       month 13         | class 4 | serial number 14, of what is no act
"""

from __future__ import annotations

from typing import Final

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.ledger_words import Bits

ORIGIN: Final = Bits(0, (1 << 9) - 1)
TWICE: Final = Bits(9, 1)
NUMBER: Final = Bits(10, 15)
SERIAL: Final = Bits(0, (1 << 14) - 1)
CLASS: Final = Bits(14, 15)
MONTH: Final = Bits(18, (1 << 13) - 1)

# what stands in the place of a class of acts
BY_MAIL: Final = 12  # records that came by mail; the place in the neighbourhood's delivery stands below
REACHED: Final = 13  # records that follow from another's; the number in the month's filing stands below
STATUS: Final = 14  # records of what somebody is, all of month 0; the clause stands below
SOUGHT: Final = 15  # decisions that belong to no act; the procedure stands in the place of the number


@kernel
def pack_event(month: int, k: int, number: int, twice: int, origin: int) -> int:
    """Return the number of what somebody did.

    twice    1 for a record that is filed a second time
    origin   0 for the person's own act; place + 1 of the one who did it where the record is about another
    """
    return (month << MONTH.at) | (k << CLASS.at) | (number << NUMBER.at) | (twice << TWICE.at) | origin


@kernel
def pack_serial(month: int, instead: int, serial: int) -> int:
    """Return the number of what is no act; `instead` is BY_MAIL, REACHED or STATUS."""
    return (month << MONTH.at) | (instead << CLASS.at) | serial


@kernel
def filed_twice(event: int) -> int:
    """Return the number of the second record of an event."""
    return event | (1 << TWICE.at)
