"""Who has lived in a place of a run, one after another, and from when to when each stood under a rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from glasstown.engine.society.tenants import MONTHS
from glasstown.engine.tables.shapes import Status
from glasstown.engine.tables.turning_rows import DIED, MOVED
from glasstown.errors import Fault, UsageError
from glasstown.language.days import month_first
from glasstown.population.tables import ADULT_AGE
from glasstown.rows import in_python
from glasstown.runs.live_again import Lived, LivedUnder
from glasstown.wording import counted

HOW: Final = {DIED: "died", MOVED: "moved out"}


@dataclass(frozen=True, slots=True)
class Tenancy:
    """One tenant of a place.

    number  0 for the first
    since   month of arrival; 0 for who was there on the first day
    until   month in which somebody else came; None for who lives there at the end
    how     how the tenancy ended: died, or moved out; None where it did not
    age     on arrival, or on the first day
    """

    number: int
    since: int
    until: int | None
    how: str | None
    age: int

    def age_before(self, person: int, month: int) -> int:
        """Return the age with which a month begins, the tenant of a place of this number being a year older once a year."""
        return self.age + sum((each - person) % MONTHS == 0 for each in range(self.since + 1, month))


@dataclass(frozen=True, slots=True)
class Span:
    """How long a tenant stood under a rulebook: from the first day of a month, to that of another (None: the run's end).

    status, row   where the state at the end stands
    """

    is_scored: bool
    begun: int
    end: int | None
    status: Status
    row: int


def tenancies_of(lived: Lived, member: int, first_age: int) -> tuple[Tenancy, ...]:
    """Return the tenants of a place, the first one first; `first_age` is that one's on the first day."""
    found: list[Tenancy] = []
    since, age = 0, first_age
    for month, changes in lived.turns:
        for turn in in_python(changes.turned):
            if turn.place == member and turn.why in HOW:
                found.append(Tenancy(len(found), since, month, HOW[turn.why], age))
                since, age = month, turn.age
    return (*found, Tenancy(len(found), since, None, None, age))


def chosen(tenancies: tuple[Tenancy, ...], number: int | None, place: int) -> Tenancy:
    """Return the tenant who is asked for: by default who lives there at the end.  Errors   UsageError where there is none."""
    if number is None:
        return tenancies[-1]
    if 0 <= number < len(tenancies):
        return tenancies[number]
    n = counted(len(tenancies), "tenant")
    last = len(tenancies) - 1
    expected = f"0 to {last}" if last else "tenant 0, or the place alone"
    fault = Fault(f"tenant {number} of place {place}", None, f"{n} in this run", expected, "Give one of these.")
    raise UsageError("The life", [fault])


def span_of(lived: Lived, under: LivedUnder, number: int, member: int, tenancy: Tenancy) -> Span:
    """Return how long a tenant stood under the run's rulebook of this number, and where the state at the end stands."""
    is_there = tenancy.until is None
    if is_there and under.status.is_scored[member]:
        return Span(True, int(under.status.begun[member]), None, under.status, member)
    found = Span(False, tenancy.since, tenancy.until, under.status, member)
    for month, changes in lived.turns:
        if month <= tenancy.since or (tenancy.until is not None and month > tenancy.until) or not changes.left:
            continue
        left = changes.left[number]
        for row in (left.place == member).nonzero()[0].tolist():
            found = Span(True, int(left.status.begun[row]), month, left.status, row)
    return found


def turns_of(tenancy: Tenancy, person: int, origin: date, months: int) -> Iterator[Mapping[str, Any]]:
    """Yield how a tenancy began and ended, and coming of age, as month, what, and the age then."""
    if tenancy.number > 0:
        yield _turn(origin, tenancy.since, "born" if tenancy.age == 0 else "moved in", tenancy.age)
    end = months if tenancy.until is None else tenancy.until
    years = ADULT_AGE - tenancy.age
    if years > 0:
        looks = [month for month in range(tenancy.since + 1, end) if (month - person) % MONTHS == 0]
        if len(looks) >= years:
            yield _turn(origin, looks[years - 1], "came of age", ADULT_AGE)
    if tenancy.until is not None:
        yield _turn(origin, tenancy.until, str(tenancy.how), tenancy.age_before(person, tenancy.until))


def _turn(origin: date, month: int, what: str, age: int) -> Mapping[str, Any]:
    return {"month": str(month_first(origin, month)), "what": what, "age": age}
