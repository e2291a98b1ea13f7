"""The words of a measure, ACCOUNT/ITEM, made terms of a town: which accounts there are, and what stands for several items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from glasstown.engine.tables.lived_rows import Lived, accounts_of
from glasstown.engine.tables.practice_rows import REDRESS, TRUTHS
from glasstown.errors import Fault, did_you_mean
from glasstown.fields import ACCOUNTS
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Rulebook
from glasstown.language.target_file import Measure, SmallTown
from glasstown.language.tree import Document, Keys
from glasstown.population.tables import FIRM_SIZES, INCOME_FIFTHS
from glasstown.runs.heads import OF, RECORDED, STANDING, TRAITS
from glasstown.types import EntityKind

ALL: Final = "*"
TAKES, GIVES, BLACK, OFFENCES = "@takes", "@gives", "@black", "@offences"
CLASSES: Final = ("acts", "detections")
CLAUSES: Final = ("records", "unknown_fired", "dropped", "fines")
LISTS: Final = ("list_in", "list_out", "list_in_wrong", "lists", "lists_wrong")
FEW: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("all", "scored"), "truth": TRUTHS, "redress": REDRESS, "corrections": ("granted",), "spared": ("found unable",),
}  # fmt: skip
GROUPS: Final[Mapping[EntityKind, tuple[str, ...]]] = {"person": INCOME_FIFTHS, "firm": FIRM_SIZES}


def items_of(account: str, kind: EntityKind, book: Rulebook, acts: ActCatalogue) -> tuple[str, ...] | None:
    """Return the items of an account in a town under a rulebook; None where no town of its kind keeps it."""
    lived = tuple(item for name, item in accounts_of(Lived) if name == account)
    if lived:
        return lived if ACCOUNTS[account].of in (kind, "all") else None
    lists = tuple(rule.id for rule in book.lists)
    if account in CLASSES:
        return tuple(act_class.id for act_class in acts.classes if act_class.kind == kind)
    if account in CLAUSES:
        return tuple(clause.id for clause in book.clauses)
    if account in LISTS:
        return lists
    if account == "grades":
        return (*(grade.id for grade in book.grades), "none")
    if account == STANDING:
        by_role = (f"{grade.id}{OF}{role.id}" for grade in book.grades for role in acts.roles if role.kind == kind)
        return (RECORDED, *lists, *(f"{name} {trait}" for name in lists for trait in TRAITS), *by_role)
    return FEW.get(account)


def items_meant(
    text: str, known: Sequence[str], kind: EntityKind, book: Rulebook, acts: ActCatalogue
) -> tuple[str, ...]:
    """Return the items that a word stands for: all, the clauses that take or give, black lists, offences, or itself."""
    if text == ALL:
        return tuple(known)
    if text in (TAKES, GIVES):
        direction = "deduct" if text == TAKES else "reward"
        return tuple(clause.id for clause in book.clauses if clause.direction == direction)
    if text == BLACK:
        return tuple(rule.id for rule in book.lists if rule.colour == "black")
    if text == OFFENCES:
        return tuple(each.id for each in acts.classes if each.tone == "offence" and each.kind == kind)
    return (text,)


def parted(text: str) -> tuple[str, str, str | None]:
    """Return account, item and group of a term; the group is None where it names none."""
    whole, _, group = text.partition("|")
    account, _, item = whole.partition("/")
    return account.strip(), item.strip() or ALL, group.strip() or None


@lru_cache(maxsize=64)
def book_of(reference: str) -> Rulebook:
    """Return a shipped rulebook, read once."""
    return load_rulebook(reference)


def faults_of_measure(
    where: Document, path: Keys, target: str, measure: Measure, towns: Mapping[str, SmallTown]
) -> Iterator[Fault]:
    """Yield what a measure names that is not there: its town, a rulebook of it, months, accounts, items, groups."""
    name, town = f"measure of '{target}'", towns.get(measure.town)
    if town is None:
        way_out = did_you_mean(measure.town, list(towns))
        yield Fault(name, where.at(*path, "town"), f"'{measure.town}'", "a town of this file", way_out)
        return
    for key, (first, last) in (("months", measure.months), ("per_months", measure.per_months or measure.months)):
        if not 1 <= first <= last <= town.months:
            found, expected = f"months {first} to {last}", f"months of 1 to {town.months}, in order"
            yield Fault(name, where.at(*path, key), found, expected, "Count from 1.")
    if measure.of == "firm" and not town.firms:
        yield Fault(name, where.at(*path, "of"), "firms", f"people, since '{town.id}' has no firms", "Give it some.")
    reference = measure.rulebook or town.rulebooks[0]
    if reference not in town.rulebooks:
        way_out = did_you_mean(reference, town.rulebooks)
        yield Fault(name, where.at(*path, "rulebook"), f"'{reference}'", f"a rulebook of '{town.id}'", way_out)
        return
    for key in ("count", "per"):
        for n, text in enumerate(getattr(measure, key)):
            yield from _of_term(where, (*path, key, n), name, text, measure.of, book_of(reference))


def _of_term(where: Document, path: Keys, name: str, text: str, kind: EntityKind, book: Rulebook) -> Iterator[Fault]:
    """Yield what one term names that is not there."""
    account, item, group = parted(text)
    known = items_of(account, kind, book, load_acts())
    if known is None:
        expected = "an account that a town keeps month by month"
        yield Fault(name, where.at(*path), f"'{account}'", expected, did_you_mean(account, list(ACCOUNTS)))
        return
    meant = items_meant(item, known, kind, book, load_acts())
    for each in meant:
        if each not in known:
            yield Fault(name, where.at(*path), f"'{each}'", f"an item of '{account}'", did_you_mean(each, known))
    if not meant:
        yield Fault(
            name, where.at(*path), f"'{item}', which stands for nothing here", f"items of '{account}'", "Name one."
        )
    if group is not None and group not in GROUPS[kind]:
        yield Fault(name, where.at(*path), f"'{group}'", "a group", did_you_mean(group, GROUPS[kind]))
