"""Which draws of the parameters are ways in which things may have been: those in which the first side comes near what is published.

A draw in which hardly anything is ever recorded says nothing about any rule.  The society model asks that such draws be left out
before anything else is looked at (its section 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from glasstown.runs.memory import Sums
from glasstown.runs.plan import Plan

MOST_TRIES: Final = 20
"""draws that are tried for each that is asked for"""


FEWEST: Final = 20
"""of a target at its least: a town in which luck alone moves it further is not held to it"""


@dataclass(frozen=True, slots=True)
class Target:
    """What a run under a rulebook must come near.

    account, item   of the months table; item None sums over all
    least, most     a person and month
    words           what that is, and where the numbers come from
    """

    account: str
    item: str | None
    least: float
    most: float
    words: str


TARGETS: Final[Mapping[str, Target]] = {
    "cn-court-list-2017": Target(
        "list_in", "spc_dishonest", 0.82 * 0.003 / 36, 0.82 * 0.012 / 36,
        "entries onto the courts' list that would keep 0.3 to 1.2 % of those of 15 and over on it at a mean stay of 36 months "
        "(Supreme People's Court: 8.54 million in December 2023, 0.74 %)",
    ),
    "rongcheng-2013": Target(
        "records", None, 0.472 / 36, 0.472 / 12,
        "0.472 records of each subject on file in 12 to 36 months (Xinhua 2015, whose period is not stated)",
    ),
}  # fmt: skip
"""by rulebook"""


def targets_of(plan: Plan) -> dict[str, Target]:
    """Return the targets of a plan's rulebooks, by their names in the run; none that its town is too small to come near by luck."""
    person_months = plan.manifest.people * plan.manifest.months
    ids = {name: plan.books[name].id for name in plan.inputs.names}
    found = {name: TARGETS[book] for name, book in ids.items() if book in TARGETS}
    return {name: target for name, target in found.items() if target.least * person_months >= FEWEST}


def is_plausible(plan: Plan, sums: Sums, targets: Mapping[str, Target]) -> bool:
    """Return whether a town's sums come near every target of its rulebooks."""
    person_months = plan.manifest.people * plan.manifest.months
    for name, target in targets.items():
        booked = sums.get(("person", name), {})
        found = sum(
            n for (account, item), n in booked.items() if account == target.account and target.item in (item, None)
        )
        if not target.least * person_months <= found <= target.most * person_months:
            return False
    return True
