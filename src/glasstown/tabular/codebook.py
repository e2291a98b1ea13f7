"""CODEBOOK.md and README.md: the tables described for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glasstown.render.markdown import escaped, table
from glasstown.tabular import about
from glasstown.tabular.column import Column, Table
from glasstown.version import __version__
from glasstown.wording import count, counted

MAIN = (
    "rulebooks", "clauses", "grades", "lists", "measures", "procedures", "redress", "publicity", "observations", "sources",
    "timeline", "agencies", "areas", "claims", "gates", "acts", "parameters",
)  # fmt: skip
"""tables to begin with, in this order"""

EMPTY_CELLS = """\
An empty cell has one meaning in each column, which the column's line says:

- **unknown**: there may be one; the sources on file do not tell it.
- **not applicable**: there is none, or what it would be a part of is not there.
- **never empty**: the column has a value in every row.

Where a part of a scheme can be a number, a word, unknown or nothing at all, a column that ends in `_form` says which of these it
is, and is never empty: `points_form` is `number`, `range`, `rate`, `dated`, `unknown` or `none`, and `points` has the number
where there is one. `unknown` is what the record says not to know; it is never zero.

That a scheme has no row in a table means that none is on file. Whether there was none is another question: `rulebooks` says in
`sections_..._read` how far each section of the scheme's text was read. *Silent* is read in full and not there, *reported absent* is
said to be absent, and *unread* is neither.
"""
READING = """\
## How to open it

`csv/` and `parquet/` hold the same tables. CSV is exact: every number as the record has it. Parquet has types and says what its
columns mean; its numbers are 64-bit floats, none of which loses a digit. Text is UTF-8 everywhere, days are ISO 8601.

- Python: `pandas.read_parquet("parquet/clauses.parquet")`, or `duckdb.sql("from 'parquet/clauses.parquet'")`
- R: `readr::read_csv("csv/clauses.csv")`, or `arrow::read_parquet("parquet/clauses.parquet")`
- A spreadsheet: import the file (Data, From Text/CSV) and name the encoding UTF-8, so that Chinese names come out right; opened
  by a double click, some take another encoding.
- SQL: names such as `from`, `group`, `with` and `class` are words of the language; put them in double quotes.

## How tables belong together

`id` names a row for good; what names a row of another table holds its `id`. In the parts of a scheme the rulebook's id comes first:
clause `d1` of `a-town` would be `a-town/d1`, and its own name stands in `local_id`. `rulebook` is in every table of a scheme's
parts. A series is a table of its own, in the order of `position`: the lists that a measure hangs on are `measure_when_lists`.
A source is cited by `cite_source`, which is the `id` of a row of `sources`, at `cite_at`; `cite_evidence` says how well the statement
is documented and `cite_seen` how the source was read. `inherited_from` marks what a scheme has from the one beneath it: leave these
rows out where each statement should count once.
"""


def codebook(tables: Sequence[Table]) -> str:
    """Return CODEBOOK.md: every table and every column."""
    parts = [
        "# Codebook\n",
        f"{about.TITLE}, version {__version__}: {counted(len(tables), 'table')}. README.md says how they are opened and cited.\n",
        "## Empty cells and `unknown`\n", EMPTY_CELLS,
        *(part for each in tables for part in _described(each)),
    ]  # fmt: skip
    return "\n".join(parts)


def _described(each: Table) -> Iterator[str]:
    yield f"## {each.name}\n"
    yield f"{escaped(each.meaning)}. {counted(len(each.rows), 'row')}; key: {', '.join(f'`{name}`' for name in each.key)}.\n"
    yield table(("column", "type", "meaning", "unit or values", "empty"), (_row(column) for column in each.columns))


def _marked(text: str) -> str:
    """Return text escaped, but for names of columns, which stand between backticks."""
    return "`".join(escaped(part) if place % 2 == 0 else part for place, part in enumerate(_padded(text)))


def _padded(text: str) -> list[str]:
    """Return the parts of a text between its backticks; an odd one is a letter like others."""
    parts = text.split("`")
    return parts if len(parts) % 2 else [text.replace("`", "'")]


def _row(column: Column) -> tuple[str, ...]:
    values = ", ".join(escaped(word) for word in column.values)
    of = f"`id` of {escaped(column.target)}" if column.target else values or _marked(column.unit or "")
    empty = "never" if column.empty is None else f"**{column.empty[0]}**: {_marked(column.empty[1])}"
    return (f"`{column.name}`", column.kind, _marked(column.meaning), of, empty)


def readme(tables: Sequence[Table], digest: str) -> str:
    """Return README.md: what it is, how it is opened and how it is cited."""
    by_name = {each.name: each for each in tables}
    main = (
        (f"`{name}`", count(len(by_name[name].rows)), escaped(by_name[name].meaning))
        for name in MAIN
        if name in by_name
    )
    return "\n".join(
        [
            f"# {about.TITLE}\n",
            f"{about.DESCRIPTION}\n",
            "Schemes on file are those of whose rules something was read; they are no sample of all there were.\n",
            "## What is in it\n",
            f"{counted(len(tables), 'table')}, among them:\n",
            table(("table", "rows", "what"), main, frozenset({1})),
            "[CODEBOOK.md](CODEBOOK.md) describes every table and every column; datapackage.json does so for programs "
            "(a Frictionless data package: `frictionless validate datapackage.json`).\n",
            READING,
            "## Empty cells\n",
            EMPTY_CELLS,
            "## How to cite\n",
            f"> {about.citation()} Digest {digest[:16]}.\n",
            "Cite the sources of each statement that you use as well: `sources` has them, and `glasstown sources --bibtex` prints "
            "them for a reference manager. The digest is that of all tables: two datasets that bear the same one are the same.\n",
            "## Licence\n",
            f"{about.LICENCE_TITLE} ({about.LICENCE}), <{about.LICENCE_PATH}>. {about.SCOPE}",
            "",
        ]
    )
