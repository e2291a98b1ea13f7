"""What must hold in a rulebook beyond its shape: names, numbers, grades, clauses, lists.

Each check notes its faults and goes on, so that an author sees all of them at once.  The order of the checks does not
matter; the faults come back in the order of the file.
"""

from __future__ import annotations

from glasstown.errors import Fault
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.check_clauses import check_clauses
from glasstown.rulebook.check_days import check_days
from glasstown.rulebook.check_ladders import check_ladders
from glasstown.rulebook.check_lists import check_lists, check_measures, check_procedures
from glasstown.rulebook.check_names import check_names
from glasstown.rulebook.check_score import check_grades, check_score
from glasstown.rulebook.check_shapes import check_shapes
from glasstown.rulebook.ground import Ground, Where
from glasstown.rulebook.model import Rulebook

CHECKS = (
    check_names,
    check_score,
    check_grades,
    check_clauses,
    check_ladders,
    check_lists,
    check_measures,
    check_procedures,
    check_shapes,
    check_days,
)


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
