"""One hypothetical life as a rulebook tells it: what `case` answers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.certificate import printed, target_of
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.render.blocks import Block, Heading, Item, Paragraph
from glasstown.render.case_words import NO_NUMBER, event_words, list_labels, moved, reason, source_of
from glasstown.render.law_words import channel
from glasstown.render.life_sums import together
from glasstown.render.steps import steps_chart
from glasstown.render.words import times
from glasstown.wording import count, counted, grouped

if TYPE_CHECKING:
    import altair

    from glasstown.cases.case import Case, CaseResult
    from glasstown.language.acts import ActCatalogue
    from glasstown.language.model import Publicity, Rulebook
    from glasstown.ledger import Account, Line

HYPOTHETICAL = "A hypothetical life, typed by hand: nobody's record."


@dataclass(frozen=True)
class Told(Answer):
    """A case and what the interpreter answers."""

    case: Case
    result: CaseResult
    certificate: Path | None = None
    """the file that the certificate was printed into"""

    @property
    def book(self) -> Rulebook:
        """The rulebook, in the reading that told the life."""
        return self.result.book

    @property
    def account(self) -> Account:
        """The ledger and the closing state, scores in quanta."""
        return self.result.account

    @property
    def differences(self) -> tuple[str, ...]:
        """What the case expects and the rulebook answers otherwise."""
        return self.result.differences

    @property
    def exit_code(self) -> int:
        """1 where the case expects something else."""
        return 1 if self.differences else 0

    @property
    def score(self) -> str:
        """The closing score as a decimal string, exact."""
        return exact(self.account.score, self.book)

    def as_json(self) -> dict[str, Any]:
        """Return closing state, ledger, what is flagged, and what differs from what the case expects."""
        life = self.case.life
        printed = {"certificate": str(self.certificate)} if self.certificate is not None else {}
        return {**self.result.as_json(), "start": life.start.isoformat(), "until": life.until.isoformat(), **printed}

    def blocks(self) -> list[Block]:
        """Return the ledger line by line, then the closing state."""
        account, book = self.account, self.book
        title = f"{book.title} ({book.id}@{book.variant})" if book.variant else f"{book.title} ({book.id})"
        shown: list[Block] = [Heading(title, 1), Paragraph(HYPOTHETICAL, quiet=True), Paragraph(self._begins())]
        shown += [line_item(line, self) for line in account.ledger]
        labels = {each.id: each.label for each in book.measures}
        shown.append(Heading(f"On the evening of {self.case.life.until}"))
        shown += [Item("score", grouped(self.score))] if book.score.kept else []
        shown += [Item("grade", account.grade or "none")] if account.grade or (book.score.kept and book.grades) else []
        shown += [Item("list", list_labels(book)[each]) for each in account.lists]
        shown += [Item("list", "none")] if book.lists and not (account.lists or book.score.kept) else []
        shown += [Item("measure", f"{each}: {labels[each]}") for each in account.measures]
        shown += [Item("published", f"{each.id}: {each.text}", _channel(each)) for each in self.made_public()]
        if account.fines:
            shown.append(Item("fines", f"{count(account.fines)} yuan"))
        shown += [Item("flagged", flag) for flag in self.flags()]
        shown += [
            Item("unknown", f"{clause} would have been applied {times(n)}") for clause, n in account.n_unknown.items()
        ]
        shown += [Item("EXPECTED OTHERWISE", difference) for difference in self.differences]
        if self.certificate is not None:
            shown.append(Paragraph(f"The certificate of this invented life lies in {self.certificate}."))
        return shown

    def _begins(self) -> str:
        """Return when the life begins, and at what score where one is kept."""
        start, book = self.case.life.start, self.book
        if not book.score.kept:
            return f"The scheme keeps no number; the life is told from {start} on."
        base = exact(self.account.ledger[0].before, book) if self.account.ledger else self.score
        return f"{start}: starts at {counted(Decimal(base), book.score.unit)}."

    def reason(self, why: str) -> str:
        """Return a reason or a flag in words, events by their days."""
        return reason(why, event_words(self.case.life), is_kept=self.book.score.kept, labels=list_labels(self.book))

    def source(self, line: Line) -> tuple[str, ...]:
        """Return what a line rests on; nothing where it cites nothing."""
        clause = next((each for each in self.book.clauses if each.id == line.clause), None)
        said = source_of(line.source or "", line.phase, clause)
        return (said,) if said else ()

    def flags(self) -> list[str]:
        """Return what is to be known of this life beside its ledger, the same thing of several measures or clauses once."""
        flags = (self.reason(flag) for flag in (*self.account.flags, *self.result.notes))
        return [flag for flag in together(flags) if not flag.startswith(NO_NUMBER)]

    def made_public(self) -> list[Publicity]:
        """Return what is made public of everybody, and of a subject as it stands on the last day."""
        return [item for item in self.book.publicity if item.when is None or item.id in self.account.published]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the ledger, one row for each line; scores are decimal strings."""
        rows = self.result.as_json()["ledger"]
        names = ("date", "clause", "before", "after", "grade", "cap", "lists", "measures", "why", "source")
        return {name: [row[name] for row in rows] for name in names}

    def chart(self) -> altair.TopLevelMixin:
        """Return the score over time, a step at every line of the ledger."""
        quantum = float(self.book.score.quantum)
        ledger, life = self.account.ledger, self.case.life
        first = ledger[0].before if ledger else self.account.score
        points = [(life.start, first, "start"), *((line.day, line.after, line.clause or line.phase) for line in ledger)]
        points.append((life.until, self.account.score, "end"))
        rows = [{"date": str(day), "score": score * quantum, "what": what} for day, score, what in points]
        from glasstown.render.charts import finish

        chart: altair.Chart = finish(steps_chart(rows, self.book.id, "a hypothetical life"))
        return chart


def tell(reference: str, file: str | Path, certificate: Path | None = None) -> Told:
    """Read a case, by name or path, and tell it under a rulebook, whose own acts count where it has any.

    With `certificate` the closing grade is printed into that file; whether it can be is asked before anything else.
    """
    from glasstown.cases.case import load_case, run_case
    from glasstown.language.load import load_rulebook

    book, acts = load_rulebook(reference), acts_for(reference)
    target = target_of(book, certificate) if certificate is not None else None
    case = load_case(case_file(reference, file), book, acts)
    told = Told(case, run_case(book, acts, case), certificate)
    if target is not None:
        target.write(printed(told.book, case, told.account, told.score).encode("utf-8"))
    return told


def case_file(reference: str, file: str | Path) -> Path:
    """Return the case file that is meant: the bare name of a worked case beside the rulebook comes before a path.

    Errors   UsageError for a name that is neither.
    """
    from glasstown.cases.beside import case_files, name_of
    from glasstown.incoming import path_of
    from glasstown.language.load import locate

    name, folder = str(file), locate(reference)[0].parent
    beside = {name_of(folder, path): path for path in case_files(folder)}
    is_bare = not os.path.split(name)[0] and not os.path.splitext(name)[1]
    if is_bare and name in beside:
        return beside[name]
    path = path_of(file)
    if os.path.exists(path) and not os.path.isdir(path):
        return path
    if name in beside:
        return beside[name]
    is_folder = os.path.isdir(path)
    found = f"'{name}', a folder" if is_folder else f"'{name}'"
    way_out = "Name the file inside it." if is_folder else _way_to_case(reference, name, list(beside))
    fault = Fault("case", None, found, f"a worked case of '{reference}', or a path to a file", way_out)
    raise UsageError(f"case '{name}'", [fault])


def _way_to_case(reference: str, name: str, beside: list[str]) -> str:
    """Return where a case is to be found; of what is a rulebook, how several are asked for."""
    from glasstown.archive.library import is_known

    if is_known(name):
        return (
            f"Several rulebooks go with commas between them, and then the case: glasstown case {reference},{name} CASE"
        )
    return did_you_mean(name, beside)


def acts_for(reference: str) -> ActCatalogue:
    """Return the acts that a rulebook may name: the shipped ones, and those of an acts.yaml beside it or its bases."""
    from glasstown.language.load import acts_beside, locate

    return acts_beside(locate(reference)[0])


def _channel(rule: Publicity) -> tuple[str, ...]:
    """Return in one line how something is made public; none where the sources tell nothing of it."""
    said = "; ".join(channel(rule))
    return (said,) if said else ()


def exact(quanta: int, book: Rulebook) -> str:
    """Return a score as a decimal string, exact."""
    from glasstown.ledger import in_points

    return in_points(quanta, book.score.quantum)


def line_item(line: Line, told: Told) -> Item:
    """Return one line of the ledger as it is shown: day, what it moves, reason, source."""
    return Item(line.day.isoformat(), moved(line, told.book), (told.reason(line.why),), told.source(line))
