"""The list of works: each once, each with who cites it, and BibTeX that a parser can read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pybtex.database import parse_string
from pydantic import ValidationError

import glasstown
from glasstown.answers.sources import DATA, Bibliography, Work
from glasstown.archive.history import load_sources
from glasstown.language.load import faults_of, shipped
from glasstown.language.model import Source
from glasstown.language.model_base import Form, is_address
from glasstown.render import html
from glasstown.render.markdown import escaped

SMALL = Path(__file__).resolve().parents[1] / "rulebooks" / "good" / "small"


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
    assert len(re.findall(r"^@\w+\{\S+,$", text, flags=re.M)) == len(glasstown.sources().works)
    source = Source(key="k", title="50 % of A & B_c", publisher="P", kind="press")
    assert r"title = {{50 \% of A \& B\_c}}" in Work("k", source, ()).bibtex()


HOSTILE = [
    r"x}, note = {\input{/etc/passwd}",
    r"\write18{ls} } @misc{other,",
    "50 % of {A} & B_c # $1 ~ ^ \\",
    "}}}} {{{",
    "a\\{b\\}c",
    '"quoted", key = "x"',
    "信用 – № “x”",
]
AS_PRINTED = {
    r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\textbackslash{}": "\\", **{rf"\{sign}": sign for sign in "&%$#_"},
}  # fmt: skip


def entries(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return key and fields of each entry as BibTeX reads them: a brace counts, whatever stands before it."""
    found, at = [], 0
    while (start := text.find("@", at)) >= 0:
        begins = re.compile(r"@(misc|article|techreport|book)\{").match(text, start)
        assert begins is not None, text[start : start + 20]
        at = begins.end()
        key, _, _ = text[at:].partition(",")
        at += len(key) + 1
        fields: dict[str, str] = {}
        while text[at:].lstrip()[0] != "}":
            name = re.match(r"\s*(\w+) = \{", text[at:])
            assert name is not None, text[at : at + 40]
            at += name.end()
            begin, depth = at, 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            assert text[at] == ","
            assert name[1] not in fields
            fields[name[1]] = text[begin : at - 1]
            at += 1
        at = text.index("}", at) + 1
        found.append((key, fields))
    return found


def printed(value: str) -> str:
    """Return a field's value as LaTeX prints it; no command but the ones for signs may be in it."""
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    text = re.sub("|".join(map(re.escape, AS_PRINTED)), lambda found: AS_PRINTED[found[0]], inner)
    left = re.sub("|".join(map(re.escape, AS_PRINTED)), "", inner)
    assert not set(left) & set("\\{}&%$#_~^")
    return text


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex__reads_back_as_it_was_and_nothing_ends_a_field(text: str) -> None:
    one = Work("one", Source(key="one", title=text, author=text, publisher=text, kind="press", note=text), ())
    two = Work("two", Source(key="two", title="T", publisher="P", kind="press"), ())
    read = entries(Bibliography((one, two)).bibtex())
    assert [key for key, _ in read] == ["one", "two"]
    fields = {name: printed(value) for name, value in read[0][1].items()}
    assert fields == {"title": text, "author": text, "year": "n.d.", "howpublished": text, "note": f"press; {text}"}


def test_bibtex__of_all_works_reads_back() -> None:
    answer = glasstown.sources(bibtex=True)
    read = dict(entries(answer.bibtex()))
    assert list(read) == [work.key for work in answer.works]
    for work in answer.works:
        assert printed(read[work.key]["title"]) == work.source.title
        assert read[work.key].get("url") == work.source.url


def test_bibtex__is_read_by_another_parser() -> None:
    works = [
        Work(f"k{n}", Source(key="k", title=text, publisher="P", kind="press"), ()) for n, text in enumerate(HOSTILE)
    ]
    read = parse_string(Bibliography(tuple(works)).bibtex(), "bibtex")
    assert [printed(entry.fields["title"]) for entry in read.entries.values()] == [
        " ".join(text.split()) for text in HOSTILE
    ]


def test_bibtex__of_all_works_is_taken_by_another_parser_with_author_title_and_year() -> None:
    read = parse_string(glasstown.sources(bibtex=True).bibtex(), "bibtex").entries
    assert list(read) == [work.key for work in glasstown.sources().works]
    for key, entry in read.items():
        assert entry.persons["author"], key
        assert entry.fields["title"], key
        assert re.fullmatch(r"\d{4}|n\.d\.", entry.fields["year"]), key


def authors_of(source: Source) -> list[tuple[str, str]]:
    """Return family and given names of the authors of a work as another parser reads them."""
    (entry,) = parse_string(Work("k", source, ()).bibtex(), "bibtex").entries.values()
    return [
        (" ".join(who.prelast_names + who.last_names), " ".join(who.first_names)) for who in entry.persons["author"]
    ]


@pytest.mark.parametrize(
    ("author", "publisher", "read"),
    [
        ("Ahmed, Shazeda; Lang, Bertram", "P", [("Ahmed", "Shazeda"), ("Lang", "Bertram")]),
        ("von Blomberg, M.", "P", [("von Blomberg", "M.")]),
        ("State Council of China", "none", [("{State Council of China}", "")]),
        ("Ministry of Finance and Trade; others", "none", [("{Ministry of Finance and Trade}", ""), ("others", "")]),
        ("Ministry of Finance, Trade and Order", "none", [("{Ministry of Finance, Trade and Order}", "")]),
        (None, "Xinhua", [("{Xinhua}", "")]),
        (None, "none", [("{Anonymous}", "")]),
    ],
)
def test_bibtex__tells_persons_from_bodies(author: str | None, publisher: str, read: list[tuple[str, str]]) -> None:
    assert authors_of(Source(key="k", title="T", author=author, publisher=publisher, kind="press")) == read


@pytest.mark.parametrize(
    ("form", "entry"),
    [("law", "misc"), ("report", "techreport"), ("article", "article"), ("book", "book"), (None, "misc")],
)
def test_bibtex__has_what_its_sort_of_entry_needs(form: Form | None, entry: str) -> None:
    needed = {"techreport": "institution", "article": "journal", "book": "publisher"}
    (read,) = parse_string(
        Work("k", Source(key="k", title="T", author="A body", kind="press", form=form), ()).bibtex(), "bibtex"
    ).entries.values()
    assert read.type == entry
    assert entry not in needed or read.fields[needed[entry]] == "A body"


SHIPPED = [work.source for work in glasstown.sources().works]
PARTS = re.compile(r"\b(arts?\.|articles?) \d|; ", flags=re.IGNORECASE)
"""a place inside a work, or a second one: neither belongs into a title"""


@pytest.mark.parametrize("source", SHIPPED, ids=lambda source: source.key)
def test_work__is_one_with_its_author_apart_from_its_publisher(source: Source) -> None:
    assert source.form is not None
    assert source.author != source.publisher
    assert not PARTS.search(source.title)
    for name in (source.author or "").split("; "):
        assert name.count(",") <= 1
        assert not re.search(r"\b(\d{4}|arts?)\b|\(", name), "a year, an article or a remark in a name"


@pytest.mark.parametrize("source", [each for each in SHIPPED if each.form == "law"], ids=lambda source: source.key)
def test_law__was_made_by_a_body(source: Source) -> None:
    assert source.author is not None
    assert "," not in source.author
    assert "Law" not in source.author
    assert source.kind == "official"


def test_key__means_one_work_in_every_file() -> None:
    known: dict[str, tuple[str, str | None, str, str | None]] = {}
    files = {**{name: glasstown.rulebook(name).book.sources for name in shipped()}, DATA: load_sources().values()}
    for name, sources in files.items():
        for source in sources:
            same = (source.title, source.author, source.kind, source.form)
            assert known.setdefault(source.key, same) == same, (name, source.key)


NO_ADDRESSES = [
    "javascript:alert(document.domain)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "mailto:someone",
    "//example.org",
    "example.org/x",
    "http://",
    "http:///x",
    "https://x.org/a b",
    r"https://x.org/\write18",
    "https://x.org/}, note = {x",
    "https://x.org/><script>x</script>",
    'https://x.org/"onclick="x',
    "https://x.org/\n",
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_of_the_web__is_refused_and_never_a_link(text: str, tmp_path: Path) -> None:
    assert not is_address(text)
    with pytest.raises(ValidationError):
        Source(key="k", title="T", publisher="P", kind="press", url=text)
    checked = Source(key="k", title="T", publisher="P", kind="press")
    work = Work("k", checked.model_copy(update={"url": text}), ())
    assert [set(fields) for _, fields in entries(work.bibtex())] == [
        {"title", "author", "year", "howpublished", "note"}
    ]
    assert "<a" not in html.address(text)
    assert "<" not in html.address(text)
    assert not escaped(text).startswith("<")


def test_check__says_what_an_address_is(tmp_path: Path) -> None:
    book = shutil.copytree(SMALL, tmp_path / "book")
    sources = (book / "sources.yaml").read_text("utf-8").replace("title:", "url: 'javascript:alert(1)', title:", 1)
    (book / "sources.yaml").write_text(sources, "utf-8")
    (fault,) = faults_of(str(book))
    assert "sources.yaml:2:" in str(fault)
    assert "an address that begins with http:// or https://" in str(fault)


@pytest.mark.parametrize(
    "text",
    ["https://example.org", "http://a.example.org:8080/x?y=1&z=%20#q", "https://例子.cn/信用", "https://x.org/a_(b)'c"],
)
def test_address_of_the_web__is_a_link(text: str) -> None:
    assert is_address(text)
    assert html.address(text).startswith('<a href="http')
    assert escaped(text) == f"<{text}>"
