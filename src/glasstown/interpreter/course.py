"""The course of one life: everything that changes while its days are told, and the ledger that grows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from glasstown.interpreter.agenda import Agenda
from glasstown.interpreter.filing import Filing, Tally
from glasstown.interpreter.reading import Reading
from glasstown.interpreter.standing import Standing
from glasstown.ledger import Account, Life, Line, in_points
from glasstown.types import Quanta


class Course:
    """One life under one rulebook, from its first morning on."""

    def __init__(self, reading: Reading, life: Life) -> None:
        self.reading = reading
        self.life = life
        self.agenda = Agenda()
        self.standing = Standing(reading, life.given)
        self.filings: dict[str, Filing] = {}
        self.cap_tallies: defaultdict[str, Tally] = defaultdict(Tally)
        self.ladder_tallies: defaultdict[int, Tally] = defaultdict(Tally)
        self.deducting = Tally()
        self.remainders: dict[int, Decimal] = {}
        self.ledger: list[Line] = []
        self.fines = 0
        self.n_unknown: dict[str, int] = {}
        self._flags: dict[str, None] = {}
        self.begun_again: list[str] = []

    def flag(self, words: str) -> None:
        """Say once what the account leaves open."""
        self._flags.setdefault(words)

    def points(self, quanta: Quanta) -> str:
        """Return quanta as points in an exact decimal string."""
        return in_points(quanta, self.reading.book.score.quantum)

    def account(self) -> Account:
        """Return the closing state and the whole ledger."""
        standing = self.standing
        return Account(
            ledger=tuple(self.ledger),
            score=standing.score,
            grade=standing.grade,
            lists=standing.lists(),
            measures=standing.measures(self.life.until),
            fines=self.fines,
            flags=tuple(self._flags),
            n_unknown=dict(self.n_unknown),
            parts=dict(standing.parts),
            balance=standing.balance,
            published=standing.published(self.life.until),
            consent=standing.consent,
            running=standing.running,
        )
