"""The course of one life: everything that changes while its days are told, and the ledger that grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.account import Account, Life, Line, Phase
from glasstown.interpreter.agenda import Agenda, Kind, Stage, key
from glasstown.interpreter.calendar import add_span
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.reading import Reading, has_condition, in_points
from glasstown.interpreter.standing import Hold, Standing
from glasstown.interpreter.tally import Tally
from glasstown.rulebook.model import Cite, Clause
from glasstown.types import UNKNOWN, Quanta


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
        self.carried: dict[int, Decimal] = {}
        self.ledger: list[Line] = []
        self.fines = 0
        self.n_unknown: dict[str, int] = {}
        self._flags: dict[str, None] = {}
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
                measures=standing.measures(clause if note.takes_effect else None),
                cap=note.cap,
                list_id=note.list_id,
                fine=note.fine,
                unknown=note.unknown,
                why=" ".join([note.why[:1].upper() + note.why[1:], *changes]),
                source=explain.source(note.cite),
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
                is_free = not standing.holds[place] and place not in closed
                if is_free and has_condition(rule) and standing.condition_holds(rule):
                    self.add_hold(place, day, None)
                standing.on_list[place] = bool(standing.holds[place])

    def add_hold(self, place: int, day: date, filing: Filing | None) -> bool:
        """Put the subject on a list for its term; return whether that lasts beyond the day of entry."""
        rule = self.reading.book.lists[place]
        hold = Hold(filing)
        term = rule.leaves.after
        if term == UNKNOWN:
            self.flag(f"list {rule.id}: how long an entry lasts is unknown; it lasts to the end of the life")
        elif term is not None and not isinstance(term, str):
            end = add_span(day, term)
            if end <= day:
                return False
            order = filing.place if filing else len(self.reading.book.clauses) + place
            event = filing.record.order if filing else 0
            when = key(end, Stage.LAPSE_OR_END, order, event, Kind.LIST_END)
            self.agenda.add(when, partial(self._end_hold, place, hold))
        self.standing.holds[place].append(hold)
        return True

    def _end_hold(self, place: int, hold: Hold, day: date) -> None:
        if hold.ended:
            return
        standing, rule, filing = self.standing, self.reading.book.lists[place], hold.filing
        standing.drop_holds(place, [hold])
        clause = self.reading.clause(filing.place) if filing else None
        self.write(
            Note(
                day,
                "list-end",
                standing.score,
                explain.list_end(rule, filing.record if filing else None),
                rule.cite,
                clause=clause,
                record=filing.record.id if filing else None,
                list_id=rule.id,
            )
        )

    def account(self) -> Account:
        """Return the closing state and the whole ledger."""
        standing = self.standing
        return Account(
            ledger=tuple(self.ledger),
            score=standing.score,
            grade=standing.grade,
            lists=standing.lists(),
            measures=standing.measures(),
            fines=self.fines,
            flags=tuple(self._flags),
            n_unknown=dict(self.n_unknown),
        )
