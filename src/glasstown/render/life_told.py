"""A life as it is told, on a screen and on a page: who it is, what happened day by day, what was done and seen, where it ends.

Numbers, dates and labels are put into words here once; what is drawn around them is the writers' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from glasstown.language.model import Clause, Rulebook
from glasstown.render import words
from glasstown.render.case_words import WAIT_OVER, list_labels, source_of, with_labels
from glasstown.render.clause_words import points
from glasstown.wording import counted, grouped

SMALL: Final = ("from wages", "by the other who owes it")
"""payments that come month after month"""
FEW_MEASURES: Final = 3
"""measures named where more are counted"""
WRONG_WORDS: Final = {
    "wrong person": "This record is wrong: somebody else did it.",
    "wrong content": "This record is wrong: something else was done than what it says.",
    "duplicate": "This record is wrong: the same act stands in the file already.",
    "false report": "This record is wrong: somebody reported what never happened.",
    "inferred": "This record is wrong: a computer inferred it, and somebody else did it.",
    "misjudged": "This record is wrong: a debtor was recorded as refusing to pay who in truth could not.",
}
NOTHING_OWED: Final = "Nothing is owed any more."
PHASES: Final = {
    "lapse": "Points return",
    "correction": "A record is taken back",
    "override-end": "A grade that a clause set ends",
    "lock-end": "A lock on the score ends",
    "list-end": "A listing ends",
    "cycle": "A rating cycle begins",
    "cut-off": "New cut-offs of the grades",
    "publication": "A grade is published",
    "assessment": "Lists are worked out",
    "repeat": "Again, since the state lasts",
    "state-end": "A recorded state ends",
    "procedure": "A way out that the scheme names",
    "consent": "Consent",
    "spend": "Points are spent",
    "objection": "An objection",
    "decision": "What the objection came to",
    "listing": "Listed",
    "deadline": "A deadline passes",
}
"""what a line of the ledger is that is no record, by its phase"""
DAY: Final = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
EVENT: Final = re.compile(r"\bevent ([ed]\d+)\b")


class LifeTold(Protocol):
    """One life of a run, as the replay tells it.  Keys that a replay does not know may be missing."""

    @property
    def person(self) -> Mapping[str, Any]:
        """Facts: age, sex, where one lives, income fifth, work, roles, name (invented)."""

    @property
    def done(self) -> Sequence[Mapping[str, Any]]:
        """Acts by month and class."""

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        """The ledger: keys of a case's ledger, with event, act, act_date, truth and rulebook."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened.

    when       the day or month in words
    flags      what no reader should miss: that a record is wrong
    moves      what it moved: score, grade, lists, measures
    change     points that the score moved by
    rulebook   under which it stands in a ledger; None for what belongs to none
    """

    day: date
    when: str
    what: str
    flags: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    clause: Clause | None = None
    change: Decimal = Decimal(0)
    after: Decimal | None = None
    rulebook: str | None = None

    @property
    def is_wrong(self) -> bool:
        """Return whether a record behind it is wrong."""
        return bool(self.flags)


def moments(told: LifeTold, books: Mapping[str, Rulebook], sole: str = "") -> list[Moment]:
    """Return all that happened, by day: what was recorded and what followed, money, work, refusals, who came and left.

    books   the rulebooks of the run by name; `sole` is that of lines that name none
    """
    found = [*_turns(told), *_money(told), *_befell(told), *_lines(told, books, sole)]
    return sorted(found, key=lambda moment: moment.day)


def _lines(told: LifeTold, books: Mapping[str, Rulebook], sole: str) -> Iterator[Moment]:
    """Yield the lines of the ledgers, each laid beside the one before it under the same rulebook."""
    acted = {str(line.get("event")): line.get("act_date") for line in told.lines}
    before: dict[str, Mapping[str, Any]] = {}
    for line in told.lines:
        name = str(line.get("rulebook") or sole)
        yield _moment(line, before.get(name), books.get(name), name, acted)
        before[name] = line


def _moment(
    line: Mapping[str, Any], previous: Mapping[str, Any] | None, book: Rulebook | None, name: str, acted: Mapping[str, Any]
) -> Moment:  # fmt: skip
    day = day_of(line["date"])
    clause = next((each for each in book.clauses if each.id == line.get("clause")), None) if book else None
    flag = WRONG_WORDS.get(str(line.get("truth")))
    is_record = str(line.get("phase", "record")) == "record"
    score, after = _number(line.get("before")), _number(line.get("after"))
    return Moment(
        day=day,
        when=_when(line, day, is_record=is_record),
        what=_what(line, clause, book),
        flags=(flag,) if flag and is_record else (),
        moves=(*_moves(line, previous, book), *(_heard(line) if is_record else ())),
        why=plain_why(
            with_labels(str(line.get("why") or ""), list_labels(book)),
            clause,
            acted,
            is_kept=book is None or book.score.kept,
        ),
        source=_source(source_of(str(line.get("source") or ""), str(line.get("phase")), clause), book),
        clause=clause,
        change=Decimal(0) if score is None or after is None else after - score,
        after=after,
        rulebook=name,
    )


def day_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _when(line: Mapping[str, Any], day: date, *, is_record: bool) -> str:
    act_date = line.get("act_date")
    if act_date is None or not is_record or day_of(act_date) == day:
        return words.full_date(day)
    return f"recorded on {words.full_date(day)}, for an act of {words.full_date(day_of(act_date))}"


def _what(line: Mapping[str, Any], clause: Clause | None, book: Rulebook | None) -> str:
    phase = PHASES.get(str(line.get("phase", "record")), "")
    if clause is None:
        return phase or words.first_up(str(line.get("act") or "A change that belongs to no clause"))
    if phase:
        return f"{phase}: {clause.label} ({clause.id})"
    worth = (
        f": {points(clause, book.score.unit)}"
        if book is not None and book.score.kept and clause.points is not None
        else ""
    )
    return f"{words.first_up(clause.label)} ({clause.id}{worth})"


def _moves(line: Mapping[str, Any], previous: Mapping[str, Any] | None, book: Rulebook | None) -> Iterator[str]:
    """Yield what a line moved: the score where one is kept, the grade where there are grades, lists and measures."""
    score, after = _number(line.get("before")), _number(line.get("after"))
    if (book is None or book.score.kept) and score is not None and after is not None:
        yield f"{grouped(score)} → {grouped(after)}" if score != after else f"score stays {grouped(after)}"
    was, grade = previous.get("grade") if previous else None, line.get("grade")
    if grade != was and (grade or was):
        yield f"grade {was} → {grade or 'none'}" if was else f"grade {grade}"
    lists, measures = list_labels(book), measure_labels(book)
    yield from _begin_and_end("list", line.get("lists"), previous.get("lists") if previous else (), lists)
    now, before = (borne(each.get("measures") if each else (), book) for each in (line, previous))
    yield from _begin_and_end("measure", now, before, measures)
    if line.get("cap"):
        yield f"cap: {line['cap']}"


def _heard(line: Mapping[str, Any]) -> Iterator[str]:
    """Yield whether there was notice of a listing, and whether somebody objected."""
    if line.get("noticed") is not None:
        yield "had notice before the listing" if line["noticed"] else "no notice before the listing"
    if line.get("objected"):
        yield "an objection was made"


def _begin_and_end(what: str, now: Any, before: Any, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield what begins and what ends, by its label; many together are counted."""
    now, before = tuple(now or ()), tuple(before or ())
    for verb, names in (("begin", [n for n in now if n not in before]), ("end", [n for n in before if n not in now])):
        if len(names) > FEW_MEASURES:
            yield f"{counted(len(names), what)} {verb}"
        else:
            yield from (f"{what} {verb}s: {labels.get(name, name)}" for name in names)


def measure_labels(book: Rulebook | None) -> dict[str, str]:
    """Return the measures of a rulebook in words, by id."""
    return {each.id: each.label for each in book.measures} if book else {}


def plain_why(why: str, clause: Clause | None, acted: Mapping[str, Any], *, is_kept: bool) -> str:
    """Return the reason of a line without what stands beside it already, with days in words and no number of an event."""
    if clause is not None:
        head = re.match(rf"{re.escape(clause.label.rstrip('.'))} \(clause [^)]*\)", why, flags=re.IGNORECASE)
        why = words.first_up(why[head.end() :].lstrip(" ,.")) if head else why
    why = WAIT_OVER.sub("The wait before the list '", why)
    why = re.sub(r" ?The subject (comes on|leaves) the list '[^']*'\.", "", why)
    why = why.replace("It has no points of its own.", "").replace("Effect in words: ", "Effect: ")
    why = re.sub(r" ?The grade changes from \S+ to \S+\.", "", why)
    why = re.sub(r"\bfor every full 1 (?=\w)", "for every full ", why)
    why = EVENT.sub(lambda found: _named(found[1], acted), why)
    return " ".join(DAY.sub(lambda found: words.full_date(day_of(found[0])), why).split()) if is_kept or why else ""


def _named(event: str, acted: Mapping[str, Any]) -> str:
    act_date = acted.get(event)
    return f"the record for {words.full_date(day_of(act_date))}" if act_date else "an earlier record"


def _source(source: str, book: Rulebook | None) -> str:
    """Return a citation with the work as a sentence names it, in place of its key."""
    key, comma, at = source.partition(", ")
    work = next((each for each in book.sources if each.key == key), None) if book else None
    if work is None:
        return source
    by = work.by() or work.title
    return f"{by} {work.year}{comma}{at}" if work.year else f"{by}{comma}{at}"


def _turns(told: LifeTold) -> Iterator[Moment]:
    for each in getattr(told, "turns", ()):
        age = "" if each["what"] in ("born", "came of age") else f", aged {each['age']}"
        yield _in_month(each, f"{words.first_up(str(each['what']))}{age}")


def _money(told: LifeTold) -> Iterator[Moment]:
    """Yield cases against somebody, and what became of what was owed by judgment; small payments in a row together."""
    streaks: dict[tuple[str, Any], list[Mapping[str, Any]]] = {}
    for each in getattr(told, "money", ()):
        if str(each["what"]) in SMALL:
            streaks.setdefault((str(each["what"]), each.get("with")), []).append(each)
            last = each
            continue
        yield from (_small(streak, is_last=streak[-1] is last) for streak in streaks.values())
        streaks = {}
        yield _of_money(each)
    yield from (_small(streak, is_last=streak[-1] is last) for streak in streaks.values())


def _of_money(each: Mapping[str, Any]) -> Moment:
    """Return a case, a guarantee that is claimed, or a payment."""
    what, yuan = str(each["what"]), words.count(int(each["yuan"]))
    other = each.get("with")
    if what.startswith("guarantor "):
        return _in_month(each, f"Person {other} stands for this debt, and {yuan} yuan of it are claimed of them too")
    if what.startswith("case "):
        whose = f", for what person {other} owes" if other is not None else ""
        case = what.replace("case for another's debt", "case")
        return _in_month(
            each, f"A court opened a {case}, {_claiming(case)} {yuan} yuan{whose}", f"{_owed(each)} owed by judgment."
        )
    gone = f", creditors let {words.count(int(each['written_off']))} go" if each["written_off"] else ""
    if each.get("until") and each["owed"]:
        gone += f"; bankrupt since then, supervised until {words.month(day_of(each['until']))}"
    by = f"{yuan} yuan paid by person {other}, who owes the same" if other is not None else f"{yuan} yuan paid"
    begins = by if other is not None else f"{what}: {by}"
    return _in_month(
        each, f"{words.first_up(begins)}{gone}", f"{_owed(each)} still owed." if each["owed"] else NOTHING_OWED
    )


def _claiming(case: str) -> str:
    """Return that whoever brought a case claims something."""
    return "which claims" if case.endswith("bank") else "who claim" if case.endswith("creditors") else "who claims"


def _owed(each: Mapping[str, Any]) -> str:
    return f"{words.count(int(each['owed']))} yuan {'is' if int(each['owed']) == 1 else 'are'}"


def _small(streak: Sequence[Mapping[str, Any]], *, is_last: bool) -> Moment:
    """Return payments from wages in a row as one; what is still owed is said behind the last of several that run side by side."""
    first, last = day_of(streak[0]["month"]), day_of(streak[-1]["month"])
    paid = sum(int(each["yuan"]) for each in streak)
    many = f" in {counted(len(streak), 'payment')}" if len(streak) > 1 else ""
    other = streak[0].get("with")
    of = f"the wages of person {other}, who owes the same" if other is not None else "wages"
    owed = f"{_owed(streak[-1])} owed after that." if streak[-1]["owed"] else NOTHING_OWED
    still = owed if is_last else ""
    return Moment(
        first, words.months_between(first, last), f"Taken from {of}: {words.count(paid)} yuan{many}", why=still
    )


def _befell(told: LifeTold) -> Iterator[Moment]:
    """Yield work lost and found, payments missed, refusals and ties, each in its month."""
    for each in getattr(told, "befell", ()):
        n = int(each["times"])
        if each["gate"]:
            often = f" {words.times(n)}" if n > 1 else ""
            yield _in_month(each, f"Refused {words.GATE_WORDS.get(str(each['gate']), str(each['gate']))}{often}")
        elif each["what"] == "lost ties":
            yield _in_month(each, f"Has lost {counted(n, 'tie')} to others in the past year")
        else:
            yield _in_month(each, words.first_up(str(each["what"])))


def _in_month(each: Mapping[str, Any], what: str, why: str = "") -> Moment:
    day = day_of(each["month"])
    return Moment(day, words.month(day), what, why=why)


def borne(measures: Any, book: Rulebook | None) -> list[str]:
    """Return measures without those that only note what the record says of measures."""
    notes = {each.id for each in book.measures if each.kind == "note"} if book else set()
    return [str(each) for each in measures or () if each not in notes]
