"""The accounts of a neighbourhood by person and month, counted while it is lived again: a run's own accounts hold them by income.

Each number is booked as the engine books it, in the month and with the tenant of that month, so that all persons together come to
what the run has; `outcomes/by_trait.py` holds every measure to that.  What a life has no line of is not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.entries import CORRECTION, RECORD
from glasstown.engine.person.records import NOT_MET, VALUE_UNKNOWN
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lived_rows import BANKRUPT, BY_ANOTHER, CREDITORS, PAYMENTS
from glasstown.engine.tables.lives import GATES, UNEMPLOYED
from glasstown.engine.tables.log_rows import ACTED, FILED, JUDGED, LINE, PAID, REFUSED, STOOD, Log
from glasstown.engine.tables.practice_rows import TRUTHS
from glasstown.engine.tables.shapes import I64
from glasstown.engine.tables.turning_rows import STAYED
from glasstown.engine.town import Logs
from glasstown.engine.turnover import Changes
from glasstown.language.days import month_first
from glasstown.population import People
from glasstown.population.tenants import Homes
from glasstown.rows import as_array
from glasstown.runs.plan import Plan

Key: TypeAlias = tuple[str | None, str, str]
"""Rulebook (None for what belongs to none), account and item."""
Rows: TypeAlias = NDArray[Any]
"""Lines of a log, as a structured array."""


class PersonAccounts:
    """What happened to each person of a neighbourhood in each month; `live_again` calls it.

    people       whom the neighbourhood began with
    booked       (months, people) by key; what is no key was zero
    since, age   (months, people) month in which the tenant of that month came, and the age then
    """

    def __init__(self, plan: Plan, people: People) -> None:
        """Take whom the neighbourhood begins with; who keeps a place for good is counted at that age, as in the final table."""
        self._plan, self.people = plan, people
        self._classes = tuple(each.id for each in plan.conduct["person"].classes)
        self._begin()

    def _begin(self) -> None:
        shape = (self._plan.manifest.months, len(self.people))
        self.booked: dict[Key, I64] = {}
        self.since: I64 = np.zeros(shape, dtype=np.int64)
        self.age: I64 = np.tile(self.people.age.astype(np.int64), (shape[0], 1))

    def begin(self, side: Side) -> None:
        """Forget all, and look at who stands where on the first day."""
        self._begin()
        self._side = side
        self._read = [0] * (1 + len(side.layers))
        self._wrongly = [np.zeros(len(self.people), dtype=np.int64) for _ in side.layers]
        self._note()

    def _note(self) -> None:
        """Note where everybody stands and how many ties they have."""
        statuses = [layer.statuses[0] for layer in self._side.layers]
        self._lists = [lists_of_all(status.lists).astype(np.int64) for status in statuses]
        self._scored = [status.is_scored != 0 for status in statuses]
        self._ties = self._side.shards[0].lives.ties.astype(np.int64)

    def turn(self, month: int, changes: Changes) -> None:
        """Book who began on a list and who ceased to be scored, and take in hand who lives there this month."""
        turned = as_array(changes.turned)
        for number, layer in enumerate(self._side.layers):
            if len(turned):
                self._turn_under(month, number, layer, turned)
        lives = self._side.shards[0].lives
        if self._side.turning is not None:
            self.since[month], self.age[month] = lives.since, lives.age
        self._note()

    def _turn_under(self, month: int, number: int, layer: Layer, turned: Rows) -> None:
        status, place, gone = layer.statuses[0], turned["place"], turned["why"] != STAYED
        now, was = status.is_scored[place] != 0, self._scored[number][place]
        ceases, comes = was & ~gone & ~now, now & (gone | ~was)
        self._book_bits(month, layer, "list_out", place[ceases], self._lists[number][place[ceases]])
        self._book_bits(
            month, layer, "list_in", place[comes], lists_of_all(status.lists[place[comes]]).astype(np.int64)
        )
        self._wrongly[number][place[gone | ~now]] = 0

    def end(self, month: int, logs: Logs) -> None:
        """Book what happened this month and what stands at its end."""
        self._conduct(month, self._lines(0, logs.conduct))
        self._lives(month)
        for number, layer in enumerate(self._side.layers):
            rows = self._lines(number + 1, logs.layers[number])
            self._records(month, layer, rows)
            self._standing(month, number, layer, _of_kind(rows, STOOD))
        self._note()

    def _lines(self, number: int, log: Log) -> Rows:
        """Return what was written to a log since it was last read; of a log that runs over, what there was room for."""
        first, last = self._read[number], min(int(log.written[0]), len(log.rows))
        self._read[number] = last
        return as_array(log.rows)[first:last]

    def _conduct(self, month: int, rows: Rows) -> None:
        """Book acts, refusals, cases and payments."""
        acted, refused = _of_kind(rows, ACTED), _of_kind(rows, REFUSED)
        self._book(month, None, "acts", self._classes, acted["person"], acted["act_class"], acted["n_acts"])
        self._book(month, None, "detections", self._classes, acted["person"], acted["act_class"], acted["n_found"])
        self._book(month, None, "refusals", GATES, refused["person"], refused["gate"], refused["times"])
        paid, judged = _of_kind(rows, PAID), rows[_own_claims(rows)]
        self._book(month, None, "enforcement", PAYMENTS, paid["person"], paid["how"], np.ones_like(paid["how"]))
        is_own = paid["how"] != BY_ANOTHER
        own = paid[is_own]
        self._book(month, None, "judgments", ("recovered",), own["person"], np.zeros_like(own["how"]), own["yuan"])
        owed = np.zeros_like(judged["how"])
        self._book(month, None, "judgments", ("newly owed",), judged["person"], owed, judged["yuan"])
        cases = rows[_own_claims(rows) & ~_without_case(rows)]
        self._book(month, None, "cases", CREDITORS, cases["person"], cases["how"], np.ones_like(cases["how"]))

    def _lives(self, month: int) -> None:
        """Book who is out of work, what is owed at the month's end (a claim of two with the debtor), and ties that broke."""
        lives = self._side.shards[0].lives
        if len(lives.work) == 0:
            return
        owed = lives.owed.astype(np.int64)
        open_claims = lives.joint[0] > 0
        np.subtract.at(owed, lives.joint_guarantor[0][open_claims].astype(np.int64), lives.joint[0][open_claims])
        stands = {("work", "unemployed"): lives.work == UNEMPLOYED, ("judgments", "owed"): owed}
        stands["ties", "lost"] = self._ties - lives.ties
        for (account, item), values in stands.items():
            self._of((None, account, item))[month] += values

    def _records(self, month: int, layer: Layer, rows: Rows) -> None:
        """Book what was filed, what took effect, and what was taken back."""
        book, clauses = layer.name, layer.compiled.clause_ids()
        filed, lines = _of_kind(rows, FILED), _of_kind(rows, LINE)
        filed = filed[filed["act"] >= 0]  # what follows from another record is booked with that one
        self._book(month, book, "truth", TRUTHS, filed["person"], filed["truth"], np.ones_like(filed["truth"]))
        is_record = (lines["entry"] == RECORD) & (lines["detail"] & NOT_MET == 0)
        is_unknown, is_correction = lines["detail"] & VALUE_UNKNOWN != 0, lines["entry"] == CORRECTION
        records, unknown, corrected = lines[is_record], lines[is_unknown], lines[is_correction]
        for account, mine, values in (
            ("records", records, np.ones_like(records["clause"])),
            ("fines", records, records["fine"]),
            ("unknown_fired", unknown, np.ones_like(unknown["clause"])),
        ):
            self._book(month, book, account, clauses, mine["person"], mine["clause"], values)
        none = np.zeros_like(corrected["entry"])
        self._book(month, book, "corrections", ("granted",), corrected["person"], none, none + 1)

    def _standing(self, month: int, number: int, layer: Layer, stood: Rows) -> None:
        """Book lists and measures as they stand at the month's end, and who came on a list or left it in the month."""
        status, before, everybody = layer.statuses[0], self._lists[number], np.arange(len(self.people))
        now, wrongly = lists_of_all(status.lists).astype(np.int64), self._wrongly[number]
        wrongly[stood["person"]] = stood["wrongly"]
        for account, bits in (
            ("lists", now), ("list_in", now & ~before), ("list_out", before & ~now), ("lists_wrong", wrongly),
            ("list_in_wrong", wrongly & ~before),
        ):  # fmt: skip
            self._book_bits(month, layer, account, everybody, bits)
        self._measures(month, layer, now)

    def _measures(self, month: int, layer: Layer, lists: I64) -> None:
        """Book for whom each measure is in force at the month's end; one that is not law then is so for nobody."""
        status, measures = layer.statuses[0], as_array(layer.rules.measures)
        last_day = month_first(self._plan.manifest.start, month + 1) - timedelta(days=1)
        by_grade = (measures["grades"][:, None] >> status.grade.astype(np.int64)) & 1 != 0
        is_under = (by_grade | (measures["lists"][:, None] & lists != 0)) & (status.is_scored != 0)
        is_under &= np.array(layer.compiled.law_of_measures(last_day), dtype=np.bool_)[:, None]
        names = layer.compiled.measure_ids()
        for place in np.flatnonzero(is_under.any(axis=1)).tolist():
            self._of((layer.name, "measures", names[place]))[month] += is_under[place]

    def _book_bits(self, month: int, layer: Layer, account: str, person: I64, bits: I64) -> None:
        """Add one for each list whose bit is set."""
        if not bits.any():
            return
        for place, name in enumerate(layer.compiled.list_ids()):
            mine = person[(bits >> place) & 1 != 0]
            if len(mine):
                np.add.at(self._of((layer.name, account, name))[month], mine, 1)

    def _book(
        self, month: int, book: str | None, account: str, items: Sequence[str], person: I64, item: I64, values: I64
    ) -> None:  # fmt: skip
        """Add the values of some lines to the items that they name."""
        for place in np.unique(item[values != 0]).tolist():
            mine = item == place
            np.add.at(self._of((book, account, items[place]))[month], person[mine], values[mine])

    def _of(self, key: Key) -> I64:
        if key not in self.booked:
            self.booked[key] = np.zeros(self.age.shape, dtype=np.int64)
        return self.booked[key]

    def homes(self) -> Homes:
        """Return who lives in each place in each month, months after each other."""
        months, people = len(self.age), self.people
        return Homes(
            np.tile(people.person_id.astype(np.uint64), months), self.since.ravel().astype(np.uint64),
            self.age.ravel().astype(np.uint8), np.tile(people.is_urban, months), np.tile(people.household, months),
        )  # fmt: skip


def _of_kind(rows: Rows, kind: int) -> Rows:
    """Return the lines of a kind."""
    found: Rows = rows[rows["kind"] == kind]
    return found


def _own_claims(rows: Rows) -> NDArray[np.bool_]:
    """Return which lines are claims against whoever owes them first: those of guarantors come once more, and count once."""
    found: NDArray[np.bool_] = (rows["kind"] == JUDGED) & (rows["other"] == 0)
    return found


def _without_case(rows: Rows) -> NDArray[np.bool_]:
    """Return which lines are claims of banks against people who were just declared bankrupt: no case was opened for them."""
    claims, found = _own_claims(rows), np.zeros(len(rows), dtype=np.bool_)
    for line in np.flatnonzero((rows["kind"] == PAID) & (rows["how"] == BANKRUPT)).tolist():
        mine = claims[:line] & (rows["person"][:line] == rows["person"][line])
        found[:line] |= mine
    return found
