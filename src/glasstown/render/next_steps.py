"""Commands that go on from a run, as they can be typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glasstown.outcomes.opened import TownRun
from glasstown.outcomes.telling import at_a_glance
from glasstown.render import typed
from glasstown.render.findings import program, shown
from glasstown.runs.subjects import is_control
from glasstown.types import UNKNOWN
from glasstown.wording import as_typed


def commands(runs: Sequence[TownRun]) -> tuple[str, ...]:
    """Return commands that go on from a run; without a month that was lived, none that read it."""
    run = runs[0]
    folder, glasstown = as_typed(shown(run.folder)), program()
    steps = [f"{glasstown} report {folder}"]
    if run.manifest.people and any("person" in each.scored_kinds for each in runs):
        steps.insert(0, f"{glasstown} life {folder} {at_a_glance(runs) or 0}")
    steps.append(f'{glasstown} query {folder} "select account, item, sum(value) from months group by all"')
    return (*steps, *(f"{glasstown} {step}" for step in _further(runs)))


def whole(run: TownRun) -> str:
    """Return where every clause and measure of a finished run is told; nothing before its end."""
    if run.manifest.status != "done":
        return ""
    again = f"`glasstown resume {as_typed(shown(run.folder))} --all`"
    return f" Its report tells every clause and measure; so does {again} on the screen, and lives nothing again."


def _further(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield what else could be run: the other reading beside this one, the bounds of what is unknown, the town without a scheme."""
    if len(runs) > 1:
        return
    (run,) = runs
    chosen = run.manifest.rulebooks[run.number].variant
    other = next((each.id for each in run.book.variants if each.id != chosen), None)
    ran, shown_as = typed.reference(run, run.book.variant), typed.reference(run, other)
    if ran is None or shown_as is None:
        return
    if other:
        yield f"compare {ran} {shown_as}"
    elif any(clause.points == UNKNOWN for clause in run.book.clauses):
        yield f"run {ran} --unknown high"
    elif run.book.clauses and not is_control(run.book):
        yield f"compare no-scheme {ran}"
