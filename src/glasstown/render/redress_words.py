"""What a run's rulebooks leave open on objections, and which parameters stand there; and a parameter that a rule overrules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from glasstown.compiler.redress import MONTHS, SHARE, STANDS, STAYS, redress_in_towns
from glasstown.render.words import counted, listed, noun

if TYPE_CHECKING:
    from glasstown.compiler.redress import Standing, Statement
    from glasstown.outcomes.opened import TownRun

OPEN: Final = {
    "answered_within": "how long an answer takes",
    "review_answered_within": "how long a review takes",
    "stays": "whether a listing stands meanwhile",
}
"""what a rule of objection may leave open while a parameter stands"""
OVERRULED: Final = {MONTHS: "answered_within", STAYS: "stays"}
"""parameters that a rule of objection stands before, and its key"""
MOST_NAMED: Final = 3


def redress_findings(runs: Sequence[TownRun]) -> Iterator[str]:
    """Yield which parameters stand where rulebooks say nothing of objections, and which were set in vain."""
    said = {run.reference: redress_in_towns(run.book) for run in runs}
    values = {each.id: str(each.value) for each in runs[0].parameters.parameters} | runs[0].manifest.settings
    without = _of_which(said, "rule", "parameter")
    known = [f"{each} ({values[each]})" for each in (SHARE, MONTHS, STAYS) if each in values]  # of an earlier run fewer
    if without and known:
        yield f"No rule of objection is on record for records of {_names(without)}: {listed(known)} stand."
    for key, what in OPEN.items():
        parameter = STANDS[key]
        if (names := _of_which(said, key, "parameter")) and parameter in values:
            do = noun(len(names), "does", "do")
            yield f"Of objections {_names(names)} {do} not say {what}: {parameter} ({values[parameter]}) stands."
    yield from _in_vain(runs[0].manifest.settings, said)


def _in_vain(settings: Mapping[str, str], said: Mapping[str, Sequence[Statement]]) -> Iterator[str]:
    """Yield each parameter that was set and that a rule stands before."""
    for parameter, key in OVERRULED.items():
        names = _of_which(said, key, "lived")
        if parameter in settings and names:
            rules, say = noun(len(names), "the rule", "the rules"), noun(len(names), "says", "say")
            yield f"{parameter} was set, but {rules} of {_names(names)} {say} `{key}`, which stands before it."


def _of_which(said: Mapping[str, Sequence[Statement]], key: str, standing: Standing) -> list[str]:
    """Return the rulebooks with a statement of this key and standing."""
    return [name for name, told in said.items() if any((each.key, each.standing) == (key, standing) for each in told)]


def _names(names: Sequence[str]) -> str:
    return listed(list(names)) if len(names) <= MOST_NAMED else counted(len(names), "rulebook")
