"""The list of works: each once, each with who cites it, and BibTeX that a parser can read."""

from __future__ import annotations

import re

import glasstown
from glasstown.answers.bibliography import DATA, Work
from glasstown.rulebook.load import shipped
from glasstown.rulebook.model import Source


def test_sources__hold_every_work_once_under_a_key_of_its_own() -> None:
    works = glasstown.sources().works
    assert (
        len({work.key for work in works})
        == len({(work.source.title, work.source.author) for work in works})
        == len(works)
    )
    assert {name for work in works for name in work.cited_by} == {*shipped(), DATA}


def test_sources__of_one_rulebook_are_its_own() -> None:
    book = glasstown.rulebook("suining-2010").book
    assert {work.key for work in glasstown.sources("suining-2010").works} == {source.key for source in book.sources}


def test_bibtex__closes_every_brace_and_escapes_what_latex_reads() -> None:
    text = glasstown.sources(bibtex=True).bibtex()
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
    assert len(re.findall(r"^@misc\{\S+,$", text, flags=re.M)) == len(glasstown.sources().works)
    source = Source(key="k", title="50 % of A & B_c", publisher="P", kind="press")
    assert r"title = {{50 \% of A \& B\_c}}" in Work("k", source, ()).bibtex()
