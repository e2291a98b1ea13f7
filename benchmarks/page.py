"""One line of the history as the tables of benchmarks/README.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
HISTORY = FOLDER / "history.jsonl"
PAGE = FOLDER / "README.md"
BEGIN, END = "<!-- generated: newest line of history.jsonl -->", "<!-- end of generated -->"


def newest(history: Path = HISTORY) -> dict[str, Any]:
    """Return the last line of the history."""
    line: dict[str, Any] = json.loads(history.read_text(encoding="utf-8").splitlines()[-1])
    return line


def tables(line: dict[str, Any]) -> str:
    """Return the tables of one line, with date, commit and machine above them."""
    machine = line["machine"]
    where = f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}"
    head = f"{line['date']}, commit {line['commit']}, {where}."
    return "\n\n".join(
        [
            head,
            _speed(line["engine"]),
            _sets(line["sets"]),
            _steps(line["engine"]),
            _start(line["start"]),
            _growth(line["growth"]),
        ]
    )


def with_tables(page: str, line: dict[str, Any]) -> str:
    """Return the page with what stands between the markers replaced."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{tables(line)}\n\n{END}{tail}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _speed(engine: dict[str, Any]) -> str:
    rows = [
        (n, f"{t['person_months_per_second'] / 1e6:.1f}", f"{t['slowest'] / 1e6:.1f} to {t['fastest'] / 1e6:.1f}")
        for n, t in engine["threads"].items()
    ]
    memory = ", ".join(f"{name} {value}" for name, value in engine["bytes_per_person"].items())
    title = f"**The month loop**: {engine['rulebook']}, {engine['people']:,} people. Bytes a person: {memory}."
    return f"{title}\n\n" + _table(("threads", "million person-months a second, median", "slowest to fastest"), rows)


def _sets(sets: dict[str, Any]) -> str:
    title = (
        f"**Several rulebooks**: {sets['preset']}, {sets['rulebooks']} rulebooks over one town of {sets['people']:,} people "
        f"and its firms, {sets['months']} months, two threads."
    )
    rows = [
        ("the months", f"{sets['loop'] / 1e6:.1f}", f"{sets['slowest'] / 1e6:.1f} to {sets['fastest'] / 1e6:.1f}"),
        ("the whole run: making the town and writing the records too", f"{sets['whole'] / 1e6:.1f}", ""),
    ]
    return f"{title}\n\n" + _table(("what", "million person-months a second, median", "slowest to fastest"), rows)


def _steps(engine: dict[str, Any]) -> str:
    rows = [(s["step"], f"{s['ns']:.1f}", s["budget_ns"], f"{s['bytes']:.1f}") for s in engine["steps"]]
    plain = engine["plain_pass"]
    rows.append(("the whole month", f"{engine['month_ns']:.1f}", "78 to 115", ""))
    rows.append(
        ("for comparison: read and write the state once", f"{plain['ns']:.1f}", "", f"{2 * plain['bytes']:.1f}")
    )
    title = (
        "**By step**, a person-month on one core, the least of several repeats. "
        f"A plain pass over the state would take {100 * plain['share_of_month']:.0f} % of the month."
    )
    return f"{title}\n\n" + _table(("step", "ns", "budget, ns", "bytes of state and ledger"), rows)


def _start(start: dict[str, Any]) -> str:
    rows = [(name, f"{value:.2f}", f"{start['goals'][name]:g}") for name, value in start["seconds"].items()]
    title = f"**From the shell**: `run` is {start['people']:,} people for {start['months']} months, records written."
    return f"{title}\n\n" + _table(("command", "seconds", "goal"), rows)


def _growth(growth: list[dict[str, Any]]) -> str:
    rows = [
        (f"{r['people']:,}", str(r["months"]), f"{r['build_seconds']:.1f}", f"{r['live_seconds']:.1f}",
         f"{r['peak_bytes'] / 2**20:,.0f}", f"{r['ledger_bytes_per_person']:.1f}")
        for r in growth
    ]  # fmt: skip
    head = ("people", "months", "build, s", "live, s", "peak memory, MiB", "ledger, bytes a person")
    return "**Growth**, engine alone, two threads.\n\n" + _table(head, rows)
