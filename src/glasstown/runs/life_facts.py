"""Who somebody of a run is: an invented name, traits of the synthetic population, roles; what they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from glasstown.engine.tables.log_rows import ACTED
from glasstown.language.days import month_first
from glasstown.population import BLOCK, FIRM_SIZES, WORK, role_ids
from glasstown.population.names import firm_name, person_name
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.population.tenants import Homes
from glasstown.runs.live_again import Lived
from glasstown.runs.plan import Plan
from glasstown.runs.tenancies import Tenancy
from glasstown.types import EntityKind


def first_age(plan: Plan, kind: EntityKind, number: int) -> int:
    """Return the age on the first day of who lives in a place then; 0 of a firm."""
    block, member = divmod(number, BLOCK)
    return 0 if kind == "firm" else int(plan.population.people(block, block + 1).age[member])


def facts(plan: Plan, kind: EntityKind, number: int, tenancy: Tenancy, *, is_turning: bool) -> dict[str, Any]:
    """Return who it is; `is_turning` where places change their tenants, and people grow older."""
    return _firm(plan, number) if kind == "firm" else _person(plan, number, tenancy, is_turning=is_turning)


def _firm(plan: Plan, number: int) -> dict[str, Any]:
    """Return which firm it is."""
    block, member = number // BLOCK, number % BLOCK
    firms = plan.population.firms(block, block + 1)
    return {
        "name": firm_name(plan.manifest.seed, number),
        "size": FIRM_SIZES[int(firms.size[member])],
        "roles": _role_words(plan, "firm", int(firms.roles[member])),
        "legal_representative": int(firms.representative[member]),
    }


def _person(plan: Plan, number: int, tenancy: Tenancy, *, is_turning: bool) -> dict[str, Any]:
    """Return who the tenant of a place is: as on the first day, or on arrival; and the age at the end where it is another."""
    block, member = number // BLOCK, number % BLOCK
    people = plan.population.people(block, block + 1)
    one = slice(member, member + 1)
    homes = Homes(
        person=people.person_id[one].astype(np.uint64),
        since=np.array([tenancy.since], dtype=np.uint64),
        age=np.array([tenancy.age], dtype=np.uint8),
        is_urban=people.is_urban[one],
        household=people.household[one],
    )
    who = plan.population.tenants(homes)
    months = plan.manifest.months if tenancy.until is None else tenancy.until
    last = tenancy.age_before(number, months) if is_turning else tenancy.age
    return {
        "name": person_name(plan.manifest.seed, number, tenancy.since),
        "age": tenancy.age,
        **({"age_at_the_end": last} if last != tenancy.age else {}),
        "sex": "female" if who.is_female[0] else "male",
        "lives": "in town" if people.is_urban[member] else "in the countryside",
        "registered": "in town" if people.is_registered_urban[member] else "in the countryside",
        "income_fifth": INCOME_FIFTHS[int(people.income_fifth[member])],
        "work": WORK[int(who.work[0])],
        "owes": bool(who.owes[0]),
        "household": f"{block}-{int(people.household[member])}",
        "roles": _role_words(plan, "person", int(who.roles[0])),
    }


def _role_words(plan: Plan, kind: EntityKind, bits: int) -> list[str]:
    return [role for place, role in enumerate(role_ids(plan.inputs.acts, kind)) if (bits >> place) & 1]


def done_by(
    plan: Plan, kind: EntityKind, lived: Lived, whose: tuple[int, int], origin: date
) -> Iterator[dict[str, Any]]:
    """Return what one person did, by month and class, and how much of it was found out."""
    classes = plan.conduct[kind].classes
    for row in lived.rows.get(whose, []):
        if row.kind == ACTED:
            yield {
                "month": str(month_first(origin, row.month)),
                "class": classes[row.act_class].id,
                "label": classes[row.act_class].label,
                "acts": row.n_acts,
                "found_out": row.n_found,
            }
