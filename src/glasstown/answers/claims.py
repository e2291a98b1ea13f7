"""The claims ledger as it is shown: what `claims` answers, and the page that is written from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.archive.claims import VERDICTS, load_claims
from glasstown.archive.history import load_sources
from glasstown.errors import did_you_mean
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.runs.usage import check_word, refuse
from glasstown.wording import counted, noun

if TYPE_CHECKING:
    import altair

    from glasstown.archive.claims import Claim, Shown

MEANING = (
    "traced: a source that was read says so.  conflicting: sources differ, or the text says otherwise.  not found: "
    "looked for in vain.  context: an opinion or background, nothing to execute.  left out: on purpose."
)


@dataclass(frozen=True)
class Claims(Answer):
    """Rows of the ledger, in the article's order."""

    claims: tuple[Claim, ...]
    about: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return one object for each row, and how many rows bear each verdict."""
        return {
            "verdicts": dict(Counter(claim.verdict for claim in self.claims)),
            "claims": [claim.model_dump(mode="json") for claim in self.claims],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each claim."""
        return {
            "n": [claim.n for claim in self.claims],
            "claim": [claim.claim for claim in self.claims],
            "verdict": [claim.verdict for claim in self.claims],
            "found": [claim.found for claim in self.claims],
            "shown_by": ["; ".join(words(shown) for shown in claim.shown_by) for claim in self.claims],
            "missing": [claim.missing for claim in self.claims],
        }

    def blocks(self) -> list[Block]:
        """Return the rows, each with what the record says and what shows it; then the sum."""
        if not self.claims and self.about is not None:
            return [Paragraph(f"No claim that was asked for has '{self.about}' in it.")]
        shown: list[Block] = [_item(claim) for claim in self.claims]
        return [*shown, Paragraph(summed(self.claims)), Paragraph(MEANING, quiet=True)]

    def chart(self) -> altair.TopLevelMixin:
        """Return how many rows bear each verdict."""
        import altair as alt

        from glasstown.render import charts, style

        rows = [{"verdict": claim.verdict} for claim in self.claims]
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title="Claims by verdict")
            .mark_bar(color=style.PLAIN)
            .encode(x=alt.X("count()", title="claims"), y=alt.Y("verdict:N", title=None, sort=list(VERDICTS)))
        )
        finished: altair.Chart = charts.finish(chart)
        return finished


def claims(numbers: Sequence[int], verdict: str | None, about: str | None = None) -> Claims:
    """Return the ledger, or rows of it: those with these numbers, those of one verdict, those with a word in them."""
    every = load_claims()
    check_word("about", about)
    if verdict is not None and verdict not in VERDICTS:
        refuse("verdict", f"'{verdict}'", f"one of {', '.join(VERDICTS)}", did_you_mean(verdict, VERDICTS))
    for number in numbers:
        if not 1 <= number <= len(every):
            refuse("claim", str(number), f"a number from 1 to {len(every)}", "`glasstown claims` lists all of them.")
    rows = [claim for claim in every if not numbers or claim.n in numbers]
    word = (about or "").casefold()
    kept = (claim for claim in rows if verdict in (None, claim.verdict) and word in _text(claim))
    return Claims(tuple(kept), about)


def _text(claim: Claim) -> str:
    """Return what a row says, for a word to be looked for in it."""
    return f"{claim.claim} {claim.found} {claim.reason or ''}".casefold()


def summed(rows: Sequence[Claim]) -> str:
    """Return how many rows there are, and how many of each verdict."""
    counts = Counter(claim.verdict for claim in rows)
    said = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])  # type: ignore[index]
    open_ = sum(claim.missing is not None for claim in rows)
    missing = f" {open_} {noun(open_, 'says', 'say')} what would still have to be shown." if open_ else ""
    lived = sum(claim.is_lived for claim in rows)
    runs = f" {lived} {noun(lived, 'leads', 'lead')} to a life or a town that is lived." if lived else ""
    return f"{counted(len(rows), 'claim')}: {said or 'none of this verdict'}.{runs}{missing}"


def words(shown: Shown) -> str:
    """Return where something is shown, in the words that a reader can type or open."""
    key, name = shown.named()
    book, _, statement = name.partition("#")
    return {
        "rule": f"{book}  {statement}".strip(),
        "command": name,
        "page": name,
        "event": f"timeline {name}",
        "agency": f"agencies, {name}",
        "batch": f"areas, {name}",
        "claim": f"claim {name}",
    }[key]


def sources_of(claim: Claim) -> tuple[str, ...]:
    """Return the works that a row cites by itself, each with its locator and standing."""
    known = load_sources()
    return tuple(f"[{cite.evidence}] {known[cite.source].title}, {cite.at}" for cite in claim.cite)


def _item(claim: Claim) -> Item:
    reason = [f"why: {claim.reason}"] if claim.reason else []
    missing = [f"missing: {claim.missing}"] if claim.missing else []
    shown = "shown by: " + "; ".join(words(each) for each in claim.shown_by)
    lines = (f"{claim.found} ({claim.verdict})", *reason, shown, *missing)
    return Item(str(claim.n), claim.claim, lines, sources_of(claim))
