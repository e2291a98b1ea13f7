"""The course of one life: everything that changes while its days are told, and the ledger that grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from glasstown.interpreter import cutoffs, explain, explain_decisions
from glasstown.interpreter import lists as listing
from glasstown.interpreter.agenda import Agenda
from glasstown.interpreter.filing import Filing, Tally
from glasstown.interpreter.reading import Reading, has_condition
from glasstown.interpreter.standing import Hold, Standing
from glasstown.interpreter.writing import Note
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
        self._begun_again: list[str] = []
        self.standing.cutoffs = cutoffs.at_start(reading, life)
        self.standing.find_grade()
        self.look_at_lists(life.start)

    def flag(self, words: str) -> None:
        """Say once what the account leaves open."""
        self._flags.setdefault(words)

    def points(self, quanta: Quanta) -> str:
        """Return quanta as points in an exact decimal string."""
        return in_points(quanta, self.reading.book.score.quantum)

    def write(self, note: Note, *, closed: Collection[int] = ()) -> None:
        """Find grade, lists and measures anew and write the entry's line.

        `closed` are the lists that this very decision has ended: their own condition does not bring them back yet.
        """
        standing = self.standing
        grade, lists = standing.grade, standing.lists()
        standing.find_grade()
        self._begun_again.clear()
        self.look_at_lists(note.day, closed)
        clause = note.clause.id if note.clause else None
        changes = explain.changes(self.reading.book, grade, standing.grade, self._lists_before(lists, note), standing)
        self.ledger.append(
            Line(
                day=note.day,
                phase=note.phase,
                clause=clause,
                record=note.record,
                before=note.before,
                after=standing.score,
                grade=standing.grade,
                lists=standing.lists(),
                measures=standing.measures(note.day, clause if note.takes_effect else None),
                cap=note.cap,
                list_id=note.list_id,
                fine=note.fine,
                unknown=note.unknown,
                why=" ".join([note.why[:1].upper() + note.why[1:], *changes, *self._begun_again]),
                source=explain.source(note.cite),
                parts=dict(standing.parts),
                balance=standing.balance,
                published=standing.published(note.day, clause if note.takes_effect else None),
                consent=standing.consent,
            )
        )

    def _lists_before(self, lists: tuple[str, ...], note: Note) -> tuple[str, ...]:
        """Return the lists before the entry; an assessment says itself what it has changed."""
        return self.standing.lists() if note.phase == "assessment" else lists

    def look_at_lists(self, day: date, closed: Collection[int] = ()) -> None:
        """Look at every list in file order (section 6)."""
        standing = self.standing
        for place, rule in enumerate(self.reading.book.lists):
            kind = self.reading.list_kinds[place]
            if kind == "while":
                standing.on_list[place] = standing.condition_holds(rule)
            elif kind == "held":
                if has_condition(rule) and self._comes_on(place, is_closed=place in closed):
                    self._enter_by_condition(place, day)
                standing.on_list[place] = any(hold.stands for hold in standing.holds[place])

    def _comes_on(self, place: int, *, is_closed: bool) -> bool:
        """Return whether a list's own condition puts the subject on it now: being true, or with `once` becoming true."""
        standing, rule = self.standing, self.reading.book.lists[place]
        holds = standing.condition_holds(rule)
        if not rule.entry.once:
            return holds and not is_closed and not any(hold.stands for hold in standing.holds[place])
        begins = holds and not standing.met[place]
        if begins and is_closed:
            return False
        standing.met[place] = holds
        return begins

    def _enter_by_condition(self, place: int, day: date) -> None:
        """Let a hold of the condition begin, and remember to say so where the subject was on the list already."""
        hold, was_on = Hold(None), self.standing.on_list[place]
        if listing.add(self, place, hold, day) and was_on:
            self._begun_again.append(explain_decisions.begins_again(self.reading.book.lists[place], hold))

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
        )
