"""Write the generated parts of the documents again: parameters, columns, streams, catalogue, answers, schemas.

.venv/bin/python docs/generate.py
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from answered import with_answers

from glasstown import fields
from glasstown.answers import catalogue
from glasstown.answers.catalogue import claims_page, history_page
from glasstown.chance import DRAWS, STREAMS
from glasstown.language import schema
from glasstown.language.load import load_acts, load_parameters, load_rulebook, shipped
from glasstown.language.parameters import Parameter
from glasstown.paths import schema_folder
from glasstown.runs.scenario import scenario_of, shipped_scenarios

DOCS = Path(__file__).resolve().parent
CATALOGUE = DOCS / "catalogue"
LIVED = ("research.md", "story.md", "law.md")
"""pages of questions whose commands are asked in order, in a folder with the files that stand on the page"""
TABLES_WORDS = (
    "What `glasstown query` reads, and what lies in the Parquet files of a run. Each file says the unit and the meaning of its "
    "columns in its metadata. A *number* is int64; where a rulebook of the run has a quantum that is no whole number, it is an "
    "exact decimal with as many places as the quantum has. Points are always points, never quanta."
)
TYPES = {"words": "string, dictionary-coded", "number": "number"}
OF = {
    "all": "people and firms", "person": "people, where lives are lived", "firm": "firms, where they trade",
    "scheme": "those whom clauses of the rulebook are about", "inbox": "the inbox",
}  # fmt: skip
BEGIN, END = "<!-- generated: {} -->", "<!-- end of generated: {} -->"
TITLES = {
    "KEPT": "What a checkpoint holds beside these",
    "PEOPLE": "People",
    "FIRMS": "Firms",
    "SHARD": "Live state of a shard",
    "LIVES": "People's lives beside conduct",
    "TRADE": "Firms beside conduct",
    "STATUS": "Live state under one rulebook",
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def parameter_table() -> str:
    """Return every parameter of the month's steps with range, source and standing."""
    rows = [_parameter_row(parameter) for parameter in load_parameters().parameters]
    return table(("step", "parameter", "what", "value", "range", "unit", "standing", "source"), rows)


def _parameter_row(parameter: Parameter) -> tuple[str, ...]:
    basis = parameter.basis
    source = f"{basis.source}; {basis.note}" if basis.note else basis.source
    between = f"{parameter.low} to {parameter.high}"
    return (
        parameter.step,
        f"`{parameter.id}`",
        parameter.label,
        str(parameter.value),
        between,
        parameter.unit,
        basis.evidence,
        source,
    )


def class_table() -> str:
    """Return the conduct classes of people and firms."""
    rows = [(f"`{c.id}`", c.kind, c.label, c.tone) for c in load_acts().classes]
    return table(("class", "of", "what", "tone"), rows)


def _arrays(arrays: Sequence[fields.Field]) -> str:
    """Return the table of some arrays, with what each may hold where a checkpoint holds them."""
    is_kept = any(field.bounds for field in arrays)
    head = ("name", "type", "along", "unit", *(("may hold",) if is_kept else ()), "meaning")
    return table(
        head,
        [
            (f"`{f.name}`", f.dtype, f.dims, f.unit, *((_bounds(f.bounds),) if is_kept else ()), f.meaning)
            for f in arrays
        ],
    )


def _bounds(bounds: fields.Bounds | None) -> str:
    return f"{bounds[0]:,} to {bounds[1]:,}" if isinstance(bounds, tuple) else bounds or "-"


def fields_page() -> str:
    """Return docs/fields.md: every registered column, then the streams of chance."""
    parts = [
        "# Fields and streams",
        "<!-- Written by docs/generate.py from src/glasstown/fields.py and src/glasstown/chance.py; change those. -->",
        "Every row here belongs to a synthetic population; no column can hold what tells a real person apart.",
    ]
    for name, columns in vars(fields).items():
        if isinstance(columns, tuple) and columns and isinstance(columns[0], fields.Field):
            title = TITLES.get(name, name.replace("_", " ").capitalize())
            parts += [f"## {title}", _arrays(columns)]
    parts += run_tables()
    parts += [
        "## Streams",
        "A word of chance is a pure function of seed, stream, entity, month and block. "
        "A stream's number never changes once runs exist.",
        table(
            ("stream", "number", "draws"),
            [(f"`{s.name}`", str(s.number), _drawn_from(s.name)) for s in STREAMS.values()],
        ),
        "",
    ]
    return "\n\n".join(parts)


def run_tables() -> list[str]:
    """Return the columns of a run's tables, and the accounts of the months and the inbox."""
    parts = ["## Tables of a run", TABLES_WORDS]
    for name, columns in fields.TABLES.items():
        rows = [(f"`{c.name}`", TYPES.get(c.type, c.type), c.unit, c.meaning) for c in (*columns, fields.POPULATION)]
        parts += [f"### {name}", table(("column", "type", "unit", "meaning"), rows)]
    booked = [(f"`{name}`", each.unit, OF[each.of], each.meaning) for name, each in fields.ACCOUNTS.items()]
    return [*parts, "### Accounts", table(("account", "unit", "kept of", "what"), booked)]


def _drawn_from(stream: str) -> str:
    """Return what is drawn from a stream, with the words that it takes."""
    draws = [draw for draw in DRAWS.values() if draw.stream.name == stream]
    words = [f"{d.what} (words {d.word} to {d.word + d.n_words - 1})" for d in draws]
    return "; ".join(words) or "by the month's steps, as `engine/period.py` lists them"


def with_part(text: str, name: str, content: str) -> str:
    """Return a page with the content between the markers of one generated part replaced."""
    begin, end = BEGIN.format(name), END.format(name)
    head, rest = text.split(begin)
    _, tail = rest.split(end)
    return f"{head}{begin}\n\n{content}\n\n{end}{tail}"


def model_page() -> str:
    """Return docs/model.md with its generated tables."""
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    return with_part(with_part(text, "classes", class_table()), "parameters", parameter_table())


def scenario_table() -> str:
    """Return the scenarios that ship: what each is about, under which rulebooks, and what it sets."""
    named = {name: scenario_of(name) for name in shipped_scenarios()}
    rows = [
        (
            f"`{name}`",
            each.title or "",
            ", ".join(f"`{Path(book).name}`" for book in each.rulebooks),
            ", ".join(f"`{path}={value}`" for path, value in each.settings.items()),
        )
        for name, each in named.items()
        if each is not None
    ]
    return table(("scenario", "what it is", "under", "sets"), rows)


def commands_page() -> str:
    """Return docs/commands.md with the table of scenarios."""
    return with_part((DOCS / "commands.md").read_text(encoding="utf-8"), "scenarios", scenario_table())


def catalogue_pages() -> dict[Path, str]:
    """Return the catalogue: a table of all rulebooks, and a page for each."""
    books = [load_rulebook(each) for each in shipped()]
    return {CATALOGUE / name: text for name, text in catalogue.pages(books).items()}


def pages() -> dict[Path, str]:
    """Return every generated page and what it should hold."""
    return {
        DOCS / "model.md": model_page(),
        DOCS / "commands.md": commands_page(),
        DOCS / "fields.md": fields_page(),
        DOCS / "questions.md": answered_page("questions.md"),
        DOCS / "firms.md": answered_page("firms.md"),
        DOCS / "claims.md": claims_page(),
        DOCS / "history.md": history_page(),
        **catalogue_pages(),
    }


def lived_pages() -> dict[Path, str]:
    """Return the pages on which towns are lived; each takes some seconds, and has a test of its own."""
    return {DOCS / name: answered_page(name) for name in LIVED}


def answered_page(name: str) -> str:
    """Return a page of questions with what its commands answer now."""
    return with_answers((DOCS / name).read_text(encoding="utf-8"))[0]


def left_over(expected: dict[Path, str]) -> list[Path]:
    """Return the pages of the catalogue whose rulebook is there no longer."""
    return sorted(path for path in CATALOGUE.glob("*") if path not in expected)


def main() -> int:
    """Write what has changed and say so."""
    expected = pages() | lived_pages()
    CATALOGUE.mkdir(exist_ok=True)
    for path, text in expected.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(DOCS.parent)}")
    for path in left_over(expected):
        path.unlink()
        print(f"removed {path.relative_to(DOCS.parent)}")
    schema.write()
    print(f"wrote {schema_folder().name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
