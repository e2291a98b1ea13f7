"""What is counted of a run, of people and of firms: a whole number, or unknown with the reason where it is not kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from glasstown.fields import ACCOUNTS
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.outcomes.measures import Accounts
from glasstown.types import WRONG, EntityKind

Pick: TypeAlias = Callable[[Rulebook, ActCatalogue], Collection[str]]
Counts: TypeAlias = dict[str, int | None]
"""By measure; None where nothing was kept."""


class Booked(Protocol):
    """A rulebook with the accounts of everybody who lives under it."""

    @property
    def book(self) -> Rulebook: ...
    @property
    def accounts(self) -> Mapping[EntityKind, Accounts]: ...


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is in words, of whom, and which items of which account it sums; all where `items` is None."""

    words: str
    kind: EntityKind
    account: str
    items: Pick | None = None


def _tone(tone: str) -> Pick:
    return lambda _, acts: {each.id for each in acts.classes if each.tone == tone}


def _named(*items: str) -> Pick:
    return lambda book, acts: items


def _black(book: Rulebook, _: ActCatalogue) -> Collection[str]:
    return {rule.id for rule in book.lists if rule.colour == "black"}


def _effect(kind: str) -> Pick:
    return lambda book, _: {measure.id for measure in book.measures if measure.kind == kind}


BURDEN: Final = "under a restricting measure, each measure counted"
ADVANTAGE: Final = "with a rewarding measure, each measure counted"
WRONGFUL: Final = "wrongful listings: by nothing but wrong records"
_OF_PEOPLE: Final[Mapping[str, Measure]] = {
    "offences": Measure("offences done", "person", "acts", _tone("offence")),
    "good deeds": Measure("good deeds done", "person", "acts", _tone("good deed")),
    "expression": Measure("lawful expression and petitions", "person", "acts", _tone("lawful expression")),
    "found out": Measure("acts found out", "person", "detections"),
    "records": Measure("records that took effect", "person", "records"),
    "wrong records": Measure("records that were wrong", "person", "truth", _named(*WRONG)),
    "on a black list": Measure("person-months on a black list", "person", "lists", _black),
    "under a burden": Measure(f"person-months {BURDEN}", "person", "measures", _effect("restrict")),
    "with an advantage": Measure(f"person-months {ADVANTAGE}", "person", "measures", _effect("reward")),
    "listings": Measure("entries on a black list", "person", "list_in", _black),
    "wrongly listed": Measure("person-months wrongly on a black list", "person", "lists_wrong", _black),
    "wrongful listings": Measure(WRONGFUL, "person", "list_in_wrong", _black),
    "exits": Measure("exits from a black list", "person", "list_out", _black),
    "fines": Measure("fines, yuan", "person", "fines"),
    "refusals": Measure("requests refused, tickets among them", "person", "refusals"),
    "barred unlisted": Measure(
        "person-months of closed gates of people not on the list: namesakes, households, old copies", "person", "closed"
    ),
    "payments missed": Measure("months of debt service that were missed", "person", "debt", _named("payment missed")),
    "could not pay": Measure(
        "person-months of those who could not pay a judgment", "person", "debt", _named("could not pay")
    ),
    "cases": Measure("enforcement cases opened", "person", "cases"),
    "newly owed": Measure("newly owed by judgment, yuan", "person", "judgments", _named("newly owed")),
    "recovered": Measure("recovered by creditors, yuan", "person", "judgments", _named("recovered")),
    "performed at once": Measure(
        "cases performed in full when called", "person", "enforcement", _named("performed when called")
    ),
    "performed": Measure(
        "cases performed in full, when called or later",
        "person",
        "enforcement",
        _named("performed when called", "performed in full"),
    ),
    "owed": Measure("owed by judgment, yuan times months", "person", "judgments", _named("owed")),
    "written off": Measure("written off by creditors, yuan", "person", "judgments", _named("written off")),
    "out of work": Measure("person-months out of work", "person", "work", _named("unemployed")),
    "income": Measure("income, yuan", "person", "income", _named("yuan")),
    "false reports": Measure("false reports that were believed", "person", "reports", _named("false and believed")),
    "ties": Measure("ties lost", "person", "ties", _named("lost")),
    "support": Measure(
        "person-months of adults who say that the scheme is right", "person", "support", _named("stated")
    ),
    "averted": Measure("wrong records averted before they took effect", "person", "redress", _named("averted, wrong")),
    "corrections": Measure("corrections that were granted", "person", "corrections"),
    "unknown": Measure("times that a clause of unknown value would have been applied", "person", "unknown_fired"),
}
HARMS: Final = frozenset({
    "offences", "wrong records", "on a black list", "under a burden", "listings", "wrongful listings", "wrongly listed", "fines",
    "refusals", "barred unlisted", "payments missed", "could not pay", "cases", "newly owed", "owed", "written off", "out of work",
    "false reports", "ties", "in distress", "gone under", "links cut",
})  # fmt: skip
"""measures of which more is worse for those whom it happens to, or for the town"""
GOODS: Final = frozenset({
    "good deeds", "with an advantage", "exits", "recovered", "performed", "performed at once", "income", "averted", "corrections",
})  # fmt: skip
"""measures of which more is better"""


def harm_of(name: str) -> int:
    """Return 1 where more of a measure is harm, -1 where it is good, 0 where it is neither, such as records that are right."""
    own = name.removeprefix("firms: ")
    return int(own in HARMS) - int(own in GOODS)


_ALSO_OF_FIRMS: Final = (
    "offences", "good deeds", "found out", "records", "wrong records", "on a black list", "under a burden", "with an advantage",
    "listings", "wrongful listings", "exits", "fines", "corrections", "unknown",
)  # fmt: skip


def _of_firms(name: str) -> Measure:
    """Return the same measure of firms."""
    measure = _OF_PEOPLE[name]
    words = measure.words.replace("person-months", "firm-months")
    return Measure(f"firms: {words}", "firm", measure.account, measure.items)


MEASURED: Final[Mapping[str, Measure]] = {
    **_OF_PEOPLE,
    **{f"firms: {name}": _of_firms(name) for name in _ALSO_OF_FIRMS},
    "firms: in distress": Measure("firms: firm-months in distress", "firm", "firms", _named("in distress")),
    "firms: gone under": Measure("firms: those that went under", "firm", "firms", _named("went under")),
    "firms: links cut": Measure("firms: links to listed partners that were cut", "firm", "partners"),
}
MEASURES: Final[Mapping[str, str]] = {name: measure.words for name, measure in MEASURED.items()}
"""what is counted of each run, and in words; of firms where there are any"""
NOT_THERE: Final = "no firm lives in this town"


def measures_of(kinds: Collection[EntityKind]) -> tuple[str, ...]:
    """Return the measures of those who live in a town."""
    return tuple(name for name, measure in MEASURED.items() if measure.kind in kinds)


def is_of_a_scheme(name: str) -> bool:
    """Return whether a measure counts what a rulebook brings about, and not what people do whatever it says."""
    return ACCOUNTS[MEASURED[name].account].of == "scheme"


def counted(runs: Sequence[Booked], acts: ActCatalogue) -> Counts:
    """Return every measure of a run, under all of its rulebooks together; None where `why_not` has a reason."""
    return {name: _sum(measure, runs, acts) for name, measure in MEASURED.items()}


def number_of(name: str, runs: Sequence[Booked], acts: ActCatalogue) -> int | None:
    """Return one measure of a run, as `counted` does."""
    return _sum(MEASURED[name], runs, acts)


def why_not(runs: Sequence[Booked]) -> dict[str, str]:
    """Return the measures that a run does not keep, each with the reason."""
    found = {}
    for name, measure in MEASURED.items():
        if not _keeping(measure, runs):
            accounts = [run.accounts[measure.kind] for run in runs if measure.kind in run.accounts]
            reasons = dict.fromkeys(str(each.why_not(measure.account)) for each in accounts)
            found[name] = "; ".join(reasons) or NOT_THERE
    return found


def _keeping(measure: Measure, runs: Sequence[Booked]) -> list[Booked]:
    """Return the rulebooks under which a measure is kept; of what belongs to no rulebook, each has the same."""
    living = [run for run in runs if measure.kind in run.accounts]
    return [run for run in living if run.accounts[measure.kind].why_not(measure.account) is None]


def _sum(measure: Measure, runs: Sequence[Booked], acts: ActCatalogue) -> int | None:
    keeping = _keeping(measure, runs)
    if not keeping:
        return None
    of_none = ACCOUNTS[measure.account].of != "scheme"
    whole = 0
    for run in keeping[:1] if of_none else keeping:
        totals = run.accounts[measure.kind].totals(measure.account)
        items = totals if measure.items is None else measure.items(run.book, acts)
        whole += sum(n for name, n in totals.items() if name in items)
    return whole
