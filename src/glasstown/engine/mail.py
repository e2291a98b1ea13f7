"""Mail between firms and the people who represent them: addressed and sorted between two months, delivered in the next (S12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glasstown.compiler import columns as col
from glasstown.engine.spilling import N_MAIL_COLUMNS, Y_CLAUSE, Y_EVENT, Y_SOURCE, Y_TARGET
from glasstown.engine.tables.shapes import I64, Mail, Rules, Shard
from glasstown.types import EntityKind

NO_ROWS: I64 = np.zeros((0, N_MAIL_COLUMNS), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ties:
    """Who represents whom.

    representative   (F,) person who represents each firm by law
    firms            (F,) firms in the order of their representatives, and among one's in their own
    of               (F,) the representatives in that order
    """

    representative: I64
    firms: I64
    of: I64

    @classmethod
    def among(cls, representative: I64) -> Ties:
        """Return the ties of firms whose representatives are given."""
        firms = np.argsort(representative, kind="stable").astype(np.int64)
        return cls(representative, firms, representative[firms])

    def addressed(self, posted: Sequence[I64], source: EntityKind) -> I64:
        """Return what was posted by people, or by firms, with whom it is for, in the order in which it is delivered.

        A firm's mail is for its representative, a person's for each firm that the person represents.
        """
        rows = np.concatenate([NO_ROWS, *posted])
        if source == "firm":
            rows[:, Y_TARGET] = self.representative[rows[:, Y_SOURCE]]
        else:
            first = np.searchsorted(self.of, rows[:, Y_SOURCE], side="left")
            n_each = np.searchsorted(self.of, rows[:, Y_SOURCE], side="right") - first
            copies = np.repeat(np.arange(len(rows)), n_each)
            nth = np.arange(len(copies)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
            rows = rows[copies]
            rows[:, Y_TARGET] = self.firms[first[copies] + nth]
        order = np.lexsort((rows[:, Y_CLAUSE], rows[:, Y_EVENT], rows[:, Y_SOURCE], rows[:, Y_TARGET]))
        return rows[order]


def sends_mail(rules: Rules) -> bool:
    """Return whether records of people follow from those of firms under a rulebook, or the other way round."""
    return int(rules.book[col.B_POSTS]) == 1


def mail_for(rows: I64, shard: Shard) -> Mail:
    """Return the part of a month's sorted mail that is for a shard, with the first row of each of its neighbourhoods."""
    bounds = np.searchsorted(rows[:, Y_TARGET], shard.first + shard.ident[0], side="left")
    return Mail(starts=(bounds - bounds[0]).astype(np.int64), rows=rows[bounds[0] : bounds[-1]])
