"""An office of four people under three clauses, in which nothing goes wrong and nothing takes time unless a test says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from glasstown.compiler.columns import DAYS, NEVER, NO_GRADE, NO_SPAN
from glasstown.compiler.rulebook_rows import Answer, Clause, Ladder, List, Reach
from glasstown.rows import as_array, make_row, make_rows
from plain_kernels import plain

ALWAYS = 1 << 32
OFFENCE, GOOD_DEED, RATE = 0, 1, 2
"""Clauses; the acts of the same numbers are what they answer to, the first and the last of one class."""

state, nobody, warm = plain("tables.state"), plain("nobody"), plain("warm")
rows, letters = plain("tables.practice_rows"), plain("tables.filing_rows")
bundles, words, logbook = plain("tables.bundles"), plain("kernel.ledger_words"), plain("kernel.logbook")
KEY_PARTS = (words.kind_of, words.clause_of, words.day_of, words.event_of)
calendar, people = plain("kernel.calendar"), plain("tables.person_rows")


@dataclass(frozen=True)
class Office:
    """Law, place, desk and month, as the office's kernels take them."""

    law: Any
    here: Any
    desk: Any
    at: Any

    def __iter__(self) -> Any:
        """Give them in the order in which kernels take them."""
        return iter((self.law, self.here, self.desk, self.at))

    def hit(self, person: int = 0, k: int = 0, number: int = 0) -> Any:
        """Return somebody's act that was found out."""
        return bundles.Hit(person, k, number)

    def filed(self, n: int) -> list[tuple[int, int, int, int, int]]:
        """Return person, kind, clause, day and event of the first entries filed."""
        return [
            (int(new.person), *(int(part(new.key)) for part in KEY_PARTS))
            for new in (self.desk.work.filed[row] for row in range(n))
        ]  # fmt: skip

    def pays(self, n: int) -> list[int]:
        """Return the second words of the first entries filed."""
        return [int(self.desk.work.filed[row].pay) for row in range(n)]

    def log(self) -> list[Any]:
        """Return what was written down."""
        found: list[Any] = logbook.lines_of(self.desk.log)
        return found

    def account(self, slot: str, item: int = 0) -> int:
        """Return this month's account of everybody."""
        return int(self.desk.flow[:, getattr(self.law.slots, slot) + item].sum())

    def set(self, **numbers: int) -> Office:
        """Set chances and lengths of the practice."""
        for name, value in numbers.items():
            setattr(self.law.practice.numbers, name, value)
        return self

    def handle(self, **columns: int) -> Office:
        """Set how objections to records of every clause go."""
        for name, value in columns.items():
            as_array(self.law.practice.handled)[name] = value
        return self


def make_office(month: int = 0, scheme_days: int = NEVER) -> Office:
    """Return an office; the scheme ends after so many days."""
    beginning = date(2020, 1, 1)
    over = beginning.toordinal() + scheme_days if scheme_days < NEVER else 4_000_000
    cal = calendar.make_calendar(beginning, scheme=(beginning.toordinal(), over))
    law_rules, practice = make_rules(), make_practice()
    slots, flow_width, level_width = state.make_slots(3, 2, 1)
    law = bundles.Law(law_rules, cal, practice, slots)
    everybody = state.Residents(
        group=np.array([0, 1, 0, 1], dtype=np.uint8),
        is_urban=np.array([False, True, False, False]),
        is_scored=np.ones((1, 4), dtype=np.bool_),
        household=np.array([0, 0, 1, 1], dtype=np.uint8),
        roles=np.array([1, 0, 1, 1], dtype=np.uint16),
        theta=np.zeros(4, dtype=np.int16),
        prosocial=np.zeros(4, dtype=np.int16),
    )
    shard = state.make_shard(nobody.no_conduct(), everybody, kind="person", first_block=0)
    status = state.make_status(law_rules, everybody.is_scored[0], n_blocks=1, grade=NO_GRADE, lists=0, more=[0, 7])
    here = bundles.Here(shard, status, state.make_found(1, 8), state.no_mail(), state.make_post(4))
    accounts = np.zeros((5, flow_width), dtype=np.int64), np.zeros((5, level_width), dtype=np.int64)
    pools = np.zeros((8, 2), dtype=np.int64), np.zeros((8, 2), dtype=np.int64)
    chance = state.chance_of(7, "person")
    desk = state.make_desk(
        state.make_work(1, 600),
        state.first_begins(law_rules),
        state.make_log(64),
        chance,
        accounts,
        pools,
        make_row(people.Cursor),
    )
    return Office(law, here, desk, bundles.At(0, 0, 4, month))


def make_rules() -> Any:
    """Return a rulebook: an offence of 5 to 9 quanta that lists, a good deed, and a rate; two lists that procedures may end."""
    clauses, answers = make_rows(Clause, 3), make_rows(Answer, 3)
    for number, (least, most, per, sign) in enumerate(((5, 9, 0, -1), (3, 3, 0, 1), (2, 2, 4, -1))):
        clause, answer = clauses[number], answers[number]
        clause.least, clause.most, clause.per, clause.sign = least, most, per, sign
        clause.start_unit, clause.list = DAYS, 0 if number == OFFENCE else -1
        answer.act = answer.clause = number
        answer.from_, answer.below = 1, 1000
    rules = warm.empty_rules()
    return rules._replace(clauses=clauses, answers=answers, lists=make_rows(List, 2), ladders=make_rows(Ladder, 1))


def make_practice() -> Any:
    """Return offices that record every act on its day, as it was, of whoever did it."""
    acts = make_rows(rows.OfficeAct, 3)
    for number, place in enumerate((OFFENCE, RATE, GOOD_DEED)):  # by class: two offences, one good deed
        act = acts[number]
        act.spell, act.least, act.most, act.good = -1, 1, 1, int(place == GOOD_DEED)
        act.answer, act.n_answers, act.instead, act.recorded = place, 1, -1, ALWAYS
        act.share = act.share_rural = act.share_urban = 1 << 31
    return nobody.no_practice()._replace(
        act_table=acts, class_acts=np.array([0, 2, 3]), class_covered=np.ones(2, dtype=np.int64),
        handled=make_handled(3),
    )  # fmt: skip


def make_handled(n: int) -> Any:
    """Return clauses about everybody, whose rulebook says nothing of objections, and to which nobody objects."""
    handled = make_rows(rows.Handled, n)
    for name in ("answer_unit", "review_unit", "correction_unit"):
        as_array(handled)[name] = NO_SPAN
    return handled


def with_reach(office: Office, through: int, other: int = RATE) -> Office:
    """Return the office with records of others that follow from the offence, through a tie."""
    rules = office.law.rules._replace(reaches=make_rows(Reach, 1))
    rules.clauses[OFFENCE].reaches = 1
    row = rules.reaches[0]
    row.first, row.other, row.through = OFFENCE, other, through
    return Office(office.law._replace(rules=rules), office.here, office.desk, office.at)
