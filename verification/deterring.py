"""Whether people answer to what is enforced: offences at three shares of recording, and a scheme that writes nothing down.

.venv/bin/python verification/deterring.py [--short]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from glasstown.engine.tables.deterrence import answered
from glasstown.engine.tables.shapes import I64
from glasstown.runs.plan import make_plan, make_town, with_parameters
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.types import EntityKind
from verification.table import Check, as_text, is_fault, same
from verification.towns import catalogue, compiled

SCHEMES: dict[str, EntityKind] = {
    "suining-2010": "person", "rongcheng-2013": "person", "rongcheng-2019": "person", "jiangsu-env-2019": "firm",
}  # fmt: skip
"""scored rulebooks, and whom they score"""
MONTHS = 36
SOURCE = "S/S_c = 1 + R X: what is not written down is not feared"
SHORT, FULL = 15_000, 60_000


def checks(subjects: int) -> Iterator[Check]:
    """Yield the checks of each scored rulebook."""
    for scheme, kind in SCHEMES.items():
        yield from of_scheme(scheme, kind, subjects, seeds=6 if subjects >= FULL else 1)


def of_scheme(scheme: str, kind: EntityKind, subjects: int, seeds: int = 1) -> Iterator[Check]:
    """Yield whether offences fall with recording, and whether nothing is left of a scheme that records nothing.

    What a scheme answers may be a tenth of all offences and what is written down of it four in a thousand, while who is reported of
    the others is luck.  So one town is asked with nothing and with everything written down, of what the scheme answers; several
    are asked with the usual share in between, and of all offences too.
    """
    takes, gives, courts = f"recording.dishonesty.{scheme}", f"recording.rewards.{scheme}", "recording.court.default"
    nothing = acts_under(scheme, kind, subjects, {takes: "0", gives: "0", courts: "0"})
    apart = int(np.abs(nothing - acts_under("no-scheme", kind, subjects, {})).sum())
    yield same(f"{scheme}: acts by class and group that differ from no scheme, nothing written down", SOURCE, 0, apart)
    shares = [{takes: "0", courts: "0"}, {}, {takes: "1", courts: "1"}]
    if seeds == 1:
        del shares[1]
    runs = [
        sum(acts_under(scheme, kind, subjects, each, seed).sum(axis=0) for seed in range(1, seeds + 1))
        for each in shares
    ]
    which = {"offences that the scheme answers": answered_by(scheme, kind)}
    if seeds > 1:
        which[f"all offences of {seeds} towns"] = offences(kind)
    for words, places in which.items():
        levels = [int(np.asarray(acts)[places].sum()) for acts in runs]
        usual = ", the usual share" if seeds > 1 else ""
        figure = f"{scheme}: {words}, with nothing{usual} and all of what is found out written down"
        told = ", ".join(f"{level:,}" for level in levels)
        yield Check(figure, SOURCE, "falling", told, all(a > b for a, b in pairwise(levels)), "code identity")


def answered_by(scheme: str, kind: EntityKind) -> list[int]:
    """Return the places of the classes of offences of which a clause of a rulebook that takes something answers an act."""
    mine = [each for each in catalogue().classes if each.kind == kind]
    named = answered(compiled(scheme), catalogue(), catalogue().acts, sign=-1)
    classes = {act.class_ for act in catalogue().acts if act.id in named}
    return [place for place in offences(kind) if mine[place].id in classes]


def acts_under(scheme: str, kind: EntityKind, subjects: int, settings: dict[str, str], seed: int = 1) -> I64:
    """Return the acts of a run by group and class; `settings` are parameters, beyond their ranges too."""
    people, firms = (subjects, 0) if kind == "person" else (150, subjects)
    manifest, inputs = manifest_of(RunRequest(scheme, people=people, firms=firms, months=MONTHS, seed=seed))
    numbers = tuple(
        each.model_copy(update={"value": Decimal(settings[each.id])}) if each.id in settings else each
        for each in inputs.parameters.parameters
    )
    plan = with_parameters(make_plan(manifest, inputs), inputs.parameters.model_copy(update={"parameters": numbers}))
    town = make_town(plan, threads=1)
    side = next(side for side in town.sides if side.kind == kind)
    total = np.zeros_like(side.tally.acts)
    for _ in range(MONTHS):
        town.advance()
        total += side.tally.acts
    return total


def offences(kind: EntityKind) -> list[int]:
    """Return the places of the classes of offences among those of people or of firms."""
    mine = [each for each in catalogue().classes if each.kind == kind]
    return [place for place, each in enumerate(mine) if each.tone == "offence"]


def main() -> int:
    """Print the checks; return 1 where one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="smaller towns")
    found = list(checks(SHORT if parser.parse_args().short else FULL))
    print(as_text(found))
    return 1 if any(is_fault(check) for check in found) else 0


if __name__ == "__main__":
    sys.exit(main())
