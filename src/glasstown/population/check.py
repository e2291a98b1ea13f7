"""What must hold of a place's aggregates before a population is built from them; every fault is reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import combinations, pairwise
from typing import Final

from glasstown.errors import Fault, Place, did_you_mean
from glasstown.exact import whole_number
from glasstown.language.acts import ActCatalogue, Basis
from glasstown.language.parameters import AgeBand, Marginal, PlaceFile, RoleShare
from glasstown.population.tables import (
    BLOCK,
    FIRM_SIZES,
    INCOME_FIFTHS,
    MOST_ROLES,
    OLDEST_AGE,
    STATE_ROLES,
    WORK_CELLS,
    adult_share,
    households_per_person,
    role_ids,
)

SMALLEST_CELL: Final = 10
MOST_CELLS: Final = OLDEST_AGE + 1
_ROUNDING: Final = Decimal("1e-20")  # a band's share over its years need not be a finite decimal
_EXACT: Final = 1000  # digits: no sum of shares is rounded

_TRACES: Final = (
    ("a national identity number", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    ("a telephone number", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("a mail address", re.compile(r"\S+@\S+\.\S+")),
    ("a birth date", re.compile(r"(?i)\b(born|birth date|date of birth)\b.{0,20}\d{4}")),
    (
        "a person's field",
        re.compile(r"(?i)^(full[ _-]?name|surname|phone|address|id[ _-]?(card|number)|person[ _-]?id)\b"),
    ),
)


def check_place(place: PlaceFile, acts: ActCatalogue, where: Place | None = None) -> list[Fault]:
    """Return every fault of a place's aggregates; an empty list means that a population can be built."""
    found = [*_cells(place, where), *_ages(place, where), *_rates(place, where), *_numbers(place, where)]
    found += [*_marginals(place, where), *_household_sizes(place, where)]
    found += [
        *_roles(place, acts, where),
        *_role_set(place, acts, where),
        *_within(place, acts, where),
        *_traces(place, where),
    ]
    if not found:
        found += _households(place, where)
    return found


def _named(place: PlaceFile) -> tuple[tuple[str, Marginal], ...]:
    names = ("household_size", "income_fifth", "work", "firm_size", "firm_sector")
    return tuple((name, getattr(place, name)) for name in names)


def _cells(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of the cells' number, size, ids and sums."""
    if place.smallest_cell < SMALLEST_CELL:
        yield Fault(
            "'smallest_cell'",
            where,
            str(place.smallest_cell),
            f"at least {SMALLEST_CELL} people",
            "Merge cells until each stands for more people: a small cell can be read as a record of individuals.",
        )
    for name, marginal in _named(place):
        ids = [cell.id for cell in marginal.cells]
        for repeated in sorted({cell_id for cell_id in ids if ids.count(cell_id) > 1}):
            yield Fault(
                f"'{name}'", where, f"the cell '{repeated}' more than once", "each cell once", "Add their shares."
            )
        yield from _sum_and_signs(name, [(cell.id, cell.share) for cell in marginal.cells], where)


def _sum_and_signs(name: str, cells: Sequence[tuple[str, Decimal]], where: Place | None) -> Iterator[Fault]:
    """Yield faults of shares: negative ones, a sum that is not exactly 1, and too many cells."""
    for cell_id, share in cells:
        if share < 0:
            yield Fault(f"'{name}/{cell_id}'", where, str(share), "a share of at least 0", "Correct the share.")
    with localcontext() as context:
        context.prec = _EXACT
        total = sum((share for _, share in cells), Decimal(0))
    if total != 1:
        yield Fault(
            f"'{name}'",
            where,
            f"shares that sum to {total}",
            "exactly 1",
            f"Change the cell whose figure was rounded by {1 - total:+}, and say so in the basis.",
        )
    if len(cells) > MOST_CELLS:
        yield Fault(
            f"'{name}'",
            where,
            f"{len(cells)} cells",
            f"at most {MOST_CELLS}",
            "Merge cells: a place file holds aggregates, never rows of people.",
        )


def _ages(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of the age bands: backward ones, overlaps, gaps, an age beyond 120."""
    cells = sorted(place.age.cells, key=lambda cell: (cell.from_, cell.to))
    yield from _sum_and_signs("age", [(f"{cell.from_}-{cell.to}", cell.share) for cell in cells], where)
    for cell in cells:
        if cell.to < cell.from_ or not 0 <= cell.from_ <= OLDEST_AGE or not 0 <= cell.to <= OLDEST_AGE:
            yield Fault(
                "'age'",
                where,
                f"the band {cell.from_} to {cell.to}",
                f"a band between 0 and {OLDEST_AGE}",
                "Give the younger age first.",
            )
    for before, after in pairwise(cells):
        bands = f"{before.from_} to {before.to}, then {after.from_} to {after.to}"
        if after.from_ <= before.to:
            yield Fault(
                "'age'",
                where,
                f"overlapping bands {bands}",
                "bands that follow each other",
                "Both ages of a band belong to it; start the next one a year later.",
            )
        elif after.from_ > before.to + 1:
            yield Fault(
                "'age'",
                where,
                f"a gap between bands {bands}",
                "bands that follow each other",
                "Add the missing band, with share 0 if nobody is of that age.",
            )


def _rates(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of the bands of deaths and moves: backward ones and overlaps; a gap has no deaths, or no moves."""
    for name, rates in (("deaths", place.deaths), ("moves", place.moves)):
        bands: tuple[AgeBand, ...] = rates.cells if rates else ()
        cells = sorted(bands, key=lambda cell: (cell.from_, cell.to))
        for cell in cells:
            if cell.to < cell.from_:
                found, way_out = f"the band {cell.from_} to {cell.to}", "Give the younger age first."
                yield Fault(f"'{name}'", where, found, "a band that goes forwards", way_out)
        for before, after in pairwise(cells):
            if after.from_ <= before.to:
                found = f"{before.from_} to {before.to}, then {after.from_} to {after.to}"
                yield Fault(f"'{name}'", where, found, "bands that do not overlap", "End the first band earlier.")


def _numbers(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of single numbers."""
    for name in ("female", "urban", "registered_urban", "registered_rural", "debt_urban", "debt_rural"):
        value = getattr(place, name).value
        if not 0 <= value <= 1:
            yield Fault(f"'{name}'", where, str(value), "a share from 0 to 1", "Write 56.5 percent as 0.565.")
    if place.firms_per_person.value < 0:
        yield Fault("'firms_per_person'", where, str(place.firms_per_person.value), "at least 0", "Correct the number.")
    if place.firms_per_representative.value < 1:
        yield Fault(
            "'firms_per_representative'",
            where,
            str(place.firms_per_representative.value),
            "at least 1",
            "Every representative has a firm; divide firms by the people who represent them.",
        )


def _marginals(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of marginals whose cells are fixed."""
    fixed = (("income_fifth", INCOME_FIFTHS), ("work", WORK_CELLS), ("firm_size", FIRM_SIZES))
    marginals = dict(_named(place))
    for name, expected in fixed:
        ids = [cell.id for cell in marginals[name].cells]
        for cell_id in ids:
            if cell_id not in expected:
                yield Fault(
                    f"'{name}'", where, f"the cell '{cell_id}'", ", ".join(expected), did_you_mean(cell_id, expected)
                )
        for cell_id in expected:
            if cell_id not in ids:
                yield Fault(
                    f"'{name}'",
                    where,
                    f"no cell '{cell_id}'",
                    ", ".join(expected),
                    f"Add '{cell_id}', with share 0 if there is none.",
                )
    for cell in place.income_fifth.cells:
        if cell.share != Decimal("0.2"):
            yield Fault(
                f"'income_fifth/{cell.id}'",
                where,
                f"share {cell.share}",
                "0.2",
                "A fifth is a fifth of the people; their incomes stand in the label.",
            )


def _household_sizes(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of household sizes: whole numbers from 1 to a neighbourhood."""
    for cell in place.household_size.cells:
        if not 1 <= (whole_number(cell.id) or 0) <= BLOCK:
            yield Fault(
                f"'household_size/{cell.id}'",
                where,
                f"the size '{cell.id}'",
                f"a whole number from 1 to {BLOCK}",
                "A household has at least one member; an open end such as '7 and more' becomes its mean size.",
            )


def _roles(place: PlaceFile, acts: ActCatalogue, where: Place | None) -> Iterator[Fault]:
    """Yield faults of single rows: an unknown role, one that follows from another column, a wrong share or age."""
    known = [*role_ids(acts, "person"), *role_ids(acts, "firm")]
    for row in place.roles:
        subject = f"'roles/{row.role}'"
        if row.role in STATE_ROLES:
            yield Fault(
                subject, where, "a share of its own", f"none: it follows from {STATE_ROLES[row.role]}", "Leave it out."
            )
        elif row.role not in known:
            yield Fault(subject, where, "an unknown role", "a role of the act catalogue", did_you_mean(row.role, known))
        if not 0 <= row.share <= 1:
            yield Fault(subject, where, f"share {row.share}", "a share from 0 to 1", "Write 5 percent as 0.05.")
        if row.max_age < row.min_age:
            yield Fault(
                subject, where, f"ages {row.min_age} to {row.max_age}", "the younger age first", "Exchange them."
            )


def _role_set(place: PlaceFile, acts: ActCatalogue, where: Place | None) -> Iterator[Fault]:
    """Yield faults of the roles together: one without a share, two rows for the same people, too many."""
    given = [row.role for row in place.roles]
    for role in [*role_ids(acts, "person"), *role_ids(acts, "firm")]:
        if role not in given and role not in STATE_ROLES:
            yield Fault(
                f"'roles/{role}'",
                where,
                "no share",
                "a share for every role of the act catalogue",
                "Add it, with share 0 if nobody has the role.",
            )
    for first, second in combinations(place.roles, 2):
        if first.role == second.role and _overlap(first, second):
            yield Fault(
                f"'roles/{first.role}'",
                where,
                "two rows for the same people",
                "rows whose ages or areas do not overlap",
                "Merge them or set min_age, max_age or among apart.",
            )
    for kind in ("person", "firm"):
        n_roles = len(role_ids(acts, kind))
        if n_roles > MOST_ROLES:
            yield Fault(
                f"roles of kind '{kind}'",
                where,
                f"{n_roles}",
                f"at most {MOST_ROLES}",
                "Merge roles in the act catalogue.",
            )


def _within(place: PlaceFile, acts: ActCatalogue, where: Place | None) -> Iterator[Fault]:
    """Yield a fault for each role that is drawn within one which no earlier row of the same kind gives."""
    for number, row in enumerate(place.roles):
        kind = next((role.kind for role in acts.roles if role.id == row.role), None)
        earlier = [each.role for each in place.roles[:number] if kind and each.role in role_ids(acts, kind)]
        if row.within is not None and row.within not in earlier:
            yield Fault(
                f"'roles/{row.role}'",
                where,
                f"within '{row.within}'",
                "a role of the same kind that stands before it",
                did_you_mean(row.within, earlier),
            )


def _overlap(first: RoleShare, second: RoleShare) -> bool:
    apart = {first.among, second.among} == {"urban", "rural"}
    return not apart and first.min_age <= second.max_age and second.min_age <= first.max_age


def _texts(place: PlaceFile) -> Iterator[tuple[str, str]]:
    """Yield every free text of the file, with the name of its object."""
    yield from (("'id'", place.id), ("'label'", place.label))
    bases: list[tuple[str, Basis]] = [("'age'", place.age.basis)]
    for name, marginal in _named(place):
        bases.append((f"'{name}'", marginal.basis))
        for cell in marginal.cells:
            yield from ((f"'{name}'", cell.id), (f"'{name}'", cell.label))
    single = (
        "female",
        "urban",
        "registered_urban",
        "registered_rural",
        "debt_urban",
        "debt_rural",
        "firms_per_person",
        "firms_per_representative",
    )
    bases += [(f"'{name}'", getattr(place, name).basis) for name in single]
    bases += [(f"'roles/{row.role}'", row.basis) for row in place.roles]
    for name, basis in bases:
        yield from ((name, text) for text in (basis.source, basis.note) if text)


def _traces(place: PlaceFile, where: Place | None) -> Iterator[Fault]:
    """Yield faults of text that looks like a record of a person."""
    for subject, text in _texts(place):
        for what, pattern in _TRACES:
            if pattern.search(text):
                yield Fault(
                    subject,
                    where,
                    f"what looks like {what}",
                    "published aggregates only",
                    "Remove it: no record of a person belongs into a place file.",
                )


def _households(place: PlaceFile, where: Place | None) -> Iterable[Fault]:
    """Return the fault of more households than adults: each needs an adult as its first member."""
    households, adults = households_per_person(place), adult_share(place)
    if households <= adults + _ROUNDING:
        return []
    return [
        Fault(
            "'household_size'",
            where,
            f"{households:.3f} households for each person, and only {adults:.3f} adults",
            "an adult for every household",
            "Check the sizes against the ages: collective households may be missing.",
        )
    ]
