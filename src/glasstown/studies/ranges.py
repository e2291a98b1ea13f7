"""From where to where a study moves the model's parameters: where an ensemble fits, those it knows lie among its members.

Members were drawn along their weights, so each counts alike.  A nuisance is drawn narrowly for the calibration's sake alone, which
says nothing of it: only free unknowns take their range from members.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from glasstown.errors import RecordError
from glasstown.outcomes.intervals import middle
from glasstown.storage.ensemble_file import ROWS, SET, Ensemble, read_ensemble
from glasstown.wording import counted, noun, signed

if TYPE_CHECKING:
    from glasstown.language.parameters import Parameter
    from glasstown.runs.request import RunRequest

TOGETHER: Final = 0.3
"""rank correlation among members from which two unknowns are said to go together"""
MOST_TOLD: Final = 6
DIGITS: Final = 6
THEIR_OWN: Final = "the parameters' own, most of which nobody has held against the record."
OWN: Final = f"The ranges are {THEIR_OWN}"
NONE_KNOWN: Final = f"None of these parameters is one that the calibration turns. {OWN}"
OF_MEMBERS: Final = "the 5th to the 95th of a hundred members of the ensemble, towns that the record does not rule out"
GIVEN_UP: Final = (
    "Each parameter moves by itself, so that some settings lie where no member does: among members these go together"
)
Ends = Mapping[str, tuple[Decimal, Decimal]]
Pair = tuple[str, str, float]
"""two unknowns, and their rank correlation among the members"""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges of a study, by parameter where they are not the parameters' own.

    members   the ensemble that they come from; None where they come from none
    why       a sentence that says why they come from none; empty where that was asked for
    """

    ends: Ends = field(default_factory=dict)
    members: Ensemble | None = None
    why: str = ""

    def of(self, parameter: Parameter) -> Parameter:
        """Return a parameter with the range that it is moved over."""
        if parameter.id not in self.ends:
            return parameter
        low, high = self.ends[parameter.id]
        return parameter.model_copy(update={"low": low, "high": high})

    def kept(self, swept: Sequence[str]) -> dict[str, Any] | None:
        """Return what a sweep's plan keeps of them: which it narrows, and which of these go together; None of own ranges."""
        if self.members is None:
            return None
        narrowed = [name for name in swept if name in self.ends]
        pairs = [list(pair) for pair in together(self.members, narrowed)]
        return {"ensemble": str(self.members.manifest.get(ROWS)), "narrowed": narrowed, "together": pairs}


def ranges_for(requests: Sequence[RunRequest], *, prior: bool) -> Ranges:
    """Return the ranges that a study of some requests takes: the members' where an ensemble fits, unless `prior` asks for the own."""
    from glasstown.studies.members import fitting

    if prior:
        return Ranges()
    found = fitting(requests)
    return Ranges(why=f"{found}. ") if isinstance(found, str) else Ranges(ends_of(found), found)


def ends_of(ensemble: Ensemble) -> dict[str, tuple[Decimal, Decimal]]:
    """Return by free unknown the 5th and the 95th of a hundred members; of one that is the same in all of them nothing."""
    found = {}
    for path, *_ in ensemble.manifest.get("free", ()):
        low, high = (_exact(end) for end in middle([float(text) for text in ensemble.columns[f"{SET}{path}"]]))
        if low < high:
            found[str(path)] = (low, high)
    return found


def _exact(value: float) -> Decimal:
    return Decimal(format(Decimal(f"{value:.{DIGITS}g}"), "f"))


def shipped_ends() -> dict[str, tuple[Decimal, Decimal]]:
    """Return the same of the ensemble that ships, whatever is asked of it; nothing where there is none that can be read."""
    from glasstown.studies.members import shipped_ensemble

    path = shipped_ensemble()
    try:
        return ends_of(read_ensemble(path)) if path.is_file() else {}
    except RecordError:
        return {}


def together(ensemble: Ensemble, names: Collection[str]) -> list[Pair]:
    """Return the pairs of unknowns that go together among the members, strongest first: what moving each by itself gives up."""
    import numpy as np

    if len(names) < 2:
        return []
    values = [[float(text) for text in ensemble.columns[f"{SET}{name}"]] for name in names]
    ranks = np.array([_ranks(each) for each in values])
    found = np.corrcoef(ranks)
    pairs = [(one, other, round(float(found[k, m]), 2)) for (k, one), (m, other) in combinations(enumerate(names), 2)]
    return sorted((each for each in pairs if abs(each[2]) >= TOGETHER), key=lambda each: (-abs(each[2]), each[:2]))


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value; equal ones share the mean of theirs."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered)))}
    last = {value: place for place, value in enumerate(ordered)}
    return [(first[value] + last[value]) / 2 for value in values]


def told(kept: Mapping[str, Any] | None, n_swept: int, why: str) -> list[str]:
    """Return where the ranges of a sweep come from, and what moving each parameter by itself gives up, in sentences.

    kept   what the sweep's plan keeps of its ranges
    """
    if kept is None or not kept["narrowed"]:
        return [f"{why}{OWN if kept is None else NONE_KNOWN}"]
    n = len(kept["narrowed"])
    rest = (
        f" The other {counted(n_swept - n, 'range')} {noun(n_swept - n, 'is', 'are')} {THEIR_OWN}"
        if n < n_swept
        else ""
    )
    said = [f"{counted(n, 'range')} {noun(n, 'goes', 'go')} from {OF_MEMBERS}.{rest}"]
    if pairs := kept["together"]:
        named = ", ".join(f"{one} and {other} {signed(Decimal(str(rho)))}" for one, other, rho in pairs[:MOST_TOLD])
        more = f", and {counted(len(pairs) - MOST_TOLD, 'pair')} more" if len(pairs) > MOST_TOLD else ""
        said.append(f"{GIVEN_UP} (rank correlation): {named}{more}.")
    return said
