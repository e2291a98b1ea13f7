"""A citation as a page for readers has it: the work as a sentence names it, the place in it, and how the text was read."""

from __future__ import annotations

from dataclasses import dataclass

from glasstown.language.model import Cite, Rulebook


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something is written: how well, and in which work at which place."""

    evidence: str
    words: str


def cited(book: Rulebook, cite: Cite) -> Cited:
    """Return a citation of a rulebook with the work by its author or title, and its year."""
    work = next((each for each in book.sources if each.key == cite.source), None)
    if work is None:
        return Cited(cite.evidence, f"{cite.source}, {cite.at}")
    by = work.by() or work.title
    year = f" {work.year}" if work.year else ""
    seen = {"quoted": ", as quoted elsewhere", "summary": ", read in a summary", "recalled": ", recalled"}
    return Cited(cite.evidence, f"{by}{year}, {cite.at}{seen.get(str(getattr(cite, 'seen', '')), '')}")
