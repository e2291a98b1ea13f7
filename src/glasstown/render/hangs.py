"""The assumption that a number hangs on, said beside it: which parameters of the model it moves with, and how each is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from glasstown.language.parameters import Parameter
from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import words
from glasstown.wording import grouped

GUESSED: Final = ("assumed", "fitted")
"""evidence of a number that nobody has observed"""
WAYS: Final = {
    "wrong person": "filing.wrong_person",
    "wrong content": "filing.wrong_content",
    "duplicate": "filing.duplicate",
    "misjudged": "ability.unable_spared",
    "inferred": "filing.inferred",
    "false report": "inform.believed_false",
}
"""parameter that each way of being wrong moves with"""
ALL: Final = ".*"
"""what stands for every parameter of a kind"""


def hangs_on(run: TownRun, *names: str) -> str:
    """Return a remark to put behind what moves with these parameters, ` (hangs on …)`; nothing where all are known.

    A name with `.*` behind it stands for all parameters of a kind; one that is kept for each scheme is found without the scheme.
    """
    by_evidence: dict[str, list[str]] = {}
    for name in names:
        said, evidence = _said(run, name)
        if said:
            by_evidence.setdefault(evidence, []).append(said)
    told = [f"{words.listed(said)}, {evidence}" for evidence, said in by_evidence.items()]
    return f" (hangs on {'; '.join(told)})" if told else ""


def wrong_ways(kept: Iterable[Accounts]) -> list[tuple[str, int]]:
    """Return the ways in which records are wrong and how many are so, the most frequent first; none that is not there."""
    ways: Counter[str] = Counter()
    for accounts in kept:
        ways.update({name: accounts.total("truth", name) for name in measures.WRONG})
    return [(name, n) for name, n in ways.most_common() if n]


def hangs_on_wrong(run: TownRun, kept: Iterable[Accounts]) -> str:
    """Return the remark on what the wrong records of these accounts hang on, and all that follows from them."""
    return hangs_on(run, *(WAYS[name] for name, _ in wrong_ways(kept) if name in WAYS))


def _said(run: TownRun, name: str) -> tuple[str, str]:
    """Return a parameter with its value, and how it is known where that is a guess; empty where it is none."""
    if name.endswith(ALL):
        kinds = Counter(each.basis.evidence for each in _of_kind(run, name))
        guessed = [kind for kind, _ in kinds.most_common() if kind in GUESSED]
        return (name, guessed[0] if len(kinds) == 1 else f"mostly {guessed[0]}") if guessed else ("", "")
    parameter = own(run, name)
    if parameter is None:
        return "", ""
    if (setting := run.manifest.settings.get(parameter.id)) is not None:
        return f"{parameter.id} = {setting}", "set for this run"
    said = f"{parameter.id} = {grouped(parameter.value)}"
    evidence = parameter.basis.evidence
    return (said, evidence) if evidence in GUESSED else ("", "")


def _of_kind(run: TownRun, name: str) -> list[Parameter]:
    return [each for each in run.parameters.parameters if each.id.startswith(name.removesuffix("*"))]


def own(run: TownRun, name: str) -> Parameter | None:
    """Return a parameter: of those kept for each scheme the run's own, else the default; None where there is none."""
    by_id = {each.id: each for each in run.parameters.parameters}
    found = (by_id[each] for each in (name, f"{name}.{run.book.id}", f"{name}.default") if each in by_id)
    return next(found, None)
