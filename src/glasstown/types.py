"""Shared vocabulary: the words, aliases and small values that every stage uses.

Imports nothing of ours.  Heavy libraries stay out too, so that `glasstown --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

ClauseId: TypeAlias = str
GradeId: TypeAlias = str
ListId: TypeAlias = str
MeasureId: TypeAlias = str

MOST_CAPS: Final = 8
"""caps that may stand over one clause, its group's and the score's included"""

HASH_BYTES: Final = 32
"""of a BLAKE2b by which a file is known again"""

Quanta: TypeAlias = int
"""A score or a change of score, counted in the rulebook's own quantum (for example half points)."""

Evidence: TypeAlias = Literal["official", "reported", "recalled", "assumed", "fitted", "invented"]
"""How well a statement is documented.

official   in an official text or an official body's own publication
reported   by press or scholars
recalled   remembered from the literature, no text seen; to be verified
assumed    an inference or own arithmetic; never presented as a rule of the scheme
fitted     a number turned until the model matched a stated target
invented   made up, for teaching or tests
"""

Seen: TypeAlias = Literal["direct", "quoted", "summary", "recalled"]
"""How the source was read: its own text, a quotation in another work, a secondary summary, or from memory."""

ReadState: TypeAlias = Literal["read", "unread", "reported absent", "silent"]
"""How far the text of a section was read: unread is not absent, and silent means read in full and not there."""

EntityKind: TypeAlias = Literal["person", "firm"]

WRONG: Final = ("wrong person", "wrong content", "duplicate", "misjudged", "false report", "inferred")
"""How a record can be wrong, as the accounts name it."""

UNKNOWN: Final = "unknown"
"""The value of what the record does not tell.  It is never zero."""

SYNTHETIC_WORDS: Final = "synthetic population"
"""The words that every exported table, picture and page carries."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many are done of how many, from time to time."""
