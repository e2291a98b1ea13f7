"""One hypothetical life as a rulebook tells it: what `case` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.blocks import Block, Heading, Item, Paragraph

if TYPE_CHECKING:
    import altair

    from glasstown.interpreter.account import Account, Line
    from glasstown.interpreter.case import Case
    from glasstown.rulebook.model import Rulebook

HYPOTHETICAL = "A hypothetical life, typed by hand: nobody's record."


@dataclass(frozen=True)
class Told(Answer):
    """A case and its account; `differences` name what the case expects and the rulebook answers otherwise."""

    book: Rulebook
    case: Case
    account: Account
    differences: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 where the case expects something else."""
        return 1 if self.differences else 0

    @property
    def score(self) -> str:
        """The closing score as a decimal string, exact."""
        return exact(self.account.score, self.book)

    def as_json(self) -> dict[str, Any]:
        """Return closing state, ledger, what is flagged, and how the case's expectation was met."""
        account = self.account
        return {
            "rulebook": self.book.id,
            "variant": self.book.variant,
            "start": self.case.life.start.isoformat(),
            "until": self.case.life.until.isoformat(),
            "score": self.score,
            "grade": account.grade,
            "lists": list(account.lists),
            "measures": list(account.measures),
            "fines": account.fines,
            "flags": list(account.flags),
            "unknown_fired": dict(account.n_unknown),
            "ledger": [line_json(line, self.book) for line in account.ledger],
            "expect": {"met": not self.differences, "differences": list(self.differences)}
            if self.case.expect is not None
            else None,
        }

    def blocks(self) -> list[Block]:
        """Return the ledger line by line, then the closing state."""
        account, book = self.account, self.book
        title = f"{book.title} ({book.id}@{book.variant})" if book.variant else f"{book.title} ({book.id})"
        base = exact(account.ledger[0].before, book) if account.ledger else self.score
        shown: list[Block] = [Heading(title, 1), Paragraph(HYPOTHETICAL, quiet=True)]
        shown.append(Paragraph(f"{self.case.life.start}: starts at {base} {book.score.unit}s."))
        shown += [line_item(line, book) for line in account.ledger]
        labels = {each.id: each.label for each in book.lists} | {each.id: each.label for each in book.measures}
        shown.append(Heading(f"On the evening of {self.case.life.until}"))
        shown.append(Item("score", self.score))
        shown.append(Item("grade", account.grade or "none"))
        shown += [Item("list", f"{each}: {labels[each]}") for each in account.lists]
        shown += [Item("measure", f"{each}: {labels[each]}") for each in account.measures]
        if account.fines:
            shown.append(Item("fines", f"{account.fines} yuan"))
        shown += [Item("flagged", flag) for flag in account.flags]
        shown += [Item("unknown", f"{clause} would have fired {n} times") for clause, n in account.n_unknown.items()]
        shown += [Item("EXPECTED OTHERWISE", difference) for difference in self.differences]
        return shown

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the ledger, one row for each line; scores are decimal strings."""
        rows = [line_json(line, self.book) for line in self.account.ledger]
        names = ("date", "clause", "before", "after", "grade", "cap", "lists", "measures", "why", "source")
        return {name: [row[name] for row in rows] for name in names}

    def chart(self) -> altair.TopLevelMixin:
        """Return the score over time, a step at every line of the ledger."""
        import altair as alt

        quantum = float(self.book.score.quantum)
        ledger, life = self.account.ledger, self.case.life
        first = ledger[0].before if ledger else self.account.score
        points = [(life.start, first, "start"), *((line.day, line.after, line.clause or line.phase) for line in ledger)]
        points.append((life.until, self.account.score, "end"))
        rows = [{"date": str(day), "score": score * quantum, "what": what} for day, score, what in points]
        title = alt.TitleParams(self.book.id, subtitle="a hypothetical life")
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title=title)
            .mark_line(interpolate="step-after", point=True)
            .encode(x=alt.X("date:T", title=None), y=alt.Y("score:Q", scale=alt.Scale(zero=False)), tooltip="what:N")
        )
        return chart


def exact(quanta: int, book: Rulebook) -> str:
    """Return a score as a decimal string, without trailing zeros."""
    text = format(Decimal(quanta) * book.score.quantum, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_json(line: Line, book: Rulebook) -> dict[str, Any]:
    """Return one line of the ledger."""
    return {
        "date": line.day.isoformat(),
        "phase": line.phase,
        "clause": line.clause,
        "event": line.record,
        "before": exact(line.before, book),
        "after": exact(line.after, book),
        "grade": line.grade,
        "cap": line.cap,
        "lists": list(line.lists),
        "measures": list(line.measures),
        "fine": line.fine,
        "unknown": line.unknown,
        "why": line.why,
        "source": line.source,
    }


def line_item(line: Line, book: Rulebook) -> Item:
    """Return one line of the ledger as it is shown: day, score before and after, grade, reason, source."""
    moved = f"{exact(line.before, book)} → {exact(line.after, book)}"
    head = f"{moved}   grade {line.grade or 'none'}" + (f"   lists {', '.join(line.lists)}" if line.lists else "")
    return Item(line.day.isoformat(), head, (line.why,), (line.source,) if line.source else ())
