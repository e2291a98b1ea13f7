"""What must hold in a rulebook beyond its shape: names, numbers, grades, clauses, lists.

Each check notes its faults and goes on, so that an author sees all of them at once.  The order of the checks does not
matter; the faults come back in the order of the file.

What must hold in the act catalogue and the parameters beyond their shape; a place is checked by the population.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from glasstown.errors import Fault, did_you_mean
from glasstown.exact import exactly
from glasstown.language.acts import Act, ActCatalogue, circles
from glasstown.language.check_clauses import check_clauses
from glasstown.language.check_ground import Ground, Where
from glasstown.language.check_ladders import check_ladders
from glasstown.language.check_lists import check_lists, check_measures, check_procedures
from glasstown.language.check_names import check_days, check_names
from glasstown.language.check_rectified import check_rectified
from glasstown.language.check_score import check_grades, check_score, check_shapes
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters
from glasstown.language.tree import Keys

CHECKS = (
    check_names,
    check_score,
    check_grades,
    check_clauses,
    check_rectified,
    check_ladders,
    check_lists,
    check_measures,
    check_procedures,
    check_shapes,
    check_days,
)


@exactly
def check_rulebook(book: Rulebook, acts: ActCatalogue, where: Where | None = None) -> list[Fault]:
    """Return every fault of meaning, in the order of the file; `where` gives places, none without it."""
    ground = Ground(book, acts, where)
    for check in CHECKS:
        check(ground)
    return sorted(ground.faults, key=by_place)


def by_place(fault: Fault) -> tuple[str, int, int]:
    """Return the key that puts faults in the order of their files."""
    place = fault.place
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)


_Wrong: TypeAlias = tuple[str, str, str]


@dataclass
class _Faults:
    """Faults of one file, with their places."""

    where: Where | None
    faults: list[Fault] = field(default_factory=list)

    def add(self, subject: str, path: Keys, wrong: _Wrong) -> None:
        place = self.where.at(*path) if self.where else None
        self.faults.append(Fault(subject, place, *wrong))

    def repeated(self, kind: str, name: str, ids: Sequence[str]) -> None:
        counted = Counter[str]()
        for number, each in enumerate(ids):
            counted[each] += 1
            if counted[each] == 2:
                wrong = (f"the id '{each}' again", "each id once", "Rename one of them.")
                self.add(f"{kind} '{each}'", (name, number, "id"), wrong)


@exactly
def check_acts(acts: ActCatalogue, where: Where | None = None) -> list[Fault]:
    """Return every fault of meaning in a whole catalogue: the shipped one, or that and its extension together."""
    faults = _Faults(where)
    faults.repeated("role", "roles", [role.id for role in acts.roles])
    faults.repeated("class", "classes", [each.id for each in acts.classes])
    faults.repeated("act", "acts", acts.ids())
    for number, act in enumerate(acts.acts):
        _act(faults, acts, number, act)
    for circle in circles({act.id: act.is_a for act in acts.acts}):
        path = ("acts", acts.ids().index(circle[0]), "is_a")
        way = " -> ".join((*circle, circle[0]))
        wrong = (f"a circle of kinds: {way}", "no circle", "Remove one 'is_a': it points to the more general act.")
        faults.add(f"act '{circle[0]}'", path, wrong)
    for each in acts.classes:
        shares = [(n, act.share) for n, act in enumerate(acts.acts) if act.class_ == each.id]
        total = sum((share for _, share in shares), Decimal(0))
        if total > 1:
            last = next(n for n, share in reversed(shares) if share > 0)
            wrong = (f"acts whose shares sum to {total}", "at most 1", "Lower a share.")
            faults.add(f"class '{each.id}'", ("acts", last, "share"), wrong)
    return faults.faults


def _act(faults: _Faults, acts: ActCatalogue, number: int, act: Act) -> None:
    subject, path = f"act '{act.id}'", ("acts", number)
    kinds = {each.id: each.kind for each in acts.classes}
    roles = {role.id: role.kind for role in acts.roles}
    for key, name, known in (
        ("class", act.class_, [*kinds]),
        ("role", act.role, [*roles]),
        ("is_a", act.is_a, acts.ids()),
    ):
        if name is not None and name not in known:
            way_out = did_you_mean(name, known[:30])
            faults.add(subject, (*path, key), (f"'{name}'", f"the id of {key if key != 'is_a' else 'an act'}", way_out))
    kind = kinds.get(act.class_)
    if act.role in roles and kind is not None and roles[act.role] != kind:
        wrong = (
            f"'{act.role}', a role of a {roles[act.role]}",
            f"a role of a {kind}",
            "Correct the role or the class.",
        )
        faults.add(subject, (*path, "role"), wrong)
    general = next((other for other in acts.acts if other.id == act.is_a), None)
    if general is not None and kind is not None and kinds.get(general.class_) != kind:
        wrong = (f"'{act.is_a}', an act of a {kinds.get(general.class_)}", f"an act of a {kind}", "Correct 'is_a'.")
        faults.add(subject, (*path, "is_a"), wrong)
    if act.amount is not None and act.amount.least > act.amount.most:
        found = f"least {act.amount.least} above most {act.amount.most}"
        faults.add(subject, (*path, "amount"), (found, "least <= most", "Exchange the two."))


def check_parameters(parameters: Parameters, where: Where | None = None) -> list[Fault]:
    """Return every fault of meaning: repeated ids, and defaults outside their ranges."""
    faults = _Faults(where)
    faults.repeated("parameter", "parameters", [each.id for each in parameters.parameters])
    for number, each in enumerate(parameters.parameters):
        if not each.low <= each.value <= each.high:
            wrong = (f"{each.value}, outside {each.low} to {each.high}", "low <= value <= high", "Correct the range.")
            faults.add(f"parameter '{each.id}'", ("parameters", number, "value"), wrong)
    return faults.faults
