"""Every work that the rulebooks and the data cite: what `sources` answers, as a list or as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.archive.history import load_sources
from glasstown.language.load import every_shipped, load_rulebook
from glasstown.language.model_base import NO_PUBLISHER, is_address
from glasstown.language.notes import DRAFT
from glasstown.render.blocks import Block, Item, Paragraph, Verbatim
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.language.model import Source

DATA: Final = "data"
"""stands beside the rulebooks' ids for the files of `data/`"""
SPECIAL: Final = {**{sign: f"\\{sign}" for sign in "&%$#_"}, "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
                  "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # fmt: skip
"""how LaTeX prints them; a brace is spelt as a word, since BibTeX counts one behind a backslash too"""
OTHER: Final = ("misc", "howpublished")
ENTRIES: Final = {
    "report": ("techreport", "institution"),
    "article": ("article", "journal"),
    "book": ("book", "publisher"),
}
"""sort of entry that BibTeX has for a form of work, and where the publisher stands in it; it knows no laws and no pages"""
ANONYMOUS, NO_YEAR = "Anonymous", "n.d."
PERSON: Final = re.compile(r"(?!.* and )[^\W\d_][\w.'’ -]*, [^\W\d_][\w.'’ -]*")
"""a person as Family, Given; BibTeX would part a name at the word `and`"""
NO_KEY: Final = re.compile(r"[^A-Za-z0-9+._-]+")


@dataclass(frozen=True, slots=True)
class Work:
    """One work, its key in this list, and which rulebooks cite it."""

    key: str
    source: Source
    cited_by: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the work with who cites it."""
        return {"key": self.key, **self.source.model_dump(exclude={"key"}), "cited_by": list(self.cited_by)}

    def bibtex(self) -> str:
        """Return the work as an entry of BibTeX: always with author, title and year, so that every manager takes it."""
        source = self.source
        entry, published_in = ENTRIES.get(source.form or "page", OTHER)
        publisher = None if source.publisher == NO_PUBLISHER else source.publisher
        notes = [source.original, source.kind, source.note]
        fields = {
            "title": f"{{{_escaped(source.title)}}}",
            "author": authors(source),
            "year": str(source.year) if source.year else NO_YEAR,
            published_in: _escaped(publisher or source.author or ANONYMOUS) if publisher or entry != "misc" else None,
            "url": source.url if source.url and is_address(source.url) else None,
            "note": _escaped("; ".join(note for note in notes if note)),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
        return "\n".join([f"@{entry}{{{self.key},", *lines, "}"])


@dataclass(frozen=True)
class Bibliography(Answer):
    """The works, by key."""

    works: tuple[Work, ...]
    as_bibtex: bool = False
    drafts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one object for each work."""
        return {"sources": [work.as_json() for work in self.works], "drafts": list(self.drafts)}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each work."""
        rows = [work.as_json() for work in self.works]
        names = ("key", "title", "original", "author", "publisher", "year", "form", "kind", "url", "note")
        return {**{name: [row[name] for row in rows] for name in names}, "cited_by": [row["cited_by"] for row in rows]}

    def bibtex(self) -> str:
        """Return all works as one BibTeX file."""
        return "\n\n".join(work.bibtex() for work in self.works) + "\n"

    def blocks(self) -> list[Block]:
        """Return the list, or the BibTeX file alone."""
        if self.as_bibtex:
            return [Verbatim(self.bibtex())]
        shown: list[Block] = []
        of_all = {work.cited_by for work in self.works}
        is_of_one = len(of_all) == 1 and len(next(iter(of_all))) == 1
        for work in self.works:
            source = work.source
            by = ", ".join(work.cited_by[:4]) + (
                f" and {len(work.cited_by) - 4} more" if len(work.cited_by) > 4 else ""
            )
            year = f" ({source.year})" if source.year else ""
            first = f"{source.author}: {source.title}{year}" if source.author else f"{source.title}{year}"
            lines = tuple(line for line in (source.url, "" if is_of_one else f"cited by: {by}") if line)
            shown.append(Item(work.key, first, lines, (f"[{source.kind}] {source.note or ''}".strip(),)))
        shown += [Paragraph(f"The rulebook {name} is {DRAFT}.") for name in self.drafts]
        all_by = f", cited by {next(iter(of_all))[0]}" if is_of_one else ""
        return [*shown, Paragraph(f"{counted(len(self.works), 'work')}{all_by}.")]


def bibliography(references: Sequence[str], *, bibtex: bool) -> Bibliography:
    """Return the works that these rulebooks cite; those of all that ship and of `data/` where none is named."""
    books = {name: load_rulebook(name) for name in references or every_shipped()}
    cited = {name: book.sources for name, book in books.items()}
    drafts = tuple(name for name, book in books.items() if book.status == "draft")
    if not references:
        cited[DATA] = tuple(load_sources().values())
    works: dict[tuple[str, str | None], tuple[str, Source, list[str]]] = {}
    taken: set[str] = set()
    for name, sources in cited.items():
        for source in sources:
            same = (source.title, source.author)
            if same not in works:
                key = source.key if source.key not in taken else f"{source.key}-{NO_KEY.sub('-', name).strip('-')}"
                works[same] = (key, source, [])
                taken.add(key)
            works[same][2].append(name)
    listed = [Work(key, source, tuple(by)) for key, source, by in works.values()]
    return Bibliography(tuple(sorted(listed, key=lambda work: work.key)), bibtex, drafts)


def authors(source: Source) -> str:
    """Return who wrote a work as BibTeX separates names; its publisher where no author is named.

    A person is written as Family, Given; whatever else stands there is a body, whose name is kept whole.
    """
    if source.author is None:
        return f"{{{_escaped(ANONYMOUS if source.publisher == NO_PUBLISHER else source.publisher)}}}"
    names = source.author.split("; ")
    return " and ".join(
        name if name == "others" or PERSON.fullmatch(name) else f"{{{_escaped(name)}}}" for name in names
    )


def _escaped(text: str) -> str:
    """Return text as LaTeX prints it."""
    return re.sub(r"[&%$#_{}~^\\]", lambda found: SPECIAL[found[0]], text)
